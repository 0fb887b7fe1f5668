"""The open status round: whoever still owes an answer, then their deputy, at last the coordination."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommpass.audits.models import Procedure
from kommpass.implementation import queries as implementation
from kommpass.implementation.models import StatusRequest, StatusRound
from kommpass.notices.models import SentReminder
from kommpass.notices.queries.reminder import (
    ANSWER_WITHIN,
    Reminder,
    address,
    asked_today,
    in_a_row,
    lead_addresses,
    links,
    until,
)
from kommpass.people.addresses import absolute
from kommpass.people.links import token_of
from kommpass.people.models import ContributionLink

Kind = SentReminder.Kind
DEPUTY_AFTER = timedelta(days=7)
LEAD_AFTER = timedelta(days=14)


@dataclass(frozen=True)
class Waiting:
    """Somebody who was asked and still owes answers; `late_from` is the day on which patience ends.

    Who was asked late gets a week like everybody else.
    """

    request: StatusRequest
    link: ContributionLink | None
    due_on: date

    @property
    def late_from(self) -> date:
        return max(self.due_on, timezone.localdate(self.request.asked_at) + ANSWER_WITHIN)

    @property
    def recipient(self) -> str:
        return self.link.email if self.link else self.request.email

    @property
    def deputy(self) -> str:
        """The address of the deputy, if that is somebody else than the person who was asked."""
        person = self.request.post.deputy if self.request.post else None
        if person is None or not person.is_active:
            return ""
        others = {self.recipient.lower(), self.request.email.lower()}
        return "" if person.email.lower() in others else person.email


def requests(procedure: Procedure, at: datetime) -> Iterator[Reminder]:
    """Before the day, on it, a week later to the deputy, two weeks later to the coordination: each once."""
    round_ = implementation.open_round(procedure)
    if round_ is None:
        return
    today, open_links = timezone.localdate(at), links(ContributionLink.Purpose.PROGRESS, at)
    asked = implementation.requests(round_).filter(asked_at__isnull=False).select_related("post__deputy")
    waiting = [
        Waiting(each, open_links.get(each.pk), round_.due_on)
        for each in asked
        if each.answered_count < each.measure_count
    ]
    for each in waiting:
        yield from _one(procedure, each, today)
    silent = [each for each in waiting if each.late_from + LEAD_AFTER <= today]
    if silent:
        yield from _lead(procedure, round_, silent)


def _one(procedure: Procedure, waiting: Waiting, today: date) -> Iterator[Reminder]:
    days = timedelta(days=procedure.municipality.reminder_days)
    asked_on = timezone.localdate(waiting.request.asked_at)
    if not asked_today(waiting.link, today) and waiting.recipient:
        if waiting.late_from <= today:
            yield _line(procedure, waiting, Kind.STATUS_OVERDUE, waiting.recipient, today)
        elif waiting.due_on - days <= today < waiting.due_on and asked_on + ANSWER_WITHIN <= today:
            yield _line(procedure, waiting, Kind.STATUS_DUE, waiting.recipient, today)
    if waiting.late_from + DEPUTY_AFTER <= today and waiting.deputy:
        yield _line(procedure, waiting, Kind.STATUS_DEPUTY, waiting.deputy, today)


def _line(procedure: Procedure, waiting: Waiting, kind: str, recipient: str, today: date) -> Reminder:
    link, number = waiting.link, waiting.request.measure_count - waiting.request.answered_count
    line = ngettext(
        "Stand von %(number)d Maßnahme (%(who)s): %(until)s",
        "Stand von %(number)d Maßnahmen (%(who)s): %(until)s",
        number,
    )
    return Reminder(
        procedure=procedure,
        kind=kind,
        subject=waiting.request.pk,
        recipient=recipient,
        due_on=waiting.due_on,
        text=line % {"number": number, "who": waiting.request.name, "until": until(waiting.due_on, today)},
        url=address("implementation:by-link", token_of(link)) if link else address("implementation:own"),
        by_link=link is not None,
    )


def _lead(procedure: Procedure, round_: StatusRound, silent: list[Waiting]) -> Iterator[Reminder]:
    """One line for the whole round: the coordination takes it up by telephone."""
    words = {
        "round": round_.title,
        "day": f"{round_.due_on:%d.%m.%Y}",
        "names": in_a_row(each.request.name for each in silent),
    }
    for recipient in lead_addresses():
        yield Reminder(
            procedure=procedure,
            kind=Kind.STATUS_LEAD,
            subject=round_.pk,
            recipient=recipient,
            due_on=round_.due_on,
            text=_("„%(round)s“, erbeten bis zum %(day)s: Es fehlen noch Antworten von %(names)s") % words,
            url=absolute(round_.get_absolute_url()),
        )
