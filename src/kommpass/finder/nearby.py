"""Where somebody is, without asking anybody outside: an address, a stop or a district that the town knows."""

import re
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from kommpass.municipalities.models import District
from kommpass.offers.models import Location

POINT = re.compile(r"(-?\d{1,2}\.\d{1,8})\s*,\s*(-?\d{1,3}\.\d{1,8})")
STREET = re.compile(r"(?i)\b(str)(\.|asse|aße)?(?=\s|$|\d)|stra(ss|ß)e")


@dataclass(frozen=True)
class Spot:
    """A point with the name under which it was found."""

    name: str
    point: tuple[float, float]


def spot_of(written: str) -> Spot | None:
    """The point behind what was typed, or None. At most three queries; the first that finds anything counts."""
    if found := POINT.fullmatch(written):
        point = float(found[1]), float(found[2])
        return Spot(_("Ihr Standort"), point) if abs(point[0]) <= 90 and abs(point[1]) <= 180 else None
    return _by_address(written) or _by_street(written) or _by_district(written)


def _located():
    return Location.objects.exclude(latitude=None).order_by("pk")


def _by_address(written: str) -> Spot | None:
    """A place by its name, its stop or its whole address."""
    plain = _plain(written)
    rows = _located().filter(
        Q(name__icontains=written) | Q(stop__icontains=written) | Q(street__istartswith=_first_word(written))
    )
    for each in rows[:500]:
        if plain in (_plain(each.street), _plain(each.name), _plain(each.stop), _plain(each.address)):
            return Spot(each.street or each.name, each.point)
    return None


def _by_street(written: str) -> Spot | None:
    """A street whose house number we do not know: the middle of the places that we know there."""
    street = _plain(re.sub(r"\s*\d+\s*[a-zA-Z]?\s*$", "", written))
    if len(street) < 4:
        return None
    found = [
        each.point
        for each in _located().filter(street__istartswith=_first_word(written))[:500]
        if _plain(re.sub(r"\s*\d.*$", "", each.street)) == street
    ]
    if not found:
        return None
    return Spot(written, (sum(p[0] for p in found) / len(found), sum(p[1] for p in found) / len(found)))


def _by_district(written: str) -> Spot | None:
    """A district: the middle of the places that lie in it."""
    district = District.objects.filter(name__iexact=written).first()
    found = [each.point for each in _located().filter(district=district)[:500]] if district else []
    if not found:
        return None
    return Spot(district.name, (sum(p[0] for p in found) / len(found), sum(p[1] for p in found) / len(found)))


def _plain(text: str) -> str:
    """Letters and digits in one spelling: "Bahnhofstr. 5" and "Bahnhofstraße 5" are the same."""
    spelled = STREET.sub("strasse", text).casefold()
    return re.sub(r"[\W_]+", "", spelled)


def _first_word(written: str) -> str:
    return re.split(r"[\s.\-,]+", re.sub(r"(?i)stra(ss|ß)e|str\.", " ", written).strip())[0][:30]
