"""How large a file with offers may be, and the sentences that say so."""

from collections.abc import Iterable

from kommpass.adapters.offer_files.sheet import refuse
from kommpass.adapters.plan_files.plan import MAX_CELL_CHARACTERS, MAX_COLUMNS
from kommpass.domain.words import _

MEGABYTE = 1024 * 1024
MAX_BYTES = 25 * MEGABYTE
MAX_ROWS = 50_000
MAX_CELLS = 2_500_000
"""Rows times columns: keeps one import below about half a gigabyte of memory."""
MAX_CORNERS = 3_000_000
"""Corner points of all shapes of a file; the whole of Germany in municipalities has about a million."""
MAX_UNPACKED_BYTES = 200 * MEGABYTE
MAX_RATIO = 200
RATIO_MATTERS_FROM = 20 * MEGABYTE
"""Small tables of blanks pack better than any bomb; what stays small when unpacked harms nobody."""
MAX_PARTS = 2_000
MAX_RINGS = 2_000
"""Rings of a shape: which hole lies in which ring takes as many looks as the square of them."""
MAX_EVENTS = 10_000
"""Entries of a calendar file: the library needs most of a millisecond for each."""
MAX_OBJECTS = 1_000_000
MAX_LISTS = MAX_CORNERS + MAX_OBJECTS
"""How often { and [ may stand in a JSON text: Python needs a hundred bytes and more for each."""


def check_bytes(count: int) -> None:
    if count > MAX_BYTES:
        refuse(_("Die Datei ist größer als {limit} MB. Bitte teilen Sie sie auf."), limit=MAX_BYTES // MEGABYTE)


def check_size(rows: int, columns: int, where: str = "") -> None:
    """Refuse more rows, columns or cells than we take. `where` names the sheet or line."""
    if rows > MAX_ROWS:
        refuse(_("Die Datei hat mehr als {limit} Zeilen. Bitte teilen Sie sie auf."), where, limit=MAX_ROWS)
    if columns > MAX_COLUMNS:
        message = _("Die Tabelle hat mehr als {limit} Spalten. Bitte löschen Sie überzählige Spalten.")
        refuse(message, where, limit=MAX_COLUMNS)
    if rows * columns > MAX_CELLS:
        message = _("Die Tabelle hat mehr als {limit} Zellen. Bitte teilen Sie sie auf oder löschen Sie Spalten.")
        refuse(message, where, limit=MAX_CELLS)


def check_cell(text: str, where: str, column: str) -> None:
    if len(text) > MAX_CELL_CHARACTERS:
        message = _("Der Text hat {count} Zeichen, erlaubt sind {limit}. Bitte kürzen Sie ihn.")
        refuse(message, where, column, count=len(text), limit=MAX_CELL_CHARACTERS)


def check_rings(counts: Iterable[int]) -> None:
    """Refuse shapes of too many rings, in one of them or together."""
    if sum(count * count for count in counts) > MAX_RINGS * MAX_RINGS:
        message = _("Die Flächen bestehen aus zu vielen Ringen (mehr als {limit}). Bitte vereinfachen Sie sie.")
        refuse(message, limit=MAX_RINGS)


def check_json(text: str) -> None:
    if text.count("{") > MAX_OBJECTS or text.count("[") > MAX_LISTS:
        message = _("Die JSON-Datei enthält mehr als {limit} Einträge. Bitte teilen Sie sie auf.")
        refuse(message, limit=MAX_OBJECTS)


def check_corners(count: int) -> None:
    if count > MAX_CORNERS:
        message = _("Die Flächen haben zusammen mehr als {limit} Eckpunkte. Bitte vereinfachen Sie sie.")
        refuse(message, limit=MAX_CORNERS)
