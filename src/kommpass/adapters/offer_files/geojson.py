"""Reads GeoJSON: features with properties and shapes, also with a named coordinate system."""

from collections.abc import Mapping, Sequence
from typing import Any

from shapely.geometry import shape

from kommpass.adapters.offer_files.cell_texts import Cells
from kommpass.adapters.offer_files.coordinate_systems import System, named
from kommpass.adapters.offer_files.json_texts import flat, rows_of
from kommpass.adapters.offer_files.raw import RawRow, RawSheet
from kommpass.adapters.offer_files.shapes import readable
from kommpass.adapters.offer_files.sheet import Note, refuse
from kommpass.domain.words import _

_ONE = ("Point", "LineString", "Polygon")
_GEOMETRIES = (*_ONE, *(f"Multi{kind}" for kind in _ONE), "GeometryCollection")


def features_of(value: Any) -> list[Any] | None:
    """The features of a GeoJSON value (a collection, one feature, one shape, or features line by line); else None."""
    if isinstance(value, list):
        is_list = bool(value) and all(isinstance(each, Mapping) and each.get("type") == "Feature" for each in value)
        return value if is_list else None
    if not isinstance(value, Mapping):
        return None
    kind, features = value.get("type"), value.get("features")
    if kind == "FeatureCollection" and isinstance(features, list):
        return features
    if kind == "Feature" and "geometry" in value:
        return [value]
    if kind in _GEOMETRIES and ("coordinates" in value or "geometries" in value):
        return [{"type": "Feature", "properties": {}, "geometry": value}]
    return None


def read_features(value: Any, features: Sequence[Any], name: str) -> list[RawSheet]:
    """The sheet of a GeoJSON value. Raises `FileRefused` for an empty one."""
    if not features:
        refuse(_("Die GeoJSON-Datei enthält keine Einträge."))
    about = value if isinstance(value, Mapping) else {}
    own = about.get("name")
    title = own if isinstance(own, str) and own.strip() else name
    system, notes = _system(about.get("crs"))
    entries = [(_properties(each), each.get("geometry") if isinstance(each, Mapping) else None) for each in features]
    return [feature_sheet(title, entries, system, notes)]


def feature_sheet(
    name: str, entries: Sequence[tuple[Mapping[str, Any], Any]], system: System | None, notes: Sequence[Note] = ()
) -> RawSheet:
    """A sheet of properties with GeoJSON geometries in the given system."""
    cells, noticed = Cells(), list(notes)
    columns, rows = rows_of([flat(properties) for properties, _geometry in entries], cells)
    for row, (_properties_of_row, geometry) in zip(rows, entries, strict=True):
        _attach(row, geometry, noticed)
    return RawSheet(name, columns, rows, [*noticed, *cells.notes()], system=system)


def _attach(row: RawRow, geometry: Any, notes: list[Note]) -> None:
    if geometry is not None:
        row.geometry = readable(lambda: shape(geometry), row.number, notes)


def _properties(feature: Any) -> Mapping[str, Any]:
    """The properties of a feature, and its id where they have none."""
    properties = feature.get("properties") if isinstance(feature, Mapping) else None
    said = properties if isinstance(properties, Mapping) else {}
    outside = feature.get("id") if isinstance(feature, Mapping) else None
    if isinstance(outside, (str, int)) and "id" not in said:
        return {"id": outside, **said}
    return said


def _system(crs: Any) -> tuple[System | None, list[Note]]:
    """The named coordinate system; nothing said means longitude and latitude, as the numbers will tell."""
    properties = crs.get("properties") if isinstance(crs, Mapping) else None
    if not isinstance(properties, Mapping):
        return None, []
    said = str(properties.get("name") or properties.get("code") or properties.get("href") or "")
    if system := named(said):
        return system, []
    return None, [Note(_("Das Koordinatensystem „{name}“ ist nicht bekannt."), {"name": said[:60]})]
