"""Gives the rows of a sheet their places: from shapes, or from columns with coordinates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kommpass.adapters.offer_files.cell_texts import settled
from kommpass.adapters.offer_files.coordinate_columns import find_columns, in_the_east
from kommpass.adapters.offer_files.coordinate_systems import DEGREES, System, by_kind, converted, kind_by_size
from kommpass.adapters.offer_files.places import NOWHERE, Judge, in_germany
from kommpass.adapters.offer_files.raw import RawRow, RawSheet
from kommpass.adapters.offer_files.shapes import located_shapes
from kommpass.adapters.offer_files.sheet import Note, Point, Row, Sheet
from kommpass.domain.words import _

_LONGEST_NAME = 200


def located(raw: RawSheet) -> Sheet:
    """The sheet with a point for each row that says where it is."""
    if any(row.geometry is not None for row in raw.rows):
        rows, notes, system = located_shapes(raw)
    else:
        rows, notes, system = _from_columns(raw)
    missing = sum(row.point is None for row in rows)
    if system and missing:
        values = {"count": missing, "total": len(rows)}
        notes = [Note(_("Zeilen ohne Ort: {count} von {total}."), values), *notes]
    return Sheet(
        settled(raw.name)[:_LONGEST_NAME], raw.columns, tuple(rows), (*raw.notes, *notes), raw.encoding, system
    )


def _from_columns(raw: RawSheet) -> tuple[list[Row], list[Note], str]:
    columns = find_columns(raw.columns, raw.rows)
    if columns is None:
        return [Row(row.number, row.values) for row in raw.rows], [], ""
    names = " und ".join(f"„{name}“" for name in columns.names())
    notes = [Note(_("Koordinaten aus {columns} gelesen."), {"columns": names})]
    said = {row.number: columns.numbers(row) for row in raw.rows if columns.text(row)}
    places: dict[int, Point] = {number: NOWHERE for number, numbers in said.items() if numbers == NOWHERE}
    main = ""
    for kind, members in _by_kind(said).items():
        system = by_kind(kind, [each.east for each in members], columns.hint, in_the_east(raw.columns, raw.rows))
        main = main or system.name
        notes += _told(system, members)
        longitudes, latitudes = system.to_wgs84([each.east for each in members], [each.north for each in members])
        pairs = zip(latitudes.tolist(), longitudes.tolist(), strict=True)
        places.update(zip((each.number for each in members), pairs, strict=True))
    judge = Judge()
    rows = [_row(row, columns.text(row), places.get(row.number), judge) for row in raw.rows]
    return rows, [*notes, *judge.notes()], main


@dataclass(frozen=True)
class _Place:
    """The numbers of a row as easting and northing; `turned` says that they stood the other way round."""

    number: int
    east: float
    north: float
    turned: bool


def _by_kind(said: Mapping[int, tuple[float, float] | None]) -> dict[str, list[_Place]]:
    """The places by the kind of their numbers, the most usual kind first. Among metres, degrees must be German ones:
    a small number there is a mistake and no place in Africa."""
    found: dict[str, list[_Place]] = {}
    for number, numbers in said.items():
        if numbers is None or numbers == NOWHERE:
            continue
        east, north = numbers
        if kind := kind_by_size(east, north):
            found.setdefault(kind, []).append(_Place(number, east, north, False))
        elif kind := kind_by_size(north, east):
            found.setdefault(kind, []).append(_Place(number, north, east, True))
    usual = sorted(found, key=lambda kind: -len(found[kind]))
    if DEGREES in usual[1:]:
        german = [each for each in found[DEGREES] if _is_german(each)]
        usual = [kind for kind in usual if kind != DEGREES or german]
        found[DEGREES] = german
    return {kind: found[kind] for kind in usual}


def _is_german(place: _Place) -> bool:
    return in_germany(place.north, place.east) or in_germany(place.east, place.north)


def _row(row: RawRow, text: str, place: Point | None, judge: Judge) -> Row:
    if place is not None:
        return Row(row.number, row.values, judge.place(row.number, *place, text))
    if text:
        judge.nowhere(row.number, text)
    return Row(row.number, row.values)


def _told(system: System, members: Sequence[_Place]) -> list[Note]:
    notes = [] if system.is_wgs84 else [converted(system)]
    turned = [each.number for each in members if each.turned]
    back = _("Rechtswert und Hochwert waren vertauscht und wurden zurückgetauscht.")
    if len(turned) > 1 and len(turned) == len(members):
        return [*notes, Note(back)]
    return [*notes, *(Note(back, row=number) for number in turned)]
