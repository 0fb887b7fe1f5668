"""Whoever touches the journal is found out: real rows, with the seal of the database broken first."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from kommpass.audits import actions
from kommpass.audits.journal import content, record
from kommpass.audits.models import JournalEntry, JournalHead
from kommpass.audits.queries import broken_journal
from kommpass.domain.hashchain import entry_hash
from kommpass.domain.permissions import Role
from kommpass.municipalities.scope import within
from tests.conftest import NOON, actor, member, signed_in

TABLE = JournalEntry._meta.db_table


def sql(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def journal(procedure):
    """Eight entries by real actions; then somebody with the keys of the database breaks the seal."""
    for number in range(3):
        actions.pause_procedure(procedure=procedure, reason=f"Haushaltssperre {number}", by=actor(), at=NOON)
        actions.resume_procedure(procedure=procedure, reason="geht weiter", by=actor(), at=NOON)
    for phase in procedure.phases.all()[:1]:
        actions.plan_phase(phase=phase, planned_from=NOON.date(), planned_until=None, by=actor(), at=NOON)
    if connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            sql(f"DROP TRIGGER {TABLE}_no_{verb}")
        sql(f"DROP TRIGGER IF EXISTS {TABLE}_no_insert")
    else:
        sql("SET CONSTRAINTS ALL IMMEDIATE")  # or PostgreSQL still waits for the end of the transaction
        sql(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
    return procedure


def ids() -> list[int]:
    return list(JournalEntry.objects.order_by("sequence").values_list("pk", flat=True))


def found() -> tuple[str, str] | None:
    broken = broken_journal()
    return broken and (broken.kind, broken.label)


def verify(town: str = "auental") -> tuple[str, str]:
    """What `kommpass journal verify` says: to the screen, and as a mistake."""
    out, mistakes = io.StringIO(), io.StringIO()
    call_command("journal", "verify", town=town, stdout=out, stderr=mistakes)
    return out.getvalue(), mistakes.getvalue()


def test_an_untouched_journal_is_whole(journal):
    assert found() is None
    assert verify() == ("Auental: 8 Einträge, unversehrt.\n", "")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("action", "phase.close"), ("actor_name", "Jemand anderes"), ("actor_id", 77), ("via", "link"),
        ("at", "2020-01-01 00:00:00+00:00"), ("details", '{"reason": "harmlos"}'), ("procedure_id", None),
    ],
)  # fmt: skip
def test_a_changed_row_is_found_whatever_was_changed(journal, column, value):
    sql(f"UPDATE {TABLE} SET {column} = %s WHERE sequence = 4", value)
    assert found() == ("changed", "4")


def test_a_changed_row_with_a_new_hash_breaks_the_chain_behind_it(journal):
    entry = JournalEntry.objects.get(sequence=4)
    entry.details = {"reason": "harmlos"}
    sql(
        f"UPDATE {TABLE} SET details = %s, hash = %s WHERE sequence = 4",
        json.dumps(entry.details), entry_hash(entry.previous_hash, content(entry)),
    )  # fmt: skip
    assert found() == ("removed", "5")


def test_a_removed_row_is_found(journal):
    sql(f"DELETE FROM {TABLE} WHERE sequence = 3")
    assert found() == ("removed", "4")


def test_the_first_row_cannot_be_removed_unseen(journal):
    sql(f"DELETE FROM {TABLE} WHERE sequence = 1")
    assert found()[1] == "2"


def test_rows_cut_off_at_the_end_are_found_by_the_head(journal):
    sql(f"DELETE FROM {TABLE} WHERE sequence >= 7")
    assert found() == ("removed", "6")


def test_a_journal_that_is_gone_as_a_whole_is_found(journal):
    sql(f"DELETE FROM {TABLE}")
    assert found() == ("removed", "0")


def test_a_row_added_past_the_house_is_found(journal):
    last = JournalEntry.objects.order_by("sequence").last()
    forged = JournalEntry(
        sequence=last.sequence + 1, procedure=journal, action="phase.close", actor_id=1, actor_name="Vera", at=NOON,
        previous_hash=last.hash,
    )  # fmt: skip
    forged.hash = entry_hash(last.hash, content(forged))
    forged.save(force_insert=True)
    assert found() == ("inserted", "9")


def test_a_row_put_in_between_is_found(journal):
    for entry in JournalEntry.objects.order_by("-sequence")[:4]:
        sql(f"UPDATE {TABLE} SET sequence = %s WHERE id = %s", entry.sequence + 1, entry.pk)
    before = JournalEntry.objects.get(sequence=4)
    forged = JournalEntry(
        sequence=5, procedure=journal, action="phase.close", actor_id=1, actor_name="Vera", at=NOON,
        previous_hash=before.hash,
    )  # fmt: skip
    forged.hash = entry_hash(before.hash, content(forged))
    forged.save(force_insert=True)
    assert found() is not None
    assert int(found()[1]) >= 5


def test_two_rows_that_changed_places_are_found(journal):
    first, second = ids()[2:4]
    sql(f"UPDATE {TABLE} SET sequence = 100 WHERE id = %s", first)
    sql(f"UPDATE {TABLE} SET sequence = 3 WHERE id = %s", second)
    sql(f"UPDATE {TABLE} SET sequence = 4 WHERE id = %s", first)
    assert found() is not None


def test_a_row_moved_into_the_journal_of_another_town_is_found(journal, hasselgrund):
    sql(f"UPDATE {TABLE} SET municipality_id = %s WHERE sequence = 8", hasselgrund.pk)
    assert found() == ("removed", "7")
    with within(hasselgrund):
        assert found() is not None


def test_the_command_names_the_place_and_ends_with_a_mistake(journal):
    sql(f"DELETE FROM {TABLE} WHERE sequence = 3")
    mistakes = io.StringIO()
    with pytest.raises(CommandError) as ended:
        call_command("journal", "verify", town="auental", stdout=io.StringIO(), stderr=mistakes)
    assert ended.value.returncode == 1
    assert mistakes.getvalue() == (
        "Auental: Vor Eintrag 4 fehlt mindestens ein Eintrag, oder der Eintrag davor wurde ersetzt.\n"
    )


def test_the_command_looks_at_all_towns_and_one_broken_journal_does_not_hide_another(journal, hasselgrund):
    assert verify(town=None)[0] == "Auental: 8 Einträge, unversehrt.\nHasselgrund: 0 Einträge, unversehrt.\n"


def test_a_town_that_does_not_exist_is_a_sentence(db):
    with pytest.raises(CommandError, match="gibt es hier nicht"):
        verify("nirgends")


def test_the_exported_journal_can_be_checked_without_the_house(journal):
    out = io.StringIO()
    call_command("journal", "export", town="auental", stdout=out)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["fields"]["sequence"] for line in lines] == list(range(1, 9))
    previous = ""
    for line in lines:
        assert line["previous_hash"] == previous
        assert entry_hash(previous, line["fields"]) == line["hash"]
        previous = line["hash"]
    assert previous == JournalHead.objects.get().hash


def test_the_page_says_so_too(journal):
    browser = signed_in(member(Role.AUDITOR))
    assert "unversehrt" in browser.post("/auental/procedure/journal/verify/").content.decode()
    sql(f"UPDATE {TABLE} SET actor_name = 'Jemand' WHERE sequence = 2")
    page = browser.post("/auental/procedure/journal/verify/").content.decode()
    assert "Eintrag 2 wurde nachträglich verändert" in page


def test_an_action_that_fails_leaves_no_entry(procedure):
    length = JournalEntry.objects.count()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.pause_procedure(procedure=procedure, reason="Pause", by=actor(), at=NOON)
        raise ZeroDivisionError
    assert (JournalEntry.objects.count(), found()) == (length, None)


def exported(*more: str) -> list[dict]:
    out = io.StringIO()
    call_command("journal", "export", *more, town="auental", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_what_the_board_does_is_kept_in_the_chain_and_read_by_nobody_in_the_town(procedure):
    with transaction.atomic():
        record(procedure, "case.recuse", by=actor(Role.REVIEW_BOARD), at=NOON, member="Mira Feld")
    browser = signed_in(member(Role.COORDINATOR))

    page = browser.get("/auental/procedure/journal/").content.decode()
    file = browser.get("/auental/procedure/journal/export/").content.decode()
    lines = [json.loads(line) for line in file.splitlines()]

    assert "Mira Feld" not in page + file and "case.recuse" not in file
    assert [set(each) for each in lines[-1:]] == [{"hash", "previous_hash"}]
    assert [each["previous_hash"] for each in lines] == ["", *(each["hash"] for each in lines[:-1])]
    assert broken_journal() is None
    assert exported() == lines
    assert exported("--confidential")[-1]["fields"]["details"]["member"] == "Mira Feld"


def test_a_confidential_entry_cannot_be_guessed_from_its_hash(procedure):
    """Two entries about the same thing at the same moment differ by something random."""
    with transaction.atomic():
        told = [
            record(procedure, "review.decide", by=actor(Role.REVIEW_BOARD), at=NOON, decision=1).details["salt"]
            for _again in range(2)
        ]
    assert told[0] != told[1] and len(told[0]) == 32
