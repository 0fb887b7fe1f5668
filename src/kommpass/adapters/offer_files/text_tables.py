"""Reads CSV and TSV of any encoding, delimiter and quotes into a grid of cells."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kommpass.adapters.offer_files.limits import check_size
from kommpass.adapters.offer_files.sheet import Note, refuse
from kommpass.adapters.plan_files.plan import FileRefused, Problem
from kommpass.adapters.plan_files.text_tables import Grid, decode
from kommpass.adapters.plan_files.text_tables import _delimiter as delimiter_of
from kommpass.adapters.plan_files.text_tables import _LooseCells as LooseCells
from kommpass.domain.words import _

_ENCODINGS = (("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"))
_BROKEN_MULTIBYTE = re.compile(r"[ÂÃ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_WEB_PAGE = re.compile(r"<(?:!doctype html|html|head|body|script)\b", re.IGNORECASE)
_SAVE_UTF8 = _("Zeile {line} ist nicht in UTF-8 geschrieben, die übrige Datei schon. Bitte speichern Sie sie neu.")


def read_text(content: bytes) -> tuple[str, str, list[Note]]:
    """The text, the name of its encoding, and what was noticed. Raises `FileRefused`."""
    text, problems = decode(content)
    encoding = _encoding(content, text)
    start = text[:2000].lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        if _WEB_PAGE.search(start):
            refuse(_("Das ist eine Webseite. Bitte speichern Sie die Tabelle als XLSX oder CSV."))
        refuse(_("Das ist XML. Bitte speichern Sie die Daten als CSV, XLSX, GeoJSON oder Shapefile."))
    if encoding in ("Latin-1", "Windows-1252"):
        if _BROKEN_MULTIBYTE.search(text):
            _refuse_mixed(content)
        problems = []
    notes = [Note(each.message, each.values) for each in problems]
    if encoding != "UTF-8":
        notes.insert(0, Note(_("Als {encoding} gelesen."), {"encoding": encoding}))
    return text.lstrip("\ufeff"), encoding, notes


def _encoding(content: bytes, text: str) -> str:
    """The encoding that gives back these bytes; Latin-1 where Windows-1252 says the same."""
    bare = text.lstrip("\ufeff")
    for codec, name in _ENCODINGS:
        if bare.encode(codec, "surrogatepass") in (content, content[2:]):
            return name
    return "Windows-1252" if re.search(rb"[\x80-\x9f]", content) else "Latin-1"


def _refuse_mixed(content: bytes) -> None:
    """Umlauts of UTF-8 in a file that is not all UTF-8: read either way, some of it would be wrong."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        refuse(_SAVE_UTF8, line=content[: error.start].count(b"\n") + 1)


def read_grid(content: bytes) -> tuple[Grid, str, list[Note]]:
    """All rows that are not blank with their line, the encoding, and what was noticed. Raises `FileRefused`."""
    text, encoding, notes = read_text(content)
    named = re.match(r"sep=(.)\r?\n", text)
    delimiter = named[1] if named else delimiter_of(text)
    quote = quote_of(text, delimiter)
    if quote == "'":
        notes.append(Note(_("Einfache Anführungszeichen (') umschließen hier Texte.")))
    grid: Grid = []
    for number, cells in enumerate(rows_of(text, delimiter, quote, notes), 1):
        if any(cell.strip() for cell in cells) and not (named and number == 1):
            wide = width(cells)
            grid.append((number, cells[:wide]))
            check_size(len(grid) - 1, wide, f"Zeile {number}")
    return grid, encoding, notes


def width(cells: Sequence[str]) -> int:
    """How many cells a row has without the blank ones at its end."""
    return next((place for place in range(len(cells), 0, -1) if cells[place - 1].strip()), 0)


def quote_of(text: str, delimiter: str) -> str:
    """The single quote, if it stands at cells' edges and brings more rows to one width than the double quote."""
    edge = rf"(?:^|{re.escape(delimiter)})'|'(?:{re.escape(delimiter)}|$)"
    if len(re.findall(edge, text[:2_000_000], re.MULTILINE)) < 2:
        return '"'
    return max('"', "'", key=lambda quote: (_likeness(text, delimiter, quote), quote == '"'))


def _likeness(text: str, delimiter: str, quote: str) -> float:
    """Which part of the rows has the most usual width."""
    try:
        widths = Counter(
            len(row) for row in csv.reader(io.StringIO(text, ""), delimiter=delimiter, quotechar=quote) if row
        )
    except csv.Error:
        return 0.0
    return max(widths.values(), default=0) / max(widths.total(), 1)


def rows_of(text: str, delimiter: str, quote: str, notes: list[Note]) -> Iterator[list[str]]:
    """The rows by the rules of CSV, or more tolerantly where quotes stand loose inside texts."""
    strict = quote == '"'
    try:
        for _row in csv.reader(io.StringIO(text, ""), delimiter=delimiter, quotechar=quote, strict=strict):
            pass
    except csv.Error as error:
        if "field larger" in str(error):
            refuse(_("Eine Zelle ist viel zu lang. Vielleicht fehlt ein Anführungszeichen."))
        return _loose_rows(text, delimiter, notes)
    return csv.reader(io.StringIO(text, ""), delimiter=delimiter, quotechar=quote, strict=strict)


def _loose_rows(text: str, delimiter: str, notes: list[Note]) -> Iterator[list[str]]:
    cell, place, number = LooseCells(delimiter), 0, 0
    while place < len(text):
        number += 1
        cells: list[str] = []
        any_loose = False
        while True:
            read = cell.read(text, place)
            if read is None:
                message = _("Die Anführungszeichen gehen nicht auf. Bitte speichern Sie die Tabelle erneut.")
                raise FileRefused(Problem(f"Zeile {number}", "", message))
            content, place, loose = read
            cells.append(content)
            any_loose = any_loose or loose
            if text[place : place + 1] != delimiter:
                break
            place += 1
        place += 2 if text[place : place + 2] == "\r\n" else 1
        if any_loose:
            message = _("Im Text stehen einzelne Anführungszeichen. Bitte prüfen Sie, ob die Zeile stimmt.")
            notes.append(Note(message, row=number))
        yield cells
