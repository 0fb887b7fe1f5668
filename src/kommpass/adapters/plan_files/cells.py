"""Cleans the cells of a table: no control characters, no over-long texts, formulas named."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from kommpass.adapters.plan_files.plan import ERROR, MAX_CELL_CHARACTERS, WARNING, Problem
from kommpass.domain.words import _

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_FORMULA = re.compile(r"\s*(?:=\s*\S|@\s*[A-Za-z]+\(|[+-]\s*[A-Za-z.]+\()")


@dataclass(frozen=True)
class Line:
    """One data line: its cells in header order, and how people find it ("Blatt Ziele, Zeile 12")."""

    where: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with one header row. `title` is the sheet's name, "" for a text file."""

    title: str
    headers: tuple[str, ...]
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...] = field(default=())

    def sample(self, count: int = 20) -> list[tuple[str, ...]]:
        return [line.cells for line in self.lines[:count]]


def column_letter(place: int) -> str:
    """The letter of a column as spreadsheets name it, counted from 0.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def clean(text: str, where: str, column: str) -> tuple[str, list[Problem]]:
    """The text without control characters, with plain line ends (also for <br>), and what was noticed."""
    problems = []
    lines = _LINE_BREAK.sub("\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    settled = unicodedata.normalize("NFC", lines).strip()
    bare = _CONTROL.sub("", settled).strip()
    if bare != settled:
        message = _("Unsichtbare Steuerzeichen wurden entfernt.")
        problems.append(Problem(where, column, message, WARNING))
    if len(bare) > MAX_CELL_CHARACTERS:
        message = _("Der Text hat {count} Zeichen, erlaubt sind {limit}. Bitte kürzen Sie ihn.")
        values = {"count": len(bare), "limit": MAX_CELL_CHARACTERS}
        problems.append(Problem(where, column, message, ERROR, values))
        bare = bare[:MAX_CELL_CHARACTERS]
    if _FORMULA.match(bare):
        message = _("„{text}“ sieht aus wie eine Formel und wird als Text übernommen.")
        problems.append(Problem(where, column, message, WARNING, {"text": bare[:40]}))
    return bare, problems


def unique_headers(cells: Sequence[str]) -> tuple[str, ...]:
    """Every column gets a name of its own: doubles are counted, empty ones called by their letter.

    >>> unique_headers(["Nr.", "Ziel", "Ziel", ""])
    ('Nr.', 'Ziel', 'Ziel (2)', 'Spalte D')
    """
    names: list[str] = []
    for place, cell in enumerate(cells):
        name = " ".join(cell.split()) or f"Spalte {column_letter(place)}"
        count, unique = 1, name
        while unique in names:
            count += 1
            unique = f"{name} ({count})"
        names.append(unique)
    return tuple(names)
