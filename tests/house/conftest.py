"""Two towns with everything in them, and people who come to their doors."""

import pytest
from django.db import transaction

from kommpass.domain.permissions import TOWN_ROLES, Role
from kommpass.municipalities.scope import within
from kommpass.people.models import InstallationRole, Membership
from tests.conftest import make_user, signed_in
from tests.house.forms_on_pages import forms_in
from tests.house.towns import belongs_to, build_town


@pytest.fixture
def town(db):
    """Auental with one of everything; not in scope, as for somebody at a browser."""
    return build_town("auental")


@pytest.fixture
def two_towns(db):
    """Auental and Hasselgrund. Vera has every role in both and in the association: no right is why she is refused."""
    ours, theirs = build_town("auental"), build_town("hasselgrund")
    vera = make_user("vera@beide.example", "Vera Beide")
    for each in (ours, theirs):
        with within(each.municipality):
            for role in TOWN_ROLES:
                Membership.objects.create(user=vera, role=role, organisation=each.values["organisation"])
        belongs_to(each, vera)
    for role in (Role.ASSOCIATION_OFFICE, Role.REVIEW_BOARD):
        InstallationRole.objects.create(user=vera, role=role)
    return ours, theirs, browser_of(vera)


@pytest.fixture(scope="module")
def built_once(django_db_setup, django_db_blocker):
    """One town for a whole file of tests, and every form its coordinator meets. Each test takes back what it did."""
    with django_db_blocker.unblock(), transaction.atomic():
        built = build_town("auental")
        browser = browser_of(built.people[Role.COORDINATOR])
        yield built, forms_in(built, browser)
        transaction.set_rollback(True)


@pytest.fixture
def everywhere(built_once, db):
    """The coordinator's browser, and every form she can see."""
    built, forms = built_once
    return browser_of(built.people[Role.COORDINATOR]), forms


def browser_of(user):
    """A browser that shows a broken page as 500, so that a walk names all of them and not only the first."""
    browser = signed_in(user)
    browser.raise_request_exception = False
    return browser
