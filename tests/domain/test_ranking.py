"""The ranking on columns gives what its rules say, offer by offer and in plain Python."""

from collections.abc import Iterator
from math import inf, isclose, log

from hypothesis import given
from hypothesis import strategies as st

from kommpass.analysis.ranking import FAINT, LEAST, MOST_BEHIND, PRESENT, rank
from kommpass.analysis.word_scores import BESIDE, COMMON, HALF, MOST_BESIDE, Posting
from kommpass.domain.german_search import Alternative, Term

STEMS = ("kita", "krabbel", "grupp", "treff", "sport")
ways = st.lists(
    st.builds(
        Alternative,
        st.lists(st.sampled_from(STEMS), min_size=1, max_size=3, unique=True).map(tuple),
        st.sampled_from((1.0, 0.5, 0.3, 0.2)),
    ),
    max_size=4,
).map(tuple)
terms = st.lists(st.builds(Term, st.just(""), ways, st.booleans(), ways), min_size=1, max_size=3)
towns = st.lists(st.dictionaries(st.sampled_from(STEMS), st.sampled_from((1, 4, 8, 32)), max_size=4), max_size=60)


class Slowly:
    """The rules of the ranking about one town: `offers` says which stem weighs how much in each."""

    def __init__(self, offers: list[dict[str, int]]) -> None:
        self.offers = offers

    def having(self, way: Alternative) -> int:
        return min(sum(word in offer for offer in self.offers) for word in way.words)

    def rarity(self, having: float) -> float:
        having = min(having, len(self.offers))
        return log(1 + (len(self.offers) - having + 0.5) / (having + 0.5))

    def gain(self, way: Alternative, offer: dict[str, int]) -> float:
        gains = [offer[word] / (offer[word] + HALF) for word in way.words]
        rarities = [self.rarity(self.having(Alternative((word,), 1.0))) for word in way.words]
        return sum(rarity * gain for rarity, gain in zip(rarities, gains, strict=True)) / sum(rarities)

    def score(self, weighed: list[tuple[Alternative, float]], present: float, offer: dict[str, int]) -> float:
        scores = [
            weight * (present + self.gain(way, offer)) for way, weight in weighed if set(way.words) <= offer.keys()
        ]
        best = max(scores, default=0.0)
        return best + BESIDE * min(sum(scores) - best, MOST_BESIDE * best)

    def itself(self, term: Term, present: float, offer: dict[str, int]) -> float:
        return self.score([(way, way.weight) for way in term.alternatives], present, offer)

    def near(self, term: Term, offer: dict[str, int]) -> float:
        rarities = [self.rarity(self.having(way)) for way in term.wider]
        most = max(rarities, default=1.0)
        told = [
            way.weight * (COMMON + (1 - COMMON) * each / most) for way, each in zip(term.wider, rarities, strict=True)
        ]
        near = self.score(list(zip(term.wider, told, strict=True)), 0.0, offer)
        return max(near, self.itself(term, PRESENT if term.required else 0.0, offer))

    def factor(self, term: Term) -> float:
        counted = sum(way.weight * self.having(way) for way in term.alternatives or term.wider)
        return self.rarity(counted) * (1.0 if term.required else FAINT)

    def ranked(self, wanted: list[Term], enough: int) -> tuple[dict[int, float], set[int]]:
        """Scores of the hits, and which of them have all words."""
        if not any(term.required for term in wanted):
            return {}, set()
        scores = dict(self._complete(wanted))
        complete = set(scores)
        if len(complete) < enough:
            rest = {
                row: sum(self.factor(term) * self.near(term, offer) for term in wanted)
                for row, offer in enumerate(self.offers)
                if row not in complete
            }
            best = max(rest.values(), default=0.0)
            order = sorted((-score, row) for row, score in rest.items() if score > 0 and score >= LEAST * best)
            least = min(scores.values(), default=inf)
            shrunk = 0.99 * least / best if complete and best >= least else 1.0
            scores |= {row: -score * shrunk for score, row in order[: MOST_BEHIND if complete else None]}
        return scores, complete

    def _complete(self, wanted: list[Term]) -> Iterator[tuple[int, float]]:
        for row, offer in enumerate(self.offers):
            if all(self.itself(term, PRESENT, offer) > 0 for term in wanted if term.required):
                yield row, sum(self.factor(term) * self.itself(term, PRESENT, offer) for term in wanted)


def posted(offers: list[dict[str, int]]) -> dict[str, Posting]:
    having = {word: [row for row, offer in enumerate(offers) if word in offer] for word in STEMS}
    return {word: Posting.of(rows, [offers[row][word] for row in rows]) for word, rows in having.items()}


@given(towns, terms, st.integers(1, 12))
def test_the_columns_say_what_the_rules_say(offers, wanted, enough):
    fast = rank(wanted, posted(offers), len(offers), enough=enough)
    scores, complete = Slowly(offers).ranked(wanted, enough)
    assert {row for row, _score in fast.hits} == scores.keys()
    assert {row for row, has_all in enumerate(fast.complete) if has_all} == complete
    assert all(isclose(score, scores[row], rel_tol=1e-9) for row, score in fast.hits)


@given(towns, terms, st.integers(1, 12))
def test_whoever_has_all_words_comes_before_whoever_has_not(offers, wanted, enough):
    ranking = rank(wanted, posted(offers), len(offers), enough=enough)
    has_all = [bool(ranking.complete[row]) for row, _score in ranking.hits]
    assert has_all == sorted(has_all, reverse=True)


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(1, 64)), unique_by=lambda pair: pair[0]), st.randoms())
def test_a_posting_is_the_same_in_whatever_order_its_rows_are_read(pairs, chance):
    shuffled = chance.sample(pairs, len(pairs))
    one, other = (Posting.of([row for row, _ in each], [weight for _, weight in each]) for each in (pairs, shuffled))
    assert one.rows.tolist() == other.rows.tolist() == sorted(row for row, _weight in pairs)
    assert one.weights.tolist() == other.weights.tolist()
