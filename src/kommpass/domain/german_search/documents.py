"""What the house writes down of an offer so that it can be found: its words, and how much each of them counts."""

import functools
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kommpass.domain.german_search.compounds import index_parts
from kommpass.domain.german_search.folding import fold
from kommpass.domain.german_search.lexicon import FILE as LEXICON
from kommpass.domain.german_search.lexicon import lexicon
from kommpass.domain.german_search.stems import LONGEST, stem
from kommpass.domain.german_search.tokens import tokens

WEIGHTS = {
    "title": 8,
    "subtitle": 5,
    "terms": 5,
    "provider": 3,
    "place": 3,
    "street": 3,
    "district": 3,
    "summary": 3,
    "text": 1,
}
"""The fields of an offer. `terms`: topics, target groups, life phases, kind of facility, with their synonyms."""

RULES = 1
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
    {'krabbelgrupp': 8, 'grupp': 5, 'mutt': 1, 'baby': 1, 'off': 1}
    >>> offer.surfaces["mütter"]
    'mutt'
    """
    weights: dict[str, int] = {}
    surfaces: dict[str, str] = {}
    for name, text in fields.items():
        best: dict[str, int] = {}
        for surface, share in _surfaces(text):
            word = surfaces.setdefault(surface, stem(fold(surface)))
            best[word] = max(best.get(word, 0), _weight(WEIGHTS[name], share))
        for word, weight in best.items():
            weights[word] = weights.get(word, 0) + weight
    return Document(weights, surfaces)


@functools.cache
def index_version() -> str:
    """Changes with the rules and the lexicon. Entries of another version must be written down anew."""
    return f"{RULES}-{hashlib.sha256(LEXICON.read_bytes()).hexdigest()[:12]}"


def _weight(field: int, share: float) -> int:
    """Half up, and never nothing: the word is there."""
    return max(1, int(field * share + 0.5))


def _surfaces(text: str) -> Iterator[tuple[str, float]]:
    """Each word of a text as written, its hyphenated parts and the parts of compounds, with their shares."""
    for token in tokens(text):
        yield token.written, 1.0
        yield from ((part, HYPHEN_PART) for part in token.parts)
        for form in token.parts or (token.written,):
            for part in index_parts(fold(form)):
                yield lexicon().written.get(part.word, part.word)[:LONGEST], LAST_PART if part.last else FIRST_PART
