"""The deadlines of a procedure, for its coordination: once when they are near, once when they are over."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.assessment import queries as assessment
from kommpass.audits.models import Procedure
from kommpass.bodies import queries as bodies
from kommpass.certification import queries as certification
from kommpass.domain.deadlines import Deadline
from kommpass.notices.marks import mark_number
from kommpass.notices.models import SentReminder
from kommpass.notices.queries.reminder import Reminder, lead_addresses
from kommpass.participation import queries as participation
from kommpass.people.addresses import absolute
from kommpass.reporting import queries as reporting

# A right that was not used is no debt.
MAY_PASS = frozenset({"objection"})


def of_the_procedure(procedure: Procedure, at: datetime) -> Iterator[Reminder]:
    """What the town owes the association and its own council, and its workshops. Who owes answers is asked directly."""
    today = timezone.localdate(at)
    papers = (each for each in bodies.deadlines(procedure) if each.kind == "paper")
    found = [*assessment.deadlines(procedure), *papers, *participation.deadlines(procedure, today)]
    return _reminders(procedure, [*_certified(procedure, today), *found], today)


def after_the_end(procedure: Procedure, at: datetime) -> Iterator[Reminder]:
    """A round is over; its certificate still holds, and its last report may be late."""
    today = timezone.localdate(at)
    return _reminders(procedure, _certified(procedure, today), today)


def _certified(procedure: Procedure, today: date) -> list[Deadline]:
    return [*certification.deadlines(procedure, today), *reporting.deadlines(procedure, today)]


def _reminders(procedure: Procedure, deadlines: Iterable[Deadline], today: date) -> Iterator[Reminder]:
    last_day = today + timedelta(days=procedure.municipality.reminder_days)
    due = [each for each in deadlines if each.due_on <= last_day]
    chosen = [each for each in due if each.due_on >= today or each.kind not in MAY_PASS]
    for recipient in lead_addresses() if chosen else ():
        for each in sorted(chosen, key=lambda deadline: (deadline.due_on, deadline.label)):
            yield Reminder(
                procedure=procedure,
                kind=SentReminder.Kind.DEADLINE,
                subject=_subject(procedure, each, today),
                recipient=recipient,
                due_on=each.due_on,
                text=_line(each, today),
                url=absolute(each.url),
            )


def _line(deadline: Deadline, today: date) -> str:
    words = {"day": f"{deadline.due_on:%d.%m.%Y}", "what": deadline.label}
    if deadline.due_on == today:
        return _("heute: %(what)s") % words
    return (_("%(day)s, überfällig: %(what)s") if deadline.due_on < today else _("%(day)s: %(what)s")) % words


def _subject(procedure: Procedure, deadline: Deadline, today: date) -> int:
    """A deadline is counted afresh each day and has no row whose key could stand in the ledger.

    What it is stands in its words and its address: a number made of them is the same every night, and another one as
    soon as the deadline is over, so that it is told once before and once after. Who renames it is told once more.
    """
    stage = "over" if deadline.due_on < today else "near"
    return mark_number(procedure.pk, stage, deadline.kind, deadline.label, deadline.url)
