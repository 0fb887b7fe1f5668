"""Pages between board and next round that no link shows a visitor of the demo today: opened, looked at, used."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import visitors as who
from tests.browser.acting import fill, press
from tests.browser.looking import Observer, look_at

MOORHAUSEN, LINDENAU = "koordination@moorhausen.example", "koordination@lindenau.example"
ITS_AUDITOR = "auditor@verein.example"


@pytest.fixture
def look(house):
    """Look at the page that is open now, and find nothing wrong with it."""

    def at(page: Page, name: str) -> None:
        assert look_at(page, Observer(page, house.url), name).about() == []

    return at


def follow(page: Page, pattern: str) -> None:
    """Go where the first link or form leads whose address fits."""
    addresses = page.locator("main [href], main form[action]").evaluate_all(
        "all => all.map(each => each.getAttribute('href') || each.getAttribute('action'))"
    )
    page.goto(next(each for each in addresses if re.search(pattern, each)))


@pytest.mark.parametrize(
    ("person", "address"),
    [
        (ITS_AUDITOR, "/moorhausen/assessment/report/"),
        (MOORHAUSEN, "/moorhausen/assessment/submit/"),
        (who.ASSOCIATION, "/moorhausen/certificate/issue/"),
        (LINDENAU, "/lindenau/balance/carry-over/"),
        ("", "/lindenau/public/progress/embed/"),
    ],
)
def test_a_page_that_has_its_hour_is_fit_for_everybody(visit, look, person, address):
    page = visit(person)
    assert page.goto(address).status == 200
    look(page, address)


def test_a_member_of_the_board_sees_why_there_is_no_opinion_yet(visit, look):
    page = visit(who.REVIEW_BOARD)
    page.goto("/accounts/start/")
    follow(page, r"/moorhausen/assessment/cases/\d+/$")
    page.goto(f"{page.url}opinion/")
    look(page, "assessment:opinion")


def test_the_coordination_reads_what_an_objection_needs(visit, look):
    """The demo's decisions are all older than the time to object: the page is there, no link leads to it any more."""
    page = visit(who.AUENTAL)
    numbers = (each for each in range(1, 20) if page.goto(f"/auental/assessment/decisions/{each}/objection/").ok)
    assert next(numbers)
    look(page, "assessment:objection")


def test_the_coordination_begins_the_balance_writes_its_text_and_decides_on_a_goal(visit, look):
    page = visit(who.AUENTAL)
    page.goto("/auental/balance/")
    press(page, "Bilanz beginnen")
    follow(page, r"/balance/text/$")
    look(page, "balancing:text")
    fill(page, text="Wir haben viel geschafft, und einiges braucht länger.")
    press(page)
    expect(page.get_by_role("main")).to_contain_text("einiges braucht länger")
    follow(page, r"/balance/goals/\d+/$")
    look(page, "balancing:goal")


def test_a_balance_of_an_earlier_round_is_read_and_taken_along_as_data(visit, look):
    page = visit(who.AUENTAL)
    choose(page, "erster Durchgang")
    page.goto("/auental/balance/")
    follow(page, r"/balance/sealed/$")
    look(page, "balancing:sealed")
    assert page.request.get("/auental/balance/sealed.json").json()
    choose(page, "zweiter Durchgang")  # the session remembers it for the others


def choose(page: Page, title: str) -> None:
    """Work in another procedure of the town, by the menu."""
    page.goto("/auental/")
    menu = page.locator("details.menu__choice")
    menu.locator("summary").click()
    with page.expect_navigation():
        menu.get_by_role("button", name=title).click()


def test_a_measure_may_be_shared_with_another_scheme(visit, look):
    page = visit(who.AUENTAL)
    page.goto("/auental/progress/")
    follow(page, r"/progress/measures/\d+/$")
    page.goto(f"/auental/balance/measures/{page.url.rstrip('/').rsplit('/')[-1]}/share/")
    look(page, "balancing:share")


@pytest.mark.parametrize(("part", "year"), [("sections", 2030), ("fields", 2031)])
def test_a_text_of_the_report_has_a_page_of_its_own(visit, look, part, year):
    """A mistake leads there, and whoever has no script."""
    page = visit(who.AUENTAL)
    page.goto("/auental/reports/")
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true })")
    fill(page, title=f"Zwischenbericht {year}", period_from=f"{year}-01-01", period_until=f"{year}-12-31")
    with page.expect_navigation():
        page.locator("form[action$='/reports/begin/'] button[type=submit]").click()
    follow(page, rf"/reports/\d+/{part}/\w+/$")
    look(page, f"reporting: {part}")


def test_a_calendar_has_a_secret_address_for_programs(visit):
    page = visit(who.AUENTAL)
    page.goto("/accounts/calendar/")
    press(page, "Adresse anlegen")
    answer = visit().request.get(page.locator("#calendar-address").input_value())
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "BEGIN:VEVENT" in answer.text()
