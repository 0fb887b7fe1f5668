"""How the entries of a list stand against what is there: new, changed, the same, or ended here."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from kommpass.domain.likeness.wording import folded
from kommpass.domain.offers.content import OfferContent, Place
from kommpass.domain.offers.listing import (
    Brought,
    Entry,
    Recipe,
    Site,
    at_places,
    bring_together,
    told_only,
    with_what_is_not_public,
)
from kommpass.domain.offers.verification import Block
from kommpass.offers.models import Offer
from kommpass.offers.queries.importing.known import Known

PlacesOf = Callable[[Entry], tuple[Place, ...]]


class State(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ENDED = "ended"


@dataclass(frozen=True)
class Standing:
    """What an entry would do. `theirs` is the list's document with places; `moved` is a new point for the place,
    `provider` the name of another provider, `kept_provider` one that is not taken."""

    state: State
    known: Known | None = None
    theirs: OfferContent | None = None
    brought: Brought | None = None
    moved: bool = False
    provider: str = ""
    kept_provider: str = ""

    @property
    def says_the_same(self) -> bool:
        """Whether today's document is the list's, word by word."""
        return self.state == State.SAME and self.brought is not None and self.brought.content == self.theirs


def standing_of(entry: Entry, known: Known | None, recipe: Recipe, places_of: PlacesOf) -> Standing:
    """What this entry would do. `places_of` says which places of ours it has, where they are others than before."""
    if known is None:
        return Standing(State.NEW, theirs=at_places(entry.content, places_of(entry)))
    if known.offer.state == Offer.State.ENDED:
        return Standing(State.ENDED, known)
    same_site = at_the_same_site(entry, known)
    theirs = told_only(entry.content, known.base, recipe.told)
    theirs = at_places(theirs, known.base.places if same_site else places_of(entry))
    if recipe.ours:
        theirs = with_what_is_not_public(theirs, known.base)
    protected = _protected(known)
    brought = bring_together(known.base, known.offer.document, theirs, protected)
    moved = same_site and bool(entry.site and known.site) and entry.site.moved_from(known.site)
    provider, kept = _provider(entry.provider, known, protected)
    state = State.CHANGED if brought.taken or moved or provider else State.SAME
    return Standing(state, known, theirs, brought, moved, provider, kept)


def at_the_same_site(entry: Entry, known: Known | None) -> bool:
    """Whether the list says the same place as it last did; our own table names its places, so there it is asked."""
    if known is None or entry.content.places:
        return False
    return _without_point(entry.site) == _without_point(known.site)


def provider_to_take(entry: Entry, known: Known) -> str:
    """The name of another provider that the list says and that is taken, "" for none."""
    return "" if known.offer.state == Offer.State.ENDED else _provider(entry.provider, known, _protected(known))[0]


def _protected(known: Known) -> set[Block]:
    """The blocks of which people said something after the list did."""
    return {block for block, at in known.confirmed.items() if at > known.since}


def _without_point(site: Site | None) -> Site | None:
    return replace(site, point=None) if site else None


def _provider(now: str, known: Known, protected: Collection[Block]) -> tuple[str, str]:
    """The new provider to take, and one that is not taken because people say otherwise."""
    then, today = folded(known.provider), folded(str(known.offer.provider))
    if folded(now) in (then, today):
        return "", ""
    people_said = Block.REST in protected or (bool(then) and today != then)
    return ("", now) if people_said else (now, "")
