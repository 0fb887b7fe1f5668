"""Two people at one text, an impatient finger, another language, forced doors."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import visitors as who
from tests.browser.acting import press, sign_in
from tests.browser.looking import RULES, TOO_WIDE, Observer, look_at, violations

FORCE = """(path) => {
  const form = document.createElement('form')
  form.method = 'post'
  form.action = path
  form.append(document.querySelector('[name=csrfmiddlewaretoken]').cloneNode())
  document.body.append(form)
  form.submit()
}"""


def force(page: Page, path: str) -> None:
    """Send what no button offers."""
    with page.expect_navigation():
        page.evaluate(FORCE, path)


def measure_of_hasselgrund(page: Page) -> str:
    """The address of the first measure in the draft."""
    page.goto("/hasselgrund/agreement/measures/")
    return page.get_by_role("rowheader").first.get_by_role("link").get_attribute("href")


def test_two_people_edit_the_same_measure_and_neither_text_is_lost(visit, house):
    mine, theirs = visit(who.HASSELGRUND), visit(who.HASSELGRUND)
    measure = measure_of_hasselgrund(mine)
    for page in (mine, theirs):
        page.goto(f"{measure}edit/")
    theirs.get_by_label("Beschreibung").fill("Jeden Mittwoch ein Bus zum Hallenbad.")
    press(theirs, "Speichern")
    observer = Observer(mine, house.url)
    mine.get_by_label("Beschreibung").fill("Ein Bus zum Hallenbad, kostenlos für Kinder.")
    press(mine, "Speichern")

    expect(mine.get_by_role("heading", level=1)).to_have_text("Zwei haben gleichzeitig geändert")
    expect(mine.get_by_role("group", name="Beschreibung")).to_contain_text("Jeden Mittwoch ein Bus zum Hallenbad.")
    expect(mine.get_by_label("Das soll gelten")).to_have_value("Ein Bus zum Hallenbad, kostenlos für Kinder.")
    assert look_at(mine, observer, "merge").about() == []
    mine.get_by_label("Das soll gelten").fill("Jeden Mittwoch ein Bus zum Hallenbad, kostenlos für Kinder.")
    press(mine, "So speichern")
    expect(mine.get_by_role("main")).to_contain_text("Jeden Mittwoch ein Bus zum Hallenbad, kostenlos für Kinder.")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_double_click_makes_one_thing(visit, script):
    page, title = visit(who.HASSELGRUND, java_script_enabled=script), f"Ziel mit Doppelklick {script}"
    page.goto("/hasselgrund/agreement/")
    page.get_by_role("link", name=re.compile("^Ziel in")).first.click()
    page.get_by_role("textbox", name="Ziel (Pflichtangabe)").fill(title)
    page.get_by_role("button", name="Ziel anlegen").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.goto("/hasselgrund/agreement/")
    expect(page.get_by_role("link", name=title)).to_have_count(1)


def test_a_gate_forced_by_its_address_stays_shut_and_says_what_is_missing(visit, house):
    page = visit(who.HASSELGRUND)
    observer = Observer(page, house.url)
    page.goto("/hasselgrund/phases/stocktaking/")
    force(page, "/hasselgrund/phases/stocktaking/close/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Noch nicht so weit")
    expect(page.get_by_role("progressbar", name="Fragen beantwortet")).to_be_visible()
    assert look_at(page, observer, "gate").about() == []


def test_a_form_with_mistakes_leads_to_the_first_one(visit, house):
    page = visit(who.HASSELGRUND)
    observer = Observer(page, house.url)
    page.goto("/hasselgrund/participation/workshops/new/")
    press(page)
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    assert look_at(page, observer, "mistakes").about() == []
    summary.get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.getAttribute('aria-invalid') || document.activeElement.type")


def test_the_house_speaks_english_when_asked_and_german_again(visit):
    page = visit(who.AUENTAL)
    page.goto("/auental/agreement/measures/")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Measures")
    page.get_by_role("button", name="Deutsch").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Maßnahmen")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_menu_of_the_person_opens_closes_and_is_fit_for_everybody(visit, width):
    page = visit(who.AUENTAL, viewport={"width": width, "height": 844})
    page.goto("/auental/")
    page.locator("details.person > summary").click()
    expect(page.get_by_role("link", name="Mein Zugang")).to_be_visible()
    assert violations(page, RULES, within=".person__menu") == []
    assert page.evaluate(TOO_WIDE) == []
    page.locator("details.person > summary").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Mein Zugang")).to_be_hidden()


def test_leaving_closes_the_door(visit, house):
    page = visit()
    sign_in(page, who.COUNCIL, house.password)
    page.locator("details.person > summary").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Abmelden").click()
    page.goto("/auental/agreement/versions/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Anmelden")
