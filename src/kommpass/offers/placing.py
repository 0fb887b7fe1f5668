"""In which district a point lies: from the boundaries of the town, never from what somebody typed."""

from collections.abc import Sequence
from functools import lru_cache

from shapely import STRtree
from shapely.geometry import Point, shape

from kommpass.municipalities.models import District
from kommpass.municipalities.scope import here

Spot = tuple[float, float]


def district_of(point: Spot | None) -> District | None:
    """The district around a point (latitude, longitude), or None without point or boundary."""
    return districts_of([point])[0]


def districts_of(points: Sequence[Spot | None]) -> list[District | None]:
    """The same for many points. Two districts that share a point: the first by number."""
    signature = tuple(District.objects.exclude(boundary=None).order_by("pk").values_list("pk", "edition"))
    if not signature:
        return [None for _each in points]
    keys, tree = _boundaries(here(), signature)
    places = [None if point is None else _around(tree, point) for point in points]
    found = District.objects.in_bulk({keys[place] for place in places if place is not None})
    return [None if place is None else found[keys[place]] for place in places]


@lru_cache(maxsize=64)
def _boundaries(_town: int, signature: tuple[tuple[int, int], ...]) -> tuple[list[int], STRtree]:
    """The boundaries of a town as they were when its districts had these editions."""
    keys = [key for key, _edition in signature]
    known = dict(District.objects.filter(pk__in=keys).values_list("pk", "boundary"))
    return keys, STRtree([shape(known[key]) for key in keys])


def _around(tree: STRtree, point: Spot) -> int | None:
    found = tree.query(Point(point[1], point[0]), predicate="intersects")
    return int(min(found)) if len(found) else None
