"""How far off a projection may be: 80 % intervals from the errors of the back-test, or from chance alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import nnls
from scipy.stats import nbinom, poisson

from kommpass.analysis.projection.figures import Floats, people

COVERAGE = 0.8

RECENT = 1
"""Only the last origin teaches how far off forecasts are: errors of longer ago are those of another time. Chosen on the
years of Leipzig on which its coverage was then measured; with 2, 3 or all origins it is up to 3 points more there."""


@dataclass(frozen=True)
class Interval:
    """`low` and `high` of the same shape: people, or places."""

    low: Floats
    high: Floats

    def coverage(self, truth: ArrayLike, axis: int | tuple[int, ...] | None = None) -> Floats:
        """Percent of the true values that lay within, ends included."""
        came = np.asarray(truth, np.float64)
        return np.asarray(100 * ((self.low <= came) & (came <= self.high)).mean(axis))


@dataclass(frozen=True)
class Spread:
    """How forecasts were off, learned from a back-test; arrays (years ahead, age groups).

    The variance of a forecast of m people is `noise` x m + `share` x m^2: chance among few, and growth that was guessed
    wrongly. `reach`: so many standard deviations to both sides held the wanted share of the errors.
    """

    noise: Floats
    share: Floats
    reach: Floats

    def around(self, forecast: ArrayLike) -> Interval:
        """The interval of a forecast (…, years ahead, areas, age groups), never below nothing.

        It holds for one area: errors of areas go together, so those of a sum of areas are not the sum of theirs.
        """
        mean = np.asarray(forecast, np.float64)
        reach = self.reach[:, None, :] * _deviation(mean, self.noise[:, None, :], self.share[:, None, :])
        return Interval(np.maximum(mean - reach, 0), mean + reach)


def learned(forecast: ArrayLike, truth: ArrayLike, *, coverage: float = COVERAGE) -> Spread:
    """The spread of forecasts whose truth is known, both people (origins, years ahead, areas, age groups)."""
    expected, came = people(forecast, axes=4), people(truth, axes=4)
    shape = expected.shape[1], expected.shape[3]
    noise, share, reach = np.empty(shape), np.empty(shape), np.empty(shape)
    for place in np.ndindex(shape):
        mean = np.maximum(expected[:, place[0], :, place[1]].ravel(), 1.0)
        off = came[:, place[0], :, place[1]].ravel() - expected[:, place[0], :, place[1]].ravel()
        # Squared errors by the size of the area, so that the largest do not decide alone; at least chance (Poisson).
        (extra, share[place]), _rest = nnls(np.stack([np.ones_like(mean), mean], 1), off**2 / mean - 1)
        noise[place] = 1 + extra
        reach[place] = np.quantile(np.abs(off) / _deviation(mean, noise[place], share[place]), coverage)
    return Spread(noise, share, reach)


def measured_coverage(
    forecast: ArrayLike, truth: ArrayLike, *, coverage: float = COVERAGE, recent: int = RECENT
) -> Floats:
    """Percent (years ahead, age groups) of true values within intervals that could have been drawn at the time.

    Both: people (origins, years ahead, areas, age groups) of consecutive years. At each origin the spread is learned
    from the `recent` last origins whose years ahead were all over by then, so the first ones only teach.
    """
    expected, came = people(forecast, axes=4), people(truth, axes=4)
    first = expected.shape[1]
    if len(expected) <= first:
        raise ValueError(f"{len(expected)} origins: none is over {first} years before another")
    hits = []
    for origin in range(first, len(expected)):
        over = slice(max(origin - first + 1 - recent, 0), origin - first + 1)
        spread = learned(expected[over], came[over], coverage=coverage)
        hits.append(spread.around(expected[origin]).coverage(came[origin], axis=1))
    return np.asarray(np.mean(hits, axis=0))


def by_chance(forecast: ArrayLike, *, share: float = 0.0, coverage: float = COVERAGE) -> Interval:
    """The interval where no back-test is possible: counts as chance makes them around the forecast (any shape).

    `share`: variance of the relative error of the forecast itself (0.01 = 10 % standard deviation); then the counts
    are negative binomial, with 0 Poisson. Too narrow where the assumptions of the projection are wrong.
    """
    mean = np.asarray(forecast, np.float64)
    if share < 0 or not 0 < coverage < 1:
        raise ValueError("a share of at least 0, a coverage between 0 and 1")
    ends = (1 - coverage) / 2, (1 + coverage) / 2
    if share == 0:
        low, high = (poisson.ppf(end, mean) for end in ends)
    else:
        low, high = (nbinom.ppf(end, 1 / share, 1 / (1 + share * mean)) for end in ends)
    return Interval(np.maximum(low, 0), np.maximum(high, 0))


def _deviation(mean: Floats, noise: ArrayLike, share: ArrayLike) -> Floats:
    """Standard deviation in people; one person at least is taken to be expected, so that nobody is certain."""
    at_least_one = np.maximum(mean, 1.0)
    return np.asarray(np.sqrt(np.asarray(noise) * at_least_one + np.asarray(share) * at_least_one**2))
