"""The family portal in a real browser: by keyboard, on a small phone, without JavaScript, and without network."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import Observer, look_at

FIND = "/auental/public/offers/"


@pytest.mark.parametrize(
    "page_name",
    ["", "?q=beratung&age=8+Monate", "map/", "calendar/", "print/?q=kita", "help/", "favourites/", "receipt/"],
)
def test_every_page_of_the_portal_is_sound(visit, house, page_name):
    page = visit()
    observer = Observer(page, house.url)
    page.goto(FIND + page_name)
    assert look_at(page, observer, f"finder {page_name}").about() == []


def test_an_offer_its_handout_and_the_word_that_something_is_wrong(visit, house):
    page = visit()
    observer = Observer(page, house.url)
    page.goto(f"{FIND}?q=krabbelgruppe")
    page.locator(".result__title a").first.click()
    assert look_at(page, observer, "finder:offer").about() == []
    address = page.url
    for part in ("print/", "signal/"):
        page.goto(address + part)
        assert look_at(page, observer, f"finder {part}").about() == []
    page.get_by_label("Die Zeiten stimmen nicht").check()
    page.get_by_role("button", name="Hinweis senden").click()
    expect(page.get_by_role("main")).to_contain_text("Ihr Kennzeichen")


def test_a_search_goes_by_keyboard_alone(visit):
    page = visit()
    page.goto(FIND)
    page.get_by_label("Was suchen Sie?").focus()
    page.keyboard.type("krabelgruppe")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Gesucht wurde")
    first = page.locator(".result__title a").first
    first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Krabbel")


def test_everything_is_found_without_javascript(visit):
    page = visit(java_script_enabled=False)
    page.goto(f"{FIND}?q=schulden")
    expect(page.locator(".result").first).to_be_visible()
    page.goto(f"{FIND}?topic=counselling&cost=free")
    expect(page.locator(".result").first).to_be_visible()


def test_a_marked_offer_is_there_again_and_can_be_passed_on(visit):
    page = visit()
    page.goto(f"{FIND}?q=krabbelgruppe")
    title = page.locator(".result__title a").first.inner_text()
    page.locator("[data-mark]").first.click()
    page.goto(FIND)
    page.locator("[data-favourites]").first.click()
    expect(page.get_by_role("main")).to_contain_text(title)
    stranger = visit()
    stranger.goto(page.url)
    expect(stranger.get_by_role("main")).to_contain_text(title)


def test_what_was_opened_can_be_read_without_network(visit):
    page = visit()
    page.goto(f"{FIND}?q=beratung")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.context.set_offline(True)
    page.goto(f"{FIND}?q=beratung")
    expect(page.locator(".result").first).to_be_visible()
    page.goto(f"{FIND}?q=nochniegesucht")
    expect(page.get_by_role("main")).to_contain_text("ohne Netz")
    expect(page.get_by_role("link", name="112")).to_be_visible()
