"""Our own table of offers, as open data writes it: known by its headings, and read back without loss."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from typing import Any

from kommpass.domain.offers.content import OfferContent

KEY = "Kennung"
COLUMNS = {
    "provider": "Träger",
    "title": "Name",
    "subtitle": "Untertitel",
    "summary": "Kurz gesagt",
    "text": "Beschreibung",
    "url": "Internetseite",
    "formats": "Form",
    "facility": "Art der Einrichtung",
    "min_months": "Alter von (Monate)",
    "max_months": "Alter bis (Monate)",
    "life_phases": "Lebensphasen",
    "topics": "Themen",
    "target_groups": "Für wen",
    "access": "Zugang",
    "registration": "Anmeldung",
    "registration_url": "Anmeldung im Internet",
    "documents": "Was mitzubringen ist",
    "cost": "Kosten",
    "costs": "Preise",
    "cost_note": "Hinweis zu den Kosten",
    "languages": "Sprachen",
    "interpreting": "Sprachmittlung",
    "places": "Standorte",
    "times_typed": "Zeiten, wie geschrieben",
    "times": "Zeiten (Daten)",
    "times_text": "Zeiten, nicht lesbar",
    "contacts": "Kontakte",
    "capacity": "Plätze",
    "runs_from": "Beginn",
    "runs_until": "Ende",
    "funding": "Finanzierung",
    "location_name": "Ort",
    "street": "Straße",
    "postal_code": "PLZ",
    "city": "Stadt",
    "accessibility": "Barrierefreiheit",
    "changed_at": "Geändert",
}
"""Target -> heading."""
_SIGNS = (KEY, COLUMNS["times"], COLUMNS["places"])
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠']|[\t\r\n]")
_SEPARATOR = re.compile(r"[ \t]*(?<!\\)\|[ \t]*")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def is_own_table(columns: Collection[str]) -> bool:
    return all(sign in columns for sign in _SIGNS)


def unguarded(text: str) -> str:
    """The text without the apostrophe that keeps programs for tables from taking it for a formula.

    >>> unguarded("'+49 234 1"), unguarded("''s Kinderhaus"), unguarded("'s Kinderhaus")
    ('+49 234 1', "'s Kinderhaus", "'s Kinderhaus")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def rows_in(kind: Any, cell: str) -> list[dict[str, Any]]:
    """The rows of a cell, as JSON or one a line with bars between the parts. A ValueError says what is none.

    >>> from kommpass.domain.offers.content import Cost
    >>> rows_in(Cost, "Erwachsene | 5.00 | je Termin | card")
    [{'label': 'Erwachsene', 'amount': '5.00', 'per': 'je Termin', 'reduced_by': ['card']}]
    """
    if cell.startswith(("[", "{")):
        found = json.loads(cell)
        rows = found if isinstance(found, list) else [found]
        if not all(isinstance(row, dict) for row in rows):
            raise ValueError(f"expected rows, got {cell[:40]!r}")
        return rows
    return [_row(kind, line) for line in cell.split("\n") if line.strip()]


def _row(kind: Any, line: str) -> dict[str, Any]:
    parts = _SEPARATOR.split(line)
    return {each.name: _part(each.type, part) for each, part in zip(fields(kind), parts, strict=False)}


def _part(kind: Any, part: str) -> Any:
    text = _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], part.strip())
    if kind is bool:
        return text == "ja"
    if kind == tuple[str, ...]:
        return [each for each in text.split(",") if each]
    if kind == int | None:
        return int(text) if text else None
    return text


def with_what_is_not_public(told: OfferContent, today: OfferContent) -> OfferContent:
    """The table's document with what the table leaves out, because not everybody may read it: people, funding, old
    numbers of free places. Where the rest of a field was changed, the table's word stands.

    >>> from kommpass.domain.offers.content import Contact
    >>> today = OfferContent(contacts=(Contact("Büro", person="Vera"),), prevention=("universal",))
    >>> with_what_is_not_public(OfferContent(contacts=(Contact("Büro"),)), today).contacts[0].person
    'Vera'
    """
    hidden: dict[str, Any] = {"prevention": today.prevention}
    if told.contacts == tuple(each if each.person_public else replace(each, person="") for each in today.contacts):
        hidden["contacts"] = today.contacts
    if told.funding == tuple(each for each in today.funding if each.public):
        hidden["funding"] = today.funding
    if today.capacity and told.capacity == replace(today.capacity, available=None, as_of=""):
        hidden["capacity"] = today.capacity
    return told.having(**hidden)


def built(kind: Any, row: Mapping[str, Any]) -> Any:
    """A row of a document from its JSON; lists become tuples. A TypeError says what does not belong there."""
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()})
