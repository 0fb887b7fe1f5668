"""The map of a town's districts as a drawing of the server: no script, and nothing from outside."""

from dataclasses import dataclass

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from kommpass.finder.backdrop import squares_behind
from kommpass.finder.frame import WIDTH, Frame
from kommpass.finder.wishes import Asked
from kommpass.municipalities.models import District
from kommpass.offers.models import IndexPlace
from kommpass.offers.queries.finding import Found

CLASSES = 5
MOST_POINTS = 1_000
TOLERANCE = 0.8
EDGE = 20


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
    frame = Frame.around(shapes.values())
    drawn = {key: frame.drawn(each) for key, each in shapes.items()}
    most = max([found.districts.get(key, 0) for key in shapes] or [0])
    areas = [
        Area(each, count, _path(drawn[each.pk]), _shade(count, most), *_label(drawn[each.pk]), url)
        for each, count, url in rows
        if each.pk in shapes
    ]
    return {
        "areas": areas,
        "rows": rows,
        "points": _points(frame, found),
        "width": WIDTH,
        "height": round(frame.height),
        "steps": _steps(most),
        "tiles": squares_behind(frame),
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


def _points(frame: Frame, found: Found) -> list[tuple[float, float]]:
    rows = IndexPlace.objects.filter(card__in=found.offers[:MOST_POINTS]).exclude(latitude=None)
    spots = {frame.at(lon, lat) for lat, lon in rows.values_list("latitude", "longitude")}
    return sorted(
        (round(float(x), 1), round(float(y), 1))
        for x, y in spots
        if -EDGE < x < WIDTH + EDGE and -EDGE < y < frame.height + EDGE
    )


def _path(drawn: BaseGeometry) -> str:
    simple = drawn.simplify(TOLERANCE, preserve_topology=True)
    parts = getattr(simple, "geoms", [simple])
    rings = [ring for part in parts if part.geom_type == "Polygon" for ring in (part.exterior, *part.interiors)]
    return "".join(f"M{' '.join(f'{x:.1f},{y:.1f}' for x, y, *_ in ring.coords)}Z" for ring in rings)


def _label(drawn: BaseGeometry) -> tuple[float, float]:
    point = drawn.representative_point()
    return round(point.x, 1), round(point.y, 1)
