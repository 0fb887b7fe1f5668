"""Writes one portion of a list into the directory: what is new, what changed, what stays; and remembers its origin."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kommpass.domain.offers.checks import missing_for_publishing
from kommpass.domain.offers.content import OfferContent
from kommpass.domain.offers.listing import Entry, Recipe, adopted, at_places, from_list
from kommpass.domain.offers.verification import Block
from kommpass.domain.permissions import Actor
from kommpass.offers.actions.applying import Way, apply
from kommpass.offers.actions.importing.providers import Providers
from kommpass.offers.actions.importing.sites import Sites
from kommpass.offers.cataloguing import catalogue
from kommpass.offers.models import Confirmation, Offer, OfferAtLocation, Origin
from kommpass.offers.queries.importing import (
    Known,
    Standing,
    State,
    at_the_same_site,
    known_of,
    said_of_our_places,
    standing_of,
)
from kommpass.offers.queries.importing.previews import changed_row, fields_of


@dataclass
class Portion:
    """One portion: with what it is written, and what came of it (keys of offers, numbers, rows worth a word)."""

    source: str
    recipe: Recipe
    by: Actor
    at: datetime
    new: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)

    def __post_init__(self):
        self.providers = Providers(self.by, self.at)
        self.sites = Sites(self.source, self.by, self.at)
        self.to_catalogue: dict[int, Offer] = {}
        self.said_the_same: list[Offer] = []
        self.made: list[Origin] = []
        self.seen: list[int] = []
        self.other_words: list[Origin] = []

    def write(self, entries: Mapping[int, Entry], same: Mapping[int, Offer]) -> None:
        """Write these entries. `same`: new ones that are offers of ours, as somebody said, by their places."""
        known = known_of(self.source, entries.values(), self.recipe, lock=True)
        elsewhere = [each for each in entries.values() if not at_the_same_site(each, known.get(each.key))]
        joining = {entries[place].key for place in same}
        self.sites.write_down(each for each in elsewhere if each.key not in joining)
        for place, entry in entries.items():
            there = known.get(entry.key)
            if there is None and place in same:
                there = self._renumbered(entry, same[place])
            if there is None and place in same:
                self._adopt(entry, same[place])
            else:
                self._write(entry, standing_of(entry, there, self.recipe, self.sites.places_of))
        self._remember()
        self._index()

    def _renumbered(self, entry: Entry, offer: Offer) -> Known | None:
        """The offer came from this list before, under a number that it no longer has: it goes on under the new one."""
        origin = Origin.objects.filter(source=self.source, offer=offer).order_by("-seen_at").first()
        if origin is None:
            return None
        origin.external = entry.key
        origin.save(update_fields=["external"])
        return known_of(self.source, [entry], self.recipe, lock=True)[entry.key]

    def _write(self, entry: Entry, standing: Standing) -> None:
        self.counts[standing.state.value] += 1
        if standing.state == State.NEW:
            self._add(entry, standing.theirs)
            return
        taken, kept = fields_of(standing)
        if kept or standing.state == State.ENDED:
            self.notes.append(changed_row(entry, standing.known, taken, kept))
            self.counts.update(["kept"] if kept else [])
        if origin := standing.known.origin:
            self.seen.append(origin.pk)
            said = from_list(standing.theirs, entry) if standing.theirs else origin.content
            if said != origin.content:
                origin.content = said
                self.other_words.append(origin)
        if standing.state == State.CHANGED:
            self._change(entry, standing)
        elif standing.says_the_same:
            self.said_the_same.append(standing.known.offer)

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
        self._apply(offer, content)
        self.made.append(self._origin(offer, content, entry))
        self.counts["drafts"] += not shown
        self.new.append(offer.pk)

    def _adopt(self, entry: Entry, offer: Offer) -> None:
        """The offer was there before the list: it gets what it did not know, and is known by its number from now on."""
        own = offer.document.places
        content = at_places(entry.content, own or self.sites.places_of(entry))
        if self._apply(offer, adopted(offer.document, content)):
            self.changed.append(offer.pk)
        self.made.append(self._origin(offer, content, entry))
        self.counts["adopted"] += 1

    def _origin(self, offer: Offer, content: OfferContent, entry: Entry) -> Origin:
        kept = from_list(content, entry)
        return Origin(offer=offer, source=self.source, external=entry.key, content=kept, seen_at=self.at)

    def _change(self, entry: Entry, standing: Standing) -> None:
        offer = standing.known.offer
        if standing.moved and standing.known.site and entry.site:
            self.sites.move(standing.known.site, entry.site)
        if standing.accessible and self.recipe.ours:
            self.sites.tell_ours(said_of_our_places(entry, standing.known))
        elif standing.accessible:
            self.sites.tell(standing.known.sites, entry.sites)
        if standing.provider:
            offer.provider, offer.changed_at = self.providers.of(standing.provider), self.at
            offer.save(update_fields=["provider", "changed_at"])
            self.to_catalogue[offer.pk] = offer
        self._apply(offer, standing.brought.content)
        self.changed.append(offer.pk)

    def _apply(self, offer: Offer, content: OfferContent) -> bool:
        if not apply(offer, content, by=self.by, at=self.at, way=Way.IMPORT, indexed=False):
            return False
        self.to_catalogue[offer.pk] = offer
        return True

    def _remember(self) -> None:
        """Where each offer came from, and that its list still has it. That it says the same is kept apart from what
        people confirm."""
        Origin.objects.bulk_create(self.made)
        Origin.objects.bulk_update(self.other_words, ["content"], batch_size=100)
        Origin.objects.filter(pk__in=self.seen).update(seen_at=self.at, gone_at=None)
        Confirmation.objects.bulk_create(
            Confirmation(offer=each, block=Block.REST, at=self.at, way=Way.IMPORT, human=False, by_name=self.by.name)
            for each in self.said_the_same
        )

    def _index(self) -> None:
        """The index of all offers of the portion at once, with those at places that moved."""
        moved = self.sites.save_moved()
        there = OfferAtLocation.objects.filter(location__in=moved).select_related("offer") if moved else []
        at_moved = {each.offer_id: each.offer for each in there}
        Offer.objects.filter(pk__in=at_moved).update(changed_at=self.at)
        self.to_catalogue |= at_moved
        if self.to_catalogue:
            catalogue(list(self.to_catalogue.values()))
