"""Puts indicators of different units on one scale, on which more is always more of what the index tells."""

import numpy as np
from scipy.stats import rankdata

from kommpass.analysis.composite.recipe import Direction, MinMax, Normalisation, Rank, Recipe, Spread, ZScore
from kommpass.analysis.composite.table import CannotCompare, Floats, Ints

LEAST = 0.01
"""What the lowest area of an indicator counts in a geometric mean: with nothing it would be nothing altogether."""

SCORE_MEAN, SCORE_DEVIATION, SCORE_LEAST = 100.0, 10.0, 1.0
"""The scale on which z-scores have a geometric mean (Mazziotta & Pareto 2016). Ten deviations below it ends."""

ALIKE = 1e-12
"""Values that differ by no more than this share of their size are the same: what is left is the machine's rounding."""


def normalised(values: Floats, recipe: Recipe, population: Ints | None) -> Floats:
    """All indicators on one scale, shape as `values` (areas, indicators); what is missing stays NaN."""
    found = np.empty_like(values)
    for column, indicator in enumerate(recipe.indicators):
        own = values[:, column]
        if are_alike(own):
            raise CannotCompare(indicator.key)
        try:
            scaled = scale(winsorised(own, float(recipe.winsorised)), recipe.normalisation, population)
        except CannotCompare as same:
            raise CannotCompare(indicator.key) from same
        found[:, column] = scaled if indicator.direction is Direction.RAISES else _turned(scaled, recipe.normalisation)
    return found


def are_alike(values: Floats, *, least: float = 0.0) -> bool:
    """Whether nothing tells these values apart, missing ones aside. `least`: the size of what they were reckoned from;
    a mean of z-scores (`least` 1) in which all cancels out is not quite nothing."""
    known = values[np.isfinite(values)]
    return len(known) < 2 or bool(np.ptp(known) <= ALIKE * max(np.abs(known).max(), least))


def winsorised(values: Floats, share: float) -> Floats:
    """The extreme values at both ends brought in to those quantiles. Where then nothing would tell areas apart (nearly
    all have the same value), they stay as they are."""
    if not share:
        return values
    clipped = np.clip(values, *np.nanquantile(values, [share, 1.0 - share]))
    return values if are_alike(clipped) else np.asarray(clipped)


def scale(values: Floats, normalisation: Normalisation, population: Ints | None = None) -> Floats:
    """One indicator on its scale, shape (areas,).

    >>> scale(np.array([2.0, 4.0, 4.0, 10.0]), MinMax()).tolist()
    [0.0, 0.25, 0.25, 1.0]
    >>> scale(np.array([2.0, 4.0, 4.0, 10.0]), Rank()).tolist()
    [0.0, 0.5, 0.5, 1.0]
    >>> scale(np.array([1.0, np.nan, 3.0]), ZScore()).tolist()
    [-1.0, nan, 1.0]
    """
    match normalisation:
        case ZScore():
            mean, deviation = moments(values, normalisation, population)
            return (values - mean) / deviation
        case MinMax():
            return (values - np.nanmin(values)) / (np.nanmax(values) - np.nanmin(values))
        case Rank():
            known = np.count_nonzero(np.isfinite(values))
            return np.asarray((rankdata(values, nan_policy="omit") - 1.0) / (known - 1.0))


def moments(values: Floats, score: ZScore, population: Ints | None) -> tuple[float, float]:
    """Mean and standard deviation of the values that are there. CannotCompare if all residents have the same."""
    known = np.isfinite(values)
    if not score.by_population:
        return float(values[known].mean()), float(values[known].std(ddof=1 if score.spread is Spread.SAMPLE else 0))
    if population is None:
        raise ValueError("the recipe counts residents, the table has none")
    inhabited = known & (population > 0)
    if are_alike(values[inhabited]):
        raise CannotCompare("")
    mean = np.average(values[inhabited], weights=population[inhabited])
    return float(mean), float(np.sqrt(np.average((values[inhabited] - mean) ** 2, weights=population[inhabited])))


def centres(scaled: Floats, normalisation: Normalisation) -> Floats:
    """What the average area has of each indicator, shape (indicators,)."""
    return np.zeros(scaled.shape[1]) if isinstance(normalisation, ZScore) else np.asarray(np.nanmean(scaled, axis=0))


def positive(scaled: Floats, normalisation: Normalisation) -> Floats:
    """The same scale above nothing, as a geometric mean needs it."""
    if isinstance(normalisation, ZScore):
        return np.maximum(SCORE_MEAN + SCORE_DEVIATION * scaled, SCORE_LEAST)
    return LEAST + (1.0 - LEAST) * scaled


def _turned(scaled: Floats, normalisation: Normalisation) -> Floats:
    return -scaled if isinstance(normalisation, ZScore) else 1.0 - scaled
