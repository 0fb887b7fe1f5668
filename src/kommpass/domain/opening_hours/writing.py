"""Writes weekly times in the syntax of OpenStreetMap (`opening_hours`), so that maps can show them."""

from collections.abc import Iterable

from kommpass.domain.schedules import DAY_CODES, RuleRefused, Schedule, read_rule

_WRITTEN_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def write(schedules: Iterable[Schedule]) -> str:
    """The plain weekly opening hours in one line; what this syntax cannot say is left out (see `writable`).

    Each row keeps its place, so that `read` finds the same rows again. Public holidays are always said: "PH off", or
    the weekdays that are open on them too.

    >>> weekly = Schedule(rule="FREQ=WEEKLY;BYDAY=MO,TU,WE", starts="09:00", ends="12:00", school_holidays="off")
    >>> write([weekly])
    'Mo-We 09:00-12:00; SH off; PH off'
    """
    rows = [each for each in schedules if writable(each)]
    usual = [each for each in rows if each.school_holidays != "only"]
    parts: list[str] = []
    paused = [each for each in usual if each.school_holidays == "off"]
    if paused:
        parts += [", ".join(_row(each) for each in paused), "SH off"]
    going_on = [each for each in usual if each.school_holidays == "on"]
    text = "; ".join(parts)
    for each in going_on:
        text += f", {_row(each)}" if text else _row(each)
    return text + _holidays(rows, text)


def _holidays(rows: list[Schedule], text: str) -> str:
    """What is open in school holidays only, and the public holidays."""
    more = [f"SH {_row(each)}" for each in rows if each.school_holidays == "only"]
    if any(each.public_holidays != "on" for each in rows):
        more.append("PH off")
    more += [f"PH {_row(each)}" for each in rows if each.public_holidays == "on" and each.school_holidays != "only"]
    return ("; " if text and more else "") + "; ".join(more)


def writable(schedule: Schedule) -> bool:
    """Whether the row is plain: opening hours with a begin, every week, without dates, exceptions and notes."""
    plain = Schedule(
        rule=schedule.rule,
        starts=schedule.starts,
        ends=schedule.ends,
        public_holidays=schedule.public_holidays,
        school_holidays=schedule.school_holidays,
    )
    if schedule != plain or not schedule.starts:
        return False
    if schedule.school_holidays == "only" and schedule.public_holidays == "on":
        return False
    try:
        rule = read_rule(schedule.rule)
    except RuleRefused:
        return False
    days = ",".join(DAY_CODES[day] for _which, day in rule.days)
    return schedule.rule == f"FREQ=WEEKLY;BYDAY={days}"


def _row(schedule: Schedule) -> str:
    days = [day for _which, day in read_rule(schedule.rule).days]
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    names = ",".join(
        f"{_WRITTEN_DAYS[run[0]]}-{_WRITTEN_DAYS[run[-1]]}" if len(run) > 1 else _WRITTEN_DAYS[run[0]] for run in runs
    )
    return f"{names} {schedule.starts}-{schedule.ends}" if schedule.ends else f"{names} {schedule.starts}+"
