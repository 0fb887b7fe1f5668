"""What is reckoned from counts and amounts tells them: shares with their complement, and sums with one big contributor.

Whoever knows a share and its denominator knows the numerator, and how many are left over. So the three are cells of one
system, and the share is shown only where numerator and denominator are. An amount of money is told by its sum where one
contributor is most of it; how much is missing to safety is the margin that `suppress` keeps.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_matrix, hstack, vstack

from kommpass.analysis.disclosure.attack import Margins
from kommpass.analysis.disclosure.figures import Figures, Ints, Truths

Share = tuple[int, int]
"""The cells of numerator and denominator."""


def with_complements(figures: Figures, shares: Sequence[Share]) -> Figures:
    """The same cells, and behind them for each share how many of the denominator are not in the numerator.

    Nobody shows the complement, but everybody can reckon it, so it is protected like a count of its own. For a ratio of
    two populations that are no part of each other (more places than children) there is no complement: it needs none,
    and a ValueError says so where the numbers show it.

    >>> from kommpass.analysis.disclosure.suppression import suppress
    >>> from kommpass.analysis.disclosure.rules import Rule
    >>> children = Figures(np.array([39, 40]), csr_matrix((0, 2)))
    >>> suppress(with_complements(children, [(0, 1)]), Rule(minimum=3)).hidden.tolist()
    [True, False, True]
    """
    numerators, denominators = _both(shares)
    left = figures.values[denominators] - figures.values[numerators]
    if (left < 0).any():
        cell = numerators[np.argmin(left)]
        raise ValueError(f"cell {cell} is greater than its whole: it is no part of it and has no complement")
    number, size = len(shares), figures.size
    rows = np.tile(np.arange(number), 3)
    cells = np.concatenate([numerators, size + np.arange(number), denominators])
    signs = np.repeat([1, 1, -1], number)
    sums = csr_matrix((signs, (rows, cells)), shape=(number, size + number))
    before = hstack([figures.relations, csr_matrix((figures.relations.shape[0], number), dtype=np.int64)])
    return Figures(
        np.concatenate([figures.values, left]),
        csr_matrix(vstack([before, sums])),
        np.concatenate([figures.published, np.zeros(number, bool)]),
        np.concatenate([figures.internal, np.ones(number, bool)]),
    )


def shown_shares(hidden: Truths, shares: Sequence[Share]) -> Truths:
    """Which of these shares may be shown: those of which numerator and denominator are shown, however it is rounded.

    >>> shown_shares(np.array([False, True, False]), [(0, 2), (1, 2), (0, 1)]).tolist()
    [True, False, False]
    """
    numerators, denominators = _both(shares)
    return ~hidden[numerators] & ~hidden[denominators]


def missing_by_concentration(amounts: ArrayLike, cells: ArrayLike, size: int, *, largest: int, percent: int) -> Ints:
    """(n, k) rule: by how much a sum is too small for its `largest` n contributors to be at most k percent of it.

    `amounts`: whole numbers (cents) of the contributors, `cells`: where each belongs (named again for every sum it is
    in), `size`: how many cells there are. Cells with nothing missing (0) are safe.

    >>> missing_by_concentration([80, 10, 10, 5, 5], [0, 0, 0, 1, 1], 2, largest=1, percent=75).tolist()
    [7, 0]
    """
    total, leaders = _leaders(amounts, cells, size, largest)
    return np.asarray(np.maximum(-(-100 * leaders.sum(axis=0) // percent) - total, 0))


def missing_by_guess(amounts: ArrayLike, cells: ArrayLike, size: int, *, percent: int) -> Ints:
    """p% rule: by how much a sum is too small for its second contributor not to guess the first within p percent.

    Parameters as above. A contributor alone is always told.

    >>> missing_by_guess([80, 10, 10, 5, 5], [0, 0, 0, 1, 1], 2, percent=10).tolist()
    [0, 1]
    """
    total, leaders = _leaders(amounts, cells, size, 2)
    rest = total - leaders.sum(axis=0)
    return np.asarray(np.maximum(-(-percent * leaders[0] // 100) - rest, 0))


def margins_of(sums: Ints, missing: Ints) -> Margins:
    """What `suppress` must keep possible, so that a sum that is told too well can be so much more, or less."""
    cells = np.flatnonzero(missing)
    return Margins(cells, np.minimum(missing, sums)[cells], missing[cells])


def _leaders(amounts: ArrayLike, cells: ArrayLike, size: int, largest: int) -> tuple[Ints, Ints]:
    """The sum of each cell, shape (size,), and its largest amounts, shape (largest, size)."""
    amount, cell = np.asarray(amounts, dtype=np.int64), np.asarray(cells, dtype=np.int64)
    if (amount < 0).any():
        raise ValueError("an amount below nothing has no share of a sum")
    order = np.lexsort((-amount, cell))
    amount, cell = amount[order], cell[order]
    number = np.bincount(cell, minlength=size)
    rank = np.arange(len(cell)) - (np.cumsum(number) - number)[cell]
    found = np.zeros((largest, size), dtype=np.int64)
    found[rank[rank < largest], cell[rank < largest]] = amount[rank < largest]
    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, cell, amount)
    return total, found


def _both(shares: Sequence[Share]) -> tuple[Ints, Ints]:
    pairs = np.array(shares, dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]
