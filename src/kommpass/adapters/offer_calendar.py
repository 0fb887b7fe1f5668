"""Writes the times of offers as a calendar file (RFC 5545): rules stay rules, called-off days are left out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from icalendar import Calendar, Event, Timezone, vRecur

from kommpass.adapters.calendar_file import BERLIN, REFRESH, clean
from kommpass.adapters.calendar_seal import seal
from kommpass.domain.schedules import DayCalendar, Occurrence, Schedule, to_ical_parts

PRODUCT = "-//Kommpass//Angebote//DE"


@dataclass(frozen=True)
class CalendarOffer:
    """An offer as a calendar shows it. `sequence` grows with every change; `cancelled` says that it is over."""

    uid: str
    title: str
    schedules: tuple[Schedule, ...]
    changed_at: datetime
    sequence: int
    description: str = ""
    place: str = ""
    point: tuple[float, float] | None = None
    url: str = ""
    provider: str = ""
    cancelled: bool = False


def offers_calendar(offers: Iterable[CalendarOffer], *, name: str, calendar: DayCalendar, today: date) -> bytes:
    """The file. The same offers on the same day give the same bytes."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    for heading in ("name", "x-wr-calname"):
        made.add(heading, clean(name))
    for hint in ("refresh-interval", "x-published-ttl"):
        made.add(hint, REFRESH, parameters={"VALUE": "DURATION"})
    made.add_component(Timezone.from_ical(BERLIN))
    for offer in offers:
        for number, schedule in enumerate(offer.schedules):
            for event in _events(offer, f"{offer.uid}-{schedule.key or number}", schedule, calendar, today):
                made.add_component(event)
    return made.to_ical()


def _events(offer: CalendarOffer, uid: str, schedule: Schedule, calendar: DayCalendar, today: date) -> list[Event]:
    parts = to_ical_parts(schedule, calendar, today)
    if parts is None:
        return []
    usual = _event(offer, uid, parts.begins, parts.ends)
    if parts.rule:
        usual.add("rrule", vRecur.from_ical(parts.rule))
    if parts.left_out:
        usual.add("exdate", list(parts.left_out))
    singles = [_single(offer, f"{uid}-{each.day:%Y%m%d}", each) for each in parts.single]
    seal(usual, singles, schedule)
    return [usual, *singles]


def _single(offer: CalendarOffer, uid: str, occurrence: Occurrence) -> Event:
    event = _event(offer, uid, occurrence.day if occurrence.all_day else occurrence.begins, occurrence.ends)
    if occurrence.note:
        event.add("comment", clean(occurrence.note))
    return event


def _event(offer: CalendarOffer, uid: str, begins: date | datetime, ends: date | datetime | None) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", offer.changed_at)
    event.add("last-modified", offer.changed_at)
    event.add("sequence", offer.sequence)
    event.add("dtstart", begins)
    if ends is not None and type(ends) is type(begins):
        event.add("dtend", ends)
    event.add("summary", clean(offer.title))
    if offer.description:
        event.add("description", clean(offer.description))
    if offer.place:
        event.add("location", clean(offer.place))
    if offer.point:
        event.add("geo", offer.point)
    if offer.url:
        event.add("url", offer.url)
    if offer.provider:
        event.add("contact", clean(offer.provider))
    event.add("status", "CANCELLED" if offer.cancelled else "CONFIRMED")
    return event
