"""Reads the visible sheets of an XLSX workbook into grids: merged cells filled, formulas by their results."""

from kommpass.adapters.offer_files.sheet import Note
from kommpass.adapters.offer_files.text_tables import width
from kommpass.adapters.offer_files.workbooks import VisibleSheet, visible_sheets
from kommpass.adapters.plan_files.cells import column_letter
from kommpass.domain.statistics.grids import Grid
from kommpass.domain.statistics.signs import COMMA


def read_workbook(content: bytes) -> tuple[list[Grid], list[Note]]:
    """The visible sheets with content; numbers with a decimal comma, as people see them. Raises `FileRefused`."""
    found, hidden = visible_sheets(content)
    return [_grid(each) for each in found], [*(note for each in found for note in each.notes), *hidden]


def _grid(sheet: VisibleSheet) -> Grid:
    wide = max(width(cells) for _number, cells in sheet.grid)
    return Grid(sheet.title, sheet.grid, tuple(column_letter(place) for place in range(wide)), COMMA)
