"""How far a rank depends on choices that could have been made otherwise: no rank is shown without this answer.

Uncertainty and sensitivity analysis after the OECD/JRC Handbook (2008), chapter 7: random recipes give each area an
interval of ranks; first-order shares of the variance say which choice matters how much.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from kommpass.analysis.composite.draws import Choice, Ranking, drawn, ranks_of
from kommpass.analysis.composite.index import composite
from kommpass.analysis.composite.recipe import Recipe
from kommpass.analysis.composite.table import Floats, Ints, Table

BLOCKS = 20
"""Into so many blocks the draws are cut to see how exact a share is."""


@dataclass(frozen=True)
class Share:
    """Which part of all variance of ranks one choice explains by itself, and the standard error of that figure: it is
    estimated, a choice that explains nothing may come out a little below 0."""

    value: float
    error: float


@dataclass(frozen=True)
class Sensitivity:
    """Ranks of the areas that have an index (1: highest; equal ones share the best place), each of shape (areas,).

    `rank`: by the recipe itself; `low` to `high`: where nine tenths of the random recipes put the area; `winsorised`:
    the rank if extreme values are brought in. `shares`: of the variance of ranks, summed over areas; what is missing
    to 1 comes from choices working together.
    """

    areas: tuple[str, ...]
    rank: Ints
    low: Ints
    high: Ints
    winsorised: Ints
    shares: Mapping[Choice, Share]
    draws: int
    seed: int

    @property
    def outlier_effect(self) -> Ints:
        """How many places each area moves up (positive: towards 1) when extreme values are brought in."""
        return self.rank - self.winsorised


def sensitivity(
    table: Table,
    recipe: Recipe,
    *,
    seed: int,
    draws: int = 2000,
    concentration: float = 20.0,
    winsorised: Decimal = Decimal("0.05"),
) -> Sensitivity:
    """Ranks under random recipes. Same table, recipe and seed: same answer.

    `concentration` and what is drawn at all: see `draws.drawn`. `winsorised`: the share that is brought in at each end
    for `Sensitivity.winsorised`.
    """
    if draws < BLOCKS:
        raise ValueError(f"{draws} draws say nothing, at least {BLOCKS} are needed")
    if concentration < 1:
        raise ValueError(f"with a concentration of {concentration} single indicators weigh nothing; at least 1")
    found = composite(table, recipe)
    has_index = found.has_index
    population = None if table.population is None else table.population[has_index]
    ranking = Ranking(table.columns(recipe.keys)[has_index], recipe, population)
    dice = np.random.default_rng(seed)
    own, other = (drawn(recipe, draws, concentration, dice) for _set in range(2))
    ranks = ranking.ranks(own)
    low = np.quantile(ranks, 0.05, axis=0, method="lower").astype(np.int64)
    high = np.quantile(ranks, 0.95, axis=0, method="higher").astype(np.int64)
    shares = {choice: first_order(ranks, ranking.ranks(own.with_own(choice, other))) for choice in Choice}
    calm = composite(table, replace(recipe, winsorised=winsorised)).index[has_index]
    areas = tuple(area for area, has in zip(table.areas, has_index, strict=True) if has)
    return Sensitivity(areas, ranks_of(found.index[has_index]), low, high, ranks_of(calm), shares, draws, seed)


def first_order(outputs: Floats | Ints, same_choice: Floats | Ints) -> Share:
    """Sobol's first-order share of one choice, for several outputs together (Janon et al. 2014; Gamboa et al. 2014).

    `outputs`: shape (draws, outputs). `same_choice`: the same with this choice kept and all others drawn anew.

    >>> dice = np.random.default_rng(1)
    >>> a, b, other_b = dice.normal(size=(3, 50_000, 1))
    >>> round(first_order(2 * a + b, 2 * a + other_b).value, 2)
    0.8
    """
    first, second = np.asarray(outputs, dtype=float), np.asarray(same_choice, dtype=float)
    middle = first.mean(axis=0)
    first, second = first - middle, second - middle
    # Sums over the draws of each block; sums over all but one block give the jackknife.
    blocks = np.array([
        [(one * two).sum(axis=0), ((one**2 + two**2) / 2).sum(axis=0), ((one + two) / 2).sum(axis=0)]
        for one, two in zip(np.array_split(first, BLOCKS), np.array_split(second, BLOCKS), strict=True)
    ])  # fmt: skip
    sizes = np.array([len(each) for each in np.array_split(first, BLOCKS)])
    total = blocks.sum(axis=0)
    without = np.array([_share(total - each, len(first) - size) for each, size in zip(blocks, sizes, strict=True)])
    error = np.sqrt((BLOCKS - 1) / BLOCKS * ((without - without.mean()) ** 2).sum())
    return Share(float(_share(total, len(first))), float(error))


def _share(sums: Floats, draws: int) -> float:
    """From sums of products, of squares and of values, each of shape (outputs,); 0 if nothing varies."""
    product, square, value = sums / draws
    variance = (square - value**2).sum()
    return float((product - value**2).sum() / variance) if variance > 0 else 0.0
