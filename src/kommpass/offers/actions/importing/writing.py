"""Writes one portion of a list into the directory: what is new, what changed, what stays; and remembers its origin."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kommpass.domain.offers.checks import missing_for_publishing
from kommpass.domain.offers.content import OfferContent
from kommpass.domain.offers.listing import Entry, Recipe, adopted, from_list, said_then
from kommpass.domain.offers.verification import Block
from kommpass.domain.permissions import Actor
from kommpass.offers.actions.applying import Way, apply
from kommpass.offers.actions.importing.sites import Providers, Sites
from kommpass.offers.cataloguing import catalogue
from kommpass.offers.models import Confirmation, Offer, OfferAtLocation, Origin
from kommpass.offers.queries.importing import Known, Standing, State, known_of, standing_of
from kommpass.offers.queries.importing.previews import changed_row, fields_of


@dataclass
class Portion:
    """One portion: what it is written with, and what came of it."""

    source: str
    recipe: Recipe
    by: Actor
    at: datetime
    new: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)

    def write(self, entries: Mapping[int, Entry], chosen: Mapping[int, str]) -> None:
        """Write these entries. `chosen`: the key of the offer that a new one is, as somebody said."""
        self.providers, self.sites = Providers(self.by, self.at), Sites(self.source, self.by, self.at)
        self.catalogued: dict[int, Offer] = {}
        self.seen: list[Origin] = []
        self.made: list[Origin] = []
        known = known_of(self.source, [entry.key for entry in entries.values()], lock=True)
        same = self._chosen_offers({place: int(key) for place, key in chosen.items() if key.isdecimal()})
        self.sites.write_down(entry.site for entry in entries.values() if entry.site)
        for place, entry in entries.items():
            there = known.get(entry.key)
            if there is None and place in same:
                there = self._named_anew(entry, same[place])
            if there is None and place in same:
                self._adopt(entry, same[place])
            else:
                self._write(entry, standing_of(entry, there, self.sites.places_of))
        self._remember()
        self._index()

    def _chosen_offers(self, chosen: Mapping[int, int]) -> dict[int, Offer]:
        rows = Offer.objects.select_for_update(of=("self",)).select_related("provider__organisation")
        found = rows.exclude(state=Offer.State.ENDED).in_bulk(list(set(chosen.values()))) if chosen else {}
        return {place: found[key] for place, key in chosen.items() if key in found}

    def _named_anew(self, entry: Entry, offer: Offer) -> Known | None:
        """The offer came from this list before, under a number that it no longer has: it goes on under the new one."""
        origin = Origin.objects.filter(source=self.source, offer=offer).order_by("-seen_at").first()
        if origin is None:
            return None
        origin.external = entry.key
        origin.save(update_fields=["external"])
        return known_of(self.source, [entry.key], lock=True)[entry.key]

    def _write(self, entry: Entry, standing: Standing) -> None:
        self.counts[standing.state] += 1
        if standing.state == State.NEW:
            self._add(entry, standing.theirs)
            return
        self.seen.append(standing.known.origin)
        taken, kept = fields_of(standing)
        if kept or standing.state == State.ENDED:
            self.notes.append(changed_row(entry, standing.known, taken, kept))
            self.counts["kept"] += bool(kept)
        if standing.state == State.ENDED:
            return
        standing.known.origin.content = from_list(standing.theirs, entry)
        if standing.state == State.CHANGED:
            self._change(entry, standing)
        elif standing.says_the_same:
            self._confirm(standing.known.offer)

    def _add(self, entry: Entry, content: OfferContent) -> None:
        """A new offer: published if people want it so and nothing is missing, else a draft."""
        missing = missing_for_publishing(content) if self.recipe.fixed.publish else []
        shown = self.recipe.fixed.publish and not missing
        offer = Offer.objects.create(
            provider=self.providers.of(entry.provider),
            title=content.title,
            content=OfferContent().to_json(),
            state=Offer.State.PUBLISHED if shown else Offer.State.DRAFT,
            published_at=self.at if shown else None,
            made_at=self.at,
            changed_at=self.at,
            edition=0,
        )
        apply(offer, content, by=self.by, at=self.at, way=Way.IMPORT, indexed=False)
        self.made.append(self._origin(offer, content, entry))
        self.counts["drafts"] += bool(missing)
        self.new.append(offer.pk)
        if shown:
            self.catalogued[offer.pk] = offer

    def _adopt(self, entry: Entry, offer: Offer) -> None:
        """The offer was there before the list: it gets what it did not know, and is known by its number from now on."""
        content = entry.content.having(places=self.sites.places_of(entry.site) if entry.site else ())
        changed = apply(
            offer, adopted(offer.document, content), by=self.by, at=self.at, way=Way.IMPORT, indexed=False
        )
        self.made.append(self._origin(offer, content, entry))
        self.counts["adopted"] += 1
        if changed:
            self.changed.append(offer.pk)
            self.catalogued[offer.pk] = offer

    def _origin(self, offer: Offer, content: OfferContent, entry: Entry) -> Origin:
        kept = from_list(content, entry)
        return Origin(offer=offer, source=self.source, external=entry.key, content=kept, seen_at=self.at)

    def _change(self, entry: Entry, standing: Standing) -> None:
        offer = standing.known.offer
        if standing.moved:
            self.sites.move(said_then_site(standing.known.origin, entry), entry.site)
        if standing.provider:
            offer.provider = self.providers.of(standing.provider)
            offer.changed_at = self.at
            offer.save(update_fields=["provider", "changed_at"])
        apply(offer, standing.brought.content, by=self.by, at=self.at, way=Way.IMPORT, indexed=False)
        self.changed.append(offer.pk)
        self.catalogued[offer.pk] = offer

    def _confirm(self, offer: Offer) -> None:
        """The list said the same once more: kept apart from what people confirm."""
        self.confirmed.append(offer)

    def _remember(self) -> None:
        Origin.objects.bulk_create(self.made)

    def _index(self) -> None:
        """The index of all offers of the portion at once, those at places that moved among them."""
        moved = self.sites.save_moved()
        there = OfferAtLocation.objects.filter(location__in=moved).select_related("offer")
        self.catalogued |= {each.offer_id: each.offer for each in there}
        catalogue(list(self.catalogued.values()))
