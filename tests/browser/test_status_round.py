"""One status round of 300 measures with 40 people on their phones: through the links of their mails, without log-in."""

import re
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from statistics import median

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acting import sign_in
from tests.browser.house import ROOT
from tests.browser.looking import Observer, look_at
from tests.browser.mailbox import link_in, open_mail
from tests.browser.status_town import COORDINATOR, MEASURES, NEW_ONE_IN, PEOPLE, SLUG, address

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
BUILD = "from tests.browser.status_town import build; build()"
CHANGING = 5  # every fifth person has something to tell
SUBJECT = "Wie weit sind Ihre Maßnahmen?"
LINK = re.compile(r"(?<=href=\")http[^\"]+/progress/answer/[^\"]+")
LEFT = re.compile(r"Noch (\d+) von (\d+)")


@pytest.fixture(scope="module")
def asked(house):
    """The town in the house, its mails written."""
    command = [sys.executable, "-m", "kommpass.config.cli", "shell", "-c", BUILD]
    done = subprocess.run(command, cwd=ROOT, env=house.environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def links_by_person(mailbox: Page) -> dict[str, str]:
    """The link in the newest mail of each person, read off the page of the mails that went out."""
    mailbox.goto("/mails/")
    rows = mailbox.get_by_role("row").filter(has_text=SUBJECT).all()
    mails = {row.get_by_role("cell").last.inner_text(): row.get_by_role("link").get_attribute("href") for row in rows}
    return {person: LINK.search(mailbox.request.get(mail).text())[0] for person, mail in mails.items()}


@dataclass
class Visit:
    """What one person did on the page: how long, how many taps, how many signs, and where they were led."""

    measures: int = 0
    changed: int = 0
    taps: int = 0
    signs: int = 0
    seconds: float = 0.0
    addresses: list[str] = field(default_factory=list)


def tap(visit: Visit, element) -> None:
    element.tap()
    visit.taps += 1


def write(visit: Visit, element, text: str) -> None:
    element.fill(text)
    visit.taps, visit.signs = visit.taps + 1, visit.signs + len(text)


def left(page: Page) -> tuple[int, int]:
    """How many measures still wait, of how many."""
    found = LEFT.search(page.locator("#said-left").inner_text())
    return (int(found[1]), int(found[2])) if found else (0, page.locator("article.said").count())


def answer_everything(page: Page, link: str, *, changes: bool) -> Visit:
    """Open the link; tell what changed, if anything did; confirm all the rest with one tap."""
    visit = Visit()
    page.on("framenavigated", lambda frame: visit.addresses.append(frame.url))
    begun = time.monotonic()
    page.goto(link)
    open_measures, visit.measures = left(page)
    assert open_measures == visit.measures
    if changes:
        tell(page, visit, page.locator("article.said", has=confirm(page)).first, late=True)
    all_at_once = page.locator("#said-top").get_by_role("button")
    if all_at_once.count():
        with page.expect_navigation():
            tap(visit, all_at_once)
    while left(page)[0]:  # what never was reported on needs a first word
        tell(page, visit, page.locator("article.said:not(.said--done)").first, late=False)
    expect(page.get_by_text("Vielen Dank, Sie sind fertig!")).to_be_visible()
    visit.seconds = time.monotonic() - begun
    return visit


def confirm(page: Page):
    return page.get_by_role("button", name="Unverändert")


def tell(page: Page, visit: Visit, card, *, late: bool) -> None:
    """Unfold a card, say how it is, and send: the card alone is swapped, the page stays."""
    before, card = left(page)[0], page.locator(f"#{card.get_attribute('id')}")
    tap(visit, card.locator(".said__change > summary"))
    if late:
        tap(visit, card.get_by_label("verzögert"))
        write(visit, card.get_by_label("Was ist geschehen, und warum?"), "Der Träger sucht noch Räume.")
        write(visit, card.get_by_label("Neuer Termin"), "Juni 2031")
    else:
        tap(visit, card.get_by_label("in Arbeit"))
        tap(visit, card.get_by_label("im Plan"))
    tap(visit, card.get_by_role("button", name="Sachstand senden"))
    expect(card.get_by_text("Gemeldet", exact=True)).to_be_visible()
    assert left(page)[0] == before - 1
    visit.changed += 1


def test_forty_people_answer_for_three_hundred_measures_on_their_phones(asked, house, visit):
    links, visits = links_by_person(visit()), {}
    for number in range(1, PEOPLE + 1):
        page = visit(**PHONE)  # a fresh browser: nobody is signed in, nothing is remembered
        visits[number] = answer_everything(page, links[address(number)], changes=number % CHANGING == 0)
        page.context.close()

    told = list(visits.values())
    taps = Counter(each.taps for each in told)
    print(
        f"\n{PEOPLE} people, {sum(each.measures for each in told)} measures: "
        f"median {median(each.seconds for each in told):.1f} s per person at the speed of the browser "
        f"(slowest {max(each.seconds for each in told):.1f} s), "
        f"median {median(each.taps for each in told):.0f} tap(s), most {max(taps)} taps and "
        f"{max(each.signs for each in told)} signs; {taps[1]} people needed one tap"
    )
    assert [url for each in told for url in each.addresses if f"/{SLUG}/progress/answer/" not in url] == []
    assert sum(each.measures for each in told) == MEASURES
    changing = [visits[number] for number in visits if number % CHANGING == 0]
    assert len(changing) == PEOPLE // CHANGING and all(each.changed for each in changing)
    unchanged = [each for each in told if not each.changed]
    assert len(unchanged) > PEOPLE / 2
    assert {each.taps for each in unchanged} == {1}, "nothing has changed: one tap after the link, and done"

    office = visit()
    sign_in(office, COORDINATOR, house.password)
    office.goto(f"/{SLUG}/progress/")
    office.get_by_role("link", name="Sachstand heute").first.click()
    main = office.get_by_role("main")
    expect(main).to_contain_text(re.compile(rf"{MEASURES}\s*/ {MEASURES}"))
    expect(main).to_contain_text(re.compile(rf"{PEOPLE}\s*/ {PEOPLE}"))
    office.goto(f"/{SLUG}/progress/?light=yellow")
    late_before = sum(number % 7 == 1 and number % NEW_ONE_IN != 0 for number in range(MEASURES))
    found = int(office.get_by_role("table").last.locator("caption").inner_text().split()[0])
    assert late_before <= found <= late_before + len(changing)


def test_the_page_behind_the_link_is_for_all_eyes_and_narrow_screens(asked, house, visit):
    mailbox = visit()
    open_mail(mailbox, address(1), SUBJECT)
    page = visit(**PHONE)
    observer = Observer(page, house.url)
    page.goto(link_in(mailbox))
    assert look_at(page, observer, "implementation:by-link").about() == []


def test_the_pages_around_the_round_are_for_all_eyes_and_narrow_screens(asked, house, visit):
    office = visit()
    sign_in(office, COORDINATOR, house.password)
    observer, complaints = Observer(office, house.url), []

    def look(name: str) -> None:
        complaints.extend(look_at(office, observer, name).about())

    for name in ("", "late/", "rounds/new/", "goals/", "own/"):
        office.goto(f"/{SLUG}/progress/{name}")
        look(name)
    for page, link in (("goals/", "Beurteilen"), ("?state=not_started", "Vorhaben"), ("", "Sachstand heute")):
        office.goto(f"/{SLUG}/progress/{page}")
        follow(office, link)
        look(link)
    follow(office, "Eintragen")
    look("implementation:answer-for")
    assert complaints == []


def follow(page: Page, link: str) -> None:
    """Follow a link, and wait until the next page is there: it is looked at in one piece."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name=link).first.click()


def test_without_script_a_mistake_keeps_what_was_written_and_says_where_it_is(asked, visit):
    mailbox = visit()
    open_mail(mailbox, address(7), SUBJECT)
    page = visit(java_script_enabled=False, viewport=PHONE["viewport"])
    page.goto(link_in(mailbox))
    card = page.locator(f"#{page.locator('article.said').first.get_attribute('id')}")
    card.locator(".said__change > summary").click()
    card.get_by_label("gefährdet").check()
    card.get_by_label("Neuer Termin").fill("31.02.2030")
    card.get_by_role("button", name="Sachstand senden").click()
    expect(card.get_by_role("alert")).to_contain_text("Bitte schreiben Sie in einem Satz, woran es liegt.")
    expect(card.get_by_role("alert")).to_contain_text("Den Tag „31.02.2030“ gibt es nicht.")
    expect(card.get_by_label("Neuer Termin")).to_have_value("31.02.2030")
    expect(card.get_by_label("gefährdet")).to_be_checked()
    card.get_by_label("Was ist geschehen, und warum?").fill("Die Förderung ist weggefallen.")
    card.get_by_label("Neuer Termin").fill("2031")
    card.get_by_role("button", name="Sachstand senden").click()
    expect(card).to_contain_text("Die Förderung ist weggefallen.")
    expect(card).to_contain_text("Neuer Termin: 2031")
