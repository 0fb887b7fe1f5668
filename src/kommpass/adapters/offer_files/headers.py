"""Finds the header row of a table, which in town halls seldom is the first."""

import re
from collections.abc import Sequence
from statistics import median

from kommpass.adapters.offer_files.coordinate_numbers import number
from kommpass.adapters.offer_files.sheet import Note
from kommpass.adapters.plan_files.text_tables import Grid
from kommpass.domain.words import _

SEARCHED_ROWS = 30
_LONGEST_NAME = 100
_DATE = re.compile(r"\d{1,4}[.\-/]\d{1,2}[.\-/]\d{1,4}.*")


def header_place(grid: Grid) -> int:
    """The place of the first row that names most columns; 0 if no row looks like names.

    >>> header_place([(1, ["Kitas in Auental", ""]), (3, ["Name", "Plätze"]), (4, ["Villa", "25"])])
    1
    """
    head = [cells for _number, cells in grid[:SEARCHED_ROWS]]
    usual = median(sum(1 for cell in cells if cell.strip()) for _number, cells in grid[:200])
    for place, cells in enumerate(head):
        if _names(cells, usual / 2):
            below = head[place + 1] if place + 1 < len(head) else []
            return place + 1 if _is_finer(cells, below) and _names(below, usual / 2) else place
    return 0


def _names(cells: Sequence[str], least: float) -> bool:
    """Whether the cells look like names of columns: more than `least`, short, different, most of them no numbers."""
    said = [" ".join(cell.split()) for cell in cells if cell.strip()]
    different = len(set(said))
    if not said or different <= least or (len(said) > 1 and different == 1):
        return False
    if any(len(each) > _LONGEST_NAME for each in said):
        return False
    return sum(number(each) is None and not _DATE.fullmatch(each) for each in said) * 2 > len(said)


def _is_finer(cells: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the next row repeats names that reach over two rows (merged cells) and splits the others."""
    both = [cell for cell, under in zip(cells, below, strict=False) if cell.strip() and cell == under]
    return bool(both) and len(set(below)) > len(set(cells))


def skipped(grid: Grid) -> list[Note]:
    """What stood above the header row."""
    if not grid:
        return []
    parts = dict.fromkeys(" ".join(cell.split()) for _number, cells in grid for cell in cells if cell.strip())
    one = _("Eine Zeile über der Kopfzeile übersprungen: „{text}“.")
    more = _("{count} Zeilen über der Kopfzeile übersprungen: „{text}“.")
    return [Note(one if len(grid) == 1 else more, {"count": len(grid), "text": " / ".join(parts)[:200]})]
