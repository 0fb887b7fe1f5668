"""Status crossed with dynamics, as in Berlin's Monitoring Soziale Stadtentwicklung: four classes by three, 12 groups.

Both indices count disadvantage: the higher the index, the lower the status; the higher the index of changes, the more
negative the dynamics. Each is the mean of z-scores over areas, every area counting the same, with the population
standard deviation, and a z-score itself; its classes have fixed limits in standard deviations.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from kommpass.analysis.composite.classes import NO_CLASS
from kommpass.analysis.composite.index import Composite, Without
from kommpass.analysis.composite.recipe import BySpread, Indicator, LeftOut, Recipe, ZScore
from kommpass.analysis.composite.table import Ints

STATUS = BySpread((Decimal(-1), Decimal(1), Decimal("1.5")), ("high", "middle", "low", "very_low"))
DYNAMICS = BySpread((Decimal(-1), Decimal(1)), ("positive", "stable", "negative"))

SIGNS = ("+", "+/-", "-")
"""How Berlin writes the dynamics behind the number of the status."""

MINIMUM_POPULATION = 300
"""Areas with fewer residents have no index there."""


def berlin_recipe(indicators: Sequence[Indicator], classes: BySpread, *, left_out: Sequence[LeftOut] = ()) -> Recipe:
    """The recipe of one of both indices (`classes` STATUS or DYNAMICS); every indicator has to be valid."""
    return Recipe(
        tuple(indicators),
        classes,
        minimum_valid=len(indicators),
        normalisation=ZScore(),
        standardised=ZScore(),
        minimum_population=MINIMUM_POPULATION,
        left_out=tuple(left_out),
    )


@dataclass(frozen=True)
class Groups:
    """`places`: 0 (highest status, most positive dynamics) to n - 1, -1 for none, shape (areas,). `names`: "1+" and so
    on, for every place. `without`: why an area has no group; what the status lacks goes before what dynamics lack."""

    areas: tuple[str, ...]
    places: Ints
    names: tuple[str, ...]
    without: tuple[Without | None, ...]

    def of(self, area: str) -> str | None:
        """The name of an area's group, None if it has none."""
        place = int(self.places[self.areas.index(area)])
        return None if place == NO_CLASS else self.names[place]


def crossed(status: Composite, dynamics: Composite) -> Groups:
    """Both indices of the same areas as one group each. The dynamics have three classes, one for each sign."""
    if status.areas != dynamics.areas:
        raise ValueError("status and dynamics are not of the same areas in the same order")
    if len(dynamics.recipe.classes.names) != len(SIGNS):
        raise ValueError(f"dynamics have {len(SIGNS)} classes, not {len(dynamics.recipe.classes.names)}")
    names = tuple(f"{number}{sign}" for number in range(1, len(status.recipe.classes.names) + 1) for sign in SIGNS)
    both = (status.classes != NO_CLASS) & (dynamics.classes != NO_CLASS)
    places = np.where(both, status.classes * len(SIGNS) + dynamics.classes, NO_CLASS)
    without = tuple(first or second for first, second in zip(status.without, dynamics.without, strict=True))
    return Groups(status.areas, places, names, without)
