"""Whatever is typed, pasted or forged into any form of the house: a sentence or a normal save, never a broken page."""

from django.db import transaction

from kommpass.domain.permissions import Role
from kommpass.municipalities.scope import within
from tests.house.addresses import TOWN, addresses
from tests.house.changes import differences, entries, everything
from tests.house.conftest import browser_of
from tests.house.forms_on_pages import NUMBERS, once_each
from tests.house.towns import build_town

TAG = "<b>fett</b><script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
HUGE, NUL = "9" * 400, "vorher\x00nachher"
# What goes into texts, and what at the same time into numbers and dates.
NASTY = {
    "a text of 25,000 characters": ("Äußerst lang. " * 1786, "NaN"),
    "a formula with scripts and tags": (f"=1+1 {{{{ 7|add:7 }}}} {{% now 'Y' %}} {TAG}", "-1"),
    "a NUL byte": (NUL, NUL),
    "a day that does not exist": ("31.02.2027", "2027-02-31"),
    "right to left, emoji, control characters": ("\u202eABC \u05e9\u05dc\u05d5\u05dd 👨‍👩‍👧 \x07 \ufffe", "٣"),
    "only blanks, and a huge number": (" \t\r\n ", HUGE),
}
SHOWN = ("a formula with scripts and tags", "right to left, emoji, control characters")
FINE = {200, 302, 400, 403, 404, 409, 422}


def sent(browser, form, values, *, follow: bool = False):
    """Send a form, look at the answer (and at the page it leads to), and take everything back."""
    with transaction.atomic():
        answer = browser.post(form.action, values)
        told = answer
        if follow and answer.status_code == 302:
            told = browser.get(answer.headers["Location"].split("#")[0])
        transaction.set_rollback(True)
    return answer, told


def test_no_form_breaks_whatever_is_typed_into_all_its_fields(everywhere):
    browser, forms = everywhere
    typed = [form for form in forms if form.texts]
    assert (len(forms) > 60, len(typed) > 30) == (True, True)
    broken = []
    for what, (text, number) in NASTY.items():
        for form in typed:
            values = {name: number if form.kinds[name] in NUMBERS else text for name in form.texts}
            answer, told = sent(browser, form, form.filled | values, follow=what in SHOWN)
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
        nasty = HUGE if form.kinds[name] in NUMBERS else NUL
        answer, _told = sent(browser, form, form.filled | {name: nasty})
        if answer.status_code not in FINE:
            broken.append(f"{form.action} {name}={nasty[:8]!r}: {answer.status_code}")
    assert broken == []


def test_no_form_breaks_when_its_hidden_fields_and_choices_are_forged(everywhere):
    browser, forms = everywhere
    broken = []
    for form, name in once_each(forms, lambda form: [*form.choices, *form.untyped]):
        forged = "9" * 24 if name in form.choices_of_things or form.kinds[name] == "hidden" else "a\x00b"
        for value in (forged, "a\x00b") if name == "once" else (forged,):
            answer, _told = sent(browser, form, form.filled | {name: value})
            if answer.status_code not in FINE:
                broken.append(f"{form.action} {name}={value[:3]!r}: {answer.status_code}")
    assert broken == []


def test_an_empty_form_changes_nothing_it_should_not_and_never_breaks(everywhere):
    browser, forms = everywhere
    broken = [form.action for form in forms if sent(browser, form, {})[0].status_code not in FINE]
    assert broken == []


def test_a_text_that_is_too_long_is_refused_with_a_sentence_and_is_not_lost(everywhere):
    browser, _forms = everywhere
    before, text = entries(), "Wort " * 5_000
    answer = browser.post("/auental/agreement/texts/", {"title": "Zielvereinbarung", "preamble": text, "edition": 1})
    page = answer.content.decode()
    assert answer.status_code in (200, 422)
    assert "zu lang" in page
    assert text.strip() in page
    assert entries() == before


def test_ten_megabytes_are_refused_with_a_sentence(everywhere):
    browser, _forms = everywhere
    before = everything()
    answer = browser.post("/auental/participation/ideas/new/", {"text": "x" * 10_000_000, "source": "voice"})
    assert answer.status_code in (200, 400, 413, 422)
    assert differences(before, everything()) == []


def test_whatever_was_kept_is_shown_as_text_and_never_as_a_page(db):
    """A town whose every text is a piece of HTML: nothing of it arrives as HTML on any page."""
    built = build_town("hasselgrund", mark=TAG)
    shown, seen = [], 0
    for role in (Role.COORDINATOR, Role.COUNCIL_MEMBER):
        browser = browser_of(built.people[role])
        with within(built.municipality):
            reading = [each for each in addresses(TOWN) if each.reads() and not each.is_document]
            pages = [(each, each.filled(built.values)) for each in reading]
        for address, path in pages:
            answer = browser.get(path)
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                page = answer.content.decode()
                seen += "&lt;b&gt;fett" in page
                if "<b>fett" in page or "<script>alert" in page or "<img src=x" in page:
                    shown.append(f"{address} ({role})")
    assert shown == []
    assert seen > 40
