"""Whatever is typed, pasted or forged into any form of the house: a sentence or a normal save, never a broken page."""

import re

import pytest
from django.db import transaction

from kommpass.domain.permissions import Role
from kommpass.municipalities.scope import within
from tests.house.addresses import TOWN, addresses
from tests.house.changes import differences, entries, everything
from tests.house.conftest import browser_of
from tests.house.forms_on_pages import forms_of
from tests.house.towns import build_town, more

TAG = "<b>fett</b><script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
NASTY = {
    "a text of 25,000 characters": "Äußerst lang. " * 1786,
    "a formula with scripts and tags": f"=1+1 {{{{ 7|add:7 }}}} {{% now 'Y' %}} {TAG}",
    "a NUL byte": "vorher\x00nachher",
    "a day that does not exist": "31.02.2027",
    "right to left, a family of emoji, control characters": "\u202eABC \u05e9\u05dc\u05d5\u05dd 👨‍👩‍👧 \x07 \ufffe",
    "only blanks": " \t\r\n ",
    "a huge number": "9" * 400,
    "not a number": "NaN",
}
SHOWN = ("a formula with scripts and tags", "right to left, a family of emoji, control characters")
FINE = {200, 302, 400, 403, 404, 409, 422}


def forms_in(built, browser) -> list:
    """Every form of the town once, as its pages show it."""
    with within(built.municipality):
        reading = [each for each in addresses(TOWN) if each.reads()]
        pages = [each.filled(built.values) for each in reading if "download" not in each.route]
    found = {}
    for page in pages:
        for form in forms_of(browser.get(page), page):
            found.setdefault((form.action, tuple(sorted(form.kinds))), form)
    return list(found.values())


def sent(browser, form, values, *, follow: bool = False):
    """Send a form, look at the answer (and at the page it leads to), and take everything back."""
    with transaction.atomic():
        answer = browser.post(form.action, values)
        told = answer
        if follow and answer.status_code == 302:
            told = browser.get(answer.headers["Location"].split("#")[0])
        transaction.set_rollback(True)
    return answer, told


@pytest.fixture
def everywhere(town):
    """The coordinator's browser, and every form she can see."""
    browser = browser_of(town.people[Role.COORDINATOR])
    return browser, forms_in(town, browser)


def once_each(forms, fields_of):
    """Pairs of a form and one of its fields; fields that differ by a number only (of a question, a row) once."""
    tried = set()
    for form in forms:
        for name in fields_of(form):
            everywhere_alike = name in ("once", "csrfmiddlewaretoken")
            alike = name if everywhere_alike else re.sub(r"\d+", "#", f"{form.action} {name}")
            if alike not in tried:
                tried.add(alike)
                yield form, name


def test_no_form_breaks_whatever_is_typed_into_all_its_fields(everywhere):
    browser, forms = everywhere
    typed = [form for form in forms if form.texts]
    assert (len(forms) > 60, len(typed) > 30) == (True, True)
    broken = []
    for what, nasty in NASTY.items():
        for form in typed:
            values = form.filled | dict.fromkeys(form.texts, nasty)
            answer, told = sent(browser, form, values, follow=what in SHOWN)
            if answer.status_code not in FINE or told.status_code >= 500:
                broken.append(f"{what}: {form.action} {form.texts}: {answer.status_code}, then {told.status_code}")
            if TAG in told.content.decode(errors="replace"):
                broken.append(f"{what}: {form.action} {form.texts}: shows what was typed as it was typed")
    assert broken == []


def test_no_field_breaks_on_its_own(everywhere):
    """One field wrong, all others plausible: so the form's other mistakes do not hide this one."""
    browser, forms = everywhere
    broken = []
    for form, name in once_each(forms, lambda form: form.texts):
        for what in ("a NUL byte", "a huge number"):
            answer, _told = sent(browser, form, form.filled | {name: NASTY[what]})
            if answer.status_code not in FINE:
                broken.append(f"{form.action} {name}, {what}: {answer.status_code}")
    assert broken == []


def test_no_form_breaks_when_its_hidden_fields_and_choices_are_forged(everywhere):
    browser, forms = everywhere
    broken = []
    hidden = lambda form: [name for name, kind in form.kinds.items() if kind in ("hidden", "submit")]  # noqa: E731
    for form, name in once_each(forms, lambda form: [*form.choices, *hidden(form)]):
        for forged in ("9" * 24, "a\x00b"):
            answer, _told = sent(browser, form, form.filled | {name: forged})
            if answer.status_code not in FINE:
                broken.append(f"{form.action} {name}={forged[:3]!r}: {answer.status_code}")
    assert broken == []


def test_an_empty_form_changes_nothing_it_should_not_and_never_breaks(everywhere):
    browser, forms = everywhere
    broken = [form.action for form in forms if sent(browser, form, {})[0].status_code not in FINE]
    assert broken == []


def test_a_text_that_is_too_long_is_refused_with_a_sentence_and_is_not_lost(town):
    browser = browser_of(town.people[Role.COORDINATOR])
    before, text = entries(), "Wort " * 5_000
    answer = browser.post("/auental/agreement/texts/", {"title": "Zielvereinbarung", "preamble": text, "edition": 1})
    page = answer.content.decode()
    assert answer.status_code in (200, 422)
    assert "zu lang" in page
    assert text.strip() in page
    assert entries() == before


def test_ten_megabytes_are_refused_with_a_sentence(town):
    browser = browser_of(town.people[Role.COORDINATOR])
    before = everything()
    answer = browser.post("/auental/participation/ideas/new/", {"text": "x" * 10_000_000, "source": "voice"})
    assert answer.status_code in (200, 400, 413, 422)
    assert differences(before, everything()) == []


def test_whatever_was_kept_is_shown_as_text_and_never_as_a_page(db):
    """A town whose every text is a piece of HTML: nothing of it arrives as HTML on any page."""
    built = more(build_town("auental", mark=TAG))
    shown, seen = [], 0
    for role in (Role.COORDINATOR, Role.COUNCIL_MEMBER, Role.CONTRIBUTOR):
        browser = browser_of(built.people[role])
        with within(built.municipality):
            pages = [(each, each.filled(built.values)) for each in addresses(TOWN) if each.reads() and "download" not in each.route]
        for address, path in pages:
            answer = browser.get(path)
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                page = answer.content.decode()
                seen += "&lt;b&gt;fett" in page
                if "<b>fett" in page or "<script>alert" in page or "<img src=x" in page:
                    shown.append(f"{address} ({role})")
    assert shown == []
    assert seen > 40
