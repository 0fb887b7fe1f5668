"""Times in the words of HSDS, which knows weekly and monthly rules only: what it cannot say stands in words and in
the calendar file, which is the one to rely on."""

from functools import lru_cache
from typing import Any

from kommpass.domain.schedules import DAY_CODES, Rule, RuleRefused, Schedule, describe, read_rule
from kommpass.domain.schedules.model import BERLIN, MIDNIGHT
from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.hsds.ids import child
from kommpass.open_data.hsds.plain import known
from kommpass.open_data.queries.rows import OfferRow

EVERY_DAY = tuple((0, day) for day in range(7))


def schedules(row: OfferRow, frame: Frame, *, location: str = "", at: dict[str, str] | None = None) -> list[dict]:
    """The times of an offer that belong to this location ("": to no certain one). `at` says which row they hang on."""
    made = []
    for number, each in enumerate(row.content.times):
        if each.location != location:
            continue
        made.append(
            {"id": child(row.key, "schedule", each.key or number), "service_id": row.key}
            | (at or {})
            | _said(each, "online" if row.content.formats == ("online",) else "")
            | _hours(each, frame)
            | {"schedule_link": frame.calendar.format(row.key)}
        )
    if not location and row.content.times_text:
        made.append({
            "id": child(row.key, "schedule", "text"),
            "service_id": row.key,
            "description": row.content.times_text,
        })  # fmt: skip
    return made


def _hours(schedule: Schedule, frame: Frame) -> dict[str, Any]:
    """Opening and closing, with the distance from UTC that holds on the day of the answer."""
    if not schedule.starts:
        return {}
    made: dict[str, Any] = {"opens_at": schedule.starts + frame.offset, "timezone": frame.hours_from_utc}
    if schedule.ends:
        made["closes_at"] = ("00:00" if schedule.ends == MIDNIGHT else schedule.ends) + frame.offset
    return made


@lru_cache(maxsize=8192)
def _said(schedule: Schedule, attending: str) -> dict[str, Any]:
    """What does not depend on the offer and the day."""
    return known(
        {
            **_rule(schedule),
            "description": describe(schedule),
            "attending_type": attending or ("phone" if schedule.kind == "phone" else "in-person"),
            "notes": _notes(schedule),
            "x_rrule": schedule.rule,
            "x_timezone": BERLIN.key if schedule.starts else "",
            "x_public_holidays": schedule.public_holidays if schedule.rule else "",
            "x_school_holidays": schedule.school_holidays if schedule.rule else "",
        }
    )


def _notes(schedule: Schedule) -> str:
    """What else was said, and the single days that differ."""
    days = []
    for each in schedule.exceptions:
        hours = f" {each.starts}–{each.ends}" if each.starts else ""
        what = "fällt aus" if each.off else f"findet statt{hours}"
        days.append(f"{each.on}: {what}" + (f" ({each.note})" if each.note else ""))
    return "\n".join([*([schedule.note] if schedule.note else []), *days])


def _rule(schedule: Schedule) -> dict[str, Any]:
    """The rule as far as HSDS can say it: all of it or nothing, because half a rule would be another one."""
    begins = schedule.begins if schedule.first_day else ""
    until = schedule.until if schedule.last_day else ""
    if not schedule.rule:
        return {"dtstart": begins, "until": begins, "valid_from": begins, "valid_to": begins}
    span = {"valid_from": begins, "valid_to": until}
    try:
        rule = read_rule(schedule.rule)
    except RuleRefused:
        return span
    said = _weekly(rule, schedule) or _monthly(rule, schedule)
    if not said:
        return span
    return {
        **span,
        "dtstart": begins,
        "until": until,
        "count": rule.count or None,
        "wkst": DAY_CODES[rule.week_starts],
        "interval": rule.interval,
        **said,
    }


def _weekly(rule: Rule, schedule: Schedule) -> dict[str, str]:
    """Weekly rules, and daily ones: each day is each weekday of a week."""
    daily = rule.freq == "DAILY" and rule.interval == 1
    if not (daily or rule.freq == "WEEKLY") or rule.months or rule.month_days or rule.positions:
        return {}
    days = rule.days or (EVERY_DAY if daily else _weekday_of_begin(schedule))
    return {"freq": "WEEKLY", "byday": _codes(days)}


def _weekday_of_begin(schedule: Schedule) -> tuple[tuple[int, int], ...]:
    return ((0, schedule.first_day.weekday()),) if schedule.first_day else ()


def _monthly(rule: Rule, schedule: Schedule) -> dict[str, str]:
    if rule.freq != "MONTHLY" or rule.months or rule.positions:
        return {}
    days = rule.month_days
    if not rule.days and not days and schedule.first_day:
        days = (schedule.first_day.day,)
    return {"freq": "MONTHLY", "byday": _codes(rule.days), "bymonthday": ",".join(map(str, days))}


def _codes(days: tuple[tuple[int, int], ...]) -> str:
    return ",".join(f"{which or ''}{DAY_CODES[day]}" for which, day in days)
