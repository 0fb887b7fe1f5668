"""When an offer takes place: the single times of a schedule, whether it is open now, and when next."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from kommpass.domain.schedules.model import BERLIN, MIDNIGHT, DayCalendar, Occurrence, OtherDay, Schedule, clock_of
from kommpass.domain.schedules.rules import Rule, RuleRefused, falls_on, read_rule

LONGEST_SPAN_DAYS = 7305
"""Twenty years: no page shows more, and no question can keep the house busy for ever."""
AT_THE_PLACE = ("open", "session")


def occurrences(schedule: Schedule, first: date, last: date, calendar: DayCalendar) -> list[Occurrence]:
    """The times that begin on the days from `first` to `last` (both included), in order.

    Local time stays the same over clock changes; an hour that the clock leaves out is read as RFC 5545 says (with
    the offset before), one that comes twice is the first. A schedule with a mistake (see `check`) has no times.
    A single date does not ask for holidays: whoever names a day means it. Later than LONGEST_SPAN_DAYS is left out.

    >>> weekly = Schedule(rule="FREQ=WEEKLY;BYDAY=TU", starts="15:00", ends="17:00")
    >>> [str(each.begins) for each in occurrences(weekly, date(2027, 3, 23), date(2027, 4, 1), DayCalendar())]
    ['2027-03-23 15:00:00+01:00', '2027-03-30 15:00:00+02:00']
    """
    rule, readable = _rule(schedule)
    if not readable:
        return []
    others = _other_days(schedule)
    found = (_on(schedule, rule, others.get(day), day, calendar) for day in _days(first, last))
    return [each for each in found if each is not None]


def _days(first: date, last: date) -> Iterator[date]:
    for place in range(min((last - first).days, LONGEST_SPAN_DAYS) + 1):
        yield first + timedelta(days=place)


def _rule(schedule: Schedule) -> tuple[Rule | None, bool]:
    """The rule, None for a single date, and whether the schedule can be read at all."""
    if (schedule.begins and not schedule.first_day) or (schedule.until and not schedule.last_day):
        return None, False
    if not _readable_times(schedule.starts, schedule.ends):
        return None, False
    try:
        return (read_rule(schedule.rule) if schedule.rule else None), True
    except RuleRefused:
        return None, False


def _readable_times(starts: str, ends: str) -> bool:
    if not starts:
        return not ends
    return clock_of(starts) is not None and (ends in ("", MIDNIGHT) or clock_of(ends) is not None)


def _other_days(schedule: Schedule) -> dict[date, OtherDay]:
    """The days that differ. What is called off stays so, whatever else is said of the day."""
    found: dict[date, OtherDay] = {}
    for each in schedule.exceptions:
        try:
            day = date.fromisoformat(each.on)
        except ValueError:
            continue
        if not _readable_times(each.starts, each.ends):
            each = OtherDay(each.on, off=True)
        if day not in found or each.off:
            found[day] = each
    return found


def usual_day(schedule: Schedule, rule: Rule | None, day: date) -> bool:
    """Whether the rule or the single date falls on this day, before holidays and exceptions."""
    if rule is None:
        return day == schedule.first_day
    if schedule.last_day is not None and day > schedule.last_day:
        return False
    return falls_on(rule, day, schedule.first_day)


def holidays_allow(schedule: Schedule, rule: Rule | None, day: date, calendar: DayCalendar) -> bool:
    if rule is None:
        return True
    if schedule.public_holidays != "on" and calendar.is_public_holiday(day):
        return False
    return schedule.school_holidays == "on" or calendar.is_school_holiday(day) == (schedule.school_holidays == "only")


def _on(
    schedule: Schedule, rule: Rule | None, other: OtherDay | None, day: date, calendar: DayCalendar
) -> Occurrence | None:
    if other is not None:
        if other.off:
            return None
        usual = usual_day(schedule, rule, day) and holidays_allow(schedule, rule, day, calendar)
        starts, ends = (other.starts, other.ends) if other.starts else (schedule.starts, schedule.ends)
        return _at(schedule, day, starts, ends, changed=bool(other.starts) or not usual, note=other.note)
    if usual_day(schedule, rule, day) and holidays_allow(schedule, rule, day, calendar):
        return _at(schedule, day, schedule.starts, schedule.ends)
    return None


def _at(
    schedule: Schedule, day: date, starts: str, ends: str, *, changed: bool = False, note: str = ""
) -> Occurrence | None:
    begins, finishes = hours_on(day, starts, ends)
    if begins is None:
        return None
    return Occurrence(schedule, day, begins, finishes, all_day=not starts, changed=changed, note=note)


def hours_on(day: date, starts: str, ends: str) -> tuple[datetime | None, datetime | None]:
    """Begin and end on a day in Berlin. No time: from midnight to midnight; no end: None. (None, None): no such hours.

    >>> [str(each) for each in hours_on(date(2027, 3, 27), "22:00", "04:00")]
    ['2027-03-27 22:00:00+01:00', '2027-03-28 04:00:00+02:00']
    """
    begin = clock_of(starts) if starts else time()
    end = time() if ends == MIDNIGHT or not starts else clock_of(ends)
    if begin is None:
        return None, None
    begins = datetime.combine(day, begin, BERLIN)
    if end is None:
        return begins, None
    later = end <= begin or not starts
    if later and day == date.max:
        return None, None
    return begins, datetime.combine(day + timedelta(days=1) if later else day, end, BERLIN)


def open_at(
    schedules: Iterable[Schedule], moment: datetime, calendar: DayCalendar, kinds: Collection[str] = AT_THE_PLACE
) -> Occurrence | None:
    """The time that runs at this moment, the one that ends last; None: closed, or nobody said until when.

    `moment` bears its zone. What has no time or no end does not count: nobody shall stand before a closed door.
    """
    now = _instant(moment)
    today = now.astimezone(BERLIN).date()
    running = [
        (_instant(each.ends), -place, each)
        for place, schedule in enumerate(schedules)
        if schedule.kind in kinds
        for each in occurrences(schedule, today - timedelta(days=1), today, calendar)
        if each.ends is not None and not each.all_day and _instant(each.begins) <= now < _instant(each.ends)
    ]
    return max(running, key=lambda entry: entry[:2])[2] if running else None


def next_occurrence(
    schedules: Iterable[Schedule],
    moment: datetime,
    calendar: DayCalendar,
    within_days: int = 60,
    kinds: Collection[str] = AT_THE_PLACE,
) -> Occurrence | None:
    """The next time that begins at this moment or later, today's if it has no hour; None: not within so many days."""
    now = _instant(moment)
    today = now.astimezone(BERLIN).date()
    best: Occurrence | None = None
    for schedule in schedules:
        if schedule.kind not in kinds:
            continue
        end = today + timedelta(days=within_days) if best is None else best.day
        found = _first_after(schedule, now, today, end, calendar)
        if found is not None and (best is None or _instant(found.begins) < _instant(best.begins)):
            best = found
    return best


def _first_after(schedule: Schedule, now: datetime, today: date, end: date, calendar: DayCalendar) -> Occurrence | None:
    rule, readable = _rule(schedule)
    if not readable:
        return None
    others = _other_days(schedule)
    for day in _days(today, end):
        found = _on(schedule, rule, others.get(day), day, calendar)
        if found is not None and (found.all_day or _instant(found.begins) >= now):
            return found
    return None


def _instant(moment: datetime) -> datetime:
    """In UTC: two local times of the same zone would be compared by what the clock on the wall shows."""
    if moment.tzinfo is None:
        raise ValueError(f"expected a moment with a time zone, got {moment!r}")
    return moment.astimezone(UTC)
