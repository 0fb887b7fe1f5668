"""How a value stands in one cell of a table, and comes out of it again."""

import json
import re
from dataclasses import fields
from typing import Any

from kommpass.adapters.documents.clean_text import clean
from kommpass.domain.offers.vocabularies import Vocabulary
from kommpass.domain.schedules import Schedule

BETWEEN_WORDS, BETWEEN_PARTS, BETWEEN_ROWS = "; ", " | ", "\n"
FORMULA = re.compile(r"^\s*[=+\-@＝＋－＠]|^[\t\r\n]")
ESCAPES = {"\\": "\\\\", "|": "\\|", "\n": "\\n"}
SEPARATOR = re.compile(r" \|(?: |$)")
"""A bar in a text has a backslash before it, so a bar behind a blank is always one of ours."""
_PIECE = re.compile(r"\\(.)", re.DOTALL)


def guarded(text: str) -> str:
    """A text that no program for tables takes for a formula: an apostrophe before it, if it begins like one.

    >>> guarded("=1+1"), guarded("+49 234 1"), guarded("Treff"), guarded("'=1")
    ("'=1+1", "'+49 234 1", 'Treff', "''=1")
    """
    return f"'{text}" if text.startswith("'") or FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text behind the apostrophe.

    >>> unguarded("'+49 234 1"), unguarded("''=1"), unguarded("Treff")
    ('+49 234 1', "'=1", 'Treff')
    """
    return text[1:] if text.startswith("'") and (text[1:].startswith("'") or FORMULA.match(text[1:])) else text


def words(vocabulary: Vocabulary, keys: tuple[str, ...]) -> str:
    """The words of a list as people read them; one that the list does not know stands there as it is."""
    return BETWEEN_WORDS.join(vocabulary.labels.get(key, key) for key in keys)


def read_words(vocabulary: Vocabulary, cell: str) -> tuple[str, ...]:
    """The keys of the words. What is no word of the list stays, so that a check can name it."""
    known = {label: key for key, label in vocabulary.labels.items()}
    return tuple(known.get(word.strip(), word.strip()) for word in cell.split(";") if word.strip())


def rows(values: tuple[Any, ...]) -> str:
    """Rows of a document: one a line, its parts between bars. Bars and line ends in texts are marked.

    >>> from kommpass.domain.offers.content import Cost
    >>> print(rows((Cost("Erwachsene", "5.00", "je Termin", ("card",)), Cost("Mit | ohne", per="Kind"))))
    Erwachsene | 5.00 | je Termin | card
    Mit \\| ohne |  | Kind |
    """
    return BETWEEN_ROWS.join(_line(each) for each in values)


def read_rows(kind: type, cell: str) -> tuple[Any, ...]:
    """The rows again. A line with fewer parts leaves the rest at its default."""
    return tuple(_row(kind, line.rstrip("\r")) for line in cell.split(BETWEEN_ROWS) if line.strip())


def times(values: tuple[Schedule, ...]) -> str:
    """The times as JSON, with what differs from the usual."""
    usual = Schedule().to_json()
    said = [{name: value for name, value in each.to_json().items() if value != usual[name]} for each in values]
    return json.dumps(clean(said), ensure_ascii=False) if said else ""


def read_times(cell: str) -> tuple[Schedule, ...]:
    """The times again. A ValueError says what is no time."""
    return tuple(Schedule.from_json(each) for each in json.loads(cell)) if cell.strip() else ()


def _line(value: Any) -> str:
    return BETWEEN_PARTS.join(_part(getattr(value, field.name)) for field in fields(value)).rstrip(" ")


def _part(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nein"
        case tuple():
            return ",".join(value)
    return "".join(ESCAPES.get(sign, sign) for sign in clean(str(value)).strip())


def _row(kind: type, line: str) -> Any:
    parts = zip(fields(kind), SEPARATOR.split(line), strict=False)
    return kind(**{field.name: _read_part(field.type, part) for field, part in parts})


def _read_part(kind: Any, part: str) -> Any:
    text = _PIECE.sub(lambda found: {"n": "\n"}.get(found[1], found[1]), part.strip())
    if kind is bool:
        return text == "ja"
    if kind == tuple[str, ...]:
        return tuple(each for each in text.split(",") if each)
    if kind == int | None:
        return int(text) if text else None
    return text
