"""Turns a grid of cells into a sheet: header found, ragged rows kept, continuation rows joined."""

from collections.abc import Sequence

from kommpass.adapters.offer_files.cell_texts import Cells, settled
from kommpass.adapters.offer_files.continued import join_continued
from kommpass.adapters.offer_files.headers import header_place, skipped
from kommpass.adapters.offer_files.limits import check_size
from kommpass.adapters.offer_files.raw import RawRow, RawSheet
from kommpass.adapters.offer_files.sheet import Note
from kommpass.adapters.offer_files.text_tables import width
from kommpass.adapters.plan_files.cells import unique_headers
from kommpass.adapters.plan_files.text_tables import Grid
from kommpass.domain.words import _


def sheet_of(grid: Grid, name: str, where: str = "") -> RawSheet:
    """The sheet of a grid without blank rows. `where` names a sheet of a workbook in refusals. No rows, no refusal."""
    if not grid:
        return RawSheet(name, (), [])
    place = header_place(grid)
    wide = max(width(cells) for _number, cells in grid[place:])
    check_size(len(grid) - place - 1, wide, where and f"Blatt {where}")
    names = _padded([settled(cell) for cell in grid[place][1]], wide)
    columns = unique_headers(names)
    cells = Cells(where)
    rows = [RawRow(number, cells.row(number, columns, _padded(texts, wide))) for number, texts in grid[place + 1 :]]
    repeated = [row for row in rows if list(row.values.values()) == names]
    if repeated:
        rows = [row for row in rows if list(row.values.values()) != names]
    notes = [*skipped(grid[:place]), *_again(repeated), *_beyond(columns, names, rows), *cells.notes()]
    columns = _without_empty(columns, names, rows)
    rows, joined = join_continued(columns, rows)
    return RawSheet(name, columns, rows, [*notes, *joined])


def _padded(cells: Sequence[str], wide: int) -> list[str]:
    return [*cells[:wide], *[""] * (wide - len(cells))]


def _again(repeated: Sequence[RawRow]) -> list[Note]:
    if not repeated:
        return []
    return [Note(_("Wiederholte Kopfzeilen ausgelassen: {count}."), {"count": len(repeated)})]


def _beyond(columns: Sequence[str], names: Sequence[str], rows: Sequence[RawRow]) -> list[Note]:
    """Cells in columns without a header: often a legend, or a text that was cut at a delimiter."""
    notes = []
    for column, name in zip(columns, names, strict=True):
        filled = [row.number for row in rows if row.values[column]] if not name else []
        if filled:
            one = _("Diese Spalte hat keine Überschrift und nur in Zeile {first} einen Inhalt.")
            more = _(
                "Diese Spalte hat keine Überschrift, aber in {count} Zeilen einen Inhalt, zuerst in Zeile {first}."
            )
            values = {"count": len(filled), "first": filled[0]}
            notes.append(Note(one if len(filled) == 1 else more, values, column=column))
    return notes


def _without_empty(columns: Sequence[str], names: Sequence[str], rows: Sequence[RawRow]) -> tuple[str, ...]:
    """The columns that have a name or a content; the others are taken out of the rows."""
    empty = [
        column
        for column, name in zip(columns, names, strict=True)
        if not name and not any(row.values[column] for row in rows)
    ]
    for row in rows:
        for column in empty:
            del row.values[column]
    return tuple(column for column in columns if column not in empty)
