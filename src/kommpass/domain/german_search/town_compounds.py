"""Compounds that only the town's own words explain: Quilten is in Parkquilten, a Wohnungskündigung has a Kündigung."""

import functools

from kommpass.domain.german_search.compounds import ENDING, split
from kommpass.domain.german_search.lexicon import JOINTS, lexicon
from kommpass.domain.german_search.stems import stem
from kommpass.domain.german_search.vocabulary import Vocabulary

SHORTEST = 4
SHORTEST_NEIGHBOUR = 5
"""Letters that the rest must have to count as a word because some offer uses it: with fewer it is chance."""
MOST = 400
LONGEST_ENDING = 5


def compounds_with(word: str, vocabulary: Vocabulary) -> list[str]:
    """The stems of the town's compounds of which this folded word is the first or last part.

    What the lexicon can take apart was taken apart when the offer was written down; this looks at the rest.

    >>> town = Vocabulary([("stadtparkquilt", "stadtparkquilten"), ("transport", "transport")])
    >>> compounds_with("quilten", town), compounds_with("sport", town)
    (['stadtparkquilt'], [])
    """
    piece = stem(word) if word.startswith(stem(word)) else word
    if len(piece) < SHORTEST or not piece.isalpha():
        return []
    found = (_compound(piece, word, surface, vocabulary) for surface in vocabulary.containing(piece, MOST))
    return list(dict.fromkeys(stem for stem in found if stem))


def split_in_town(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The two words that lexicon and town know in a compound that the lexicon alone cannot take apart; else ().

    >>> split_in_town("wohnungskundigung", Vocabulary([("kundig", "kundigung")]))
    ('wohnung', 'kundigung')
    """
    if len(word) < SHORTEST + SHORTEST_NEIGHBOUR or _settled(word):
        return ()
    for at in range(len(word) - SHORTEST, SHORTEST - 2, -1):
        last = word[at:] in lexicon().lasts or _used(word[at:], vocabulary)
        if last and (first := _first_word(word[:at], vocabulary)):
            return (first, word[at:])
    return ()


def known_part(word: str) -> str | None:
    """The longest first part the lexicon knows, whatever follows: better than nothing for Eheprobleme."""
    for at in range(len(word) - SHORTEST, 2, -1):
        if word[:at] in lexicon().firsts and not ENDING.fullmatch(word[at:]) and not _settled(word):
            return lexicon().firsts[word[:at]]
    return None


def _compound(piece: str, word: str, surface: str, vocabulary: Vocabulary) -> str | None:
    """The stem of the surface, if the word is its last part after a word, or its first part before one."""
    if len(surface) < len(piece) + 3 or surface == word or _settled(surface):
        return None
    if surface.startswith(piece) and _is_word(surface[len(piece) :], vocabulary):
        return vocabulary.stem_of(surface)
    at = surface.rfind(piece)
    ending = surface[at + len(piece) :]
    if at > 0 and len(ending) <= LONGEST_ENDING and _first_word(surface[:at], vocabulary):
        return vocabulary.stem_of(surface) if stem(piece + ending) == stem(word) else None
    return None


@functools.lru_cache(100_000)
def _settled(surface: str) -> bool:
    """Whether the lexicon has its say: an entry, or a compound it takes apart."""
    return surface in lexicon().entries or bool(split(surface))


def _is_word(rest: str, vocabulary: Vocabulary) -> bool:
    """Whether this is a word behind a joint: |park, s|park."""
    after = (rest[len(joint) :] for joint in JOINTS if rest.startswith(joint))
    return any(each in lexicon().lasts or _used(each, vocabulary) for each in after)


def _first_word(rest: str, vocabulary: Vocabulary) -> str | None:
    """The word before a joint, if it is one: baby|, aquarell|, achtsamkeit|s."""
    before = (rest.removesuffix(joint) for joint in JOINTS if rest.endswith(joint))
    return lexicon().firsts.get(rest) or next((each for each in before if _used(each, vocabulary)), None)


def _used(word: str, vocabulary: Vocabulary) -> bool:
    return len(word) >= SHORTEST_NEIGHBOUR and vocabulary.stem_of(word) is not None
