"""Whom to ask: a function first; a person only where they agreed (the document comes here without all others)."""

from typing import Any

from kommpass.domain.offers.content import Contact
from kommpass.open_data.hsds.ids import child
from kommpass.open_data.hsds.plain import known
from kommpass.open_data.queries.rows import OfferRow


def contacts(row: OfferRow) -> list[dict[str, Any]]:
    """Each contact with its telephone number inside."""
    return [_contact(row, number, each) for number, each in enumerate(row.content.contacts) if _says(each)]


def phones(row: OfferRow) -> list[dict[str, Any]]:
    """The same telephone numbers once more at the service, for those who look there."""
    return [phone for number, each in enumerate(row.content.contacts) for phone in _phones(row, number, each)]


def _says(contact: Contact) -> bool:
    return any((contact.function, contact.person, contact.phone, contact.email))


def _contact(row: OfferRow, number: int, contact: Contact) -> dict[str, Any]:
    return known(
        {
            "id": child(row.key, "contact", number),
            "service_id": row.key,
            "name": contact.person or contact.function,
            "title": contact.function if contact.person else "",
            "email": contact.email,
            "phones": _phones(row, number, contact),
        }
    )


def _phones(row: OfferRow, number: int, contact: Contact) -> list[dict[str, Any]]:
    if not contact.phone:
        return []
    made = {
        "id": child(row.key, "phone", number),
        "service_id": row.key,
        "contact_id": child(row.key, "contact", number),
        "number": contact.phone,
        "type": "voice",
        "description": contact.function,
    }
    return [known(made)]
