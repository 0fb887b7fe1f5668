"""In which district a point lies: from the boundaries of the town, never from what somebody typed."""

from collections.abc import Sequence

from shapely import STRtree
from shapely.geometry import Point, shape

from kommpass.municipalities.models import District

Spot = tuple[float, float]


def district_of(point: Spot | None) -> District | None:
    """The district around a point (latitude, longitude), or None without point or boundary."""
    return districts_of([point])[0]


def districts_of(points: Sequence[Spot | None]) -> list[District | None]:
    """The same for many points; ask for all of them at once. Two districts that share a point: the first by number.

    Nothing is kept in memory: a boundary that was drawn in a transaction and taken back would be kept with it.
    """
    if all(point is None for point in points):
        return [None for _each in points]
    districts = list(District.objects.exclude(boundary=None).order_by("pk"))
    tree = STRtree([shape(each.boundary) for each in districts])
    return [None if point is None else _around(tree, districts, point) for point in points]


def _around(tree: STRtree, districts: list[District], point: Spot) -> District | None:
    found = tree.query(Point(point[1], point[0]), predicate="intersects")
    return districts[int(min(found))] if len(found) else None
