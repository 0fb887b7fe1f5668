"""Reads the sheets of an XLSX workbook as people see them: merged cells filled, formulas by their results."""

import io
import re
import zipfile
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import time
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from kommpass.adapters.offer_files.archives import check_parts
from kommpass.adapters.offer_files.limits import MAX_CELLS, MEGABYTE, check_size
from kommpass.adapters.offer_files.raw import RawSheet
from kommpass.adapters.offer_files.sheet import Note, refuse
from kommpass.adapters.offer_files.tables import sheet_of
from kommpass.adapters.offer_files.text_tables import width
from kommpass.adapters.plan_files.plan import FileRefused
from kommpass.adapters.plan_files.text_tables import Grid
from kommpass.adapters.plan_files.workbooks import as_text
from kommpass.domain.words import _

_BROKEN = _("Die Datei ist keine lesbare Excel-Arbeitsmappe (.xlsx).")
_LEADING_ZEROS = re.compile(r"(?:\[[^\]]*\])?(0{2,20})")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_DOCTYPES = tuple("<!DOCTYPE".encode(codec) for codec in ("utf-8", "utf-16-le", "utf-16-be"))
_MAX_READ_CELLS = 20_000_000
"""Cells with a format but no content count for little, but they must be walked over."""


@dataclass(frozen=True)
class VisibleSheet:
    """A sheet with content as people see it: its rows by their numbers, and what was noticed."""

    title: str
    grid: Grid
    notes: list[Note]


def read_workbook(content: bytes) -> list[RawSheet]:
    """The visible sheets with content, their first row as header. Raises `FileRefused`."""
    found, hidden = visible_sheets(content)
    sheets = [sheet_of(each.grid, each.title, each.title) for each in found]
    for raw, each in zip(sheets, found, strict=True):
        raw.notes[:0] = each.notes
    if hidden and sheets:
        sheets[0].notes += hidden
    return sheets


def visible_sheets(content: bytes) -> tuple[list[VisibleSheet], list[Note]]:
    """The visible sheets with content, and a note about hidden ones if there are any. Raises `FileRefused`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            check_parts(package)
            parts = {part.filename: _looked_through(package, part) for part in package.infolist()}
        return _sheets(content, parts)
    except FileRefused:
        raise
    except Exception:  # a damaged file makes zipfile and openpyxl stumble in many ways
        refuse(_BROKEN)


def _looked_through(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> tuple[list[bytes], bool]:
    """The merged ranges of a part and whether it has formulas. Refuses document types: they can hold bombs."""
    merged: dict[bytes, None] = {}
    formulas = False
    if not part.filename.endswith((".xml", ".rels", ".vml")):
        return [], False
    with package.open(part) as opened:
        tail = b""
        while piece := opened.read(MEGABYTE):
            seen = tail + piece
            if any(mark in seen for mark in _DOCTYPES):
                refuse(_BROKEN)
            merged.update(dict.fromkeys(_MERGED.findall(seen)))
            formulas = formulas or b"<f>" in seen or b"<f " in seen
            tail = seen[-200:]
    return list(merged), formulas


def _sheets(content: bytes, parts: dict[str, tuple[list[bytes], bool]]) -> tuple[list[VisibleSheet], list[Note]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheets, hidden = [], []
    for sheet in book.worksheets:
        # openpyxl knows merged cells only when it holds the whole workbook in memory
        merged, formulas = parts.get(sheet._worksheet_path, ([], False))
        grid = _grid(sheet)
        if not grid:
            continue
        if sheet.sheet_state != "visible":
            hidden.append(sheet.title)
            continue
        notes = _filled(grid, merged)
        if formulas:
            notes += _without_result(content, sheet.title, grid)
        sheets.append(VisibleSheet(sheet.title, grid, notes))
    message = _("Ausgeblendete Blätter wurden nicht gelesen: {names}.")
    return sheets, [Note(message, {"names": ", ".join(hidden)})] if hidden else []


def _grid(sheet: Any) -> Grid:
    sheet.reset_dimensions()  # the size written into the file may be wrong
    grid: Grid = []
    walked = 0
    for number, cells in enumerate(sheet.iter_rows(), 1):
        walked += len(cells)
        if walked > _MAX_READ_CELLS:
            check_size(0, walked, f"Blatt {sheet.title}")
        row = [_text(cell) for cell in cells]
        if wide := width(row):
            grid.append((number, row[:wide]))
            check_size(len(grid) - 1, wide, f"Blatt {sheet.title}")
    return grid


def _text(cell: Any) -> str:
    """A cell as people read it: postal codes with their zeros, times without seconds."""
    value = cell.value
    if isinstance(value, time):
        return value.isoformat("minutes")
    number_format = getattr(cell, "number_format", "") or ""
    zeros = _LEADING_ZEROS.fullmatch(number_format) if isinstance(value, (int, float)) else None
    text = as_text(value, number_format)
    return text.zfill(len(zeros[1])) if zeros and text.isdecimal() else text


def _filled(grid: Grid, merged: list[bytes]) -> list[Note]:
    """Writes the content of merged cells into each of them."""
    rows = dict(grid)
    numbers = sorted(rows)
    widest = max(len(cells) for cells in rows.values())
    left, count = MAX_CELLS, 0
    for reference in merged:
        first_column, first_row, last_column, last_row = range_boundaries(reference.decode())
        source = rows.get(first_row, [])
        text = source[first_column - 1] if first_column <= len(source) else ""
        if not text.strip():
            continue
        count += 1
        last_column = min(last_column, widest)
        for number in numbers[bisect_left(numbers, first_row) : bisect_right(numbers, last_row)]:
            left -= 1 + last_column - first_column
            if left < 0:  # ranges that overlap a thousand times are no table
                refuse(_BROKEN)
            _write(rows[number], first_column, last_column, text)
    return [Note(_("Verbundene Zellen aufgefüllt: {count}."), {"count": count})] if count else []


def _write(row: list[str], first: int, last: int, text: str) -> None:
    row += [""] * (last - len(row))
    row[first - 1 : last] = [text] * (1 + last - first)


def _without_result(content: bytes, title: str, grid: Grid) -> list[Note]:
    """Formulas that no program has calculated yet: their cells are empty, and people should know."""
    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    sheet = book[title]
    sheet.reset_dimensions()
    rows = dict(grid)
    empty = [
        number
        for number, cells in enumerate(sheet.iter_rows(max_row=grid[-1][0]), 1)
        for place, cell in enumerate(cells)
        if getattr(cell, "data_type", "") == "f" and not "".join(rows.get(number, [])[place : place + 1])
    ]
    if not empty:
        return []
    message = _(
        "Formeln ohne gespeichertes Ergebnis: {count}, zuerst in Zeile {first}. Die Zellen bleiben leer. "
        "Bitte öffnen und speichern Sie die Datei in Excel oder LibreOffice."
    )
    return [Note(message, {"count": len(empty), "first": empty[0]})]
