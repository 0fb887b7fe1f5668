"""Reads a recurrence rule (RFC 5545) strictly and tells for a day whether the rule falls on it: no loop, no clock."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from kommpass.domain.words import _

DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONGEST_INTERVAL = {"DAILY": 366, "WEEKLY": 104, "MONTHLY": 60, "YEARLY": 20}
LARGEST_COUNT = 1000
SEARCH_DAYS = 36525
"""A century: no rule that we take pauses longer (a 29 February on a Friday comes every 28 or 40 years)."""

_ANY_DAY = date(2000, 1, 1)
_NUMBERS = {"BYMONTHDAY": 31, "BYYEARDAY": 366, "BYSETPOS": 366}
_KNOWN = {"FREQ", "INTERVAL", "COUNT", "BYDAY", "BYMONTH", "WKST", *_NUMBERS}
_DAY_TEXT = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


class RuleRefused(ValueError):
    """A rule that cannot be read or that we do not take; `message` and `values` are its translatable parts."""

    def __init__(self, message: str, **values: str):
        super().__init__(message.format(**values))
        self.message, self.values = message, values


@dataclass(frozen=True)
class Rule:
    """A rule that was read. Weekdays are pairs (which one, 0 for each; day with 0 = Monday)."""

    freq: str
    interval: int = 1
    count: int = 0
    days: tuple[tuple[int, int], ...] = ()
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_starts: int = 0

    @property
    def needs_first_day(self) -> bool:
        """Whether the days depend on when the rule begins: every other week, so many times, "monthly" alone."""
        named = self.days or self.month_days or self.year_days
        return self.interval > 1 or self.count > 0 or (self.freq != "DAILY" and not named)


@lru_cache(maxsize=4096)
def read_rule(text: str) -> Rule:
    """The rule of a text like "FREQ=WEEKLY;BYDAY=MO,WE". A RuleRefused says what is wrong with it.

    >>> read_rule("FREQ=MONTHLY;BYDAY=1TU").days
    ((1, 1),)
    >>> read_rule("FREQ=HOURLY")
    Traceback (most recent call last):
    ...
    kommpass.domain.schedules.rules.RuleRefused: Öfter als täglich kann sich eine Zeit nicht wiederholen (HOURLY).
    """
    parts = _parts(text)
    freq = parts.pop("FREQ", "")
    if freq in ("SECONDLY", "MINUTELY", "HOURLY"):
        raise RuleRefused(_("Öfter als täglich kann sich eine Zeit nicht wiederholen ({freq})."), freq=freq)
    if freq not in LONGEST_INTERVAL:
        raise RuleRefused(_("Die Regel „{rule}“ sagt nicht, wie oft sich die Zeit wiederholt (FREQ)."), rule=text)
    rule = Rule(
        freq,
        interval=_one(parts, "INTERVAL", LONGEST_INTERVAL[freq]) or 1,
        count=_one(parts, "COUNT", LARGEST_COUNT),
        days=_weekdays(parts.get("BYDAY", ""), freq),
        months=_numbers(parts, "BYMONTH", 12, negative=False),
        month_days=_numbers(parts, "BYMONTHDAY", 31),
        year_days=_numbers(parts, "BYYEARDAY", 366),
        positions=_numbers(parts, "BYSETPOS", 366),
        week_starts=_week_start(parts),
    )
    _refuse_odd_mixtures(rule)
    return rule


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for piece in text.split(";"):
        name, equals, value = piece.partition("=")
        if not equals or not value or name in parts:
            raise RuleRefused(_("Die Wiederholungsregel „{rule}“ lässt sich nicht lesen."), rule=text)
        if name == "UNTIL":
            raise RuleRefused(_("Das Ende gehört in das Feld „bis“, nicht in die Regel (UNTIL)."))
        if name not in _KNOWN:
            raise RuleRefused(_("Der Teil „{part}“ der Wiederholungsregel ist hier nicht vorgesehen."), part=name)
        parts[name] = value
    return parts


def _one(parts: dict[str, str], name: str, largest: int) -> int:
    """A number from 1 to the largest one; 0 where nothing is said."""
    text = parts.get(name, "")
    if not text:
        return 0
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not 1 <= int(text) <= largest:
        raise RuleRefused(_("{part} muss zwischen 1 und {largest} liegen, nicht „{text}“."),
                          part=name, largest=str(largest), text=text)  # fmt: skip
    return int(text)


def _numbers(parts: dict[str, str], name: str, largest: int, *, negative: bool = True) -> tuple[int, ...]:
    text = parts.get(name, "")
    found = []
    for piece in text.split(",") if text else ():
        value = int(piece) if re.fullmatch(r"[+-]?\d{1,3}", piece, re.ASCII) else 0
        if not 1 <= abs(value) <= largest or (value < 0 and not negative):
            raise RuleRefused(_("„{text}“ ist bei {part} nicht möglich."), text=piece, part=name)
        found.append(value)
    return tuple(sorted(set(found)))


def _weekdays(text: str, freq: str) -> tuple[tuple[int, int], ...]:
    found = []
    for piece in text.split(",") if text else ():
        match = _DAY_TEXT.fullmatch(piece)
        which = int(match[1]) if match and match[1] else 0
        largest = {"MONTHLY": 5, "YEARLY": 53}.get(freq, 0)
        if not match or abs(which) > largest or (match[1] and which == 0):
            raise RuleRefused(_("„{text}“ ist bei {part} nicht möglich."), text=piece, part="BYDAY")
        found.append((which, DAY_CODES.index(match[2])))
    return tuple(sorted(set(found)))


def _week_start(parts: dict[str, str]) -> int:
    text = parts.get("WKST", "MO")
    if text not in DAY_CODES:
        raise RuleRefused(_("„{text}“ ist bei {part} nicht möglich."), text=text, part="WKST")
    return DAY_CODES.index(text)


def _refuse_odd_mixtures(rule: Rule) -> None:
    """What the standard forbids, or what programs read differently."""
    odd = {
        "BYMONTHDAY": rule.month_days and rule.freq == "WEEKLY",
        "BYYEARDAY": rule.year_days and rule.freq != "YEARLY",
        "BYSETPOS": rule.positions and (rule.freq not in ("MONTHLY", "YEARLY") or not (rule.days or rule.month_days)),
    }
    for name, wrong in odd.items():
        if wrong:
            raise RuleRefused(_("{part} passt nicht zu {freq}."), part=name, freq=rule.freq)


def falls_on(rule: Rule, day: date, first: date | None) -> bool:
    """Whether the rule, beginning on `first`, falls on this day. Without a first day the rule has no beginning;
    a rule that needs one then falls on no day at all.

    >>> fortnightly = read_rule("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    >>> [falls_on(fortnightly, date(2027, 1, day), date(2027, 1, 12)) for day in (5, 12, 19, 26)]
    [False, True, False, True]
    """
    if first is None:
        return not rule.needs_first_day and _matches(rule, day, _ANY_DAY)
    if day < first or not _in_step(rule, day, first) or not _matches(rule, day, first):
        return False
    return not rule.count or day <= last_counted(rule, first)


def _in_step(rule: Rule, day: date, first: date) -> bool:
    if rule.interval == 1:
        return True
    if rule.freq == "DAILY":
        steps = (day - first).days
    elif rule.freq == "WEEKLY":
        steps = (_week(day, rule) - _week(first, rule)).days // 7
    elif rule.freq == "MONTHLY":
        steps = (day.year - first.year) * 12 + day.month - first.month
    else:
        steps = day.year - first.year
    return steps % rule.interval == 0


def _week(day: date, rule: Rule) -> date:
    back = (day.weekday() - rule.week_starts) % 7
    return day - timedelta(days=back) if day.toordinal() > back else date.min


def _matches(rule: Rule, day: date, first: date) -> bool:
    if not _fits(rule, day, first):
        return False
    return not rule.positions or _has_position(rule, day, first)


def _fits(rule: Rule, day: date, first: date) -> bool:
    """The parts of the rule, without its positions; what is not said is taken from the first day."""
    if rule.months and day.month not in rule.months:
        return False
    if rule.days:
        if not _is_weekday(rule, day):
            return False
    elif rule.freq == "WEEKLY" and day.weekday() != first.weekday():
        return False
    if rule.year_days and not _in_year_days(rule, day):
        return False
    if rule.month_days:
        return _in_month_days(rule, day)
    if rule.freq in ("MONTHLY", "YEARLY") and not rule.days and not rule.year_days:
        return day.day == first.day and (rule.freq == "MONTHLY" or bool(rule.months) or day.month == first.month)
    return True


def _in_month_days(rule: Rule, day: date) -> bool:
    return day.day in rule.month_days or day.day - monthrange(day.year, day.month)[1] - 1 in rule.month_days


def _in_year_days(rule: Rule, day: date) -> bool:
    number = day.timetuple().tm_yday
    return number in rule.year_days or number - date(day.year, 12, 31).timetuple().tm_yday - 1 in rule.year_days


def _is_weekday(rule: Rule, day: date) -> bool:
    weekday = day.weekday()
    if (0, weekday) in rule.days:
        return True
    wanted = {which for which, each in rule.days if each == weekday}
    if not wanted:
        return False
    if rule.freq == "MONTHLY" or rule.months:
        place, length = day.day, monthrange(day.year, day.month)[1]
    else:
        place, length = day.timetuple().tm_yday, date(day.year, 12, 31).timetuple().tm_yday
    return (place + 6) // 7 in wanted or -((length - place) // 7 + 1) in wanted


def _has_position(rule: Rule, day: date, first: date) -> bool:
    """Whether the day is, say, the last one among those of its month (or year) that fit."""
    if rule.freq == "MONTHLY":
        start, length = day.replace(day=1), monthrange(day.year, day.month)[1]
    else:
        start, length = day.replace(month=1, day=1), date(day.year, 12, 31).timetuple().tm_yday
    fitting = _fitting(rule, start, length, first)
    place = fitting.index(day)
    return place + 1 in rule.positions or place - len(fitting) in rule.positions


@lru_cache(maxsize=512)
def _fitting(rule: Rule, start: date, length: int, first: date) -> tuple[date, ...]:
    days = (start + timedelta(days=place) for place in range(length))
    return tuple(day for day in days if _fits(rule, day, first))


@lru_cache(maxsize=4096)
def last_counted(rule: Rule, first: date) -> date:
    """The day of the last of `count` times; the last day that was looked at if there are fewer in a century."""
    left, day = rule.count, first
    for place in range(min(SEARCH_DAYS, (date.max - first).days)):
        day = first + timedelta(days=place)
        if _in_step(rule, day, first) and _matches(rule, day, first):
            left -= 1
            if not left:
                break
    return day


def first_match(rule: Rule, first: date | None, begin: date, end: date | None = None) -> date | None:
    """The first day from `begin` on (to `end`, or for a century) on which the rule falls. None: never."""
    days = min(SEARCH_DAYS, (date.max - begin).days if end is None else (end - begin).days)
    for place in range(days + 1):
        day = begin + timedelta(days=place)
        if falls_on(rule, day, first):
            return day
    return None
