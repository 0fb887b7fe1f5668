"""The list of what takes place where: at addresses first, then in the net."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from kommpass.offers.models import OfferAtLocation
from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.hsds.ids import child
from kommpass.open_data.hsds.service_at_locations import at_online, at_place
from kommpass.open_data.hsds.services import service
from kommpass.open_data.listings.pages import Listing
from kommpass.open_data.listings.wanted import Asked, ranked, wanted
from kommpass.open_data.queries.narrowing import Wanted, Word, narrowed
from kommpass.open_data.queries.nearby import located_within
from kommpass.open_data.queries.rows import OfferRow, read_rows
from kommpass.open_data.queries.visible import running

Spot = tuple[int, str | None]
"""An offer and its place; None is the net."""


@dataclass(frozen=True)
class Places(Listing):
    """Every place of every offer that was asked for and is not over."""

    frame: Frame
    asked: Asked

    def part(self, first: int, size: int) -> tuple[list[dict[str, Any]], int]:
        spots = self._spots()
        return entries(spots[first : first + size], self.frame, full=self.asked["full"]), len(spots)

    def _spots(self) -> list[Spot]:
        asked = wanted(self.asked, self.frame.town.slug)
        offers = narrowed(running(self.frame.today), replace(asked, postcode=""))
        places = OfferAtLocation.objects.filter(offer__in=offers)
        if asked.postcode:
            places = located_within(places, asked.postcode, asked.metres)
        spots: list[Spot] = [(pk, str(key)) for pk, key in places.order_by("pk").values_list("offer", "key")]
        if not asked.postcode:
            spots += [(key, None) for key in _online(offers)]
        if not self.asked["search"]:
            return spots
        rank = {key: number for number, key in enumerate(ranked(self.asked["search"], timezone.now()))}
        return sorted((spot for spot in spots if spot[0] in rank), key=lambda spot: rank[spot[0]])


def _online(offers) -> list[int]:
    found = narrowed(offers, Wanted(words=(Word("formats", "online"),)))
    return list(found.order_by("pk").values_list("pk", flat=True))


def entries(spots: list[Spot], frame: Frame, *, full: bool) -> list[dict[str, Any]]:
    """These places, each with its service."""
    offers = running(frame.today).filter(pk__in={key for key, _place in spots})
    rows = {row.pk: row for row in read_rows(offers, frame.today, full=True)}
    return [made for offer, place in spots if offer in rows and (made := _entry(rows[offer], place, frame, full))]


def _entry(row: OfferRow, place: str | None, frame: Frame, full: bool) -> dict[str, Any] | None:
    if place is None:
        made = at_online(row, frame)
    else:
        found = next((each for each in row.places if each.key == place), None)
        if found is None:
            return None
        made = at_place(row, found, frame, full=full)
    about = service(row, frame, full=full)
    # The service here is the one whose place this is: all its places once more would be a circle.
    about.pop("service_at_locations", None)
    return made | {"service": about}


def spot_of(key: str, frame: Frame) -> Spot | None:
    """The offer and the place behind a key. Keys of the net are made of the offer's, so they are looked for."""
    offers = running(frame.today)
    found = OfferAtLocation.objects.filter(key=key, offer__in=offers).values_list("offer", "key").first()
    if found:
        return found[0], str(found[1])
    online = offers.filter(pk__in=_online(offers)).values_list("pk", "key")
    return next(((pk, None) for pk, each in online if child(str(each), "service_at_location", "online") == key), None)
