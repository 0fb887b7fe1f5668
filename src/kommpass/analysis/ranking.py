"""Puts the offers that a search found into their order: rare words count more, titles more than texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kommpass.analysis.word_scores import Posting, Scores, Way, WordScores

PRESENT = 3.0
"""What it counts to have a word at all, beside where (0 to 1): in a text it comes before its synonym in a title."""
FAINT = 0.5
LEAST = 0.35
"""Behind those that have all words, offers far behind the best of the others are left out: they share little."""

MOST_BEHIND = 50
"""Whatever lies near, more of it than that behind the offers that have all words is no help."""

NOT_FOUND = -np.inf


class Term(Protocol):
    """One word or expression of a search with the ways to satisfy it, and those that lie near."""

    @property
    def alternatives(self) -> Sequence[Way]: ...
    @property
    def wider(self) -> Sequence[Way]: ...
    @property
    def required(self) -> bool: ...


@dataclass(frozen=True)
class Ranking:
    """`scores` per offer, minus infinity where it was not found; `complete`: which of them have all words."""

    scores: Scores
    complete: NDArray[np.bool_]

    @property
    def fell_back(self) -> bool:
        """Whether no offer has all words, so that those with most of them came."""
        return not self.complete.any() and bool(np.isfinite(self.scores).any())

    @property
    def hits(self) -> list[tuple[int, float]]:
        """Rows and scores, best first; equal ones in the order of their rows."""
        rows = _best_first(self.scores)
        return list(zip(rows.tolist(), self.scores[rows].tolist(), strict=True))


@dataclass(frozen=True)
class Match:
    """A term and what the postings have for it."""

    term: Term
    words: WordScores

    @cached_property
    def factor(self) -> float:
        """What the term counts: its rarity, and less if it is a wish only."""
        having = self.words.having(self.term.alternatives or self.term.wider)
        return self.words.rarity(having) * (1.0 if self.term.required else FAINT)

    @cached_property
    def scores(self) -> Scores:
        return self._satisfying(PRESENT)

    @property
    def near(self) -> Scores:
        """What is worth showing where too few offers have the word itself; to have it at all counts as well."""
        same = self.scores if self.term.required else self._satisfying(0.0)
        return np.maximum(same, self.words.satisfying(self.term.wider, self.words.telling(self.term.wider)))

    def _satisfying(self, present: float) -> Scores:
        ways = self.term.alternatives
        return self.words.satisfying(ways, [each.weight for each in ways], present)


def rank(terms: Sequence[Term], postings: Mapping[str, Posting], total: int, *, enough: int = 1) -> Ranking:
    """The offers that have all words of the search; if fewer than `enough` do, then those with most words behind.

    `postings` has the words of the terms' ways, as far as any of the `total` offers has them.

    >>> from types import SimpleNamespace
    >>> way = SimpleNamespace(words=("kita",), weight=1.0)
    >>> kita = SimpleNamespace(alternatives=(way,), wider=(), required=True)
    >>> [row for row, _score in rank([kita], {"kita": Posting.of([1, 2], [4, 32])}, 10).hits]
    [2, 1]
    """
    words = WordScores(postings, total)
    matches = [Match(term, words) for term in terms]
    required = [match.scores > 0 for match in matches if match.term.required]
    if not required:
        return Ranking(np.full(total, NOT_FOUND), np.zeros(total, bool))
    complete = np.asarray(np.logical_and.reduce(required))
    scores = np.where(complete, _sum(matches, [match.scores for match in matches]), NOT_FOUND)
    number = int(np.count_nonzero(complete))
    if number < enough:
        behind = _with_most(matches, complete)
        kept = _best_first(behind)[: MOST_BEHIND if number else None]
        scores[kept] = _below(behind[kept], scores[complete].min() if number else None)
    return Ranking(scores, complete)


def _sum(matches: Sequence[Match], scores: Sequence[Scores]) -> Scores:
    parts = (match.factor * each for match, each in zip(matches, scores, strict=True))
    return np.asarray(sum(parts, np.zeros(matches[0].words.total)))


def _with_most(matches: Sequence[Match], without: NDArray[np.bool_]) -> Scores:
    """Every other offer with some of the words or what is near to them; without those far behind the best."""
    found = np.where(without, 0.0, _sum(matches, [match.near for match in matches]))
    return np.where((found > 0) & (found >= LEAST * found.max(initial=0.0)), found, NOT_FOUND)


def _below(scores: Scores, limit: float | None) -> Scores:
    """The scores in their order under this one, so that nobody who sorts by score mixes them."""
    if limit is None or not len(scores) or scores[0] < limit:
        return scores
    return np.asarray(scores * (0.99 * limit / scores[0]))


def _best_first(scores: Scores) -> NDArray[np.int64]:
    """The rows that were found."""
    rows = np.flatnonzero(np.isfinite(scores))
    return np.asarray(rows[np.argsort(-scores[rows], kind="stable")])
