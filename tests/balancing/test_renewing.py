"""From one round to the next: it ends, the next begins on a fitting rung, and what goes on is taken along."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kommpass.agreement.models import Goal, Measure
from kommpass.agreement.queries import goals, measures
from kommpass.audits.models import JournalEntry, Procedure
from kommpass.balancing import actions, queries
from kommpass.certification.models import Certificate
from kommpass.domain.phases import Stage
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.implementation import queries as implementation
from tests.balancing.builders import (
    DEED,
    VERDICTS,
    adopted,
    decided,
    goal_named,
    measure_named,
    next_round,
    said,
)
from tests.conftest import TODAY, open_only
from tests.journeys.afterwards import certify

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(procedure, youth_office):
    adopted(procedure, youth_office)
    said(procedure)
    return procedure


@pytest.fixture
def second(first):
    return next_round(first)


def test_a_round_with_a_balance_does_not_end_without_it(first):
    decided(first)
    with pytest.raises(NotPossible, match="zuerst die Bilanz"):
        actions.end_round(procedure=first, reason="Genug.", **DEED)
    first.refresh_from_db()
    assert first.state == "running"


def test_a_rung_without_a_balance_ends_as_it_is(first):
    first.phases.filter(key="balancing").delete()
    actions.end_round(procedure=first, reason="Es geht dauerhaft weiter.", **DEED)
    assert (first.state, first.state_reason) == ("ended", "Es geht dauerhaft weiter.")


def test_an_ended_round_is_read_only(second, first):
    first.refresh_from_db()
    first.forget()
    assert first.state == Procedure.State.ENDED
    with pytest.raises(NotAllowed, match="ruht oder ist beendet"):
        actions.open_balance(procedure=first, **DEED)


def test_what_goes_on_is_copied_with_its_open_measures_and_names_where_it_came_from(second, first):
    taken = actions.carry_over(procedure=second, **DEED)
    assert [(str(each), each.predecessor) for each in goals(second.agreement)] == [
        ("1.1 Jeder Stadtteil hat ein Familienzentrum", goal_named(first, "Familienzentrum"))
    ]
    assert [each.strategic_goal.text for each in taken] == ["Familien finden Rat."]
    copy = measures(second.agreement).get()
    old = measure_named(first, "Elterncafés einrichten")
    assert (str(copy), copy.predecessor, copy.responsible) == ("1.1.1 Elterncafés einrichten", old, old.responsible)
    assert [each.name for each in copy.indicators.all()] == ["Cafés"]


def test_dates_acceptance_and_states_begin_anew(second, first):
    actions.carry_over(procedure=second, **DEED)
    copy = measures(second.agreement).get()
    assert (copy.due, copy.due_on, copy.acceptance, copy.subject_to_budget) == ("", None, "open", False)
    assert implementation.newest(second.agreement) == {}
    assert implementation.standings(second.agreement, TODAY) == []  # it counts once the new round has promised it
    assert measure_named(first, "Elterncafés einrichten").due == "2027"


def test_taking_over_twice_adds_nothing_twice(second):
    assert len(actions.carry_over(procedure=second, **DEED)) == 1
    assert actions.carry_over(procedure=second, **DEED) == []
    assert (second.agreement.goals.count(), second.agreement.measures.count()) == (1, 1)
    assert second.agreement.strategic_goals.count() == 1


def test_the_preview_says_what_goes_what_stays_and_what_is_taken_already(second, first):
    def seen():
        return [
            (each.goal.title, each.goes_on, [str(row.measure) for row in each.going],
             [str(row.measure) for row in each.over], each.taken)
            for each in queries.preview(second, TODAY)
        ]  # fmt: skip

    before = seen()
    assert before == [
        ("Jeder Stadtteil hat ein Familienzentrum", True, ["1.1.2 Elterncafés einrichten"],
         ["1.1.1 Familienbüro eröffnen"], False),
        ("Betreuung passt zur Arbeit", False, ["1.2.1 Randzeiten abdecken"], [], False),
        ("Wege sind sicher", False, ["2.1.1 Schulwege prüfen"], [], False),
    ]  # fmt: skip
    actions.carry_over(procedure=second, **DEED)
    assert [row[-1] for row in seen()] == [True, False, False]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["continue", "done", "dropped"]), min_size=3, max_size=3))
def test_exactly_the_goals_that_go_on_are_taken(first, verdicts):
    """Whatever is decided: the next round has the goals that go on, and nothing else."""
    with transaction.atomic():
        balance = decided(first, **dict(zip(VERDICTS, verdicts, strict=True)))
        going = {each.goal_id for each in balance.goals.all() if each.verdict == "continue"}
        second = Procedure.objects.create(
            scheme_key="familiengerechte_kommune", scheme_version=first.scheme_version, scheme_digest="",
            round=2, rung="advanced", title="Zweiter", predecessor=first, started_at=first.started_at,
        )  # fmt: skip
        second.fields.model.objects.bulk_create(
            second.fields.model(procedure=second, number=each.number, title=each.title, covers=each.covers)
            for each in first.fields.all()
        )
        second.phases.create(key="targeting", position=0, opened_at=first.started_at)
        taken = actions.carry_over(procedure=second, **DEED)
        assert {each.predecessor_id for each in taken} == going
        transaction.set_rollback(True)


def test_fields_that_were_merged_meanwhile_take_their_goals(first, youth_office):
    second = next_round(first)
    one, two, *_rest = second.fields.order_by("number")
    one.covers = [*one.covers, *two.covers]
    one.save()
    two.delete()
    decided_to_go_on = Goal.objects.filter(agreement__procedure=first)
    for each in decided_to_go_on:
        each.balance.verdict = "continue"
        each.balance.save()
    actions.carry_over(procedure=second, **DEED)
    assert [(each.number, each.field.number) for each in goals(second.agreement)] == [
        ("1.1", 1),
        ("1.2", 1),
        ("1.3", 1),
    ]


def test_without_a_last_round_there_is_nothing_to_take_over(procedure):
    with pytest.raises(NotPossible, match="keinen früheren Durchgang"):
        actions.carry_over(procedure=procedure, **DEED)


def test_goals_are_taken_over_into_a_draft_only(second):
    open_only(second, Stage.IMPLEMENTATION)
    assert not queries.may_carry_over(second, DEED["by"])
    with pytest.raises(NotAllowed):
        actions.carry_over(procedure=second, **DEED)
    assert not Measure.objects.filter(agreement__procedure=second).exists()


def test_the_chain_says_what_was_last_said_in_each_round(second, first):
    actions.carry_over(procedure=second, **DEED)
    word = queries.chain(measures(second.agreement).get())
    assert [(str(each.thing), each.procedure, each.word.text) for each in word] == [
        ("1.1.2 Elterncafés einrichten", first, "Es fehlen Räume.")
    ]
    goal = queries.chain_of_goal(goals(second.agreement).get())
    assert [(each.judgement.achievement, each.balance.verdict) for each in goal] == [("largely", "continue")]


def awarded(procedure: Procedure) -> Certificate:
    """The review gone, the certificate handed over; then the round is carried out."""
    open_only(procedure, Stage.COUNCIL, Stage.REVIEW)
    day = date(2026, 10, 20)
    return certify(procedure, submitted=day, decided=day, awarded=date(2026, 10, 27), valid_until="2029-10")


def test_the_rungs_that_fit_follow_from_what_was_awarded(first):
    assert [each.key for each in queries.next_rungs(first)] == ["basic"]
    awarded(first)
    assert [each.key for each in queries.next_rungs(first)] == ["advanced"]
    Procedure.objects.filter(pk=first.pk).update(rung="advanced")
    first.refresh_from_db()
    awarded(first)
    assert [each.key for each in queries.next_rungs(first)] == ["maintenance", "permanent", "advanced"]


def test_ending_is_written_down_with_its_reason(second):
    entry = JournalEntry.objects.get(action="procedure.end")
    assert entry.details["reason"] == "Die Bilanz liegt vor."
