"""Days on which nobody is written to: weekends and public holidays, as the package `holidays` knows them."""

from datetime import date
from functools import cache

from holidays import Germany

SATURDAY = 5


def is_quiet(day: date, state: str = "") -> bool:
    """Saturday, Sunday, or a public holiday of this state ("NW"). An unknown state has the nationwide ones only.

    >>> is_quiet(date(2026, 6, 4), "NW"), is_quiet(date(2026, 6, 4), "BE"), is_quiet(date(2026, 6, 4), "XX")
    (True, False, False)
    """
    return day.weekday() >= SATURDAY or day in _holidays(state if state in Germany.subdivisions else "")


@cache
def _holidays(state: str) -> Germany:
    return Germany(subdiv=state or None)
