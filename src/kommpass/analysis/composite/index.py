"""Computes a composite index by its recipe, with everything that is needed to explain each area's figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from kommpass.analysis.composite.classes import NO_CLASS, classed
from kommpass.analysis.composite.normalisation import are_alike, centres, moments, normalised, positive
from kommpass.analysis.composite.recipe import Aggregation, Missing, Recipe
from kommpass.analysis.composite.table import CannotCompare, Floats, Ints, Table, Truths


class Without(StrEnum):
    """Why an area has no index."""

    LEFT_OUT = "left_out"
    FEW_RESIDENTS = "few_residents"
    FEW_VALUES = "few_values"


@dataclass(frozen=True)
class Standing:
    """One area: its index, class, how many indicators are valid and what each contributes (None if it does not count).

    `without` says why there is no index, `why` repeats the reason that the recipe gives for leaving it out.
    """

    area: str
    index: float | None
    class_name: str | None
    valid: int
    contributions: Mapping[str, float | None]
    without: Without | None = None
    why: str = ""


@dataclass(frozen=True)
class Composite:
    """An index over all areas, in the order of the table; NaN where an area has none.

    `scaled`: the normalised indicators, shape (areas, indicators). `mean`: their weighted mean, `index` the same or,
    if the recipe says so, as a z-score; shape (areas,). `contributions`: shape as `scaled`; an area's sum to its
    `index` if the mean is arithmetic, to the logarithm of its `mean` if it is geometric. `classes`: places among the
    recipe's names, -1 for none. `valid`: number of indicators with a value.
    """

    recipe: Recipe
    areas: tuple[str, ...]
    scaled: Floats
    mean: Floats
    index: Floats
    contributions: Floats
    valid: Ints
    classes: Ints
    without: tuple[Without | None, ...]

    @property
    def has_index(self) -> Truths:
        return np.array([each is None for each in self.without], dtype=bool)

    def of(self, area: str) -> Standing:
        """The standing of one area. KeyError if it is not in the table."""
        if area not in self.areas:
            raise KeyError(area)
        place = self.areas.index(area)
        without, number = self.without[place], int(self.classes[place])
        return Standing(
            area,
            index=float(self.index[place]) if without is None else None,
            class_name=self.recipe.classes.names[number] if number != NO_CLASS else None,
            valid=int(self.valid[place]),
            contributions={
                key: float(value) if np.isfinite(value) else None
                for key, value in zip(self.recipe.keys, self.contributions[place], strict=True)
            },
            without=without,
            why=next((each.why for each in self.recipe.left_out if each.area == area), ""),
        )


def composite(table: Table, recipe: Recipe) -> Composite:
    """The index of each area. CannotCompare names an indicator that is the same everywhere.

    >>> from decimal import Decimal
    >>> from kommpass.analysis.composite.recipe import ByQuantile, Indicator
    >>> recipe = Recipe((Indicator("poverty"), Indicator("tenants")), ByQuantile(("low", "high")), minimum_valid=2)
    >>> rows = {"Nord": {"poverty": 10, "tenants": 40}, "Mitte": {"poverty": 30, "tenants": 80}, "Süd": {"poverty": 20}}
    >>> found = composite(Table.of(rows, indicators=recipe.keys), recipe)
    >>> found.of("Mitte")
    Standing(area='Mitte', index=1.0, class_name='high', valid=2, contributions={'poverty': 0.5, 'tenants': 0.5}, \
without=None, why='')
    >>> found.of("Süd").without.value
    'few_values'
    """
    if recipe.needs_population and table.population is None:
        raise ValueError("the recipe asks for residents, the table has none")
    values = table.columns(recipe.keys)
    valid = np.isfinite(values).sum(axis=1)
    without = _without(table, recipe, valid)
    entering = np.array([each is None for each in without], dtype=bool)
    population = None if table.population is None else table.population[entering]
    scaled = normalised(values[entering], recipe, population)
    counts, terms = terms_of(scaled, recipe)
    weights = counts * np.array([float(each.weight) for each in recipe.indicators])
    weights /= weights.sum(axis=1, keepdims=True)
    mean = (weights * terms).sum(axis=1)
    if recipe.aggregation is Aggregation.GEOMETRIC:
        mean = np.exp(mean)
    centre, deviation = _standard(mean, recipe, population)
    index = (mean - centre) / deviation
    if recipe.aggregation is Aggregation.ARITHMETIC:
        terms = (terms - centre) / deviation
    contributions = np.where(counts > 0, weights * terms, np.nan)
    classes = classed(index, recipe.classes)
    return Composite(
        recipe,
        table.areas,
        _spread(scaled, entering),
        _spread(mean, entering),
        _spread(index, entering),
        _spread(contributions, entering),
        valid,
        np.asarray(_spread(classes, entering, NO_CLASS), dtype=np.int64),
        without,
    )


def terms_of(scaled: Floats, recipe: Recipe) -> tuple[Floats, Floats]:
    """What is averaged, and whether it counts (1 or 0), each of shape (areas, indicators): logarithms for a geometric
    mean, with the average in place of what is missing if the recipe wants that."""
    known = np.isfinite(scaled)
    filled = np.where(known, scaled, centres(scaled, recipe.normalisation))
    counts = known.astype(float) if recipe.missing is Missing.REWEIGHT else np.ones(scaled.shape)
    if recipe.aggregation is Aggregation.GEOMETRIC:
        filled = np.log(positive(filled, recipe.normalisation))
    return counts, filled


def _standard(mean: Floats, recipe: Recipe, population: Ints | None) -> tuple[float, float]:
    """What the mean is measured from and by: 0 and 1 unless the recipe makes a z-score of it."""
    if recipe.standardised is None:
        return 0.0, 1.0
    if are_alike(mean, least=1.0):
        raise CannotCompare("")
    return moments(mean, recipe.standardised, population)


def _without(table: Table, recipe: Recipe, valid: Ints) -> tuple[Without | None, ...]:
    left_out = {each.area for each in recipe.left_out}
    found: list[Without | None] = []
    for place, area in enumerate(table.areas):
        few = table.population is not None and int(table.population[place]) < recipe.minimum_population
        if area in left_out:
            found.append(Without.LEFT_OUT)
        elif few:
            found.append(Without.FEW_RESIDENTS)
        else:
            found.append(Without.FEW_VALUES if valid[place] < recipe.minimum_valid else None)
    return tuple(found)


def _spread(values: Floats | Ints, places: Truths, otherwise: float = np.nan) -> Floats:
    """The values at their places among all areas."""
    found = np.full((len(places), *values.shape[1:]), otherwise)
    found[places] = values
    return found
