"""Makes schedules of the statements of a text: what a later line takes from an earlier one, what contradicts."""

from dataclasses import dataclass, field, replace
from datetime import date

from kommpass.domain.opening_hours.parts import Hours, Unread
from kommpass.domain.opening_hours.statements import Statement
from kommpass.domain.schedules import DAY_CODES, OtherDay, Schedule

YEARS_AHEAD = 10
"""For how many years "24.12. geschlossen" is written down, if the reader is told which year it is."""


@dataclass
class _Row:
    """A schedule in the making: one statement, one span of hours."""

    line: int
    statement: Statement
    hours: Hours | None
    days: tuple[int, ...]
    public: str = "off"
    school: str = "on"
    by_arrangement: bool = False
    other_days: list[OtherDay] = field(default_factory=list)


def assemble(statements: list[tuple[int, Statement]], today: date | None) -> tuple[Schedule, ...]:
    """The schedules of the statements, each with the number of its line. Unread: they contradict each other."""
    rows: list[_Row] = []
    later: list[tuple[int, Statement]] = []
    seasons = {bool(each.months) for _line, each in statements if each.what == "times"}
    if len(seasons) > 1:  # "Apr-Okt: Mo-Fr 9-18; Sa 9-12": nobody knows whether Saturday has a season
        raise Unread
    for line, each in statements:
        if each.what == "holiday" or each.attached:
            _change(rows, line, each)
        elif each.what in ("times", "date", "arrangement"):
            _add(rows, line, each)
        else:
            later.append((line, each))
    for line, each in later:
        _change_later(rows, line, each, today)
    return tuple(dict.fromkeys(_schedule(row) for row in rows))


def _add(rows: list[_Row], line: int, statement: Statement) -> None:
    """New rows. In exact syntax a later line replaces what was said of its days before; else they may not differ."""
    new = [_Row(line, statement, hours, statement.days) for hours in statement.hours or (None,)]
    if statement.with_holidays:
        for row in new:
            row.public = "on"
    if statement.exact and statement.what == "times" and not (statement.which or statement.additional):
        _take_days(rows, statement.days, before=line, months=statement.months)
    for row in new:
        if any(_contradict(row, old) for old in rows):
            raise Unread
    rows += new


def _take_days(rows: list[_Row], days: tuple[int, ...], before: int, months: tuple[int, ...] = ()) -> None:
    for row in list(rows):
        weekly = row.statement.what == "times" and not row.statement.which
        if weekly and row.line < before and (not months or set(months) & set(row.statement.months)):
            row.days = tuple(day for day in row.days if day not in days)
            if not row.days:
                rows.remove(row)


def _contradict(new: _Row, old: _Row) -> bool:
    """Whether two rows name the same days and hours that overlap without being the same."""
    if new.hours is None or old.hours is None or new.statement.what != "times" or old.statement.what != "times":
        return False
    plain = not (new.statement.which or old.statement.which or new.statement.fortnightly or old.statement.fortnightly)
    if not plain or not set(new.days) & set(old.days) or new.statement.phone != old.statement.phone:
        return False
    if new.statement.months and not set(new.statement.months) & set(old.statement.months):
        return False
    if new.hours == old.hours and new.days == old.days:
        return False
    return new.hours.begin < _finish(old.hours) and old.hours.begin < _finish(new.hours)


def _finish(hours: Hours) -> int:
    return 24 * 60 if hours.end is None or hours.end <= hours.begin else hours.end


def _change(rows: list[_Row], line: int, statement: Statement) -> None:
    """What a holiday rule, or a remark without a comma, says of the rows before it."""
    if statement.attached:
        own = [row for row in rows if row.line == line]
        if len({id(row.statement) for row in own}) != 1:
            raise Unread
        _modify(own, statement.modifier)
        for row in own:
            row.by_arrangement = row.by_arrangement or statement.what == "arrangement"
    elif statement.modifier.endswith(" off"):
        _holidays_off(rows, statement)
    elif statement.modifier == "SCHOOL":
        rows += [_Row(line, statement, hours, statement.days, school="only") for hours in statement.hours]
    else:
        same = [row for row in rows if row.days == statement.days and row.hours in statement.hours]
        if not same:
            raise Unread
        for row in same:
            row.public = "on"


def _holidays_off(rows: list[_Row], statement: Statement) -> None:
    if statement.days:
        _take_days(rows, statement.days, before=len(rows) + 1_000_000)
    for row in rows:
        row.public = "off" if "PUBLIC" in statement.modifier else row.public
        row.school = "off" if "SCHOOL" in statement.modifier else row.school


def _change_later(rows: list[_Row], line: int, statement: Statement, today: date | None) -> None:
    """What is closed, and remarks that stand alone: they hold for the line they are in, else for all."""
    own = [row for row in rows if row.line == line]
    if statement.what == "modifier":
        if own and not statement.additional and len(own) < len(rows):
            raise Unread  # "Nicht in den Ferien: Mo 9-12; Di 10-12": a heading, or Monday only?
        _modify(own or rows, statement.modifier)
    elif statement.what == "closed":
        _close(rows, statement)
    else:
        others = [OtherDay(str(day), off=True) for day in _dates(statement, today)]
        for row in rows:
            row.other_days += others


def _close(rows: list[_Row], statement: Statement) -> None:
    named = [row for row in rows if set(row.days) & set(statement.days)]
    if any(row.statement.which or set(row.days) <= set(statement.days) for row in named) and not statement.exact:
        raise Unread
    _take_days(rows, statement.days, before=1_000_000)
    if statement.with_holidays:
        _modify(rows, "PUBLIC_OFF")


def _modify(rows: list[_Row], modifier: str) -> None:
    for row in rows:
        if modifier in ("BOTH_OFF", "PUBLIC_OFF", "PUBLIC_ON"):
            row.public = "on" if modifier == "PUBLIC_ON" else "off"
        if modifier in ("BOTH_OFF", "SCHOOL_OFF", "SCHOOL_ON", "SCHOOL_ONLY"):
            row.school = {"SCHOOL_ON": "on", "SCHOOL_ONLY": "only"}.get(modifier, "off")


def _dates(statement: Statement, today: date | None) -> list[date]:
    found: list[date] = []
    for year, month, day in statement.dates:
        if not year and today is None:
            raise Unread
        first = today.year if today else year
        for each in (year,) if year else range(first, first + YEARS_AHEAD):
            try:
                found.append(date(each, month, day))
            except ValueError:
                continue  # 29 February
    return found


def _schedule(row: _Row) -> Schedule:
    statement, hours = row.statement, row.hours
    schedule = Schedule(
        kind=_kind(row),
        rule=_rule(row),
        begins=str(statement.begins or ""),
        until=str(statement.until or ""),
        starts=_clock(hours.begin) if hours else "",
        ends=_clock(hours.end) if hours and hours.end is not None else "",
        public_holidays=row.public,
        school_holidays=row.school,
    )
    others = {each.on: each for each in row.other_days}
    return replace(schedule, exceptions=tuple(others[on] for on in sorted(others)))


def _kind(row: _Row) -> str:
    if row.by_arrangement or row.statement.what == "arrangement":
        return "arrangement"
    if row.statement.phone:
        return "phone"
    if row.statement.what == "date" or (row.hours is not None and row.hours.at):
        return "session"
    return "open"


def _rule(row: _Row) -> str:
    statement = row.statement
    if not row.days:
        return ""
    months = f";BYMONTH={','.join(map(str, statement.months))}" if statement.months else ""
    if statement.which:
        days = ",".join(f"{which}{DAY_CODES[day]}" for day in row.days for which in sorted(statement.which))
        return f"FREQ=MONTHLY;BYDAY={days}{months}"
    interval = "INTERVAL=2;" if statement.fortnightly else ""
    return f"FREQ=WEEKLY;{interval}BYDAY={','.join(DAY_CODES[day] for day in row.days)}{months}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
