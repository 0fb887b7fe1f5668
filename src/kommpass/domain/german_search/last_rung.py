"""What a word finds that nothing else explains, before a page stays empty: its wider field, or what looks like it."""

import functools
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import Indel

from kommpass.domain.german_search import alternatives, wider
from kommpass.domain.german_search.alternatives import Weights
from kommpass.domain.german_search.query import QueryWord
from kommpass.domain.german_search.stems import stem
from kommpass.domain.german_search.synonyms import Stems, neighbours
from kommpass.domain.german_search.typos import is_known_form, known
from kommpass.domain.german_search.vocabulary import Vocabulary

SHORTEST = 5
LEAST_ALIKE = 0.72
"""Share of letters in common, of both words together: „gekocrt“ and „gekocht“ have 0.86."""
SURE = 0.5
MOST = 3
LOOKED_AT = 12
STEP = 0.55
MOST_STEPS = 2


def of_word(word: QueryWord, vocabulary: Vocabulary) -> Weights:
    """For a known word what the groups lead to by and by; for any other what is most like it in its letters."""
    if not is_known_form(word.folded):
        return by_letters(word, vocabulary)
    found: Weights = {}
    for way in (word.stem, *map(stem, alternatives.parts_of(word, vocabulary))):
        found = alternatives.merge(found, by_groups((way,), vocabulary))
    parts: Weights = {(stem(part),): SURE * STEP for part in alternatives.parts_of(word, vocabulary)}
    return found or alternatives.only_town(parts, vocabulary)


def by_groups(expression: Stems, vocabulary: Vocabulary) -> Weights:
    """The nearest words of the town on the way from group to group, in both directions; {} after some steps.

    >>> by_groups(("wander",), Vocabulary([("ausflug", "ausflug")]))
    {('ausflug',): 0.275}
    """
    seen, here = {expression}, [expression]
    for step in range(1, MOST_STEPS + 1):
        here = list(dict.fromkeys(other for each in here for other in neighbours(each) if other not in seen))
        seen.update(here)
        single = [each for each in here if len(each) == 1]
        if found := alternatives.only_town(dict.fromkeys(single, round(STEP**step * SURE, 3)), vocabulary):
            return dict(list(found.items())[:LOOKED_AT])
    return {}


def by_letters(word: QueryWord, vocabulary: Vocabulary) -> Weights:
    """The few most similar words that find anything, less the less they are alike; {} for what resembles nothing.

    >>> by_letters(QueryWord("thetaer", "thetaer"), Vocabulary([("theat", "theater")]))
    {('theat',): 0.428...}
    >>> by_letters(QueryWord("qwertz", "qwertz"), Vocabulary([("theat", "theater")]))
    {}
    """
    if len(word.folded) < SHORTEST or not word.folded.isalpha():
        return {}
    alike = (
        (_all_of(QueryWord(guess, guess), vocabulary), likeness) for guess, likeness in _alike(word.folded, vocabulary)
    )
    found: Weights = {}
    for choices, likeness in islice((each for each in alike if each[0]), MOST):
        found = alternatives.merge(found, {words: weight * likeness * SURE for words, weight in choices.items()})
    return found


def _alike(word: str, vocabulary: Vocabulary) -> list[tuple[str, float]]:
    """Words of the town and of the groups, the most similar first."""
    several = (
        process.extract(word, words, scorer=Indel.normalized_similarity, score_cutoff=LEAST_ALIKE, limit=LOOKED_AT)
        for words in (vocabulary.surfaces, _known())
    )
    found = {str(guess): float(likeness) for each in several for guess, likeness, _place in each}
    return sorted(found.items(), key=lambda each: (-each[1], each[0]))[:LOOKED_AT]


@functools.cache
def _known() -> list[str]:
    return sorted(known())


def _all_of(word: QueryWord, vocabulary: Vocabulary) -> Weights:
    own = alternatives.of_word(word, vocabulary)
    return own or wider.of_word(word, alternatives.parts_of(word, vocabulary), vocabulary)
