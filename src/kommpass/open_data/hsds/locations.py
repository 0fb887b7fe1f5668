"""Places in the words of HSDS: with address and accessibility, or in the net."""

from typing import Any

from kommpass.domain.offers.vocabularies import ACCESSIBILITY
from kommpass.open_data.hsds import attributes
from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.hsds.ids import child
from kommpass.open_data.hsds.plain import known, uri_of
from kommpass.open_data.queries.rows import OfferRow, PlaceRow

STATES = {"yes": "vorhanden", "no": "nicht vorhanden"}


def location(place: PlaceRow, frame: Frame, *, full: bool) -> dict[str, Any]:
    """A place with a point where one is known. Who checked its accessibility is nobody's business outside."""
    made = known(
        {
            "id": place.location,
            "location_type": "physical",
            "name": place.name or place.street,
            "transportation": f"Haltestelle {place.stop}" if place.stop else "",
            "latitude": place.latitude,
            "longitude": place.longitude,
            "external_identifier": frame.town.ags,
            "external_identifier_type": "AGS" if frame.town.ags else "",
        }
    )
    if not full:
        return made
    return made | known(
        {
            "addresses": _addresses(place, frame),
            "accessibility": _accessibility(place),
            "attributes": attributes.of_location(place, frame),
        }
    )


def _addresses(place: PlaceRow, frame: Frame) -> list[dict[str, Any]]:
    """HSDS wants all of an address or none: a postal code that nobody knows is an empty text in it."""
    if not place.street:
        return []
    return [
        {
            "id": child(place.location, "address", 0),
            "location_id": place.location,
            "address_1": place.street,
            "city": place.city or frame.town.name,
            "state_province": frame.town.state,
            "postal_code": place.postal_code,
            "country": "DE",
            "address_type": "physical",
        }
    ]


def _accessibility(place: PlaceRow) -> list[dict[str, Any]]:
    return [
        {
            "id": child(place.location, "accessibility", code),
            "location_id": place.location,
            "description": ACCESSIBILITY.labels[code],
            "details": f"{STATES[each['state']]}, geprüft am {each['checked_on']}"
            if each.get("checked_on")
            else STATES[each["state"]],
        }
        for code, each in place.checked()
    ]


def online_location(row: OfferRow, frame: Frame) -> dict[str, Any]:
    """The place of what takes place in the net."""
    return {
        "id": child(row.key, "location", "online"),
        "location_type": "virtual",
        "name": "Online",
        "url": uri_of(row.content.url) or frame.page.format(row.key),
    }
