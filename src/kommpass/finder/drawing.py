"""The map of a town's districts as a drawing of the server: no tiles, no script, nothing from outside."""

from dataclasses import dataclass
from math import cos, radians

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from kommpass.finder.wishes import Asked
from kommpass.municipalities.models import District
from kommpass.offers.models import IndexPlace
from kommpass.offers.queries.finding import Found

WIDTH = 900
CLASSES = 5
MOST_POINTS = 1_000
TOLERANCE = 0.8


@dataclass(frozen=True)
class Area:
    """One district in the drawing: its outline, its number of offers, and the search narrowed to it."""

    district: District
    count: int
    path: str
    shade: int
    x: float
    y: float
    url: str


def district_areas(asked: Asked, found: Found) -> dict:
    """Outlines, points and sizes for the page. Two queries; without boundaries there is a table and no drawing."""
    districts = list(District.objects.order_by("code", "name"))
    shapes = {each.pk: shape(each.boundary) for each in districts if each.boundary}
    rows = [_row(asked, found, each) for each in districts]
    if not shapes:
        return {"areas": [], "rows": rows, "points": [], "width": WIDTH, "height": 0}
    frame = _Frame.around(shapes.values())
    most = max([found.districts.get(key, 0) for key in shapes] or [0])
    areas = [
        Area(each, count, frame.path(shapes[each.pk]), _shade(count, most), *frame.label(shapes[each.pk]), url)
        for each, count, url in rows
        if each.pk in shapes
    ]
    return {
        "areas": areas,
        "rows": rows,
        "points": frame.points(found),
        "width": WIDTH,
        "height": round(frame.height),
        "steps": _steps(most),
    }


def _row(asked: Asked, found: Found, district: District) -> tuple[District, int, str]:
    query = asked.without("district", str(district.pk)).lstrip("?")
    return district, found.districts.get(district.pk, 0), f"?{query}{'&' if query else ''}district={district.pk}"


def _shade(count: int, most: int) -> int:
    """A class from 0 (nothing) to 5; classes are equal steps, and the legend names them."""
    return 0 if not count else min(CLASSES, 1 + (count - 1) * CLASSES // max(most, 1))


def _steps(most: int) -> list[tuple[int, int, int]]:
    """The classes with their first and last number, those that no district can have left out."""
    ranges = {}
    for count in range(1, most + 1):
        shade = _shade(count, most)
        ranges[shade] = (ranges.get(shade, (count, count))[0], count)
    return [(shade, first, last) for shade, (first, last) in sorted(ranges.items())]


@dataclass(frozen=True)
class _Frame:
    """From degrees to the drawing: an equal scale in both directions at the middle of the town."""

    west: float
    north: float
    scale: float
    squeeze: float
    height: float

    @classmethod
    def around(cls, shapes) -> "_Frame":
        bounds = [each.bounds for each in shapes]
        west, south = min(b[0] for b in bounds), min(b[1] for b in bounds)
        east, north = max(b[2] for b in bounds), max(b[3] for b in bounds)
        squeeze = cos(radians((south + north) / 2))
        scale = WIDTH / max((east - west) * squeeze, 1e-6)
        return cls(west, north, scale, squeeze, (north - south) * scale)

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        return (longitude - self.west) * self.squeeze * self.scale, (self.north - latitude) * self.scale

    def path(self, geometry: BaseGeometry) -> str:
        simple = geometry.simplify(TOLERANCE / self.scale, preserve_topology=True)
        parts = getattr(simple, "geoms", [simple])
        rings = [ring for part in parts if part.geom_type == "Polygon" for ring in (part.exterior, *part.interiors)]
        return "".join(f"M{' '.join(self._spot(*xy[:2]) for xy in ring.coords)}Z" for ring in rings)

    def _spot(self, longitude: float, latitude: float) -> str:
        x, y = self.at(longitude, latitude)
        return f"{x:.1f},{y:.1f}"

    def label(self, geometry: BaseGeometry) -> tuple[float, float]:
        point = geometry.representative_point()
        x, y = self.at(point.x, point.y)
        return round(x, 1), round(y, 1)

    def points(self, found: Found) -> list[tuple[float, float]]:
        rows = IndexPlace.objects.filter(card__in=found.offers[:MOST_POINTS]).exclude(latitude=None)
        spots = {self.at(lon, lat) for lat, lon in rows.values_list("latitude", "longitude")}
        return sorted(
            (round(x, 1), round(y, 1)) for x, y in spots if -20 < x < WIDTH + 20 and -20 < y < self.height + 20
        )
