"""Random variants of a recipe: other normalisations, weights and means, one indicator less; and the ranks they give."""

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product

import numpy as np

from kommpass.analysis.composite.index import terms_of
from kommpass.analysis.composite.normalisation import normalised
from kommpass.analysis.composite.recipe import Aggregation, MinMax, Normalisation, Rank, Recipe, ZScore
from kommpass.analysis.composite.table import Floats, Ints

ROUNDING = 12
"""Digits of an index that count for its rank: areas with the same values share a rank, whatever the machine rounds."""


class Choice(StrEnum):
    """What could have been chosen otherwise."""

    NORMALISATION = "normalisation"
    WEIGHTS = "weights"
    AGGREGATION = "aggregation"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Draws:
    """One choice of everything for each draw: places among `variants` and AGGREGATIONS, weights of shape (draws,
    indicators), and the place of the indicator that is left out (the number of indicators: none)."""

    normalisation: Ints
    weights: Floats
    aggregation: Ints
    left_out: Ints

    def with_own(self, choice: Choice, other: "Draws") -> "Draws":
        """This choice from here, everything else from the other draws."""
        return replace(other, **{choice.value: getattr(self, choice.value)})


AGGREGATIONS = (Aggregation.ARITHMETIC, Aggregation.GEOMETRIC)


def variants(recipe: Recipe) -> tuple[Normalisation, ...]:
    """The normalisations that are tried; of the z-scores the recipe's own if it has one."""
    own = recipe.normalisation if isinstance(recipe.normalisation, ZScore) else ZScore()
    return own, MinMax(), Rank()


def drawn(recipe: Recipe, number: int, concentration: float, dice: np.random.Generator) -> Draws:
    """Weights around the recipe's own (Dirichlet; `concentration` for each indicator of average weight, the higher the
    closer), normalisation and mean each as likely as the others, with probability one half one indicator less."""
    weights = np.array([float(each.weight) for each in recipe.indicators])
    count = len(weights)
    left_out = np.where(dice.random(number) < 0.5, dice.integers(count, size=number), count)
    return Draws(
        dice.integers(len(variants(recipe)), size=number),
        dice.dirichlet(concentration * count * weights / weights.sum(), number),
        dice.integers(len(AGGREGATIONS), size=number),
        left_out if count > 1 else np.full(number, count),
    )


class Ranking:
    """Ranks the areas of an index in every draw: 1 for the highest, equal ones share the best of their places."""

    def __init__(self, values: Floats, recipe: Recipe, population: Ints | None):
        """`values`: those of the areas that have an index, shape (areas, indicators)."""
        self.size = len(values)
        self.terms = []
        for normalisation, aggregation in product(variants(recipe), AGGREGATIONS):
            own = replace(recipe, normalisation=normalisation, aggregation=aggregation)
            self.terms.append(terms_of(normalised(values, own, population), own))

    def ranks(self, draws: Draws) -> Ints:
        """Shape (draws, areas)."""
        weights = np.concatenate([draws.weights, np.zeros((len(draws.weights), 1))], axis=1)
        weights[np.arange(len(weights)), draws.left_out] = 0.0
        weights = weights[:, :-1]
        index = np.empty((len(weights), self.size))
        kind = draws.normalisation * len(AGGREGATIONS) + draws.aggregation
        for place, (counts, terms) in enumerate(self.terms):
            index[kind == place] = _means(weights[kind == place], counts, terms)
        return ranks_of(index)


def ranks_of(index: Floats) -> Ints:
    """The ranks along the last axis: 1 for the highest, equal ones share the best of their places.

    >>> ranks_of(np.array([2.0, 5.0, 5.0, 1.0])).tolist()
    [3, 1, 1, 4]
    """
    below = -index.round(ROUNDING)
    order = below.argsort(axis=-1)
    ascending = np.take_along_axis(below, order, axis=-1)
    places = np.broadcast_to(np.arange(1, index.shape[-1] + 1), index.shape).copy()
    places[..., 1:][ascending[..., 1:] == ascending[..., :-1]] = 1
    ranks = np.empty_like(places)
    np.put_along_axis(ranks, order, np.maximum.accumulate(places, axis=-1), axis=-1)
    return ranks


def _means(weights: Floats, counts: Floats, terms: Floats) -> Floats:
    """Weighted means, shape (draws, areas). An area whose only value is left out lies in the middle of the others."""
    if counts.all():
        return np.asarray(_summed(weights, terms) / weights.sum(axis=1, keepdims=True))
    sums = _summed(weights, counts)
    means = np.divide(_summed(weights, counts * terms), sums, out=np.full_like(sums, np.nan), where=sums > 0)
    if np.isnan(means).any():
        means = np.where(np.isnan(means), np.nanmedian(means, axis=1, keepdims=True), means)
    return np.asarray(means)


def _summed(weights: Floats, terms: Floats) -> Floats:
    """Not by BLAS: its threads cost more than they bring here, and equal areas shall have equal sums."""
    return np.asarray(np.einsum("di,ia->da", weights, np.ascontiguousarray(terms.T)))
