"""The reminders in processes of their own, as cron starts them, on a database of their own.

`build` fills the database, `run MOMENT GATE` is one run (it waits for the file GATE, so that several begin at the same
moment; with the word `killed` it dies between the claim in the ledger and the letter), and `ledger` prints what the
ledger holds.
"""

import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

from django.core.mail import EmailMessage

from kommpass.audits import actions as audits
from kommpass.audits.catalogue import newest
from kommpass.domain.phases import Stage
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.notices.models import SentReminder
from kommpass.people.models import Organisation
from tests.conftest import AUDIT, NOON, actor, open_only
from tests.notices.builders import bundle, remind

PROJECT = Path(__file__).parents[2]
TOWN, OFFICES = "auental", 6
# Django is set up before this file is read: it imports models.
BEGINNING = (
    "import sys, django; django.setup(); from tests.notices.own_process import TASKS; TASKS[sys.argv[1]](*sys.argv[2:])"
)


def build() -> None:
    """A town in which six offices owe a bundle of questions each."""
    with within(Municipality.objects.create(name="Auental", slug=TOWN)):
        begun = audits.start_procedure(
            scheme_key=AUDIT, scheme_version=newest(AUDIT).version, rung="basic", title="Audit", by=actor(), at=NOON
        )
        open_only(begun, Stage.STOCKTAKING)
        for place in range(OFFICES):
            office = Organisation.objects.create(name=f"Amt {place}", email=f"amt{place}@auental.example")
            bundle(begun, office, due_in=3, place=place, email=office.email)


def run(moment: str, gate: str, *death: str) -> None:
    if death:
        EmailMessage.send = lambda self, *args, **kwargs: os.kill(os.getpid(), signal.SIGKILL)
    with within(Municipality.objects.get(slug=TOWN)):
        print("ready", flush=True)
        while not Path(gate).exists():
            time.sleep(0.01)
        outcome = remind(datetime.fromisoformat(moment))
    print(outcome.sent, outcome.failed, flush=True)


def ledger() -> None:
    with within(Municipality.objects.get(slug=TOWN)):
        for each in SentReminder.objects.order_by("recipient"):
            print(each.recipient, "open" if each.sent_at is None else "sent")


TASKS = {"build": build, "run": run, "ledger": ledger}


def start(environment: dict[str, str], *words: str) -> subprocess.Popen:
    """Start one of the tasks in a process of its own."""
    paths = f"{PROJECT / 'src'}{os.pathsep}{PROJECT}"
    own = os.environ | {"PYTHONPATH": paths, "DJANGO_SETTINGS_MODULE": "kommpass.config.settings"} | environment
    command = [sys.executable, "-c", BEGINNING, *words]
    return subprocess.Popen(command, cwd=PROJECT, env=own, stdout=subprocess.PIPE, text=True)


def said(process: subprocess.Popen) -> list[str]:
    """Wait for a process and give the lines it printed."""
    out, _errors = process.communicate(timeout=120)
    return out.splitlines()
