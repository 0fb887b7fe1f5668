"""Finds the places of a portion by name and address, or writes them down; the district follows from the point."""

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cached_property

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.likeness.wording import folded
from kommpass.domain.offers.content import Place
from kommpass.domain.offers.listing import Entry, Site
from kommpass.domain.permissions import Actor
from kommpass.offers.models import Location
from kommpass.offers.placing import districts_of

LONGEST_SOURCE = 100
Spelling = tuple[str, str, str, str]


class Sites:
    """The places of the town at the sites of these entries, by their spelling. Two queries at most to know them, and
    writes only for what is new."""

    def __init__(self, source: str, entries: Iterable[Entry], by: Actor, at: datetime):
        self.source, self.by, self.at = source[:LONGEST_SOURCE], by, at
        self.asked = {spelling(each.site) for each in entries if each.site}
        self.moved: dict[int, Location] = {}

    @cached_property
    def known(self) -> dict[Spelling, Location]:
        """Read when the first one is asked for: a list that says the same again needs none. Of two places that are
        written alike the older one counts."""
        rows = Location.objects.order_by("-pk").values_list("name", "street", "postal_code", "city", "pk")
        keys = {spelt: key for *address, key in rows if (spelt := _spelling(*address)) in self.asked}
        there = Location.objects.defer("accessibility", "stop").in_bulk(list(keys.values()))
        return {spelt: there[key] for spelt, key in keys.items()}

    @cached_property
    def keys(self) -> set[str]:
        return {str(key) for key in Location.objects.values_list("key", flat=True)}

    def write_down(self, entries: Iterable[Entry]) -> None:
        """Add the places that nobody knows yet, and the points of those that had none."""
        permit(self.by, "location.edit")
        new: dict[Spelling, Location] = {}
        for site in [each.site for each in entries if each.site and not self._ours(each)]:
            known = self.known.get(spelling(site)) or new.get(spelling(site))
            if known is None:
                new[spelling(site)] = self._location(site)
            elif known.point is None and site.point:
                self._point(known, site.point)
        if new:
            self._save(list(new.values()))
            self.known.update(new)

    def places_of(self, entry: Entry) -> tuple[Place, ...]:
        """The places of an entry: those of ours that our own table names, else the one at its address."""
        if self._ours(entry):
            return entry.content.places
        if entry.site is None:
            return ()
        if spelling(entry.site) not in self.known:
            self.write_down([entry])
        return (Place(str(self.known[spelling(entry.site)].key), entry.site.room),)

    def _ours(self, entry: Entry) -> bool:
        return bool(entry.content.places) and all(each.location in self.keys for each in entry.content.places)

    def move(self, before: Site, now: Site) -> None:
        """Give a place the new point of the list, if its point today is still the one that the list gave it."""
        location = self.known.get(spelling(now))
        if location is None or now.point is None or location.point == now.point:
            return
        if location.point is None or (location.point_source == self.source and location.point == before.point):
            self._point(location, now.point)

    def save_moved(self) -> list[Location]:
        """Write the new points down."""
        moved = list(self.moved.values())
        for location, district in zip(moved, districts_of([each.point for each in moved]), strict=True):
            location.district, location.changed_at = district, self.at
            location.edition += 1
        if moved:
            names = ["latitude", "longitude", "point_source", "accuracy", "district", "changed_at", "edition"]
            Location.objects.bulk_update(moved, names)
            keys = [each.pk for each in moved]
            record(None, "location.edit", by=self.by, at=self.at, locations=keys, changed=["point"])
        return moved

    def _location(self, site: Site) -> Location:
        name, street, postal_code, city = site.address
        location = Location(name=name, street=street, postal_code=postal_code, city=city)
        if site.point:
            self._point(location, site.point)
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
