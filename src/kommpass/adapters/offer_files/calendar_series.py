"""A series of a calendar file (RRULE, RDATE, EXDATE, RECURRENCE-ID) as one time with the single days that differ."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from kommpass.adapters.offer_files.calendar_dates import DAY, clocks, day_of, lasts_a_day_at_most
from kommpass.adapters.offer_files.calendar_events import Entry, When
from kommpass.domain.schedules import BERLIN, OtherDay, Rule, RuleRefused, Schedule, read_rule
from kommpass.domain.schedules.occurrences import usual_day
from kommpass.domain.schedules.rules import first_match

AWAITED = timedelta(days=11 * 366)
"""A rule that falls on no day for so long stays as text: to look further takes long, and a file may have thousands."""
LOOKED_AHEAD = timedelta(days=2 * 366)
"""How far two time zones are compared; what goes on for ever is not."""


@dataclass
class Series:
    """The usual time, the days that differ, dates that no exception can say (`singles`), and changes of others."""

    usual: Schedule
    rule: Rule | None
    length: timedelta | None
    days: dict[date, OtherDay] = field(default_factory=dict)
    singles: list[tuple[When, When | None]] = field(default_factory=list)
    foreign: list[Entry] = field(default_factory=list)

    @property
    def schedule(self) -> Schedule:
        return replace(self.usual, exceptions=tuple(self.days[day] for day in sorted(self.days)))

    def takes_place(self, day: date) -> bool:
        known = self.days.get(day)
        return not known.off if known else usual_day(self.usual, self.rule, day)

    def call_off(self, day: date, note: str = "") -> None:
        if usual_day(self.usual, self.rule, day):
            self.days[day] = OtherDay(day.isoformat(), off=True, note=note)
        else:
            self.days.pop(day, None)

    def add(self, begins: When, ends: When | None, note: str = "") -> None:
        """One more date: on a free day an additional one, on a taken one a date of its own."""
        day, hours = day_of(begins), clocks(begins, ends)
        usual = (self.usual.starts, self.usual.ends)
        if self.takes_place(day) and hours == usual:
            return
        whole_day_of_hours = not hours[0] and bool(self.usual.starts)
        if self.takes_place(day) or whole_day_of_hours or not lasts_a_day_at_most(begins, ends):
            self.singles.append((begins, ends))
        else:
            starts, closes = ("", "") if hours == usual else hours
            self.days[day] = OtherDay(day.isoformat(), starts=starts, ends=closes, note=note)


def series_of(entry: Entry, changes: Sequence[Entry]) -> Series | None:
    """The series of an entry with a begin, and with the changes of its days; None where we cannot say it."""
    begins, ends = entry.begins, entry.ends
    if begins is None or len(entry.rules) > 1 or not lasts_a_day_at_most(begins, ends):
        return None
    try:
        series = _usual(entry, begins, clocks(begins, ends))
    except (RuleRefused, ValueError, OverflowError):
        return None
    if series is None:
        return None
    left_out = frozenset(entry.left_out)
    for when in left_out:
        if not isinstance(when, datetime) or f"{when:%H:%M}" in (series.usual.starts, "00:00"):
            series.call_off(day_of(when))
    for each in entry.added:
        if each.begins not in left_out:
            series.add(each.begins, each.ends or _end_of(each.begins, series.length))
    for each in changes:
        _change(series, entry, each)
    return series


def _usual(entry: Entry, begins: When, hours: tuple[str, str]) -> Series | None:
    """The series without its single days. A begin on which the rule does not fall is a date in addition."""
    text, until = _without_end(entry.rules[0], begins) if entry.rules else ("", "")
    rule = read_rule(text) if text else None
    first = day_of(begins)
    usual = Schedule(
        kind="session", rule=text, begins=first.isoformat(), until=until, starts=hours[0], ends=hours[1],
        public_holidays="on",
    )  # fmt: skip
    if rule and entry.zone and not _runs_with_ours(entry, begins, usual.last_day):
        return None
    if rule and first_match(rule, first, first, min(first, date.max - AWAITED) + AWAITED) is None:
        return None
    length = entry.ends - begins if entry.ends is not None else None
    series = Series(usual, rule, length)
    if not usual_day(usual, rule, first):
        if rule and rule.count:
            return None
        series.add(begins, entry.ends)
    return series


def _without_end(text: str, begins: When) -> tuple[str, str]:
    """The rule without its end, and the last day. A ValueError says that the end is none."""
    parts = text.split(";")
    ends = [part[6:] for part in parts if part.startswith("UNTIL=")]
    rule = ";".join(part for part in parts if not part.startswith("UNTIL="))
    if not ends:
        return rule, ""
    if len(ends) > 1 or any(part.startswith("COUNT=") for part in parts):
        raise ValueError(f"expected one end, got {text!r}")
    return rule, _last_day(ends[0], begins).isoformat()


def _last_day(text: str, begins: When) -> date:
    """The last day on which a date can begin."""
    if len(text) == 8 or not isinstance(begins, datetime):
        return date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:8]}")
    moment = datetime.fromisoformat(text)
    if moment.tzinfo:
        moment = moment.astimezone(BERLIN).replace(tzinfo=None)
    return moment.date() if moment.time() >= begins.time() else moment.date() - DAY


def _runs_with_ours(entry: Entry, begins: When, last: date | None) -> bool:
    """Whether the clocks of the entry's zone keep their distance from ours as long as the series runs, and its days
    are our days. Otherwise the series has no fixed time here."""
    if not isinstance(begins, datetime):
        return True
    end = begins + LOOKED_AHEAD if last is None else min(begins + LOOKED_AHEAD, datetime.combine(last, begins.time()))
    there = set()
    moment = begins
    while moment <= end:
        foreign = moment.replace(tzinfo=BERLIN).astimezone(entry.zone)
        there.add((foreign.time(), foreign.date() - moment.date()))
        moment += timedelta(days=7)
    return len(there) == 1 and next(iter(there))[1] == timedelta()


def _end_of(begins: When, length: timedelta | None) -> When | None:
    try:
        return None if length is None else begins + length
    except OverflowError:  # on the last days that a calendar has
        return None


def _change(series: Series, entry: Entry, changed: Entry) -> None:
    """One day of the series that is called off, has other hours, or moves to another day."""
    if changed.replaces is None or not series.takes_place(day_of(changed.replaces)):
        series.foreign.append(changed)
        return
    day, note = day_of(changed.replaces), _note(entry, changed)
    if changed.cancelled:
        series.call_off(day, note)
        return
    begins = changed.begins if changed.begins is not None else changed.replaces
    ends = changed.ends if changed.ends is not None else _end_of(begins, series.length)
    if day_of(begins) == day and clocks(begins, ends) == (series.usual.starts, series.usual.ends):
        if note:
            series.days[day] = OtherDay(day.isoformat(), note=note)
        return
    series.call_off(day)
    series.add(begins, ends, note)


def _note(entry: Entry, changed: Entry) -> str:
    """What the changed day says otherwise than the series."""
    names = {"SUMMARY": "", "LOCATION": "Ort: "}
    other = [
        f"{label}{text}" for name, label in names.items() if (text := changed.text(name)) and text != entry.text(name)
    ]
    return " · ".join([*other, *([comment] if (comment := changed.text("COMMENT")) else [])])[:200]
