"""What the words of a search are worth, offer by offer, on columns: rare words more, titles more than texts.

Offers are rows 0…n-1. A *posting* says in which of them a word occurs. Scores have the shape (n,), 0 for offers without
any of the words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

Rows = NDArray[np.int32]
Scores = NDArray[np.float64]

HALF = 16.0
"""The weight of an entry that earns half of what a word can earn: a title of 32 two thirds, a text of 4 a fifth."""

MOST_BESIDE = 1.0
"""All further ways together, as a share of the best one: many vague words are no clear one."""

COMMON = 0.3
"""What a near word counts that nearly every offer has, beside the rarest one."""

BESIDE = 0.45
"""What each further way to satisfy a word adds to the best one: who has Kochen and Backen is meant rather than one."""


AROUND_ARRAYS = 400
MOST_WEIGHT = 1_000
GAINS = np.arange(MOST_WEIGHT + 1) / (np.arange(MOST_WEIGHT + 1) + HALF)
"""What an entry of each weight earns."""

MANY = 8
"""A way that more than one of so many offers may satisfy is reckoned for all of them: that is quicker than by rows."""


class Way(Protocol):
    """One way to satisfy a word of the search: an offer that has all these stems."""

    @property
    def words(self) -> Sequence[str]: ...
    @property
    def weight(self) -> float: ...


@dataclass(frozen=True)
class Posting:
    """The rows that have a word, ascending, and what it weighs in each."""

    rows: Rows
    weights: NDArray[np.int16]

    @classmethod
    def of(cls, rows: ArrayLike, weights: ArrayLike) -> "Posting":
        """From both in any order, one weight for each row."""
        unordered = np.asarray(rows, dtype=np.int32)
        order = np.argsort(unordered)
        return cls(unordered[order], np.asarray(weights, dtype=np.int16)[order])

    @property
    def size(self) -> int:
        """Bytes in memory, about: also a word that nobody has takes some."""
        return self.rows.nbytes + self.weights.nbytes + AROUND_ARRAYS

    @property
    def gains(self) -> Scores:
        """What each row earns, from 0 to 1."""
        return np.take(GAINS, self.weights, mode="clip")


NOWHERE = Posting.of((), ())


class WordScores:
    """The postings that a search needs, among `total` offers."""

    def __init__(self, postings: Mapping[str, Posting], total: int) -> None:
        self._postings, self.total = postings, total
        self._spread: dict[str, NDArray[np.int16]] = {}

    def _having(self, way: Way) -> int:
        """At most so many offers satisfy this."""
        return min(len(self._postings.get(word, NOWHERE).rows) for word in way.words)

    def having(self, ways: Sequence[Way]) -> float:
        """About how many offers satisfy one of these; each counts as much as it fits."""
        return sum(each.weight * self._having(each) for each in ways)

    def rarity(self, having: float) -> float:
        """How much it tells offers apart: high for what few have (the idf of BM25)."""
        having = min(having, self.total)
        return log(1 + (self.total - having + 0.5) / (having + 0.5))

    def telling(self, ways: Sequence[Way]) -> list[float]:
        """The weights of these, less for what many offers have: of Feuer|platz, Feuer says what is meant."""
        rarities = [self.rarity(self._having(each)) for each in ways]
        most = max(rarities, default=0.0) or 1.0
        return [
            each.weight * (COMMON + (1 - COMMON) * rarity / most) for each, rarity in zip(ways, rarities, strict=True)
        ]

    def satisfying(self, ways: Sequence[Way], weights: Sequence[float], present: float = 0.0) -> Scores:
        """Scores of offers by these ways: weight times (present + 0 to 1) of the best, and some of the others."""
        best, together = np.zeros(self.total), np.zeros(self.total)
        for each, weight in zip(ways, weights, strict=True):
            if self._having(each) * MANY > self.total:
                scores = self._scores_of_all(each.words, weight, present)
                np.maximum(best, scores, out=best)
                together += scores
            else:
                rows, gains = self._gains(each.words)
                scores = weight * (present + gains)
                best[rows] = np.maximum(best[rows], scores)
                together[rows] += scores
        return best + BESIDE * np.minimum(together - best, MOST_BESIDE * best)

    def _gains(self, words: Sequence[str]) -> tuple[Rows, Scores]:
        """Rows with all of some stems, and what their entries earn; of several words a rare one says more."""
        several = [self._postings.get(word, NOWHERE) for word in words]
        rows = _in_all(several)
        parts = (
            share * (each.gains if len(each.rows) == len(rows) else each.gains[np.searchsorted(each.rows, rows)])
            for share, each in zip(self._shares(several), several, strict=True)
        )
        return rows, sum(parts, np.zeros(len(rows)))

    def _scores_of_all(self, words: Sequence[str], weight: float, present: float) -> Scores:
        """The same for every offer, 0 for those without all of the stems: quicker than by rows where many have them."""
        if len(words) == 1:
            worth = weight * (present + GAINS) * (GAINS > 0)
            return np.take(worth, self._weights_of_all(words[0]), mode="clip")
        several = [self._postings[word] for word in words]
        gains, having = np.zeros(self.total), np.ones(self.total, bool)
        for word, share in zip(words, self._shares(several), strict=True):
            weights = self._weights_of_all(word)
            gains += np.take(share * GAINS, weights, mode="clip")
            having &= weights > 0
        return np.asarray(weight * (present + gains) * having)

    def _weights_of_all(self, word: str) -> NDArray[np.int16]:
        """What a word weighs in every offer, 0 where it does not occur."""
        if word not in self._spread:
            self._spread[word] = np.zeros(self.total, np.int16)
            self._spread[word][self._postings[word].rows] = self._postings[word].weights
        return self._spread[word]

    def _shares(self, several: Sequence[Posting]) -> list[float]:
        """How much each of the words of a way says; together 1."""
        rarities = [self.rarity(len(each.rows)) for each in several]
        whole = sum(rarities) or 1.0
        return [rarity / whole for rarity in rarities]


def _in_all(several: Sequence[Posting]) -> Rows:
    """The rows of all postings, ascending; the shortest is asked about first."""
    smallest, *others = sorted(several, key=lambda each: len(each.rows))
    rows = smallest.rows
    for each in others:
        places = np.minimum(np.searchsorted(each.rows, rows), max(0, len(each.rows) - 1))
        rows = rows[each.rows[places] == rows] if len(each.rows) else each.rows
    return rows
