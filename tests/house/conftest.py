"""Two towns with everything in them, and people who come to their doors."""

from contextlib import contextmanager
from copy import deepcopy

import pytest
from django.db import transaction

from kommpass.domain.permissions import TOWN_ROLES, Role
from kommpass.municipalities.scope import within
from kommpass.people.models import InstallationRole, Membership
from tests.conftest import make_user, signed_in
from tests.house.forms_on_pages import forms_in
from tests.house.towns import belongs_to, build_town


@pytest.fixture(scope="module")
def built_once(django_db_setup, django_db_blocker):
    """Auental with one of everything, built once for a whole file: it costs seconds. Each test takes back its own."""
    with rolled_back(django_db_blocker):
        yield build_town("auental")


@pytest.fixture(scope="module")
def both_built(built_once, django_db_blocker):
    """Auental and Hasselgrund. Vera has every role in both and in the association: no right is why she is refused."""
    with rolled_back(django_db_blocker):
        theirs, vera = build_town("hasselgrund"), make_user("vera@beide.example", "Vera Beide")
        for each in (built_once, theirs):
            with within(each.municipality):
                for role in TOWN_ROLES:
                    Membership.objects.create(user=vera, role=role, organisation=each.values["organisation"])
            belongs_to(each, vera)
        for role in (Role.ASSOCIATION_OFFICE, Role.REVIEW_BOARD):
            InstallationRole.objects.create(user=vera, role=role)
        yield built_once, theirs, vera


@pytest.fixture(scope="module")
def forms_once(built_once):
    """Every form the coordinator meets."""
    return forms_in(built_once, browser_of(built_once.people[Role.COORDINATOR]))


@contextmanager
def rolled_back(django_db_blocker):
    """What is built here is there for a while, and gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def town(built_once, db):
    """Auental with one of everything; not in scope, as for somebody at a browser. Its objects are this test's own."""
    return deepcopy(built_once)


@pytest.fixture
def two_towns(both_built, db):
    """Both towns and Vera's browser."""
    ours, theirs, vera = deepcopy(both_built)
    return ours, theirs, browser_of(vera)


@pytest.fixture
def everywhere(built_once, forms_once, db):
    """The coordinator's browser, and every form she can see."""
    return browser_of(built_once.people[Role.COORDINATOR]), forms_once


def browser_of(user):
    """A browser that shows a broken page as 500, so that a walk names all of them and not only the first."""
    browser = signed_in(user)
    browser.raise_request_exception = False
    return browser
