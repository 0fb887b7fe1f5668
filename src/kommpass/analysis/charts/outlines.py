"""The outlines of a town's areas, made small once, for every map that is drawn of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from kommpass.analysis.web_mercator import in_world

# The longer side of a map, in units of the drawing, which are the steps of its coordinates.
LONGER_SIDE = 1000
MARGIN = 4
# Bends that lie within about one unit are straightened; borders of neighbours stay the same line.
TOLERANCE = 1.2
ROOM_FOR_FULL_LINES = 25
DOT = 2

Corners = NDArray[np.int64]
Geometry = Any  # shapely has no types


@dataclass(frozen=True)
class Outline:
    """One area: its path, the middle of the largest circle within it, and that circle's radius (`room`)."""

    key: str
    name: str
    path: str
    x: float
    y: float
    room: float


@dataclass(frozen=True)
class Outlines:
    """All areas, the line around them together, and the size of the drawing."""

    areas: tuple[Outline, ...]
    around: str
    width: int
    height: int

    @property
    def grain(self) -> float:
        """How fine lines and patterns have to be: 1 where there are few areas, down to 0.6 where they are small."""
        return min(1.0, max(0.6, median(area.room for area in self.areas) / ROOM_FOR_FULL_LINES))


def outlines(areas: Iterable[tuple[str, str, Mapping[str, Any]]]) -> Outlines:
    """Outlines from (key, name, GeoJSON Polygon or MultiPolygon in degrees of WGS84), in the order given.

    They are projected to Web Mercator, north up, and simplified together (coverage simplification after Visvalingam
    and Whyatt, by GEOS), so that neighbours keep their common border. A ValueError says what cannot be drawn.
    """
    given = list(areas)
    keys = [key for key, _name, _geometry in given]
    if not given:
        raise ValueError("a map needs areas")
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise ValueError(f"every area needs a key of its own, these are there twice: {', '.join(twice)}")
    drawn, width, height = _in_frame([_polygons(key, geometry) for key, _name, geometry in given])
    simple = shapely.coverage_simplify(drawn, TOLERANCE)
    circles = shapely.maximum_inscribed_circle(simple, tolerance=0.5)
    found = [
        Outline(key, name, _path(area), float(circle.coords[0][0]), float(circle.coords[0][1]), float(circle.length))
        for (key, name, _geometry), area, circle in zip(given, simple, circles, strict=True)
    ]
    return Outlines(tuple(found), _path(shapely.union_all(simple)), width, height)


def _polygons(key: str, geometry: Mapping[str, Any]) -> Geometry:
    if geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"area {key}: a polygon is needed, not {geometry.get('type')}")
    found = shapely.geometry.shape(geometry)
    if not found.is_valid:
        found = shapely.buffer(found, 0)
    if found.is_empty or not np.isfinite(found.bounds).all():
        raise ValueError(f"area {key}: the polygon encloses nothing")
    return shapely.force_2d(found)


def _in_frame(areas: Sequence[Geometry]) -> tuple[NDArray[Any], int, int]:
    """The areas in units of the drawing, and its size."""
    projected = shapely.transform(areas, lambda corners: np.column_stack(in_world(*corners.T)))
    west, north, east, south = shapely.total_bounds(projected)
    scale = (LONGER_SIDE - 2 * MARGIN) / max(east - west, south - north)
    drawn = shapely.transform(projected, lambda corners: (corners - (west, north)) * scale + MARGIN)
    width, height = (round(float(side * scale)) + 2 * MARGIN for side in (east - west, south - north))
    return np.asarray(drawn), width, height


def _path(area: Geometry) -> str:
    """Rings in whole units, each from its first corner on by the way to the next; what vanishes becomes a dot."""
    parts = [part for part in getattr(area, "geoms", [area]) if part.geom_type == "Polygon"]
    rings = [_corners(ring) for part in parts for ring in (part.exterior, *part.interiors)]
    kept = [_ring(corners) for corners in rings if len(corners) > 2]
    if kept:
        return "".join(kept)
    x, y = (round(float(end)) for end in area.bounds[:2])
    return f"M{x - DOT // 2} {y - DOT // 2}h{DOT}v{DOT}h-{DOT}z"


def _corners(ring: Geometry) -> Corners:
    """Without the last corner, which is the first, and without those that fall onto the one before."""
    corners: Corners = np.rint(np.asarray(ring.coords)[:-1, :2]).astype(np.int64)
    moved = np.flatnonzero((corners != np.roll(corners, 1, axis=0)).any(axis=1))
    return np.take(corners, moved, axis=0)


def _ring(corners: Corners) -> str:
    steps = " ".join(f"{x} {y}" for x, y in np.diff(corners, axis=0))
    return f"M{corners[0][0]} {corners[0][1]}l{steps}z".replace(" -", "-")
