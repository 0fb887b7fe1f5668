"""How large a file with statistics may be: one row for each figure makes more rows than any list of offers has."""

from kommpass.adapters.offer_files.limits import MAX_CELLS
from kommpass.adapters.offer_files.sheet import refuse
from kommpass.domain.words import _

MAX_ROWS = 500_000
MAX_COLUMNS = 2_000
"""Single years of age, both sexes and some years stand side by side."""


def check_size(rows: int, columns: int) -> None:
    """Refuse more rows, columns or cells than we take."""
    if rows > MAX_ROWS:
        refuse(_("Die Datei hat mehr als {limit} Zeilen. Bitte teilen Sie sie auf."), limit=MAX_ROWS)
    if columns > MAX_COLUMNS:
        refuse(_("Die Tabelle hat mehr als {limit} Spalten. Bitte löschen Sie überzählige Spalten."), limit=MAX_COLUMNS)
    if rows * columns > MAX_CELLS:
        message = _("Die Tabelle hat mehr als {limit} Zellen. Bitte teilen Sie sie auf oder löschen Sie Spalten.")
        refuse(message, limit=MAX_CELLS)
