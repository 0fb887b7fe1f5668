"""Says a schedule in one line of German ("montags und mittwochs 9–12.30 Uhr, nicht in den Schulferien")."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kommpass.domain.moments import MONTHS
from kommpass.domain.schedules.model import MIDNIGHT, Schedule
from kommpass.domain.schedules.rules import Rule, RuleRefused, read_rule
from kommpass.domain.words import _

EACH_WEEKDAY = (
    _("montags"), _("dienstags"), _("mittwochs"), _("donnerstags"), _("freitags"), _("samstags"), _("sonntags"),
)  # fmt: skip
WEEKDAYS = (
    _("Montag"), _("Dienstag"), _("Mittwoch"), _("Donnerstag"), _("Freitag"), _("Samstag"), _("Sonntag"),
)  # fmt: skip
EACH_ORDINAL = {
    1: _("jeden ersten"), 2: _("jeden zweiten"), 3: _("jeden dritten"), 4: _("jeden vierten"), 5: _("jeden fünften"),
    -1: _("jeden letzten"), -2: _("jeden vorletzten"),
}  # fmt: skip
ORDINALS = {
    1: _("ersten"), 2: _("zweiten"), 3: _("dritten"), 4: _("vierten"), 5: _("fünften"),
    -1: _("letzten"), -2: _("vorletzten"),
}  # fmt: skip
_CODES_OF_A_WEEK = tuple(range(7))


@dataclass(frozen=True)
class Phrase:
    """A translatable text with its values, which may be phrases themselves."""

    message: str
    values: tuple[tuple[str, "str | Phrase"], ...] = ()

    def text(self, translate: Callable[[str], str] = str) -> str:
        """The words, each part put through `translate` (gettext, where people see them)."""
        values = {
            name: value if isinstance(value, str) else value.text(translate) for name, value in self.values
        }  # fmt: skip
        return translate(self.message).format(**values)


def _phrase(message: str, **values: "str | Phrase") -> Phrase:
    return Phrase(message, tuple(values.items()))


def describe(schedule: Schedule, translate: Callable[[str], str] = str, *, today: date | None = None) -> str:
    """The line. With `today` it also says when something begins that has not begun yet.

    >>> describe(Schedule(rule="FREQ=WEEKLY;BYDAY=MO,WE", starts="09:00", ends="12:30", school_holidays="off"))
    'montags und mittwochs 9–12.30 Uhr, nicht in den Schulferien'
    >>> describe(Schedule(begins="2027-03-04", starts="15:00", ends="17:00"))
    'am 4. März 2027, 15–17 Uhr'
    """
    return describe_phrase(schedule, today=today).text(translate)


def describe_phrase(schedule: Schedule, *, today: date | None = None) -> Phrase:
    """The same as one phrase, for whoever translates later."""
    try:
        rule = read_rule(schedule.rule) if schedule.rule else None
    except RuleRefused:
        return _phrase(_("Zeiten sind nicht lesbar"))
    line = _days_and_hours(schedule, rule)
    for each in _additions(schedule, rule, today):
        line = _phrase(_("{times}, {addition}"), times=line, addition=each)
    return line


def _days_and_hours(schedule: Schedule, rule: Rule | None) -> Phrase:
    days = _single_day(schedule) if rule is None else _rhythm(rule, schedule.first_day)
    hours = _hours(schedule)
    if days is None:
        return _phrase(_("nach Vereinbarung")) if schedule.kind == "arrangement" else _phrase(_("ohne Angabe"))
    line = days
    if hours is not None:
        weekly = rule is not None and rule.freq in ("WEEKLY", "DAILY") and not rule.months
        line = _phrase(_("{days} {hours}") if weekly else _("{days}, {hours}"), days=days, hours=hours)
    if schedule.kind == "phone":
        line = _phrase(_("telefonisch {times}"), times=line)
    if schedule.kind == "arrangement":
        line = _phrase(_("{times} nach Vereinbarung"), times=line)
    return line


def _single_day(schedule: Schedule) -> Phrase | None:
    return _phrase(_("am {day}"), day=_day(schedule.first_day)) if schedule.first_day else None


def _day(day: date) -> Phrase:
    return _phrase(_("{day}. {month} {year}"), day=str(day.day), month=_phrase(MONTHS[day.month - 1]),
                   year=str(day.year))  # fmt: skip


def _clock(text: str) -> str:
    hour, _colon, minute = text.partition(":")
    return str(int(hour)) if minute == "00" else f"{int(hour)}.{minute}"


def _hours(schedule: Schedule) -> Phrase | None:
    starts, ends = schedule.starts, schedule.ends
    if not starts:
        return None
    if (starts, ends) == ("00:00", MIDNIGHT):
        return _phrase(_("rund um die Uhr"))
    if ends:
        return _phrase(_("{starts}–{ends} Uhr"), starts=_clock(starts), ends=_clock(ends))
    if schedule.kind == "session":
        return _phrase(_("um {starts} Uhr"), starts=_clock(starts))
    return _phrase(_("ab {starts} Uhr"), starts=_clock(starts))


def _rhythm(rule: Rule, first: date | None) -> Phrase:
    days = {"DAILY": _daily, "WEEKLY": _weekly, "MONTHLY": _monthly, "YEARLY": _yearly}[rule.freq](rule, first)
    if days is None:
        return _phrase(_("in einem besonderen Rhythmus"))
    if rule.months and rule.freq != "YEARLY":
        return _phrase(_("{months} {days}"), months=_months(rule.months), days=days)
    return days


def _daily(rule: Rule, _first: date | None) -> Phrase | None:
    if rule.month_days:
        return None
    if rule.interval == 1:
        return _each_weekday(rule.days) if rule.days else _phrase(_("täglich"))
    if rule.days:
        return None
    if rule.interval == 2:
        return _phrase(_("jeden zweiten Tag"))
    return _phrase(_("alle {number} Tage"), number=str(rule.interval))


def _weekly(rule: Rule, first: date | None) -> Phrase | None:
    if not rule.days and first is None:
        return None
    days = _each_weekday(rule.days or ((0, first.weekday() if first else 0),))
    if rule.interval == 1:
        return days
    if rule.interval == 2:
        return _phrase(_("alle zwei Wochen {days}"), days=days)
    return _phrase(_("alle {number} Wochen {days}"), number=str(rule.interval), days=days)


def _each_weekday(days: Iterable[tuple[int, int]]) -> Phrase:
    numbers = sorted({day for _which, day in days})
    if numbers == list(_CODES_OF_A_WEEK):
        return _phrase(_("täglich"))
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return _phrase(_("{first} bis {last}"), first=_phrase(EACH_WEEKDAY[numbers[0]]),
                       last=_phrase(EACH_WEEKDAY[numbers[-1]]))  # fmt: skip
    return _and([_phrase(EACH_WEEKDAY[day]) for day in numbers])


def _and(phrases: Sequence[Phrase]) -> Phrase:
    line = phrases[0]
    for each in phrases[1:-1]:
        line = _phrase(_("{some}, {next}"), some=line, next=each)
    return line if len(phrases) == 1 else _phrase(_("{some} und {last}"), some=line, last=phrases[-1])


def _monthly(rule: Rule, first: date | None) -> Phrase | None:
    days = _ordinal_days(rule)
    if days:
        if rule.interval == 1 and rule.freq == "MONTHLY":
            return _phrase(_("{days} im Monat"), days=_ordinal_line(EACH_ORDINAL, days))
        return _phrase(_("alle {number} Monate am {days} im Monat"), number=str(rule.interval),
                       days=_ordinal_line(ORDINALS, days))  # fmt: skip
    numbers = rule.month_days or ((first.day,) if first and not rule.days else ())
    if not numbers or rule.days or rule.positions or (numbers != (-1,) and min(numbers) < 1):
        return None
    if rule.interval == 1:
        return _phrase(_("am {days} jedes Monats"), days=_numbered(numbers))
    return _phrase(_("alle {number} Monate am {days}"), number=str(rule.interval), days=_numbered(numbers))


def _numbered(numbers: Sequence[int]) -> Phrase:
    if tuple(numbers) == (-1,):
        return _phrase(_("letzten Tag"))
    return _and([_phrase(_("{number}."), number=str(each)) for each in numbers])


def _ordinal_days(rule: Rule) -> dict[int, list[int]]:
    """For each weekday which ones of the month; empty where the rule is not of this kind."""
    found: dict[int, list[int]] = {}
    if rule.month_days or rule.year_days or (rule.positions and len(rule.days) > 1):
        return {}
    for which, day in rule.days:
        for each in rule.positions or (which,):
            if each not in ORDINALS or (rule.positions and which):
                return {}
            found.setdefault(day, []).append(each)
    return found


def _ordinal_line(words: dict[int, str], days: dict[int, list[int]]) -> Phrase:
    """Of each weekday: "jeden zweiten und vierten Donnerstag"."""
    pieces = []
    for day, which in sorted(days.items()):
        which = sorted(which, key=lambda each: each if each > 0 else 10 - each)
        ordinals = [_phrase(words[which[0]]), *(_phrase(ORDINALS[each]) for each in which[1:])]
        pieces.append(_phrase(_("{ordinals} {weekday}"), ordinals=_and(ordinals), weekday=_phrase(WEEKDAYS[day])))
    return _and(pieces)


def _yearly(rule: Rule, first: date | None) -> Phrase | None:
    if rule.interval != 1 or rule.year_days or rule.positions:
        return None
    months = rule.months or ((first.month,) if first and not (rule.days or rule.month_days) else ())
    if len(months) != 1:
        return None
    days = _ordinal_days(rule) if rule.days else {}
    if days:
        return _phrase(_("jedes Jahr am {days} im {month}"), days=_ordinal_line(ORDINALS, days),
                       month=_phrase(MONTHS[months[0] - 1]))  # fmt: skip
    numbers = rule.month_days or ((first.day,) if first else ())
    if rule.days or not numbers or min(numbers) < 1:
        return None
    line = _phrase(_("jedes Jahr am {days} {month}"), days=_numbered(numbers), month=_phrase(MONTHS[months[0] - 1]))
    return _phrase(_("{days} (nur in Schaltjahren)"), days=line) if (numbers, months) == ((29,), (2,)) else line


def _months(months: Sequence[int]) -> Phrase:
    """ "von April bis Oktober", also over the new year; "im Juni und Juli"."""
    starts = [each for each in months if (each - 2) % 12 + 1 not in months]
    if len(months) > 2 and len(starts) == 1:
        last = (starts[0] + len(months) - 2) % 12
        return _phrase(_("von {first} bis {last}"), first=_phrase(MONTHS[starts[0] - 1]), last=_phrase(MONTHS[last]))
    return _phrase(_("im {months}"), months=_and([_phrase(MONTHS[each - 1]) for each in months]))


def _additions(schedule: Schedule, rule: Rule | None, today: date | None) -> list[Phrase]:
    if rule is None:
        return []
    found = []
    first, last = schedule.first_day, schedule.last_day
    if first and last:
        found.append(_phrase(_("vom {first} bis {last}"), first=_day(first), last=_day(last)))
    elif last:
        found.append(_phrase(_("bis {last}"), last=_day(last)))
    elif first and today and first > today:
        found.append(_phrase(_("ab {first}"), first=_day(first)))
    if rule.count:
        found.append(_phrase(_("{number}-mal"), number=str(rule.count)))
    if schedule.school_holidays == "off":
        found.append(_phrase(_("nicht in den Schulferien")))
    if schedule.school_holidays == "only":
        found.append(_phrase(_("nur in den Schulferien")))
    if schedule.public_holidays == "on":
        found.append(_phrase(_("auch an Feiertagen")))
    return found
