"""The attacker: what can be inferred about hidden cells from everything that is shown and from the relations.

Without knowledge of their own, attackers know that counts are not negative. Of a hidden cell they learn the interval of
all values that fit: linear programming, exact up to rounding (Fischetti & Salazar 2001). Whole numbers are taken to be
no further help: that holds for tables of two dimensions, and for others tests count out all tables that fit.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import block_array, csr_matrix, hstack, identity
from scipy.sparse.csgraph import connected_components

from kommpass.analysis.disclosure.figures import Figures, Ints, Truths

Floats = NDArray[np.float64]

TOLERANCE = 1e-6
NEARLY = 1e-4
"""Needs are whole numbers; who reaches one up to this has reached it."""
UP, DOWN = 1, -1

TRIES = 2
APART = 4
"""So many hidden cells a relation must have for each one that is asked about together with others."""


@dataclass(frozen=True)
class Margins:
    """What must stay possible of these cells: so far below and so far above their true value."""

    cells: Ints
    below: Ints
    above: Ints


@dataclass(frozen=True)
class Breach:
    """A hidden cell that can be told too well: only so far in this direction (UP or DOWN), where `need` was asked for.

    `weights` are those of the relations (dual prices): they prove it, and say which further cells would help.
    """

    cell: int
    direction: int
    reached: float
    need: float
    weights: Floats
    relations: Ints


@dataclass(frozen=True)
class Room:
    """Hidden cells that hang together through relations; no other cell tells anything about them."""

    cells: Ints
    relations: Ints
    matrix: csr_matrix
    values: Ints


def rooms(figures: Figures, hidden: Truths) -> Iterator[Room]:
    """The hidden cells in groups that can be attacked one by one. Of a relation only its hidden cells count."""
    cells = np.flatnonzero(hidden)
    part = figures.relations[:, cells]
    used = np.flatnonzero(np.diff(part.indptr))
    part = part[used]
    graph = block_array([[None, abs(part).T], [abs(part), None]]) if len(used) else csr_matrix((len(cells), len(cells)))
    number, label = connected_components(graph, directed=False)
    first_cell = part.indices[part.indptr[:-1]]
    for each in range(number):
        ours, rows = np.flatnonzero(label[: len(cells)] == each), np.flatnonzero(label[first_cell] == each)
        yield Room(cells[ours], used[rows], csr_matrix(part[rows][:, ours]), figures.values[cells[ours]])


def bounds(figures: Figures, hidden: Truths, cells: Truths | None = None) -> tuple[Floats, Floats]:
    """For every cell (or for `cells` only) the least and the most it can be in the eyes of an attacker.

    For a cell that is shown both are its value. The most is infinity where nothing that is shown limits it.

    >>> from kommpass.analysis.disclosure.figures import Dimension, crossed
    >>> row = crossed([2, 5, 9, 0], [Dimension.of(total=3, parts=[0, 1, 2])])
    >>> least, most = bounds(row, np.array([True, True, False, False]))
    >>> least.tolist(), most.tolist()
    ([0.0, 0.0, 9.0, 16.0], [7.0, 7.0, 9.0, 16.0])
    """
    least, most = figures.values.astype(float), figures.values.astype(float)
    for room in rooms(figures, hidden):
        for place, cell in enumerate(room.cells):
            if cells is not None and not cells[cell]:
                continue
            least[cell] = figures.values[cell] - _farthest(room, place, DOWN, np.inf)[0]
            most[cell] = figures.values[cell] + _farthest(room, place, UP, np.inf)[0]
    return least, most


def breaches(figures: Figures, hidden: Truths, margins: Margins) -> Iterator[Breach]:
    """Which of these cells can be told too well, one by one. Cells that are shown are no breach of this kind."""
    below, above = np.zeros(figures.size), np.zeros(figures.size)
    below[margins.cells], above[margins.cells] = margins.below, margins.above
    for room in rooms(figures, hidden):
        for direction, need in ((UP, above[room.cells]), (DOWN, below[room.cells])):
            yield from _breaches_in(room, direction, need)


def _breaches_in(room: Room, direction: int, need: Floats) -> Iterator[Breach]:
    """Many cells are proved safe at once by one table that fits; only the rest is asked about one by one."""
    waiting, tried, left = np.flatnonzero(need > TOLERANCE), np.zeros(len(need), np.int64), []
    while len(waiting):
        batch = _far_apart(room, waiting)
        moved = direction * _moved_together(room, batch, direction, need)
        tried[batch] += 1
        waiting = waiting[moved[waiting] < need[waiting] - NEARLY]
        left += waiting[tried[waiting] >= TRIES].tolist()
        waiting = waiting[tried[waiting] < TRIES]
    for place in left:
        reached, weights = _farthest(room, place, direction, float(need[place]))
        if reached < need[place] - NEARLY:
            yield Breach(int(room.cells[place]), direction, reached, float(need[place]), weights, room.relations)


def _far_apart(room: Room, places: Ints) -> Ints:
    """Some of these cells, few in each relation, so that one does not stand in the way of the other; at least one."""
    by_cell = room.matrix.tocsc()
    space = np.maximum(1, np.diff(room.matrix.indptr) // APART)
    chosen = []
    for place in places:
        relations = by_cell.indices[by_cell.indptr[place] : by_cell.indptr[place + 1]]
        if (space[relations] > 0).all():
            space[relations] -= 1
            chosen.append(place)
    return np.array(chosen, dtype=np.int64)


def _moved_together(room: Room, places: Ints, direction: int, need: Floats) -> Floats:
    """A table that fits in which these cells lie as far in this direction as they need, all together or nearly so."""
    number, wanted = len(room.cells), len(places)
    cost = np.concatenate([np.zeros(number), -np.ones(wanted)])
    beside = csr_matrix((room.matrix.shape[0], wanted))
    within = csr_matrix((np.full(wanted, -direction), (np.arange(wanted), places)), shape=(wanted, number))
    answer = linprog(
        cost,
        A_ub=hstack([within, identity(wanted)]),
        b_ub=np.zeros(wanted),
        A_eq=hstack([room.matrix, beside]),
        b_eq=np.zeros(room.matrix.shape[0]),
        bounds=[*((-float(value), None) for value in room.values), *((0.0, float(need[place])) for place in places)],
    )
    return np.asarray(answer.x[:number]) if answer.status == 0 else np.zeros(number)


def _farthest(room: Room, place: int, direction: int, need: float) -> tuple[float, Floats]:
    """How far one cell can lie in a direction, asked no further than `need`; and the prices of the relations."""
    cost = np.zeros(len(room.cells))
    cost[place] = -direction
    limits: list[tuple[float, float | None]] = [(-float(value), None) for value in room.values]
    if np.isfinite(need):
        limits[place] = (-float(room.values[place]), need) if direction == UP else (-need, None)
    answer = linprog(
        cost, A_eq=room.matrix if room.matrix.shape[0] else None,
        b_eq=np.zeros(room.matrix.shape[0]) if room.matrix.shape[0] else None, bounds=limits,
    )  # fmt: skip
    if answer.status == 3:  # unbounded: nothing that is shown limits it
        return np.inf, np.zeros(room.matrix.shape[0])
    if answer.status != 0:
        raise ArithmeticError(f"the solver gave up: {answer.message}")
    weights = np.asarray(answer.eqlin.marginals) if room.matrix.shape[0] else np.zeros(0)
    return float(-answer.fun), weights
