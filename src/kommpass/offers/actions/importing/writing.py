"""Writes one portion of a list into the directory: what is new, what changed, what stays; and remembers its origin."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from kommpass.domain.offers.checks import missing_for_publishing
from kommpass.domain.offers.content import OfferContent
from kommpass.domain.offers.listing import Entry, Recipe, adopted, at_places, from_list
from kommpass.domain.offers.verification import Block
from kommpass.domain.permissions import Actor
from kommpass.offers.actions.applying import Way, apply_many, new_offer
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
    provider_to_take,
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
    moments: Collection[datetime] = ()
    new: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)

    def __post_init__(self):
        self.providers = Providers(self.by, self.at)
        self.waiting: dict[int | str, tuple[Offer, OfferContent]] = {}
        self.other_provider: list[Offer] = []
        self.written: dict[int, Offer] = {}
        self.made_offers: list[Offer] = []
        self.said_the_same: list[Offer] = []
        self.made: list[Origin] = []
        self.seen: list[int] = []
        self.other_words: list[Origin] = []

    def write(self, entries: Mapping[int, Entry], same: Mapping[int, Offer]) -> None:
        """Write these entries. `same`: new ones that are offers of ours, as somebody said, by their places.

        Everything is decided first and written together; only a second row of one offer waits for the first.
        """
        known = known_of(self.source, entries.values(), self.recipe, moments=self.moments, lock=True)
        offers = {each.offer.pk: each.offer for each in known.values()}
        same = {place: offers.get(offer.pk, offer) for place, offer in same.items()}
        self.sites = Sites(self.source, entries.values(), self.by, self.at)
        self._make_ready(entries, known, same)
        for place, entry in entries.items():
            there = known.get(entry.key)
            if there is None and place in same:
                self._write_same(entry, same[place])
            else:
                self._write_down(entry, there)
        self._let_hold()
        self._remember()
        self._index()

    def _make_ready(self, entries: Mapping[int, Entry], known: Mapping[str, Known], same: Mapping[int, Offer]) -> None:
        """Places and providers that nobody knows yet, all at once."""
        ended = {key for key, each in known.items() if each.offer.state == Offer.State.ENDED}
        active = [each for each in entries.values() if each.key not in ended]
        elsewhere = [each for each in active if not at_the_same_site(each, known.get(each.key))]
        joining = {entries[place].key for place in same}
        self.sites.write_down(each for each in elsewhere if each.key not in joining)
        new = [each.provider for each in entries.values() if each.key not in known and each.key not in joining]
        rows = Counter(each.offer.pk for each in known.values())
        alone = [each for each in entries.values() if each.key in known and rows[known[each.key].offer.pk] == 1]
        self.providers.make_ready([*new, *filter(None, (provider_to_take(each, known[each.key]) for each in alone))])

    def _write_same(self, entry: Entry, offer: Offer) -> None:
        """The row of an offer that was there: under another number of this list, or from elsewhere."""
        if offer.pk in self.waiting:
            self._let_hold()
        there = self._renumbered(entry, offer)
        if there:
            self._write_down(entry, there)
        else:
            self._adopt(entry, offer)

    def _write_down(self, entry: Entry, there: Known | None) -> None:
        if there and there.offer.pk in self.waiting:
            self._let_hold()
        self._write(entry, standing_of(entry, there, self.recipe, self.sites.places_of))

    def _renumbered(self, entry: Entry, offer: Offer) -> Known | None:
        """The offer came from this list before, under a number that it no longer has: it goes on under the new one."""
        origin = Origin.objects.filter(source=self.source, offer=offer).order_by("-seen_at").first()
        if origin is None:
            return None
        origin.external = entry.key
        origin.save(update_fields=["external"])
        return replace(known_of(self.source, [entry], self.recipe, lock=True)[entry.key], offer=offer)

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
        offer = new_offer(
            self.providers.of(entry.provider),
            content,
            self.at,
            state=Offer.State.PUBLISHED if shown else Offer.State.DRAFT,
            published_at=self.at if shown else None,
        )
        self._wait(offer, content)
        self.made_offers.append(offer)
        self.made.append(self._origin(offer, content, entry))
        self.counts["drafts"] += not shown

    def _adopt(self, entry: Entry, offer: Offer) -> None:
        """The offer was there before the list: it gets what it did not know, and is known by its number from now on."""
        own = offer.document.places
        content = at_places(entry.content, own or self.sites.places_of(entry))
        now = adopted(offer.document, content)
        if now != offer.document:
            self.changed.append(offer.pk)
        self._wait(offer, now)
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
            self.other_provider.append(offer)
        self._wait(offer, standing.brought.content)
        self.changed.append(offer.pk)

    def _wait(self, offer: Offer, content: OfferContent) -> None:
        self.waiting[offer.pk or f"new {len(self.waiting)}"] = offer, content

    def _let_hold(self) -> None:
        """Write down together what was decided so far."""
        done = apply_many(list(self.waiting.values()), by=self.by, at=self.at, way=Way.IMPORT)
        self.waiting.clear()
        Offer.objects.bulk_update(self.other_provider, ["provider", "changed_at"])
        written = [*(each.offer for each in done if each.needed), *self.other_provider]
        self.written |= {each.pk: each for each in written}
        self.other_provider.clear()

    def _remember(self) -> None:
        """Where each offer came from, and that its list still has it. That it says the same is kept apart from what
        people confirm."""
        self.new += [each.pk for each in self.made_offers]
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
        self.written |= at_moved
        if self.written:
            catalogue(list(self.written.values()))
