"""Widens a search by what the offers of the town say: synonyms, compounds, beginnings, typos, each with a weight."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from kommpass.domain.german_search import alternatives
from kommpass.domain.german_search.alternatives import Weights
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
    partly: Stems = ()
    """Without alternatives: stems of its parts, any of which is better than nothing."""


@dataclass(frozen=True)
class Expansion:
    """What to look up (`words`) and how to judge what comes back (`terms`, by `rank`)."""

    terms: tuple[Term, ...]
    corrections: tuple[Correction, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        """The stems whose entries the database is asked for, in one query."""
        choices = (choice.words for term in self.terms for choice in term.alternatives)
        return frozenset(chain(*choices, *(term.partly for term in self.terms)))

    @property
    def unknown(self) -> tuple[str, ...]:
        """Words of the search that no offer of the town has anything to do with."""
        return tuple(term.written for term in self.terms if term.required and not term.alternatives)


def expand(query: Query, vocabulary: Vocabulary) -> Expansion:
    """The search in the words of the town.

    >>> from kommpass.domain.german_search.query import parse
    >>> town = Vocabulary([("krabbelgrupp", "krabbelgruppe"), ("mutt", "mütter")])
    >>> [term.alternatives for term in expand(parse("PEKiP"), town).terms]
    [(Alternative(words=('krabbelgrupp',), weight=0.6),)]
    >>> expand(parse("Krabelgruppe"), town).corrections
    (Correction(written='krabelgruppe', meant='krabbelgruppe'),)
    """
    terms: list[Term] = []
    corrections: list[Correction] = []
    for words in _expressions(query.words):
        if len(words) > 1:
            terms.append(_expression(words, vocabulary))
        else:
            term, correction = _word(words[0], query.words, vocabulary)
            terms.append(term)
            corrections += [correction] if correction else []
    return Expansion(_with_something_required(terms), tuple(corrections))


def _expressions(words: tuple[QueryWord, ...]) -> Iterator[tuple[QueryWord, ...]]:
    """The words in groups: those of a known expression together (Bildung und Teilhabe), all others alone."""
    at = 0
    while at < len(words):
        sizes = range(min(longest_expression(), len(words) - at), 1, -1)
        size = next((n for n in sizes if synonyms(tuple(word.stem for word in words[at : at + n]))), 1)
        yield words[at : at + size]
        at += size


def _expression(words: tuple[QueryWord, ...], vocabulary: Vocabulary) -> Term:
    found = alternatives.of_expression(words, vocabulary)
    partly = () if found else tuple(word.stem for word in words if word.stem in vocabulary)
    return _term(" ".join(word.written for word in words), found, required=True, partly=partly)


def _word(word: QueryWord, words: tuple[QueryWord, ...], vocabulary: Vocabulary) -> tuple[Term, Correction | None]:
    """A word among the others. It is corrected only if neither itself, nor what it begins, nor its family is there."""
    found = alternatives.of_word(word, vocabulary)
    found = alternatives.merge(found, alternatives.of_joined(words, word, vocabulary))
    meant = None
    if not found and word is words[-1]:
        found = alternatives.of_beginning(word.folded, vocabulary)
    if not found and not word.faint:
        found = alternatives.of_relatives(word.folded, vocabulary)
    if not found and not word.faint:
        found, meant = alternatives.of_guesses(word.folded, vocabulary)
    partly = () if found else alternatives.partly(word, vocabulary)
    term = _term(word.written, found, required=not word.faint, partly=partly)
    return term, Correction(word.written, spelled(meant, vocabulary)) if meant else None


def _term(written: str, found: Weights, *, required: bool, partly: Stems) -> Term:
    ordered = sorted(found.items(), key=lambda choice: (-choice[1], choice[0]))
    return Term(written, tuple(Alternative(words, round(weight, 3)) for words, weight in ordered), required, partly)


def _with_something_required(terms: list[Term]) -> tuple[Term, ...]:
    """Faint words count only beside others: „kostenlos“ alone asks for just that."""
    if any(term.required for term in terms):
        return tuple(terms)
    return tuple(replace(term, required=True) for term in terms)
