"""Sends reminders: one letter for each recipient, each reminder once, and none is lost when the mail server is down."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.audits.models import Procedure
from kommpass.domain.permissions import Actor
from kommpass.notices.models import SentReminder
from kommpass.notices.queries import Reminder, due_reminders
from kommpass.people.letters import one_line

log = logging.getLogger(__name__)

# A run that was killed between claim and letter: after this time its reminders are free again.
ABANDONED_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Outcome:
    """How a run went: letters sent, and how many the mail server refused."""

    sent: int = 0
    failed: int = 0


def send_due_reminders(*, procedure: Procedure, by: Actor, at: datetime) -> Outcome:
    """Remind everybody who owes something, one letter each. Run twice, it sends once."""
    permit(by, "reminder.send", procedure)
    SentReminder.objects.filter(sent_at=None, claimed_at__lt=at - ABANDONED_AFTER).delete()
    of_recipient: dict[str, list[Reminder]] = {}
    with override(settings.LANGUAGE_CODE):
        for each in due_reminders(procedure, by, at):
            of_recipient.setdefault(each.recipient, []).append(each)
        results = [
            send_reminder_letter(procedure=procedure, reminders=reminders, by=by, at=at)
            for reminders in of_recipient.values()
        ]
    return Outcome(sent=results.count(True), failed=results.count(False))


def send_reminder_letter(
    *, procedure: Procedure, reminders: Sequence[Reminder], by: Actor, at: datetime
) -> bool | None:
    """Claim, send, write down. False if the mail server refused, None if another run was faster.

    No transaction is open while the mail server is asked: a slow one would hold up everybody who writes.
    """
    permit(by, "reminder.send", procedure)
    claimed = _claim(reminders, at)
    if claimed is None:
        return None
    try:
        _letter(procedure, reminders).send()
    except Exception:  # whatever the mail server says: the next run tries again
        log.exception("A reminder could not be sent")
        SentReminder.objects.filter(pk__in=claimed).delete()
        return False
    with transaction.atomic():
        SentReminder.objects.filter(pk__in=claimed).update(sent_at=at)
        told = [{"kind": each.kind, "subject": each.subject, "due_on": each.due_on} for each in reminders]
        record(procedure, "reminder.send", by=by, at=at, reminders=told)
    return True


def _claim(reminders: Sequence[Reminder], at: datetime) -> list[int] | None:
    """Write the ledger before the letter; None if one of the reminders is already in it."""
    rows = [
        SentReminder(kind=each.kind, subject=each.subject, recipient=each.recipient, due_on=each.due_on, claimed_at=at)
        for each in reminders
    ]
    try:
        with transaction.atomic():
            return [row.pk for row in SentReminder.objects.bulk_create(rows)]
    except IntegrityError:
        return None


def _letter(procedure: Procedure, reminders: Sequence[Reminder]) -> EmailMessage:
    town = procedure.municipality
    context = {
        "town": town,
        "reminders": reminders,
        "some_by_link": any(each.by_link for each in reminders),
        "some_by_account": not all(each.by_link for each in reminders),
        "product": "Kommpass",
    }
    return EmailMessage(
        subject=one_line(_("Erinnerung zum Audit in %s: Bitte um Ihre Antwort") % town.name),
        body=render_to_string("notices/letters/reminder.txt", context).strip() + "\n",
        to=[one_line(reminders[0].recipient)],
        # So that no absence note answers to a machine.
        headers={"Auto-Submitted": "auto-generated"},
    )
