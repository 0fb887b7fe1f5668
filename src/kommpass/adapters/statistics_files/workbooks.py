"""Reads the visible sheets of an XLSX workbook into grids: merged cells filled, formulas by their results."""

import io
import zipfile

from openpyxl import load_workbook

from kommpass.adapters.offer_files.archives import check_parts
from kommpass.adapters.offer_files.sheet import Note, refuse
from kommpass.adapters.offer_files.text_tables import width
from kommpass.adapters.offer_files.workbooks import _BROKEN as BROKEN
from kommpass.adapters.offer_files.workbooks import _filled as filled
from kommpass.adapters.offer_files.workbooks import _grid as grid_of
from kommpass.adapters.offer_files.workbooks import _looked_through as looked_through
from kommpass.adapters.offer_files.workbooks import _without_result as without_result
from kommpass.adapters.plan_files.cells import column_letter
from kommpass.adapters.plan_files.plan import FileRefused
from kommpass.domain.statistics.grids import Grid
from kommpass.domain.statistics.signs import COMMA
from kommpass.domain.words import _


def read_workbook(content: bytes) -> tuple[list[Grid], list[Note]]:
    """The visible sheets with content; numbers with a decimal comma, as people see them. Raises `FileRefused`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            check_parts(package)
            parts = {part.filename: looked_through(package, part) for part in package.infolist()}
        return _sheets(content, parts)
    except FileRefused:
        raise
    except Exception:  # a damaged file makes zipfile and openpyxl stumble in many ways
        refuse(BROKEN)


def _sheets(content: bytes, parts: dict[str, tuple[list[bytes], bool]]) -> tuple[list[Grid], list[Note]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    grids, notes, hidden = [], [], []
    for sheet in book.worksheets:
        merged, formulas = parts.get(sheet._worksheet_path, ([], False))
        rows = grid_of(sheet)
        if not rows:
            continue
        if sheet.sheet_state != "visible":
            hidden.append(sheet.title)
            continue
        notes += filled(rows, merged)
        if formulas:
            notes += without_result(content, sheet.title, rows)
        wide = max(width(cells) for _number, cells in rows)
        grids.append(Grid(sheet.title, rows, tuple(column_letter(place) for place in range(wide)), COMMA))
    if hidden:
        notes.append(Note(_("Ausgeblendete Blätter wurden nicht gelesen: {names}."), {"names": ", ".join(hidden)}))
    return grids, notes
