"""Where the words of a town's offers occur: read when somebody asks for a word, and kept as long as its columns."""

from collections.abc import Collection, Iterable
from itertools import groupby
from operator import itemgetter

import numpy as np

from kommpass.analysis.word_scores import NOWHERE, Posting
from kommpass.domain.memory import Memory
from kommpass.offers.models import SearchEntry

MOST_BYTES = 24 * 1024 * 1024
"""Of one town: four million entries. A town with 5,000 offers has half a million altogether."""


class Postings:
    """The postings of one town, in rows of `offers` (their keys in any order)."""

    def __init__(self, offers: np.ndarray) -> None:
        self._order = np.argsort(offers)
        self._sorted = offers[self._order]
        self._known: Memory[Posting] = Memory(MOST_BYTES)

    def of(self, words: Collection[str]) -> dict[str, Posting]:
        """One query if any of these words is not known yet. Words that no offer has are remembered as well."""
        found = {word: posting for word in words if (posting := self._known.get(word)) is not None}
        if missing := set(words).difference(found):
            read = dict.fromkeys(missing, NOWHERE) | dict(self._read(missing))
            for word, posting in read.items():
                self._known.keep(word, posting, posting.size)
            found |= read
        return found

    def _read(self, words: Collection[str]) -> Iterable[tuple[str, Posting]]:
        for word, group in groupby(self._entries(words), key=itemgetter(0)):
            _words, offers, weights = zip(*group, strict=True)
            yield word, self._posting(np.array(offers, dtype=np.int64), np.array(weights, dtype=np.int16))

    def _entries(self, words: Collection[str]) -> Iterable[tuple[str, int, int]]:
        """Word, offer and weight, word by word."""
        entries = SearchEntry.objects.filter(word__in=words).order_by("word")
        return entries.values_list("word", "offer_id", "weight").iterator(chunk_size=20_000)

    def _posting(self, offers: np.ndarray, weights: np.ndarray) -> Posting:
        """Without offers that are not on the shelf: they came after it."""
        if not len(self._sorted):
            return NOWHERE
        places = np.minimum(np.searchsorted(self._sorted, offers), len(self._sorted) - 1)
        there = self._sorted[places] == offers
        return Posting.of(self._order[places[there]], weights[there])
