"""A decision is registered once, completely, and can never be changed: only corrected by a further row."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from kommpass.audits.models import JournalEntry
from kommpass.bodies import actions, queries
from kommpass.bodies.models import Decision
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from tests.bodies.builders import OFFICE, committee, council, decision, paper_about, result, station
from tests.conftest import NOON, TODAY, actor

DAY = date(2026, 10, 1)


@pytest.fixture
def last(procedure):
    """The station that decides on the town's participation."""
    return station(paper_about(procedure), council(), "decision", on=DAY)


def test_a_decision_names_body_day_and_paper(last):
    resolved = decision(last, on=DAY)
    assert (resolved.body.name, resolved.decided_on, resolved.reference) == ("Rat", DAY, "20140656")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reference": "  "}, "braucht die Nummer der Vorlage"),
        ({"on": date(2026, 11, 3)}, "nicht in der Zukunft"),
        ({"on": date(2026, 9, 30)}, "vor der Sitzung vom 01.10.2026"),
        ({"outcome": "adopted_with_changes"}, "was geändert wurde"),
        ({"votes_yes": 3, "votes_no": 5, "votes_abstain": 0}, "nicht angenommen"),
        ({"votes_yes": 3}, "alle drei Zahlen"),
    ],
)
def test_what_cannot_be_true_is_refused_and_nothing_is_written(last, change, sentence):
    with pytest.raises(NotPossible, match=sentence):
        decision(last, **({"on": DAY} | change))
    last.refresh_from_db()
    assert (Decision.objects.count(), last.state, last.votes_yes) == (0, "planned", None)


def test_a_station_that_only_advises_takes_no_decision(procedure):
    advising = station(paper_about(procedure), committee(), on=DAY)
    with pytest.raises(NotPossible, match="berät nur"):
        decision(advising, on=DAY)


def test_a_station_that_decides_takes_no_result_by_hand(last):
    with pytest.raises(NotPossible, match="als Beschluss"):
        result(last, "decided")


def test_a_station_is_decided_only_once(last):
    decision(last, on=DAY)
    with pytest.raises(NotPossible, match="schon ein Beschluss"):
        decision(last, on=DAY)
    assert Decision.objects.count() == 1


def test_a_result_before_the_meeting_is_refused(procedure):
    later = station(paper_about(procedure), committee(), on=date(2026, 12, 1))
    with pytest.raises(NotPossible, match="noch nicht stattgefunden"):
        result(later)
    result(later, "deferred")


def test_a_sealed_decision_resists_the_orm(last):
    resolved = decision(last, on=DAY)
    for attack in (
        lambda: Decision.objects.filter(pk=resolved.pk).update(result="rejected"),
        lambda: Decision.objects.filter(pk=resolved.pk).delete(),
        lambda: Decision(pk=resolved.pk, **{**fields_of(resolved), "reference": "gefälscht"}).save(),
    ):
        with pytest.raises(DatabaseError, match="versiegelt"), transaction.atomic():
            attack()
    assert Decision.objects.get().reference == "20140656"


def fields_of(decision: Decision) -> dict:
    return {field.attname: getattr(decision, field.attname) for field in Decision._meta.fields if field.name != "id"}


@pytest.mark.parametrize(
    "statement", ["UPDATE bodies_decision SET votes_yes = 99", "DELETE FROM bodies_decision WHERE id > 0"]
)
def test_a_sealed_decision_resists_sql(last, statement):
    decision(last, on=DAY)
    with pytest.raises(DatabaseError, match="versiegelt"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Decision.objects.get().votes_yes is None


def test_a_correction_is_a_second_row_and_stands_in_for_the_first(last):
    first = decision(last, on=DAY)
    second = actions.correct_decision(
        decision=first, correction_reason="Stimmenzahl nach Niederschrift", decided_on=DAY, reference="20140656",
        result="adopted", votes_yes=18, votes_no=0, votes_abstain=0, by=OFFICE, at=NOON,
    )  # fmt: skip
    last.refresh_from_db()
    assert list(Decision.objects.order_by("pk")) == [first, second]
    assert (second.corrects, queries.standing_decision(last.paper), last.votes) == (first, second, "18:0:0")
    with pytest.raises(NotPossible, match="schon berichtigt"):
        actions.correct_decision(
            decision=first, correction_reason="noch einmal", decided_on=DAY, reference="1", result="adopted",
            by=OFFICE, at=NOON,
        )  # fmt: skip


def test_a_decided_paper_keeps_its_text(last):
    decision(last, on=DAY)
    with pytest.raises(NotPossible, match="schon beschlossen"):
        actions.edit_paper(paper=last.paper, title="anders", by=OFFICE, at=NOON)


def test_the_decision_keeps_the_version_it_was_about(procedure):
    paper = paper_about(procedure, "agreement", subject_version=3)
    deciding = station(paper, council(), "decision", on=DAY)
    actions.name_subject(paper=paper, version_id=4, by=OFFICE, at=NOON)
    resolved = decision(deciding, on=DAY)
    assert (queries.decision_for(3), queries.decision_for(4)) == (None, resolved)


def test_a_rejected_version_has_no_decision(procedure):
    paper = paper_about(procedure, "agreement", subject_version=3)
    decision(station(paper, council(), "decision", on=DAY), on=DAY, outcome="rejected")
    assert queries.decision_for(3) is None


def test_a_result_that_was_taken_back_stays_in_the_journal(procedure):
    advising = station(paper_about(procedure), committee(), on=DAY)
    result(advising, manner="unanimous")
    actions.take_back_result(station=advising, reason="falsche Vorlage", by=OFFICE, at=NOON)
    advising.refresh_from_db()
    assert (advising.state, advising.result, advising.manner) == ("on_agenda", "", "")
    assert JournalEntry.objects.last().details["said"]["result"] == "empfohlen, einstimmig"


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.PROVIDER, Role.AUDITOR, Role.COUNCIL_MEMBER])
def test_only_office_and_coordination_register_a_decision(last, role):
    with pytest.raises(NotAllowed):
        actions.register_decision(
            station=last, decided_on=DAY, reference="1", result="adopted", by=actor(role), at=NOON
        )
    assert Decision.objects.count() == 0


def test_gates_count_only_standing_adoptions_by_a_body_that_decides(procedure):
    paper = paper_about(procedure)
    decision(station(paper, committee(), "decision", on=DAY), on=DAY)
    assert queries.counts(procedure)["participation_decisions"] == 0
    last = station(paper_about(procedure, reference="2"), council(), "decision", on=DAY)
    resolved = decision(last, on=DAY, reference="2")
    assert queries.counts(procedure)["participation_decisions"] == 1
    actions.correct_decision(
        decision=resolved, correction_reason="war abgelehnt", decided_on=DAY, reference="2", result="rejected",
        by=OFFICE, at=NOON,
    )  # fmt: skip
    assert queries.counts(procedure)["participation_decisions"] == 0


def test_the_members_of_steering_and_project_groups_are_counted(procedure):
    for name, kind in (("Steuerungsgruppe", "steering_group"), ("Projektgruppe", "project_group")):
        actions.add_body(name=name, kind=kind, members_count=7, by=OFFICE, at=NOON)
    council(members=40)
    assert queries.counts(procedure) == {
        "participation_decisions": 0,
        "continuation_decisions": 0,
        "steering_group_members": 14,
    }


def test_a_paper_is_due_weeks_before_its_meeting(procedure):
    paper = paper_about(procedure)
    station(paper, council(), "decision", on=date(2026, 12, 10))
    assert [(each.due_on, each.kind) for each in queries.deadlines(procedure)] == [
        (date(2026, 11, 19), "paper"),
        (date(2026, 12, 10), "meeting"),
    ]


def test_the_public_sees_public_decisions_of_public_papers_only(procedure):
    rat = council()
    shown = decision(station(paper_about(procedure), rat, "decision", on=DAY), on=DAY)
    hidden_paper = paper_about(procedure, reference="2", public=False)
    decision(station(hidden_paper, rat, "decision", on=DAY), on=DAY, reference="2")
    closed = station(paper_about(procedure, reference="3"), rat, "decision", on=TODAY, public=False)
    decision(closed, on=TODAY, reference="3")
    assert list(queries.public_decisions()) == [shown]
