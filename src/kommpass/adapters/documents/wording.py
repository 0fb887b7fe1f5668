"""How dates, money, votes and kinds of a frozen agreement are written in its documents.

The documents of a German council are German in every language of the interface, and the same frozen
version must give the same bytes for everybody. So these words are fixed and do not pass through the
catalogue.
"""

from datetime import date
from decimal import Decimal, InvalidOperation

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip

UNDATED = date(2000, 1, 1)  # written into a file whose version has no day; never the clock's, so bytes stay the same

VERSION_KINDS = {
    "draft_for_council": "Entwurf zur Beschlussfassung",
    "amended": "Fassung mit den Änderungen aus der Beratung",
    "amendment": "Fortschreibung",
}

LIGHTS = {"green": "grün", "yellow": "gelb", "red": "rot"}


def day_of(text: str | None) -> date | None:
    """The day an ISO text names, or None when it names a month, a year or nothing at all."""
    try:
        return date.fromisoformat(text) if text and len(text) == 10 else None
    except ValueError:
        return None


def date_words(text: str | None) -> str:
    """'2027-03-15' is the 15.03.2027, '2027-03' is März 2027, and any other text stays as it is."""
    if not text:
        return ""
    if day := day_of(text):
        return f"{day:%d.%m.%Y}"
    year, _, month = text.partition("-")
    if len(text) == 7 and year.isdigit() and month.isdigit() and 1 <= int(month) <= 12:
        return f"{MONTHS[int(month) - 1]} {year}"
    return text


def short(text: str, most: int) -> str:
    """The text for a place where only so many characters fit, such as a page header."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def amount_of(text: str | None) -> Decimal | None:
    """The amount a decimal text names, or None."""
    try:
        amount = Decimal(text) if text not in (None, "") else None
    except (InvalidOperation, TypeError):
        return None
    return amount if amount is not None and amount.is_finite() else None


def money_words(text: str | None) -> str:
    """'1000.00' is 1.000 €, '1000.50' is 1.000,50 €; any other text stays as it is."""
    amount = amount_of(text)
    if amount is None:
        return text or ""
    words = f"{amount:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")
    return words.removesuffix(",00") + " €"


def votes_words(votes: str) -> str:
    """'29:3:1' is 29 Ja, 3 Nein, 1 Enthaltung; any other text stays as it is."""
    parts = votes.split(":")
    if len(parts) != 3 or not all(part.strip().isdigit() for part in parts):
        return votes
    yes, no, abstained = (int(part) for part in parts)
    return f"{yes} Ja, {no} Nein, {abstained} {'Enthaltung' if abstained == 1 else 'Enthaltungen'}"


def version_words(version: dict) -> str:
    """The version as the cover names it: 'Fassung 2 vom 22.11.2026 (Entwurf zur Beschlussfassung)'."""
    kind = version.get("kind") or ""
    words = f"Fassung {version.get('number', '')} vom {date_words(version.get('frozen_on'))}"
    return f"{words} ({VERSION_KINDS.get(kind, kind)})" if kind else words


def period_words(start: str | None, due: str | None) -> str:
    """From when until when a measure runs, in words."""
    if start and due and start != due:
        return f"{date_words(start)} bis {date_words(due)}"
    if start and not due:
        return f"ab {date_words(start)}"
    return date_words(due) if start else f"bis {date_words(due)}" if due else ""
