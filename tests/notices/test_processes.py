"""Cron that starts twice, and a run that is really killed: in processes of their own, on a database of their own."""

import sqlite3
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

from tests.notices.builders import NOW
from tests.notices.mail_server import running
from tests.notices.own_process import OFFICES, said, start

ALL = [f"amt{place}@auental.example" for place in range(OFFICES)]
NAME = "kommpass_processes"


@pytest.fixture
def environment(tmp_path, django_db_setup, django_db_blocker):
    """A copy of the empty test database, so that processes can meet in it, and a mail server for them."""
    with django_db_blocker.unblock(), running() as server, _copy(tmp_path) as database:
        mail = {"KOMMPASS_SMTP_HOST": "127.0.0.1", "KOMMPASS_SMTP_PORT": str(server.port), "KOMMPASS_DEMO": "0"}
        found = {"KOMMPASS_VAR": str(tmp_path), **database, **mail}
        quiet = found | {"KOMMPASS_EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
        builder = start(quiet, "build")
        assert (said(builder), builder.returncode) == ([], 0)
        yield found, server


@contextmanager
def _copy(folder):
    """What a process must know to find the copy."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(folder / "kommpass.sqlite3") as target:
            connection.connection.backup(target)
        target.close()
        yield {"DATABASE_URL": ""}
        return
    own = connection.settings_dict
    connection.close()
    address = f"postgresql://{own['USER']}@{own['HOST']}:{own['PORT']}"
    with psycopg.connect(f"{address}/postgres", autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {NAME}")
        server.execute(f"CREATE DATABASE {NAME} TEMPLATE {own['NAME']}")
        try:
            yield {"DATABASE_URL": f"{address}/{NAME}"}
        finally:
            server.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def run_together(environment: dict, folder, number: int, minutes: int = 0, *death: str) -> list[list[str]]:
    """So many runs that begin at the same moment, each with what it said."""
    gate = folder / f"gate-{minutes}"
    moment = NOW.replace(hour=NOW.hour + minutes // 60, minute=minutes % 60).isoformat()
    runs = [start(environment, "run", moment, str(gate), *death) for _each in range(number)]
    for each in runs:
        assert each.stdout.readline() == "ready\n"
    gate.touch()
    return [said(each) for each in runs]


def ledger(environment: dict) -> list[str]:
    return said(start(environment, "ledger"))


def test_two_runs_at_the_same_moment_send_each_letter_once(environment, tmp_path):
    own, server = environment
    outcomes = [tuple(map(int, each[0].split())) for each in run_together(own, tmp_path, 2)]
    assert sum(sent for sent, _failed in outcomes) == OFFICES
    assert [failed for _sent, failed in outcomes] == [0, 0]
    assert sorted(each["To"] for each in server.letters) == ALL
    assert ledger(own) == [f"{each} sent" for each in ALL]


def test_a_killed_process_leaves_a_claim_that_the_next_run_takes_up_after_an_hour(environment, tmp_path):
    own, server = environment
    assert run_together(own, tmp_path, 1, 0, "killed") == [[]]
    assert [each.split()[1] for each in ledger(own)] == ["open"]
    assert [run_together(own, tmp_path, 1, minutes) for minutes in (5, 70)] == [[["5 0"]], [["1 0"]]]
    assert sorted(each["To"] for each in server.letters) == ALL
    assert ledger(own) == [f"{each} sent" for each in ALL]
