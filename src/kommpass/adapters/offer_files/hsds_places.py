"""Where a service of HSDS takes place: the first place in columns, all further ones in one cell."""

import json
from typing import Any

from kommpass.adapters.hsds.tabular_reading import Row
from kommpass.domain.offers.vocabularies import ACCESSIBILITY

LATITUDE, LONGITUDE = "Breitengrad", "Längengrad"


def physical(service: Row) -> list[Row]:
    """The service at each of its locations that has an address or a point."""
    found = [each for each in service.get("service_at_locations", []) if each.get("location")]
    return [each for each in found if each["location"].get("location_type") != "virtual"]


def is_online(service: Row) -> bool:
    there = [each.get("location", {}).get("location_type") for each in service.get("service_at_locations", [])]
    return "virtual" in there


def place_cells(service: Row) -> dict[str, str]:
    """The cells by target, and those of the point by heading."""
    places = [_place(each) for each in physical(service)]
    first = places[0] if places else {}
    point = first.get("point") or ("", "")
    return {
        "location_name": first.get("name", ""),
        **{name: first.get(name, "") for name in ("street", "postal_code", "city", "room")},
        "accessibility": "; ".join(
            f"{name}: {state}" if state else name for name, state in first.get("accessibility", ())
        ),
        "place_number": first.get("number", ""),
        "more_places": json.dumps(places[1:], ensure_ascii=False) if places[1:] else "",
        LATITUDE: str(point[0]),
        LONGITUDE: str(point[1]),
    }


def _place(there: Row) -> dict[str, Any]:
    location = there["location"]
    addresses = location.get("addresses", [])
    address = next((each for each in addresses if each.get("address_type") == "physical"), next(iter(addresses), {}))
    street = ", ".join(filter(None, (address.get("address_1", ""), address.get("address_2", ""))))
    name = location.get("name", "")
    return {
        "name": "" if name == street else name[:150],
        "street": street[:150],
        "postal_code": address.get("postal_code", "")[:10],
        "city": address.get("city", "")[:100],
        "room": there.get("description", "")[:100],
        "point": _point(location),
        "number": location["id"],
        "accessibility": _accessibility(location),
    }


def _point(location: Row) -> list[float] | None:
    latitude, longitude = location.get("latitude"), location.get("longitude")
    if latitude is None or longitude is None or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return [latitude, longitude]


def _accessibility(location: Row) -> list[list[str]]:
    """Our criteria where the words are ours; what others say of it stands there as it is."""
    found = []
    for each in location.get("attributes", []):
        code = each.get("taxonomy_term", {}).get("code", "")
        if code in ACCESSIBILITY.places and each.get("value") in ("yes", "no"):
            found.append([code, each["value"]])
    return found or [[text, ""] for each in location.get("accessibility", []) if (text := each.get("description", ""))]
