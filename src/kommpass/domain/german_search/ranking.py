"""Puts the offers that a search found into their order: rare words count more, titles more than texts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import log

from kommpass.domain.german_search.expansion import Alternative, Expansion, Term

HALF = 16.0
"""The weight of an entry that earns half of what a word can earn: a title of 32 two thirds, a text of 4 a fifth."""
PRESENT = 3.0
"""What it counts to have a word at all, beside where (0 to 1): in a text it comes before its synonym in a title."""
FAINT = 0.5
LEAST = 0.35
"""Behind those that have all words, offers far behind the best of the others are left out: they share little."""

COMMON = 0.3
"""What a near word counts that nearly every offer has, beside the rarest one."""

BESIDE = 0.35
"""What each further way to satisfy a word adds to the best one: who has Kochen and Backen is meant rather than one."""

MOST_BEHIND = 50
"""Whatever lies near, more of it than that behind the offers that have all words is no help."""

Scores = dict[int, float]


@dataclass(frozen=True)
class Ranking:
    """`hits`: (offer, score), best first. The first `complete` of them have all words of the search."""

    hits: list[tuple[int, float]]
    complete: int

    @property
    def fell_back(self) -> bool:
        """Whether no offer has all words, so that those with most of them came."""
        return bool(self.hits) and self.complete == 0


class Shelf:
    """The entries that a search brought, and how rare each word is among all offers."""

    def __init__(self, entries: Iterable[tuple[str, int, int]], frequencies: Mapping[str, int], total: int) -> None:
        self._frequencies, self._total = frequencies, total
        self._postings: dict[str, dict[int, int]] = defaultdict(dict)
        for word, offer, weight in entries:
            self._postings[word][offer] = weight

    def having(self, choices: Sequence[Alternative]) -> float:
        """About how many offers satisfy one of these; each counts as much as it fits."""
        return sum(each.weight * min(self._frequencies.get(word, 0) for word in each.words) for each in choices)

    def rarity(self, having: float) -> float:
        """How much it tells offers apart: high for what few have (the idf of BM25)."""
        having = min(having, self._total)
        return log(1 + (self._total - having + 0.5) / (having + 0.5))

    def telling(self, choices: Sequence[Alternative]) -> list[Alternative]:
        """The same with less weight for what many offers have: of Feuer|platz, Feuer says what is meant."""
        rarities = [self.rarity(self.having([replace(each, weight=1.0)])) for each in choices]
        most = max(rarities, default=0.0) or 1.0
        shares = (COMMON + (1 - COMMON) * rarity / most for rarity in rarities)
        return [replace(each, weight=each.weight * share) for each, share in zip(choices, shares, strict=True)]

    def satisfying(self, choices: Sequence[Alternative], present: float = 0.0) -> Scores:
        """Offers that satisfy one of these, with the best of their ways: its weight times (present + 0 to 1)."""
        found: Scores = {}
        for each in choices:
            gains = self._gains(each.words)
            better = {offer: each.weight * (present + gain) for offer, gain in gains.items()}
            found = _together(found, better) if found else better
        return found

    def _gains(self, words: Sequence[str]) -> Mapping[int, float]:
        """Offers with all of some stems, and what their entries earn; of several words a rare one says more."""
        if len(words) == 1:
            return self._gains_of(words[0])
        several = [self._gains_of(word) for word in words]
        rarities = [self.rarity(self._frequencies.get(word, 0)) for word in words]
        whole = sum(rarities) or 1.0
        return {
            offer: sum(rarity * gains[offer] for rarity, gains in zip(rarities, several, strict=True)) / whole
            for offer in _having_all(several)
        }

    def _gains_of(self, word: str) -> Mapping[int, float]:
        weights = self._postings.get(word, {})
        gains = {weight: weight / (weight + HALF) for weight in set(weights.values())}
        return {offer: gains[weight] for offer, weight in weights.items()}


@dataclass(frozen=True)
class Match:
    """A term and what the shelf has for it."""

    term: Term
    shelf: Shelf

    @cached_property
    def factor(self) -> float:
        """What the term counts: its rarity, and less if it is a wish only."""
        having = self.shelf.having(self.term.alternatives or self.term.wider)
        return self.shelf.rarity(having) * (1.0 if self.term.required else FAINT)

    @cached_property
    def scores(self) -> Scores:
        return self.shelf.satisfying(self.term.alternatives, PRESENT)

    @cached_property
    def near(self) -> Scores:
        """What is worth showing where too few offers have the word itself; to have it at all counts as well."""
        same = self.shelf.satisfying(self.term.alternatives, PRESENT if self.term.required else 0.0)
        return _best(same, self.shelf.satisfying(self.shelf.telling(self.term.wider), PRESENT))


def rank(
    expansion: Expansion,
    entries: Iterable[tuple[str, int, int]],
    frequencies: Mapping[str, int],
    total: int,
    *,
    enough: int = 1,
) -> Ranking:
    """The offers that have all words of the search; if fewer than `enough` do, then those with most words behind.

    `entries` are rows (stem, offer, weight) for `expansion.words`, in any order, one for each stem and offer;
    `frequencies` says in how many of the `total` offers a stem occurs. Equal scores are ordered by the offer's number.

    >>> from kommpass.domain.german_search.expansion import Alternative
    >>> search = Expansion((Term("kita", (Alternative(("kita",), 1.0),)),))
    >>> [offer for offer, _score in rank(search, [("kita", 1, 4), ("kita", 2, 32)], {"kita": 2}, 10).hits]
    [2, 1]
    """
    shelf = Shelf(entries, frequencies, total)
    matches = [Match(term, shelf) for term in expansion.terms]
    required = [match.scores for match in matches if match.term.required]
    if not required:
        return Ranking([], 0)
    full = _having_all(required)
    hits = _ordered(full, _sums(full, matches))
    if len(hits) >= enough:
        return Ranking(hits, len(hits))
    most = _with_most(matches, without=frozenset(full))
    rest = _ordered(list(most), list(most.values()))[: MOST_BEHIND if hits else None]
    return Ranking(hits + _below(rest, hits[-1][1] if hits else None), len(hits))


def _below(hits: list[tuple[int, float]], score: float | None) -> list[tuple[int, float]]:
    """The hits in their order with scores under this one, so that nobody who sorts by score mixes them."""
    if score is None or not hits or hits[0][1] < score:
        return hits
    factor = 0.99 * score / hits[0][1]
    return [(offer, each * factor) for offer, each in hits]


def _best(found: Scores, better: Scores) -> Scores:
    for offer, score in better.items():
        if score > found.get(offer, 0.0):
            found[offer] = score
    return found


def _together(found: Scores, more: Scores) -> Scores:
    """The better of two ways, and a little for having both."""
    for offer, score in more.items():
        other = found.get(offer, 0.0)
        found[offer] = max(score, other) + BESIDE * min(score, other)
    return found


def _having_all(several: Sequence[Mapping[int, float]]) -> list[int]:
    smallest, *others = sorted(several, key=len)
    offers = list(smallest)
    for scores in others:
        offers = [offer for offer in offers if offer in scores]
    return offers


def _sums(offers: list[int], matches: list[Match]) -> list[float]:
    sums = [0.0] * len(offers)
    for match in matches:
        factor, scores = match.factor, match.scores
        sums = [so_far + factor * scores.get(offer, 0.0) for so_far, offer in zip(sums, offers, strict=True)]
    return sums


def _with_most(matches: list[Match], *, without: frozenset[int]) -> Scores:
    """Every other offer with some of the words or what is near to them; without those far behind the best."""
    found: Scores = defaultdict(float)
    for match in matches:
        factor = match.factor
        for offer, score in match.near.items():
            if offer not in without:
                found[offer] += factor * score
    least = LEAST * max(found.values(), default=0.0)
    return {offer: score for offer, score in found.items() if score >= least}


def _ordered(offers: list[int], scores: list[float]) -> list[tuple[int, float]]:
    """Best first, then by number. Many offers share few scores, so sorting these is quicker than sorting offers."""
    shelves: dict[float, list[int]] = defaultdict(list)
    for offer, score in zip(offers, scores, strict=True):
        shelves[score].append(offer)
    return [(offer, score) for score in sorted(shelves, reverse=True) for offer in sorted(shelves[score])]
