"""Counts and the sums between them: what an attacker knows of a table before the first number is shown.

A cell is a count of people or cases. A *relation* says that some cells with their signs sum up to nothing: a total less
its parts, two cuts of the same ground, a number less its share and its complement. Whoever publishes tables publishes
their relations, for everybody can add.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_matrix, vstack

Ints = NDArray[np.int64]
Truths = NDArray[np.bool_]

NO_PARENT = -1


@dataclass(frozen=True)
class Figures:
    """`values`: true counts, shape (n,). `relations`: signs, shape (r, n); `relations @ values` is nothing.

    `published`: cells that everybody knows already; they cannot be hidden any more. `internal`: cells that are never
    shown, but are there for an attacker to reckon with: the part of two overlapping areas, the complement of a share.
    A ValueError says what contradicts itself.
    """

    values: Ints
    relations: csr_matrix
    published: Truths = field(default_factory=lambda: np.zeros(0, bool))
    internal: Truths = field(default_factory=lambda: np.zeros(0, bool))

    def __post_init__(self) -> None:
        for name in ("published", "internal"):
            if not len(getattr(self, name)):
                object.__setattr__(self, name, np.zeros(len(self.values), bool))
        if self.relations.shape[1] != len(self.values):
            raise ValueError(f"relations speak of {self.relations.shape[1]} cells, there are {len(self.values)}")
        if (self.values < 0).any():
            raise ValueError("a count is never less than nothing")
        if (wrong := np.flatnonzero(self.relations @ self.values)).size:
            raise ValueError(f"relation {wrong[0]} does not add up: {self._said(int(wrong[0]))}")
        if (self.published & self.internal).any():
            raise ValueError("what is published is not internal")

    @property
    def size(self) -> int:
        return len(self.values)

    def _said(self, relation: int) -> str:
        row = self.relations[[relation]]
        return " ".join(f"{sign:+d}·{self.values[cell]}" for sign, cell in zip(row.data, row.indices, strict=True))

    def having(self, *, published: Truths | None = None, internal: Truths | None = None) -> "Figures":
        return Figures(
            self.values,
            self.relations,
            self.published if published is None else published,
            self.internal if internal is None else internal,
        )


@dataclass(frozen=True)
class Dimension:
    """One way to cut: districts within a town, ages, sex. `parents[code]` is the code it is summed up in, or NO_PARENT.

    >>> Dimension.of(total=2, parts=[0, 1]).parents.tolist()
    [2, 2, -1]
    """

    parents: Ints

    @classmethod
    def of(cls, *, total: int, parts: Sequence[int]) -> "Dimension":
        """A total and its parts."""
        parents = np.full(max(total, *parts) + 1, NO_PARENT, dtype=np.int64)
        parents[list(parts)] = total
        return cls(parents)

    @property
    def size(self) -> int:
        return len(self.parents)

    @property
    def leaves(self) -> Ints:
        """The codes that are no sum of others, ascending."""
        return np.setdiff1d(np.arange(self.size), self.parents)

    def summed(self, values: Ints, axis: int) -> Ints:
        """The same values with every sum of this dimension filled in along an axis."""
        found = np.moveaxis(values.copy(), axis, 0)
        for code in self._upwards():
            found[code] = found[self.parents == code].sum(axis=0)
        return np.moveaxis(found, 0, axis)

    def _upwards(self) -> list[int]:
        """The sums, each after its parts. A ValueError names a code that is part of itself."""
        depth = np.zeros(self.size, dtype=np.int64)
        for code in range(self.size):
            step, steps = code, 0
            while (step := int(self.parents[step])) != NO_PARENT:
                steps += 1
                if steps > self.size:
                    raise ValueError(f"code {code} is a part of itself")
            depth[code] = steps
        sums = [code for code in range(self.size) if code in set(self.parents.tolist())]
        return sorted(sums, key=lambda code: (-depth[code], code))


def crossed(counts: ArrayLike, dimensions: Sequence[Dimension]) -> Figures:
    """A table: `counts` has an axis for each dimension, as long as it has codes; sums are reckoned, not believed.

    The cells are in C order: cell `np.ravel_multi_index(codes, shape)` belongs to these codes.

    >>> table = crossed([[1, 2, 0], [3, 4, 0], [0, 0, 0]], [Dimension.of(total=2, parts=[0, 1])] * 2)
    >>> table.values.reshape(3, 3).tolist()
    [[1, 2, 3], [3, 4, 7], [4, 6, 10]]
    >>> table.relations.shape
    (6, 9)
    """
    values = np.asarray(counts, dtype=np.int64)
    if values.shape != tuple(each.size for each in dimensions):
        raise ValueError(f"the counts have the shape {values.shape}, their dimensions say otherwise")
    for axis, each in enumerate(dimensions):
        values = each.summed(values, axis)
    places = np.arange(values.size).reshape(values.shape)
    relations = [_sums(places, each, axis) for axis, each in enumerate(dimensions)]
    return Figures(values.ravel(), csr_matrix(vstack(relations)))


def _sums(places: Ints, dimension: Dimension, axis: int) -> csr_matrix:
    """For every sum of a dimension, and every cell of it: its parts less itself."""
    along = np.moveaxis(places, axis, 0).reshape(dimension.size, -1)
    rows, cells, signs, count = [], [], [], 0
    for code in dimension._upwards():
        parts = along[dimension.parents == code]
        numbers = np.arange(count, count + along.shape[1])
        rows += [np.tile(numbers, len(parts)), numbers]
        cells += [parts.ravel(), along[code]]
        signs += [np.ones(parts.size, np.int64), np.full(along.shape[1], -1)]
        count += along.shape[1]
    if not rows:
        return csr_matrix((0, places.size), dtype=np.int64)
    place = np.concatenate(rows), np.concatenate(cells)
    return csr_matrix((np.concatenate(signs), place), shape=(count, places.size))


def linked(tables: Sequence[Figures], same: Sequence[tuple[int, int, int, int]] = ()) -> Figures:
    """Several tables as one, with the cells that are the same in two: (table, cell, table, cell).

    What is the same is said by a relation, so that hiding one of both and showing the other is seen as what it is.
    """
    begins = np.cumsum([0, *(each.size for each in tables)])
    values = np.concatenate([each.values for each in tables])
    blocks = [
        csr_matrix((each.relations.data, each.relations.indices + begin, each.relations.indptr),
                   shape=(each.relations.shape[0], len(values)))
        for each, (begin, _end) in zip(tables, pairwise(begins), strict=True)
    ]  # fmt: skip
    pairs = np.array([(begins[a] + i, begins[b] + j) for a, i, b, j in same], dtype=np.int64).reshape(-1, 2)
    numbers = np.arange(len(pairs))
    equal = csr_matrix(
        (np.tile([1, -1], len(pairs)), (np.repeat(numbers, 2), pairs.ravel())), shape=(len(pairs), len(values))
    )
    return Figures(
        values,
        csr_matrix(vstack([*blocks, equal])),
        np.concatenate([each.published for each in tables]),
        np.concatenate([each.internal for each in tables]),
    )
