"""Finds or writes down the providers and places of a portion: one query to know them all, and then only what is new."""

import re
from collections.abc import Collection, Iterable
from datetime import datetime

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.likeness.wording import folded
from kommpass.domain.offers.content import Place
from kommpass.domain.offers.listing import Site
from kommpass.domain.permissions import Actor
from kommpass.offers.actions.providing import add_provider
from kommpass.offers.models import Location, Provider
from kommpass.offers.placing import districts_of
from kommpass.people.models import Organisation
from kommpass.town_hall.actions import add_organisation

LONGEST_SOURCE = 100
Spelling = tuple[str, str, str, str]


class Providers:
    """The providers of the town by name; the manner of writing does not matter."""

    def __init__(self, by: Actor, at: datetime):
        self.by, self.at = by, at
        rows = Organisation.objects.select_related("provider").order_by("pk")
        self.known: dict[str, Organisation] = {folded(each.name): each for each in rows}

    def of(self, name: str) -> Provider:
        """The provider of this name; an organisation that is none yet becomes one, and a new name a new organisation."""
        organisation = self.known.get(folded(name))
        if organisation is None:
            kind = Organisation.Kind.PROVIDER
            organisation = add_organisation(name=name, kind=kind, by=self.by, at=self.at)
            self.known[folded(name)] = organisation
        elif hasattr(organisation, "provider"):
            return organisation.provider
        return add_provider(organisation=organisation, by=self.by, at=self.at)


class Sites:
    """The places of the town by name and address."""

    def __init__(self, source: str, by: Actor, at: datetime):
        self.source, self.by, self.at = source[:LONGEST_SOURCE], by, at
        rows = Location.objects.defer("accessibility", "stop").order_by("-pk")
        self.known: dict[Spelling, Location] = {_spelling(_site(each)): each for each in rows}
        self.moved: list[Location] = []

    def write_down(self, sites: Iterable[Site]) -> None:
        """Add the places that nobody knows yet, and the points of those that had none."""
        permit(self.by, "location.edit")
        new: dict[Spelling, Location] = {}
        for site in sites:
            known = self.known.get(_spelling(site)) or new.get(_spelling(site))
            if known is None:
                new[_spelling(site)] = self._location(site)
            elif known.point is None and site.point:
                self._point(known, site.point)
                if known.pk:
                    self.moved.append(known)
        self._save(list(new.values()))
        self.known |= new

    def move(self, before: Site, now: Site) -> Location | None:
        """Give a place the new point of the list, if its point today is the list's former one."""
        location = self.known.get(_spelling(before))
        if location is None or now.point is None or location.point_source != self.source:
            return None
        if location.point is not None and before.point != tuple(round(each, 6) for each in location.point):
            return None
        self._point(location, now.point)
        self.moved.append(location)
        return location

    def places_of(self, site: Site) -> tuple[Place, ...]:
        return (Place(str(self.known[_spelling(site)].key), site.room),)

    def save_moved(self) -> list[Location]:
        """Write the new points down; the districts follow."""
        moved = list({each.pk: each for each in self.moved}.values())
        for location, district in zip(moved, districts_of([each.point for each in moved]), strict=True):
            location.district, location.changed_at = district, self.at
            location.edition += 1
        names = ["latitude", "longitude", "point_source", "accuracy", "district", "changed_at", "edition"]
        if moved:
            Location.objects.bulk_update(moved, names)
            record(None, "location.edit", by=self.by, at=self.at, locations=[each.pk for each in moved], changed=["point"])
        self.moved = []
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
        exact = bool(re.search(r"\d", location.street))
        location.accuracy = Location.Accuracy.ADDRESS if exact else Location.Accuracy.UNKNOWN

    def _save(self, new: Collection[Location]) -> None:
        for location, district in zip(new, districts_of([each.point for each in new]), strict=True):
            location.district = district
        if new:
            Location.objects.bulk_create(new)
            keys = [each.pk for each in new]
            record(None, "location.edit", by=self.by, at=self.at, locations=keys, new=True, source=self.source)


def _site(location: Location) -> Site:
    return Site(location.name, location.street, location.postal_code, location.city)


def _spelling(site: Site) -> Spelling:
    """The address without the manner of writing: "Bahnhofstraße 5" is "Bahnhofstr. 5"."""
    name, street, postal_code, city = (folded(each) for each in site.address)
    return name, re.sub(r"str(?:asse)?\b", "str", street), postal_code, city
