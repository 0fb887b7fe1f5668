"""What differs between two documents of an offer, and which blocks of verification it touches."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any

from kommpass.domain.offers.content import OfferContent
from kommpass.domain.offers.verification import Block
from kommpass.domain.words import _

LABELS = {
    "title": _("Name"),
    "subtitle": _("Untertitel"),
    "summary": _("Kurz gesagt"),
    "text": _("Beschreibung"),
    "url": _("Internetseite"),
    "formats": _("Form"),
    "facility": _("Art der Einrichtung"),
    "min_months": _("Alter von"),
    "max_months": _("Alter bis"),
    "life_phases": _("Lebensphasen"),
    "topics": _("Themen"),
    "target_groups": _("Für wen"),
    "prevention": _("Präventionsebene"),
    "access": _("Zugang"),
    "registration": _("Anmeldung"),
    "registration_url": _("Anmeldung im Internet"),
    "documents": _("Was mitzubringen ist"),
    "cost": _("Kosten"),
    "costs": _("Preise"),
    "cost_note": _("Hinweis zu den Kosten"),
    "languages": _("Sprachen"),
    "interpreting": _("Sprachmittlung"),
    "places": _("Orte"),
    "times_typed": _("Zeiten, wie geschrieben"),
    "times": _("Zeiten"),
    "times_text": _("Zeiten in Worten"),
    "contacts": _("Kontakte"),
    "capacity": _("Plätze"),
    "runs_from": _("Beginn"),
    "runs_until": _("Ende"),
    "funding": _("Finanzierung"),
}
BLOCKS = {
    "times": Block.TIMES,
    "times_typed": Block.TIMES,
    "times_text": Block.TIMES,
    "runs_from": Block.TIMES,
    "runs_until": Block.TIMES,
    "contacts": Block.CONTACT,
    "url": Block.CONTACT,
    "registration": Block.CONTACT,
    "registration_url": Block.CONTACT,
    "places": Block.CONTACT,
    "cost": Block.COST,
    "costs": Block.COST,
    "cost_note": Block.COST,
    "capacity": Block.PLACES,
}


@dataclass(frozen=True)
class Change:
    """One field that differs, with its values before and after."""

    field: str
    label: str
    before: Any
    after: Any


def changes(before: OfferContent, after: OfferContent) -> list[Change]:
    """What differs, in the order of the document.

    >>> [each.field for each in changes(OfferContent(title="A"), OfferContent(title="B", cost="free"))]
    ['title', 'cost']
    """
    if before == after:  # nearly always, when a list comes again
        return []
    pairs = [(each.name, getattr(before, each.name), getattr(after, each.name)) for each in fields(OfferContent)]
    return [Change(name, LABELS[name], old, new) for name, old, new in pairs if old != new]


def block_of(name: str) -> Block:
    """The block in which a field is confirmed."""
    return BLOCKS.get(name, Block.REST)


def blocks_of(content: OfferContent) -> frozenset[Block]:
    """The blocks that this offer has at all: without a price list there is none to confirm."""
    has = {Block.REST, Block.CONTACT}
    if content.times or content.times_text:
        has.add(Block.TIMES)
    if content.costs or content.cost != "unknown":
        has.add(Block.COST)
    if content.capacity and content.capacity.available is not None:
        has.add(Block.PLACES)
    return frozenset(has)


def merged(mine: OfferContent, theirs: OfferContent, keep: Collection[Block]) -> OfferContent:
    """`mine` with everything from `theirs`, save the blocks to keep: what a provider confirmed later stays."""
    taken = {each.name: getattr(theirs, each.name) for each in fields(OfferContent) if block_of(each.name) not in keep}
    return mine.having(**taken)
