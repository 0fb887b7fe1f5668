"""Where an offer is: street, house number, pin; and how two places lie to each other."""

import re
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from rapidfuzz.fuzz import ratio

from kommpass.domain.likeness.wording import folded, plain_words

EARTH_M = 6_371_000.0
HERE_M, NEAR_M, FAR_M = 80.0, 200.0, 500.0
"""Metres: within the first it is the same place (geocoders differ by a plot), at the second distance says nothing, from
the third on it is another place."""
NEXT_DOOR, OTHER_HOUSE = -0.1, -0.5
"""The most two different addresses can be worth, however near; two houses of one street where no pin says more."""
NEARLY, SAME_STREET, LONG_STREET = 0.7, 0.7, 0.4
"""A misspelt street, or 56 and 56a; a street without house number on both sides, and on one."""
MISSPELT = 85
"""Per cent likeness from which on two street names are one with a typing error, if they also begin alike."""
BEGINNING = 4
_HOUSE = re.compile(r"(?<=[a-z] )(\d{1,4})(?: ?([a-z]))?\b(?! (?:januar|maerz|april|mai|juni|juli|oktober|november)\b)")
_SQUARE = re.compile(r"platz$")


@dataclass(frozen=True, slots=True)
class Site:
    """A place. `street` is one word without house number, `house` its first number, `letter` what stands behind.

    `exact`: street and house number are known. `name` is what it is counted by: the address, else the pin to some ten
    metres.
    """

    street: str = ""
    house: str = ""
    letter: str = ""
    postal_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    exact: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Nearness:
    """How two places lie: from -1 (elsewhere) to 1 (the same); metres if known; whether the address says it."""

    value: float
    metres: float | None
    by_address: bool


def site(street: str, postal_code: str, latitude: float | None, longitude: float | None) -> Site:
    """A place in one form. Half a pin, one at 0/0 and one outside the globe count as unknown.

    >>> place = site("Nöldnerstraße 44 a", "10317", None, None)
    >>> place.street, place.house, place.letter, place.name
    ('noldnerstr', '44', 'a', 'noldnerstr 44 10317')
    """
    plain = folded(street)
    number = _HOUSE.search(plain)
    name = plain[: number.start()] if number else plain
    name = _SQUARE.sub("pl", "".join(word for each in name.split() for word in plain_words(each)))
    house, letter = (number[1].lstrip("0"), number[2] or "") if number else ("", "")
    area = "".join(each for each in postal_code if each.isdigit())
    if latitude is None or longitude is None or not _on_the_globe(latitude, longitude):
        latitude = longitude = None
    exact = bool(name and house)
    pin = f"{latitude:.4f} {longitude:.4f}" if latitude is not None else ""
    return Site(name, house, letter, area, latitude, longitude, exact, f"{name} {house} {area}" if exact else pin)


def _on_the_globe(latitude: float, longitude: float) -> bool:
    return -90 <= latitude <= 90 and -180 <= longitude <= 180 and (latitude, longitude) != (0, 0)


def metres_between(first: Site, second: Site) -> float | None:
    """Metres as the crow flies (haversine), None where a pin is missing.

    >>> round(metres_between(Site(latitude=51.48, longitude=7.21), Site(latitude=51.49, longitude=7.21)))
    1112
    """
    if first.latitude is None or first.longitude is None or second.latitude is None or second.longitude is None:
        return None
    south, north = sorted((radians(first.latitude), radians(second.latitude)))
    east = radians(abs(first.longitude - second.longitude))
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(east / 2) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(half)))


def nearness(first: Site, second: Site) -> Nearness | None:
    """Address and pins together; None where neither can be compared.

    Two different addresses stay two, however near they are, unless they differ by a letter or the postal code only. A
    street without house number is used only where there is no pin. The same address wins over pins that lie apart,
    unless it may be another town's.

    >>> def at(street, latitude=None): return site(street, "44866", latitude, latitude and 7.2)
    >>> nearness(at("Hauptstr. 5", 51.48), at("Hauptstraße 5", 51.4806)).value
    1.0
    >>> round(nearness(at("Hauptstr. 5", 51.48), at("Hauptstraße 7", 51.4801)).value, 2)
    -0.1
    """
    address, metres = _by_address(first, second), metres_between(first, second)
    if metres is None:
        return None if address is None else Nearness(address, None, address > 0)
    by_pin = _by_pin(metres)
    if address is None or not (first.exact and second.exact):
        return Nearness(by_pin, metres, False)
    if address <= 0:
        if metres <= HERE_M and (first.street, first.house) == (second.street, second.house):
            return Nearness(NEARLY, metres, True)
        return Nearness(max(-1.0, NEXT_DOOR + by_pin - 1), metres, False)
    if metres > FAR_M and not (first.postal_code and second.postal_code):
        return Nearness(OTHER_HOUSE, metres, False)
    return Nearness(address, metres, True)


def _by_address(first: Site, second: Site) -> float | None:
    if not first.street or not second.street:
        return None
    both_exact = first.exact and second.exact
    if first.postal_code and second.postal_code and first.postal_code != second.postal_code:
        return -1.0 if both_exact else None
    if first.street != second.street:
        return _misspelt(first, second) if both_exact else None
    if not both_exact:
        return LONG_STREET if first.exact or second.exact else SAME_STREET
    if first.house != second.house:
        return OTHER_HOUSE
    if first.letter != second.letter:
        return NEXT_DOOR if first.letter and second.letter else NEARLY
    return 1.0


def _misspelt(first: Site, second: Site) -> float:
    same_area = bool(first.postal_code and second.postal_code) or first.street[:BEGINNING] == second.street[:BEGINNING]
    misspelt = same_area and first.house == second.house and ratio(first.street, second.street) >= MISSPELT
    return NEARLY if misspelt else -1.0


def _by_pin(metres: float) -> float:
    if metres <= HERE_M:
        return 1.0
    if metres <= NEAR_M:
        return (NEAR_M - metres) / (NEAR_M - HERE_M)
    return max(-1.0, (NEAR_M - metres) / (FAR_M - NEAR_M))
