"""How long a piece of an offer counts as true: each block has its own interval, and what is older says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kommpass.domain.words import _


class Block(StrEnum):
    """What is confirmed together (Prüfblock)."""

    TIMES = "times"
    CONTACT = "contact"
    COST = "cost"
    PLACES = "places"
    REST = "rest"

    @property
    def label(self) -> str:
        return BLOCK_LABELS[self]


BLOCK_LABELS = {
    Block.TIMES: _("Zeiten"),
    Block.CONTACT: _("Kontakt"),
    Block.COST: _("Kosten"),
    Block.PLACES: _("Freie Plätze"),
    Block.REST: _("Beschreibung"),
}
DAYS = {Block.TIMES: 91, Block.CONTACT: 182, Block.COST: 182, Block.PLACES: 14, Block.REST: 365}
"""Days for which a confirmation holds: three months, six, six, two weeks, twelve months."""

ASKED_BEFORE = timedelta(days=14)
FIRST_REMINDER, SECOND_REMINDER = timedelta(days=0), timedelta(days=21)
TO_FAMILY_OFFICE = timedelta(days=35)
SHOWN_AS_OLD = timedelta(days=60)
OUT_OF_SEARCH = timedelta(days=180)


class Freshness(StrEnum):
    """What everybody may know of how true an offer still is."""

    CONFIRMED = "confirmed"
    DUE = "due"
    OLD = "old"
    VERY_OLD = "very_old"
    NEVER = "never"

    @property
    def label(self) -> str:
        return FRESHNESS_LABELS[self]


FRESHNESS_LABELS = {
    Freshness.CONFIRMED: _("bestätigt"),
    Freshness.DUE: _("Bestätigung steht an"),
    Freshness.OLD: _("länger nicht bestätigt"),
    Freshness.VERY_OLD: _("sehr lange nicht bestätigt"),
    Freshness.NEVER: _("noch nie bestätigt"),
}


class Step(StrEnum):
    """What the house does about an offer whose confirmation is due."""

    NOTHING = "nothing"
    ASK = "ask"
    REMIND = "remind"
    REMIND_AGAIN = "remind_again"
    CALL = "call"


@dataclass(frozen=True)
class Standing:
    """Where an offer stands: the block that is due first, since or until when, and what follows from it."""

    due_on: date
    block: Block
    freshness: Freshness
    step: Step


def due_on(block: Block, confirmed_on: date) -> date:
    """The first day on which the block is to be confirmed again.

    >>> due_on(Block.TIMES, date(2026, 1, 1)).isoformat()
    '2026-04-02'
    """
    return confirmed_on + timedelta(days=DAYS[block])


def standing(confirmed: Mapping[Block, date | None], blocks: frozenset[Block], today: date, since: date) -> Standing:
    """Judge an offer with these blocks. What nobody ever confirmed counts from `since`, the day it was written down.

    Free places run out by themselves (they are hidden after two weeks), so they never make the whole offer old.

    >>> standing({Block.REST: date(2026, 1, 1)}, frozenset({Block.REST}), date(2027, 3, 15), date(2026, 1, 1)).freshness
    <Freshness.OLD: 'old'>
    """
    asked = blocks - {Block.PLACES} or frozenset({Block.REST})
    never = [block for block in asked if confirmed.get(block) is None]
    days = {block: due_on(block, on) if (on := confirmed.get(block)) else since for block in asked}
    first = min(sorted(asked), key=lambda block: days[block])
    late = today - days[first]
    return Standing(days[first], first, _freshness(late, bool(never)), _step(late))


def _freshness(late: timedelta, never: bool) -> Freshness:
    if late >= OUT_OF_SEARCH:
        return Freshness.VERY_OLD
    if never:
        return Freshness.NEVER
    if late >= SHOWN_AS_OLD:
        return Freshness.OLD
    return Freshness.DUE if late >= timedelta(0) else Freshness.CONFIRMED


def _step(late: timedelta) -> Step:
    if late >= TO_FAMILY_OFFICE:
        return Step.CALL
    if late >= SECOND_REMINDER:
        return Step.REMIND_AGAIN
    if late >= FIRST_REMINDER:
        return Step.REMIND
    return Step.ASK if late >= -ASKED_BEFORE else Step.NOTHING


def places_hold(as_of: date, today: date) -> bool:
    """Is a number of free places young enough to be shown?"""
    return timedelta(0) <= today - as_of < timedelta(days=DAYS[Block.PLACES])
