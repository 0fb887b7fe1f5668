"""Classes of an index, and status crossed with dynamics."""

from dataclasses import replace
from decimal import Decimal
from math import sqrt

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kommpass.analysis.composite.classes import NO_CLASS, classed, limits_of
from kommpass.analysis.composite.index import Without, composite
from kommpass.analysis.composite.recipe import ByLimits, ByQuantile, BySpread, Indicator, Spread
from kommpass.analysis.composite.status_dynamics import DYNAMICS, STATUS, berlin_recipe, crossed
from kommpass.analysis.composite.table import CannotCompare, Table
from tests.analysis.test_composite_recipe import class_rules


@settings(deadline=None)
@given(st.lists(st.integers(-30, 30), min_size=3, max_size=30), class_rules())
def test_a_higher_index_is_never_in_a_lower_class(values, rules):
    assume(len(set(values)) > 1)
    index = np.array([*values, np.nan], dtype=float)
    classes = classed(index, rules)
    assert (np.diff(classes[:-1][np.argsort(values)]) >= 0).all()
    assert classes[-1] == NO_CLASS and set(classes[:-1]) <= set(range(len(rules.names)))


def test_limits_of_classes_by_hand():
    index = np.array([0.0, 10.0, 30.0, 40.0])
    spread = BySpread((Decimal(-1), Decimal(1)), ("low", "middle", "high"))
    assert limits_of(index, spread).tolist() == pytest.approx([20 - sqrt(250), 20 + sqrt(250)])
    assert limits_of(index, replace(spread, spread=Spread.SAMPLE))[1] == pytest.approx(20 + sqrt(1000 / 3))
    assert classed(index, ByLimits((Decimal(10), Decimal(35)), ("low", "middle", "high"))).tolist() == [0, 0, 1, 2]


@given(st.integers(2, 5), st.integers(1, 6))
def test_quantiles_fill_all_classes_alike_where_no_areas_are_equal(parts, each):
    index = np.random.default_rng(parts).permutation(parts * each).astype(float)
    classes = classed(index, ByQuantile(tuple("abcde"[:parts])))
    assert np.bincount(classes).tolist() == [each] * parts


def test_twelve_groups_of_status_and_dynamics():
    """Every pair of classes once, and an area that has only one of both."""
    status = [-1.2, -1.2, -1.2, 0, 0, 0, 1.2, 1.2, 1.2, 1.8, 1.8, 1.8, 0]
    dynamics = [-2, 0, 2] * 4 + [np.nan]
    town = Table(
        tuple(f"{n}" for n in range(13)), ("status", "dynamics"), np.array([status, dynamics]).T, np.full(13, 300)
    )
    fixed = [ByLimits(each.limits, each.names) for each in (STATUS, DYNAMICS)]
    both = [
        replace(berlin_recipe([Indicator(key)], STATUS), classes=rules)
        for key, rules in zip(town.indicators, fixed, strict=True)
    ]
    # The scale is that of the table already: what is tried here are the classes.
    indices = [replace(each, classes=classed(town.values[:, n], fixed[n])) for n, each in
               enumerate(composite(town, rules) for rules in both)]  # fmt: skip
    groups = crossed(*indices)
    expected = ["1+", "1+/-", "1-", "2+", "2+/-", "2-", "3+", "3+/-", "3-", "4+", "4+/-", "4-"]
    assert [groups.of(area) for area in town.areas] == [*expected, None]
    assert list(groups.names) == expected and groups.without[-1] is Without.FEW_VALUES
    others = Table(town.areas[::-1], town.indicators, town.values[::-1], town.population)
    with pytest.raises(ValueError, match="not of the same areas"):
        crossed(indices[0], composite(others, both[1]))


def test_where_all_areas_have_the_same_index_there_are_no_deviations_to_part_them_by():
    with pytest.raises(CannotCompare):
        classed(np.array([2.0, 2.0, 2.0]), STATUS)
