"""Brings a list that comes again together with what holds today: the list's news, and never over a person's word."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from kommpass.domain.offers.changes import Change, block_of, changes
from kommpass.domain.offers.content import OfferContent, Place
from kommpass.domain.offers.listing.entry import Entry, Site
from kommpass.domain.offers.verification import Block

FROM_LIST = "from_list"
ONE_AFTER_THE_OTHER = ("times", "times_typed", "times_text")
"""Fields that say the same in three ways: they are taken or kept together."""


@dataclass(frozen=True)
class Brought:
    """The document that holds from now on; `taken` are the list's changes, `kept` those that people's words outweigh
    (before: today's value, after: the list's)."""

    content: OfferContent
    taken: tuple[Change, ...]
    kept: tuple[Change, ...]


def bring_together(
    base: OfferContent, mine: OfferContent, theirs: OfferContent, protected: Collection[Block] = ()
) -> Brought:
    """Take what the list changed since it last came (`base` to `theirs`), except where a person's word stands.

    A person's word stands in blocks that somebody confirmed or changed since then (`protected`), and in fields that
    today say something else than the list ever did.

    >>> base = OfferContent(title="A", subtitle="x", cost="free")
    >>> met = bring_together(base, base.having(subtitle="y"), base.having(title="B", subtitle="z"))
    >>> met.content.title, met.content.subtitle, [each.field for each in met.kept]
    ('B', 'y', ['subtitle'])
    """
    news = [each for each in changes(base, theirs) if getattr(mine, each.field) != each.after]
    own = {each.field for each in changes(base, mine)}
    if own & set(ONE_AFTER_THE_OTHER):
        own |= set(ONE_AFTER_THE_OTHER)
    stays = {each.field for each in news if each.field in own or block_of(each.field) in protected}
    taken = [Change(each.field, each.label, getattr(mine, each.field), each.after) for each in news]
    taking = {each.field: each.after for each in taken if each.field not in stays}
    content = mine.having(**taking) if taking else mine
    return Brought(
        content,
        tuple(each for each in taken if each.field not in stays),
        tuple(each for each in taken if each.field in stays),
    )


def at_places(content: OfferContent, places: tuple[Place, ...], sites: tuple[Site, ...] = ()) -> OfferContent:
    """The document at these places; times that belonged to another place hold for all of them.

    `sites` are the same places as the list has them, whose times name them by its own numbers.
    """
    keys = {each.location: each.location for each in places}
    if len(sites) == len(places):
        keys |= {site.number: place.location for site, place in zip(sites, places, strict=True) if site.number}
    times = tuple(replace(each, location=keys.get(each.location, "")) for each in content.times)
    return content.having(places=places, times=times)


def told_only(theirs: OfferContent, base: OfferContent, told: Collection[str]) -> OfferContent:
    """The list's document where it says something, and `base` in all fields about which no column says anything.

    >>> met = told_only(OfferContent(title="B"), OfferContent(title="A", subtitle="x"), {"title"})
    >>> met.title, met.subtitle
    ('B', 'x')
    """
    silent = [each.name for each in fields(OfferContent) if each.name not in told]
    other = {name: then for name in silent if (then := getattr(base, name)) != getattr(theirs, name)}
    return theirs.having(**other) if other else theirs


def adopted(mine: OfferContent, theirs: OfferContent) -> OfferContent:
    """An offer that was there before the list: it gets what it did not know yet and keeps all it says.

    >>> adopted(OfferContent(title="Villa"), OfferContent(title="Kita Villa", url="https://villa.de")).url
    'https://villa.de'
    """
    empty = OfferContent()
    new = {
        each.name: getattr(theirs, each.name)
        for each in fields(OfferContent)
        if getattr(mine, each.name) == getattr(empty, each.name)
    }
    if mine.times or mine.times_text:
        new = {name: value for name, value in new.items() if name not in ONE_AFTER_THE_OTHER}
    if mine.cost != "unknown" or mine.costs:
        new = {name: value for name, value in new.items() if name not in ("cost", "costs")}
    return mine.having(**new)


def from_list(content: OfferContent, entry: Entry) -> dict[str, Any]:
    """What is kept of a row: its document with our place, and provider and site in the list's own words."""
    said: dict[str, Any] = {"provider": entry.provider, "site": entry.site.to_json() if entry.site else None}
    if entry.more:
        said["more"] = [each.to_json() for each in entry.more]
    return {**content.to_json(), FROM_LIST: said}


def document_then(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The document as the list last said it, as it is kept."""
    return {name: value for name, value in stored.items() if name != FROM_LIST}


def said_then(stored: Mapping[str, Any]) -> tuple[str, Site | None]:
    """Provider and first site as the list last said them."""
    said = stored.get(FROM_LIST) or {}
    site = said.get("site")
    return said.get("provider", ""), Site.from_json(site) if site else None


def more_sites_then(stored: Mapping[str, Any]) -> tuple[Site, ...]:
    """The further sites as the list last said them."""
    return tuple(Site.from_json(each) for each in (stored.get(FROM_LIST) or {}).get("more", ()))
