"""Two clicks are one click, and two people who write at the same time lose nothing: on every form of the house."""

import html
import re

from django.db import transaction

from kommpass.municipalities.scope import within
from tests.house.changes import differences, entries, everything
from tests.house.forms_on_pages import forms_of

HARMLESS = {"/auental/procedure/journal/verify/"}  # looks and writes nothing
OURS, THEIRS = "Was ich schrieb, zu Hause", "Was sie schrieb, im Amt"


def test_every_form_carries_the_mark_that_makes_two_clicks_one(everywhere):
    _browser, forms = everywhere
    without = [form.action for form in forms if not form.values.get("once") and form.action not in HARMLESS]
    assert without == []


def test_every_mark_on_a_page_is_there_once(everywhere):
    """Two forms with one mark: sending the first would silence the second."""
    browser, _forms = everywhere
    from_one_page = {}
    for room in ("procedure", "agreement/versions/1", "agreement/amendments", "people", "people/settings"):
        page = f"/auental/{room}/"
        marks = [form.values.get("once") for form in forms_of(browser.get(page), page) if form.values.get("once")]
        if len(marks) != len(set(marks)):
            from_one_page[page] = len(marks) - len(set(marks))
    assert from_one_page == {}


def test_the_second_click_leads_where_the_first_one_led_and_changes_nothing(everywhere):
    browser, forms = everywhere
    wrong, done = [], 0
    for form in forms:
        if not form.values.get("once") or "/link/" in form.action:
            continue  # (a link that was passed on is closed, with a sentence)
        with transaction.atomic():
            first = browser.post(form.action, form.filled)
            if first.status_code == 302:
                done += 1
                after = entries()
                second = browser.post(form.action, form.filled)
                led = (second.status_code, second.headers.get("Location"))
                if led != (302, first.headers["Location"]) or entries() != after:
                    wrong.append(f"{form.action}: {led}, {entries() - after} more entries in the journal")
            transaction.set_rollback(True)
    assert wrong == []
    assert done > 15


def test_a_form_with_a_mistake_may_be_sent_again(everywhere):
    browser, _forms = everywhere
    page = "/auental/participation/ideas/new/"
    (form,) = forms_of(browser.get(page), page)
    assert browser.post(page, form.filled | {"text": ""}).status_code in (200, 422)
    before = entries()
    assert browser.post(page, form.filled | {"text": "Ein Waldspielplatz", "source": "voice"}).status_code == 302
    assert entries() == before + 1


def editable(forms) -> list:
    """Forms that remember which edition they show, each with a field of plain text to fight about."""
    found = []
    for form in forms:
        texts = [name for name in form.texts if form.kinds[name] in ("textarea", "text") and name not in NOT_FREE]
        if form.values.get("edition") and texts:
            found.append((form, texts[0]))
    return found


NOT_FREE = {"due", "start", "ags", "cost_once", "cost_yearly", "agenda_item", "meeting_on", "short", "code", "priority"}


def test_two_people_who_write_the_same_text_see_both_and_the_second_one_chooses(everywhere):
    browser, forms = everywhere
    wrong, tried = [], 0
    for form, name in editable(forms):
        with transaction.atomic():
            said = _quarrel(browser, form, name)
            transaction.set_rollback(True)
        tried += 1
        if said:
            wrong.append(f"{form.action} {name}: {said}")
    assert wrong == []
    assert tried >= 6


def _quarrel(browser, form, name) -> str:
    """She saves first, then I send what I had opened before. The first thing that is not as it should be, or ""."""
    opened = form.values
    fresh = {"once": ""}
    if (first := browser.post(form.action, opened | fresh | {name: THEIRS})).status_code != 302:
        return f"her save: {first.status_code}"
    before = everything()
    mine = browser.post(form.action, opened | fresh | {name: OURS})
    page = re.sub(r"</?(?:ins|del|mark|span)[^>]*>", "", html.unescape(mine.content.decode()))
    if mine.status_code not in (409, 422) or differences(before, everything()):
        return f"my save: {mine.status_code}, changed {differences(before, everything())}"
    if OURS not in page or THEIRS not in page:
        return f"the page shows mine: {OURS in page}, hers: {THEIRS in page}"
    mine.status_code = 200
    merged = next((each for each in forms_of(mine, form.action) if name in each.kinds), None)
    if merged is None:
        return "the page offers no form to go on with"
    if browser.post(merged.action, merged.values | {name: OURS}).status_code != 302:
        return "my choice could not be saved"
    shown = {row for label in differences(before, everything()) for row in everything()[label]}
    return "" if any(OURS in row for row in shown) else "my choice is not what is there now"


def test_two_people_who_write_different_fields_both_keep_what_they_wrote(everywhere, built_once):
    browser, _forms = everywhere
    page, draft = "/auental/agreement/texts/", built_once.values["agreement"]
    (form,) = forms_of(browser.get(page), page)
    assert browser.post(page, form.values | {"preamble": THEIRS, "once": ""}).status_code == 302
    answer = browser.post(page, form.values | {"process": OURS, "once": ""})
    with within(built_once.municipality):
        draft.refresh_from_db()
    asked = answer.status_code == 409 and THEIRS in answer.content.decode() and draft.preamble == THEIRS
    assert asked or (draft.preamble, draft.process) == (THEIRS, OURS)
