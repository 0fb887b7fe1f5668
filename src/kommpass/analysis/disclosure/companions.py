"""Companions for small numbers in large tables: chosen by a table that fits, and proved by it.

Whoever hides cells must leave other tables possible. So we look for another table that fits all relations, in which
every small number lies as far from its true value as it must be able to, and that differs in cells that cost little:
one linear program (the idea of Kelly, Golden & Assad 1992). The cells that differ are hidden. The table itself is the
proof: it agrees with everything that is shown. Two such tables are needed, the second with all directions turned.
"""

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, hstack, identity

from kommpass.analysis.disclosure.attack import NEARLY, TOLERANCE, Floats, Margins
from kommpass.analysis.disclosure.cheapest import CannotProtect
from kommpass.analysis.disclosure.figures import Figures, Ints, Truths

ROUNDS = 3
"""Hiding costs the same however far a cell moves, so each round divides the costs by the moves of the last one."""

SOFTLY = 0.2
MISSING = 1e4
HIDDEN_ALREADY = 1e-3


def together_with(figures: Figures, hidden: Truths, wanted: Margins, costs: Floats) -> Truths:
    """The hidden cells and companions that keep `wanted` possible. CannotProtect if no table that fits does."""
    turned, found = _directions(figures, wanted.cells), hidden.copy()
    for side in (1, -1):
        direction = side * turned
        need = np.where(direction > 0, wanted.above, wanted.below).astype(float)
        left, groups, rounds = np.flatnonzero(need > 0), 1, ROUNDS
        while len(left):
            batch = left[::groups]
            moves = _cheapest_table(figures, found, costs, wanted.cells[batch], direction[batch], need[batch], rounds)
            found |= np.abs(moves) > TOLERANCE
            reached = left[direction[left] * moves[wanted.cells[left]] >= need[left] - NEARLY]
            if not len(reached) and len(batch) == 1:
                raise CannotProtect(wanted.cells[batch].tolist())
            # Those that stood in each other's way are asked about in smaller groups.
            left = np.setdiff1d(left, reached)
            groups, rounds = 2 if len(reached) else 2 * groups, 1
    return found


def _directions(figures: Figures, cells: Ints) -> Ints:
    """Up or down for each cell, so that in every relation about as many go up as down: then they need few others."""
    by_cell = figures.relations.tocsc()
    balance = np.zeros(figures.relations.shape[0])
    chosen = np.ones(len(cells), dtype=np.int64)
    for place, cell in enumerate(cells):
        span = slice(by_cell.indptr[cell], by_cell.indptr[cell + 1])
        relations, sign = by_cell.indices[span], by_cell.data[span]
        chosen[place] = -1 if (balance[relations] * sign).sum() > 0 else 1
        balance[relations] += sign * chosen[place]
    return chosen


def _cheapest_table(
    figures: Figures, hidden: Truths, costs: Floats, cells: Ints, direction: Ints, need: Floats, rounds: int
) -> Floats:
    """How another table differs in which these cells lie so far in their direction, as far as all can together."""
    prices, best, least = costs, np.zeros(figures.size), np.inf
    for _round in range(rounds):
        moves, missing = _table(figures, np.where(hidden, HIDDEN_ALREADY, prices), cells, direction, need)
        spent = costs[(np.abs(moves) > TOLERANCE) & ~hidden].sum() + MISSING * missing
        if spent < least:
            best, least = moves, spent
        prices = costs / (np.abs(moves) + SOFTLY)
    return best


def _table(figures: Figures, prices: Floats, cells: Ints, direction: Ints, need: Floats) -> tuple[Floats, float]:
    """The moves of the table with the lowest price, and how much is missing to the needs. What is published stays."""
    free = np.flatnonzero(~figures.published)
    place = np.full(figures.size, -1)
    place[free] = np.arange(len(free))
    number, wanted = len(free), len(cells)
    relations = figures.relations.tocsc()[:, free]
    towards = csr_matrix((direction.astype(float), (np.arange(wanted), place[cells])), shape=(wanted, number))
    answer = linprog(
        np.concatenate([prices[free], prices[free], np.full(wanted, MISSING)]),
        A_ub=hstack([-towards, towards, -identity(wanted)]),
        b_ub=-need,
        A_eq=hstack([relations, -relations, csr_matrix((relations.shape[0], wanted))]),
        b_eq=np.zeros(relations.shape[0]),
        bounds=np.concatenate([_from_nothing_to(np.full(number, np.inf)), _from_nothing_to(figures.values[free]),
                               _from_nothing_to(need)]),
        method="highs-ds",
    )  # fmt: skip
    if answer.status != 0:
        raise ArithmeticError(f"the solver gave up: {answer.message}")
    moves = np.zeros(figures.size)
    moves[free] = answer.x[:number] - answer.x[number : 2 * number]
    return moves, float(answer.x[2 * number :].sum())


def _from_nothing_to(most: Floats | Ints) -> Floats:
    return np.column_stack([np.zeros(len(most)), most.astype(float)])
