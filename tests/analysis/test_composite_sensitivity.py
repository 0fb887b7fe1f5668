"""No rank without the answer how far it depends on choices: random recipes, their shares, the effect of outliers."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kommpass.analysis.composite.draws import AGGREGATIONS, Choice, Ranking, drawn, ranks_of, variants
from kommpass.analysis.composite.index import composite
from kommpass.analysis.composite.recipe import (
    Aggregation,
    ByQuantile,
    Direction,
    Indicator,
    LeftOut,
    MinMax,
    Missing,
    Recipe,
    ZScore,
)
from kommpass.analysis.composite.sensitivity import first_order, sensitivity
from kommpass.analysis.composite.table import CannotCompare, Table

KEYS = ("poverty", "single_parents", "employment", "tenants")


def recipe(**choices) -> Recipe:
    indicators = tuple(Indicator(key, weight=Decimal(weight)) for key, weight in zip(KEYS, (1, 2, 1, 1), strict=True))
    return Recipe(indicators, **({"classes": ByQuantile(("low", "high")), "minimum_valid": 2} | choices))


def town(size: int = 60, *, seed: int = 3, missing: float = 0.0) -> Table:
    """Areas with a common need behind all indicators."""
    dice = np.random.default_rng(seed)
    values = dice.gamma(3.0, 5.0, size)[:, None] + dice.gamma(2.0, 3.0, (size, len(KEYS)))
    values[dice.random(values.shape) < missing] = np.nan
    return Table(tuple(f"{number:03d}" for number in range(size)), KEYS, values, dice.integers(300, 9000, size))


@settings(deadline=None, max_examples=25)
@given(
    st.integers(0, 10_000),
    st.sampled_from(Missing),
    st.booleans(),
    st.sampled_from([MinMax(), ZScore(by_population=True)]),
)
def test_each_draw_ranks_the_areas_as_its_own_recipe_would(seed, missing, turned, normalisation):
    """The fast way, all draws at once, against the index itself, one recipe after the other."""
    rules = recipe(missing=missing, normalisation=normalisation)
    if turned:
        rules = replace(
            rules, indicators=(replace(rules.indicators[0], direction=Direction.LOWERS), *rules.indicators[1:])
        )
    table = town(15, seed=seed, missing=0.1)
    has_index = composite(table, rules).has_index
    areas = tuple(area for area, has in zip(table.areas, has_index, strict=True) if has)
    table = Table(areas, KEYS, table.values[has_index], table.population[has_index])
    assume(np.isfinite(table.values).sum(axis=1).min() >= 2)
    draws = drawn(rules, 12, 5.0, np.random.default_rng(seed))
    ranks = Ranking(table.values, rules, table.population).ranks(draws)
    for number, found in enumerate(ranks):
        chosen = [
            replace(indicator, weight=Decimal(weight))
            for place, (indicator, weight) in enumerate(zip(rules.indicators, draws.weights[number], strict=True))
            if place != draws.left_out[number]
        ]
        own = replace(
            rules,
            indicators=tuple(chosen),
            minimum_valid=1,
            normalisation=variants(rules)[draws.normalisation[number]],
            aggregation=AGGREGATIONS[draws.aggregation[number]],
        )
        assert found.tolist() == ranks_of(composite(table, own).index).tolist()


def test_what_is_drawn_is_what_is_said():
    rules = recipe()
    draws = drawn(rules, 20_000, 20.0, np.random.default_rng(1))
    assert np.bincount(draws.normalisation) / 20_000 == pytest.approx([1 / 3] * 3, abs=0.015)
    assert np.bincount(draws.aggregation) / 20_000 == pytest.approx([0.5] * 2, abs=0.015)
    assert np.bincount(draws.left_out) / 20_000 == pytest.approx([0.125] * 4 + [0.5], abs=0.015)
    assert draws.weights.mean(axis=0) == pytest.approx([0.2, 0.4, 0.2, 0.2], abs=0.005)
    # Dirichlet: variance m (1 - m) / (sum of all + 1), with 20 for each of four indicators.
    assert draws.weights.var(axis=0) == pytest.approx([0.16 / 81, 0.24 / 81, 0.16 / 81, 0.16 / 81], rel=0.05)


def test_the_interval_holds_nine_tenths_of_the_random_ranks_and_no_more_than_it_must():
    table, rules = town(), recipe()
    found = sensitivity(table, rules, seed=7)
    ranks = Ranking(table.values, rules, table.population).ranks(drawn(rules, 2000, 20.0, np.random.default_rng(7)))
    within = ((ranks >= found.low) & (ranks <= found.high)).mean(axis=0)
    narrower = ((ranks > found.low) & (ranks < found.high)).mean(axis=0)
    assert within.min() >= 0.9 and narrower.max() <= 0.9
    assert (found.low <= found.high).all() and np.median(found.high - found.low) > 3


def test_the_same_seed_gives_the_same_answer_and_another_seed_nearly_the_same():
    first, again, other = (sensitivity(town(), recipe(), seed=seed) for seed in (1, 1, 2))
    assert (first.low.tolist(), first.high.tolist(), first.shares) == (
        again.low.tolist(),
        again.high.tolist(),
        again.shares,
    )
    assert first.shares != other.shares
    assert np.abs(first.low - other.low).max() <= 3 and np.abs(first.high - other.high).max() <= 3


def test_whoever_is_worst_in_everything_is_worst_however_it_is_reckoned():
    table = town()
    table.values[5] = table.values.max(axis=0) + 1.0
    found = sensitivity(table, recipe(), seed=1)
    assert (found.rank[5], found.low[5], found.high[5], found.winsorised[5]) == (1, 1, 1, 1)


def test_where_all_indicators_say_the_same_no_choice_matters():
    need = np.random.default_rng(1).permutation(40).astype(float)
    table = Table(tuple(map(str, range(40))), KEYS, np.column_stack([need] * 4))
    found = sensitivity(table, recipe(), seed=1)
    assert (found.low == found.rank).all() and (found.high == found.rank).all()
    assert {choice: share.value for choice, share in found.shares.items()} == dict.fromkeys(Choice, 0.0)


def test_weights_that_hardly_vary_hardly_matter():
    free = sensitivity(town(), recipe(), seed=1).shares
    fixed = sensitivity(town(), recipe(), seed=1, concentration=1e7).shares
    assert free[Choice.WEIGHTS].value > 0.1
    assert fixed[Choice.WEIGHTS].value == pytest.approx(0.0, abs=0.01)
    assert sum(share.value for share in free.values()) < 1.0


def test_first_order_shares_of_ishigami_are_those_of_the_textbook():
    """Ishigami & Homma (1990) with a = 7, b = 0.1: 0.3139, 0.4424 and 0."""

    def ishigami(x):
        return (np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0]))[:, None]

    own, other = np.random.default_rng(1).uniform(-np.pi, np.pi, (2, 3, 100_000))
    shares = []
    for place in range(3):
        mixed = other.copy()
        mixed[place] = own[place]
        shares.append(first_order(ishigami(own), ishigami(mixed)))
    assert [each.value for each in shares] == pytest.approx([0.3139, 0.4424, 0.0], abs=0.015)
    for share, truth in zip(shares, [0.3139, 0.4424, 0.0], strict=True):
        assert abs(share.value - truth) < 4 * share.error < 0.03


def test_the_error_of_a_share_is_how_far_it_scatters():
    """Repeated a hundred times, the shares of one choice lie as far apart as each of them says of itself."""
    dice = np.random.default_rng(5)
    found = []
    for _time in range(100):
        a, b, other = dice.normal(size=(3, 1000, 1))
        found.append(first_order(a + b, a + other))
    assert np.mean([each.value for each in found]) == pytest.approx(0.5, abs=0.02)
    assert np.mean([each.error for each in found]) == pytest.approx(np.std([each.value for each in found]), rel=0.25)


def test_shares_of_several_outputs_are_weighted_by_what_they_vary():
    dice = np.random.default_rng(1)
    a, b, other = dice.normal(size=(3, 100_000))
    outputs, same = np.column_stack([3 * a, b]), np.column_stack([3 * a, other])
    assert first_order(outputs, same).value == pytest.approx(0.9, abs=0.01)


def test_an_area_that_is_high_by_one_extreme_value_falls_when_it_is_brought_in():
    table = town()
    ordinary = np.argsort(composite(table, recipe()).index)[30]
    table.values[ordinary, 0] = 500.0
    found = sensitivity(table, recipe(), seed=1)
    assert found.rank[ordinary] <= 5
    assert found.winsorised[ordinary] > 15
    assert found.outlier_effect[ordinary] == found.rank[ordinary] - found.winsorised[ordinary]


def test_areas_without_index_have_no_rank():
    table = town(30)
    table.values[3, :3] = np.nan
    found = sensitivity(table, recipe(left_out=(LeftOut("007", "a port"),)), seed=1)
    assert set(table.areas) - set(found.areas) == {"003", "007"}
    assert sorted(found.rank.tolist()) == list(range(1, 29))


def test_an_area_whose_only_value_is_left_out_lies_in_the_middle():
    table = town(31)
    table.values[4, 1:] = np.nan
    table.values[4, 0] = table.values[:, 0].max() + 1
    rules = recipe(minimum_valid=1)
    draws = drawn(rules, 200, 20.0, np.random.default_rng(1))
    ranks = Ranking(table.values, rules, table.population).ranks(draws)[:, 4]
    assert set(ranks[draws.left_out == 0].tolist()) == {16}
    assert set(ranks[draws.left_out != 0].tolist()) <= {1, 2}


def test_an_index_of_one_indicator_has_none_to_leave_out():
    table = town(20)
    found = sensitivity(table, Recipe((Indicator("poverty"),), ByQuantile(("all",)), minimum_valid=1), seed=1)
    assert (found.low == found.rank).all() and (found.high == found.rank).all()


def test_equal_areas_share_their_rank_in_every_draw():
    table = town()
    table.values[10:14] = table.values[10]
    found = sensitivity(table, recipe(aggregation=Aggregation.GEOMETRIC), seed=1)
    for answer in (found.rank, found.low, found.high, found.winsorised):
        assert len(set(answer[10:14].tolist())) == 1


def test_too_few_draws_too_free_weights_and_an_indicator_that_is_the_same_everywhere_are_refused():
    with pytest.raises(ValueError, match="at least 20"):
        sensitivity(town(), recipe(), seed=1, draws=10)
    with pytest.raises(ValueError, match="at least 1"):
        sensitivity(town(), recipe(), seed=1, concentration=0.5)
    table = town()
    table.values[:, 2] = 4.0
    with pytest.raises(CannotCompare):
        sensitivity(table, recipe(), seed=1)
