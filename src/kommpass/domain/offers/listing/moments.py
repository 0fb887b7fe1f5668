"""Reads days and hours as lists write them, and makes the single dates of events out of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kommpass.domain.schedules import BERLIN, Schedule

_GERMAN_DAY = re.compile(
    r"(?:[A-Za-zäöü]{2,10}\.?,?\s+)?(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?!\d)(.*)", re.DOTALL
)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)(.*)", re.DOTALL)
_CLOCK = re.compile(
    r"[T,\s]*(?:um|ab)?\s*(\d{1,2})(?:[:.](\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*(?:Uhr|h)?\s*", re.IGNORECASE
)
_SPAN = re.compile(
    r"(?:von\s*)?(\d{1,2})(?:[:.](\d{2}))?\s*(?:Uhr|h)?\s*(?:-|–|—|bis)\s*(\d{1,2})(?:[:.](\d{2}))?\s*(?:Uhr|h)?\.?",
    re.IGNORECASE,
)
MIDNIGHT = "00:00"


@dataclass(frozen=True)
class Moment:
    """A day and, where it was said, a clock time such as "09:30"."""

    day: date
    clock: str = ""


def read_moment(text: str) -> Moment | None:
    """A moment in local time, None for what is none.

    >>> read_moment("2019-11-02T11:00:00+01:00"), read_moment("4.5.2014, 14 Uhr"), read_moment("31.02.2020")
    (Moment(day=datetime.date(2019, 11, 2), clock='11:00'), Moment(day=datetime.date(2014, 5, 4), clock='14:00'), None)
    """
    text = text.strip()
    if _ISO_DAY.fullmatch(text) and (exact := _exact(text)):
        return exact
    if found := _GERMAN_DAY.fullmatch(text):
        day, month, year, rest = found.groups()
    elif found := _ISO_DAY.fullmatch(text):
        year, month, day, rest = found.groups()
    else:
        return None
    clock = _clock(rest)
    try:
        return (
            None
            if clock is None
            else Moment(date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day)), clock)
        )
    except ValueError:
        return None


def _exact(text: str) -> Moment | None:
    """ISO 8601 with an offset or without one."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is not None:
        moment = moment.astimezone(BERLIN)
    return Moment(moment.date(), "" if len(text) == 10 else f"{moment:%H:%M}")


def _clock(text: str) -> str | None:
    """ "" for nothing said, None for what is no time of day."""
    if not text.strip(" ,"):
        return ""
    found = _CLOCK.fullmatch(text)
    return _written(found[1], found[2]) or None if found else None


def _written(hour: str, minute: str | None) -> str:
    return f"{int(hour):02}:{minute or '00'}" if int(hour) < 24 and int(minute or 0) < 60 else ""


def read_span(text: str) -> tuple[str, str] | None:
    """The hours of "14:00-18:00 Uhr"; of "14:30 Uhr" only the begin; None for anything else.

    >>> read_span("14-18 Uhr"), read_span("14:30 Uhr"), read_span("nachmittags"), read_span("25-26 Uhr")
    (('14:00', '18:00'), ('14:30', ''), None, None)
    """
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        clock = _clock(text)
        return (clock, "") if clock else None
    starts, ends = _written(found[1], found[2]), "24:00" if found[3] == "24" else _written(found[3], found[4])
    return (starts, ends) if starts and ends else None


def session(begins: Moment, ends: Moment | None, hours: tuple[str, str] | None = None) -> Schedule | None:
    """One date from its begin and end, or from a day and its hours; None where the end lies before the begin.

    Midnight to midnight are whole days. What lasts several days is read as "daily, at these hours"; what ends in the
    early hours of the next day is one evening.

    >>> made = session(read_moment("2019-11-02 11:00"), read_moment("2019-11-03 17:00"))
    >>> made.rule, made.begins, made.until, made.starts, made.ends
    ('FREQ=DAILY', '2019-11-02', '2019-11-03', '11:00', '17:00')
    """
    starts, closes, last = begins.clock, "", begins.day
    if hours and not starts:
        starts, closes = hours
    if ends is not None:
        last, closes = ends.day, ends.clock or closes
    if last < begins.day or (last == begins.day and ends is not None and starts and ends.clock and ends.clock < starts):
        return None
    if ends is not None and last > begins.day and closes == MIDNIGHT:
        last, closes = last - timedelta(days=1), "24:00"
    if starts == MIDNIGHT and closes in ("", "24:00", MIDNIGHT):
        starts = closes = ""
    if last == begins.day + timedelta(days=1) and starts and closes and closes <= starts:
        last = begins.day
    if not starts or closes == starts:
        closes = ""
    return _schedule(begins.day, last, starts, closes)


def _schedule(first: date, last: date, starts: str, ends: str) -> Schedule:
    several = last > first
    return Schedule(
        kind="session",
        rule="FREQ=DAILY" if several else "",
        begins=first.isoformat(),
        until=last.isoformat() if several else "",
        starts=starts,
        ends=ends,
        public_holidays="on",
    )


def written(schedules: Iterable[Schedule]) -> str:
    """Single dates as somebody would type them: "04.05.2014, 14:00–18:00 Uhr"."""
    return "\n".join(_written_date(each) for each in schedules)


def _written_date(schedule: Schedule) -> str:
    first, last = schedule.first_day, schedule.last_day
    days = f"{first:%d.%m.%Y}" if first else ""
    if last and last != first:
        days += f"–{last:%d.%m.%Y}"
    hours = "–".join(each for each in (schedule.starts, schedule.ends) if each)
    return f"{days}, {hours} Uhr" if hours else days
