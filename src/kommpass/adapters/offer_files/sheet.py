"""What a file with offers says: sheets with rows of texts, their places, and notes on what was repaired."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from kommpass.adapters.plan_files.plan import ERROR, FileRefused, Problem

Point = tuple[float, float]
"""Latitude and longitude in degrees, WGS84."""


@dataclass(frozen=True)
class Note:
    """What was understood or repaired, in a German sentence. `row` is a row's number, None for the whole sheet.

    `message` and `values` are its translatable parts.
    """

    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    row: int | None = None
    column: str = ""

    @property
    def sentence(self) -> str:
        return self.message.format(**self.values)

    def __str__(self) -> str:
        line = "" if self.row is None else f"Zeile {self.row}"
        place = ", ".join(part for part in (line, self.column and f"Spalte „{self.column}“") if part)
        return f"{place}: {self.sentence}" if place else self.sentence


@dataclass(frozen=True)
class Row:
    """One entry. `number` is the line of a table as a spreadsheet counts it (the header is line 1, where it comes
    first), or the place of an entry in a list, from 1. `values` has a text for each column, "" for nothing said.
    `shape` is a GeoJSON geometry (longitude first, as GeoJSON has it), `point` lies inside it.
    """

    number: int
    values: dict[str, str]
    point: Point | None = None
    shape: dict[str, Any] | None = None


@dataclass(frozen=True)
class Sheet:
    """One table or layer. `encoding` is "" where the format has only one, `coordinate_system` where no place is."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
    encoding: str = ""
    coordinate_system: str = ""

    def notes_on(self, row: Row) -> tuple[Note, ...]:
        return tuple(note for note in self.notes if note.row == row.number)


def refuse(message: str, where: str = "", column: str = "", **values: object) -> NoReturn:
    """Raise `FileRefused` with one German sentence; `where` is for example "Blatt Kitas, Zeile 12"."""
    raise FileRefused(Problem(where, column, message, ERROR, values))
