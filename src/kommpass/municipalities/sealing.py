"""Rows that nobody may change: triggers that refuse, on SQLite and on PostgreSQL alike.

A sealed table has no update path and no delete path, whoever asks: page, API, ORM or SQL.
"""

from collections.abc import Callable

from django.db.migrations.operations.base import Operation

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


class Triggers(Operation):
    """A migration step that makes triggers. It knows no models: loading them all for each table would take minutes."""

    reversible = True

    def __init__(self, make: Callable[[str], list[str]], drop: Callable[[str], list[str]]):
        self.make, self.drop = make, drop

    def state_forwards(self, app_label, state):
        """Triggers are no part of the models."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for statement in self.make(schema_editor.connection.vendor):
            schema_editor.execute(statement)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for statement in self.drop(schema_editor.connection.vendor):
            schema_editor.execute(statement)

    def describe(self):
        return "Makes triggers that refuse"


def seal(table: str) -> Triggers:
    """A migration step that seals `table`. The way back drops the triggers."""
    return Triggers(
        lambda vendor: _sqlite(table) if vendor == "sqlite" else _postgresql(table),
        lambda vendor: _unseal(table, vendor),
    )


def guard(table: str, name: str, forbidden: str, sentence: str, *, verbs: tuple[str, ...] = ("INSERT",)) -> Triggers:
    """A migration step that refuses rows of `table` for which the SQL condition `forbidden` holds.

    New rows, and with UPDATE among the `verbs` changed ones too; a sealed table knows no change anyway.

    The condition speaks of the new row as NEW and runs on both databases. `sentence` is what the database says.
    """
    return Triggers(
        lambda vendor: _guard(table, name, forbidden, sentence, verbs, vendor),
        lambda vendor: _unguard(table, name, vendor),
    )


def _guard(table: str, name: str, forbidden: str, sentence: str, verbs: tuple[str, ...], vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_{name}_{verb} BEFORE {verb} ON {table} "
            f"WHEN {forbidden} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
            for verb in verbs
        ]
    return [
        f"CREATE OR REPLACE FUNCTION {table}_{name}_refused() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {forbidden} THEN RAISE EXCEPTION '{sentence}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {table}_{name} BEFORE {' OR '.join(verbs)} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_{name}_refused()",
    ]


def _unguard(table: str, name: str, vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_{name}_{verb}" for verb in ("INSERT", "UPDATE")]
    return [
        f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}",
        f"DROP FUNCTION IF EXISTS {table}_{name}_refused()",
    ]
