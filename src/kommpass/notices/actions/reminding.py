"""Sends reminders: one letter for each recipient, each reminder once, and none is lost when the mail server is down."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from kommpass.adapters.holidays import is_quiet
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.permissions import Actor
from kommpass.municipalities.scope import town
from kommpass.notices.letter import reminder_letter
from kommpass.notices.models import SentReminder
from kommpass.notices.queries import Reminder, due_reminders

log = logging.getLogger(__name__)

# A run that was killed between claim and letter: after this time its reminders are free again.
ABANDONED_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Outcome:
    """How a run went: letters sent, and how many the mail server refused."""

    sent: int = 0
    failed: int = 0


def send_due_reminders(*, by: Actor, at: datetime) -> Outcome:
    """Remind everybody in this town who owes something, one letter each. Run twice, it sends once.

    Nobody is written to on a weekend or a holiday: what is due then and was not sent yet is sent on the next working
    day, like everything else that a night has missed.
    """
    permit(by, "reminder.send")
    if is_quiet(timezone.localdate(at), town().state):
        return Outcome()
    begun = monotonic()
    SentReminder.objects.filter(sent_at=None, claimed_at__lt=at - ABANDONED_AFTER).delete()
    of_recipient: dict[str, list[Reminder]] = {}
    with override(settings.LANGUAGE_CODE):
        for each in due_reminders(by, at):
            of_recipient.setdefault(each.recipient.lower(), []).append(each)
        results = [
            # A slow mail server can keep a run busy for long: each claim bears its own moment.
            send_reminder_letter(reminders=reminders, by=by, at=at + timedelta(seconds=monotonic() - begun))
            for reminders in of_recipient.values()
        ]
    return Outcome(sent=results.count(True), failed=results.count(False))


def send_reminder_letter(*, reminders: Sequence[Reminder], by: Actor, at: datetime) -> bool | None:
    """Claim, send, write down. False if the mail server refused, None if another run was faster.

    No transaction is open while the mail server is asked: a slow one would hold up everybody who writes.
    """
    permit(by, "reminder.send")
    claimed = _claim(reminders, at)
    if claimed is None:
        return None
    try:
        reminder_letter(reminders).send()
    except Exception:  # whatever the mail server says: the next run tries again
        log.exception("A reminder could not be sent")
        SentReminder.objects.filter(pk__in=claimed).delete()
        return False
    with transaction.atomic():
        SentReminder.objects.filter(pk__in=claimed).update(sent_at=at)
        for procedure in dict.fromkeys(each.procedure for each in reminders):
            told = [
                {"kind": each.kind, "subject": each.subject, "due_on": each.due_on}
                for each in reminders
                if each.procedure == procedure
            ]
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
