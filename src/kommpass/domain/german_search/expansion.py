"""Widens a search by what the offers of the town say: synonyms, compounds, beginnings, typos, each with a weight."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from kommpass.domain.german_search import alternatives, last_rung, wider
from kommpass.domain.german_search.alternatives import Weights
from kommpass.domain.german_search.folding import fold
from kommpass.domain.german_search.query import Query, QueryWord
from kommpass.domain.german_search.synonyms import Stems, longest_expression, synonyms
from kommpass.domain.german_search.typos import Correction, spelled
from kommpass.domain.german_search.vocabulary import Vocabulary


@dataclass(frozen=True)
class Alternative:
    """One way to satisfy a word of the search: an offer that has all these stems."""

    words: Stems
    weight: float


@dataclass(frozen=True)
class Term:
    """One word or expression of the search with all ways to satisfy it; without any, no offer can."""

    written: str
    alternatives: tuple[Alternative, ...]
    required: bool = True
    wider: tuple[Alternative, ...] = ()
    """What lies near, for pages that would else be short or empty."""


@dataclass(frozen=True)
class Expansion:
    """What to look up (`words`) and how to judge what comes back (`terms`, by `analysis.ranking.rank`)."""

    terms: tuple[Term, ...]
    corrections: tuple[Correction, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        """The stems whose entries are looked up, all at once."""
        return frozenset(chain(*(choice.words for term in self.terms for choice in term.alternatives)))

    @property
    def wider_words(self) -> frozenset[str]:
        """Those that are needed as well where too few offers have all words of the search."""
        return frozenset(chain(*(choice.words for term in self.terms for choice in term.wider))) - self.words

    @property
    def unknown(self) -> tuple[str, ...]:
        """Words of the search that no offer of the town has anything to do with."""
        return tuple(term.written for term in self.terms if term.required and not term.alternatives)


def expand(query: Query, vocabulary: Vocabulary) -> Expansion:
    """The search in the words of the town.

    >>> from kommpass.domain.german_search.query import parse
    >>> town = Vocabulary([("krabbelgrupp", "krabbelgruppe"), ("mutt", "mütter")])
    >>> [term.alternatives for term in expand(parse("PEKiP"), town).terms]
    [(Alternative(words=('krabbelgrupp',), weight=0.5),)]
    >>> expand(parse("Krabelgruppe"), town).corrections
    (Correction(written='krabelgruppe', meant='krabbelgruppe'),)
    """
    terms, corrections = _terms(query.words, vocabulary)
    if corrections and (words := _together_once_corrected(query.words, corrections)):
        terms, _again = _terms(words, vocabulary)
    return Expansion(_with_something_required(terms), tuple(corrections))


def _terms(words: tuple[QueryWord, ...], vocabulary: Vocabulary) -> tuple[list[Term], list[Correction]]:
    terms: list[Term] = []
    corrections: list[Correction] = []
    for group in _expressions(words):
        whole = [_expression(group, vocabulary)] if len(group) > 1 else []
        single = [] if whole and whole[0].alternatives else [_word(word, words, vocabulary) for word in group]
        if whole and not any(term.alternatives for term, _correction in single):
            terms += whole
            continue
        terms += [term for term, _correction in single]
        corrections += [correction for _term, correction in single if correction]
    return terms, corrections


def _together_once_corrected(words: tuple[QueryWord, ...], corrections: list[Correction]) -> tuple[QueryWord, ...]:
    """The words as they were meant, if they are a known expression now: Frühe Hilfn."""
    meant = {each.written: each.meant for each in corrections}
    guesses = {word: meant[word.written] for word in words if word.written in meant}
    right = tuple(QueryWord(guesses[word], fold(guesses[word])) if word in guesses else word for word in words)
    return right if len(list(_expressions(right))) < len(list(_expressions(words))) else ()


def _expressions(words: tuple[QueryWord, ...]) -> Iterator[tuple[QueryWord, ...]]:
    """The words in groups: those of a known expression together (Bildung und Teilhabe), all others alone."""
    at = 0
    while at < len(words):
        sizes = range(min(longest_expression(), len(words) - at), 1, -1)
        size = next((n for n in sizes if _means_something(words[at : at + n])), 1)
        yield words[at : at + size]
        at += size


def _means_something(words: tuple[QueryWord, ...]) -> bool:
    """Whether they are an expression of the groups, as they stand or written as one (Jugend Club)."""
    return bool(synonyms(tuple(word.stem for word in words)) or synonyms(alternatives.joined(words)))


def _expression(words: tuple[QueryWord, ...], vocabulary: Vocabulary) -> Term:
    found = alternatives.of_expression(words, vocabulary)
    near = wider.of_expression(words, vocabulary)
    return _term(" ".join(word.written for word in words), found, near, required=True)


def _word(word: QueryWord, words: tuple[QueryWord, ...], vocabulary: Vocabulary) -> tuple[Term, Correction | None]:
    """A word among the others. It is corrected only if neither itself, nor what it begins, nor its family is there."""
    found = alternatives.merge(alternatives.of_word(word, vocabulary), alternatives.of_joined(words, word, vocabulary))
    near = wider.of_word(word, alternatives.parts_of(word, vocabulary), vocabulary)
    mistyped = not word.faint and alternatives.looks_mistyped(word.folded, found)
    meant = None
    if not found and word is words[-1]:
        found = alternatives.of_beginning(word.folded, vocabulary)
    if not found and not word.faint:
        found = alternatives.of_relatives(word.folded, vocabulary)
    if mistyped or (not found and not word.faint):
        guessed, meant = alternatives.of_guesses(word.folded, vocabulary)
        found = alternatives.merge(found, guessed)
    if meant:
        guess = QueryWord(meant, meant)
        near = alternatives.merge(near, wider.of_word(guess, alternatives.parts_of(guess, vocabulary), vocabulary))
        word = replace(word, folded=meant, parts=()) if guess.faint else word
    if not word.faint and all(len(words) > 1 for words in (*found, *near)):
        near = alternatives.merge(near, last_rung.of_word(word, vocabulary))
    term = _term(word.written, found, near, required=not word.faint)
    return term, Correction(word.written, spelled(meant, vocabulary)) if meant else None


def _term(written: str, found: Weights, near: Weights, *, required: bool) -> Term:
    beside = {words: weight for words, weight in near.items() if words not in found}
    return Term(written, _ordered(found), required, _ordered(beside))


def _ordered(found: Weights) -> tuple[Alternative, ...]:
    ordered = sorted(found.items(), key=lambda choice: (-choice[1], choice[0]))
    return tuple(Alternative(words, round(weight, 3)) for words, weight in ordered)


def _with_something_required(terms: list[Term]) -> tuple[Term, ...]:
    """Faint words count only beside others: „kostenlos“ alone asks for just that."""
    if any(term.required for term in terms):
        return tuple(terms)
    return tuple(replace(term, required=True) for term in terms)
