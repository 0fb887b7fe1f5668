"""What the house writes down of an offer so that it can be found: its words, and how much each of them counts."""

import functools
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kommpass.domain.german_search.compounds import index_parts
from kommpass.domain.german_search.ellipses import completed
from kommpass.domain.german_search.folding import fold
from kommpass.domain.german_search.lexicon import FILE as LEXICON
from kommpass.domain.german_search.lexicon import lexicon
from kommpass.domain.german_search.stems import LONGEST, stem
from kommpass.domain.german_search.tokens import says_something, tokens

WEIGHTS = {
    "title": 32,
    "subtitle": 20,
    "terms": 20,
    "provider": 12,
    "place": 12,
    "street": 2,
    "district": 12,
    "summary": 12,
    "text": 4,
}
"""The fields of an offer. `terms`: topics, target groups, life phases, kind of facility, with their synonyms.

Streets count least: the Robert-Koch-Straße is where something is, and seldom what it is.
"""

NAMES = ("provider", "street")
"""Fields whose compounds are not taken apart: a Kita of the Eigenbetrieb is no Kita of a Betrieb."""

FOCUS = ((60, 1.0), (150, 0.9), (500, 0.75))
LEAST_FOCUS = 0.5
"""What a word counts in a text of at most so many letters, and in longer ones."""

RULES = 3
"""Counted up whenever folding, stems, parts or weights change: the offers are then written down anew."""

HYPHEN_PART = 0.8
LAST_PART = 0.7
FIRST_PART = 0.5
"""A Krabbelgruppe is a Gruppe; a Gruppenraum only has to do with one."""


@dataclass(frozen=True)
class Document:
    """`weights`: stem -> weight, one row each. `surfaces`: word as written, in lower case -> its stem.

    Neither stem nor surface has more than 60 letters.
    """

    weights: dict[str, int]
    surfaces: dict[str, str]


def document(fields: Mapping[str, str]) -> Document:
    """The words of an offer by the fields of `WEIGHTS`; a word in several fields counts in each, once.

    Parts of compounds are written down too, with less weight, so that a search is one look-up.
    A KeyError names a field that has no weight.

    >>> offer = document({"title": "Krabbelgruppe", "text": "Für Mütter mit Babys. Die Gruppe ist offen."})
    >>> offer.weights
    {'krabbelgrupp': 32, 'grupp': 20, 'mutt': 4, 'baby': 4, 'off': 4}
    >>> offer.surfaces["mütter"]
    'mutt'
    """
    weights: dict[str, int] = {}
    surfaces: dict[str, str] = {}
    for name, text in fields.items():
        best: dict[str, int] = {}
        weight = WEIGHTS[name] * _focus(text)
        for surface, share in _surfaces(text, whole=name in NAMES):
            word = surfaces.setdefault(surface, stem(fold(surface)))
            best[word] = max(best.get(word, 0), _weight(weight, share))
        for word, weight in best.items():
            weights[word] = weights.get(word, 0) + weight
    return Document(weights, surfaces)


@functools.cache
def index_version() -> str:
    """Changes with the rules and the lexicon. Entries of another version must be written down anew."""
    return f"{RULES}-{hashlib.sha256(LEXICON.read_bytes()).hexdigest()[:12]}"


def _focus(text: str) -> float:
    """A word among few says more than one among many; of long texts each word counts less."""
    letters = len(text)
    return next((share for most, share in FOCUS if letters <= most), LEAST_FOCUS)


def _weight(field: float, share: float) -> int:
    """Half up, and never nothing: the word is there."""
    return max(1, int(field * share + 0.5))


def _surfaces(text: str, *, whole: bool) -> Iterator[tuple[str, float]]:
    """Each word of a text as written, its hyphenated parts and the parts of compounds, with their shares."""
    for token in tokens(text):
        yield token.written, 1.0
        yield from ((part, HYPHEN_PART) for part in token.parts)
        for form in () if whole else token.parts or (token.written,):
            for part in index_parts(fold(form)):
                yield lexicon().written.get(part.word, part.word)[:LONGEST], LAST_PART if part.last else FIRST_PART
    if not whole:
        yield from ((word[:LONGEST], HYPHEN_PART) for word in completed(text) if says_something(word))
