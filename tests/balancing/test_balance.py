"""The balance: each goal with its result, a decision with a reason, and then it is closed for good."""

import json
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction

from kommpass.audits.models import JournalEntry
from kommpass.balancing import actions, queries
from kommpass.balancing.models import GoalBalance, SealedBalance
from kommpass.domain.canonical import canonical_json
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.domain.refusals import GateClosed, NotAllowed, NotPossible, Stale
from tests.balancing.builders import DEED, adopted, decided, goal_named, said
from tests.conftest import NOON, TODAY, actor, open_only

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(procedure, youth_office):
    """An adopted round of which something was said."""
    adopted(procedure, youth_office)
    said(procedure)
    return procedure


def test_a_goal_stands_with_its_measures_its_values_and_the_judgement(round_):
    lines = queries.goal_lines(round_, TODAY)
    assert [(str(each.goal), each.counted.done, each.counted.total) for each in lines] == [
        ("1.1 Jeder Stadtteil hat ein Familienzentrum", 1, 2),
        ("1.2 Betreuung passt zur Arbeit", 0, 1),
        ("2.1 Wege sind sicher", 0, 1),
    ]
    first = lines[0]
    assert (first.judgement.achievement, first.balance) == ("largely", None)
    assert [(each.name, each.target, each.value, each.as_of) for each in first.indicators] == [
        ("Cafés", "10 bis 14 Cafés", "5", "2026-10")
    ]


def test_a_balance_is_begun_once(round_):
    first = actions.open_balance(procedure=round_, **DEED)
    assert actions.open_balance(procedure=round_, **DEED) == first
    assert JournalEntry.objects.filter(action="balance.write").count() == 1


def test_the_gate_counts_the_goals_without_a_decision_and_recommends_the_judgements(round_):
    balance = actions.open_balance(procedure=round_, **DEED)
    actions.decide_goal(
        balance=balance, goal=goal_named(round_, "Wege"), verdict="done", reason="Alle Wege sind geprüft.", **DEED
    )
    with pytest.raises(GateClosed) as shut:
        actions.close_balance(balance=balance, **DEED)
    assert [(each.have, each.need, each.where) for each in shut.value.missing] == [(1, 3, "balancing")]
    assert [(each.have, each.need, each.binding) for each in queries.requirements(round_, TODAY)] == [
        (1, 3, True),
        (1, 3, False),
    ]
    assert queries.undecided(round_) == 2


def test_a_decision_needs_a_reason(round_):
    balance = actions.open_balance(procedure=round_, **DEED)
    with pytest.raises(NotPossible, match="Bitte begründen Sie"):
        actions.decide_goal(balance=balance, goal=goal_named(round_, "Wege"), verdict="done", reason="  ", **DEED)
    assert not GoalBalance.objects.exists()


def test_two_who_decide_differently_meet_the_merge_page(round_):
    balance, roads = actions.open_balance(procedure=round_, **DEED), goal_named(round_, "Wege")
    decide = {"balance": balance, "goal": roads, **DEED}
    actions.decide_goal(verdict="done", reason="Fertig.", seen=0, **decide)
    with pytest.raises(Stale) as stale:
        actions.decide_goal(verdict="continue", reason="Noch nicht.", seen=0, **decide)
    assert [(each.field, each.yours, each.theirs) for each in stale.value.conflicts] == [
        ("verdict", "continue", "done"),
        ("reason", "Noch nicht.", "Fertig."),
    ]
    actions.decide_goal(verdict="continue", reason="Noch nicht.", seen=1, **decide)
    assert (GoalBalance.objects.get().verdict, GoalBalance.objects.get().edition) == ("continue", 2)


def test_saving_the_same_decision_again_writes_nothing_down(round_):
    balance = decided(round_)
    before = JournalEntry.objects.count()
    actions.decide_goal(
        balance=balance, goal=goal_named(round_, "Wege"), verdict="done", reason="Weil: Wege.", seen=1, **DEED
    )
    assert JournalEntry.objects.count() == before


def test_a_closed_balance_says_everything_and_its_checksum_is_that_of_its_bytes(round_):
    sealed = actions.close_balance(balance=decided(round_), **DEED)
    assert sealed.digest == sha256(sealed.canonical.encode()).hexdigest()
    assert sealed.canonical == canonical_json(json.loads(sealed.canonical))
    assert sealed.content["closed_on"] == "2026-11-02"
    assert [(each["number"], each["verdict_label"], each["reason"]) for each in sealed.content["goals"]] == [
        ("1.1", "weiterführen", "Weil: Familienzentrum."),
        ("1.2", "nicht weiterverfolgen", "Weil: Betreuung."),
        ("2.1", "erreicht und abgeschlossen", "Weil: Wege."),
    ]
    first = sealed.content["goals"][0]
    assert (first["done"], first["measures"], first["achievement"]) == (1, 2, "weitgehend erreicht")
    assert first["indicators"] == [
        {"name": "Cafés", "target": "10 bis 14 Cafés", "value": "5", "unit": "Cafés", "as_of": "2026-10"}
    ]


def test_nobody_changes_a_closed_balance(round_):
    balance = decided(round_)
    actions.close_balance(balance=balance, **DEED)
    for deed in (
        lambda: actions.close_balance(balance=balance, **DEED),
        lambda: actions.write_balance(balance=balance, text="Anders", **DEED),
        lambda: actions.decide_goal(
            balance=balance, goal=goal_named(round_, "Wege"), verdict="dropped", reason="Doch nicht.", **DEED
        ),
    ):
        with pytest.raises(NotPossible, match="Die Bilanz ist abgeschlossen"):
            deed()


def test_the_database_itself_refuses_to_change_or_delete_a_closed_balance(round_):
    sealed = actions.close_balance(balance=decided(round_), **DEED)
    for statement in ("UPDATE balancing_sealedbalance SET digest = 'x'", "DELETE FROM balancing_sealedbalance"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(DatabaseError), transaction.atomic():
        SealedBalance.objects.update(digest="x")
    assert SealedBalance.objects.get().digest == sealed.digest


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.PROVIDER, Role.COUNCIL_OFFICE, Role.COUNCIL_MEMBER])
def test_only_coordination_and_auditor_write_a_balance(round_, role):
    with pytest.raises(NotAllowed, match="Ihre Rolle"):
        actions.open_balance(procedure=round_, by=actor(role), at=NOON)


def test_the_auditor_writes_and_the_coordination_closes(round_):
    auditor = {"by": actor(Role.AUDITOR), "at": NOON}
    balance = decided(round_)
    actions.write_balance(balance=balance, text="Drei gute Jahre.", **auditor)
    with pytest.raises(NotAllowed):
        actions.close_balance(balance=balance, **auditor)


def test_a_balance_belongs_to_the_phases_after_the_resolution(round_):
    open_only(round_, Stage.TARGETING)
    with pytest.raises(NotAllowed, match="andere"):
        actions.open_balance(procedure=round_, **DEED)
