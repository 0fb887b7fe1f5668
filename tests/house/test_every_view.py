"""Every view of the house says who may come and how one may ask; strangers are led to the log-in."""

import pytest
from django.test import Client

from kommpass.municipalities.scope import within
from kommpass.sockets import rules
from tests.conftest import signed_in
from tests.house.addresses import INSTALLATION, NOWHERE, TOWN, addresses
from tests.house.towns import stranger

CLOSED = [each for each in addresses() if each.view.__name__ == "closed"]  # allauth's pages that we do not use
OPEN = [each for each in addresses() if each not in CLOSED]
GUARDED = [each for each in addresses() if each.requires and not each.by_link]


@pytest.mark.parametrize("address", addresses(), ids=str)
def test_every_view_says_who_may_come(address):
    assert address.requires or address.public, f"{address} needs @requires(...), @by_link(...) or @public"
    assert not address.requires or address.requires in rules()


@pytest.mark.parametrize("address", OPEN, ids=str)
def test_every_view_says_how_one_may_ask(address):
    assert address.methods, f"{address} needs @require_GET, @require_POST or @require_http_methods"
    assert address.methods <= {"GET", "POST"}


@pytest.mark.parametrize("address", [each for each in addresses() if each.requires], ids=str)
def test_a_view_that_writes_asks_for_a_right_to_write(address):
    """Those that ask for reading first leave the finer question to the action: named here, so that they are few."""
    ask_again_in_the_action = {"audits:state", "audits:journal-verify", "stocktaking:bundle", "stocktaking:question"}
    ask_again_in_the_action |= {"balancing:share"}  # a question to the other procedure
    ask_again_in_the_action |= {"audits:choose"}  # writes nothing but the session of whoever reads
    if address.writes() and str(address) not in ask_again_in_the_action:
        assert rules()[address.requires].writes, f"{address} writes, but asks for {address.requires} only"


@pytest.mark.parametrize("path", ["accounts/email/", "accounts/confirm-email/x/", "accounts/password/set/"])
def test_a_page_that_is_closed_does_not_exist_for_anybody(db, path):
    assert [Client().get(f"/{path}").status_code, Client().post(f"/{path}").status_code] == [404, 404]


def test_every_address_has_a_name_of_its_own():
    for book in (TOWN, INSTALLATION):
        names = [each.name for each in addresses(book) if each.name]
        assert sorted(names) == sorted(set(names))


def paths(built, chosen):
    """The addresses with their paths in this town, or on the installation's pages."""
    with within(built.municipality):
        inside = [(each, each.filled(built.values)) for each in chosen if each.urlconf == TOWN]
    outside = [(each, each.filled(NOWHERE)) for each in chosen if each.urlconf == INSTALLATION]
    return inside + outside


def test_whoever_is_not_signed_in_is_led_to_the_log_in(town):
    browser = Client()
    for address, path in paths(town, GUARDED):
        for method in sorted(address.methods):
            answer = browser.generic(method, path)
            found = (str(address), method, answer.status_code, answer.headers.get("Location", "").split("?")[0])
            assert found == (str(address), method, 302, "/accounts/login/")


def test_the_log_in_leads_back_to_the_page_somebody_wanted(town):
    answer = Client().get("/auental/agreement/measures/?page=2")
    assert answer.headers["Location"] == "/accounts/login/?next=%2Fauental%2Fagreement%2Fmeasures%2F%3Fpage%3D2"


def test_somebody_without_a_role_in_the_town_is_refused_everywhere(town):
    browser = signed_in(stranger())
    for address, path in paths(town, GUARDED):
        for method in sorted(address.methods):
            found = (str(address), method, browser.generic(method, path).status_code)
            assert found == (str(address), method, 403)


def test_a_method_that_a_page_does_not_know_is_405_and_not_a_mistake_of_ours(town):
    browser = signed_in(town.people["coordinator"])
    for address, path in paths(town, addresses(TOWN)):
        for method in {"GET", "POST", "DELETE", "PUT"} - address.methods:
            found = (str(address), method, browser.generic(method, path).status_code)
            assert found == (str(address), method, 405)
