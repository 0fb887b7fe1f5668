"""Answers that the stocktaking and the draft of the agreement wait for: bundles of questions, measures to take on."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommpass.agreement.models import Measure
from kommpass.audits.models import JournalEntry, Procedure
from kommpass.notices.marks import mark_number
from kommpass.notices.models import SentReminder
from kommpass.notices.queries.reminder import ANSWER_WITHIN, Reminder, address, asked_today, links, until
from kommpass.people.links import token_of
from kommpass.people.models import ContributionLink, Organisation
from kommpass.people.queries import post_address
from kommpass.stocktaking.queries import Owed, who_owes

Kind = SentReminder.Kind
Purpose = ContributionLink.Purpose


def bundles(procedure: Procedure, at: datetime) -> Iterator[Reminder]:
    """Bundles that are due soon, and once more those that are overdue."""
    today = timezone.localdate(at)
    last_day = today + timedelta(days=procedure.municipality.reminder_days)
    open_links = links(Purpose.BUNDLE, at)
    for owed in who_owes(procedure, today):
        link = open_links.get(owed.bundle.pk)
        recipient = link.email if link else owed.bundle.email or post_address(owed.organisation)
        if owed.due_on is None or owed.due_on > last_day or not recipient or asked_today(link, today):
            continue
        with_account = address("stocktaking:bundle", owed.bundle.pk)
        yield Reminder(
            procedure=procedure,
            kind=Kind.BUNDLE_OVERDUE if owed.overdue else Kind.BUNDLE_DUE,
            subject=owed.bundle.pk,
            recipient=recipient,
            due_on=owed.due_on,
            text=_owed_line(owed, today),
            url=address("stocktaking:by-link", token_of(link)) if link else with_account,
            by_link=link is not None,
        )


def _owed_line(owed: Owed, today: date) -> str:
    """What is missing, until when, in one line of the letter."""
    words = {"title": owed.bundle.title, "who": owed.organisation.name, "until": until(owed.due_on, today)}
    line = _("Fragenpaket „%(title)s“ (%(who)s): %(until)s") % words
    if not owed.open_questions:
        return line + ", " + _("alles ist beantwortet und muss nur noch abgegeben werden")
    still_open = ngettext("noch %d Frage offen", "noch %d Fragen offen", owed.open_questions) % owed.open_questions
    return f"{line}, {still_open}"


def measures(procedure: Procedure, at: datetime) -> Iterator[Reminder]:
    """Per organisation: measures it was asked about at least a week ago and has not answered."""
    today = timezone.localdate(at)
    asked = Measure.objects.filter(agreement__procedure=procedure, acceptance=Measure.Acceptance.ASKED)
    waiting = dict(asked.exclude(responsible=None).order_by().values_list("responsible").annotate(Count("pk")))
    if not waiting:
        return
    open_links, asked_on = links(Purpose.MEASURES, at, by="organisation_id"), _asked_on(procedure)
    for organisation in Organisation.objects.filter(pk__in=waiting):
        link, day = open_links.get(organisation.pk), asked_on.get(organisation.pk)
        recipient = link.email if link else post_address(organisation)
        if day is None or day + ANSWER_WITHIN > today or not recipient or asked_today(link, today):
            continue
        yield Reminder(
            procedure=procedure,
            kind=Kind.MEASURES_ASKED,
            # Not the organisation alone: two schemes may ask it on the same day.
            subject=mark_number(procedure.pk, organisation.pk),
            recipient=recipient,
            due_on=day + ANSWER_WITHIN,
            text=_measures_line(organisation, waiting[organisation.pk], day),
            url=address("agreement:own-by-link", token_of(link)) if link else address("agreement:own"),
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
