"""Whether neighbours are alike: Moran's I for the town, local Moran (LISA) for each area.

Moran (1950), Anselin (1995). Weights are row-standardised; p-values come from random permutations, count both sides
and include the observed arrangement, so none is ever 0.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.stats import false_discovery_control

from kommpass.analysis.neighbours import Neighbours

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

NEARLY = 1e-12
"""Arrangements that differ by no more are equal: what is left is the machine's rounding."""


class NothingToCompare(ValueError):
    """Fewer than three areas with a value, none of them neighbours, or the same value everywhere."""


@dataclass(frozen=True)
class Moran:
    """`value`: Moran's I, above `expected` if neighbours are alike. `areas`: how many entered."""

    value: float
    expected: float
    p: float
    areas: int
    permutations: int
    seed: int


class Pattern(StrEnum):
    """An area and its neighbours, each above or below the mean."""

    HIGH_AMONG_HIGH = "high_among_high"
    LOW_AMONG_LOW = "low_among_low"
    HIGH_AMONG_LOW = "high_among_low"
    LOW_AMONG_HIGH = "low_among_high"
    NOT_SIGNIFICANT = "not_significant"
    NO_NEIGHBOURS = "no_neighbours"
    NO_VALUE = "no_value"


@dataclass(frozen=True)
class LocalMoran:
    """For each area, in the order of the neighbours: local I, p-value and the p-value adjusted for testing so many
    areas at once (Benjamini & Hochberg 1995); NaN where there is no value or no neighbour. `patterns` has a place in
    the four corners only where `adjusted` is at most `level`."""

    areas: tuple[str, ...]
    values: Floats
    p: Floats
    adjusted: Floats
    patterns: tuple[Pattern, ...]
    level: float
    permutations: int
    seed: int


def moran(values: Floats, neighbours: Neighbours, *, seed: int, permutations: int = 9999) -> Moran:
    """Moran's I of `values`, shape (areas,); areas with NaN are left out together with their links.

    An area without neighbours counts in mean and variance, as usual. NothingToCompare if there is no I.

    >>> row = Neighbours.of("abcd", [("a", "b"), ("b", "c"), ("c", "d")])
    >>> found = moran(np.array([1.0, 2.0, 3.0, 4.0]), row, seed=1, permutations=99)
    >>> round(found.value, 12), round(found.expected, 4)
    (0.4, -0.3333)
    """
    _known, deviations, near = _prepared(values, neighbours)
    weights, count = near.weights, len(deviations)
    factor = count / weights.sum() / (deviations @ deviations)
    observed = float(factor * (deviations @ (weights @ deviations)))
    dice = np.random.default_rng(seed)
    mixed = dice.permuted(np.tile(deviations, (permutations, 1)), axis=1).T
    by_chance = factor * np.einsum("ap,ap->p", mixed, weights @ mixed)
    return Moran(observed, -1.0 / (count - 1), float(_p(by_chance, observed)), count, permutations, seed)


def local_moran(
    values: Floats, neighbours: Neighbours, *, seed: int, permutations: int = 9999, level: float = 0.05
) -> LocalMoran:
    """Local Moran's I of `values`, shape (areas,), scaled as in Anselin (1995) with the sample variance.

    Each area keeps its value while those of all others are shuffled. `level`: the share of false discoveries among
    the areas that stand out. Areas with NaN are left out together with their links.
    """
    known, deviations, near = _prepared(values, neighbours)
    scores = deviations / np.sqrt(deviations @ deviations / (len(deviations) - 1))
    around = near.weights @ scores
    p_values = _local_p(scores, around, near, permutations, np.random.default_rng(seed))
    linked = near.counts > 0
    adjusted = np.full(len(p_values), np.nan)
    adjusted[linked] = false_discovery_control(p_values[linked], method="bh")
    columns = zip(near.areas, scores, around, adjusted, strict=True)
    found = {area: _pattern(score, lag, p, level) for area, score, lag, p in columns}
    return LocalMoran(
        neighbours.areas,
        _spread(np.where(linked, scores * around, np.nan), known),
        _spread(p_values, known),
        _spread(adjusted, known),
        tuple(found.get(area, Pattern.NO_VALUE) for area in neighbours.areas),
        level,
        permutations,
        seed,
    )


def _prepared(values: Floats, neighbours: Neighbours) -> tuple[Truths, Floats, Neighbours]:
    """Which areas have a value, how far each of those lies from the mean, and how they are linked."""
    if values.shape != (len(neighbours.areas),):
        raise ValueError(f"{len(neighbours.areas)} areas, values of the shape {values.shape}")
    known = np.isfinite(values)
    near = neighbours.among(known)
    if known.sum() < 3 or not near.links.nnz:
        raise NothingToCompare("at least three areas with values are needed, some of them neighbours")
    if np.ptp(values[known]) <= NEARLY * np.abs(values[known]).max():
        raise NothingToCompare("all areas have the same value")
    return known, values[known] - values[known].mean(), near


def _local_p(scores: Floats, around: Floats, near: Neighbours, permutations: int, dice: np.random.Generator) -> Floats:
    """For each area: among random neighbours out of all others, how rare are those as extreme as its own?"""
    count, most = len(scores), int(near.counts.max())
    # The same random places for all areas: each area's p-value needs chance, not its own chance.
    places = dice.permuted(np.tile(np.arange(count - 1), (permutations, 1)), axis=1)
    places = np.ascontiguousarray(places[:, :most].T)
    found = np.full(count, np.nan)
    for area, number in enumerate(near.counts):
        if number:
            others = np.delete(scores, area)
            by_chance = others[places[:number]].mean(axis=0)
            found[area] = _p(scores[area] * by_chance, scores[area] * around[area])
    return found


def _p(by_chance: Floats, observed: float) -> float:
    """Two-sided: twice the smaller tail, with the observed arrangement as one more."""
    above = np.count_nonzero(by_chance >= observed - NEARLY)
    below = np.count_nonzero(by_chance <= observed + NEARLY)
    return float(min(1.0, 2.0 * (min(above, below) + 1) / (len(by_chance) + 1)))


def _pattern(score: float, around: float, adjusted: float, level: float) -> Pattern:
    if np.isnan(adjusted):
        return Pattern.NO_NEIGHBOURS
    if adjusted > level:
        return Pattern.NOT_SIGNIFICANT
    if score > 0:
        return Pattern.HIGH_AMONG_HIGH if around > 0 else Pattern.HIGH_AMONG_LOW
    return Pattern.LOW_AMONG_HIGH if around > 0 else Pattern.LOW_AMONG_LOW


def _spread(values: Floats, places: Truths) -> Floats:
    """The values at their places among all areas, NaN elsewhere."""
    found = np.full(len(places), np.nan)
    found[places] = values
    return found
