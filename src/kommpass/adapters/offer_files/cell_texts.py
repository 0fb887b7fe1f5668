"""Settles the text of a cell: line ends, accents, nothing invisible. HTML stays as it is."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from kommpass.adapters.offer_files.limits import check_cell
from kommpass.adapters.offer_files.sheet import Note
from kommpass.adapters.plan_files.cells import _CONTROL as CONTROL
from kommpass.domain.words import _

_HALF_LETTERS = re.compile("[\ud800-\udfff]")
"""Halves of a pair of surrogates: JSON can hold one alone, a database cannot."""


def settled(text: str) -> str:
    """The text with plain line ends, composed accents and no control characters.

    >>> settled(" Mu\\u0308tter-Cafe\\u0301\\r\\n<b>mit</b>\\x07 &amp; ohne ")
    'Mütter-Café\\n<b>mit</b> &amp; ohne'
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _HALF_LETTERS.sub("", CONTROL.sub("", unicodedata.normalize("NFC", lines))).strip()


@dataclass
class Cells:
    """Settles the cells of one sheet and counts where something invisible was taken out."""

    sheet: str = ""
    invisible: int = 0

    def where(self, number: int) -> str:
        return f"Blatt {self.sheet}, Zeile {number}" if self.sheet else f"Zeile {number}"

    def row(self, number: int, columns: Iterable[str], texts: Iterable[str]) -> dict[str, str]:
        """The settled texts of a row by column. Raises `FileRefused` for an over-long one."""
        return {column: self.cell(number, column, text) for column, text in zip(columns, texts, strict=True)}

    def cell(self, number: int, column: str, text: str) -> str:
        bare = settled(text)
        if len(bare) != len(text) and CONTROL.search(text):
            self.invisible += 1
        check_cell(bare, self.where(number), column)
        return bare

    def notes(self) -> list[Note]:
        message = _("Unsichtbare Steuerzeichen entfernt, Zellen: {count}.")
        return [Note(message, {"count": self.invisible})] if self.invisible else []
