"""A missing right is a page with the reason: for every role, at every address, and nothing is changed."""

import html

import pytest

from kommpass.domain.permissions import NO_PROCEDURE, Role, may
from kommpass.municipalities.scope import within
from kommpass.sockets import rules
from tests.house.addresses import NOWHERE, TOWN, addresses
from tests.house.changes import differences, everything
from tests.house.conftest import browser_of
from tests.house.towns import somebody_of


def forbidden(built, role):
    """The addresses of this town and of the installation whose right this role does not have, with the reason."""
    for address in addresses():
        if address.requires and not address.by_link:
            situation = built.procedure.situation if address.urlconf == TOWN else NO_PROCEDURE
            verdict = may(somebody_of(built, role), address.requires, situation, rules())
            if not verdict:
                yield address, verdict.reason


@pytest.mark.parametrize("role", Role, ids=str)
def test_who_may_not_is_told_why_and_nothing_happens(town, role):
    browser = browser_of(town.people[role])
    before = everything()
    wrong = []
    with within(town.municipality):
        chosen = [
            (address, address.filled(town.values) if address.urlconf == TOWN else None, reason)
            for address, reason in forbidden(town, role)
        ]  # fmt: skip
    for address, path, reason in chosen:
        path = path or address.filled(NOWHERE)
        answer = browser.post(path) if address.writes() else browser.get(path)
        said = reason in html.unescape(answer.content.decode())
        if (answer.status_code, said) != (403, True):
            wrong.append(f"{address}: {answer.status_code}, reason shown: {said}")
    assert wrong == []
    assert differences(before, everything()) == []


def test_the_walk_above_has_something_to_walk(town):
    numbers = {role: len(list(forbidden(town, role))) for role in Role}
    assert min(numbers.values()) > 3
    assert numbers[Role.STATISTICS_UNIT] > 100


@pytest.mark.parametrize("change", ["pause", "resume", "withdraw", "lapse"])
@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.PROVIDER, Role.COUNCIL_MEMBER, Role.AUDITOR], ids=str)
def test_reading_a_procedure_is_not_the_right_to_stop_it(town, role, change):
    browser = browser_of(town.people[role])
    answer = browser.post(f"/auental/procedure/state/{change}/", {"reason": "einfach so"})
    town.procedure.refresh_from_db()
    assert (answer.status_code, town.procedure.state) == (403, "running")


def test_a_reader_of_a_bundle_does_not_answer_it(town):
    browser = browser_of(town.people[Role.AUDITOR])
    with within(town.municipality):
        key, path = town.values["question/key"], f"/auental/stocktaking/bundle/{town.values['bundle/pk']}/"
    before = everything()
    assert browser.post(path, {f"frage-{key}-pick": "unknown", "intent": "submit"}).status_code == 403
    assert browser.post(f"/auental/stocktaking/question/{key}/", {f"frage-{key}-pick": "unknown"}).status_code == 403
    assert differences(before, everything()) == []


def test_a_department_does_not_touch_what_belongs_to_another_one(town):
    """The right is there, the thing is not theirs: for them it does not exist."""
    person = town.people[Role.CONTRIBUTOR]
    with within(town.municipality):
        person.memberships.update(organisation=None)
        values = town.values
    browser = browser_of(person)
    before = everything()
    measure, bundle = values["measure_id"], values["bundle/pk"]
    assert [
        browser.get(f"/auental/agreement/measures/{measure}/edit/").status_code,
        browser.post(f"/auental/agreement/measures/{measure}/edit/", {"title": "anders"}).status_code,
        browser.post(f"/auental/agreement/measures/{measure}/drop/").status_code,
        browser.post(f"/auental/agreement/measures/{measure}/answer/", {"accepted": "yes"}).status_code,
        browser.post(f"/auental/agreement/steps/{values['step_id']}/drop/").status_code,
        browser.post(f"/auental/agreement/indicators/{values['indicator_id']}/drop/").status_code,
        browser.get(f"/auental/stocktaking/bundle/{bundle}/").status_code,
        browser.post(f"/auental/stocktaking/bundle/{bundle}/", {"intent": "submit"}).status_code,
        browser.post(f"/auental/stocktaking/bundle/{bundle}/pass-on/", {"email": "x@y.example"}).status_code,
    ] == [404] * 9
    assert differences(before, everything()) == []


@pytest.mark.parametrize("role", [Role.REVIEW_BOARD, Role.ASSOCIATION_OFFICE], ids=str)
def test_board_and_association_read_what_was_submitted_and_nothing_of_the_desk(town, role):
    with within(town.municipality):
        number = town.values["version"].number
    browser = browser_of(town.people[role])
    pages = ("", f"versions/{number}/", f"versions/{number}/download.pdf", "amendments/", "measures/")
    assert [browser.get(f"/auental/agreement/{page}").status_code for page in pages] == [403] * 5
