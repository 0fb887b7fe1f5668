"""What is wrong with a schedule, as sentences for whoever typed it, and what one should know about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kommpass.domain.schedules.model import (
    KINDS,
    MIDNIGHT,
    PUBLIC_HOLIDAYS,
    SCHOOL_HOLIDAYS,
    OtherDay,
    Schedule,
    clock_of,
    day_of,
)
from kommpass.domain.schedules.rules import Rule, RuleRefused, first_match, read_rule
from kommpass.domain.words import _

MOST_EXCEPTIONS = 400
_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class Problem:
    """One thing to mend: in which field (a JSON key), the sentence, and its values."""

    field: str
    message: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        return self.message.format(**dict(self.values))


def _problem(field: str, message: str, **values: str) -> Problem:
    return Problem(field, message, tuple(values.items()))


def check(schedule: Schedule) -> list[Problem]:
    """Everything that is wrong, in the order of the form; empty: the schedule can be used.

    >>> [each.sentence for each in check(Schedule(rule="FREQ=WEEKLY;BYDAY=TU", starts="25:00", ends="26:00"))]
    ['Die Uhrzeit „25:00“ gibt es nicht.', 'Die Uhrzeit „26:00“ gibt es nicht.']
    >>> [each.sentence for each in check(Schedule(rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31"))]
    ['Zu dieser Wiederholung passt kein einziger Tag. Bitte prüfen Sie sie.']
    """
    return [
        *_words(schedule),
        *_dates(schedule),
        *_rule(schedule),
        *_times(schedule.starts, schedule.ends),
        *_exceptions(schedule),
    ]


def _words(schedule: Schedule) -> Iterator[Problem]:
    choices = {"kind": KINDS, "public_holidays": PUBLIC_HOLIDAYS, "school_holidays": SCHOOL_HOLIDAYS}
    for field, known in choices.items():
        if (value := getattr(schedule, field)) not in known:
            yield _problem(field, _("„{value}“ ist keine der Möglichkeiten: {known}."),
                           value=value, known=", ".join(known))  # fmt: skip


def _dates(schedule: Schedule) -> Iterator[Problem]:
    for field, text, day in (
        ("from", schedule.begins, schedule.first_day),
        ("until", schedule.until, schedule.last_day),
    ):
        if text and day is None:
            yield _problem(field, _("Das Datum „{text}“ gibt es nicht."), text=text)
    first, last = schedule.first_day, schedule.last_day
    if first and last and last < first:
        yield _problem("until", _("Das Ende liegt vor dem Beginn."))
    elif not schedule.rule and last and last != first:
        yield _problem(
            "until", _("Ein einzelner Termin hat kein Ende-Datum. Für mehrere Tage wählen Sie bitte „täglich“.")
        )


def _rule(schedule: Schedule) -> Iterator[Problem]:
    if not schedule.rule:
        if not schedule.begins and schedule.kind != "arrangement":
            yield _problem("from", _("Bitte nennen Sie ein Datum oder eine Wiederholung."))
        return
    try:
        rule = read_rule(schedule.rule)
    except RuleRefused as refused:
        yield Problem("rule", refused.message, tuple(refused.values.items()))
        return
    if rule.needs_first_day and not schedule.begins:
        yield _problem("from", _("Bitte nennen Sie den ersten Termin: Ohne ihn steht nicht fest, an welchen Tagen."))
    elif not list(_dates(schedule)):
        yield from _never(schedule, rule)


def _never(schedule: Schedule, rule: Rule) -> Iterator[Problem]:
    first, last = schedule.first_day, schedule.last_day
    begin = first or _ANY_DAY
    if first_match(rule, first, begin) is None:
        yield _problem("rule", _("Zu dieser Wiederholung passt kein einziger Tag. Bitte prüfen Sie sie."))
    elif first and last and first_match(rule, first, begin, last) is None:
        yield _problem("until", _("Zwischen Beginn und Ende liegt kein einziger Termin."))


def _times(starts: str, ends: str, field: str = "") -> Iterator[Problem]:
    if starts and clock_of(starts) is None:
        yield _problem(field or "starts", _("Die Uhrzeit „{text}“ gibt es nicht."), text=starts)
    if ends and ends != MIDNIGHT and clock_of(ends) is None:
        yield _problem(field or "ends", _("Die Uhrzeit „{text}“ gibt es nicht."), text=ends)
    elif ends and not starts:
        yield _problem(field or "starts", _("Bitte nennen Sie auch die Uhrzeit, zu der es beginnt."))


def _exceptions(schedule: Schedule) -> Iterator[Problem]:
    if len(schedule.exceptions) > MOST_EXCEPTIONS:
        yield _problem("exceptions", _("Mehr als {most} Ausnahmen sind nicht möglich."), most=str(MOST_EXCEPTIONS))
    seen: set[str] = set()
    for each in schedule.exceptions:
        yield from _exception(each)
        if each.on in seen:
            yield _problem("exceptions", _("Für den {day} stehen zwei Ausnahmen da."), day=each.on)
        seen.add(each.on)


def _exception(each: OtherDay) -> Iterator[Problem]:
    if day_of(each.on) is None:
        yield _problem("exceptions", _("Das Datum „{text}“ gibt es nicht."), text=each.on)
    yield from _times(each.starts, each.ends, "exceptions")
    if each.off and each.starts:
        yield _problem("exceptions", _("Am {day} fällt der Termin aus und hat doch eine Uhrzeit."), day=each.on)


def hints(schedule: Schedule) -> list[Problem]:
    """What is right but may surprise: days that not every month or year has. Nothing has to be mended.

    >>> [each.sentence for each in hints(Schedule(rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"))]
    ['Den 29. Februar gibt es nur in Schaltjahren; in den anderen Jahren fällt der Termin aus.']
    """
    try:
        rule = read_rule(schedule.rule) if schedule.rule else None
    except RuleRefused:
        return []
    if rule is None:
        return []
    days, months = _days_of_month(rule, schedule.first_day)
    if days == {29} and months == {2}:
        return [
            _problem(
                "rule", _("Den 29. Februar gibt es nur in Schaltjahren; in den anderen Jahren fällt der Termin aus.")
            )
        ]
    if days and min(days) > 28 and any(month in (2, 4, 6, 9, 11) for month in months):
        return [_problem("rule", _("Den {day}. gibt es nicht in jedem Monat; dann fällt der Termin aus."),
                         day=str(min(days)))]  # fmt: skip
    if any(abs(which) == 5 for which, _day in rule.days):
        return [_problem("rule", _("Einen fünften Wochentag gibt es nicht in jedem Monat; dann fällt der Termin aus."))]
    return []


def _days_of_month(rule: Rule, first: date | None) -> tuple[set[int], set[int]]:
    days, months = set(rule.month_days), set(rule.months) or set(range(1, 13))
    if rule.freq in ("MONTHLY", "YEARLY") and not (days or rule.days or rule.year_days) and first:
        days = {first.day}
        months = set(rule.months) or ({first.month} if rule.freq == "YEARLY" else months)
    return days, months
