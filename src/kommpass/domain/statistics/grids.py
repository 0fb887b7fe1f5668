"""A sheet as it stands in the file: rows of texts with their numbers, before anybody has understood it."""

from collections.abc import Sequence
from dataclasses import dataclass

from kommpass.domain.statistics.signs import COMMA

GridRow = tuple[int, Sequence[str]]


@dataclass(frozen=True)
class Grid:
    """`rows` are the rows that are not blank, each with its number as a spreadsheet counts it (entries of a JSON list
    count from 1, the row of their keys is 0). `places` are the names of the columns: letters, or keys of the entries.
    `decimal` is the decimal sign where the numbers themselves do not show it.
    """

    sheet: str
    rows: Sequence[GridRow]
    places: tuple[str, ...]
    decimal: str = COMMA

    @property
    def width(self) -> int:
        return len(self.places)

    @property
    def size(self) -> int:
        """How many cells there are: rows times columns."""
        return len(self.rows) * self.width


def padded(cells: Sequence[str], width: int) -> Sequence[str]:
    return cells if len(cells) == width else [*cells, *[""] * (width - len(cells))]
