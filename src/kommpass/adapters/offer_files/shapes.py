"""Brings shapes to WGS84: converts, repairs, and finds a point inside each."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import numpy
import shapely

from kommpass.adapters.offer_files.coordinate_columns import in_the_east
from kommpass.adapters.offer_files.coordinate_systems import (
    DEGREES,
    WGS84,
    System,
    by_kind,
    converted,
    kind_by_size,
)
from kommpass.adapters.offer_files.limits import check_corners
from kommpass.adapters.offer_files.places import Judge
from kommpass.adapters.offer_files.raw import RawRow, RawSheet
from kommpass.adapters.offer_files.sheet import Note, Row
from kommpass.domain.words import _


def readable(make: Callable[[], Any], number: int, notes: list[Note]) -> Any:
    """The geometry that `make` reads for row `number`; None, with a note, where it cannot be read."""
    try:
        geometry = make()
    except Exception:  # damaged geometries make Shapely and pyshp stumble in many ways
        notes.append(Note(_("Die Fläche oder der Punkt ist nicht lesbar. Die Zeile bleibt ohne Ort."), row=number))
        return None
    return None if geometry is None or geometry.is_empty else geometry


def located_shapes(raw: RawSheet) -> tuple[list[Row], list[Note], str]:
    """The rows with shape and point in WGS84, what there is to say, and the name of the coordinate system."""
    shapes = shapely.force_2d(numpy.array([row.geometry for row in raw.rows], dtype=object))
    check_corners(int(shapely.get_num_coordinates(shapes).sum()))
    system, notes = _system(raw, shapes)
    if not system.is_wgs84:
        shapes = shapely.transform(shapes, lambda corners: numpy.column_stack(system.to_wgs84(*corners.T)))
        notes.append(converted(system))
    judge = Judge()
    rows = [_row(row, shape, judge, notes) for row, shape in zip(raw.rows, shapes, strict=True)]
    return rows, [*notes, *judge.notes()], system.name


def _system(raw: RawSheet, shapes: Any) -> tuple[System, list[Note]]:
    """What the file says, unless its numbers say otherwise."""
    low_east, low_north, high_east, high_north = shapely.bounds(shapes).T
    easts, norths = (low_east + high_east) / 2, (low_north + high_north) / 2
    finite = numpy.isfinite(easts) & numpy.isfinite(norths)
    if not finite.any():
        return raw.system or WGS84, []
    kind = kind_by_size(float(numpy.median(easts[finite])), float(numpy.median(norths[finite])))
    if raw.system and _fits(raw.system, kind):
        return raw.system, []
    if not raw.system and kind in ("", DEGREES):
        return WGS84, []
    guess = by_kind(kind, easts[finite].tolist(), in_the_east=in_the_east(raw.columns, raw.rows))
    silent = _("Die Datei nennt kein Koordinatensystem. Nach der Größe der Zahlen ist es {guess}.")
    wrong = _("Die Datei nennt {system}. Dazu passen die Zahlen nicht; nach ihrer Größe ist es {guess}.")
    values = {"system": raw.system.name if raw.system else "", "guess": guess.name}
    return guess, [Note(wrong if raw.system else silent, values)]


def _fits(system: System, kind: str) -> bool:
    """Whether numbers of this kind can belong to a system: degrees do not count in metres."""
    if kind == "" or system.is_wgs84:
        return kind in ("", DEGREES)
    return kind != DEGREES or not system.is_projected


def _row(row: RawRow, shape: Any, judge: Judge, notes: list[Note]) -> Row:
    if shape is None or shape.is_empty:
        return Row(row.number, row.values)
    corners = shapely.get_coordinates(shape)
    east, north = (float(each) for each in corners[0])
    if not numpy.isfinite(corners).all():
        judge.nowhere(row.number, f"{north:g}, {east:g}")
        return Row(row.number, row.values)
    shape = _valid(shape, row.number, notes)
    inside = readable(shape.representative_point, row.number, notes)
    if inside is None:
        return Row(row.number, row.values)
    point = judge.place(row.number, inside.y, inside.x, f"{inside.y:g}, {inside.x:g}")
    if point is None:
        return Row(row.number, row.values)
    if point == (inside.x, inside.y) and inside.x != inside.y:
        shape = shapely.transform(shape, lambda corners: corners[:, ::-1])
    return Row(row.number, row.values, point, json.loads(shapely.to_geojson(shape)))


def _valid(shape: Any, number: int, notes: list[Note]) -> Any:
    """The shape without crossing borders; only what has an area is kept of it."""
    if shape.is_valid or "Polygon" not in shape.geom_type:
        return shape
    repaired = shapely.make_valid(shape)
    areas = [part for part in _parts(repaired) if part.geom_type == "Polygon"]
    if not areas:
        return shape
    notes.append(Note(_("Die Grenze kreuzt sich selbst und wurde repariert."), row=number))
    return areas[0] if len(areas) == 1 else shapely.MultiPolygon(areas)


def _parts(shape: Any) -> Sequence[Any]:
    if not hasattr(shape, "geoms"):
        return (shape,)
    return [part for each in shape.geoms for part in _parts(each)]
