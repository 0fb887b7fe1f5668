"""The first page says what waits: for the coordination after the resolution, for owners their word, round by round."""

from datetime import date

import pytest

from kommpass.assessment import actions as assessment
from kommpass.assessment.models import Condition
from kommpass.balancing import actions as balancing
from kommpass.cockpit.queries import deadlines_of
from kommpass.cockpit.tasks import tasks
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.implementation import actions as implementation
from kommpass.implementation import queries as progress
from kommpass.reporting import actions as reporting
from tests.agreement.builders import propose
from tests.balancing.builders import (
    COORDINATOR,
    DEED,
    adopted,
    asked,
    decided,
    goal_named,
    measure_named,
    next_round,
    said,
)
from tests.conftest import NOON, TODAY, actor, member, open_only, signed_in
from tests.journeys.afterwards import ASSOCIATION, award, decide, hand_over, review, seal, submit

pytestmark = pytest.mark.django_db


def waiting(procedure, by=COORDINATOR, today=TODAY) -> list[str]:
    return [each.label for each in tasks(procedure, by, today)]


@pytest.fixture
def running(procedure, youth_office):
    return adopted(procedure, youth_office).procedure


def test_an_owner_is_told_to_say_how_far_it_is_until_it_is_said(running, youth_office):
    owner = actor(Role.CONTRIBUTOR, organisations=[youth_office])
    assert waiting(running, owner) == []
    round_ = asked(running)
    found = tasks(running, owner, TODAY)
    assert [(each.label, each.url, each.due_on) for each in found] == [
        ("Sachstand melden: noch 4 Maßnahmen", "/auental/progress/own/", date(2026, 12, 1))
    ]
    page = signed_in(member(Role.CONTRIBUTOR, organisation=youth_office)).get("/auental/").content.decode()
    assert "Sachstand melden: noch 4 Maßnahmen" in page
    report = {"round": round_, "state": "in_progress", "light": "green", "by": owner, "at": NOON}
    for each in progress.own_measures(round_, owner)[:3]:
        implementation.report_progress(measure=each, **report)
    assert waiting(running, owner) == ["Sachstand melden: noch 1 Maßnahme"]
    implementation.close_round(round=round_, **DEED)
    assert waiting(running, owner) == []


def test_the_coordination_reads_who_still_owes_a_word_until_it_is_said(running):
    page = signed_in(member(Role.COORDINATOR))

    def owing() -> str:
        shown = page.get("/auental/").content.decode()
        return shown[shown.index("Wer noch etwas schuldet") :]

    assert "Im Augenblick niemand." in owing()
    round_ = asked(running)
    assert 'href="/auental/progress/">Jugendamt</a>' in owing() and "noch 4 von 4 Maßnahmen" in owing()
    implementation.close_round(round=round_, **DEED)
    assert "Im Augenblick niemand." in owing()


def test_a_provider_is_led_to_its_own_page_and_the_coordination_to_the_whole(running, youth_office):
    asked(running)
    doors = {
        role: {each.kind: each.url for each in deadlines_of(actor(role, organisations=[youth_office]), running, TODAY)}
        for role in (Role.COORDINATOR, Role.PROVIDER)
    }
    assert doors[Role.COORDINATOR]["status"] == "/auental/progress/"
    assert doors[Role.PROVIDER]["status"] == "/auental/progress/own/"
    assert doors[Role.PROVIDER]["measure"] == "/auental/agreement/own/"


def test_another_organisation_is_not_told(running, provider):
    asked(running)
    assert waiting(running, actor(Role.PROVIDER, organisations=[provider])) == []
    assert waiting(running, actor(Role.COUNCIL_MEMBER)) == []


def test_a_later_date_waits_until_it_is_proposed_as_a_change(running):
    said(running)
    assert waiting(running) == ["Spätere Termine, die noch nicht als Änderung vorgeschlagen sind: 1"]
    propose(running, "deadline_shift", measure_named(running, "Elterncafés einrichten"), due="2028")
    assert waiting(running) == ["Änderungen, über die zu entscheiden ist: 1"]


def test_questions_wait_for_an_answer(running):
    remark = implementation.write_remark(
        measure=measure_named(running, "Schulwege prüfen"), text="Wann?", by=actor(Role.COUNCIL_MEMBER), at=NOON
    )
    assert waiting(running) == ["Fragen zum Sachstand ohne Antwort: 1"]
    implementation.answer_remark(remark=remark, answer="Im Mai.", **DEED)
    assert waiting(running) == []


def test_a_report_that_came_back_waits_until_it_is_corrected(running):
    sealed = seal(running, "Bericht 2026", date(2026, 1, 1), date(2026, 10, 31), on=TODAY)
    hand_over(sealed, on=TODAY)
    assert waiting(running) == []
    reporting.return_report(sealed=sealed, note="Es fehlt etwas.", by=ASSOCIATION, at=NOON)
    assert waiting(running) == ["Zurückgegebenen Bericht berichtigen: Bericht 2026"]
    reporting.seal_report(report=sealed.report, reason="Ergänzt", **DEED)
    assert waiting(running) == []


def test_conditions_wait_until_something_is_shown(running):
    open_only(running, Stage.COUNCIL, Stage.REVIEW)
    due = date(2027, 6, 30)
    case = review(
        submit(running, on=TODAY), on=TODAY, verdict="conditions",
        conditions=[{"text": "Ein Konzept für Randzeiten", "due_on": due, "blocking": False}],
    )  # fmt: skip
    decide(case, on=TODAY)
    found = [each for each in tasks(running, COORDINATOR, TODAY)]
    assert [(each.label, each.due_on) for each in found] == [(f"Auflage nachweisen: {Condition.objects.get()}", due)]
    assessment.report_condition(condition=Condition.objects.get(), text="Liegt bei.", **DEED)
    assert waiting(running) == []


def test_a_permanent_certificate_wants_its_proofs(running):
    open_only(running, Stage.COUNCIL, Stage.REVIEW)
    running.rung = "permanent"
    running.save()
    decide(review(submit(running, on=TODAY), on=TODAY), on=TODAY)
    award(running, on=TODAY, valid_from="2026-11-02")
    assert waiting(running, today=date(2027, 12, 1)) == []
    assert waiting(running, today=date(2028, 1, 10)) == [
        "Nachweis fehlt: Mitgliedsbeitrag 2027", "Nachweis fehlt: Jahresworkshop 2027"
    ]  # fmt: skip


def test_a_balance_waits_for_its_decisions_then_the_next_round_and_then_its_goals(running):
    balance = balancing.open_balance(procedure=running, **DEED)
    assert waiting(running) == ["Bilanz: Ziele ohne Entscheidung: 3"]
    balancing.decide_goal(balance=balance, goal=goal_named(running, "Wege"), verdict="done", reason="Fertig.", **DEED)
    assert waiting(running) == ["Bilanz: Ziele ohne Entscheidung: 2"]
    decided(running)
    assert waiting(running) == []
    balancing.close_balance(balance=balance, **DEED)
    balancing.end_round(procedure=running, reason="Die Bilanz liegt vor.", **DEED)
    assert waiting(running) == ["Nächsten Durchgang beginnen"]


def test_the_goals_of_the_last_round_wait_in_the_next(running):
    second = next_round(running)
    assert waiting(second) == ["Ziele aus dem letzten Durchgang, die noch zu übernehmen sind: 1"]
    balancing.carry_over(procedure=second, **DEED)
    assert waiting(second) == []
    open_only(second, Stage.IMPLEMENTATION)
    assert waiting(second) == []
