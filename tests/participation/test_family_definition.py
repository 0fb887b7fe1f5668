"""The family definition: every wording stays, what was agreed is sealed, and differences are shown word by word."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible, Stale
from kommpass.participation import actions, queries
from kommpass.participation.models import DefinitionAgreement, FamilyDefinition
from tests.conftest import NOON, actor
from tests.participation.builders import COORDINATOR, PAST, agree, definition


def test_a_second_wording_is_a_second_version_and_the_first_stays(procedure):
    first = definition(procedure, "Familie ist, wo Kinder sind.")
    second = definition(procedure, "Familie ist, wo Menschen sind.")
    assert [(each.number, each.text) for each in queries.definitions(procedure)] == [
        (2, "Familie ist, wo Menschen sind."),
        (1, "Familie ist, wo Kinder sind."),
    ]
    pieces = [(piece.kind, piece.text.strip()) for piece in queries.difference(first, second)]
    assert ("removed", "Kinder") in pieces
    assert ("added", "Menschen") in pieces


def test_the_newest_agreed_wording_holds_until_another_is_agreed(procedure):
    first = definition(procedure, "eins")
    agree(first)
    second = definition(procedure, "zwei")
    assert queries.agreed_definition(procedure) == first
    agree(second)
    assert queries.agreed_definition(procedure) == second


def test_an_older_wording_is_not_agreed_after_a_newer_one(procedure):
    first, second = definition(procedure, "eins"), definition(procedure, "zwei")
    agree(second)
    with pytest.raises(NotPossible, match="neuere Fassung"):
        agree(first)


def test_a_wording_is_agreed_once_and_not_in_the_future(procedure):
    wording = definition(procedure)
    with pytest.raises(NotPossible, match="Zukunft"):
        agree(wording, on=date(2027, 1, 1))
    agree(wording)
    with pytest.raises(NotPossible, match="schon vereinbart"):
        agree(wording)
    assert DefinitionAgreement.objects.count() == 1


@pytest.mark.parametrize("table", ["participation_familydefinition", "participation_definitionagreement"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET municipality_id = municipality_id", "DELETE FROM {}"])
def test_wordings_and_agreements_resist_sql(procedure, table, statement):
    agree(definition(procedure))
    with pytest.raises(DatabaseError, match="versiegelt"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_a_wording_resists_the_orm(procedure):
    wording = definition(procedure)
    for attack in (lambda: FamilyDefinition.objects.update(text="anders"), wording.delete):
        with pytest.raises(DatabaseError, match="versiegelt"), transaction.atomic():
            attack()
    assert FamilyDefinition.objects.get().text == "Familie ist, wo Menschen füreinander sorgen."


def test_who_starts_from_an_old_wording_meets_the_newer_one(procedure):
    definition(procedure, "eins")
    definition(procedure, "zwei", seen=1)
    with pytest.raises(Stale) as refusal:
        definition(procedure, "drei", seen=1)
    assert [(each.yours, each.theirs) for each in refusal.value.conflicts] == [("drei", "zwei")]
    assert FamilyDefinition.objects.count() == 2


def test_the_same_words_again_are_no_new_version(procedure):
    assert definition(procedure) == definition(procedure)


def test_the_auditor_proposes_and_the_town_agrees(procedure):
    auditor = actor(Role.AUDITOR)
    wording = actions.propose_definition(procedure=procedure, text="Familie ist …", by=auditor, at=NOON)
    with pytest.raises(NotAllowed):
        actions.agree_definition(definition=wording, agreed_on=PAST, agreed_by="Rat", by=auditor, at=NOON)
    actions.agree_definition(definition=wording, agreed_on=PAST, agreed_by="Rat", by=COORDINATOR, at=NOON)
    assert queries.agreed_definition(procedure) == wording
