"""Reads Esri JSON, as map servers of towns hand it out: attributes, and shapes of rings, paths and points."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from shapefile import organize_polygon_rings

from kommpass.adapters.offer_files.coordinate_systems import System, epsg, written
from kommpass.adapters.offer_files.geojson import feature_sheet
from kommpass.adapters.offer_files.limits import check_rings
from kommpass.adapters.offer_files.raw import RawSheet
from kommpass.adapters.offer_files.sheet import Note, refuse
from kommpass.domain.words import _

_GERMANY = ZoneInfo("Europe/Berlin")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def is_esri(value: Any) -> bool:
    features = value.get("features") if isinstance(value, Mapping) else None
    if not isinstance(features, list):
        return False
    first = features[0] if features else None
    return "attributes" in first if isinstance(first, Mapping) else "geometryType" in value or "fields" in value


def read_esri(value: Mapping[str, Any], name: str) -> list[RawSheet]:
    """The sheet of an Esri answer. Raises `FileRefused` for an empty one."""
    features = [each if isinstance(each, Mapping) else {} for each in value["features"]]
    if not features:
        refuse(_("Die Esri-JSON-Datei enthält keine Einträge."))
    notes = []
    if value.get("exceededTransferLimit"):
        notes.append(Note(_("Der Server hat nicht alle Einträge geliefert. Bitte rufen Sie die übrigen auch ab.")))
    reference = value.get("spatialReference") or _first_reference(features)
    system = _system(reference)
    if reference and system is None:
        message = _("Das Koordinatensystem „{name}“ ist nicht bekannt.")
        notes.append(Note(message, {"name": str(reference)[:60]}))
    check_rings(_ring_count(each.get("geometry")) for each in features)
    dates = _date_fields(value.get("fields"))
    entries = [(_attributes(each, dates), _as_geojson(each.get("geometry"))) for each in features]
    return [feature_sheet(name, entries, system, notes)]


def _first_reference(features: Sequence[Mapping[str, Any]]) -> Any:
    geometries = (each.get("geometry") for each in features)
    return next(
        (each["spatialReference"] for each in geometries if isinstance(each, Mapping) and "spatialReference" in each),
        None,
    )


def _system(reference: Any) -> System | None:
    if not isinstance(reference, Mapping):
        return None
    for name in ("latestWkid", "wkid"):
        code = reference.get(name)
        if isinstance(code, int) and 0 < code < 1_000_000 and (system := epsg(code)):
            return system
    text = reference.get("wkt") or reference.get("wkt2")
    return written(text) if isinstance(text, str) else None


def _date_fields(fields: Any) -> frozenset[str]:
    if not isinstance(fields, list):
        return frozenset()
    return frozenset(
        str(each.get("name"))
        for each in fields
        if isinstance(each, Mapping) and each.get("type") == "esriFieldTypeDate"
    )


def _attributes(feature: Mapping[str, Any], dates: frozenset[str]) -> dict[str, Any]:
    attributes = feature.get("attributes")
    said = attributes if isinstance(attributes, Mapping) else {}
    return {name: moment(value) if name in dates else value for name, value in said.items()}


def moment(milliseconds: Any) -> Any:
    """A date field: milliseconds since 1970, as day or, with a time, as German time; else what came.

    >>> moment(1718409600000), moment(1718446500000), moment("2024")
    ('2024-06-15', '2024-06-15 12:15', '2024')
    """
    if not isinstance(milliseconds, (int, float)) or isinstance(milliseconds, bool):
        return milliseconds
    try:
        at = _EPOCH + timedelta(milliseconds=milliseconds)
    except (OverflowError, ValueError):
        return milliseconds
    local = at.astimezone(_GERMANY)
    for each in (at, local):  # a day is midnight, for some servers in UTC, for some in Germany
        if each.time() == time.min:
            return each.date().isoformat()
    return local.replace(tzinfo=None).isoformat(" ", "minutes")


def _as_geojson(geometry: Any) -> dict[str, Any] | None:
    """The same shape in GeoJSON; None for nothing, an unreadable one for what is no shape."""
    if not isinstance(geometry, Mapping) or not geometry:
        return None
    if "x" in geometry:
        east, north = geometry["x"], geometry.get("y")
        return None if east in (None, "NaN") or north in (None, "NaN") else _of("Point", [east, north])
    if "points" in geometry:
        return _of("MultiPoint", geometry["points"])
    if "paths" in geometry:
        return _of("MultiLineString", geometry["paths"])
    if geometry.get("rings"):
        return _areas(geometry["rings"])
    return None if "rings" in geometry else _of("unknown", [])


def _of(kind: str, coordinates: Any) -> dict[str, Any]:
    return {"type": kind, "coordinates": coordinates}


def _ring_count(geometry: Any) -> int:
    rings = geometry.get("rings") if isinstance(geometry, Mapping) else None
    return len(rings) if isinstance(rings, list) else 0


def _areas(rings: Any) -> dict[str, Any]:
    """Outer rings run clockwise, holes the other way, in any order."""
    try:
        corners = [[(float(corner[0]), float(corner[1])) for corner in ring] for ring in rings]
        areas = organize_polygon_rings(corners, {})
        return _of("Polygon", areas[0]) if len(areas) == 1 else _of("MultiPolygon", areas)
    except Exception:  # not made of numbers, or a ring without an area
        return _of("Polygon", None)
