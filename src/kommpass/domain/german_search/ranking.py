"""Puts the offers that a search found into their order: rare words count more, titles more than texts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from kommpass.domain.german_search.expansion import Expansion, Term

HALF = 4.0
"""The weight of an entry that earns half of what a word can earn: a title of 8 two thirds, a text of 1 a fifth."""
FAINT = 0.5
PARTLY = 0.5
"""What half a compound counts where no offer has all: Säuglings- without -schwimmen."""
LEAST = 0.35
"""Where no offer has all words, those far behind the best are left out: they share a common word only."""

Postings = dict[str, dict[int, int]]
Scores = dict[int, float]


@dataclass(frozen=True)
class Match:
    """A term, how rare it is, and the offers that satisfy it."""

    term: Term
    rarity: float
    scores: Scores


@dataclass(frozen=True)
class Ranking:
    """`hits`: (offer, score), best first. The first `complete` of them have all words of the search."""

    hits: list[tuple[int, float]]
    complete: int

    @property
    def fell_back(self) -> bool:
        """Whether no offer has all words, so that those with most of them came."""
        return bool(self.hits) and self.complete == 0


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
    >>> [offer for offer, _score in rank(search, [("kita", 1, 1), ("kita", 2, 8)], {"kita": 2}, 10).hits]
    [2, 1]
    """
    postings = _postings(entries)
    matches = [Match(term, _rarity(term, frequencies, total), _satisfied(term, postings)) for term in expansion.terms]
    required = sorted((match.scores for match in matches if match.term.required), key=len)
    if not required:
        return Ranking([], 0)
    full = _having_all(required)
    hits = _ordered(full, _sums(full, matches))
    if len(hits) >= enough:
        return Ranking(hits, len(hits))
    most = _with_most(matches, postings, without=frozenset(full))
    rest = _ordered(list(most), list(most.values()))
    return Ranking(hits + _below(rest, hits[-1][1] if hits else None), len(hits))


def _below(hits: list[tuple[int, float]], score: float | None) -> list[tuple[int, float]]:
    """The hits in their order with scores under this one, so that nobody who sorts by score mixes them."""
    if score is None or not hits or hits[0][1] < score:
        return hits
    factor = 0.99 * score / hits[0][1]
    return [(offer, each * factor) for offer, each in hits]


def _postings(entries: Iterable[tuple[str, int, int]]) -> Postings:
    """Stem -> offer -> weight. A broad search comes here with a row for every offer: nothing may be slow."""
    postings: Postings = defaultdict(dict)
    for word, offer, weight in entries:
        postings[word][offer] = weight
    return dict(postings)


def _rarity(term: Term, frequencies: Mapping[str, int], total: int) -> float:
    """How much a term tells offers apart: high for a word that few have (the idf of BM25)."""
    counts = (choice.weight * min(frequencies.get(word, 0) for word in choice.words) for choice in term.alternatives)
    having = min(sum(counts), total)
    return log(1 + (total - having + 0.5) / (having + 0.5))


def _satisfied(term: Term, postings: Postings) -> Scores:
    """Offers that satisfy the term, with the best of their ways: between 0 and 1."""
    found: Scores = {}
    for choice in term.alternatives:
        weights = _mean_weights([postings.get(word, {}) for word in choice.words])
        gains = {weight: choice.weight * weight / (weight + HALF) for weight in set(weights.values())}
        better = {offer: gains[weight] for offer, weight in weights.items()}
        found = _best(found, better) if found else better
    return found


def _best(found: Scores, better: Scores) -> Scores:
    for offer, score in better.items():
        if score > found.get(offer, 0.0):
            found[offer] = score
    return found


def _mean_weights(postings: list[dict[int, int]]) -> Mapping[int, float]:
    """Offers with all of some stems, and the mean weight of their entries."""
    if len(postings) == 1:
        return postings[0]
    return {offer: sum(posting[offer] for posting in postings) / len(postings) for offer in _having_all(postings)}


def _having_all(several: Sequence[Mapping[int, float]]) -> list[int]:
    smallest, *others = sorted(several, key=len)
    offers = list(smallest)
    for scores in others:
        offers = [offer for offer in offers if offer in scores]
    return offers


def _sums(offers: list[int], matches: list[Match]) -> list[float]:
    sums = [0.0] * len(offers)
    for match in matches:
        factor = match.rarity if match.term.required else match.rarity * FAINT
        scores = match.scores
        sums = [so_far + factor * scores.get(offer, 0.0) for so_far, offer in zip(sums, offers, strict=True)]
    return sums


def _with_most(matches: list[Match], postings: Postings, *, without: frozenset[int]) -> Scores:
    """Every other offer with some of the words: what it has, by rarity; without those far behind the best."""
    found: Scores = defaultdict(float)
    for match in matches:
        for offer, score in match.scores.items():
            found[offer] += match.rarity * ((1 if match.term.required else 0) + score)
        for offer, share in _parts_of_compounds(match.term, postings).items():
            if offer not in match.scores:
                found[offer] += match.rarity * share
    best = max(found.values(), default=0.0)
    return {offer: score for offer, score in found.items() if score >= LEAST * best and offer not in without}


def _parts_of_compounds(term: Term, postings: Postings) -> Scores:
    """Offers with a part of what an alternative demands together."""
    found: Scores = {}
    together = [(choice.words, choice.weight) for choice in term.alternatives if len(choice.words) > 1]
    for words, weight in (*together, (term.partly, 1.0)):
        here: Scores = defaultdict(float)
        for word in words:
            for offer in postings.get(word, {}):
                here[offer] += PARTLY * weight / len(words)
        found = _best(found, here)
    return found


def _ordered(offers: list[int], scores: list[float]) -> list[tuple[int, float]]:
    """Best first, then by number. Many offers share few scores, so sorting these is quicker than sorting offers."""
    shelves: dict[float, list[int]] = defaultdict(list)
    for offer, score in zip(offers, scores, strict=True):
        shelves[score].append(offer)
    return [(offer, score) for score in sorted(shelves, reverse=True) for offer in sorted(shelves[score])]
