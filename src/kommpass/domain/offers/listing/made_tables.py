"""Tables that our readers make of files that are none: which column is which target, so that nothing is guessed."""

import re
from collections.abc import Collection

CALENDAR_KEY = "UID"
CALENDAR = {
    "title": "Titel",
    "text": "Beschreibung",
    "topics": "Kategorien",
    "url": "Internetseite",
    "provider": "Veranstalter",
    "email": "E-Mail",
    "times": "Zeiten (Daten)",
    "times_typed": "Zeiten in Worten",
    "times_text": "Zeiten, nicht lesbar",
    "location_name": "Veranstaltungsort",
    "street": "Straße",
    "postal_code": "PLZ",
    "city": "Stadt",
    "changed_at": "Geändert",
}
"""A calendar file (RFC 5545). Target -> heading."""
HSDS_KEY = "HSDS-Kennung"
HSDS = {
    "title": "Name",
    "subtitle": "Weiterer Name",
    "summary": "Kurz gesagt",
    "text": "Beschreibung",
    "url": "Internetseite",
    "provider": "Organisation",
    "topics": "Themen",
    "facility": "Art der Einrichtung",
    "life_phases": "Lebensphasen",
    "target_groups": "Zielgruppen",
    "access": "Zugang",
    "formats": "Form",
    "languages": "Sprachen",
    "interpreting": "Sprachmittlung",
    "min_months": "Alter von (Monate)",
    "max_months": "Alter bis (Monate)",
    "registration": "Anmeldung",
    "registration_url": "Anmeldung im Internet",
    "documents": "Unterlagen",
    "cost": "Kosten",
    "costs": "Preise",
    "cost_note": "Hinweis zu den Kosten",
    "contacts": "Kontakte",
    "capacity": "Plätze",
    "funding": "Finanzierung",
    "runs_from": "Läuft von",
    "runs_until": "Läuft bis",
    "times": "Zeiten (Daten)",
    "times_typed": "Zeiten in Worten",
    "times_text": "Zeiten, nicht lesbar",
    "location_name": "Ort",
    "street": "Straße",
    "postal_code": "PLZ",
    "city": "Stadt",
    "room": "Raum",
    "accessibility": "Barrierefreiheit",
    "place_number": "Nummer des Ortes",
    "more_places": "Weitere Orte",
    "changed_at": "Geändert",
}
"""The tables of an HSDS directory. Target -> heading."""
TABLES = ((CALENDAR_KEY, CALENDAR), (HSDS_KEY, HSDS))


def made_by_us(columns: Collection[str]) -> dict[str, str] | None:
    """Target -> heading of such a table, None for any other table.

    >>> made_by_us(["UID", *CALENDAR.values(), "Breite"])["title"], made_by_us(["UID", "Titel"])
    ('Titel', None)
    """
    return next((table for key, table in TABLES if {key, *table.values()} <= set(columns)), None)


def key_of(columns: Collection[str]) -> str:
    """The column that tells the rows of such a table apart."""
    return next((key for key, table in TABLES if {key, *table.values()} <= set(columns)), "")


_OURS = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@kommpass(?:-.*)?")


def offer_of_ours(uid: str) -> str:
    """The key of our offer in the UID of our own calendar files, "" for all others.

    >>> offer_of_ours("8c4c1a52-6f0b-5c0e-9d6e-2f4f4b1d7a10@kommpass-0-20270112"), offer_of_ours("a@b.de")
    ('8c4c1a52-6f0b-5c0e-9d6e-2f4f4b1d7a10', '')
    """
    found = _OURS.fullmatch(uid)
    return found[1] if found else ""
