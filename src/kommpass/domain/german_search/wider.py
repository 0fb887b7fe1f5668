"""What lies near to a word without being the same: shown behind the others where too few offers have the word."""

from kommpass.domain.german_search.alternatives import Weights, combined, merge, only_town
from kommpass.domain.german_search.compounds import split
from kommpass.domain.german_search.heads import says_only_the_form
from kommpass.domain.german_search.query import QueryWord
from kommpass.domain.german_search.relatives import relatives
from kommpass.domain.german_search.stems import stem
from kommpass.domain.german_search.synonyms import Stems, spelled, synonyms
from kommpass.domain.german_search.town_compounds import alike, beginning_with, known_ends
from kommpass.domain.german_search.vocabulary import Vocabulary

FAMILY = 0.45
FIRST_PART = 0.3
LAST_PART = 0.35
BEGINNING_WITH = 0.5
ALIKE = 0.25
SYNONYM_IN_PARTS = 0.5
SECOND_HAND = 0.6
"""A synonym of a synonym."""
MOST = 40


def of_word(word: QueryWord, parts: tuple[str, ...], vocabulary: Vocabulary) -> Weights:
    """Families, single parts of a compound, compounds of it, synonyms of synonyms; strongest first, not too many."""
    if word.faint:
        return {}
    found = merge(
        _family(word.folded, vocabulary),
        _single_parts(parts or known_ends(word.folded, vocabulary), vocabulary),
        {(each,): BEGINNING_WITH for each in beginning_with(word.folded, vocabulary)},
        of_synonyms((word.stem,), vocabulary),
    )
    return _strongest(found or {(each,): ALIKE for each in alike(word.folded, vocabulary)})


def of_expression(words: tuple[QueryWord, ...], vocabulary: Vocabulary) -> Weights:
    """Its words each alone, and synonyms of synonyms."""
    alone = only_town({(word.stem,): FIRST_PART for word in words if not word.faint}, vocabulary)
    return _strongest(merge(alone, of_synonyms(tuple(word.stem for word in words), vocabulary)))


def of_synonyms(expression: Stems, vocabulary: Vocabulary) -> Weights:
    """More general words; synonyms the town does not use, by their parts; and their synonyms in turn."""
    found = only_town(synonyms(expression), vocabulary)
    for other, weight in synonyms(expression).items():
        if only_town({other: 1.0}, vocabulary) == {}:
            found = merge(found, _times(_in_parts(other, vocabulary), weight * SYNONYM_IN_PARTS))
        found = merge(found, _times(only_town(synonyms(other), vocabulary), weight * SECOND_HAND))
    return found


def _family(word: str, vocabulary: Vocabulary) -> Weights:
    return {(each,): FAMILY for each in relatives(word, vocabulary)}


def _single_parts(parts: tuple[str, ...], vocabulary: Vocabulary) -> Weights:
    """Each part alone, with its synonyms; one that says only the form of a thing (Kurs) if there is no other."""
    found: Weights = {}
    telling = [part for part in parts if not says_only_the_form(part)]
    for part in telling or parts:
        own = LAST_PART if part == parts[-1] else FIRST_PART
        itself = only_town({(stem(part),): 1.0} | synonyms((stem(part),)), vocabulary)
        found = merge(found, _times(itself, own))
    return found


def _in_parts(expression: Stems, vocabulary: Vocabulary) -> Weights:
    words = spelled(expression)
    parts = tuple(part.word for word in words for part in split(word)) if len(words) == 1 else words
    return combined(parts, vocabulary) if len(parts) > 1 else {}


def _times(weights: Weights, factor: float) -> Weights:
    return {words: weight * factor for words, weight in weights.items()}


def _strongest(found: Weights) -> Weights:
    return dict(sorted(found.items(), key=lambda choice: (-choice[1], choice[0]))[:MOST])
