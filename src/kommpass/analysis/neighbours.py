"""Which areas are neighbours: read from their outlines, by a border or at least a point that they share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

TOUCH_DEGREES = 1e-6
"""About ten centimetres: outlines that lie closer touch. Offices round their coordinates, and reprojected outlines of
neighbours differ in the last digits."""

BORDER_DEGREES = 2e-5
"""About two metres: what touches along less is a point. Two outlines that meet in a corner are close to each other
for some decimetres around it."""


class Contact(StrEnum):
    """What neighbours share: a piece of border (rook contiguity) or at least a point (queen contiguity)."""

    BORDER = "border"
    POINT = "point"


@dataclass(frozen=True)
class Neighbours:
    """`links`: 1 where two areas are neighbours, shape (areas, areas), the same both ways, nothing on the diagonal."""

    areas: tuple[str, ...]
    links: csr_matrix

    def __post_init__(self) -> None:
        if self.links.shape != (len(self.areas), len(self.areas)):
            raise ValueError(f"{len(self.areas)} areas, links of the shape {self.links.shape}")
        if len(set(self.areas)) != len(self.areas):
            raise ValueError("an area is there twice")
        if (self.links != self.links.T).nnz or self.links.diagonal().any() or (self.links.data != 1).any():
            raise ValueError("areas are neighbours both ways, once, and not of themselves")

    @classmethod
    def of(cls, areas: Sequence[str], pairs: Sequence[tuple[str, str]]) -> "Neighbours":
        """From pairs, each named once or both ways. KeyError if one is of no area.

        >>> Neighbours.of(["Nord", "Mitte", "Süd"], [("Nord", "Mitte")]).alone
        ('Süd',)
        """
        places = {area: place for place, area in enumerate(areas)}
        both = {(places[one], places[two]) for a, b in pairs for one, two in ((a, b), (b, a))}
        rows, columns = np.array(sorted(both), dtype=np.int64).reshape(-1, 2).T
        return cls(tuple(areas), csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(areas), len(areas))))

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many neighbours each area has, shape (areas,)."""
        return np.asarray(np.diff(self.links.indptr), dtype=np.int64)

    @property
    def alone(self) -> tuple[str, ...]:
        """The areas without neighbours."""
        return tuple(area for area, count in zip(self.areas, self.counts, strict=True) if not count)

    @property
    def weights(self) -> csr_matrix:
        """Row-standardised: an area's neighbours weigh 1 together; shape (areas, areas)."""
        return csr_matrix(diags(1.0 / np.maximum(self.counts, 1)) @ self.links)

    def of_area(self, area: str) -> tuple[str, ...]:
        place = self.areas.index(area)
        span = slice(self.links.indptr[place], self.links.indptr[place + 1])
        return tuple(self.areas[each] for each in sorted(self.links.indices[span].tolist()))

    def among(self, kept: NDArray[np.bool_]) -> "Neighbours":
        """Only these areas and what links them."""
        areas = tuple(area for area, keep in zip(self.areas, kept, strict=True) if keep)
        return Neighbours(areas, self.links[kept][:, kept])


def neighbours(geometries: Mapping[str, Mapping[str, Any]], *, contact: Contact = Contact.POINT) -> Neighbours:
    """From GeoJSON geometries by area (Polygon or MultiPolygon, degrees). ValueError for anything else.

    Outlines that overlap or leave a gap of less than TOUCH_DEGREES touch all the same.

    >>> def square(x, y):
    ...     return {"type": "Polygon", "coordinates": [[[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]]}
    >>> town = {"west": square(0, 0), "east": square(1, 0), "northeast": square(1, 1)}
    >>> neighbours(town, contact=Contact.BORDER).of_area("west")
    ('east',)
    >>> neighbours(town, contact=Contact.POINT).of_area("west")
    ('east', 'northeast')
    """
    outlines = np.array([_outline(area, told) for area, told in geometries.items()], dtype=object)
    first, second = shapely.STRtree(outlines).query(outlines, predicate="dwithin", distance=TOUCH_DEGREES)
    once = first < second
    first, second = first[once], second[once]
    if contact is Contact.BORDER:
        borders = shapely.boundary(outlines)
        around = shapely.buffer(borders, TOUCH_DEGREES, quad_segs=2)
        shared = shapely.length(shapely.intersection(borders[first], around[second])) > BORDER_DEGREES
        first, second = first[shared], second[shared]
    names = tuple(geometries)
    return Neighbours.of(names, [(names[one], names[two]) for one, two in zip(first, second, strict=True)])


def _outline(area: str, told: Mapping[str, Any]) -> Any:
    if told.get("type") not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"area {area}: expected a Polygon or MultiPolygon, got {told.get('type')!r}")
    outline = shapely.geometry.shape(told)
    if outline.is_empty or not outline.is_valid:
        raise ValueError(f"area {area}: the outline is empty or crosses itself")
    return outline
