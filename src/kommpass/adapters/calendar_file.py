"""Writes a calendar file (RFC 5545) that any calendar program can subscribe to: all-day entries and nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, Timezone

PRODUCT = "-//Kommpass//Fristen//DE"
REFRESH = timedelta(hours=6)

# The standard wants something in every calendar, also in one without entries: the time zone is always there.
BERLIN = """\
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True)
class DayEntry:
    """An all-day entry. `uid` stays the same for the same thing, so that a program knows it again."""

    uid: str
    on: date
    summary: str
    description: str = ""
    categories: Sequence[str] = ()
    url: str = ""


def calendar_file(entries: Iterable[DayEntry], *, name: str, stamp: datetime) -> bytes:
    """The file. `stamp` is the moment that all entries bear: the same content gives the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for heading in ("name", "x-wr-calname"):
        calendar.add(heading, clean(name))
    for hint in ("refresh-interval", "x-published-ttl"):
        calendar.add(hint, REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add_component(Timezone.from_ical(BERLIN))
    for entry in entries:
        calendar.add_component(_event(entry, stamp))
    return calendar.to_ical()


def _event(entry: DayEntry, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", stamp)
    event.add("dtstart", entry.on)
    event.add("dtend", entry.on + timedelta(days=1))
    event.add("summary", clean(entry.summary))
    if entry.description:
        event.add("description", clean(entry.description))
    if entry.categories:
        event.add("categories", [clean(each) for each in entry.categories])
    if entry.url:
        event.add("url", entry.url)
    # A deadline is no appointment: the day stays free.
    event.add("transp", "TRANSPARENT")
    return event


def clean(text: str) -> str:
    """Without control characters, which the standard forbids; line breaks stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(sign if sign.isprintable() else " " for sign in line) for line in lines)
