"""A composite index says what it was made of: every choice, every contribution, every area that has none and why."""

from dataclasses import replace
from decimal import Decimal
from math import log, prod, sqrt

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kommpass.analysis.composite.index import Without, composite
from kommpass.analysis.composite.normalisation import positive, scale, winsorised
from kommpass.analysis.composite.recipe import (
    Aggregation,
    BySpread,
    Direction,
    Indicator,
    LeftOut,
    MinMax,
    Missing,
    Rank,
    Recipe,
    Spread,
    ZScore,
)
from kommpass.analysis.composite.table import CannotCompare, Table
from tests.analysis.test_composite_recipe import HALVES, KEYS, recipes, z_scores


@st.composite
def towns(draw) -> Table:
    """Some areas, some values missing."""
    size = draw(st.integers(4, 9))
    values = draw(
        st.lists(st.lists(st.none() | st.integers(0, 60), min_size=3, max_size=3), min_size=size, max_size=size)
    )
    residents = draw(st.lists(st.integers(50, 9000), min_size=size, max_size=size))
    areas = tuple(f"area {number}" for number in range(size))
    return Table(areas, KEYS, np.array(values, dtype=float), np.array(residents))


def computed(table: Table, recipe: Recipe):
    try:
        return composite(table, recipe)
    except CannotCompare:
        assume(False)


def index_of(table: Table, recipe: Recipe) -> dict[str, float | None]:
    found = computed(table, recipe)
    return {area: None if (index := found.of(area).index) is None else round(index, 8) for area in table.areas}


@settings(deadline=None, max_examples=40)
@given(towns(), recipes(aggregations=(Aggregation.ARITHMETIC,)))
def test_what_the_indicators_contribute_sums_up_to_the_index(town, recipe):
    found = computed(town, recipe)
    for area in town.areas:
        standing = found.of(area)
        if standing.index is not None:
            told = sum(each for each in standing.contributions.values() if each is not None)
            assert told == pytest.approx(standing.index, abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(towns(), recipes(aggregations=(Aggregation.GEOMETRIC,)))
def test_of_a_geometric_mean_the_contributions_sum_up_to_its_logarithm(town, recipe):
    found = computed(town, recipe)
    has = found.has_index
    assert np.nansum(found.contributions[has], axis=1) == pytest.approx(np.log(found.mean[has]))


@settings(deadline=None, max_examples=40)
@given(towns(), recipes(), st.integers(1, 50), st.integers(-20, 20))
def test_whether_a_share_is_told_in_percent_or_per_thousand_does_not_matter(town, recipe, factor, shift):
    assert index_of(town, recipe) == pytest.approx(index_of(replace(town, values=town.values * factor + shift), recipe))


@settings(deadline=None, max_examples=40)
@given(towns(), recipes())
def test_unemployment_counts_as_employment_the_other_way_round(town, recipe):
    other = {Direction.RAISES: Direction.LOWERS, Direction.LOWERS: Direction.RAISES}
    turned = tuple(replace(each, direction=other[each.direction]) for each in recipe.indicators)
    mirrored = replace(town, values=100.0 - town.values)
    assert index_of(town, recipe) == pytest.approx(index_of(mirrored, replace(recipe, indicators=turned)))


@settings(deadline=None, max_examples=40)
@given(towns(), recipes())
def test_weights_count_in_proportion(town, recipe):
    doubled = tuple(replace(each, weight=2 * each.weight) for each in recipe.indicators)
    assert index_of(town, recipe) == pytest.approx(index_of(town, replace(recipe, indicators=doubled)))


@settings(deadline=None, max_examples=40)
@given(towns(), recipes())
def test_an_area_that_is_left_out_changes_nothing_for_the_others(town, recipe):
    left_out = replace(recipe, left_out=(LeftOut(town.areas[0], "an outlier"),))
    rest = Table(town.areas[1:], town.indicators, town.values[1:], town.population[1:])
    expected = {town.areas[0]: None} | index_of(rest, recipe)
    assert index_of(town, left_out) == pytest.approx(expected)


@settings(deadline=None, max_examples=40)
@given(towns(), z_scores, st.sampled_from(Missing))
def test_the_index_is_what_a_clerk_reckons_with_pencil_and_paper(town, score, missing):
    """A slow version, area by area, from the definitions."""
    recipe = Recipe(
        (
            Indicator("poverty"),
            Indicator("single_parents", weight=Decimal(2)),
            Indicator("employment", Direction.LOWERS),
        ),
        HALVES,
        minimum_valid=2,
        normalisation=score,
        missing=missing,
    )
    rows = [(row, people) for row, people in zip(town.values.tolist(), town.population.tolist(), strict=True)
            if sum(each == each for each in row) >= 2]  # fmt: skip
    moments = []
    for column in range(3):
        known = [
            (row[column], people if score.by_population else 1) for row, people in rows if row[column] == row[column]
        ]
        assume(len({value for value, _people in known}) > 1)
        total = sum(people for _value, people in known)
        mean = sum(value * people for value, people in known) / total
        squares = sum(people * (value - mean) ** 2 for value, people in known)
        moments.append((mean, sqrt(squares / (total - (score.spread is Spread.SAMPLE)))))
    expected = []
    for row, _people in rows:
        summed = weight = 0.0
        for value, (mean, deviation), own in zip(row, moments, (1, 2, -1), strict=True):
            if value == value:
                summed += own * (value - mean) / deviation
            if value == value or missing is Missing.AVERAGE:
                weight += abs(own)
        expected.append(summed / weight)
    found = composite(town, recipe)
    assert found.index[found.has_index].tolist() == pytest.approx(expected, abs=1e-12)


def three(**values) -> Table:
    """Three areas with these indicators."""
    return Table(
        ("Nord", "Mitte", "Süd"),
        tuple(values),
        np.array(list(values.values()), dtype=float).T,
        np.array([100, 200, 700]),
    )


def recipe(*keys: str, **choices) -> Recipe:
    return Recipe(tuple(Indicator(key) for key in keys), **({"classes": HALVES, "minimum_valid": 1} | choices))


def test_each_normalisation_by_hand():
    values = np.array([0.0, 10.0, 30.0, 40.0])
    assert scale(values, ZScore()).tolist() == pytest.approx(
        [-20 / sqrt(250), -10 / sqrt(250), 10 / sqrt(250), 20 / sqrt(250)]
    )
    assert scale(values, ZScore(Spread.SAMPLE))[3] == pytest.approx(20 / sqrt(1000 / 3))
    by_people = scale(values, ZScore(by_population=True), np.array([1, 1, 1, 7]))
    assert by_people[3] == pytest.approx((40 - 32) / sqrt((32**2 + 22**2 + 2**2 + 7 * 8**2) / 10))
    assert scale(values, MinMax()).tolist() == [0.0, 0.25, 0.75, 1.0]
    assert scale(values, Rank()).tolist() == pytest.approx([0.0, 1 / 3, 2 / 3, 1.0])


def test_a_missing_value_counts_nothing_or_as_much_as_the_average():
    town = three(poverty=[0, 50, 100], tenants=[np.nan, 0, 100])
    reweighted = composite(town, recipe("poverty", "tenants", normalisation=MinMax()))
    averaged = composite(town, recipe("poverty", "tenants", normalisation=MinMax(), missing=Missing.AVERAGE))
    assert reweighted.index.tolist() == [0.0, 0.25, 1.0]
    assert averaged.index.tolist() == [0.25, 0.25, 1.0]
    assert reweighted.of("Nord").contributions == {"poverty": 0.0, "tenants": None}
    assert averaged.of("Nord").contributions == {"poverty": 0.0, "tenants": 0.25}


def test_a_geometric_mean_forgives_less():
    """Half of everything is worth more than all of the one and nothing of the other."""
    town = Table(tuple("abcd"), KEYS[:2], np.array([[0, 100], [50, 50], [100, 0], [100, 100]], dtype=float))
    arithmetic = composite(town, recipe(*KEYS[:2], normalisation=MinMax()))
    geometric = composite(town, recipe(*KEYS[:2], normalisation=MinMax(), aggregation=Aggregation.GEOMETRIC))
    assert arithmetic.index.tolist() == [0.5, 0.5, 0.5, 1.0]
    assert geometric.index.tolist() == pytest.approx([0.1, 0.505, 0.1, 1.0])


def test_the_geometric_mean_of_z_scores_is_taken_around_hundred():
    town = three(poverty=[1, 2, 3], tenants=[1, 3, 2])
    found = composite(town, recipe("poverty", "tenants", aggregation=Aggregation.GEOMETRIC))
    one = sqrt(1.5) * 10
    assert found.index.tolist() == pytest.approx([100 - one, sqrt(100 * (100 + one)), sqrt(100 * (100 + one))])
    assert positive(np.array([-10.5, 0.0]), ZScore()).tolist() == [1.0, 100.0]


def test_an_area_without_index_says_why():
    town = Table(
        ("Nord", "Mitte", "Süd", "Heide", "Hafen"),
        ("poverty", "tenants"),
        np.array([[10, 40], [20, np.nan], [30, 20], [90, 90], [99, 99]], dtype=float),
        np.array([900, 900, 900, 120, 900]),
    )
    rules = recipe(
        "poverty",
        "tenants",
        minimum_valid=2,
        minimum_population=300,
        left_out=(LeftOut("Hafen", "a port, not a quarter"),),
    )
    found = composite(town, rules)
    told = {area: (found.of(area).without, found.of(area).index is None, found.of(area).valid) for area in town.areas}
    assert told == {
        "Nord": (None, False, 2),
        "Mitte": (Without.FEW_VALUES, True, 1),
        "Süd": (None, False, 2),
        "Heide": (Without.FEW_RESIDENTS, True, 2),
        "Hafen": (Without.LEFT_OUT, True, 2),
    }
    assert (found.of("Hafen").why, found.of("Hafen").class_name) == ("a port, not a quarter", None)
    with pytest.raises(KeyError):
        found.of("Insel")


def test_exactly_the_minimum_of_residents_is_enough():
    found = composite(three(poverty=[1, 2, 3]), recipe("poverty", minimum_population=200))
    assert found.without == (Without.FEW_RESIDENTS, None, None)


@pytest.mark.parametrize("values", [[5, 5, 5], [0.1, 0.1 + 1e-17, 0.1], [np.nan, np.nan, 4]])
def test_an_indicator_that_tells_no_area_apart_is_named(values):
    with pytest.raises(CannotCompare) as caught:
        composite(three(poverty=[1, 2, 3], tenants=values), recipe("poverty", "tenants"))
    assert caught.value.key == "tenants"


def test_an_index_in_which_everything_cancels_out_has_no_scale():
    by_deviations = BySpread((Decimal(1),), ("low", "high"))
    for poverty in ([1.0, 2.0, 3.0], [0.1, 0.37, 0.7]):
        town = three(poverty=poverty, tenants=[1 - share for share in poverty])
        for choices in ({"standardised": ZScore()}, {"classes": by_deviations}):
            with pytest.raises(CannotCompare) as caught:
                composite(town, recipe("poverty", "tenants", **choices))
            assert caught.value.key == ""


def test_extreme_values_are_brought_in_to_their_quantiles():
    values = np.array([*range(20), 1000.0, np.nan])
    calm = winsorised(values, 0.1)
    assert (calm[0], calm[10], calm[20]) == (2.0, 10.0, 18.0) and np.isnan(calm[21])
    rare = np.array([0.0] * 30 + [7.0])
    assert winsorised(rare, 0.1).tolist() == rare.tolist()


def test_a_recipe_for_residents_needs_a_table_with_residents():
    bare = Table(("Nord", "Süd"), ("poverty",), np.array([[1.0], [2.0]]))
    for rules in (recipe("poverty", normalisation=ZScore(by_population=True)), recipe("poverty", minimum_population=1)):
        with pytest.raises(ValueError, match="residents"):
            composite(bare, rules)


def test_official_numbers_become_a_table_and_gaps_stay_gaps():
    table = Table.of(
        {"Nord": {"poverty": Decimal("12.5"), "tenants": 40}, "Süd": {"poverty": None}},
        indicators=["tenants", "poverty"],
        population={"Süd": 7, "Nord": 9, "Hafen": 1},
    )
    assert table.areas == ("Nord", "Süd") and table.population.tolist() == [9, 7]
    assert table.columns(["poverty"])[0].tolist() == [12.5] and np.isnan(table.values[1]).all()


def test_weights_of_a_geometric_mean_are_exponents():
    town = three(poverty=[0, 50, 100], tenants=[0, 100, 0])
    rules = replace(recipe("poverty", "tenants", normalisation=MinMax(), aggregation=Aggregation.GEOMETRIC),
                    indicators=(Indicator("poverty", weight=Decimal(3)), Indicator("tenants")))  # fmt: skip
    found = composite(town, rules)
    assert found.index[1] == pytest.approx(prod([0.505**0.75, 1.0**0.25]))
    assert found.of("Mitte").contributions["poverty"] == pytest.approx(0.75 * log(0.505))
