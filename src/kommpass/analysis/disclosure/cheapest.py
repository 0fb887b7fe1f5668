"""The cheapest choice of further cells: cutting planes for the cell suppression problem (Fischetti & Salazar 2001).

A *cut* is a condition that every safe choice fulfils. The first ones come from each relation alone, the others from
the proofs of the attacker that a choice is not safe yet. HiGHS finds the cheapest choice under all cuts.
"""

from dataclasses import dataclass
from time import monotonic

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from kommpass.analysis.disclosure.attack import DOWN, TOLERANCE, UP, Breach, Floats, Margins
from kommpass.analysis.disclosure.figures import Figures, Ints, Truths


class CannotProtect(ValueError):
    """Small numbers that can be told from what is published already or from relations that cannot be hidden."""

    def __init__(self, cells: list[int]) -> None:
        super().__init__(f"{len(cells)} cells cannot be protected: {cells[:10]}")
        self.cells = cells


@dataclass(frozen=True)
class Cut:
    """For the sake of a cell, so many of these must be hidden that their weights reach its need."""

    sake: int
    cells: Ints
    weights: Floats
    need: float


def cut_of(figures: Figures, breach: Breach) -> Cut:
    """What every protection must fulfil that this one does not: from the prices of the relations.

    However the cells move, prices w of the relations M say that the breached cell p moves by the sum of g_i y_i over
    all cells, with g = e_p + M'w. A hidden cell falls by at most its value and rises by any amount.
    """
    moves = np.asarray(figures.relations[breach.relations].T @ breach.weights)
    moves[breach.cell] += breach.direction
    moves[np.abs(moves) < TOLERANCE] = 0.0
    # A cell that would have to rise helps as much as is needed; one that would have to fall, at most by its value.
    help_by = np.where(moves > 0, breach.need, -moves * figures.values)
    help_by[breach.cell] = 0.0
    cells = np.flatnonzero(help_by > TOLERANCE)
    return Cut(breach.cell, cells, np.minimum(help_by[cells], breach.need), breach.need)


def first_cuts(figures: Figures, hidden: Truths, wanted: Margins) -> list[Cut]:
    """What each relation alone says: whoever moves within it needs others that move the other way."""
    by_cell = figures.relations.tocsc()
    cuts = []
    for cell, below, above in zip(wanted.cells, wanted.below, wanted.above, strict=True):
        span = slice(by_cell.indptr[cell], by_cell.indptr[cell + 1])
        for relation, sign in zip(by_cell.indices[span], by_cell.data[span], strict=True):
            row = slice(figures.relations.indptr[relation], figures.relations.indptr[relation + 1])
            others, signs = figures.relations.indices[row], figures.relations.data[row] * sign
            for direction, need in ((UP, float(above)), (DOWN, float(below))):
                falls = signs * direction > 0
                help_by = np.where(falls, figures.values[others], need).astype(float)
                help_by[others == cell] = 0.0
                if need > TOLERANCE and help_by[hidden[others]].sum() < need:
                    kept = help_by > 0
                    cuts.append(Cut(int(cell), others[kept], np.minimum(help_by[kept], need), need))
    return cuts


class Choice:
    """The cells that are chosen under all cuts so far."""

    def __init__(self, figures: Figures, costs: Floats, hidden: Truths) -> None:
        self._figures, self._costs, self._fixed = figures, costs, hidden
        self._cuts: list[Cut] = []

    def add(self, cuts: list[Cut]) -> None:
        """Cuts as far as they ask for something that is still free to choose."""
        hopeless = []
        for each in cuts:
            free = ~self._fixed[each.cells] & ~self._figures.published[each.cells]
            need = each.need - each.weights[self._fixed[each.cells]].sum()
            weights = np.minimum(each.weights[free], need)
            if need <= TOLERANCE or weights.sum() < need - TOLERANCE:
                hopeless.append(each.sake)
            self._cuts.append(Cut(each.sake, each.cells[free], weights, need))
        if hopeless:
            raise CannotProtect(sorted(set(hopeless)))

    def solved(self, until: float) -> tuple[Truths, bool]:
        """The cheapest choice, and whether it was found in time."""
        if not self._cuts:
            return self._fixed.copy(), True
        cells = np.unique(np.concatenate([each.cells for each in self._cuts]))
        rows = np.repeat(np.arange(len(self._cuts)), [len(each.cells) for each in self._cuts])
        columns = np.searchsorted(cells, np.concatenate([each.cells for each in self._cuts]))
        weights = np.concatenate([each.weights for each in self._cuts])
        matrix = csr_matrix((weights, (rows, columns)), shape=(len(self._cuts), len(cells)))
        answer = milp(
            self._costs[cells],
            integrality=np.ones(len(cells)),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix, lb=[each.need for each in self._cuts]),
            options={"time_limit": max(until - monotonic(), 1.0)},
        )
        hidden = self._fixed.copy()
        if answer.x is not None:
            hidden[cells[answer.x > 0.5]] = True
        return hidden, answer.status == 0
