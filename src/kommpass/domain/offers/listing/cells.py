"""Reads the cells of a list that are no plain texts: ages, numbers, prices, addresses of the web, mail, telephone."""

import re
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from kommpass.domain.offers.ages import OLDEST, YEAR, UnreadableAge, read_age
from kommpass.domain.offers.checks import MAIL
from kommpass.domain.offers.content import Cost

NOTHING = {
    "",
    "-",
    "–",
    "—",
    "--",
    "/",
    "k.a.",
    "k. a.",
    "keine",
    "keine angabe",
    "n/a",
    "na",
    "none",
    "null",
    "nan",
    "entfällt",
}
_AGE_SPAN = re.compile(
    r"(?:von\s+)?([\d.,]+)\s*([a-zäöü]*)\.?\s*(?:-|–|—|bis|to|und)\s*(?:zu[mr]?\s+)?([\d.,]+)\s*([a-zäöü]*)\.?"
)
_FROM_AGE = re.compile(
    r"(?:ab|from|über|older than|>=?|mindestens)\s*(?:ca\.\s*)?([\d.,]+\s*[a-zäöü]*)\.?|([\d.,]+)\s*\+\s*(?:jahre)?"
)
_TO_AGE = re.compile(r"(?:bis|unter|up to|<=?|höchstens|u)\s*(?:zu\s+)?(?:ca\.\s*)?([\d.,]+\s*[a-zäöü]*)\.?")
_FREE = re.compile(
    r"\b(?:kostenlos|kostenfrei|gratis|umsonst|free(?: of charge)?|kostet nichts|keine kosten|gebührenfrei"
    r"|unentgeltlich|eintritt(?: ist)? frei|freier eintritt|ohne kosten)\b"
    r"|^(?:frei|nein|no|false|0|0[.,]00(?:\s*(?:€|euro|eur))?)$",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"(?<![\d.,])(\d{1,5}(?:[.,]\d{2})?)(?:,-)?\s*(?:€|euro\b|eur\b)|(?:€|eur)\s*(\d{1,5}(?:[.,]\d{2})?)(?![\d.,])",
    re.IGNORECASE,
)
_NUMBER_ALONE = re.compile(r"\d{1,5}(?:[.,]\d{1,2})?")
_NUMBERS_ALONE = re.compile(r"^\d{1,5}(?:[.,]\d{1,2})?(?:,\s\d{1,5}(?:[.,]\d{1,2})?)*$", re.MULTILINE)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-zäöü]{2,24}(?:[:/?#].*)?", re.IGNORECASE)
_PHONES = re.compile(r"\s*(?:[;\n|]|,(?=\s*\+?\(?0)|\boder\b|\bor\b|\bund\b)\s*")


def nothing(text: str) -> bool:
    """Whether a cell only says that it says nothing.

    >>> nothing("k. A."), nothing("keine"), nothing("0")
    (True, True, False)
    """
    return text.strip().casefold() in NOTHING


def read_ages(text: str) -> tuple[int | None, int | None] | None:
    """First and last month of "6-12 Jahre", "ab 3", "0–3 J.", "bis 18 Monate"; None for what is no age.

    >>> read_ages("6-12 Jahre"), read_ages("ab 3 Jahren"), read_ages("unter 3 Jahre"), read_ages("alle")
    ((72, 155), (36, None), (None, 35), None)
    """
    said = " ".join(text.casefold().split())
    if found := _AGE_SPAN.fullmatch(said):
        low, unit, high, last_unit = found.groups()
        return _both(first_month(f"{low} {unit or last_unit}"), last_month(f"{high} {last_unit}"))
    if found := _FROM_AGE.fullmatch(said):
        return _both(first_month(found[1] or found[2]), None)
    if found := _TO_AGE.fullmatch(said):
        month = last_month(found[1])
        return (None, month - _year_less(said, found[1])) if month is not None else None
    return _both(first_month(said), last_month(said))


def _year_less(said: str, age: str) -> int:
    """ "Unter 3 Jahre" ends on the day before the third birthday."""
    if not said.startswith(("unter", "<", "u")) or said.startswith("<="):
        return 0
    return 1 if "mon" in age else YEAR


def _both(low: int | None, high: int | None) -> tuple[int | None, int | None] | None:
    return None if low is None and high is None else (low, high)


def first_month(text: str) -> int | None:
    """The first month of an age as people or tables write it, None where it is none or beyond all ages."""
    try:
        return read_age(_german(text)).first
    except UnreadableAge:
        return None


def last_month(text: str) -> int | None:
    """The last month of an age. What lies beyond all ages ("999") means that there is no upper end: None."""
    try:
        return read_age(_german(text)).last
    except UnreadableAge:
        return None


def _german(text: str) -> str:
    plain = re.sub(r"(?<=\d)[.,]0+(?!\d)", "", text.strip().casefold())
    return re.sub(r"\b(?:j|jr|jährig\w*|years? old|yrs?)\b\.?", "jahre", plain)


def beyond_all_ages(text: str) -> bool:
    """ "999" and "200" are what tables write for "no end".

    >>> beyond_all_ages("999"), beyond_all_ages("99")
    (True, False)
    """
    return text.isdigit() and int(text) * YEAR > OLDEST


def read_number(text: str) -> int | None:
    """A whole number from 0: "69", "1.200", "25 Plätze"; None for what is none.

    >>> read_number("1.200"), read_number("25 Plätze"), read_number("viele")
    (1200, 25, None)
    """
    found = re.fullmatch(r"(?:ca\.\s*)?(\d{1,3}(?:[. ]\d{3})+|\d+)(?:[.,]0+)?(?:\s+[^\d]*)?", text.strip())
    return int(re.sub(r"\D", "", found[1])) if found else None


def read_cost(text: str) -> tuple[str, tuple[Cost, ...], str]:
    """The word of our list, the price, and the note: what somebody wrote about the cost.

    >>> read_cost("kostenlos")[0], read_cost("4,50 Euro")[1][0].amount, read_cost("nach Einkommen")
    ('free', '4.50', ('unknown', (), 'nach Einkommen'))
    """
    said = text.strip()
    amounts = [amount for found in _AMOUNT.finditer(said) if (amount := _euro(found[1] or found[2]))]
    if not amounts and _NUMBER_ALONE.fullmatch(said):
        amounts = [_euro(said)]
    paid = [amount for amount in amounts if amount != "0.00"]
    if not paid and (amounts or _FREE.search(said)):
        return "free", (), "" if len(said) < 20 else said
    if len(paid) == 1 and not _FREE.search(said):
        only_the_price = not re.sub(r"[\d.,\s€-]|euro?", "", said.casefold())
        return "paid", (Cost(amount=paid[0]),), "" if only_the_price else said
    return ("paid" if paid or _NUMBERS_ALONE.search(said) else "unknown"), (), said


def _euro(text: str) -> str:
    try:
        return f"{Decimal(text.replace(',', '.')):.2f}"
    except InvalidOperation:
        return ""


def read_web_address(text: str) -> str | None:
    """An address with its scheme; "https://" where none is said, None for what is none.

    >>> read_web_address("www.bochum.de/musikschule"), read_web_address("siehe Aushang")
    ('https://www.bochum.de/musikschule', None)
    """
    said = text.strip().strip("<>\"'").rstrip(".,;")
    if not said or re.search(r"[\s<>\"@]", said):
        return None
    if not re.match(r"https?://", said, re.IGNORECASE):
        if re.match(r"[a-z][a-z0-9+.-]*:", said, re.IGNORECASE) and not re.match(r"[\w.-]+:\d", said):
            return None
        if not _DOMAIN.fullmatch(said):
            return None
        said = f"https://{said}"
    try:
        parts = urlsplit(said)
    except ValueError:
        return None
    return said if "." in parts.netloc and parts.scheme.lower() in ("http", "https") else None


def read_mails(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The mail addresses of a cell, and what in it looks like none.

    >>> read_mails("info@a.de; b@c.de"), read_mails("per Post")
    ((('info@a.de', 'b@c.de'), ()), ((), ('per Post',)))
    """
    said = [part.strip().removeprefix("mailto:").strip("<>.") for part in re.split(r"[;,\n|]|\s+/\s+|\soder\s", text)]
    found = [part for part in said if part]
    mails = tuple(dict.fromkeys(part for part in found if MAIL.fullmatch(part)))
    if not mails and (spaced := [part for part in text.split() if MAIL.fullmatch(part)]):
        return tuple(dict.fromkeys(spaced)), ()
    return mails, tuple(part for part in found if not MAIL.fullmatch(part))


def read_phones(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The telephone numbers of a cell, and what in it looks like none.

    >>> read_phones("030 96276419 oder 0163 8144219"), read_phones("115")
    ((('030 96276419', '0163 8144219'), ()), (('115',), ()))
    """
    parts = [part.strip() for part in _PHONES.split(text) if part.strip()]
    if len(parts) > 1 and any(sum(sign.isdigit() for sign in part) < 6 for part in parts):
        parts = [text.strip()]
    numbers = [part for part in parts if sum(sign.isdigit() for sign in part) >= 3]
    return tuple(dict.fromkeys(numbers)), tuple(part for part in parts if part not in numbers)
