"""Ages as families say and write them: months for babies, years for everybody else."""

import re
from dataclasses import dataclass

from kommpass.domain.words import _

YEAR = 12
MONTHS_UNTIL = 24
OLDEST = 120 * YEAR + 11
WRITTEN = re.compile(r"(?P<number>\d{1,4})(?:[.,](?P<part>5))?\s*(?P<unit>[a-zäöü]*)\.?")
IN_MONTHS = ("m", "mo", "mon", "monat", "monate", "monaten", "month", "months")
IN_YEARS = ("", "j", "jahr", "jahre", "jahren", "y", "year", "years")


class UnreadableAge(ValueError):
    """A text that is no age; `message` is German and says how to write one."""

    message = _("Bitte schreiben Sie zum Beispiel „8 Monate“ oder „3 Jahre“.")


@dataclass(frozen=True)
class Age:
    """An age that was written down: its first month, and the last month in which one is still "3 years" old."""

    first: int
    last: int


def read_age(written: str) -> Age:
    """Read "8 Monate", "3 Jahre", "3", "1,5 Jahre". A number alone counts years.

    >>> read_age("8 Monate"), read_age("3"), read_age("1,5 Jahre")
    (Age(first=8, last=8), Age(first=36, last=47), Age(first=18, last=18))
    """
    found = WRITTEN.fullmatch(" ".join(written.lower().split()))
    if found is None:
        raise UnreadableAge
    number, half, unit = int(found["number"]), bool(found["part"]), found["unit"]
    if unit in IN_MONTHS and not half:
        age = Age(number, number)
    elif unit in IN_YEARS:
        age = Age(number * YEAR + 6, number * YEAR + 6) if half else Age(number * YEAR, number * YEAR + YEAR - 1)
    else:
        raise UnreadableAge
    if age.last > OLDEST:
        raise UnreadableAge
    return age


@dataclass(frozen=True)
class Said:
    """A German sentence with its numbers, for whoever translates and shows it."""

    message: str
    values: tuple[int, ...]


def say_age(months: int) -> Said:
    """An age in words: months below two years, then whole years or years and months.

    >>> say_age(8), say_age(36).values, say_age(42).values
    (Said(message='{0} Monate', values=(8,)), (3,), (3, 6))
    """
    if months == 1:
        return Said(_("{0} Monat"), (1,))
    if months < MONTHS_UNTIL:
        return Said(_("{0} Monate"), (months,))
    years, rest = divmod(months, YEAR)
    return Said(_("{0} Jahre und {1} Monate"), (years, rest)) if rest else Said(_("{0} Jahre"), (years,))


def say_last_age(months: int) -> Said:
    """The last age at which an offer still fits: 83 months are "6 Jahre", until the seventh birthday.

    >>> say_last_age(83).values, say_last_age(30).values
    ((6,), (2, 6))
    """
    if (months + 1) % YEAR == 0 and months >= YEAR:
        years = (months + 1) // YEAR - 1
        return Said(_("{0} Jahr"), (1,)) if years == 1 else Said(_("{0} Jahre"), (years,))
    return say_age(months)
