"""Who reads what, and when: every page and every answer of the room, for everybody, in every state of the review."""

import re

import pytest
from django.db import transaction

from kommpass.domain.permissions import Role
from kommpass.people.models import InstallationRole
from tests.assessment import builders
from tests.assessment.builders import (
    CORRECTION,
    DECISION,
    DRAFT,
    ILSE,
    KARL,
    LETTER,
    MIRA,
    OBJECTION,
    OPINION,
    PROPOSED,
    RECUSAL,
    REPORT,
    REVIEW,
    STATES,
    ZOE,
    OnItsWay,
    board_member,
    on_its_way,
    text,
)
from tests.conftest import make_user, member, signed_in
from tests.house.addresses import TOWN, addresses

NOBODY = 10**6
OUTCOME = "Zertifikat mit Auflagen erteilt"
ILSES, KARLS = f"{REVIEW}-ILSE", f"{REVIEW}-KARL"
TOKEN = re.compile(r"[\w-]{24,}")
MARKS = (
    REPORT, LETTER, DRAFT, ILSES, KARLS, OPINION, PROPOSED, CORRECTION, DECISION, OUTCOME, OBJECTION, RECUSAL,
)  # fmt: skip
# Also the journal and its file: what happened in the room stands there too.
ROOM = [each for each in addresses(TOWN) if each.name.startswith(("assessment:", "audits:journal"))]
MEMBERS = (ILSE, KARL, MIRA, ZOE)
IN_TOWN = (Role.COORDINATOR, Role.AUDITOR, Role.COUNCIL_MEMBER, Role.COUNCIL_OFFICE)
MIRA_AT_THE_OFFICE, WITHOUT_SEAT = "Mira Feld mit Geschäftsstelle", "Otto Ohne Sitz"

SUBMITTED = {REPORT, LETTER}
JOINT = {OPINION, PROPOSED}
DECIDED = {DECISION, OUTCOME}
# What is new to somebody with each state. Whoever is not named learns nothing new.
LEARNS = {
    "submitted": {Role.COORDINATOR: SUBMITTED, Role.AUDITOR: SUBMITTED, Role.ASSOCIATION_OFFICE: SUBMITTED,
                  MIRA_AT_THE_OFFICE: SUBMITTED},
    "judging": {ILSE: SUBMITTED | {ILSES}, KARL: SUBMITTED | {DRAFT}, Role.ASSOCIATION_OFFICE: {RECUSAL}},
    "all in": {ILSE: {KARLS}, KARL: {ILSES, KARLS}, Role.ASSOCIATION_OFFICE: {ILSES, KARLS}},
    "opinion": {ILSE: JOINT, KARL: JOINT, Role.ASSOCIATION_OFFICE: JOINT, Role.COORDINATOR: {OPINION}},
    "answered": {ILSE: {CORRECTION}, KARL: {CORRECTION}, Role.ASSOCIATION_OFFICE: {CORRECTION},
                 Role.COORDINATOR: {CORRECTION}},
    "decided": {ILSE: DECIDED, KARL: DECIDED, Role.ASSOCIATION_OFFICE: DECIDED},
    "announced": {role: DECIDED | {PROPOSED} for role in IN_TOWN},
    "objected": {who: {OBJECTION} for who in (*IN_TOWN, ILSE, KARL, Role.ASSOCIATION_OFFICE)} | {
        ZOE: SUBMITTED | {ILSES, KARLS} | JOINT | {CORRECTION} | DECIDED | {OBJECTION}},
}  # fmt: skip
# What is no longer there for somebody: a draft that was handed in, and everything for whoever is recused.
FORGETS = {"judging": {MIRA_AT_THE_OFFICE: SUBMITTED}, "all in": {KARL: {DRAFT}}}


def expected(who, state: str) -> set[str]:
    known: set[str] = set()
    for step in STATES[: STATES.index(state) + 1]:
        known = (known | LEARNS[step].get(who, set())) - FORGETS.get(step, {}).get(who, set())
    return known


def everybody() -> dict:
    """A person for each role that may come into this room, the members by name, and those who must not see it."""
    people = {role: member(role) for role in (*IN_TOWN, Role.CONTRIBUTOR, Role.ASSOCIATION_OFFICE)}
    people |= {name: board_member(name) for name in (ILSE, KARL, MIRA, ZOE, WITHOUT_SEAT)}
    people["Fremde Person"] = make_user("fremd@anderswo.example", "Fremde Person")
    return people


def things(found: OnItsWay) -> dict:
    """What fills the addresses; what is not there yet is filled with a number that nothing has."""
    condition = found.decision.conditions.first() if found.decision else None
    return {
        "submission_id": found.submission.pk,
        "case_id": getattr(found.case, "pk", NOBODY),
        "opinion_id": getattr(found.opinion, "pk", NOBODY),
        "review_decision_id": getattr(found.decision, "pk", NOBODY),
        "condition_id": getattr(condition, "pk", NOBODY),
        "objection_id": getattr(found.objection, "pk", NOBODY),
        "proof_id": NOBODY,
        "conflict_id": NOBODY,
        "kind": "json",
    }


def answers(browser, values: dict, *, sending: bool = True):
    """Every page, and the answer to every empty form; what a form did is taken back."""
    for address in ROOM:
        path = address.filled(values)
        for method in sorted(address.methods if sending else address.methods & {"GET"}):
            with transaction.atomic():
                answer = browser.generic(method, path)
                transaction.set_rollback(True)
            yield f"{address} {method}", answer


def read_by(user, values: dict, sought, *, sending: bool) -> set[str]:
    """Which of these texts this person finds anywhere in the room."""
    found = answers(signed_in(user), values, sending=sending)
    return {each for _name, answer in found for each in sought if each in text(answer)}


@pytest.fixture
def house(procedure, youth_office):
    """house("decided"): the review in this state, and everybody."""

    def build(state: str):
        found, people = on_its_way(procedure, youth_office, state), everybody()
        return things(found), people

    return build


@pytest.mark.parametrize("state", STATES)
def test_everybody_reads_what_is_meant_for_them_and_nothing_else(house, state):
    """And the town never learns who sits on its case. Where most is kept back, forms are sent as well."""
    values, people = house(state)
    sending = state in ("judging", "decided")

    def reads(who, user) -> set[str]:
        return read_by(user, values, (*MARKS, *MEMBERS) if who in IN_TOWN else MARKS, sending=sending)

    found = {str(who): reads(who, user) for who, user in people.items()}
    InstallationRole.objects.create(user=people[MIRA], role=Role.ASSOCIATION_OFFICE)
    found[MIRA_AT_THE_OFFICE] = reads(MIRA_AT_THE_OFFICE, people[MIRA])

    assert found == {str(who): expected(who, state) for who in [*people, MIRA_AT_THE_OFFICE]}


def test_the_walk_above_meets_every_address_of_the_room(house):
    values, people = house("objected")
    browser = signed_in(people[ZOE])
    assert len(list(answers(browser, values))) == sum(len(each.methods) for each in ROOM) > 25
    reached = {name for name, answer in answers(browser, values) if answer.status_code == 200}
    assert {"assessment:case GET", "assessment:submission GET", "assessment:submission-download GET"} <= reached


@pytest.mark.parametrize("answers_first", [True, False], ids=["answered", "not answered in time"])
def test_the_town_cannot_tell_a_case_that_is_decided_from_one_that_waits(procedure, youth_office, answers_first):
    """Every page of the town is the same, to the letter, the moment before and the moment after the decision.

    Only the file of the journal is longer by two hashes: without them nobody could check the chain.
    """
    builders.adopted(procedure, youth_office)
    case = builders.judged(builders.opened(builders.submitted(procedure)))
    opinion = builders.agreed(case, answer_by=None if answers_first else builders.days(-1), at=builders.ago(20))
    if answers_first:
        builders.answered(opinion)
    found = OnItsWay("answered", case.submission, case, opinion)
    people = {role: member(role) for role in IN_TOWN}

    before = {role: pages_of(user, things(found)) for role, user in people.items()}
    builders.decided(case, at=builders.ago(0))
    after = {role: pages_of(user, things(found)) for role, user in people.items()}

    assert after == before


def pages_of(user, values: dict) -> dict[str, str]:
    """What this person reads, without the tokens that differ on every page."""
    browser = signed_in(user)
    reading = [each for each in ROOM if each.reads() and each.name != "audits:journal-export"]
    return {str(each): TOKEN.sub("", text(browser.get(each.filled(values)))) for each in reading}
