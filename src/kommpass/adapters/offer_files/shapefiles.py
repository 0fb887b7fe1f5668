"""Reads the layers of a Shapefile from the bytes of its parts, with whatever parts are missing."""

import io
from collections.abc import Iterator, Mapping
from typing import Any

import shapefile
from shapely.geometry import shape

from kommpass.adapters.offer_files.cell_texts import Cells, settled
from kommpass.adapters.offer_files.coordinate_systems import System, written
from kommpass.adapters.offer_files.dbf_encoding import find_codec
from kommpass.adapters.offer_files.limits import check_corners, check_rings, check_size
from kommpass.adapters.offer_files.raw import RawRow, RawSheet
from kommpass.adapters.offer_files.shapes import readable
from kommpass.adapters.offer_files.sheet import Note, refuse
from kommpass.adapters.plan_files.cells import unique_headers
from kommpass.adapters.plan_files.plan import FileRefused
from kommpass.adapters.plan_files.workbooks import as_text
from kommpass.domain.words import _

_BROKEN = _("Das Shapefile „{name}“ ist unvollständig oder beschädigt. Bitte laden Sie es noch einmal herunter.")
_SHP_HEADER = 100
_RECORD_HEADER = 8
_CORNER_BYTES = 16


def read_layer(parts: Mapping[str, bytes], name: str) -> RawSheet:
    """The sheet of one layer. `parts` are the bytes by ending: "shp" and "dbf", better also "prj" and "cpg".

    Raises `FileRefused` where a part is missing or damaged.
    """
    for needed in ("shp", "dbf"):
        if not parts.get(needed):
            message = _("Zum Shapefile „{name}“ fehlt die Datei mit der Endung .{ending}.")
            refuse(message, name=name, ending=needed)
    count = _checked_shapes(parts["shp"], name)
    _checked_table(parts["dbf"], name)
    codec, encoding, notes = find_codec(parts["dbf"], parts.get("cpg"))
    try:
        raw = _read(parts, name, codec, count)
    except FileRefused:
        raise
    except Exception:  # a damaged file makes pyshp stumble in many ways
        refuse(_BROKEN, name=name)
    raw.encoding = encoding
    raw.system, said = _system(parts.get("prj"))
    raw.notes[:0] = [*notes, *said]
    return raw


def _checked_shapes(content: bytes, name: str) -> int:
    """The number of shapes. Walks over their lengths first: pyshp would walk in circles over a bad one."""
    place, rings = _SHP_HEADER, []
    check_corners(len(content) // _CORNER_BYTES)
    if len(content) < _SHP_HEADER or content[:4] != b"\x00\x00\x27\x0a":
        refuse(_BROKEN, name=name)
    while place + _RECORD_HEADER <= len(content):
        length = int.from_bytes(content[place + 4 : place + 8], "big", signed=True) * 2
        place += _RECORD_HEADER
        rings.append(_ring_count(content[place : place + length]) if length > 0 else 0)
        place += length
        if length < 4 or place > len(content):
            refuse(_BROKEN, name=name)
        check_size(len(rings), 1, name)
    check_rings(rings)
    return len(rings)


def _ring_count(record: bytes) -> int:
    """The number of parts that an area says it has."""
    is_area = record[:4] in (b"\5\0\0\0", b"\x0f\0\0\0", b"\x19\0\0\0")
    return int.from_bytes(record[36:40], "little") if is_area else 0


def _checked_table(content: bytes, name: str) -> None:
    count = int.from_bytes(content[4:8], "little")
    start, length = (int.from_bytes(content[place : place + 2], "little") for place in (8, 10))
    widths = sum(content[place + 16] for place in range(32, min(start, len(content)) - 32, 32))
    if start < 65 or widths + 1 != length or len(content) < start + count * length:
        refuse(_BROKEN, name=name)
    check_size(count, (start - 33) // 32, name)


def _read(parts: Mapping[str, bytes], name: str, codec: str, count: int) -> RawSheet:
    errors = "ignore" if codec == "utf-8" else "strict"  # only a text cut off in the middle of an umlaut
    opened = {ending: io.BytesIO(parts[ending]) for ending in ("shp", "dbf")}
    with shapefile.Reader(**opened, encoding=codec, encodingErrors=errors) as reader:
        records = reader.dbf_reader.records(deleted_as_None=True)
        if len(records) != count:
            message = _("Im Shapefile „{name}“ stehen {shapes} Orte und {records} Zeilen; das passt nicht zusammen.")
            refuse(message, name=name, shapes=count, records=len(records))
        columns = unique_headers([settled(each.name) for each in reader.data_fields])
        cells, rows = Cells(), []
        notes: list[Note] = []
        shapes = _shapes(reader)
        for number, record in enumerate(records, 1):
            outline = readable(lambda: next(shapes)(), number, notes)
            if record is not None:
                values = cells.row(number, columns, [as_text(value) for value in record])
                rows.append(RawRow(number, values, outline))
    deleted = count - len(rows)
    if deleted:
        notes.append(Note(_("Gelöschte Zeilen ausgelassen: {count}."), {"count": deleted}))
    return RawSheet(name, columns, rows, [*notes, *cells.notes()])


def _shapes(reader: Any) -> Iterator[Any]:
    """For each shape a function that makes it: pyshp may stumble over one and still read the next."""
    for place in range(len(reader.shp_reader.offsets)):
        yield lambda place=place: _outline(reader.shp_reader.shape(place))


def _outline(found: Any) -> Any:
    if found.shapeType == shapefile.NULL:
        return None
    return shape(found.__geo_interface__)


def _system(prj: bytes | None) -> tuple[System | None, list[Note]]:
    if not prj or not prj.strip(b"\0 \r\n\t"):
        return None, [Note(_("Die .prj-Datei mit dem Koordinatensystem fehlt."))]
    system = written(prj.decode("utf-8-sig", "replace").strip("\0 \r\n\t"))
    return system, [] if system else [Note(_("Die .prj-Datei nennt kein bekanntes Koordinatensystem."))]
