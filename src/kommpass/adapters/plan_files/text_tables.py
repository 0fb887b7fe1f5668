"""Reads CSV and TSV as town halls write them: any encoding, any delimiter, quoted line breaks."""

import codecs
import csv
import io
import re
from collections import Counter
from itertools import islice

from kommpass.adapters.plan_files.plan import MAX_COLUMNS, MAX_ROWS, WARNING, FileRefused, Problem
from kommpass.domain.words import _

Grid = list[tuple[int, list[str]]]
"""Row number as a spreadsheet counts it, and the cells; blank rows are left out."""

_DELIMITERS = ";,\t|"
_FOREIGN = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\xd0\xcf\x11\xe0", _("altes Excel (.xls) oder mit Kennwort geschützt")),
    (b"\x89PNG", _("Bild")),
    (b"\xff\xd8\xff", _("Bild")),
    (b"GIF8", _("Bild")),
    (b"\x1f\x8b", "GZIP"),
    (b"{\\rtf", "RTF"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_TWICE_ENCODED = re.compile("Ã[¤¶¼Ÿ„–œ]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


def decode(content: bytes) -> tuple[str, list[Problem]]:
    """The text, in the first encoding of UTF-8, UTF-16 and Windows-1252 that fits. Raises `FileRefused`."""
    for start, kind in _FOREIGN:
        if content.startswith(start):
            message = _("Das ist keine Tabelle als Text, sondern: {kind}. Bitte speichern Sie sie als XLSX oder CSV.")
            raise FileRefused(Problem("", "", message, values={"kind": kind}))
    text = _decoded(content)
    if re.match(r"\s*<(!doctype html|html|table)", text[:200], re.IGNORECASE):
        message = _("Das ist eine Webseite. Bitte speichern Sie die Tabelle als XLSX oder CSV.")
        raise FileRefused(Problem("", "", message))
    if len(_CONTROL.findall(text)) > len(text) // 20:
        raise FileRefused(Problem("", "", _("Die Datei enthält keinen lesbaren Text.")))
    problems = []
    if _TWICE_ENCODED.search(text) or "\ufffd" in text:
        message = _("Umlaute sehen falsch aus (zum Beispiel „Ã¼“). Bitte speichern Sie die Datei als CSV UTF-8.")
        problems.append(Problem("", "", message, WARNING))
    return text, problems


def _decoded(content: bytes) -> str:
    for mark, encoding, name in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding, name)
    even, odd = content[0:2000:2].count(0), content[1:2000:2].count(0)
    if max(even, odd) * 4 > min(len(content), 2000) // 2 > min(even, odd) * 8:
        return _strictly(content, "utf-16-le" if odd > even else "utf-16-be", "UTF-16")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(content, "cp1252", "Windows-1252")


def _strictly(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = _("Die Zeichen sind nicht lesbar (versucht: {name}). Bitte speichern Sie die Datei als CSV UTF-8.")
        raise FileRefused(Problem(f"Zeile {line}", "", message, values={"name": name})) from None


def read_grid(content: bytes) -> tuple[Grid, list[Problem]]:
    """All rows that are not blank. Raises `FileRefused`."""
    text, problems = decode(content)
    named = re.match(r"sep=(.)\r?\n", text)
    text = text.lstrip("\ufeff")
    delimiter = named[1] if named else _delimiter(text)
    grid = _parsed(text, delimiter, problems)
    return (grid[1:] if named else grid), problems


def _delimiter(text: str) -> str:
    """The delimiter that cuts the most rows into the same number of cells (and more than one)."""
    head = text[:200_000]
    best, best_score = ";", 0.0
    for delimiter in _DELIMITERS:
        try:
            rows = list(islice(csv.reader(io.StringIO(head, ""), delimiter=delimiter), 200))
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows if row)
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda each: (each[0] > 1, each[1]))
        score = (count / widths.total()) * (width > 1) + min(width, 50) / 1000
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _parsed(text: str, delimiter: str, problems: list[Problem]) -> Grid:
    """The rows by the rules of CSV, or more tolerantly where quotes stand loose inside texts."""
    grid: Grid = []
    number = 0
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, ""), delimiter=delimiter, strict=True), 1):
            if any(cell.strip() for cell in cells):
                grid.append((number, cells))
            check_size(grid, number, len(cells), "")
    except csv.Error as error:
        if "field larger" in str(error):
            message = _("Eine Zelle ist viel zu lang. Vielleicht fehlt ein Anführungszeichen.")
            raise FileRefused(Problem(f"Zeile {number + 1}", "", message)) from None
        return _tolerantly(text, delimiter, problems)
    return grid


class _LooseCells:
    """How to find one cell where quotes stand loose: a quote closes only before a delimiter or line end.

    The end of a quoted cell is looked for by hand: the regular expressions that could say it (with possessive
    repetition) are wrong in Python before 3.11.5, which Debian 12 has.
    """

    def __init__(self, delimiter: str):
        mark = re.escape(delimiter)
        self.opening = re.compile(r'[ \t]*"')
        self.edge = re.compile(rf"[ \t]*(?={mark}|\r|\n|\Z)")
        self.bare = re.compile(rf'(?:""(?=[^"{mark}\r\n]))?([^{mark}\r\n]*)')
        self.half = re.compile(rf'""[^"{mark}\r\n]')

    def read(self, text: str, place: int) -> tuple[str, int, bool] | None:
        """The cell at `place`, where it ends, and whether quotes were loose; None for quotes without an end.

        A cell that begins ""like this lost its quotes; it ends at the next delimiter.
        """
        half = self.half.match(text, place) is not None
        found = None if half else self._quoted(text, place)
        if found:
            content, end = found
            return content.replace('""', '"'), end, '"' in content.replace('""', "")
        if not half and text[place : place + 1] == '"':
            return None
        bare = self.bare.match(text, place)
        return (bare[1], bare.end(), half) if bare else None

    def _quoted(self, text: str, place: int) -> tuple[str, int] | None:
        """What stands between quotes, still with double ones inside, and where the cell ends."""
        opened = self.opening.match(text, place)
        begin = at = opened.end() if opened else len(text)
        while (quote := text.find('"', at)) >= 0:
            if text[quote + 1 : quote + 2] == '"':
                at = quote + 2
            elif closed := self.edge.match(text, quote + 1):
                return text[begin:quote], closed.end()
            else:
                at = quote + 1
        return None


def _tolerantly(text: str, delimiter: str, problems: list[Problem]) -> Grid:
    cell = _LooseCells(delimiter)
    grid: Grid = []
    place, number = 0, 0
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
            problems.append(Problem(f"Zeile {number}", "", message, WARNING))
        if any(each.strip() for each in cells):
            grid.append((number, cells))
        check_size(grid, number, len(cells), "")
    return grid


def check_size(grid: Grid, number: int, width: int, sheet: str) -> None:
    """Refuse more rows or columns than a plan can have."""
    if len(grid) > MAX_ROWS + 1:
        message = _("Die Datei hat mehr als {limit} Zeilen. Bitte teilen Sie sie auf.")
        raise FileRefused(Problem(sheet and f"Blatt {sheet}", "", message, values={"limit": f"{MAX_ROWS}"}))
    if width > MAX_COLUMNS:
        where = f"Blatt {sheet}, Zeile {number}" if sheet else f"Zeile {number}"
        message = _("Die Zeile hat mehr als {limit} Spalten. Bitte löschen Sie überzählige Spalten.")
        raise FileRefused(Problem(where, "", message, values={"limit": f"{MAX_COLUMNS}"}))
