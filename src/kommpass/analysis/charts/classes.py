"""Class limits of a thematic map that give away no value.

Only numbers that may be shown go in: a hidden one has no part in a limit. The computed limits know even those only by
the step of a coarse scale they lie in (`rounding_unit`, about a thirtieth of their spread): exchange every value by
another one of its step, and the limits stay the same to the last digit. So nobody can tell from a limit what the value
beside it is, nor whether it is one. The lowest and the highest class are open ("unter 5", "20 und mehr") and say
nothing about the least and the most.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise

from kommpass.analysis.charts.paints import MOST_CLASSES
from kommpass.analysis.charts.scales import (
    FINE_STEPS,
    ceiling_in,
    floor_in,
    plain,
    round_at_most,
    round_from,
    same_decimals,
)
from kommpass.analysis.charts.wording import GERMAN, Wording

STEPS_IN_SPREAD = 20


@dataclass(frozen=True)
class Classes:
    """`limits`: ascending, at most six; a class holds its lower limit and ends below its upper one.

    >>> classes = Classes((Decimal(10), Decimal("12.5")))
    >>> classes.place(Decimal(10)), classes.labels(unit="%")
    (1, ['unter 10,0\\xa0%', '10,0 bis unter 12,5\\xa0%', '12,5\\xa0% und mehr'])
    """

    limits: tuple[Decimal, ...]

    def __post_init__(self) -> None:
        if any(not limit.is_finite() for limit in self.limits):
            raise ValueError("a limit is a number")
        if any(low >= high for low, high in pairwise(self.limits)):
            raise ValueError(f"limits ascend, and these do not: {', '.join(map(str, self.limits))}")
        if self.count > MOST_CLASSES:
            raise ValueError(f"a map has at most {MOST_CLASSES} classes, these limits make {self.count}")

    @property
    def count(self) -> int:
        return len(self.limits) + 1

    def place(self, value: Decimal) -> int:
        """The class of a value, from 0."""
        return bisect_right(self.limits, value)

    def labels(self, *, unit: str = "", wording: Wording = GERMAN) -> list[str]:
        """What each class is called, in order."""
        if not self.limits:
            return [wording.all_values]
        limits = same_decimals(self.limits)
        first, last = (wording.number(limits[end], unit) for end in (0, -1))
        between = [
            wording.between.format(low=wording.number(low), high=wording.number(high, unit))
            for low, high in pairwise(limits)
        ]
        return [wording.below.format(limit=first), *between, wording.from_on.format(limit=last)]


@dataclass(frozen=True)
class _Steps:
    """Values as the numbers of the steps they lie in, ascending, and the width of a step."""

    unit: Decimal
    places: list[int]

    @classmethod
    def of(cls, values: Sequence[Decimal]) -> "_Steps":
        unit = rounding_unit(values)
        return cls(unit, sorted(floor_in(value, unit) for value in values))

    def inside(self, limit: Decimal) -> bool:
        """Whether there is something on both sides of a limit, wherever in their steps the values lie."""
        return bool(self.places) and (self.places[0] + 1) * self.unit <= limit <= self.places[-1] * self.unit


def rounding_unit(values: Sequence[Decimal]) -> Decimal:
    """The step in which limits know the values: 1, 2 or 5 times a power of ten, 1/50 to 1/20 of their spread.

    Spread is from the tenth to the ninetieth of a hundred, so that one outlier does not make everything else equal
    (where these are the same: from the least to the most). A step holds at least two numbers that could be a value:
    whole numbers have no step below 2, values with one decimal none below 0.2.

    >>> rounding_unit([Decimal(12), Decimal(19)]), rounding_unit([Decimal(0), Decimal("100.5")])
    (Decimal('2'), Decimal('5'))
    """
    if any(not value.is_finite() for value in values):
        raise ValueError("a value is a number")
    ordered = sorted(values)
    if not ordered:
        return Decimal(1)
    finest = 2 * min(Decimal(1), *(Decimal(1).scaleb(int(each.normalize().as_tuple().exponent)) for each in ordered))
    tenth = (len(ordered) - 1) // 10
    spread = ordered[-1 - tenth] - ordered[tenth] or ordered[-1] - ordered[0]
    return max(finest, round_at_most(spread / STEPS_IN_SPREAD)) if spread else finest


def by_quantile(values: Sequence[Decimal], count: int) -> Classes:
    """About equally many areas in each class, none empty; fewer classes where many areas lie in the same step.

    A limit is the roundest number between the steps on its two sides.

    >>> by_quantile([Decimal(each) for each in (3, 4, 9, 11, 12, 19, 21, 30)], 4).limits
    (Decimal('6'), Decimal('12'), Decimal('20'))
    """
    _check(count)
    steps = _Steps.of(values)
    total = len(steps.places)
    possible = [cut for cut in range(1, total) if steps.places[cut - 1] < steps.places[cut]]
    if not possible:
        return Classes(())
    wanted = range(total, total * count, total)
    cuts = {min(possible, key=lambda cut: (abs(cut * count - place), cut)) for place in wanted}
    return Classes(tuple(_roundest(steps, cut) for cut in sorted(cuts)))


def by_standard_deviation(values: Sequence[Decimal], count: int) -> Classes:
    """Classes one standard deviation wide, the same number above and below the mean of the areas (not weighted).

    Mean and deviation are those of the middles of the steps, and limits are rounded to whole steps. Limits with
    nothing beyond them are left out.
    """
    _check(count)
    steps = _Steps.of(values)
    if not steps.places:
        return Classes(())
    middles = [(place + Decimal("0.5")) * steps.unit for place in steps.places]
    mean = sum(middles, Decimal(0)) / len(middles)
    deviation = (sum(((each - mean) ** 2 for each in middles), Decimal(0)) / len(middles)).sqrt()
    wanted = [mean + (place - Decimal(count - 2) / 2) * deviation for place in range(count - 1)]
    rounded = {plain((limit / steps.unit).to_integral_value(ROUND_HALF_EVEN) * steps.unit) for limit in wanted}
    return Classes(tuple(sorted(filter(steps.inside, rounded))))


def by_equal_steps(values: Sequence[Decimal], count: int) -> Classes:
    """Classes of the same round width, at most `count`; between the ends there may be empty ones."""
    _check(count)
    steps = _Steps.of(values)
    if not steps.places or steps.places[0] == steps.places[-1]:
        return Classes(())
    low, high = steps.places[0] * steps.unit, (steps.places[-1] + 1) * steps.unit
    for width in round_from((high - low) / count, FINE_STEPS):
        multiples = range(floor_in(low, width), ceiling_in(high, width) + 1)
        limits = [plain(place * width) for place in multiples if steps.inside(place * width)]
        if len(limits) < count and width >= steps.unit and not width % (steps.unit / 2):
            return Classes(tuple(limits))
    raise AssertionError("round numbers never end")


def by_fixed_limits(limits: Sequence[Decimal]) -> Classes:
    """Limits that somebody has set, such as those of a law or of last year's map; classes may be empty."""
    return Classes(tuple(limits))


def _roundest(steps: _Steps, cut: int) -> Decimal:
    """The roundest number above the step before a cut and not above the one behind it."""
    low, high = (steps.places[cut - 1] + 1) * steps.unit, steps.places[cut] * steps.unit
    width = next(round_from(max(abs(low), abs(high))))
    while (found := ceiling_in(low, width) * width) > high:
        width = round_at_most(width * Decimal("0.9"))
    return plain(found)


def _check(count: int) -> None:
    if not 2 <= count <= MOST_CLASSES:
        raise ValueError(f"a map has two to {MOST_CLASSES} classes, not {count}")
