"""Days that are only partly known: "2027", "März 2027", "31.12.2027" (Frist, Beginn), never made up."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import total_ordering
from re import Match

from kommpass.domain.words import _

MONTHS = (
    _("Januar"),
    _("Februar"),
    _("März"),
    _("April"),
    _("Mai"),
    _("Juni"),
    _("Juli"),
    _("August"),
    _("September"),
    _("Oktober"),
    _("November"),
    _("Dezember"),
)
FIRST_YEAR, LAST_YEAR = 1900, 2199
SCHOOL_YEAR_STARTS, SCHOOL_YEAR_ENDS = 8, 7


class DateRefused(ValueError):
    """A text that is no date; `sentence` is German, `message` and `values` are its translatable parts."""

    def __init__(self, message: str, **values: str):
        super().__init__(message.format(**values))
        self.message, self.values = message, values

    @property
    def sentence(self) -> str:
        return str(self)


class ImpossibleDate(DateRefused):
    """Written like a date, but there is no such day, month or year (31.02.2027)."""


class UnreadableDate(DateRefused):
    """Not written like any date that we know ("laufend")."""


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A year, a month or a day. Ordered by first day, then last day; sort deadlines by `last_day`.

    >>> str(PartialDate(2027, 3)), PartialDate(2027, 3).german, PartialDate(2027, 3).last_day.isoformat()
    ('2027-03', 'März 2027', '2027-03-31')
    >>> PartialDate(2027) < PartialDate(2027, 3) < PartialDate(2027, 3, 31)
    True
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        month, day = self.month, self.day
        possible = FIRST_YEAR <= self.year <= LAST_YEAR and (day is None or month is not None)
        if month is not None:
            possible = possible and 1 <= month <= 12
            possible = possible and (day is None or 1 <= day <= monthrange(self.year, month)[1])
        if not possible:
            raise ImpossibleDate(_("Den Tag „{text}“ gibt es nicht."), text=self.text)

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        return cls(day.year, day.month, day.day)

    @classmethod
    def parse(cls, text: str, *, end: bool = True) -> "PartialDate":
        """Read ISO and German forms; see `parse_moment`."""
        return parse_moment(text, end=end)

    @property
    def precision(self) -> str:
        """ "year", "month" or "day"."""
        return "year" if self.month is None else "month" if self.day is None else "day"

    @property
    def first_day(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def text(self) -> str:
        """ISO text, as stored: "2027", "2027-03" or "2027-03-31"."""
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)

    @property
    def german(self) -> str:
        """As a letter would write it: "2027", "März 2027" or "31.03.2027"."""
        if self.month is None:
            return str(self.year)
        if self.day is None:
            return f"{MONTHS[self.month - 1]} {self.year}"
        return f"{self.day:02d}.{self.month:02d}.{self.year}"

    def __str__(self) -> str:
        return self.text

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return (self.first_day, self.last_day) < (other.first_day, other.last_day)


_MONTH_NAMES = {
    **{name.casefold(): number for number, name in enumerate(MONTHS, 1)},
    **{name.casefold()[:3]: number for number, name in enumerate(MONTHS, 1)},
    "jänner": 1,
    "feber": 2,
    "maerz": 3,
    "mrz": 3,
    "sept": 9,
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_LEAD_IN = re.compile(
    r"^(?:(?:spätestens|voraussichtlich|ca\.?|etwa|bis|zum|ab|seit|von|vom|im|in|jahr)\s+)+", re.IGNORECASE
)
_YEAR = r"(?P<year>\d{4})"
_MONTH_NAME = r"(?P<name>[A-Za-zäöüÄÖÜ]{3,9})\.?"
_SCHOOL_YEAR = r"(?:schuljahr|kita-?jahr|kindergartenjahr|kitajahr)"


def _year(year: str) -> int:
    """ "27" means 2027, "97" means 1997."""
    number = int(year)
    return number if len(year) > 2 else number + (2000 if number < 70 else 1900)


def _named_month(found: Match[str]) -> int:
    name = found["name"].casefold()
    if name not in _MONTH_NAMES:
        raise UnreadableDate(_("„{text}“ ist kein Datum."), text=found.string)
    return _MONTH_NAMES[name]


def _day(found: Match[str], end: bool) -> PartialDate:
    return PartialDate(_year(found["year"]), int(found["month"]), int(found["day"]))


def _month(found: Match[str], end: bool) -> PartialDate:
    return PartialDate(int(found["year"]), int(found["month"]))


def _day_of_named_month(found: Match[str], end: bool) -> PartialDate:
    return PartialDate(int(found["year"]), _named_month(found), int(found["day"]))


def _month_by_name(found: Match[str], end: bool) -> PartialDate:
    return PartialDate(int(found["year"]), _named_month(found))


def _part_of_year(found: Match[str], end: bool, months: int) -> PartialDate:
    part = found["part"].casefold()
    number = _ROMAN.get(part) or int(part)
    if not 1 <= number <= 12 // months:
        raise ImpossibleDate(_("Den Zeitraum „{text}“ gibt es nicht."), text=found.string)
    return PartialDate(int(found["year"]), number * months if end else (number - 1) * months + 1)


def _quarter(found: Match[str], end: bool) -> PartialDate:
    return _part_of_year(found, end, months=3)


def _half(found: Match[str], end: bool) -> PartialDate:
    return _part_of_year(found, end, months=6)


def _edge_of_year(found: Match[str], end: bool) -> PartialDate:
    return PartialDate(int(found["year"]), {"anfang": 1, "mitte": 6, "ende": 12}[found["edge"].casefold()])


def _two_years(found: Match[str], end: bool) -> PartialDate:
    first, second = int(found["year"]), found["second"]
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    if len(second) == 2 and last < first:
        last += 100
    if last != first + 1:
        raise ImpossibleDate(_("Den Zeitraum „{text}“ gibt es nicht."), text=found.string)
    year = last if end else first
    if found["school"]:
        return PartialDate(year, SCHOOL_YEAR_ENDS if end else SCHOOL_YEAR_STARTS)
    return PartialDate(year)


_FORMS: tuple[tuple[str, Callable[[Match[str], bool], PartialDate]], ...] = (
    (r"(?P<year>\d{4})", lambda found, end: PartialDate(int(found["year"]))),
    (rf"{_YEAR}-(?P<month>\d{{1,2}})", _month),
    (rf"{_YEAR}-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?:[T ]\d{{2}}:\d{{2}}.*)?", _day),
    (r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d{2})", _day),
    (rf"(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})/{_YEAR}", _day),
    (rf"(?P<month>\d{{1,2}})\s?[/.]\s?{_YEAR}", _month),
    (rf"(?P<day>\d{{1,2}})\.\s*{_MONTH_NAME}\s+{_YEAR}", _day_of_named_month),
    (rf"(?:(?:anfang|mitte|ende)\s+)?{_MONTH_NAME}\s+{_YEAR}", _month_by_name),
    (rf"(?P<edge>anfang|mitte|ende)\s+{_YEAR}", _edge_of_year),
    (rf"Q\s?(?P<part>\d)\s*[/ ]?\s*{_YEAR}", _quarter),
    (rf"{_YEAR}\s*[-/ ]?\s*Q\s?(?P<part>\d)", _quarter),
    (rf"(?P<part>\d|I{{1,3}}|IV)\.?\s*(?:Quartal|Qu\.?|Q)\s*[/ ]?\s*{_YEAR}", _quarter),
    (rf"(?P<part>\d|I{{1,2}})\.?\s*(?:Halbjahr|Hj\.?)\s*[/ ]?\s*{_YEAR}", _half),
    (rf"(?P<school>{_SCHOOL_YEAR}\s+)?{_YEAR}\s?/\s?(?P<second>\d{{4}}|\d{{2}})", _two_years),
)
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE | re.ASCII), read) for pattern, read in _FORMS)
_EDGE = re.compile(r"(?:anfang|mitte|ende)\s+\d{4}", re.IGNORECASE)


def parse_moment(text: str, *, end: bool = True) -> PartialDate:
    """Read a date as a town hall writes it.

    A stretch of time ("Q3 2027", "Kita-Jahr 2015/16") becomes its last month or year as a deadline (`end`),
    else its first. Raises `ImpossibleDate` for a day that does not exist, `UnreadableDate` for the rest.

    >>> [parse_moment(each).text for each in ("2027", "03/2027", "März 2027", "31.12.2027", "Q3 2027")]
    ['2027', '2027-03', '2027-03', '2027-12-31', '2027-09']
    >>> parse_moment("Q3 2027", end=False).text, parse_moment("bis Kita-Jahr 2015/16").text
    ('2027-07', '2016-07')
    >>> parse_moment("31.02.2027")
    Traceback (most recent call last):
    kommpass.domain.moments.ImpossibleDate: Den Tag „31.02.2027“ gibt es nicht.
    """
    written = " ".join(text.split())
    bare = _LEAD_IN.sub("", written)
    for pattern, read in _PATTERNS:
        found = pattern.fullmatch(bare)
        if found is None or (read is _month_by_name and _EDGE.fullmatch(bare)):
            continue
        try:
            return read(found, end)
        except ImpossibleDate as error:
            raise ImpossibleDate(error.message, text=written) from None
        except UnreadableDate:
            continue
    raise UnreadableDate(_("„{text}“ ist kein Datum."), text=written)
