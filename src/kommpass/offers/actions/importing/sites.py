"""Finds the places of a portion by name and address, or writes them down; the district follows from the point."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import cached_property

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.likeness.wording import folded
from kommpass.domain.offers.content import Place
from kommpass.domain.offers.listing import Entry, Site
from kommpass.domain.permissions import Actor
from kommpass.offers.models import Location, Offer, OfferAtLocation
from kommpass.offers.placing import districts_of

LONGEST_SOURCE = 100
Spelling = tuple[str, str, str, str]


class Sites:
    """The places of the town at the sites of these entries, by their spelling. Two queries at most to know them, and
    writes only for what is new."""

    def __init__(self, source: str, entries: Iterable[Entry], by: Actor, at: datetime):
        self.source, self.by, self.at = source[:LONGEST_SOURCE], by, at
        self.entries = tuple(entries)
        self.moved: dict[int, Location] = {}
        self.told: dict[int, Location] = {}

    @cached_property
    def known(self) -> dict[Spelling, Location]:
        """Read when the first one is asked for: a list that says the same again needs none. Of two places that are
        written alike the older one counts."""
        asked = {spelling(site) for each in self.entries for site in each.sites}
        rows = Location.objects.order_by("-pk").values_list("name", "street", "postal_code", "city", "pk")
        keys = {spelt: key for *address, key in rows if (spelt := _spelling(*address)) in asked}
        there = Location.objects.defer("stop").in_bulk(list(keys.values()))
        self._lock_offers_at(there)
        return {spelt: there[key] for spelt, key in keys.items()}

    @staticmethod
    def _lock_offers_at(locations: Collection[int]) -> None:
        """Whoever changes an offer locks it and then the journal, and so must we: a place that moves changes all
        offers there, and the journal is next."""
        there = OfferAtLocation.objects.filter(location__in=locations).values("offer")
        offers = Offer.objects.select_for_update(of=("self",)).filter(pk__in=there).order_by("pk")
        list(offers.values_list("pk", flat=True))

    @cached_property
    def keys(self) -> set[str]:
        return {str(key) for key in Location.objects.values_list("key", flat=True)}

    @cached_property
    def named(self) -> dict[str, Location]:
        """The places of ours of which our own table says something, by their keys."""
        keys = {key for each in self.entries for key, _states in each.at_our_places} & self.keys
        there = {each.pk: each for each in self.known.values()}
        rows = Location.objects.filter(key__in=keys).defer("stop")
        return {str(each.key): there.get(each.pk, each) for each in rows}

    def write_down(self, entries: Iterable[Entry]) -> None:
        """Add the places that nobody knows yet, and the points of those that had none."""
        permit(self.by, "location.edit")
        new: dict[Spelling, Location] = {}
        for site in [site for each in entries if not self._ours(each) for site in each.sites]:
            known = self.known.get(spelling(site)) or new.get(spelling(site))
            if known is None:
                new[spelling(site)] = self._location(site)
                continue
            if known.point is None and site.point:
                self._point(known, site.point)
            self._say(known, site)
        if new:
            self._save(list(new.values()))
            self.known.update(new)

    def places_of(self, entry: Entry) -> tuple[Place, ...]:
        """The places of an entry: those of ours that our own table names, else the one at its address."""
        if self._ours(entry):
            return entry.content.places
        if any(spelling(each) not in self.known for each in entry.sites):
            self.write_down([entry])
        places = {str(self.known[spelling(each)].key): each.room for each in reversed(entry.sites)}
        return tuple(Place(key, room) for key, room in reversed(places.items()))

    def _ours(self, entry: Entry) -> bool:
        return bool(entry.content.places) and all(each.location in self.keys for each in entry.content.places)

    def move(self, before: Site, now: Site) -> None:
        """Give a place the new point of the list, if its point today is still the one that the list gave it."""
        location = self.known.get(spelling(now))
        if location is None or now.point is None or location.point == now.point:
            return
        if location.point is None or (location.point_source == self.source and location.point == before.point):
            self._point(location, now.point)

    def tell(self, before: Iterable[Site], now: Iterable[Site]) -> None:
        """What the list says otherwise of the accessibility of the same places."""
        for then, site in zip(before, now, strict=True):
            if location := self.known.get(spelling(site)):
                gone = dict(then.accessibility).keys() - dict(site.accessibility).keys()
                self._say(location, site, forget=gone)

    def tell_ours(self, news: Mapping[str, Mapping[str, str]]) -> None:
        """What our own table says otherwise of our places, by their keys: somebody wrote it there."""
        for key, states in news.items():
            if location := self.named.get(key):
                row = {"checked_on": "", "source": self.source}
                said = {name: row | {"state": state} for name, state in states.items() if state}
                kept = {name: each for name, each in location.accessibility.items() if name not in states}
                location.accessibility = kept | said
                self.told[location.pk] = location

    def _say(self, location: Location, site: Site, forget: Collection[str] = ()) -> None:
        """Take what nobody said yet, or what this list said itself; what somebody checked since stays."""
        known = dict(location.accessibility)
        states = dict(site.accessibility) | dict.fromkeys(forget, "")
        for criterion, state in states.items():
            if known.get(criterion, {}).get("source", self.source) == self.source:
                known[criterion] = {"state": state, "checked_on": "", "source": self.source}
        known = {criterion: each for criterion, each in known.items() if each["state"]}
        if known != location.accessibility:
            location.accessibility = known
            if location.pk:
                self.told[location.pk] = location

    def save_moved(self) -> list[Location]:
        """Write new points and new words about accessibility down."""
        moved = list(self.moved.values())
        for location, district in zip(moved, districts_of([each.point for each in moved]), strict=True):
            location.district, location.changed_at = district, self.at
            location.edition += 1
        if moved:
            names = ["latitude", "longitude", "point_source", "accuracy", "district", "changed_at", "edition"]
            Location.objects.bulk_update(moved, names)
            keys = [each.pk for each in moved]
            record(None, "location.edit", by=self.by, at=self.at, locations=keys, changed=["point"])
        self._save_told()
        return list({each.pk: each for each in (*moved, *self.told.values())}.values())

    def _save_told(self) -> None:
        for location in self.told.values():
            location.changed_at = self.at
            location.edition += location.pk not in self.moved
        if self.told:
            Location.objects.bulk_update(self.told.values(), ["accessibility", "changed_at", "edition"])
            keys = list(self.told)
            record(None, "location.edit", by=self.by, at=self.at, locations=keys, changed=["accessibility"])

    def _location(self, site: Site) -> Location:
        name, street, postal_code, city = site.address
        location = Location(name=name, street=street, postal_code=postal_code, city=city)
        if site.point:
            self._point(location, site.point)
        self._say(location, site)
        return location

    def _point(self, location: Location, point: tuple[float, float]) -> None:
        location.latitude, location.longitude = point
        location.point_source = self.source
        numbered = bool(re.search(r"\d", location.street))
        location.accuracy = Location.Accuracy.ADDRESS if numbered else Location.Accuracy.UNKNOWN
        if location.pk:
            self.moved[location.pk] = location

    def _save(self, new: Collection[Location]) -> None:
        for location, district in zip(new, districts_of([each.point for each in new]), strict=True):
            location.district = district
        Location.objects.bulk_create(new)
        keys = [each.pk for each in new]
        record(None, "location.edit", by=self.by, at=self.at, locations=keys, new=True, source=self.source)


def spelling(site: Site) -> Spelling:
    """The address without the manner of writing: "Bahnhofstraße 5" is "Bahnhofstr. 5"."""
    return _spelling(*site.address)


def _spelling(*address: str) -> Spelling:
    name, street, postal_code, city = (folded(each) for each in address)
    return name, re.sub(r"str(?:asse)?\b", "str", street), postal_code, city
