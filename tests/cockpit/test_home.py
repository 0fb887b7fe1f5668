"""The first page: deadlines of all rooms in one list, who still owes what, and the same queries for every size."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kommpass.agreement import actions as agreement
from kommpass.audits import actions as audits
from kommpass.cockpit import queries
from kommpass.cockpit.tasks import tasks
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.participation.actions import plan_workshop
from kommpass.people.models import Invitation, Organisation
from kommpass.stocktaking.actions import create_bundle, submit_bundle
from tests.agreement.builders import COORDINATOR, council, draft, goal, measure, paper
from tests.bodies.builders import station
from tests.conftest import NOON, TODAY, actor, member, queries_of, signed_in
from tests.participation.builders import idea
from tests.stocktaking.conftest import answer_all

SOON = TODAY + timedelta(days=7)


def ask(procedure, organisation, *keys, due_on=SOON):
    return create_bundle(
        procedure=procedure,
        organisation=organisation,
        title=f"Fragen an {organisation}",
        question_keys=keys,
        due_on=due_on,
        by=COORDINATOR,
        at=NOON,
    )


def phase_of(procedure, key):
    return queries.audits.phases(procedure)[[each.key for each in queries.audits.phases(procedure)].index(key)]


def test_the_deadlines_of_all_rooms_stand_in_one_list(procedure, youth_office):
    audits.plan_phase(
        phase=phase_of(procedure, "stocktaking"),
        planned_from=None,
        planned_until=date(2026, 11, 1),
        by=COORDINATOR,
        at=NOON,
    )
    ask(procedure, youth_office, "1.01", due_on=date(2026, 11, 5))
    plan_workshop(
        procedure=procedure,
        kind="strategy",
        title="Strategieworkshop",
        held_on=date(2026, 12, 1),
        by=COORDINATOR,
        at=NOON,
    )
    station(paper(procedure), council(), "decision", on=date(2027, 1, 27))
    made = measure(goal(draft(procedure)), "Familienbüro", due="2027", responsible=youth_office)
    agreement.add_step(measure=made, title="Räume anmieten", due="2027-05", by=COORDINATOR, at=NOON)
    Invitation.objects.create(
        email="neu@auental.example",
        name="Nele Neu",
        role=Role.CONTRIBUTOR,
        token_digest="x",
        invited_by="Vera",
        invited_at=NOON,
        expires_at=NOON + timedelta(days=9),
    )
    found = [(each.due_on.isoformat(), each.state, each.responsible) for each in queries.deadlines(procedure, TODAY)]
    assert found == [
        ("2026-11-01", "overdue", ""),
        ("2026-11-05", "soon", "Jugendamt"),
        ("2026-11-11", "soon", ""),
        ("2026-12-01", "", ""),
        ("2027-01-06", "", ""),
        ("2027-01-27", "", ""),
        ("2027-05-31", "", "Jugendamt"),
        ("2027-12-31", "", "Jugendamt"),
    ]


def test_what_is_done_is_not_due(procedure):
    phase = phase_of(procedure, "stocktaking")
    audits.plan_phase(phase=phase, planned_from=None, planned_until=SOON, by=COORDINATOR, at=NOON)
    phase.closed_at = NOON
    phase.save()
    assert queries.deadlines(procedure, TODAY) == []


def test_phases_may_overlap(procedure):
    views = queries.phase_views(procedure, TODAY)
    assert [view.phase.key for view in views if view.state == "current"][:3] == ["initiation", "commitment", "kickoff"]


def test_a_department_sees_its_own_deadlines_and_nobody_elses(procedure, youth_office):
    schools = Organisation.objects.create(name="Schulamt")
    ask(procedure, youth_office, "1.01")
    ask(procedure, schools, "1.03")
    under = goal(draft(procedure))
    measure(under, "Familienbüro", responsible=youth_office)
    measure(under, "Ganztag", responsible=schools)
    page = signed_in(member(Role.CONTRIBUTOR, organisation=youth_office)).get("/auental/calendar/").content.decode()
    found = [words in page for words in ("Fragen an Jugendamt", "Familienbüro", "Fragen an Schulamt", "Ganztag")]
    assert found == [True, True, False, False]


def test_the_coordination_sees_who_still_owes_what(procedure, youth_office, provider):
    ask(procedure, youth_office, "1.01", due_on=TODAY)
    made = draft(procedure)
    measure(goal(made), "Elterncafé", responsible=provider)
    agreement.ask_owners(agreement=made, organisations=[provider], by=COORDINATOR, at=NOON)
    page = signed_in(member(Role.COORDINATOR)).get("/auental/").content.decode()
    assert "1 offene Frage" in page and "1 Maßnahme wartet auf Zustimmung" in page
    page = signed_in(member(Role.PROVIDER, organisation=provider)).get("/auental/").content.decode()
    assert "1 offene Frage" not in page and "Maßnahme annehmen oder ablehnen: 1.1.1 Elterncafé" in page


def test_the_coordination_is_told_what_waits_for_its_answer(procedure, youth_office):
    bundle = ask(procedure, youth_office, "1.01")
    answer_all(bundle)
    submit_bundle(bundle=bundle, by=actor(Role.CONTRIBUTOR, organisations=[youth_office]), at=NOON)
    idea(procedure, "Mehr Bänke")
    assert [each.label for each in tasks(procedure, COORDINATOR, TODAY)] == [
        "Abgegebenes Fragenpaket prüfen: Fragen an Jugendamt",
        "Ideen ohne Antwort: 1",
    ]
    page = signed_in(member(Role.COORDINATOR)).get("/auental/")
    assert "Ideen ohne Antwort: 1" in page.content.decode()


@pytest.mark.parametrize(
    "role",
    [
        Role.COORDINATOR,
        Role.AUDITOR,
        Role.CONTRIBUTOR,
        Role.PROVIDER,
        Role.COUNCIL_OFFICE,
        Role.COUNCIL_MEMBER,
        Role.STATISTICS_UNIT,
    ],
)
def test_the_home_of_each_role_costs_the_same_queries_however_much_there_is(procedure, youth_office, role):
    browser = signed_in(member(role, organisation=youth_office))
    keys = [each.key for each in procedure.scheme.questions]
    under = goal(draft(procedure))

    def more(number, start):
        for each in range(start, start + number):
            ask(procedure, youth_office, keys[each])
            agreement.add_step(
                measure=measure(under, f"M {each}", responsible=youth_office),
                title="S",
                due="2027",
                by=COORDINATOR,
                at=NOON,
            )
            plan_workshop(
                procedure=procedure, kind="forum", title=f"W {each}", held_on=SOON, by=COORDINATOR, at=timezone.now()
            )
        youth_office.measures.update(acceptance="asked")

    def cost() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert browser.get("/auental/").status_code == 200
        return queries_of(counted)

    more(2, 0)
    browser.get("/auental/")
    few = cost()
    more(10, 2)
    assert cost() == few
    assert few <= 60


def test_a_resting_procedure_says_so_and_refuses_to_be_changed(procedure):
    audits.pause_procedure(procedure=procedure, reason="Die Projektleitung wechselt.", by=COORDINATOR, at=NOON)
    page = signed_in(member(Role.COORDINATOR)).get("/auental/").content.decode()
    assert "ruht" in page and "Die Projektleitung wechselt." in page
    with pytest.raises(NotAllowed, match="ruht oder ist beendet"):
        draft(procedure)
    audits.resume_procedure(procedure=procedure, by=COORDINATOR, at=NOON)
    assert draft(procedure).pk


def test_a_withdrawn_procedure_stays_readable_and_does_not_go_on(procedure):
    audits.withdraw_procedure(procedure=procedure, reason="Der Rat hat anders entschieden.", by=COORDINATOR, at=NOON)
    with pytest.raises(NotPossible):
        audits.resume_procedure(procedure=procedure, by=COORDINATOR, at=NOON)
    assert signed_in(member(Role.COUNCIL_MEMBER)).get("/auental/").status_code == 200


def test_a_lapsed_procedure_can_be_taken_up_again(procedure):
    audits.lapse_procedure(procedure=procedure, reason="Die Laufzeit ist um.", by=COORDINATOR, at=NOON)
    with pytest.raises(NotAllowed):
        audits.plan_phase(
            phase=phase_of(procedure, "council"), planned_from=None, planned_until=SOON, by=COORDINATOR, at=NOON
        )
    audits.resume_procedure(procedure=procedure, reason="Es geht weiter.", by=COORDINATOR, at=NOON)
    procedure.refresh_from_db()
    assert procedure.state == "running"
    with pytest.raises(NotAllowed):
        audits.pause_procedure(procedure=procedure, reason="", by=actor(Role.AUDITOR), at=NOON)
