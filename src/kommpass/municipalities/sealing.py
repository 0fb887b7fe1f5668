"""Rows that nobody may change: triggers that refuse, on SQLite and on PostgreSQL alike.

A sealed table has no update path and no delete path, whoever asks: page, API, ORM or SQL.
"""

from django.db import migrations

REFUSAL = "Kommpass: {table} ist versiegelt"


def _sqlite(table: str) -> list[str]:
    text = REFUSAL.format(table=table)
    refuse = f"BEGIN SELECT RAISE(ABORT, '{text}'); END"
    return [
        *(f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} {refuse}" for verb in ("update", "delete")),
        # INSERT OR REPLACE deletes without asking the delete trigger: so a key that is there is never inserted again.
        f"CREATE TRIGGER {table}_no_insert BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) {refuse}",
    ]


def _postgresql(table: str) -> list[str]:
    text = REFUSAL.format(table=table)
    return [
        f"CREATE OR REPLACE FUNCTION {table}_sealed() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{text}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_sealed()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_sealed()",
    ]


def _unseal(table: str, vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in ("update", "delete", "insert")]
    return [
        f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}",
        f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
        f"DROP FUNCTION IF EXISTS {table}_sealed()",
    ]


def seal(table: str) -> migrations.RunPython:
    """A migration step that seals `table`. The way back drops the triggers."""

    def forwards(apps, schema_editor):
        make = _sqlite if schema_editor.connection.vendor == "sqlite" else _postgresql
        for statement in make(table):
            schema_editor.execute(statement)

    def backwards(apps, schema_editor):
        for statement in _unseal(table, schema_editor.connection.vendor):
            schema_editor.execute(statement)

    return migrations.RunPython(forwards, backwards)


def guard(table: str, name: str, forbidden: str, sentence: str) -> migrations.RunPython:
    """A migration step that refuses new rows of `table` for which the SQL condition `forbidden` holds.

    The condition speaks of the new row as NEW and runs on both databases. `sentence` is what the database says.
    """

    def forwards(apps, schema_editor):
        for statement in _guard(table, name, forbidden, sentence, schema_editor.connection.vendor):
            schema_editor.execute(statement)

    def backwards(apps, schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}")
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_{name}_refused()")

    return migrations.RunPython(forwards, backwards)


def _guard(table: str, name: str, forbidden: str, sentence: str, vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_{name} BEFORE INSERT ON {table} "
            f"WHEN {forbidden} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        ]
    return [
        f"CREATE OR REPLACE FUNCTION {table}_{name}_refused() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {forbidden} THEN RAISE EXCEPTION '{sentence}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {table}_{name} BEFORE INSERT ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_{name}_refused()",
    ]
