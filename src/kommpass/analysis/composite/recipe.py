"""The recipe of a composite index: every choice that makes its figures what they are, as data."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import ClassVar


class Direction(StrEnum):
    """What a higher value of an indicator does to the index."""

    RAISES = "raises"
    LOWERS = "lowers"


class Spread(StrEnum):
    """Which standard deviation: divided by the number of areas (POPULATION) or by one less (SAMPLE)."""

    POPULATION = "population"
    SAMPLE = "sample"


class Aggregation(StrEnum):
    """The weighted mean that makes one figure of several. The geometric one lets a strength outweigh less weakness."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"


class Missing(StrEnum):
    """What a missing value counts: nothing, the others share its weight; or as much as the average area has."""

    REWEIGHT = "reweight"
    AVERAGE = "average"


@dataclass(frozen=True)
class Indicator:
    """`weight` counts in proportion to the others' weights."""

    key: str
    direction: Direction = Direction.RAISES
    weight: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        if not self.weight > 0:
            raise ValueError(f"indicator {self.key} weighs {self.weight}; what weighs nothing is left out")


@dataclass(frozen=True)
class ZScore:
    """Standard deviations from the mean over areas; `by_population`: every resident counts, not every area.

    With weights there is no one sample deviation that everybody means, so there is none here.
    """

    spread: Spread = Spread.POPULATION
    by_population: bool = False
    kind: ClassVar[str] = "z_score"

    def __post_init__(self) -> None:
        if self.by_population and self.spread is Spread.SAMPLE:
            raise ValueError("a z-score weighted by population has the population standard deviation")


@dataclass(frozen=True)
class MinMax:
    """From 0 for the lowest to 1 for the highest area."""

    kind: ClassVar[str] = "min_max"


@dataclass(frozen=True)
class Rank:
    """The place among the areas, from 0 for the lowest to 1 for the highest; equal values share the middle place."""

    kind: ClassVar[str] = "rank"


Normalisation = ZScore | MinMax | Rank


@dataclass(frozen=True)
class BySpread:
    """Classes between limits in standard deviations from the mean of the index. A value on a limit is below it."""

    limits: tuple[Decimal, ...]
    names: tuple[str, ...]
    spread: Spread = Spread.POPULATION
    kind: ClassVar[str] = "spread"

    def __post_init__(self) -> None:
        _ascending(self.limits, self.names)


@dataclass(frozen=True)
class ByQuantile:
    """As many areas in each class as can be; areas with the same index are never parted."""

    names: tuple[str, ...]
    kind: ClassVar[str] = "quantile"

    def __post_init__(self) -> None:
        if not self.names:
            raise ValueError("at least one class has to be there")


@dataclass(frozen=True)
class ByLimits:
    """Classes between fixed limits of the index. A value on a limit is below it."""

    limits: tuple[Decimal, ...]
    names: tuple[str, ...]
    kind: ClassVar[str] = "limits"

    def __post_init__(self) -> None:
        _ascending(self.limits, self.names)


Classes = BySpread | ByQuantile | ByLimits


def _ascending(limits: tuple[Decimal, ...], names: tuple[str, ...]) -> None:
    if len(names) != len(limits) + 1:
        raise ValueError(f"{len(limits)} limits make {len(limits) + 1} classes, {len(names)} have names")
    if any(lower >= upper for lower, upper in pairwise(limits)):
        raise ValueError(f"limits ascend, these do not: {', '.join(map(str, limits))}")


@dataclass(frozen=True)
class LeftOut:
    """An area that somebody decided to leave out, and why."""

    area: str
    why: str


@dataclass(frozen=True)
class Recipe:
    """How an index is computed.

    `minimum_valid`: an area with fewer indicators has no index. `standardised`: the index itself as a z-score in the
    end. `winsorised`: what lies beyond this quantile at either end of an indicator is brought in to it (0.05: the
    lowest and the highest twentieth).
    `minimum_population`: areas with fewer residents have no index. Areas without index do not enter means, deviations
    and ranks either.
    """

    indicators: tuple[Indicator, ...]
    classes: Classes
    minimum_valid: int
    normalisation: Normalisation = ZScore()
    aggregation: Aggregation = Aggregation.ARITHMETIC
    missing: Missing = Missing.REWEIGHT
    standardised: ZScore | None = None
    winsorised: Decimal = Decimal(0)
    minimum_population: int = 0
    left_out: tuple[LeftOut, ...] = ()

    def __post_init__(self) -> None:
        if len(set(self.keys)) != len(self.keys):
            raise ValueError(f"an indicator is named twice: {', '.join(self.keys)}")
        if not 1 <= self.minimum_valid <= len(self.indicators):
            raise ValueError(f"{self.minimum_valid} of {len(self.indicators)} indicators cannot be the minimum")
        if not 0 <= self.winsorised < Decimal("0.5"):
            raise ValueError(f"from 0 to below 0.5 can be cut at each end, not {self.winsorised}")
        if self.minimum_population < 0:
            raise ValueError(f"no area has fewer than 0 residents, the minimum is {self.minimum_population}")

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(each.key for each in self.indicators)

    @property
    def needs_population(self) -> bool:
        scores = (self.normalisation, self.standardised)
        return bool(self.minimum_population) or any(isinstance(each, ZScore) and each.by_population for each in scores)
