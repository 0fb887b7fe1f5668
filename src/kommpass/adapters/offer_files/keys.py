"""Guesses the column that identifies the rows of a sheet, and finds what stands there twice."""

import re

from kommpass.adapters.offer_files.sheet import Sheet
from kommpass.adapters.plan_files.mapping import plain

NEARLY = 0.95
"""Which part of the rows has to have a value of its own: Bochum has 193 keys for 195 day-care centres."""
_KEY_WORDS = {"ids", "guid", "no", "number", "key", "kennziffer", "kennzahl", "code", "ref", "bsn"}
_KEY_ENDINGS = ("id", "nr", "nummer", "schluessel", "kennung", "uuid")
_NO_KEYS = (
    "haus",
    "house",
    "telefon",
    "telefax",
    "fax",
    "mobil",
    "rufn",
    "handy",
    "phone",
    "post",
    "plz",
    "konto",
    "steuer",
)
_NAMES = {"name", "bezeichnung", "titel", "title", "einrichtung", "angebot", "objekt", "projekt"}
_COUNTERS = {"objectid", "objectid 1", "fid", "ogc fid", "gid", "lfd nr", "lfdnr", "laufende nummer"}
"""Numbers that a program gives anew with each export: they identify rows only within one file."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def is_key_name(column: str) -> bool:
    """Whether a column is called as one that identifies: "poi_id", "Schlüssel", "AnlagenNr".

    >>> is_key_name("poi_id"), is_key_name("Einrichtungsnummer"), is_key_name("Hausnummer"), is_key_name("name")
    (True, True, False, False)
    """
    words = plain(_CAMEL.sub(" ", column)).split()
    if any(word.startswith(_NO_KEYS) for word in words):
        return False
    return any(
        word in _KEY_WORDS or word in _KEY_ENDINGS or (len(word) > 4 and word.endswith(_KEY_ENDINGS)) for word in words
    )


def is_name(column: str) -> bool:
    """Whether a column names the thing that a row is about: "Bezeichnung", "Schulname"."""
    words = plain(_CAMEL.sub(" ", column)).split()
    return any(word in _NAMES or word.endswith("name") for word in words)


def guess_key(sheet: Sheet) -> str | None:
    """The column that identifies the things in a sheet, None for none: called like a key, and either (nearly)
    without doubles, or with doubles only where the name is the same (one school in several categories).

    The first such column wins; numbers that a program counts anew ("OBJECTID") come last. Without a key's name,
    a first column of codes will do.
    """
    called = [column for column in sheet.columns if is_key_name(column)]
    unique = [column for column in called if _is_unique(sheet, column)]
    lasting = [column for column in unique if plain(column) not in _COUNTERS]
    shared = [column for column in called if column not in unique and _doubles_are_one_thing(sheet, column)]
    first = [column for column in sheet.columns[:1] if _is_unique(sheet, column) and _are_codes(sheet, column)]
    return next(iter([*lasting, *shared, *unique, *first]), None)


def duplicates(sheet: Sheet, column: str) -> dict[str, tuple[int, ...]]:
    """The values that stand in several rows of a column, with the numbers of those rows; empty cells do not count."""
    found: dict[str, list[int]] = {}
    for row in sheet.rows:
        if value := row.values.get(column, ""):
            found.setdefault(value, []).append(row.number)
    return {value: tuple(numbers) for value, numbers in found.items() if len(numbers) > 1}


def _values(sheet: Sheet, column: str) -> list[str]:
    return [row.values.get(column, "") for row in sheet.rows]


def _is_unique(sheet: Sheet, column: str) -> bool:
    values = _values(sheet, column)
    return bool(values) and len(set(filter(None, values))) >= NEARLY * len(values)


def _doubles_are_one_thing(sheet: Sheet, column: str) -> bool:
    """Whether at least half of the rows differ in the column, and rows with the same value have the same name."""
    name = next((each for each in sheet.columns if is_name(each) and each != column), "")
    values = _values(sheet, column)
    if not name or not all(values) or len(set(values)) * 2 < len(values):
        return False
    return len(set(zip(values, _values(sheet, name), strict=True))) == len(set(values))


def _are_codes(sheet: Sheet, column: str) -> bool:
    """Short words with a digit, such as "01A04", or numbers of one length; names, sentences and counts are none."""
    values = _values(sheet, column)
    if all(value.isdecimal() for value in values):
        return len({len(value) for value in values}) == 1
    return all(re.fullmatch(r"(?=.*\d)(?=.*[^\d.,+-])[\w./-]{1,40}", value) for value in values)
