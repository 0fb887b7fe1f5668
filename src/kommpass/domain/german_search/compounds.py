"""Takes German compounds apart: Schwangerschaftsberatung is Schwangerschaft and Beratung; Transport is no Sport."""

import functools
import re
from dataclasses import dataclass

from kommpass.domain.german_search.lexicon import lexicon

SHORTEST = 6
SHORTEST_PART = 3
SHORTEST_UNKNOWN = 4
"""An unknown word before a free last part: Aquarell|kurs, but nothing from Dis|kurs."""
PREFIX = re.compile("(?:ge|be|ver|ent|zer)$")
"""Wasserge|wohnung: a first part that ends like this was cut in the wrong place."""
VOWEL = re.compile("[aeiouy]")
ENDING = re.compile("(?:lich|schaft|ung|heit|keit|chen|lein|isch|haft|sam|bar|los|schaften|ungen)(?:e[nmrs]?)?")
"""What follows a known word and is no word: Jugend|liche, Kind|heit, Bürger|schaft."""


@dataclass(frozen=True)
class Part:
    """A part of a compound. `last`: it says what the whole is (a Krabbelgruppe is a Gruppe)."""

    word: str
    last: bool
    known: bool = True


@functools.lru_cache(100_000)
def split(word: str) -> tuple[Part, ...]:
    """The parts of a folded compound, first to last; () for a word that is none or is one notion of its own.

    >>> [part.word for part in split("schwangerschaftsberatungen")], split("transport"), split("kindergarten")
    (['schwangerschaft', 'beratung'], (), ())
    """
    if len(word) < SHORTEST or word in lexicon().entries or not word.isalpha():
        return ()
    known = _known_parts(word)
    if known:
        return tuple(Part(part, last=at == len(known) - 1) for at, part in enumerate(known))
    return _before_free_last(word) or _after_free_first(word)


@functools.lru_cache(100_000)
def index_parts(word: str) -> tuple[Part, ...]:
    """All words under which a folded word is found besides itself: its parts, and the hints of the lexicon.

    >>> [part.word for part in index_parts("kindergartenplatz")], [part.word for part in index_parts("kindergeld")]
    (['kindergarten', 'platz'], ['geld'])
    """
    hints = lexicon().hints
    parts = split(word)
    names = [lexicon().entries.get(word, word), *(part.word for part in parts)]
    hinted = [hint for name in names for hint in hints.get(name, ())]
    found = {part.word: part for part in parts}
    return tuple((found | {hint: Part(hint, last=False) for hint in hinted if hint not in found}).values())


def _known_parts(word: str) -> tuple[str, ...]:
    """Both or all parts known, the longest first part first."""
    firsts, lasts = lexicon().firsts, lexicon().lasts
    for at in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        first = firsts.get(word[:at])
        if first is None:
            continue
        rest = word[at:]
        if last := lasts.get(rest):
            return (first, last)
        if len(rest) >= SHORTEST and (more := _known_parts(rest)):
            return (first, *more)
    return ()


def _before_free_last(word: str) -> tuple[Part, ...]:
    for at in range(SHORTEST_UNKNOWN, len(word) - SHORTEST_PART + 1):
        last = lexicon().free_lasts.get(word[at:])
        if last and VOWEL.search(word[:at]) and not PREFIX.search(word[:at]):
            return (Part(word[:at], last=False, known=False), Part(last, last=True))
    return ()


def _after_free_first(word: str) -> tuple[Part, ...]:
    for at in range(len(word) - SHORTEST_UNKNOWN, SHORTEST_PART - 1, -1):
        rest = word[at:]
        if word[:at] in lexicon().free_firsts and VOWEL.search(rest) and not ENDING.fullmatch(rest):
            return (Part(lexicon().firsts[word[:at]], last=False), Part(rest, last=True, known=False))
    return ()
