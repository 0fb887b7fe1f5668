"""Reads what an offer costs from one column of words and from columns with single prices."""

import re
from collections.abc import Mapping

from kommpass.domain.offers.content import Cost
from kommpass.domain.offers.listing import cells
from kommpass.domain.offers.listing.accessibility import NO, YES, read_state
from kommpass.domain.offers.vocabularies import COSTS

COLUMNS = {
    "full_price": ("", ()),
    "reduced_price": ("ermäßigt", ()),
    "card_price": ("mit Familienkarte", ("card",)),
}
"""Target of a column with one price -> what the price is called, and with what one pays so much."""
_WORDS = {name: word.key for word in COSTS.words for name in (word.label, word.key)}
_REDUCED = re.compile(r"erm(?:äß|aess|äss)?(?:igt\w*|igung\w*)?\.?(?=\W|$)|reduziert|reduced|concession", re.IGNORECASE)
_AMOUNT = re.compile(r"\d{1,5}(?:[.,]\d{2})?(?=\s*(?:€|euro?\b|,-))|(?<=€)\s*\d{1,5}(?:[.,]\d{2})?", re.IGNORECASE)


def read_prices(said: Mapping[str, str]) -> tuple[str, tuple[Cost, ...], str, tuple[str, ...]]:
    """The word of our list, the prices, the note, and the texts that are no price.

    >>> read_prices({"cost": "5 €, ermäßigt 3,50 €"})[:2] == ("paid", (Cost("", "5.00"), Cost("ermäßigt", "3.50")))
    True
    >>> read_prices({"is_free": "nein", "full_price": "4"})[1], read_prices({"is_free": "ja"})[0]
    ((Cost(label='', amount='4.00', per='', reduced_by=()),), 'free')
    """
    written = said.get("cost", "")
    kind, prices, note = (_WORDS[written], (), "") if written in _WORDS else cells.read_cost(written)
    prices = prices or _two_prices(written)
    single, unread = _single_prices(said)
    prices = (*prices, *(each for each in single if each.amount not in {other.amount for other in prices}))
    paid = [each for each in prices if each.amount not in ("", "0.00")]
    if paid:
        return "paid", prices, note, unread
    free = read_state(said.get("is_free", "")) if said.get("is_free") else None
    if free in (YES, NO) and kind == "unknown":
        kind = "free" if free == YES else "paid"
    return ("free" if prices and kind == "unknown" else kind), (), note, unread


def _two_prices(text: str) -> tuple[Cost, ...]:
    """A price and a reduced one in one text: the reduced one stands behind its word, or right before it."""
    amounts = list(_AMOUNT.finditer(text))
    word = _REDUCED.search(text)
    if len(amounts) != 2 or word is None:
        return ()
    reduced = amounts[1] if amounts[1].start() > word.start() or word.start() - amounts[1].end() < 12 else amounts[0]
    if amounts[0].start() > word.start():
        reduced = amounts[0]
    usual = amounts[1] if reduced is amounts[0] else amounts[0]
    values = [_amount(each[0]) for each in (usual, reduced)]
    if float(values[1]) > float(values[0]):
        return ()
    return Cost(amount=values[0]), Cost("ermäßigt", values[1])


def _amount(text: str) -> str:
    return f"{float(text.strip().replace(',', '.')):.2f}"


def _single_prices(said: Mapping[str, str]) -> tuple[tuple[Cost, ...], tuple[str, ...]]:
    found, unread = [], []
    for target, (label, reduced_by) in COLUMNS.items():
        if text := said.get(target, ""):
            kind, prices, _note = cells.read_cost(text)
            if prices:
                found.append(Cost(label, prices[0].amount, "", reduced_by))
            elif kind == "free":
                found.append(Cost(label, "0.00", "", reduced_by))
            else:
                unread.append(text)
    return tuple(found), tuple(unread)
