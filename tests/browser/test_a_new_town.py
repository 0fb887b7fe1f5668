"""A town comes into the house: created, handed over, and walked to its resolution; all of it in the browser."""

import re
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser import visitors as who
from tests.browser.acting import fill, press, sign_in
from tests.browser.looking import Observer, look_at
from tests.browser.mailbox import follow_mail

SLUG, COORDINATOR, PARTNER = "neuwerder", "koordination@neuwerder.example", "diakonie@neuwerder.example"
PASSWORD = "Sieben Enten am Deich!"
MEASURE = "Familienlotsin für jedes Neugeborene"
TODAY = datetime.now(ZoneInfo("Europe/Berlin")).date().isoformat()


@pytest.fixture(scope="module")
def coordinator(house, visitors):
    """The page of the coordinator of the new town, from her invitation to the next round."""
    with visitors.context() as context:
        page = context.new_page()
        page.observer = Observer(page, house.url)
        yield page


def go(page: Page, name: str) -> None:
    """A way of the main navigation."""
    page.get_by_role("navigation", name="Hauptnavigation").get_by_role("link", name=name).click()


def looked_at(page: Page, name: str) -> None:
    """Some pages are only met here: they are looked at as all the others."""
    assert look_at(page, page.observer, name).about() == []


def test_the_administrator_creates_a_town_without_touching_code(visit):
    page = visit(who.ADMINISTRATOR)
    page.goto("/association/installation/")
    page.get_by_role("link", name="Kommune anlegen").click()
    fill(
        page,
        name="Neuwerder",
        slug=SLUG,
        population="12400",
        coordinator_name="Hanne Brix",
        coordinator_email=COORDINATOR,
    )
    press(page, "Kommune anlegen")
    expect(page.get_by_role("status")).to_contain_text("Neuwerder ist angelegt")


def test_the_invited_coordinator_accepts_chooses_a_password_and_signs_in(coordinator):
    page = coordinator
    follow_mail(page, COORDINATOR)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hanne Brix")
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    press(page, "Einladung annehmen")
    page.goto("/accounts/logout/")
    looked_at(page, "account_logout")
    press(page, "Abmelden")
    sign_in(page, COORDINATOR, PASSWORD)
    expect(page).to_have_url(re.compile(f"/{SLUG}/$"))
    looked_at(page, "a town without procedure")


def test_she_starts_a_procedure_and_opens_the_phases_she_needs(coordinator):
    page = coordinator
    page.goto(f"/{SLUG}/procedure/start/")
    looked_at(page, "audits:start")
    page.locator("[name=scheme]").select_option("familiengerechte_kommune:2025.1")
    page.get_by_label("Titel").fill("Audit Neuwerder")
    press(page)
    for phase in ("targeting", "council"):
        page.goto(f"/{SLUG}/phases/{phase}/")
        press(page, "Phase schon jetzt beginnen")
    page.goto(f"/{SLUG}/procedure/scheme/2026.1/upgrade/")
    looked_at(page, "audits:upgrade")
    page.goto(f"/{SLUG}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Audit Neuwerder")


def test_she_writes_a_goal_and_a_measure_and_sees_what_the_measure_lacks(coordinator):
    page = coordinator
    page.goto(f"/{SLUG}/people/organisations/add/")
    fill(page, name="Diakonie Neuwerder", email=PARTNER)
    page.locator("main [name=kind]").select_option("provider")
    press(page)

    go(page, "Ziele und Maßnahmen")
    press(page)
    page.get_by_role("link", name=re.compile("^Ziel in")).first.click()
    fill(page, title="Keine Familie beginnt allein")
    press(page, "Ziel anlegen")
    page.get_by_role("link", name="Maßnahme", exact=True).click()
    fill(page, title=MEASURE)
    press(page, "Speichern")
    hints = page.get_by_role("complementary")
    expect(hints).to_contain_text("zuständig")

    page.get_by_role("link", name="Ändern", exact=True).click()
    page.get_by_label("Zuständig").select_option("Diakonie Neuwerder")
    fill(
        page,
        description="Besuch in den ersten acht Wochen, mit Wegweiser und offenem Ohr.",
        start="2026",
        due="31.12.2028",
    )
    fill(page, cost_yearly="18000", funding="Haushalt, Produkt 36.3")
    press(page, "Speichern")
    page.get_by_text("Indikator hinzufügen").click()
    looked_at(page, "agreement:measure with its forms")
    expect(hints).not_to_contain_text("zuständig")


def test_the_owner_is_asked_by_mail_and_accepts_through_the_link_in_it(coordinator, visit):
    page = coordinator
    page.goto(f"/{SLUG}/agreement/freeze/")
    looked_at(page, "agreement:freeze")
    expect(page.get_by_role("main")).to_contain_text("Hier fehlt noch eine Zustimmung")
    page.goto(f"/{SLUG}/agreement/acceptance/")
    press(page, "Ausgewählte anschreiben")
    expect(page.get_by_role("status")).to_contain_text("angeschrieben")

    owner = visit()
    follow_mail(owner, PARTNER)
    expect(owner.get_by_role("main")).to_contain_text(MEASURE)
    press(owner, "Wir übernehmen alle")
    expect(owner.get_by_role("status")).to_contain_text("Danke")
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("angenommen")


def test_she_freezes_the_draft_and_downloads_it_as_pdf(coordinator):
    page = coordinator
    page.goto(f"/{SLUG}/agreement/freeze/")
    fill(page, reason="Stand nach dem Zielworkshop")
    press(page, "Jetzt festschreiben")
    expect(page.get_by_role("main")).to_contain_text("festgeschrieben, aber noch nicht beschlossen")
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    document = PdfReader(BytesIO(download.value.path().read_bytes()))
    assert MEASURE in " ".join(each.extract_text() for each in document.pages).replace("\n", " ")


def test_the_council_gets_a_paper_and_decides(coordinator):
    page = coordinator
    page.goto(f"/{SLUG}/bodies/list/new/")
    fill(page, name="Rat der Stadt Neuwerder")
    page.locator("[name=kind]").select_option(index=1)
    page.locator("[name=authoritative]").check()
    press(page)

    page.goto(f"/{SLUG}/agreement/versions/1/")
    page.get_by_text("Neue Vorlage anlegen").click()
    fill(page, reference="12/2026")
    press(page, "Vorlage anlegen")
    page.get_by_label("Gremium").select_option("Rat der Stadt Neuwerder")
    page.locator("main [name=role]").select_option("decision")
    fill(page, meeting_on=TODAY)
    press(page, "Station hinzufügen")
    for link, name in (("Station ändern", "bodies:station-edit"), ("Vertagt", "bodies:station-result")):
        page.get_by_role("main").get_by_role("link", name=link).click()
        looked_at(page, name)
        page.get_by_role("link", name="Abbrechen").click()
    page.get_by_role("main").get_by_role("link", name="Beschluss eintragen").click()
    looked_at(page, "bodies:decision-register")
    page.locator("[name=result]").select_option("adopted")
    press(page)
    expect(page.get_by_role("main")).to_contain_text("beschlossen")
    expect(page.get_by_role("main").get_by_role("link", name="Eintragung berichtigen")).to_be_visible()


def test_the_version_is_adopted_and_the_public_page_tells_the_families(coordinator, visit):
    page = coordinator
    page.goto(f"/{SLUG}/agreement/versions/1/")
    page.get_by_text("Beschluss zuordnen").click()
    page.locator("[name=decision]").select_option(index=1)
    press(page, "Als beschlossen eintragen")
    expect(page.get_by_role("main")).to_contain_text("Beschlossen: Rat der Stadt Neuwerder")

    family = visit()
    family.goto("/")
    family.get_by_role("main").get_by_role("link", name="Neuwerder").first.click()
    family.locator("a[href*='/public/field/']").first.click()
    expect(family.get_by_role("main")).to_contain_text(MEASURE)


def test_the_next_round_is_scored_and_offers_the_answers_of_the_last_one(coordinator):
    page = coordinator
    page.goto(f"/{SLUG}/procedure/start/")
    page.locator("[name=scheme]").select_option("familienbewusst_plus:2020.1")
    page.get_by_label("Titel").fill("Zweite Runde")
    press(page)
    page.goto(f"/{SLUG}/phases/self_assessment/")
    press(page, "Phase schon jetzt beginnen")
    page.goto(f"/{SLUG}/stocktaking/result/")
    looked_at(page, "stocktaking:result")
    page.goto(f"/{SLUG}/stocktaking/last-round/")
    looked_at(page, "stocktaking:prefill")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
