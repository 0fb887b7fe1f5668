"""Single dates of a calendar file as times, and what an entry says of its time in words."""

from datetime import date, datetime, time, timedelta

from kommpass.adapters.offer_files.calendar_events import Entry, When
from kommpass.domain.schedules import Schedule
from kommpass.domain.schedules.model import MIDNIGHT

DAY = timedelta(days=1)


def single(begins: When | None, ends: When | None) -> list[Schedule]:
    """A date from begin to end. What lasts more than a day is its evening, the whole days between, and its morning.

    >>> [(each.begins, each.starts, each.ends) for each in single(datetime(2027, 3, 5, 18), datetime(2027, 3, 6, 20))]
    [('2027-03-05', '18:00', '24:00'), ('2027-03-06', '00:00', '20:00')]
    """
    if begins is None or (ends is not None and (type(ends) is not type(begins) or ends < begins)):
        return []
    if not isinstance(begins, datetime):
        return [_days(begins, ends - DAY if ends is not None and ends > begins else begins)]
    if not isinstance(ends, datetime) or ends - begins <= DAY:
        return [_date(begins.date(), *clocks(begins, ends))]
    first, last = begins.date(), ends.date()
    made = [_date(first, f"{begins:%H:%M}", MIDNIGHT)]
    if last - first > DAY:
        made.append(_days(first + DAY, last - DAY))
    return made if ends.time() == time() else [*made, _date(last, "00:00", f"{ends:%H:%M}")]


def clocks(begins: When, ends: When | None) -> tuple[str, str]:
    """Begin and end by the clock, of what lasts a day at most; "" for a whole day, and where nobody said."""
    if not isinstance(begins, datetime):
        return "", ""
    if not isinstance(ends, datetime) or ends == begins:
        return f"{begins:%H:%M}", ""
    return f"{begins:%H:%M}", MIDNIGHT if ends.time() == time() else f"{ends:%H:%M}"


def lasts_a_day_at_most(begins: When, ends: When | None) -> bool:
    """Whether the end can stand beside the begin of each day of a series."""
    if ends is None:
        return True
    return type(ends) is type(begins) and begins <= ends and ends - begins <= DAY


def day_of(when: When) -> date:
    return when.date() if isinstance(when, datetime) else when


def _date(day: date, starts: str, ends: str) -> Schedule:
    return Schedule(kind="session", begins=day.isoformat(), starts=starts, ends=ends, public_holidays="on")


def _days(first: date, last: date) -> Schedule:
    """Whole days."""
    if first == last:
        return _date(first, "", "")
    return Schedule(
        kind="session", rule="FREQ=DAILY", begins=first.isoformat(), until=last.isoformat(), public_holidays="on"
    )


def words_of(entry: Entry) -> str:
    """What an entry says of its time, for people: as far as it can be read, and the rest as it is written."""
    said = [_written(each) for each in (entry.begins, entry.ends) if each is not None]
    lines = [*(f"Wiederholung {each}" for each in entry.rules), *entry.unread]
    return "; ".join(each for each in (" bis ".join(said), *lines) if each)


def _written(when: When) -> str:
    return f"{when:%d.%m.%Y, %H:%M} Uhr" if isinstance(when, datetime) else f"{when:%d.%m.%Y}"
