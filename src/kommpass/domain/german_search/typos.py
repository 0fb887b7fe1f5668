"""What somebody may have meant who mistyped a word: the nearest good word, or a compound with one slip in a part."""

import functools
from dataclasses import dataclass

from rapidfuzz.distance import Prefix

from kommpass.domain.german_search.lexicon import lexicon
from kommpass.domain.german_search.sounds import sound
from kommpass.domain.german_search.stems import stem
from kommpass.domain.german_search.synonyms import known_words
from kommpass.domain.german_search.town_compounds import first_meant
from kommpass.domain.german_search.vocabulary import Vocabulary, by_length, by_sound, near, sounding

ONE_SLIP_FROM = 4
TWO_SLIPS_FROM = 8
"""Letters a word must have before one or two slips are forgiven: with fewer, any word is near any other."""
SAME_SOUND_FROM = 4
LIKE_SOUND_FROM = 6
SHORTEST_FIRST = 3
SHORTEST_STEM = 5
MOST_GUESSES = 3


@dataclass(frozen=True)
class Correction:
    """A word of the search that no offer has, and what was searched instead (for „Ergebnisse für …“)."""

    written: str
    meant: str


def guesses(word: str, vocabulary: Vocabulary) -> list[str]:
    """Folded words that may be meant, best first; [] when nothing is near or the word is a good one.

    Few slips before many, the same first letter before another, known words before names.

    >>> town = Vocabulary([("hebamm", "hebamme"), ("elt", "eltern")])
    >>> guesses("hebame", town), guesses("ebamme", town), guesses("eltren", town), guesses("hamburg", town)
    (['hebamme'], ['hebamme'], ['eltern'], [])
    """
    slips = _slips(word)
    if not slips or is_known(word) or any(letter.isdigit() for letter in word):
        return []
    found = _near(word, slips, vocabulary)
    if not found:
        return _compound_guesses(word, vocabulary) or _by_stem(word, vocabulary)
    fewest = min(found.values())
    first = {
        guess for guess in found if found[guess] == fewest and (guess[0] == word[0] or sound(guess) == sound(word))
    }

    def order(guess: str) -> tuple[bool, bool, int, int, str]:
        same = Prefix.similarity(guess, word)
        return (sound(guess) != sound(word), guess not in known(), -same, abs(len(guess) - len(word)), guess)

    return sorted(first or (guess for guess in found if found[guess] == fewest), key=order)[:MOST_GUESSES]


def _near(word: str, slips: int, vocabulary: Vocabulary) -> dict[str, int]:
    """Good words and how many slips lead to them; however many letters differ, the same sound is one slip."""
    found = dict(near(_known_shelves(), word, slips)) | dict(vocabulary.near(word, slips))
    if len(word) >= SAME_SOUND_FROM:
        found |= dict.fromkeys((*sounding(_known_sounds(), word, 0), *vocabulary.sounding(word)), 1)
    if not found and len(word) >= LIKE_SOUND_FROM:
        found = dict.fromkeys((*sounding(_known_sounds(), word, 1), *vocabulary.sounding(word, 1)), 2)
    return found


def is_known(word: str) -> bool:
    """Whether lexicon or synonyms have this folded word: nobody mistyped it, and nobody is still typing."""
    return word in known()


def is_known_form(word: str) -> bool:
    """Whether this is a known folded word with any ending."""
    return is_known(word) or stem(word) in _words_of_stems()


def spelled(guess: str, vocabulary: Vocabulary) -> str:
    """A folded guess with its umlauts, as far as the town, the synonyms or the lexicon know it.

    >>> spelled("sauglingsschwimmen", Vocabulary([])), spelled("mutter", Vocabulary([("mutt", "mütter")]))
    ('säuglingsschwimmen', 'mütter')
    """
    if vocabulary.stem_of(guess):
        return vocabulary.written(guess)
    if known := known_words().get(guess):
        return known
    firsts, lasts = lexicon().firsts, lexicon().lasts
    for at in range(len(guess), 0, -1):
        if guess[:at] in firsts and guess[at:] in lasts:
            return lexicon().spelled(guess[:at], firsts[guess[:at]]) + lexicon().spelled(guess[at:], lasts[guess[at:]])
    return lexicon().spelled(guess, lexicon().entries.get(guess, guess))


@functools.lru_cache(20_000)
def beside_known(word: str) -> bool:
    """Whether it is one slip away from a known word: Kindergarden is no garden for children, even if an offer has one.

    >>> beside_known("kindergarden"), beside_known("kindergarten"), beside_known("wohnungskundigung")
    (True, False, False)
    """
    own = stem(word)
    if is_known_form(word) or not _slips(word):
        return False
    return bool(near(_known_shelves(), word, 1) or (len(own) >= SHORTEST_STEM and near(_known_stems(), own, 1)))


def _slips(word: str) -> int:
    return (len(word) >= ONE_SLIP_FROM) + (len(word) >= TWO_SLIPS_FROM)


@functools.cache
def known() -> frozenset[str]:
    """All folded words of lexicon and groups."""
    return frozenset(lexicon().entries) | frozenset(known_words())


@functools.cache
def _known_shelves() -> dict[int, list[str]]:
    return by_length(sorted(known()))


@functools.cache
def _known_sounds() -> dict[str, list[str]]:
    return by_sound(sorted(known()))


@functools.cache
def _part_shelves() -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    return by_length(sorted(lexicon().firsts)), by_length(sorted(lexicon().lasts))


def _compound_guesses(word: str, vocabulary: Vocabulary) -> list[str]:
    """Schwim|kurs, Säuglings|schwimen: one part is known, the other one slip away from a known one."""
    firsts, lasts = _part_shelves()
    for at in range(len(word) - ONE_SLIP_FROM, SHORTEST_FIRST - 1, -1):
        first, last = word[:at], word[at:]
        if (
            at >= ONE_SLIP_FROM
            and len(last) > ONE_SLIP_FROM
            and first_meant(first, vocabulary)
            and (found := near(lasts, last, 1))
        ):
            return [first + found[0][0]]
        if last in lexicon().lasts and (guess := _first_guess(first, firsts)):
            return [guess + last]
    return []


def _first_guess(first: str, firsts: dict[int, list[str]]) -> str | None:
    """A first part one slip away; to three letters one may be missing: Ret|kurs."""
    found = [*near(firsts, first, 1), *(near(_known_shelves(), first, 1) if len(first) > ONE_SLIP_FROM else ())]
    return next((each for each, _slips in found if len(each) >= ONE_SLIP_FROM), None)


def _by_stem(word: str, vocabulary: Vocabulary) -> list[str]:
    """Bewe|ben: its stem is one slip away from that of Bewer|bung."""
    own = stem(word)
    if len(own) < SHORTEST_STEM:
        return []
    found = [each for each, _slips in near(_known_stems(), own, 1) if each[0] == own[0]]
    return [_words_of_stems()[each] for each in sorted(found, key=lambda each: each not in vocabulary)][:1]


@functools.cache
def _words_of_stems() -> dict[str, str]:
    """Stem -> the shortest known word with this stem. Endings need no look: they have the stem of their word."""
    words = {*lexicon().written, *known_words()}
    return {stem(word): word for word in sorted(words, key=lambda word: (-len(word), word))}


@functools.cache
def _known_stems() -> dict[int, list[str]]:
    return by_length(sorted(_words_of_stems()))
