"""Reads JSON into a grid: lists of entries, also many of them under keys that say year and measure."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from kommpass.adapters.offer_files.json_texts import MAX_DEPTH, as_text, parsed
from kommpass.adapters.offer_files.limits import check_json
from kommpass.adapters.offer_files.sheet import Note, refuse
from kommpass.adapters.statistics_files.limits import check_size
from kommpass.domain.statistics.grids import Grid, GridRow
from kommpass.domain.statistics.signs import DOT
from kommpass.domain.words import _

LEVEL = "Ebene {number}"
"""What the keys are called that lead to a list: {"2020": {"Männer": [...]}} has two levels."""
_NO_LIST = _("In der JSON-Datei steht keine Liste von Einträgen und keine Tabelle mit Schlüsseln.")

Path = tuple[str, ...]


def read_json(text: str, name: str) -> tuple[Grid, list[Note]]:
    """All entries as rows, with the keys that lead to them where these differ. Raises `FileRefused`."""
    value = _value(text)
    found = list(_entries(value, ()))
    if not found:
        refuse(_NO_LIST)
    levels = _levels([path for path, _entry in found])
    rows = [
        {**{LEVEL.format(number=at): path[place] for at, place in enumerate(levels, 1)}, **entry}
        for path, entry in found
    ]
    columns = tuple(dict.fromkeys(key for row in rows for key in row))
    check_size(len(rows), len(columns))
    body: list[GridRow] = [(0, list(columns))]
    body += [(number, [row.get(column, "") for column in columns]) for number, row in enumerate(rows, 1)]
    return Grid(name, body, columns, DOT), _said_beside(value)


def _value(text: str) -> Any:
    """The value with all numbers as they are written: an official figure never becomes a float."""
    check_json(text)
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=lambda _name: None)
    except (ValueError, RecursionError):
        return parsed(text)  # one object a line, or a sentence that says what is wrong


def _entries(value: Any, path: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """Every object of every list, and every object of plain values that lies beside others of its kind."""
    if len(path) > MAX_DEPTH:
        refuse(_("Die JSON-Datei ist zu tief verschachtelt."))
    if isinstance(value, list):
        for place, entry in enumerate(value, 1):
            if not isinstance(entry, Mapping):
                refuse(_("Eintrag {place} der Liste ist kein Objekt."), place=place)
            yield path, _flat(entry)
        return
    if isinstance(value, Mapping):
        inner = [each for each in value.values() if isinstance(each, Mapping)]
        if len(inner) > 1 and all(_is_plain(each) for each in inner) and len(inner) == len(value):
            for key, each in value.items():
                yield (*path, str(key)), _flat(each)
            return
        for key, each in value.items():
            if isinstance(each, Mapping | list):
                yield from _entries(each, (*path, str(key)))


def _is_plain(entry: Mapping[str, Any]) -> bool:
    return bool(entry) and not any(isinstance(each, Mapping | list) for each in entry.values())


def _flat(entry: Mapping[str, Any], start: str = "") -> dict[str, str]:
    """Texts by key, "a.b" for what is nested. Blanks at the beginning stay: they can be levels of a label."""
    said: dict[str, str] = {}
    for key, value in entry.items():
        if start.count(".") > MAX_DEPTH:
            refuse(_("Die JSON-Datei ist zu tief verschachtelt."))
        if isinstance(value, Mapping):
            said.update(_flat(value, f"{start}{key}."))
        elif isinstance(value, list):
            said[f"{start}{key}"] = ", ".join(as_text(each) for each in value)
        else:
            said[f"{start}{key}"] = as_text(value)
    return said


def _levels(paths: list[Path]) -> list[int]:
    """Which steps of the paths differ; the others only wrap the list."""
    deepest = max(len(path) for path in paths)
    if any(len(path) != deepest for path in paths):
        refuse(_("Die Listen in der JSON-Datei liegen verschieden tief. Bitte speichern Sie eine davon allein."))
    return [place for place in range(deepest) if len({path[place] for path in paths}) > 1]


def _said_beside(value: Any) -> list[Note]:
    """Title and source, where the file has them beside its lists."""
    meta = value.get("meta") if isinstance(value, Mapping) else None
    if not isinstance(meta, Mapping):
        return []
    told = "; ".join(f"{key}: {text}" for key, text in meta.items() if isinstance(text, str))
    return [Note(_("In der Datei steht dazu: {text}"), {"text": told[:300]})] if told else []
