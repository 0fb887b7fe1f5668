"""The entries that a search brought and what they are worth: rare words more than others, titles more than texts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import log

from kommpass.domain.german_search.expansion import Alternative

HALF = 16.0
"""The weight of an entry that earns half of what a word can earn: a title of 32 two thirds, a text of 4 a fifth."""

MOST_BESIDE = 1.0
"""All further ways together, as a share of the best one: many vague words are no clear one."""

COMMON = 0.3
"""What a near word counts that nearly every offer has, beside the rarest one."""

BESIDE = 0.45
"""What each further way to satisfy a word adds to the best one: who has Kochen and Backen is meant rather than one."""


Scores = dict[int, float]


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
        """Offers that satisfy one of these: weight times (present + 0 to 1) of the best way, and some of the others."""
        found: Scores = {}
        beside: Scores = defaultdict(float)
        for each in choices:
            for offer, gain in self._gains(each.words).items():
                score, so_far = each.weight * (present + gain), found.get(offer, 0.0)
                found[offer] = max(score, so_far)
                beside[offer] += min(score, so_far)
        return {offer: score + BESIDE * min(beside[offer], MOST_BESIDE * score) for offer, score in found.items()}

    def _gains(self, words: Sequence[str]) -> Mapping[int, float]:
        """Offers with all of some stems, and what their entries earn; of several words a rare one says more."""
        if len(words) == 1:
            return self._gains_of(words[0])
        several = [self._gains_of(word) for word in words]
        rarities = [self.rarity(self._frequencies.get(word, 0)) for word in words]
        whole = sum(rarities) or 1.0
        return {
            offer: sum(rarity * gains[offer] for rarity, gains in zip(rarities, several, strict=True)) / whole
            for offer in having_all(several)
        }

    def _gains_of(self, word: str) -> Mapping[int, float]:
        weights = self._postings.get(word, {})
        gains = {weight: weight / (weight + HALF) for weight in set(weights.values())}
        return {offer: gains[weight] for offer, weight in weights.items()}


def best(found: Scores, better: Scores) -> Scores:
    """Of two scores for the same offer the better one; `found` is changed."""
    for offer, score in better.items():
        if score > found.get(offer, 0.0):
            found[offer] = score
    return found


def having_all(several: Sequence[Mapping[int, float]]) -> list[int]:
    """The offers that each of the scores has."""
    smallest, *others = sorted(several, key=len)
    offers = list(smallest)
    for scores in others:
        offers = [offer for offer in offers if offer in scores]
    return offers
