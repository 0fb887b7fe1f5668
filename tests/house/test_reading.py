"""Reading changes nothing, whoever reads and whatever there is to read; and it costs the same for one and for many."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kommpass.agreement.models import Measure
from kommpass.domain.permissions import Role
from kommpass.municipalities.scope import within
from tests.house.addresses import INSTALLATION, NOWHERE, TOWN, addresses, is_page
from tests.house.changes import differences, everything
from tests.house.conftest import browser_of
from tests.house.towns import begin_procedure, build_town, invite_everybody, more

READING = [each for each in addresses(TOWN) if each.reads()]


def reading(built, chosen=READING):
    with within(built.municipality):
        return [(each, each.filled(built.values)) for each in chosen if not each.is_document]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CONTRIBUTOR, Role.COUNCIL_MEMBER], ids=str)
def test_reading_every_page_changes_nothing_and_every_page_can_be_read(town, role):
    browser = browser_of(town.people[role])
    before = everything()
    broken = [
        f"{address}: {status}" for address, path in reading(town) if (status := browser.get(path).status_code) >= 500
    ]
    assert broken == []
    assert differences(before, everything()) == []


def test_reading_without_an_account_changes_nothing(town):
    browser = Client(raise_request_exception=False)
    before = everything()
    for address, path in reading(town):
        assert (str(address), browser.get(path).status_code < 500) == (str(address), True)
    for address in addresses(INSTALLATION):
        assert (str(address), browser.get(address.filled(NOWHERE)).status_code < 500) == (str(address), True)
    assert differences(before, everything()) == []


@pytest.mark.parametrize("begun", [False, True], ids=["before the procedure", "on its first day"])
def test_the_pages_of_a_new_town_can_all_be_read_and_reading_begins_nothing(db, begun):
    """Nothing is there yet: lists are empty, and nobody stumbles."""
    built = build_town("neustadt", empty=True)
    with within(built.municipality):
        if begun:
            begin_procedure(built)
        invite_everybody(built)
    browser = browser_of(built.people[Role.COORDINATOR])
    before = everything()
    plain = [each for each in READING if not each.arguments]
    broken = [
        f"{address}: {status}"
        for address, path in reading(built, plain)
        if (status := browser.get(path).status_code) >= 500
    ]
    assert broken == []
    assert differences(before, everything()) == []


def queries_of(browser, path) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as seen:
        answer = browser.get(path)
    return answer.status_code, len(seen)


def test_every_page_costs_the_same_number_of_queries_for_two_things_and_for_four(town):
    """From two on, so that an empty list beside the first thing (other versions, for one) does not count as growth."""
    browser = browser_of(more(town).people[Role.COORDINATOR])
    pages = reading(town)
    for _address, path in pages:  # what is kept from the first visit on: scheme files, templates, session
        browser.get(path)
    two = {str(address): queries_of(browser, path) for address, path in pages}
    more(more(town))
    four = {str(address): queries_of(browser, path) for address, path in pages}
    for address, path in pages:  # what is kept in memory for one state of the directory is read once for the next
        if four[str(address)] != two[str(address)]:
            four[str(address)] = queries_of(browser, path)
    grown = {name: (two[name], four[name]) for name in two if two[name] != four[name] and two[name][0] == 200}
    assert grown == {}


def test_the_list_of_measures_costs_the_same_for_fifty_and_for_a_thousand(town):
    browser = browser_of(town.people[Role.COORDINATOR])
    goal, organisation = town.values["goal"], town.values["organisation"]

    def put_in(number: int) -> None:
        with within(town.municipality):
            Measure.objects.bulk_create(
                Measure(
                    agreement=goal.agreement, goal=goal, title=f"Maßnahme {each}", responsible=organisation, due="2027"
                )
                for each in range(number)
            )

    put_in(50)
    few = queries_of(browser, "/auental/agreement/measures/")
    put_in(950)
    assert queries_of(browser, "/auental/agreement/measures/") == few
    assert few[1] <= 15
    assert len(browser.get("/auental/agreement/measures/").content) <= 150_000


def test_a_page_number_that_does_not_exist_shows_the_nearest_page(town):
    browser = browser_of(town.people[Role.COORDINATOR])
    listing = [
        "agreement/measures/", "people/", "people/organisations/", "participation/ideas/", "procedure/journal/",
    ]  # fmt: skip
    strange = ["0", "-1", "99999", "zwei", "1e9", ""]
    found = {browser.get(f"/auental/{page}?page={number}").status_code for page in listing for number in strange}
    assert found == {200}


def test_a_strange_filter_is_no_mistake_of_ours(town):
    browser = browser_of(town.people[Role.COORDINATOR])
    names = [
        *["q", "field", "responsible", "acceptance", "state", "show", "level", "day", "page", "kind", "sort", "old"],
        *["near", "within", "from", "to", "o", "r", "text", "report", "provider", "phase", "column", "purpose"],
    ]
    broken = [
        (str(address), value)
        for address, path in reading(town, [each for each in READING if not each.arguments])
        for value in ("' OR 1=1 --", "\x00", "9" * 40, "<script>" * 100)
        if browser.get(path, dict.fromkeys(names, value)).status_code >= 500
    ]  # fmt: skip
    assert broken == []


def test_numbers_far_beyond_the_database_are_404(town):
    browser = browser_of(town.people[Role.COORDINATOR])
    huge = {name: 10**30 for name, value in town.values.items() if isinstance(value, int)}
    with within(town.municipality):
        pages = [
            (each, each.filled(town.values | huge)) for each in addresses(TOWN)
            if each.arguments and each.requires and not (each.is_document or each.by_link)
        ]  # fmt: skip
    wrong = [
        f"{address}: {status}" for address, path in pages
        if (status := (browser.get if address.reads() else browser.post)(path).status_code) >= 500
    ]  # fmt: skip
    assert wrong == []


def test_a_page_is_a_page(town):
    browser = browser_of(town.people[Role.COORDINATOR])
    answer = browser.get("/auental/")
    assert is_page(answer)
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
