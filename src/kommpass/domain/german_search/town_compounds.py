"""Compounds that only the town's own words explain: Quilten is in Parkquilten, a Wohnungsrenovierung a Renovierung."""

import functools

from kommpass.domain.german_search.compounds import ENDING, split
from kommpass.domain.german_search.lexicon import JOINTS, lexicon
from kommpass.domain.german_search.stems import stem
from kommpass.domain.german_search.synonyms import known_words
from kommpass.domain.german_search.vocabulary import Vocabulary

SHORTEST = 4
SHORTEST_NEIGHBOUR = 5
"""Letters that the rest must have to count as a word because some offer uses it: with fewer it is chance."""
SHORTEST_BEGINNING = 5
"""Letters of a word that stands at the beginning of others hardly by chance."""
SHORTEST_ALIKE = 7
FEW = 10
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


def beginning_with(word: str, vocabulary: Vocabulary) -> list[str]:
    """The stems of words that begin with this long one and go on with no mere ending: Praktikumssuche, Ballettsaal.

    >>> beginning_with("ballett", Vocabulary([("ballettsaal", "ballettsaal"), ("ballett", "balletts")]))
    ['ballettsaal']
    """
    root = stem(word) if word.startswith(stem(word)) else word
    if len(root) < SHORTEST_BEGINNING or not root.isalpha():
        return []
    longer = (each for each in vocabulary.starting(root, MOST) if len(each) >= len(root) + 4 and stem(each) != root)
    rests = ((each, each[len(root) :]) for each in longer if each not in lexicon().entries)
    return list(dict.fromkeys(vocabulary.stem_of(each) or each for each, rest in rests if not ENDING.fullmatch(rest)))


def alike(word: str, vocabulary: Vocabulary) -> list[str]:
    """The stems of words that share a long beginning with one that finds nothing else, those with the longest only.

    >>> alike("rechtschreibschwache", Vocabulary([("rechtschreibkur", "rechtschreibkurs"), ("recht", "recht")]))
    ['rechtschreibkur']
    """
    if not word.isalpha():
        return []
    for at in range(len(word) - 1, max(SHORTEST_ALIKE, (len(word) + 1) // 2) - 1, -1):
        if found := vocabulary.starting(word[:at], FEW):
            return list(dict.fromkeys(vocabulary.stem_of(each) or each for each in found))
    return []


def split_in_town(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The two words that lexicon and town know in a compound that the lexicon alone cannot take apart; else ().

    >>> split_in_town("wohnungsrenovierung", Vocabulary([("renovier", "renovierung")]))
    ('wohnung', 'renovierung')
    """
    return () if _settled(word) else two_in_town(word, vocabulary)


def two_in_town(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The same for any word; the longest first word counts."""
    if len(word) < SHORTEST + SHORTEST_NEIGHBOUR:
        return ()
    for at in range(len(word) - SHORTEST, SHORTEST - 2, -1):
        last = word[at:] in lexicon().lasts or _meant(word[at:], vocabulary)
        if last and (first := first_meant(word[:at], vocabulary)):
            return (first, word[at:])
    return ()


def known_ends(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The longest known words at both ends of one that nobody knows: better than nothing for Ehegezeter.

    >>> known_ends("ehegezeter", Vocabulary([])), known_ends("wichtelphysik", Vocabulary([("physik", "physik")]))
    (('ehe',), ('physik',))
    """
    if len(word) < SHORTEST_NEIGHBOUR + 3 or not word.isalpha() or _settled(word):
        return ()
    firsts = (_first_end(word, at, vocabulary) for at in range(len(word) - 3, 2, -1))
    lasts = (_last_end(word[at:], vocabulary) for at in range(3, len(word) - SHORTEST + 1))
    ends = (next(filter(None, firsts), None), next(filter(None, lasts), None))
    return tuple(dict.fromkeys(each for each in ends if each))


def _first_end(word: str, at: int, vocabulary: Vocabulary) -> str | None:
    if ENDING.fullmatch(word[at:]):
        return None
    return lexicon().firsts.get(word[:at]) or (word[:at] if _meant(word[:at], vocabulary) else None)


def _last_end(rest: str, vocabulary: Vocabulary) -> str | None:
    return lexicon().lasts.get(rest) or (rest if len(rest) > SHORTEST_NEIGHBOUR and _meant(rest, vocabulary) else None)


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


def first_meant(rest: str, vocabulary: Vocabulary) -> str | None:
    """The same of a search: words of the groups count as well."""
    before = (rest.removesuffix(joint) for joint in JOINTS if rest.endswith(joint))
    return lexicon().firsts.get(rest) or next((each for each in before if _meant(each, vocabulary)), None)


def _meant(word: str, vocabulary: Vocabulary) -> bool:
    """Whether town or groups have this word: Kräuter|beet, even if nobody in the town says Kräuter."""
    return _used(word, vocabulary) or (len(word) >= SHORTEST_NEIGHBOUR and word in known_words())


def _used(word: str, vocabulary: Vocabulary) -> bool:
    return len(word) >= SHORTEST_NEIGHBOUR and vocabulary.stem_of(word) is not None
