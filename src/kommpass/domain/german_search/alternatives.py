"""All ways in which the offers of a town may say a word: itself, synonyms, parts, compounds; each with its weight."""

from itertools import islice, product
from math import prod

from kommpass.domain.german_search.compounds import split
from kommpass.domain.german_search.folding import fold
from kommpass.domain.german_search.query import QueryWord
from kommpass.domain.german_search.relatives import relatives
from kommpass.domain.german_search.stems import stem
from kommpass.domain.german_search.synonyms import Stems, synonyms
from kommpass.domain.german_search.town_compounds import compounds_with, known_part, split_in_town
from kommpass.domain.german_search.typos import beside_known, guesses, is_known
from kommpass.domain.german_search.vocabulary import Vocabulary

IN_PARTS = 0.7
"""Säuglingsschwimmen found as „Schwimmen für Säuglinge“."""
WRITTEN_APART = 0.9
"""„Kinder Garten“ found as Kindergarten."""
IN_COMPOUND = 0.6
BEGINNING = 0.7
RELATED = 0.5
CORRECTED = 0.9

SHORTEST_BEGINNING = 3
MOST_BEGINNINGS = 40
FEW_BEGINNINGS = 3
"""So few words may be meant that each is searched as if it were typed to the end."""
MOST_OF_A_PART = 6
MOST_COMBINATIONS = 24

Weights = dict[Stems, float]
"""Stems that an offer must have all -> how much a hit counts (1: the word itself)."""


def merge(*several: Weights) -> Weights:
    """All of them; of two weights for the same stems the better one."""
    found: Weights = {}
    for weights in several:
        for words, weight in weights.items():
            found[words] = max(weight, found.get(words, 0.0))
    return found


def only_town(found: Weights, vocabulary: Vocabulary) -> Weights:
    """Those whose stems all occur in the town."""
    return {words: weight for words, weight in found.items() if all(word in vocabulary for word in words)}


def of_word(word: QueryWord, vocabulary: Vocabulary) -> Weights:
    """Everything a word finds that is spelt well."""
    parts = word.parts or _parts(word.folded, vocabulary)
    apart = combined(parts, vocabulary) if len(parts) > 1 else {}
    return merge(_itself((word.stem,), vocabulary), apart, _compounds(word.folded, vocabulary))


def of_expression(words: tuple[QueryWord, ...], vocabulary: Vocabulary) -> Weights:
    """What several words find that mean something together: Bildung und Teilhabe."""
    together = (stem(fold("".join(word.folded for word in words))),)
    whole = merge(_itself(tuple(word.stem for word in words), vocabulary), only_town({together: 1.0}, vocabulary))
    return whole or combined(tuple(word.folded for word in words), vocabulary)


def combined(parts: tuple[str, ...], vocabulary: Vocabulary) -> Weights:
    """Each part in one of its ways, all together; nothing if the town lacks a part altogether."""
    found: Weights = {}
    for choices in islice(product(*(_of_part(part, vocabulary).items() for part in parts)), MOST_COMBINATIONS):
        words = tuple(dict.fromkeys(word for stems, _weight in choices for word in stems))
        found[words] = max(found.get(words, 0.0), IN_PARTS * prod(weight for _stems, weight in choices))
    return found


def of_joined(words: tuple[QueryWord, ...], word: QueryWord, vocabulary: Vocabulary) -> Weights:
    """What the word finds joined with its neighbour before or behind, as the town may write them."""
    at = words.index(word)
    pairs = zip(words[max(at - 1, 0) : at + 1], words[max(at - 1, 0) + 1 : at + 2], strict=False)
    wholes = ((stem(fold(first.folded + second.folded)),) for first, second in pairs)
    found = merge(*(_itself(whole, vocabulary) for whole in wholes))
    return {words: weight * WRITTEN_APART for words, weight in found.items()}


def of_beginning(beginning: str, vocabulary: Vocabulary) -> Weights:
    """What a word finds that somebody may still be typing. A Ball is no beginning of a Ballett."""
    if len(beginning) < SHORTEST_BEGINNING or is_known(beginning):
        return {}
    surfaces = vocabulary.starting(beginning, MOST_BEGINNINGS)
    words = {word: surface for surface in reversed(surfaces) if (word := vocabulary.stem_of(surface))}
    if len(words) > FEW_BEGINNINGS:
        return {(word,): BEGINNING for word in words}
    found = merge(*(of_word(QueryWord(surface, surface), vocabulary) for surface in words.values()))
    return {stems: weight * BEGINNING for stems, weight in found.items()}


def of_relatives(word: str, vocabulary: Vocabulary) -> Weights:
    """Words of the same family, for one that finds nothing itself: sportlich, bastelt."""
    return {(found,): RELATED for found in relatives(word, vocabulary)}


def of_guesses(word: str, vocabulary: Vocabulary) -> tuple[Weights, str | None]:
    """What the likeliest words find that may be meant, and the first of them that finds anything."""
    found, meant = Weights(), None
    for guess in guesses(word, vocabulary):
        choices = of_word(QueryWord(guess, guess), vocabulary)
        found = merge(found, {words: weight * CORRECTED for words, weight in choices.items()})
        meant = meant or (guess if choices else None)
    return found, meant


def partly(word: QueryWord, vocabulary: Vocabulary) -> Stems:
    """What the town has of the parts of a compound that no offer has as a whole."""
    parts = word.parts or _parts(word.folded, vocabulary) or filter(None, (known_part(word.folded),))
    return tuple(stem(part) for part in parts if stem(part) in vocabulary)


def _itself(stems: Stems, vocabulary: Vocabulary) -> Weights:
    """A word or expression as it is, and by its synonyms."""
    return only_town({stems: 1.0} | synonyms(stems), vocabulary)


def _compounds(word: str, vocabulary: Vocabulary) -> Weights:
    return {(found,): IN_COMPOUND for found in compounds_with(word, vocabulary)}


def _parts(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The parts of a compound, as far as they are known words; by chance words only where no slip is likelier."""
    parts = split(word)
    if not all(part.known for part in parts) or not parts:
        return () if beside_known(word) else tuple(part.word for part in parts) or split_in_town(word, vocabulary)
    return tuple(part.word for part in parts)


def _of_part(part: str, vocabulary: Vocabulary) -> Weights:
    itself = _itself((stem(part),), vocabulary)
    found = itself if (stem(part),) in itself else merge(itself, _compounds(part, vocabulary))
    return dict(sorted(found.items(), key=lambda choice: (-choice[1], choice[0]))[:MOST_OF_A_PART])
