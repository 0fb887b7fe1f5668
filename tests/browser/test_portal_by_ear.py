"""A search with the keyboard alone, as a screen reader tells it, and with letters four times as big."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import TOO_WIDE, UNFOLD
from tests.browser.tree import Said, focused, headings, landmarks, read, stops_of, tab_to

FIND = "/auental/public/offers/"
# A window of 1280 by 900 at 400 %: so many pixels of a page are left.
FOUR_TIMES = {"viewport": {"width": 320, "height": 225}, "device_scale_factor": 4}


# What fits only in part stands below, under a heading of its own, and is counted nowhere.
FOUND = "#results > .result:not(h2 ~ .result)"


def offer_of(page) -> str:
    page.goto(f"{FIND}?q=krabbelgruppe")
    return page.locator(".result__title a").first.get_attribute("href")


def test_a_search_from_the_first_key_to_the_offer_and_back(visit):
    page = visit()
    page.goto(FIND)
    assert tab_to(page, "Zum Inhalt springen") == 1
    page.keyboard.press("Enter")
    assert tab_to(page, "Was suchen Sie?") <= 2
    page.keyboard.type("krabelgruppe")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=krabelgruppe**")
    number = page.locator(FOUND).count()
    assert focused(page)["name"] == f"{number} Angebote"
    assert page.title().startswith(f"{number} Angebote: krabelgruppe")
    title = page.locator(".result__title a").first.inner_text()
    assert tab_to(page, title) <= 8
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.go_back()
    expect(page.get_by_label("Was suchen Sie?")).to_have_value("krabelgruppe")
    expect(page.locator(FOUND)).to_have_count(number)


def test_what_a_screen_reader_says_of_a_search(visit):
    page = visit()
    page.goto(f"{FIND}?q=krabbelgruppe")
    titles = page.locator(f"{FOUND} .result__title a").all_inner_texts()
    many = f"{len(titles)} Angebote"
    said = read(page)
    status = next(at for at, each in enumerate(said) if each.role == "status")
    assert many in [each.name for each in said[status : status + 4]]
    assert headings(page)[:2] == [Said("heading", "Angebote für Familien", 1), Said("heading", many, 2)]
    assert [each.name for each in headings(page) if each.level == 3][: len(titles)] == titles
    assert [each.name for each in said if each.name.startswith("Merken ")][: len(titles)] == [
        f"Merken {each}" for each in titles
    ]
    assert [each.role for each in said].count("article") == page.locator(".result").count()
    found = landmarks(page)
    assert [Said("search", "Angebote suchen"), Said("region", many)] == [
        each for each in found if each.role in ("search", "region")
    ]
    assert [each.role for each in found].count("main") == 1
    assert {"banner", "complementary", "contentinfo"} <= {each.role for each in found}


def test_a_search_without_result_says_so_first(visit):
    page = visit()
    page.goto(FIND)
    page.get_by_label("Was suchen Sie?").focus()
    page.keyboard.type("qxzvw")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=qxzvw**")
    assert focused(page)["name"] == "0 Angebote"
    assert page.title().startswith("0 Angebote: qxzvw")


def test_filters_are_opened_chosen_and_taken_back_with_the_keyboard(visit):
    page = visit()
    page.goto(FIND)
    everything = headings(page)[1].name
    tab_to(page, "Filter")
    page.keyboard.press("Enter")
    tab_to(page, "Kosten")
    page.keyboard.press("Space")
    tab_to(page, "Kostenlos")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**cost=free**")
    assert focused(page)["name"].endswith("Angebote") and focused(page)["name"] != everything
    assert ("link", "Kostenlos nicht mehr danach suchen") in [(each.role, each.name) for each in read(page)]
    tab_to(page, "Kostenlos")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "cost=" not in url)
    assert focused(page)["name"] == everything
    assert headings(page)[1].name == everything


def test_an_offer_is_marked_and_found_again_with_the_keyboard(visit):
    page = visit()
    page.goto(offer_of(page))
    title = page.get_by_role("heading", level=1).inner_text()
    tab_to(page, "Merken")
    before = next(each for each in read(page) if each.name == "Merken" and each.role in ("button", "toggleButton"))
    page.keyboard.press("Space")
    expect(page.locator("[data-mark]").first).to_have_attribute("aria-pressed", "true")
    assert before.role in ("button", "toggleButton")
    page.goto(FIND)
    tab_to(page, "Gemerkte Angebote", most=250)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gemerkte Angebote")
    assert title in [each.name for each in headings(page) if each.level == 2]


@pytest.mark.parametrize("size", [{}, FOUR_TIMES], ids=["on a desk", "at 400 %"])
@pytest.mark.parametrize("name", ["", "map/", "calendar/", "favourites", "offer", "handout", "signal"])
def test_the_focus_is_always_seen_and_nothing_lies_above_it(visit, name, size):
    page = visit(**size)
    offer = offer_of(page)
    ways = {"favourites": f"{FIND}favourites/?o={offer.split('/')[-2]}", "offer": offer}
    ways |= {"handout": f"{offer}print/", "signal": f"{offer}signal/"}
    page.goto(ways.get(name, FIND + name))
    page.evaluate(UNFOLD)
    if size:
        assert page.evaluate(TOO_WIDE) == []
    stops = stops_of(page)
    assert len(stops) > 3
    assert [each for each in stops if not (each["seen"] and each["free"])] == []


def test_every_district_of_the_map_is_reached_and_said_with_its_number(visit):
    page = visit()
    page.goto(f"{FIND}map/")
    rows = [row.inner_text().split("\t") for row in page.locator("tbody tr").all()]
    said = {each.name for each in read(page) if each.role == "link"}
    assert {f"{name}: {number}" for name, number in rows} <= said
