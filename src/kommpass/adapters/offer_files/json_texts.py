"""Reads JSON: one value, or one object a line; and flattens entries into columns of text."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from kommpass.adapters.offer_files.cell_texts import Cells, settled
from kommpass.adapters.offer_files.limits import check_json, check_size
from kommpass.adapters.offer_files.raw import RawRow
from kommpass.adapters.offer_files.sheet import refuse
from kommpass.adapters.plan_files.cells import unique_headers
from kommpass.domain.words import _

MAX_DEPTH = 20
_TOO_DEEP = _("Die JSON-Datei ist zu tief verschachtelt.")


def parsed(text: str) -> Any:
    """The value of a JSON text; a list of objects for a text with one object a line. Raises `FileRefused`."""
    check_json(text)
    try:
        return _loads(text)
    except json.JSONDecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and error.msg == "Extra data" and all(line.lstrip()[:1] == "{" for line in lines):
            return [_line(number, line) for number, line in enumerate(lines, 1)]
        _refuse_broken(error)
    except RecursionError:
        refuse(_TOO_DEEP)
    except ValueError:  # a number with more digits than Python takes
        refuse(_("In der JSON-Datei steht eine viel zu lange Zahl."))


def _loads(text: str) -> Any:
    return json.loads(text, parse_constant=lambda _name: None)


def _line(number: int, line: str) -> Any:
    try:
        return _loads(line)
    except (ValueError, RecursionError):
        refuse(_("Diese Zeile ist kein gültiges JSON. Bitte laden Sie die Datei noch einmal."), f"Zeile {number}")


def _refuse_broken(error: json.JSONDecodeError) -> None:
    where = f"Zeile {error.lineno}, Zeichen {error.colno}"
    message = _("Die Datei ist kein gültiges JSON, vielleicht ist sie unvollständig. Bitte laden Sie sie noch einmal.")
    refuse(message, where)


def flat(entry: Mapping[str, Any]) -> dict[str, str]:
    """The entry with "a.b" for what is nested and texts for all values. Raises `FileRefused` for a bottomless one.

    >>> flat({"id": 7, "ort": {"lat": 51.48}, "tags": ["a", "b"], "frei": True, "fax": None, "area": 2.0})
    {'id': '7', 'ort.lat': '51.48', 'tags': 'a, b', 'frei': 'ja', 'fax': '', 'area': '2'}
    >>> flat({"typen": [{"id": 1, "name": "Sport"}, {"id": 2, "name": "Musik"}], "bilder": []})
    {'typen.id': '1, 2', 'typen.name': 'Sport, Musik'}
    """
    said: dict[str, str] = {}
    _flatten(said, "", entry, 0)
    return said


def _flatten(said: dict[str, str], name: str, value: Any, depth: int) -> None:
    if depth > MAX_DEPTH:
        refuse(_TOO_DEEP)
    if isinstance(value, Mapping):
        for key, inner in value.items():
            _flatten(said, f"{name}.{key}" if name else str(key), inner, depth + 1)
    elif isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
        _flatten_list(said, name, value, depth)
    elif not isinstance(value, list):
        said[name] = as_text(value)
    elif value:
        said[name] = _joined([_in_one(each, depth + 1) for each in value])


def _flatten_list(said: dict[str, str], name: str, entries: Sequence[Any], depth: int) -> None:
    """A list of objects: the same columns for all of them, their values one after the other."""
    found: dict[str, list[str]] = {}
    for each in entries:
        inner: dict[str, str] = {}
        _flatten(inner, name, each, depth + 1)
        for column, text in inner.items():
            found.setdefault(column, []).append(text)
    said.update((column, _joined(texts)) for column, texts in found.items())


def _in_one(value: Any, depth: int) -> str:
    if depth > MAX_DEPTH:
        refuse(_TOO_DEEP)
    if isinstance(value, list):
        return ", ".join(_in_one(each, depth + 1) for each in value)
    return as_text(value)


def _joined(texts: Sequence[str]) -> str:
    """Texts with ", " between them, or each on a line of its own where one of them has a comma itself."""
    said = [text for text in texts if text]
    return ("\n" if any("," in text or "\n" in text for text in said) else ", ").join(said)


def as_text(value: Any) -> str:
    """A single value as people read it; numbers keep their dot."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, float):
        return repr(value).removesuffix(".0") if math.isfinite(value) else ""
    return str(value)


def rows_of(entries: Sequence[Mapping[str, str]], cells: Cells) -> tuple[tuple[str, ...], list[RawRow]]:
    """Rows of flat entries, and their columns in the order in which they first appear."""
    names: dict[str, None] = {}
    for place, entry in enumerate(entries, 1):
        names.update(dict.fromkeys(entry))
        check_size(place, len(names))
    columns = unique_headers([settled(name) for name in names])
    rows = [
        RawRow(place, cells.row(place, columns, [entry.get(name, "") for name in names]))
        for place, entry in enumerate(entries, 1)
    ]
    return columns, rows
