"""What was frozen, decided or written down cannot be changed by anybody: not by the ORM, not by SQL."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kommpass.balancing.models import Balance, SealedBalance
from kommpass.municipalities.scope import within

SEALED = {
    "audits.JournalEntry": ("action", "anders"),
    "agreement.Version": ("canonical", "{}"),
    "agreement.Tabling": ("at", "2020-01-01T00:00:00+00:00"),
    "agreement.Adoption": ("approved_by", "niemand"),
    "agreement.Recommendation": ("verdict", "return"),
    "bodies.Decision": ("result", "rejected"),
    "assessment.AuditorReport": ("verdict", "return"),
    "assessment.Submission": ("canonical", "{}"),
    "assessment.CompletenessCheck": ("note", "anders"),
    "assessment.Seat": ("assigned_at", "2020-01-01T00:00:00+00:00"),
    "assessment.Recusal": ("reason", "anders"),
    "assessment.Review": ("verdict", "return"),
    "assessment.Consensus": ("text", "anders"),
    "assessment.FactualAnswer": ("corrections", "anders"),
    "assessment.ReviewDecision": ("outcome", "return"),
    "assessment.Condition": ("text", "anders"),
    "assessment.ConditionReport": ("text", "anders"),
    "assessment.ConditionCheck": ("note", "anders"),
    "assessment.Release": ("objection_until", "2020-01-01"),
    "assessment.Objection": ("text", "anders"),
    "assessment.ObjectionAnswer": ("text", "anders"),
    "certification.Certificate": ("valid_until", "2099"),
    "certification.CertificateDocument": ("digest", "0"),
    "certification.CertificateStep": ("reason", "anders"),
    "certification.PermanenceProof": ("note", "anders"),
    "implementation.SelfAssessment": ("text", "anders"),
    "implementation.IndicatorReading": ("source", "anders"),
    "implementation.AuditorView": ("text", "anders"),
    "implementation.GoalJudgement": ("text", "anders"),
    "reporting.SealedReport": ("canonical", "{}"),
    "reporting.ReportStep": ("note", "anders"),
    "balancing.SealedBalance": ("canonical", "{}"),
    "offers.Revision": ("by_name", "niemand"),
    "offers.Confirmation": ("by_name", "niemand"),
    "participation.FamilyDefinition": ("text", "anders"),
    "participation.DefinitionAgreement": ("agreed_by", "niemand"),
}
sealed = pytest.mark.parametrize(("label", "change"), SEALED.items(), ids=SEALED.keys())


@pytest.fixture
def inside(town):
    """The built town, inside of it. Its balance is still open (the walks want its doors), so one is sealed here."""
    with within(town.municipality):
        SealedBalance.objects.create(
            balance=Balance.objects.first(), canonical="[]", digest="0", at=timezone.now(), by_name="Koordination"
        )
        yield town


def stored(model) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {model._meta.db_table} ORDER BY id")
        return cursor.fetchall()


def refuses(deed) -> str:
    """Do it, expect the database to refuse, and return its words."""
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        deed()
    return str(refused.value)


def by_sql(statement: str, *values):
    def deed():
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    return deed


def ways_to_change(model, name: str, value: str) -> dict:
    table, row = model._meta.db_table, model._base_manager.order_by("pk").first()
    setattr(row, name, value)
    return {
        "save": row.save,
        "save one field": lambda: row.save(update_fields=[name]),
        "update": lambda: model.objects.filter(pk=row.pk).update(**{name: value}),
        "bulk update": lambda: model.objects.bulk_update([row], [name]),
        "delete": lambda: model.objects.filter(pk=row.pk)._raw_delete(connection.alias),
        "SQL update": by_sql(f"UPDATE {table} SET {name} = %s WHERE id = %s", value, row.pk),
        "SQL update of all": by_sql(f"UPDATE {table} SET id = id"),
        "SQL delete": by_sql(f"DELETE FROM {table} WHERE id = %s", row.pk),
        "SQL delete of all": by_sql(f"DELETE FROM {table}"),
    }


@sealed
def test_no_way_leads_to_a_changed_row(inside, label, change):
    model = apps.get_model(label)
    before = stored(model)
    assert before, f"the town has no {label} to try it on"
    words = {way: refuses(deed) for way, deed in ways_to_change(model, *change).items()}
    assert [way for way, said in words.items() if "versiegelt" not in said] == []
    assert stored(model) == before


@sealed
def test_a_row_cannot_be_put_in_the_place_of_a_sealed_one(inside, label, change):
    """SQLite's REPLACE deletes silently before it inserts; PostgreSQL's way is ON CONFLICT ... UPDATE."""
    model = apps.get_model(label)
    before, (name, value) = stored(model), change
    quoted = connection.ops.quote_name
    columns = [quoted(field.column) for field in model._meta.concrete_fields]
    wanted = ", ".join("%s" if each == quoted(name) else each for each in columns)
    row = f"{model._meta.db_table} ({', '.join(columns)}) SELECT {wanted} FROM {model._meta.db_table} WHERE id = %s"
    if connection.vendor == "sqlite":
        statement = f"INSERT OR REPLACE INTO {row}"
    else:
        statement = f"INSERT INTO {row} ON CONFLICT (id) DO UPDATE SET {name} = excluded.{name}"
    assert "versiegelt" in refuses(by_sql(statement, value, before[-1][0]))
    assert stored(model) == before


TRIGGERS = {
    "sqlite": "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%versiegelt%'",
    "postgresql": (
        "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.prosrc LIKE '%versiegelt%'"
    ),
}


def test_the_list_above_is_the_list_of_the_database(db):
    """A table that is sealed and not tried above, or the other way round, is noticed here."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        tables = {name for (name,) in cursor.fetchall()}
    assert tables == {apps.get_model(label)._meta.db_table for label in SEALED}
