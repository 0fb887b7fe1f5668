"""Reads CSV and TSV into a grid: the same encodings, delimiters and quotes as lists of offers, but many more rows."""

import re
from collections.abc import Iterable

from kommpass.adapters.offer_files.sheet import Note
from kommpass.adapters.offer_files.text_tables import delimiter_of, quote_of, read_text, rows_of, width
from kommpass.adapters.plan_files.cells import column_letter
from kommpass.adapters.statistics_files.limits import check_size
from kommpass.domain.statistics.grids import Grid, GridRow
from kommpass.domain.statistics.signs import COMMA


def read_text_grid(content: bytes, name: str) -> tuple[Grid, str, list[Note]]:
    """The grid without blank rows, the encoding, and what was noticed. Raises `FileRefused`."""
    text, encoding, notes = read_text(content)
    named = re.match(r"sep=(.)\r?\n", text)
    delimiter = named[1] if named else delimiter_of(text)
    rows: list[GridRow] = []
    wide = 0
    for number, cells in enumerate(_rows(text, delimiter, notes), 1):
        if len(cells) > wide and (true := width(cells)) > wide:
            wide = true
            check_size(0, wide)
        if not any(cells) or (named and number == 1) or not any(cell.strip() for cell in cells):
            continue
        rows.append((number, cells))
        if not len(rows) % 10_000:
            check_size(len(rows), wide)
    check_size(len(rows), wide)
    if any(len(cells) > wide for _number, cells in rows):  # delimiters without anything between at the ends of rows
        rows = [(number, cells[:wide]) for number, cells in rows]
    return Grid(name, rows, tuple(column_letter(place) for place in range(wide)), COMMA), encoding, notes


def _rows(text: str, delimiter: str, notes: list[Note]) -> Iterable[list[str]]:
    """All rows; flat files have no quotes, and without any there is nothing to do but to cut."""
    quote = quote_of(text, delimiter)
    if '"' in text or quote != '"':
        return rows_of(text, delimiter, quote, notes)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return (line.split(delimiter) for line in lines)
