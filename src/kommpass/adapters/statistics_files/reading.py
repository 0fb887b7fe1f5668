"""Reads a file with statistics of any kind that we know: bytes in, raw grids out."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath

from kommpass.adapters.offer_files.archives import BROKEN, check_parts, files_in, is_archive_name, unpacked
from kommpass.adapters.offer_files.limits import check_bytes
from kommpass.adapters.offer_files.packed import is_workbook
from kommpass.adapters.offer_files.reading import refuse_foreign
from kommpass.adapters.offer_files.sheet import Note, refuse
from kommpass.adapters.offer_files.text_tables import read_text
from kommpass.adapters.statistics_files.json_grids import read_json
from kommpass.adapters.statistics_files.text_grids import read_text_grid
from kommpass.adapters.statistics_files.workbooks import read_workbook
from kommpass.domain.statistics.grids import Grid
from kommpass.domain.words import _

_READABLE = (".csv", ".tsv", ".txt", ".json", ".xlsx")
_EMPTY = _("Die Datei ist leer.")


@dataclass(frozen=True)
class Sheets:
    """`grids` are the sheets with content, never none. `encoding` is "" where the format has only one."""

    grids: tuple[Grid, ...]
    notes: tuple[Note, ...] = ()
    encoding: str = ""


def read(content: bytes, name: str) -> Sheets:
    """The sheets of a CSV, TSV, XLSX or JSON file, or of a ZIP archive with one of them.

    What the file is, its content says; `name` only names the sheet of a file that has no sheets. Raises `FileRefused`
    with a German sentence for everything that cannot be read whole.
    """
    check_bytes(len(content))
    if not content.strip(b"\xef\xbb\xbf\xff\xfe\x00\r\n\t ;,|"):
        refuse(_EMPTY)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")) and not is_workbook(content):
        content, name = _only_file(content)
        check_bytes(len(content))
    sheets = _read(content, PurePath(name).name)
    if not sheets.grids:
        refuse(_EMPTY)
    return sheets


def _read(content: bytes, name: str) -> Sheets:
    title = PurePath(name).stem
    refuse_foreign(content, name)
    if content.startswith(b"PK"):
        if not is_workbook(content):
            refuse(_("Im ZIP-Archiv liegt ein weiteres Archiv. Bitte packen Sie es aus und laden Sie den Inhalt hoch."))
        grids, notes = read_workbook(content)
        return Sheets(tuple(grids), tuple(notes))
    if content.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t")[:1] in (b"[", b"{"):
        text, encoding, notes = read_text(content)
        grid, said = read_json(text, title)
        return Sheets((grid,), (*notes, *said), encoding)
    grid, encoding, notes = read_text_grid(content, title)
    return Sheets((grid,) if grid.rows else (), tuple(notes), encoding)


def _only_file(content: bytes) -> tuple[bytes, str]:
    """The one readable file of an archive, and its name; GENESIS packs its tables like this. Raises `FileRefused`."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except Exception:  # half-written archives make zipfile stumble in many ways
        refuse(BROKEN)
    with archive:
        check_parts(archive)
        files = files_in(archive)
        useful = [path for path in files if PurePosixPath(path).suffix.lower() in _READABLE]
        if len(useful) == 1:
            return unpacked(archive, files[useful[0]]), PurePosixPath(useful[0]).name
    names = ", ".join(PurePosixPath(path).name for path in files)[:200]
    if any(is_archive_name(path) for path in files):
        refuse(_("Im ZIP-Archiv liegt ein weiteres Archiv. Bitte packen Sie es aus und laden Sie den Inhalt hoch."))
    refuse(_("Im ZIP-Archiv muss genau eine Tabelle liegen (CSV, XLSX, JSON), hier liegen: {names}."), names=names)
