"""Two towns with everything in them, and people who come to their doors."""

import pytest

from kommpass.domain.permissions import TOWN_ROLES, Role
from kommpass.municipalities.scope import within
from kommpass.people.models import Membership
from tests.conftest import make_user, signed_in
from tests.house.towns import belongs_to, build_town


@pytest.fixture
def town(db):
    """Auental with one of everything; not in scope, as for somebody at a browser."""
    return build_town("auental")


@pytest.fixture
def two_towns(db):
    """Auental and Hasselgrund. Vera has every role in both, so that no right is the reason for a refusal."""
    ours, theirs = build_town("auental"), build_town("hasselgrund")
    vera = make_user("vera@beide.example", "Vera Beide")
    for each in (ours, theirs):
        with within(each.municipality):
            for role in TOWN_ROLES:
                Membership.objects.create(user=vera, role=role, organisation=each.values["organisation"])
        belongs_to(each, vera)
    return ours, theirs, browser_of(vera)


@pytest.fixture
def coordinator(town):
    return signed_in(town.people[Role.COORDINATOR])


def browser_of(user):
    """A browser that shows a broken page as 500, so that a walk names all of them and not only the first."""
    browser = signed_in(user)
    browser.raise_request_exception = False
    return browser
