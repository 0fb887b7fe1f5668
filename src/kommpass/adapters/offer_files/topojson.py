"""Reads TopoJSON, which shares the borders of neighbouring areas as arcs, often quantised."""

from collections.abc import Mapping, Sequence
from typing import Any

from kommpass.adapters.offer_files.geojson import feature_sheet
from kommpass.adapters.offer_files.limits import check_corners
from kommpass.adapters.offer_files.raw import RawSheet
from kommpass.adapters.offer_files.sheet import refuse
from kommpass.domain.words import _

Corner = tuple[float, float]


def is_topology(value: Any) -> bool:
    return isinstance(value, Mapping) and value.get("type") == "Topology"


def read_topology(value: Mapping[str, Any], name: str) -> list[RawSheet]:
    """A sheet for each object of a topology. Raises `FileRefused` where it is damaged or empty."""
    try:
        topology = _Topology(value)
        objects = {title: _features(each) for title, each in value["objects"].items()}
        sheets = [
            feature_sheet(title if len(objects) > 1 else name, [topology.entry(each) for each in features], None)
            for title, features in objects.items()
            if features
        ]
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError, RecursionError):
        refuse(_("Die TopoJSON-Datei ist beschädigt oder unvollständig."))
    if not sheets:
        refuse(_("Die TopoJSON-Datei enthält keine Einträge."))
    return sheets


def _features(each: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return each["geometries"] if each["type"] == "GeometryCollection" else [each]


class _Topology:
    """The arcs of a topology, unpacked once, and how shapes are put together from them."""

    def __init__(self, value: Mapping[str, Any]):
        transform = value.get("transform")
        self.scale, self.origin = ((1.0, 1.0), (0.0, 0.0))
        if transform:
            self.scale, self.origin = tuple(transform["scale"]), tuple(transform["translate"])
        self.quantised = bool(transform)
        self.arcs = [self._arc(arc) for arc in value["arcs"]]
        self.corners = 0

    def entry(self, item: Mapping[str, Any]) -> tuple[Mapping[str, Any], dict[str, Any] | None]:
        """Properties (with the id) and GeoJSON geometry of one item."""
        properties = item.get("properties") or {}
        if "id" in item and "id" not in properties:
            properties = {"id": item["id"], **properties}
        return properties, self._geometry(item)

    def _geometry(self, item: Mapping[str, Any]) -> dict[str, Any] | None:
        kind = item.get("type")
        if kind is None:
            return None
        if kind == "Point":
            return {"type": kind, "coordinates": self._place(item["coordinates"])}
        if kind == "MultiPoint":
            return {"type": kind, "coordinates": [self._place(each) for each in item["coordinates"]]}
        if kind == "GeometryCollection":
            return {"type": kind, "geometries": [self._geometry(each) for each in item["geometries"]]}
        depth = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}[kind]
        return {"type": kind, "coordinates": self._nested(item["arcs"], depth)}

    def _nested(self, arcs: Any, depth: int) -> Any:
        if depth == 0:
            return self._line(arcs)
        return [self._nested(each, depth - 1) for each in arcs]

    def _line(self, places: Sequence[int]) -> list[Corner]:
        """Arcs one after the other; ~1 means the second one backwards. Where two meet, the corner counts once."""
        line: list[Corner] = []
        for place in places:
            arc = self.arcs[place] if place >= 0 else self.arcs[~place][::-1]
            line += arc[1:] if line else arc
            self.corners += len(arc)
            check_corners(self.corners)  # a short file can name a long arc a thousand times
        return line

    def _arc(self, arc: Sequence[Sequence[float]]) -> list[Corner]:
        """In a quantised file each corner is written as the step from the one before."""
        if not self.quantised:
            return [(float(corner[0]), float(corner[1])) for corner in arc]
        corners, east, north = [], 0.0, 0.0
        for step in arc:
            east, north = east + step[0], north + step[1]
            corners.append(self._place((east, north)))
        return corners

    def _place(self, corner: Sequence[float]) -> Corner:
        (scale_east, scale_north), (origin_east, origin_north) = self.scale, self.origin
        return corner[0] * scale_east + origin_east, corner[1] * scale_north + origin_north
