"""What one entry of a calendar file (VEVENT, RFC 5545) says, in plain values and in the town's time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from icalendar import Event

from kommpass.domain.schedules import BERLIN

When = date | datetime
"""A day, or a moment by the clocks of the town (without a zone)."""
HIDDEN = ("PRIVATE", "CONFIDENTIAL")


@dataclass(frozen=True)
class Addition:
    """A day that comes in addition to the rule (RDATE); without an end of its own it lasts as long as the others."""

    begins: When
    ends: When | None = None


@dataclass(frozen=True)
class Entry:
    """One VEVENT. `rules` are as written; `zone` is the zone of the begin where it is another one than the town's.

    `replaces` is the day or moment of the series that this entry changes (RECURRENCE-ID). `unread` is what says when,
    but cannot be read. `event` is the entry itself.
    """

    event: Event
    uid: str
    begins: When | None
    ends: When | None
    zone: tzinfo | None
    rules: tuple[str, ...]
    added: tuple[Addition, ...]
    left_out: tuple[When, ...]
    replaces: When | None
    following_too: bool
    sequence: int
    cancelled: bool
    unread: tuple[str, ...]

    def text(self, name: str) -> str:
        return text_of(self.event, name)


def entry_of(event: Event) -> Entry:
    """The entry of a component. What is broken in it stands in `unread`; nothing is raised."""
    start = _moment(event, "DTSTART")
    broken = [f"{name}:{value}" for name in _TIMES for value in _several(event, name) if _is_broken(value)]
    broken += [f"{name}:{each}" for name in _LISTS for value in _several(event, name) for each in _no_days(value)]
    again = next(iter(_several(event, "RECURRENCE-ID")), None)
    return Entry(
        event=event,
        uid=text_of(event, "UID"),
        begins=_local(start),
        ends=_end(event, start),
        zone=_foreign_zone(start),
        rules=tuple(_rule_text(each) for each in _several(event, "RRULE")),
        added=tuple(_addition(each) for value in _several(event, "RDATE") for each in _days(value)),
        left_out=tuple(_local(each) for value in _several(event, "EXDATE") for each in _days(value)),
        replaces=_local(_moment(event, "RECURRENCE-ID")),
        following_too=getattr(again, "params", {}).get("RANGE", "") == "THISANDFUTURE",
        sequence=_number(text_of(event, "SEQUENCE")),
        cancelled=text_of(event, "STATUS").upper() == "CANCELLED",
        unread=tuple([*broken, *(f"EXRULE:{_rule_text(each)}" for each in _several(event, "EXRULE"))]),
    )


_TIMES = ("DTSTART", "DTEND", "DURATION", "EXDATE", "RDATE", "RECURRENCE-ID")
_LISTS = ("EXDATE", "RDATE")


def is_hidden(event: Event) -> bool:
    """Whether the entry is nobody's business but its owner's."""
    return text_of(event, "CLASS").upper() in HIDDEN


def text_of(event: Event, name: str) -> str:
    """The text of a property, of the first one where there are several."""
    first = next(iter(_several(event, name)), "")
    return str(first).strip()


def _several(event: Event, name: str) -> list[Any]:
    value = event.get(name)
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _is_broken(value: Any) -> bool:
    """The library keeps what it cannot read as a text and says nothing."""
    return isinstance(value, str)


def _moment(event: Event, name: str) -> Any:
    first = next(iter(_several(event, name)), None)
    return None if first is None or _is_broken(first) else getattr(first, "dt", None)


def _days(value: Any) -> list[Any]:
    return [each for each in _listed(value) if _says_when(each)]


def _no_days(value: Any) -> list[Any]:
    """Times without a day: what is left of EXDATE:20270119 if its end is lost."""
    return [each for each in _listed(value) if not _says_when(each)]


def _listed(value: Any) -> list[Any]:
    return [] if _is_broken(value) else [each.dt for each in getattr(value, "dts", [])]


def _says_when(value: Any) -> bool:
    """A day, a moment, or a period that begins with one of these."""
    return isinstance(value[0] if isinstance(value, tuple) else value, date)


def _addition(value: Any) -> Addition:
    """A day, a moment, or a period with its end or its length."""
    if not isinstance(value, tuple):
        return Addition(_local(value))
    begins, ends = value
    try:
        return Addition(_local(begins), _local(begins + ends if isinstance(ends, timedelta) else ends))
    except OverflowError:
        return Addition(_local(begins))


def _local(value: Any) -> Any:
    """By the clocks of the town. What has no zone is meant so already."""
    if isinstance(value, datetime):
        try:
            moment = value.astimezone(BERLIN) if value.tzinfo else value
        except OverflowError:  # the end of the calendar, which stands for "for ever"
            moment = value
        return moment.replace(tzinfo=None, second=0, microsecond=0, fold=0)
    return value if isinstance(value, date) else None


def _end(event: Event, start: Any) -> When | None:
    """The end; a length is one too, and a day without either lasts until the next one."""
    ends = _moment(event, "DTEND")
    if ends is None and isinstance(start, date) and isinstance(length := _moment(event, "DURATION"), timedelta):
        try:
            ends = start + length
        except OverflowError:
            ends = None
    return _local(ends)


def _foreign_zone(start: Any) -> tzinfo | None:
    zone = start.tzinfo if isinstance(start, datetime) else None
    return None if zone is None or str(zone) == BERLIN.key else zone


def _rule_text(value: Any) -> str:
    return str(value) if _is_broken(value) else value.to_ical().decode()


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
