"""Reads the sheets of an XLSX workbook as people see them, and nothing that is hidden in the file."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from kommpass.adapters.plan_files.cells import column_letter
from kommpass.adapters.plan_files.plan import WARNING, FileRefused, Problem
from kommpass.adapters.plan_files.text_tables import Grid, check_size
from kommpass.domain.words import _

MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_PARTS = 2_000
_BROKEN = _("Die Datei ist keine lesbare Excel-Arbeitsmappe (.xlsx).")


def read_sheets(content: bytes) -> tuple[dict[str, Grid], list[Problem]]:
    """The visible sheets with content, by name. Raises `FileRefused`."""
    problems: list[Problem] = []
    try:
        _check_package(content)
        values = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        formulas = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheets = {}
        for sheet in values.worksheets:
            grid = _grid(sheet, formulas[sheet.title], problems)
            if sheet.sheet_state != "visible" and grid:
                message = _("Das Blatt ist ausgeblendet und wird nicht übernommen.")
                problems.append(Problem(f"Blatt {sheet.title}", "", message, WARNING))
            elif grid:
                sheets[sheet.title] = grid
    except FileRefused:
        raise
    except Exception:  # a damaged file makes zipfile and openpyxl stumble in many ways
        raise FileRefused(Problem("", "", _BROKEN)) from None
    return sheets, problems


def _check_package(content: bytes) -> None:
    """An XLSX file is a ZIP of XML parts: refuse bombs before anything is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
        names = {part.filename for part in parts}
        if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES or len(parts) > MAX_PARTS:
            message = _("Die Arbeitsmappe ist ausgepackt größer als {limit} MB und wird nicht gelesen.")
            raise FileRefused(Problem("", "", message, values={"limit": MAX_UNPACKED_BYTES // 1024 // 1024}))
        if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
            raise FileRefused(Problem("", "", _BROKEN))
        for name in names:
            with package.open(name) as opened:
                if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in opened.read(4096):
                    raise FileRefused(Problem("", "", _BROKEN))


def _grid(values: Any, formulas: Any, problems: list[Problem]) -> Grid:
    grid: Grid = []
    for sheet in (values, formulas):
        sheet.reset_dimensions()  # the size written into the file may be wrong
    for number, (cells, written) in enumerate(zip(values.iter_rows(), formulas.iter_rows(), strict=True), 1):
        row = list(_texts(f"Blatt {values.title}, Zeile {number}", cells, written, problems))
        if any(row):
            grid.append((number, row))
        check_size(grid, number, len(row), values.title)
    return grid


def _texts(where: str, cells: Any, written: Any, problems: list[Problem]) -> Iterator[str]:
    for place, (cell, source) in enumerate(zip(cells, written, strict=True)):
        text = as_text(cell.value, getattr(cell, "number_format", "") or "")
        if getattr(source, "data_type", "") == "f":
            formula = str(getattr(source.value, "text", source.value))
            message = _("Hier steht die Formel {formula}. Übernommen wird ihr gespeichertes Ergebnis „{text}“.")
            if not text:
                text = formula
                message = _("Hier steht die Formel {formula} ohne gespeichertes Ergebnis. Sie bleibt als Text stehen.")
            column = column_letter(place)
            found = {"formula": formula[:40], "text": text[:40]}
            problems.append(Problem(where, column, message, WARNING, found))
        yield text


def as_text(value: Any, number_format: str = "") -> str:
    """A cell as people read it: days in ISO, whole numbers without ".0", decimals with a comma.

    >>> as_text(datetime(2027, 3, 31)), as_text(2027.0), as_text(4.17), as_text(0.4, "0%"), as_text(True)
    ('2027-03-31', '2027', '4,17', '40 %', 'ja')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return _number(Decimal(repr(value)), number_format)
    return str(value)


def _number(number: Decimal, number_format: str) -> str:
    if not number.is_finite():
        return ""
    percent = "%" in number_format
    shown = number * 100 if percent else number
    if shown == shown.to_integral_value():
        shown = shown.to_integral_value()
    text = f"{shown:f}".rstrip("0").rstrip(".") if "." in f"{shown:f}" else f"{shown:f}"
    return text.replace(".", ",") + (" %" if percent else "")
