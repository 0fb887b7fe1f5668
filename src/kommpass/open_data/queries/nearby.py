"""Places with a postal code, or within some metres of the middle of one: from what the town knows, asking nobody."""

from math import cos, radians

from django.db.models import QuerySet

from kommpass.analysis.shelf import distances
from kommpass.offers.models import Location, OfferAtLocation

METRES_OF_A_DEGREE = 111_320.0


def located_within(places: QuerySet[OfferAtLocation], postcode: str, metres: float | None) -> QuerySet[OfferAtLocation]:
    """The places with this postal code; with metres, those that lie so near to the middle of it."""
    if metres is None:
        return places.filter(location__postal_code=postcode)
    middle = middle_of(postcode)
    if middle is None:
        return places.none()
    return places.filter(location__in=_keys_within(middle, metres))


def middle_of(postcode: str) -> tuple[float, float] | None:
    """The middle of the places with this postal code (latitude, longitude), or None where there is none."""
    found = list(
        Location.objects.filter(postal_code=postcode).exclude(latitude=None).values_list("latitude", "longitude")
    )
    if not found:
        return None
    return sum(lat for lat, _lon in found) / len(found), sum(lon for _lat, lon in found) / len(found)


def _keys_within(middle: tuple[float, float], metres: float) -> list[int]:
    """A square around the middle in the database, then the circle in it."""
    high = metres / METRES_OF_A_DEGREE * 1.01
    wide = high / max(cos(radians(middle[0])), 0.01)
    rows = list(
        Location.objects.filter(
            latitude__range=(middle[0] - high, middle[0] + high),
            longitude__range=(middle[1] - wide, middle[1] + wide),
        ).values_list("pk", "latitude", "longitude")
    )
    if not rows:
        return []
    keys, latitudes, longitudes = zip(*rows, strict=True)
    far = distances(latitudes, longitudes, middle)
    return [key for key, each in zip(keys, far, strict=True) if each <= metres]
