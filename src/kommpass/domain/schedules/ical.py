"""Puts a schedule into the terms of a calendar file (RFC 5545): begin, end, rule, days left out, single times."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from kommpass.domain.schedules.model import BERLIN, DayCalendar, Occurrence, Schedule, day_of
from kommpass.domain.schedules.occurrences import holidays_allow, hours_on, occurrences, usual_day
from kommpass.domain.schedules.rules import RuleRefused, first_match, last_counted, read_rule

HORIZON_MONTHS = 24


@dataclass(frozen=True)
class ICalParts:
    """The values of one VEVENT. Days without a time are dates, else moments in Berlin (write them with a TZID).

    `ends` is None where nobody said until when. `left_out` (EXDATE) are days of the rule that do not take place, or
    at another hour. `single` are those other hours and the additional days: write each as an event of its own.
    """

    begins: datetime | date
    ends: datetime | date | None
    rule: str
    left_out: tuple[datetime | date, ...]
    single: tuple[Occurrence, ...]


def to_ical_parts(schedule: Schedule, calendar: DayCalendar, today: date) -> ICalParts | None:
    """The parts, or None where there is no time to write down (by arrangement, or with a mistake).

    Holidays are left out day by day for 24 months from `today` or the begin: calendar programs do not know them.
    What takes place in school holidays only therefore ends there. DTSTART is the first day of the rule, as the
    standard wants it; of a rule without a begin, the first one of this year, so that the file stays the same.
    """
    first = _first(schedule, today)
    if first is None:
        return None
    begins, ends = hours_on(first, schedule.starts, schedule.ends)
    if begins is None:
        return None
    horizon = _later(max(today, first), HORIZON_MONTHS)
    left_out, single = _other_days(schedule, calendar, first, horizon)
    if not schedule.starts:
        return ICalParts(first, first + timedelta(days=1), _rule_text(schedule, first, horizon), left_out, single)
    return ICalParts(begins, ends, _rule_text(schedule, first, horizon), left_out, single)


def _later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(min(year, date.max.year), month + 1, min(day.day, 28))


def _first(schedule: Schedule, today: date) -> date | None:
    """The first day of the rule, whether it takes place or not."""
    if not schedule.rule:
        return schedule.first_day
    try:
        rule = read_rule(schedule.rule)
    except RuleRefused:
        return None
    found = first_match(rule, schedule.first_day, schedule.first_day or date(today.year, 1, 1))
    return None if found is None or (schedule.last_day and found > schedule.last_day) else found


def _rule_text(schedule: Schedule, first: date, horizon: date) -> str:
    """The rule with its end. A rule has a count or an end, never both: then the earlier one becomes the end."""
    if not schedule.rule:
        return ""
    rule = read_rule(schedule.rule)
    last = schedule.last_day
    if schedule.school_holidays == "only":
        last = min(last or horizon, horizon)
    if last is None:
        return schedule.rule
    text = schedule.rule
    if rule.count:
        last = min(last, last_counted(rule, schedule.first_day or first))
        text = ";".join(each for each in text.split(";") if not each.startswith("COUNT="))
    if not schedule.starts:
        return f"{text};UNTIL={last:%Y%m%d}"
    end = datetime.combine(last, time(23, 59, 59), BERLIN).astimezone(UTC)
    return f"{text};UNTIL={end:%Y%m%dT%H%M%SZ}"


def _other_days(
    schedule: Schedule, calendar: DayCalendar, first: date, horizon: date
) -> tuple[tuple[datetime | date, ...], tuple[Occurrence, ...]]:
    """Which days of the rule do not take place as usual, and what takes place otherwise."""
    rule = read_rule(schedule.rule) if schedule.rule else None
    named = {day for each in schedule.exceptions if (day := day_of(each.on)) is not None}
    span = (horizon - first).days if rule else 0
    left_out: list[datetime | date] = []
    single: list[Occurrence] = []
    for day in sorted(named | {first + timedelta(days=place) for place in range(span + 1)}):
        usual = day >= first and usual_day(schedule, rule, day)
        if day not in named:
            if usual and not holidays_allow(schedule, rule, day, calendar):
                left_out.append(_moment(schedule, day))
            continue
        found = occurrences(schedule, day, day, calendar)
        single += [each for each in found if each.changed]
        if usual and all(each.changed for each in found):
            left_out.append(_moment(schedule, day))
    return tuple(left_out), tuple(single)


def _moment(schedule: Schedule, day: date) -> datetime | date:
    begins, _ends = hours_on(day, schedule.starts, schedule.ends)
    return begins if begins is not None and schedule.starts else day
