"""Who is to be reminded of what today: counted afresh at every run, so that a missed night loses nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommpass.agreement.models import Measure
from kommpass.audits.door import allowed
from kommpass.audits.models import JournalEntry, Procedure
from kommpass.domain.permissions import Actor
from kommpass.notices.models import SentReminder
from kommpass.people.addresses import absolute, in_town
from kommpass.people.links import token_of
from kommpass.people.models import ContributionLink, Organisation
from kommpass.people.queries import open_links, post_address
from kommpass.stocktaking.queries import Owed, who_owes

Kind = SentReminder.Kind
Purpose = ContributionLink.Purpose
ANSWER_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Reminder:
    """One thing somebody owes: the line of the letter, and the key of the ledger."""

    kind: str
    subject: int
    recipient: str
    due_on: date
    text: str
    url: str
    by_link: bool

    @property
    def key(self) -> tuple[str, int, str, date]:
        return self.kind, self.subject, self.recipient, self.due_on


def due_reminders(procedure: Procedure, by: Actor, at: datetime) -> list[Reminder]:
    """What is due today and was not sent yet, as far as the phase of the procedure still expects an answer."""
    found: list[Reminder] = []
    if allowed(by, "bundle.remind", procedure):
        found += _bundles(procedure, at)
    if allowed(by, "measure.answer", procedure):
        found += _measures(procedure, at)
    sent = set(
        SentReminder.objects.filter(subject__in={each.subject for each in found}).values_list(
            "kind", "subject", "recipient", "due_on"
        )
    )
    return [each for each in found if each.key not in sent]


def _bundles(procedure: Procedure, at: datetime) -> Iterable[Reminder]:
    today = timezone.localdate(at)
    last_day = today + timedelta(days=procedure.municipality.reminder_days)
    links = _links(Purpose.BUNDLE, at)
    for owed in who_owes(procedure, today):
        link = links.get(owed.bundle.pk)
        recipient = link.email if link else owed.bundle.email or post_address(owed.organisation)
        if owed.due_on is None or owed.due_on > last_day or not recipient or _asked_today(link, today):
            continue
        with_account = _address("stocktaking:bundle", owed.bundle.pk)
        yield Reminder(
            kind=Kind.BUNDLE_OVERDUE if owed.overdue else Kind.BUNDLE_DUE,
            subject=owed.bundle.pk,
            recipient=recipient,
            due_on=owed.due_on,
            text=_owed_line(owed),
            url=_address("stocktaking:by-link", token_of(link)) if link else with_account,
            by_link=link is not None,
        )


def _owed_line(owed: Owed) -> str:
    """What is missing, until when, in one line of the letter."""
    words = {"title": owed.bundle.title, "who": owed.organisation.name, "day": f"{owed.due_on:%d.%m.%Y}"}
    if owed.overdue:
        line = _("Fragenpaket „%(title)s“ (%(who)s): war fällig am %(day)s") % words
    else:
        line = _("Fragenpaket „%(title)s“ (%(who)s): bitte bis zum %(day)s") % words
    if not owed.open_questions:
        return line + ", " + _("alles ist beantwortet und muss nur noch abgegeben werden")
    still_open = ngettext("noch %d Frage offen", "noch %d Fragen offen", owed.open_questions) % owed.open_questions
    return f"{line}, {still_open}"


def _measures(procedure: Procedure, at: datetime) -> Iterable[Reminder]:
    """Per organisation: measures it was asked about at least a week ago and has not answered."""
    today = timezone.localdate(at)
    asked = Measure.objects.filter(agreement__procedure=procedure, acceptance=Measure.Acceptance.ASKED)
    waiting = dict(asked.exclude(responsible=None).order_by().values_list("responsible").annotate(Count("pk")))
    if not waiting:
        return
    links, asked_on = _links(Purpose.MEASURES, at, by="organisation_id"), _asked_on(procedure)
    for organisation in Organisation.objects.filter(pk__in=waiting):
        link, day = links.get(organisation.pk), asked_on.get(organisation.pk)
        recipient = link.email if link else post_address(organisation)
        if day is None or day + ANSWER_WITHIN > today or not recipient or _asked_today(link, today):
            continue
        yield Reminder(
            kind=Kind.MEASURES_ASKED,
            subject=organisation.pk,
            recipient=recipient,
            due_on=day + ANSWER_WITHIN,
            text=_measures_line(organisation, waiting[organisation.pk], day),
            url=_address("agreement:own-by-link", token_of(link)) if link else _address("agreement:own"),
            by_link=link is not None,
        )


def _measures_line(organisation: Organisation, number: int, asked: date) -> str:
    line = ngettext(
        "%(number)d Maßnahme für %(who)s, gefragt am %(day)s: Übernehmen Sie sie?",
        "%(number)d Maßnahmen für %(who)s, gefragt am %(day)s: Übernehmen Sie sie?",
        number,
    )
    return line % {"number": number, "who": organisation.name, "day": f"{asked:%d.%m.%Y}"}


def _asked_on(procedure: Procedure) -> dict[int, date]:
    """When each organisation was last asked about its measures. The journal knows."""
    asks = JournalEntry.objects.filter(procedure=procedure, action="measure.ask")
    return {
        organisation: timezone.localdate(at)
        for at, details in asks.order_by("sequence").values_list("at", "details")
        for organisation in details["asked"]
    }


def _links(purpose: str, at: datetime, *, by: str = "subject") -> dict[int, ContributionLink]:
    """The newest link that still opens, for each subject or organisation."""
    return {getattr(each, by): each for each in open_links(at).filter(purpose=purpose).order_by("issued_at", "pk")}


def _asked_today(link: ContributionLink | None, today: date) -> bool:
    """Who was written to today is not reminded today; tomorrow is early enough."""
    return link is not None and timezone.localdate(link.issued_at) == today


def _address(name: str, *args) -> str:
    return absolute(in_town(name, *args))
