"""Guesses which words of our lists a value of a foreign list means."""

import re
from functools import lru_cache

from kommpass.domain.likeness.wording import folded
from kommpass.domain.offers.listing.synonyms import PATTERNS
from kommpass.domain.offers.listing.targets import LISTS

ONE_WORD = {"facility"}
_SEPARATORS = re.compile(r"\s*[;|\n,]\s*")
_PATTERNS = {name: [(key, re.compile(pattern)) for key, pattern in rows] for name, rows in PATTERNS.items()}


@lru_cache(maxsize=20_000)
def guess_words(target: str, value: str) -> tuple[str, ...]:
    """The keys that a value means, () where nobody can tell. A facility is one, other lists may give several.

    >>> guess_words("facility", "Kindertagesstätten freie Wohlfahrtsverbände"), guess_words("topics", "Ausstellung")
    (('daycare_centre',), ('culture',))
    >>> guess_words("languages", "Englisch, Französisch"), guess_words("topics", "childcare")
    (('en', 'fr'), ('childcare',))
    """
    if exact := _exact(target, value):
        return exact
    if target in ONE_WORD:
        return _fitting(target, value)[:1]
    parts = split_items(value)
    found = [key for part in parts for key in _exact(target, part) or _fitting(target, part)]
    return tuple(dict.fromkeys(found))


def split_items(value: str) -> list[str]:
    """The single items of a cell: "Englisch, Französisch" are two."""
    return [part for part in _SEPARATORS.split(value) if part.strip()]


@lru_cache(maxsize=64)
def _names(target: str) -> dict[str, str]:
    words = LISTS[target].words
    return {folded(name): word.key for word in words for name in (word.label, word.key)}


def _exact(target: str, value: str) -> tuple[str, ...]:
    """Our own words, by label or by key; a label may hold commas, so the whole value is tried first."""
    plain = value.strip()
    if plain in LISTS[target].places:
        return (plain,)
    key = _names(target).get(folded(plain), "")
    return (key,) if key else ()


def _fitting(target: str, value: str) -> tuple[str, ...]:
    plain = folded(value)
    return tuple(key for key, pattern in _PATTERNS.get(target, ()) if pattern.search(plain))
