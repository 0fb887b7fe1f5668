"""Finds offers that are written down twice (Dubletten), and says what speaks for it and what against.

Nobody merges by machine: the finder proposes pairs, and people decide "zusammenführen", "weiterer Termin" or "etwas
anderes". What it compares is in `parts`, how much each part counts in `weights`, which pairs it compares in `blocks`.
"""

from kommpass.domain.likeness.finding import Finder, Survey, compare, like, pairs, survey
from kommpass.domain.likeness.records import Evidence, EvidenceKind, Pair, Record
from kommpass.domain.likeness.weights import LIKELY

__all__ = [
    "LIKELY",
    "Evidence",
    "EvidenceKind",
    "Finder",
    "Pair",
    "Record",
    "Survey",
    "compare",
    "like",
    "pairs",
    "survey",
]
