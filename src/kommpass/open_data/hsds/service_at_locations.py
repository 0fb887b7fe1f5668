"""That a service takes place somewhere: at an address, or in the net."""

from typing import Any

from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.hsds.ids import child
from kommpass.open_data.hsds.locations import location, online_location
from kommpass.open_data.hsds.plain import known
from kommpass.open_data.hsds.schedules import schedules
from kommpass.open_data.queries.rows import OfferRow, PlaceRow


def service_at_locations(row: OfferRow, frame: Frame) -> list[dict[str, Any]]:
    """All of an offer, as they stand inside of it."""
    made = [at_place(row, each, frame, full=True) for each in row.places]
    return [*made, at_online(row, frame)] if is_online(row) else made


def is_online(row: OfferRow) -> bool:
    return "online" in row.content.formats


def at_place(row: OfferRow, place: PlaceRow, frame: Frame, *, full: bool) -> dict[str, Any]:
    """One place, with the times that hold there only."""
    rooms = {each.location: each.room for each in row.content.places}
    made = {
        "id": place.key,
        "service_id": row.key,
        "location_id": place.location,
        "description": rooms.get(place.location, ""),
        "location": location(place, frame, full=full),
    }
    if full:
        at = {"location_id": place.location, "service_at_location_id": place.key}
        made["schedules"] = schedules(row, frame, location=place.location, at=at)
    return known(made)


def at_online(row: OfferRow, frame: Frame) -> dict[str, Any]:
    where = online_location(row, frame)
    return {
        "id": online_key(row),
        "service_id": row.key,
        "location_id": where["id"],
        "location": where,
    }


def online_key(row: OfferRow) -> str:
    return child(row.key, "service_at_location", "online")
