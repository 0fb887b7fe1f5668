"""How a value stands in one cell of a table. `domain.offers.listing.own_table` reads it back."""

import json
import re
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from kommpass.adapters.documents.clean_text import clean
from kommpass.domain.offers.vocabularies import Vocabulary
from kommpass.domain.schedules import Schedule

BETWEEN_WORDS, BETWEEN_PARTS, BETWEEN_ROWS = "; ", " | ", "\n"
FORMULA = re.compile(r"^\s*[=+\-@＝＋－＠]|^[\t\r\n]")
ESCAPES = {"\\": "\\\\", "|": "\\|", "\n": "\\n"}


def guarded(text: str) -> str:
    """A text that no program for tables takes for a formula: an apostrophe before it, if it begins like one.

    >>> guarded("=1+1"), guarded("+49 234 1"), guarded("Treff"), guarded("'=1")
    ("'=1+1", "'+49 234 1", 'Treff', "''=1")
    """
    return f"'{text}" if text.startswith("'") or FORMULA.match(text) else text


def words(vocabulary: Vocabulary, keys: Iterable[str]) -> str:
    """The words of a list as people read them; one that the list does not know stands there as it is."""
    return BETWEEN_WORDS.join(vocabulary.labels.get(key, key) for key in keys)


def rows(values: Iterable[Any]) -> str:
    """Rows of a document: one a line, its parts between bars. Bars and line ends in texts are marked.

    >>> from kommpass.domain.offers.content import Cost
    >>> print(rows((Cost("Erwachsene", "5.00", "je Termin", ("card",)), Cost("Mit | ohne", per="Kind"))))
    Erwachsene | 5.00 | je Termin | card
    Mit \\| ohne |  | Kind |
    """
    return BETWEEN_ROWS.join(_line(each) for each in values)


def times(values: Iterable[Schedule]) -> str:
    """The times as JSON, with what differs from the usual."""
    usual = Schedule().to_json()
    said = [{name: value for name, value in each.to_json().items() if value != usual[name]} for each in values]
    return json.dumps(clean(said), ensure_ascii=False) if said else ""


def _line(value: Any) -> str:
    line = BETWEEN_PARTS.join(_part(getattr(value, field.name)) for field in fields(value)).rstrip(" ")
    # What begins with a bracket would be read as JSON.
    return f"\\{line}" if line.startswith(("[", "{")) else line


def _part(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nein"
        case tuple():
            return ",".join(value)
    return "".join(ESCAPES.get(sign, sign) for sign in clean(str(value)).strip())
