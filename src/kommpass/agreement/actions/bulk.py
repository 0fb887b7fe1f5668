"""Lets many rows go into the database in few queries."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def wide_inserts() -> Iterator[None]:
    """Ask SQLite how many values one query may carry, instead of assuming the 999 of old builds.

    Django 6 does this by itself; then this file can go. On PostgreSQL there is nothing to do.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    features, assumed = connection.features, connection.features.max_query_params
    features.max_query_params = max(assumed, connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER))
    try:
        yield
    finally:
        features.max_query_params = assumed
