"""Puts the offers that a search found into their order: rare words count more, titles more than texts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kommpass.domain.german_search.expansion import Expansion, Term
from kommpass.domain.german_search.shelf import Scores, Shelf, best, having_all

PRESENT = 3.0
"""What it counts to have a word at all, beside where (0 to 1): in a text it comes before its synonym in a title."""
FAINT = 0.5
LEAST = 0.35
"""Behind those that have all words, offers far behind the best of the others are left out: they share little."""

MOST_BEHIND = 50
"""Whatever lies near, more of it than that behind the offers that have all words is no help."""


@dataclass(frozen=True)
class Ranking:
    """`hits`: (offer, score), best first. The first `complete` of them have all words of the search."""

    hits: list[tuple[int, float]]
    complete: int

    @property
    def fell_back(self) -> bool:
        """Whether no offer has all words, so that those with most of them came."""
        return bool(self.hits) and self.complete == 0


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
        return best(same, self.shelf.satisfying(self.shelf.telling(self.term.wider), PRESENT))


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
    full = having_all(required)
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
