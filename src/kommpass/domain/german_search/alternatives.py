"""All ways in which the offers of a town may say a word: itself, synonyms, parts, compounds; each with its weight."""

import re
from itertools import islice, product
from math import prod

from kommpass.domain.german_search.compounds import split
from kommpass.domain.german_search.folding import fold
from kommpass.domain.german_search.heads import says_only_the_form
from kommpass.domain.german_search.lexicon import lexicon
from kommpass.domain.german_search.query import QueryWord
from kommpass.domain.german_search.relatives import relatives, same_verb
from kommpass.domain.german_search.stems import stem
from kommpass.domain.german_search.synonyms import GENERAL, Stems, compounds_of, spelled, synonyms
from kommpass.domain.german_search.town_compounds import compounds_with, split_in_town, two_in_town
from kommpass.domain.german_search.typos import beside_known, guesses, is_known
from kommpass.domain.german_search.vocabulary import Vocabulary

IN_PARTS = 0.6
"""Säuglingsschwimmen found as „Schwimmen für Säuglinge“."""
WRITTEN_APART = 0.9
"""„Kinder Garten“ found as Kindergarten."""
IN_COMPOUND = 0.6
IN_STREET = 0.2
STREET = re.compile("(?:strass|weg|alle|gass|damm|ufer|chausse)$")
"""The stem of a street: who asks for Streit does not ask for the Streitstraße."""
WITHOUT_THE_FORM = 0.4
SAME_VERB = 0.75
BEGINNING = 0.7
RELATED = 0.5
CORRECTED = 0.9
LESS_LIKELY = 0.7
"""What the second guess counts beside the first, and the third beside the second."""
SHORTEST_MISTYPED = 7

SHORTEST_BEGINNING = 3
MOST_BEGINNINGS = 40
FEW_BEGINNINGS = 3
"""So few words may be meant that each is searched as if it were typed to the end."""
MOST_OF_A_PART = 8
MOST_COMBINATIONS = 48

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
    parts = parts_of(word, vocabulary)
    apart = combined(parts, vocabulary) if len(parts) > 1 else {}
    return merge(
        _itself((word.stem,), vocabulary),
        apart,
        _without_the_form(parts, vocabulary),
        _by_parts(parts, vocabulary),
        _compounds(word.folded, vocabulary),
        {(verb,): SAME_VERB for verb in same_verb(word.folded, vocabulary)},
    )


def of_expression(words: tuple[QueryWord, ...], vocabulary: Vocabulary) -> Weights:
    """What several words find that mean something together: Bildung und Teilhabe."""
    whole = merge(
        _itself(tuple(word.stem for word in words), vocabulary),
        _itself(joined(words), vocabulary),
    )
    return merge(whole, combined(tuple(word.folded for word in words), vocabulary))


def joined(words: tuple[QueryWord, ...]) -> Stems:
    """The stem of the words written as one."""
    return (stem(fold("".join(word.folded for word in words))),)


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
    return only_town({joined(pair): WRITTEN_APART for pair in pairs}, vocabulary)


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
    found, meant, factor = Weights(), None, CORRECTED
    for guess in guesses(word, vocabulary):
        choices = of_word(QueryWord(guess, guess), vocabulary)
        found = merge(found, {words: weight * factor for words, weight in choices.items()})
        if choices:
            meant, factor = meant or guess, factor * LESS_LIKELY
    return found, meant


def looks_mistyped(word: str, found: Weights) -> bool:
    """Whether a long word is one slip away from a known one, and is in the town at most by its parts.

    „Walddorfkindergarten“ has a Wald and a Dorf, and is none of both.
    """
    itself = max(found.values(), default=0.0) > SAME_VERB
    return not itself and len(word) >= SHORTEST_MISTYPED and beside_known(word)


def parts_of(word: QueryWord, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The folded parts of a hyphenated word or compound; () for one that has none."""
    return word.parts or _parts(word.folded, vocabulary)


def _itself(stems: Stems, vocabulary: Vocabulary) -> Weights:
    """A word or expression as it is, and by its synonyms (one that stands in compounds only, by these); by the more
    general word only where none of these is."""
    ways = {stems: 1.0} | synonyms(stems)
    near = {words: weight for words, weight in ways.items() if weight > GENERAL}
    return _there_or_inside(stems, near, vocabulary) or only_town(ways, vocabulary)


def _there_or_inside(stems: Stems, near: Weights, vocabulary: Vocabulary) -> Weights:
    there = only_town(near, vocabulary)
    absent = {words: weight for words, weight in near.items() if words not in there and words != stems}
    single = [(spelled(words), weight) for words, weight in absent.items() if len(words) == 1]
    inside = ((_compounds(words[0], vocabulary), weight) for words, weight in single if len(words) == 1)
    return merge(there, *({each: weight * found for each, found in within.items()} for within, weight in inside))


def _without_the_form(parts: tuple[str, ...], vocabulary: Vocabulary) -> Weights:
    """Kochkurs: who cooks is right even without a Kurs."""
    if len(parts) < 2 or not says_only_the_form(parts[-1]) or says_only_the_form(parts[0]):
        return {}
    what = parts[:-1]
    found = combined(what, vocabulary) if len(what) > 1 else _itself((stem(what[0]),), vocabulary)
    return {words: weight * WITHOUT_THE_FORM for words, weight in found.items()}


def _by_parts(parts: tuple[str, ...], vocabulary: Vocabulary) -> Weights:
    """What the groups say of a compound whose parts mean the same: Rentnertreff is a Seniorentreff."""
    if len(parts) != 2:
        return {}
    found: Weights = {}
    choices = [{(stem(part),): 1.0} | synonyms((stem(part),)) for part in parts]
    for (first, one), (last, other) in product(*(each.items() for each in choices)):
        for same in compounds_of(first + last):
            weight = IN_PARTS * one * other
            found = merge(found, {words: weight * each for words, each in _itself(same, vocabulary).items()})
    return found


def _compounds(word: str, vocabulary: Vocabulary) -> Weights:
    found = compounds_with(word, vocabulary)
    return {(each,): IN_STREET if STREET.search(each) else IN_COMPOUND for each in found}


def _parts(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The parts of a compound, as far as they are known words; by chance words only where no slip is likelier."""
    parts = split(word)
    if not parts and len(hints := lexicon().hints.get(lexicon().entries.get(word, word), ())) > 1:
        return hints
    if not all(part.known for part in parts) or not parts:
        return () if beside_known(word) else split_in_town(word, vocabulary) or tuple(part.word for part in parts)
    return _joined_again(word, tuple(part.word for part in parts), vocabulary)


def _joined_again(word: str, parts: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Of three parts two may be one thing that people have a word for: Maschinenbau|studium."""
    return (two_in_town(word, vocabulary) if len(parts) > 2 else ()) or parts


def _of_part(part: str, vocabulary: Vocabulary) -> Weights:
    itself = _itself((stem(part),), vocabulary)
    found = itself if (stem(part),) in itself else merge(itself, _compounds(part, vocabulary))
    return dict(sorted(found.items(), key=lambda choice: (-choice[1], choice[0]))[:MOST_OF_A_PART])
