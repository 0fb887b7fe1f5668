"""From children and older people to the places they need, and the gap to the places that can be used."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from numpy.typing import ArrayLike

from kommpass.analysis.projection.figures import AgeGroup, Floats, grouped, people
from kommpass.analysis.projection.intervals import Interval
from kommpass.analysis.words import _

KITA_UNDER_3 = AgeGroup(_("Kita unter 3"), 0, 2)
KITA_FROM_3 = AgeGroup(_("Kita von 3 bis 5"), 3, 5)
ALL_DAY_SCHOOL = AgeGroup(_("Ganztag in der Grundschule"), 6, 9)
YOUTH = AgeGroup(_("Jugendarbeit"), 10, 17)

FIRST_ALL_DAY_YEAR = 2026
LAST_PRIMARY_GRADE = 4


def seniors(oldest: int, *, first: int = 65) -> AgeGroup:
    """The older people of an age axis that ends, open, with this age."""
    return AgeGroup(_("Angebote für Ältere"), first, oldest)


def grades_with_claim(school_year: int) -> int:
    """So many grades, from the first on, may claim all-day care in the school year that begins in this year.

    § 24 Abs. 4 SGB VIII in the version of the Ganztagsförderungsgesetz: from 1 August 2026 for those who enter school,
    then one grade more each year.

    >>> [grades_with_claim(year) for year in (2025, 2026, 2028, 2031)]
    [0, 1, 3, 4]
    """
    return min(max(school_year - FIRST_ALL_DAY_YEAR + 1, 0), LAST_PRIMARY_GRADE)


@dataclass(frozen=True)
class Gap:
    """Places missing in an area and year (negative: to spare), whole places; the interval is the answer.

    `need`: places likely needed. `low`, `likely`, `high`: need less what can be used.
    """

    need: int
    low: int
    likely: int
    high: int

    @property
    def certain(self) -> bool:
        """Whether places are missing, or to spare, whatever end of the interval comes true."""
        return self.low > 0 or self.high < 0


def gaps(
    expected: ArrayLike, interval: Interval, *, quota: Decimal, usable: Sequence[int]
) -> tuple[tuple[Gap, ...], ...]:
    """Gaps by year and area.

    `expected` and `interval`: people of the ages served (years, areas). `quota`: share of them who need a place: what
    parents wish, not who attends (Strunz 2013: 39.4 % against 27.6 % of those under three); more than 1 where a place
    is also for others. `usable`: places (areas,) that can be filled, not those licensed (staff, room, age mix). The
    likely gap is rounded half up, the interval outwards.

    >>> import numpy as np
    >>> gaps([[100.0]], Interval(np.array([[90.0]]), np.array([[111.0]])), quota=Decimal("0.395"), usable=[40])
    ((Gap(need=40, low=-5, likely=0, high=4),),)
    """
    likely, low, high = people(expected, axes=2), people(interval.low, axes=2), people(interval.high, axes=2)
    if not likely.shape == low.shape == high.shape or likely.shape[1] != len(usable):
        raise ValueError(f"{likely.shape} expected, {low.shape} and {high.shape} around, {len(usable)} areas of places")
    if quota < 0 or min(usable, default=0) < 0:
        raise ValueError("quota and places are never less than nothing")
    if ((low > likely) | (likely > high)).any():
        raise ValueError("what is expected lies outside of its interval")

    def places(count: float, rounding: str) -> int:
        # Rounded to a ten-thousandth of a person first: binary fractions must not make a whole place.
        exact = Decimal(float(count)).quantize(Decimal("0.0001")) * quota
        return int(exact.quantize(Decimal(1), rounding))

    def gap(year: int, area: int) -> Gap:
        there, need = usable[area], places(likely[year, area], ROUND_HALF_UP)
        least, most = places(low[year, area], ROUND_FLOOR), places(high[year, area], ROUND_CEILING)
        return Gap(need, least - there, need - there, most - there)

    return tuple(tuple(gap(year, area) for area in range(likely.shape[1])) for year in range(likely.shape[0]))


def served(counts: Floats, service: AgeGroup) -> Floats:
    """People (years, areas) a service is for, out of people (years, areas, single ages); a ValueError if ages lack."""
    return grouped(counts, [service])[..., 0]
