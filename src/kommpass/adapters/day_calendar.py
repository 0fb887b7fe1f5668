"""The days of a federal state that differ: public holidays and school holidays, as schedules ask for them."""

from functools import cache

from holidays import Germany

from kommpass.adapters.school_holidays import school_holidays
from kommpass.domain.schedules import DayCalendar


@cache
def calendar_of(state: str) -> DayCalendar:
    """The calendar of a state ("NW"). An unknown one has the nationwide public holidays and no school holidays.

    >>> from datetime import date
    >>> calendar_of("NW").is_public_holiday(date(2026, 6, 4)), calendar_of("BE").is_public_holiday(date(2026, 6, 4))
    (True, False)
    """
    known = Germany(subdiv=state if state in Germany.subdivisions else None)
    return DayCalendar(lambda day: day in known, school_holidays(state))
