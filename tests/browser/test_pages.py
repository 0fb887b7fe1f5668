"""Every page of the house, met by everybody who may come: for all eyes, on every screen, no stranger in between."""

from dataclasses import dataclass

import pytest

from tests.browser.looking import Complaints, Observer, look_at
from tests.browser.rounds import ELSEWHERE, INTERFACES, PUBLIC, ROUNDS
from tests.browser.ways import Found, page_patterns, pattern_of, walk, worth_a_look


@dataclass(frozen=True)
class Tour:
    """What everybody found, and what was wrong with it."""

    found: list[Found]
    complaints: list[Complaints]

    def about(self, *subjects: str) -> list[str]:
        """All complaints about these subjects, each with the page."""
        return [f"{each.name}: {line}" for each in self.complaints for line in each.about(*subjects)]

    def links(self, *statuses: int) -> list[str]:
        """The links that were answered so, and the page they stand on; public pages do not know who reads them."""
        led_there = [each for each in self.found if each.via and each.status in statuses]
        return [
            f"{each.via} -> {each.url} ({each.visitor})"
            for each in led_there
            if not (each.status == 403 and _public(each.via))
        ]


@pytest.fixture(scope="session")
def tour(house, visitors) -> Tour:
    """Walk through the house as everybody; then look at one page of each pattern and each kind of element."""
    links = [
        house.link_for("Fragen beantworten"),
        house.link_for("Maßnahmen bestätigen"),
        house.link_for("Angebote bestätigen"),
    ]
    found = []
    for visitor, starts, samples in ROUNDS:
        with visitors.context(visitor) as context:
            wanted = [house.url + path for path in starts] + ([] if visitor else links)
            found += walk(context, visitor, wanted, samples=samples)
    pages, complaints = {}, []
    for each in worth_a_look(found):
        if each.visitor not in pages:
            page = visitors.context(each.visitor).new_page()
            pages[each.visitor] = page, Observer(page, house.url)
        page, observer = pages[each.visitor]
        page.goto(each.url)
        complaints.append(look_at(page, observer, f"{each.pattern} {each.url} ({each.visitor or 'stranger'})"))
    for page, _observer in pages.values():
        page.context.close()
    return Tour(found, complaints)


def _public(url: str) -> bool:
    return pattern_of(url).startswith(PUBLIC)


def none(complaints: list[str]) -> None:
    assert not complaints, "\n".join(["", *complaints])


def test_no_page_of_the_house_keeps_anybody_out(tour):
    none(tour.about("axe", "dark"))


def test_no_page_asks_a_stranger_for_anything_and_none_breaks_the_content_policy(tour):
    none(tour.about("network"))


def test_every_page_fits_every_screen_and_at_320_pixels_buttons_are_large_enough_to_hit(tour):
    none(tour.about("narrow"))


def test_no_link_leads_to_a_page_that_is_not_there(tour):
    none(tour.links(404, 410, 500))


def test_nobody_is_shown_a_link_to_a_page_they_may_not_see(tour):
    none(tour.links(403))


def test_no_page_is_forgotten(tour):
    """Whoever adds a page adds a link to it, or a test of its own."""
    opened = [each for each in tour.found if each.status < 400]
    met = {each.pattern for each in opened} | {pattern_of(each.url) for each in opened}
    elsewhere = {name for names in ELSEWHERE.values() for name in names}
    pages = {name for name in page_patterns() if not name.startswith(INTERFACES)}
    none([f"nobody met: {name}" for name in sorted(pages - met - elsewhere)])
    none([f"met by now, no exception any more: {name}" for name in sorted(met & elsewhere)])
