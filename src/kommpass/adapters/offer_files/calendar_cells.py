"""What an offer of a calendar file says besides its times, as cells of a table."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from icalendar import Event

from kommpass.adapters.offer_files.calendar_events import Entry, text_of
from kommpass.domain.offers.listing.made_tables import CALENDAR, offer_of_ours

_CODE = re.compile(r"(?:D-)?\d{5}\b.*")
_STREET = re.compile(r"[^\d,]{3,}\s\d{1,4}\s?[a-zA-Z]?(?:\s?[-–/]\s?\d{1,4})?")
_COUNTRY = {"deutschland", "germany"}
_NO_MAIL = re.compile(r"no-?reply|invalid|unknown|@(?:group\.)?calendar\.google\.com|@example\.|^[^@]*$", re.IGNORECASE)
LATITUDE, LONGITUDE = "Breitengrad", "Längengrad"
COLUMNS = (*CALENDAR.values(), LATITUDE, LONGITUDE)


def cells_of(entries: Sequence[Entry]) -> dict[str, str]:
    """The cells by column, from the entry of the series itself where there are also some of its days."""
    first = next((each for each in entries if each.replaces is None and not each.cancelled), entries[0])
    event = first.event
    said = {
        "title": text_of(event, "SUMMARY"),
        "text": text_of(event, "DESCRIPTION"),
        "topics": "; ".join(_categories(event)),
        "url": text_of(event, "URL"),
        **_organizer(event),
        **({"provider": text_of(event, "CONTACT")} if offer_of_ours(first.uid) else {}),
        **place_of(text_of(event, "LOCATION")),
        "changed_at": _changed_at(event) if offer_of_ours(first.uid) else "",
    }
    return {heading: said.get(target, "") for target, heading in CALENDAR.items()} | _point(event)


def _categories(event: Event) -> list[str]:
    found = event.get("CATEGORIES", [])
    several = found if isinstance(found, list) else [found]
    return list(dict.fromkeys(str(name).strip() for each in several for name in getattr(each, "cats", [])))


def _organizer(event: Event) -> dict[str, str]:
    """Name and mail of who organizes it. Addresses that nobody reads are left out."""
    found = event.get("ORGANIZER")
    first = found[0] if isinstance(found, list) else found
    if first is None:
        return {}
    mail = re.sub(r"^mailto:", "", str(first), flags=re.IGNORECASE)
    name = str(getattr(first, "params", {}).get("CN", "")).strip()
    return {"provider": "" if "@" in name else name, "email": "" if _NO_MAIL.search(mail) else mail}


def place_of(text: str) -> dict[str, str]:
    """Name, street, postal code and city of a place in one line, as programs for calendars have it.

    >>> place_of("Haus Süd, Südweg 3, 59000 Auental"), place_of("Stadtpark"), place_of("Markt 1, 59000 Auental")["street"]
    ({'location_name': 'Haus Süd', 'street': 'Südweg 3', 'postal_code': '59000 Auental'}, {'location_name': 'Stadtpark'}, 'Markt 1')
    """  # noqa: E501
    if re.match(r"https?://", text, re.IGNORECASE):
        return {}
    parts = [part.strip() for part in re.split(r"[,\n;]", text) if part.strip()]
    parts = [part for part in parts if part.casefold() not in _COUNTRY]
    code = next((place for place, part in enumerate(parts) if place and _CODE.fullmatch(part)), None)
    before = parts if code is None else parts[:code]
    street = next((part for part in reversed(before) if _STREET.fullmatch(part)), "")
    if code is None and (not street or len(parts) > 3):
        return {"location_name": ", ".join(parts)} if parts else {}
    if code is not None and not street:
        street = before[-1] if len(before) > 1 else ""
    after = before[before.index(street) + 1 :] if street else []
    name = ", ".join(part for part in (before[: before.index(street)] if street else before))
    said = {"location_name": name, "street": street, "postal_code": "" if code is None else ", ".join(parts[code:])}
    if code is None:
        said["city"] = ", ".join(after)
    return {target: part for target, part in said.items() if part}


def _point(event: Event) -> dict[str, str]:
    found = event.get("GEO")
    if found is None or isinstance(found, str | list):
        return {LATITUDE: "", LONGITUDE: ""}
    return {LATITUDE: str(found.latitude), LONGITUDE: str(found.longitude)}


def _changed_at(event: Event) -> str:
    """When the entry was last changed, to the end of that second: a calendar file knows no smaller ones."""
    value = event.get("LAST-MODIFIED")
    moment = getattr(value, "dt", None) if value is not None and not isinstance(value, str | list) else None
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        return ""
    return moment.astimezone(UTC).replace(microsecond=999_000).isoformat()
