"""Reads a file with offers, facilities or areas of any kind that we know: bytes in, sheets out."""

from pathlib import PurePath
from typing import Any

from kommpass.adapters.offer_files.calendars import CALENDARS, read_calendar, refuse_no_calendar
from kommpass.adapters.offer_files.esri_json import is_esri, read_esri
from kommpass.adapters.offer_files.geojson import features_of, read_features
from kommpass.adapters.offer_files.geopackage import START, read_geopackage
from kommpass.adapters.offer_files.json_lists import read_entries
from kommpass.adapters.offer_files.json_texts import parsed
from kommpass.adapters.offer_files.limits import check_bytes
from kommpass.adapters.offer_files.locating import located
from kommpass.adapters.offer_files.packed import is_workbook, read_archive
from kommpass.adapters.offer_files.raw import RawSheet
from kommpass.adapters.offer_files.sheet import Sheet, refuse
from kommpass.adapters.offer_files.tables import sheet_of
from kommpass.adapters.offer_files.text_tables import read_grid, read_text
from kommpass.adapters.offer_files.topojson import is_topology, read_topology
from kommpass.adapters.offer_files.workbooks import read_workbook
from kommpass.domain.words import _

_ZIP, _OLE, _SHP = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x00\x00\x27\x0a"
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_EMPTY = _("Die Datei ist leer.")


def read(content: bytes, name: str) -> list[Sheet]:
    """The sheets of a CSV, TSV, XLSX, JSON, GeoJSON, Esri JSON, TopoJSON, GeoPackage, calendar or zipped Shapefile.

    What the file is, its content says; `name` only names the sheet where the content does not. At least one
    sheet has rows. Raises `FileRefused` with a German sentence for everything that cannot be read whole.
    """
    check_bytes(len(content))
    if not content.strip(b"\xef\xbb\xbf\xff\xfe\x00\r\n\t ;,|"):
        refuse(_EMPTY)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")) and not is_workbook(content):
        raws = read_archive(content, _read)
    else:
        raws = _read(content, PurePath(name).name)
    sheets = [located(raw) for raw in raws if raw.rows]
    if not sheets:
        refuse(_("Die Datei enthält keine Einträge, nur Überschriften.") if raws else _EMPTY)
    return sheets


def _read(content: bytes, name: str) -> list[RawSheet]:
    """What a single file says; an archive inside an archive is not unpacked."""
    check_bytes(len(content))
    title = PurePath(name).stem
    refuse_foreign(content, name)
    if content.startswith(_ZIP):
        if is_workbook(content):
            return read_workbook(content)
        refuse(_("Im ZIP-Archiv liegt ein weiteres Archiv. Bitte packen Sie es aus und laden Sie den Inhalt hoch."))
    if content.startswith(START):
        return read_geopackage(content)
    start = content.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t")
    if start[:1] in (b"[", b"{"):
        return _read_json(content, title)
    if start[:31].replace(b"\x00", b"").upper().startswith(b"BEGIN:VCALENDAR"):
        return [_read_calendar(content, title)]
    if PurePath(name).suffix.lower() in CALENDARS:
        refuse_no_calendar(start)
    grid, encoding, notes = read_grid(content)
    raw = sheet_of(grid, title)
    raw.encoding, raw.notes = encoding, [*notes, *raw.notes]
    return [raw]


def _read_calendar(content: bytes, title: str) -> RawSheet:
    text, encoding, notes = read_text(content)
    raw = read_calendar(text, title)
    raw.encoding, raw.notes = encoding, [*notes, *raw.notes]
    return raw


def _read_json(content: bytes, title: str) -> list[RawSheet]:
    text, encoding, notes = read_text(content)
    raws = _sheets_of_json(parsed(text), title.removesuffix(".geo"))
    for raw in raws:
        raw.encoding, raw.notes = encoding, [*notes, *raw.notes]
    return raws


def _sheets_of_json(value: Any, title: str) -> list[RawSheet]:
    if is_topology(value):
        return read_topology(value, title)
    if is_esri(value):
        return read_esri(value, title)
    features = features_of(value)
    return read_entries(value, title) if features is None else read_features(value, features, title)


def refuse_foreign(content: bytes, name: str) -> None:
    if content.startswith(_OLE):
        if _PASSWORD in content:
            refuse(_("Die Arbeitsmappe ist mit einem Kennwort geschützt. Bitte speichern Sie sie ohne Kennwort."))
        refuse(_("Das ist altes Excel (.xls). Bitte speichern Sie die Tabelle als XLSX oder CSV."))
    if content.startswith(_SHP) or PurePath(name).suffix.lower() in (".dbf", ".shx", ".prj"):
        refuse(_("Das ist ein Teil eines Shapefiles. Bitte laden Sie alle seine Dateien in einem ZIP-Archiv hoch."))
