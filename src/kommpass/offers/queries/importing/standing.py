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
    from_own_calendar,
    from_own_tables,
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
    `accessible` other words about its accessibility,
    `provider` the name of another provider, `kept_provider` one that is not taken."""

    state: State
    known: Known | None = None
    theirs: OfferContent | None = None
    brought: Brought | None = None
    moved: bool = False
    accessible: bool = False
    provider: str = ""
    kept_provider: str = ""

    @property
    def says_the_same(self) -> bool:
        """Whether today's document is the list's, word by word."""
        return self.state == State.SAME and self.brought is not None and self.brought.content == self.theirs


def standing_of(entry: Entry, known: Known | None, recipe: Recipe, places_of: PlacesOf) -> Standing:
    """What this entry would do. `places_of` says which places of ours it has, where they are others than before."""
    if known is None:
        return Standing(State.NEW, theirs=at_places(entry.content, places_of(entry), entry.sites))
    if known.offer.state == Offer.State.ENDED:
        return Standing(State.ENDED, known)
    if known.returned:
        return _from_a_file_of_ours(entry, known)
    same_site = at_the_same_site(entry, known)
    theirs = told_only(entry.content, known.base, recipe.told)
    theirs = at_places(theirs, known.base.places if same_site else places_of(entry), entry.sites)
    if recipe.ours:
        theirs = with_what_is_not_public(theirs, known.base)
    protected = _protected(known)
    brought = bring_together(known.base, known.offer.document, theirs, protected)
    moved = same_site and bool(entry.site and known.site) and entry.site.moved_from(known.site)
    provider, kept = _provider(entry.provider, known, protected)
    accessible = same_site and [each.accessibility for each in entry.sites] != [
        each.accessibility for each in known.sites
    ]
    accessible = accessible or bool(said_of_our_places(entry, known))
    state = State.CHANGED if brought.taken or moved or accessible or provider else State.SAME
    return Standing(state, known, theirs, brought, moved, accessible, provider, kept)


def _from_a_file_of_ours(entry: Entry, known: Known) -> Standing:
    """An offer of ours in our own calendar file or HSDS tables: whatever these cannot say stays as it is."""
    read = from_own_calendar if known.returned == "calendar" else from_own_tables
    theirs = at_places(read(entry.content, known.base), known.base.places)
    brought = bring_together(known.base, known.offer.document, theirs, _protected(known))
    return Standing(State.CHANGED if brought.taken else State.SAME, known, theirs, brought)


def _protected(known: Known) -> set[Block]:
    """Of what people said something since the list was of today."""
    return {block for block, at in known.confirmed.items() if at > known.since}


def said_of_our_places(entry: Entry, known: Known) -> dict[str, dict[str, str]]:
    """What our own table says otherwise of our places: key -> criterion -> "yes", "no" or "" for not known.

    Where somebody changed the offer or its place since the table was made, today's word stands.
    """
    if known.offer.changed_at > known.since and not known.by_this_run:
        return {}
    news: dict[str, dict[str, str]] = {}
    for key, states in entry.at_our_places:
        today = {name: each.get("state", "") for name, each in known.places.get(key, {}).items()}
        told = dict.fromkeys(today, "") | dict(states)
        if other := {name: state for name, state in told.items() if state != today.get(name, "")}:
            news[key] = other
    return news


def at_the_same_site(entry: Entry, known: Known | None) -> bool:
    """Whether the list says the same place as it last did; our own table names its places, so there it is asked."""
    if known is None or entry.content.places:
        return False
    return [_address(each) for each in entry.sites] == [_address(each) for each in known.sites]


def _address(site: Site) -> Site:
    return replace(site, point=None, accessibility=(), number="")


def provider_to_take(entry: Entry, known: Known) -> str:
    """The name of another provider that the list says and that is taken, "" for none."""
    if known.returned or known.offer.state == Offer.State.ENDED:
        return ""
    return _provider(entry.provider, known, _protected(known))[0]


def _provider(now: str, known: Known, protected: Collection[Block]) -> tuple[str, str]:
    """The new provider to take, and one that is not taken because people say otherwise."""
    then, today = folded(known.provider), folded(str(known.offer.provider))
    if folded(now) in (then, today):
        return "", ""
    people_said = Block.REST in protected or (bool(then) and today != then)
    return ("", now) if people_said else (now, "")
