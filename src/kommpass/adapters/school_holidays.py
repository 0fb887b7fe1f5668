"""When the schools of a state have holidays (Schulferien): the dates of their ordinances, kept beside this file."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("school_holidays.toml")

Span = tuple[date, date]


@cache
def school_holidays(state: str) -> tuple[Span, ...]:
    """(first, last) days of the holidays of a state ("NW"), both included, in order; empty for an unknown state.

    After the last of them nothing is known: that is not the same as no holidays.

    >>> [str(day) for day in school_holidays("NW")[3]]
    ['2026-07-20', '2026-09-01']
    """
    return tuple((first, last) for _name, first, last in named_school_holidays(state))


@cache
def named_school_holidays(state: str) -> tuple[tuple[str, date, date], ...]:
    """The same with their German names."""
    rows = _states().get(state, {}).get("holidays", [])
    return tuple((name, first, last) for name, first, last in rows)


@cache
def _states() -> dict[str, dict]:
    with FILE.open("rb") as file:
        return tomllib.load(file)
