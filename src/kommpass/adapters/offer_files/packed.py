"""Reads what lies in a ZIP archive: layers of Shapefiles, or tables and GeoJSON files."""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from kommpass.adapters.offer_files.archives import BROKEN, check_parts, files_in, is_archive_name, unpacked
from kommpass.adapters.offer_files.hsds_archive import hsds_files, read_hsds
from kommpass.adapters.offer_files.raw import RawSheet
from kommpass.adapters.offer_files.shapefiles import read_layer
from kommpass.adapters.offer_files.sheet import Note, refuse
from kommpass.domain.words import _

_LAYER_PARTS = ("shp", "dbf", "prj", "cpg")
_READABLE = ("csv", "tsv", "json", "geojson", "topojson", "ndjson", "xlsx", "gpkg")
_OFFICE = {"word/": "Word", "ppt/": "PowerPoint"}


def read_archive(content: bytes, read_file: Callable[[bytes, str], list[RawSheet]]) -> list[RawSheet]:
    """The sheets of all readable files of an archive; `read_file` reads one of them. Raises `FileRefused`."""
    with _opened(content) as archive:
        check_parts(archive)
        files = files_in(archive)
        _refuse_office(files)
        if tables := hsds_files(files):
            return [_directory(archive, files, tables)]
        layers, others = _sorted_out(files)
        sheets = [_layer(archive, stem, parts) for stem, parts in layers.items()]
        for path in others:
            sheets += read_file(unpacked(archive, files[path]), PurePosixPath(path).name)
    if not sheets:
        _refuse_useless(files)
    used = {*others, *(part for parts in layers.values() for part in parts.values())}
    left = [PurePosixPath(path).name for path in files if path not in used and not _belongs(path, layers)]
    if left:
        sheets[0].notes.append(Note(_("Im ZIP-Archiv nicht gelesen: {names}."), {"names": ", ".join(left)[:200]}))
    return sheets


def _directory(archive: zipfile.ZipFile, files: Mapping[str, zipfile.ZipInfo], tables: Mapping[str, str]) -> RawSheet:
    """The one sheet of a directory in the tables of HSDS."""
    raw = read_hsds({name: unpacked(archive, files[path]) for name, path in tables.items()})
    left = [PurePosixPath(path).name for path in files if path not in tables.values()]
    if left:
        raw.notes.append(Note(_("Im ZIP-Archiv nicht gelesen: {names}."), {"names": ", ".join(left)[:200]}))
    return raw


def is_workbook(content: bytes) -> bool:
    """Whether a ZIP archive is an Excel workbook. Raises `FileRefused` for half an archive."""
    with _opened(content) as archive:
        names = archive.namelist()
    return "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except Exception:  # half-written archives make zipfile stumble in many ways
        refuse(BROKEN)


def _sorted_out(files: Mapping[str, zipfile.ZipInfo]) -> tuple[dict[str, dict[str, str]], list[str]]:
    """The layers, each with the paths of its parts by ending, and the other files that we can read."""
    layers: dict[str, dict[str, str]] = {}
    others = []
    for path in files:
        stem, ending = _split(path)
        if ending in ("shp", "dbf", "shx"):
            layers.setdefault(stem, {})
        elif ending in _READABLE:
            others.append(path)
    for path in files:
        stem, ending = _split(path)
        if stem in layers and ending in _LAYER_PARTS:
            layers[stem][ending] = path
    if not layers and not others:
        others = [path for path in files if _split(path)[1] == "txt"] if len(files) == 1 else []
    return layers, others


def _split(path: str) -> tuple[str, str]:
    """A path without its ending, for comparing, and the ending: "Kitas.SHP" and "kitas.dbf" belong together."""
    ending = PurePosixPath(path).suffix
    return path.lower().removesuffix(ending.lower()), ending.lower().lstrip(".")


def _belongs(path: str, layers: Mapping[str, object]) -> bool:
    """Index and description files of a layer ("kitas.shx", "kitas.shp.xml") are no news."""
    return any(path.lower().startswith(f"{stem}.") for stem in layers)


def _layer(archive: zipfile.ZipFile, stem: str, parts: Mapping[str, str]) -> RawSheet:
    name = PurePosixPath(parts.get("shp") or parts.get("dbf") or stem).stem
    infos = files_in(archive)
    return read_layer({ending: unpacked(archive, infos[path]) for ending, path in parts.items()}, name)


def _refuse_office(files: Mapping[str, zipfile.ZipInfo]) -> None:
    kind = next((kind for start, kind in _OFFICE.items() if any(path.startswith(start) for path in files)), "")
    if "content.xml" in files and "mimetype" in files:
        kind = "OpenDocument"
    if kind:
        refuse(_("Das ist eine Datei von {kind}. Bitte speichern Sie die Tabelle als XLSX oder CSV."), kind=kind)


def _refuse_useless(files: Mapping[str, zipfile.ZipInfo]) -> None:
    if any(is_archive_name(path) for path in files):
        refuse(_("Im ZIP-Archiv liegt ein weiteres Archiv. Bitte packen Sie es aus und laden Sie den Inhalt hoch."))
    if not files:
        refuse(_("Das ZIP-Archiv ist leer."))
    if calendars := [PurePosixPath(path).name for path in files if path.lower().endswith(".ics")]:
        message = _(
            "Im ZIP-Archiv liegen Kalenderdateien ({names}). Bitte packen Sie es aus und laden Sie jede einzeln hoch: "
            "Jeder Kalender ist eine eigene Quelle."
        )
        refuse(message, names=", ".join(calendars)[:200])
    names = ", ".join(PurePosixPath(path).name for path in files)[:200]
    message = _("Im ZIP-Archiv liegt nichts, was sich lesen lässt (Shapefile, CSV, XLSX, GeoJSON), nur: {names}.")
    refuse(message, names=names)
