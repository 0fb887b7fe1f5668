"""The second lock on PostgreSQL: row-level security repeats in the database what scope.py says in Python.

A database role that is no superuser sees the rows of the town in scope, of all towns inside of
`across_municipalities()`, and none at all otherwise. SQLite has no such lock; there the scoped managers and
the walk of the tests over every address with a second town stand alone.
"""

from django.apps import apps
from django.db import connection

SETTING = "kommpass.town"
EVERY = "*"


def tell_database(town: str) -> None:
    """Say for which town the following statements run: its key, EVERY, or "" for none.

    In a transaction that has already failed nothing can be said any more; its rollback takes the setting back.
    """
    if connection.vendor == "postgresql" and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, false)", [SETTING, town])


def protect_tables(sender=None, using="default", **kwargs) -> None:
    """After every migration: a policy on each table that belongs to a town. Safe to run again."""
    if connection.vendor != "postgresql":
        return
    found = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in sorted(_tables() & found):
            cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
            cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
            cursor.execute(f'DROP POLICY IF EXISTS one_town ON "{table}"')
            cursor.execute(f'CREATE POLICY one_town ON "{table}" USING ({_RULE}) WITH CHECK ({_RULE})')


_HERE = f"current_setting('{SETTING}', true)"
_RULE = f"{_HERE} = '{EVERY}' OR municipality_id = CASE WHEN {_HERE} ~ '^[0-9]+$' THEN {_HERE}::bigint END"


def _tables() -> set[str]:
    """The tables of all models with a municipality of their own."""
    return {
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("kommpass.") and any(f.name == "municipality" for f in model._meta.local_fields)
    }
