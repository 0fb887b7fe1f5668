"""Where the words of a town's offers occur: read when somebody asks for a word, and kept as long as its columns."""

from collections.abc import Collection, Iterable
from itertools import groupby
from operator import itemgetter

import numpy as np

from kommpass.analysis.word_scores import NOWHERE, Posting
from kommpass.offers.models import SearchEntry

MOST_ENTRIES = 4_000_000
"""So many are kept of one town (24 MB); a town with 5,000 offers has half a million altogether."""


class Postings:
    """The postings of one town, in rows of `offers` (their keys in any order)."""

    def __init__(self, offers: np.ndarray) -> None:
        self._order = np.argsort(offers)
        self._sorted = offers[self._order]
        self._known: dict[str, Posting] = {}

    def of(self, words: Collection[str]) -> dict[str, Posting]:
        """One query if any of these words is not known yet. Words that no offer has are remembered as well."""
        missing = set(words).difference(self._known)
        if missing:
            self._known.update(dict.fromkeys(missing, NOWHERE))
            self._known.update(self._read(missing))
        found = {word: self._known[word] for word in words}
        self._forget_others(found)
        return found

    def _read(self, words: Collection[str]) -> Iterable[tuple[str, Posting]]:
        entries = SearchEntry.objects.filter(word__in=words).order_by("word").values_list("word", "offer_id", "weight")
        for word, group in groupby(entries.iterator(chunk_size=20_000), key=itemgetter(0)):
            _words, offers, weights = zip(*group, strict=True)
            yield word, self._posting(np.array(offers, dtype=np.int64), np.array(weights, dtype=np.int16))

    def _posting(self, offers: np.ndarray, weights: np.ndarray) -> Posting:
        """Without offers that are not on the shelf: they came after it."""
        if not len(self._sorted):
            return NOWHERE
        places = np.minimum(np.searchsorted(self._sorted, offers), len(self._sorted) - 1)
        there = self._sorted[places] == offers
        return Posting.of(self._order[places[there]], weights[there])

    def _forget_others(self, needed: Collection[str]) -> None:
        """The oldest first, while there are too many; never those that are needed now."""
        number = sum(len(each.rows) for each in self._known.values())
        for word in [each for each in self._known if each not in needed]:
            if number <= MOST_ENTRIES:
                return
            number -= len(self._known.pop(word).rows)
