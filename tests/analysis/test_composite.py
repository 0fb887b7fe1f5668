"""A composite index says what it was made of: every choice, every contribution, every area that has none and why."""

import json
from dataclasses import replace
from decimal import Decimal
from math import log, prod, sqrt

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kommpass.analysis.composite.classes import NO_CLASS, classed, limits_of
from kommpass.analysis.composite.index import Without, composite
from kommpass.analysis.composite.normalisation import positive, scale, winsorised
from kommpass.analysis.composite.recipe import (
    Aggregation,
    ByLimits,
    ByQuantile,
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
from kommpass.analysis.composite.recipe_json import NoRecipe, from_json, to_json
from kommpass.analysis.composite.status_dynamics import DYNAMICS, STATUS, berlin_recipe, crossed
from kommpass.analysis.composite.table import CannotCompare, Table

HALVES = ByQuantile(("low", "high"))
KEYS = ("poverty", "single_parents", "employment")

z_scores = st.sampled_from([ZScore(), ZScore(spread=Spread.SAMPLE), ZScore(by_population=True)])
normalisations = z_scores | st.sampled_from([MinMax(), Rank()])
weights = st.decimals("0.1", "9", places=1)
names = st.text(min_size=1, max_size=8)


@st.composite
def class_rules(draw):
    limits = tuple(sorted(draw(st.sets(st.decimals(-3, 3, places=2), min_size=1, max_size=4))))
    labels = tuple(f"class {number}" for number in range(len(limits) + 1))
    return draw(
        st.sampled_from([BySpread(limits, labels, Spread.SAMPLE), ByLimits(limits, labels), ByQuantile(labels)])
    )


@st.composite
def recipes(draw, *, aggregations=tuple(Aggregation)) -> Recipe:
    """Any recipe for the three indicators."""
    return Recipe(
        tuple(Indicator(key, draw(st.sampled_from(Direction)), draw(weights)) for key in KEYS),
        HALVES,
        minimum_valid=draw(st.integers(1, 3)),
        normalisation=draw(normalisations),
        aggregation=draw(st.sampled_from(aggregations)),
        missing=draw(st.sampled_from(Missing)),
        standardised=draw(st.none() | z_scores),
        winsorised=draw(st.sampled_from([Decimal(0), Decimal("0.1")])),
    )


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


@settings(deadline=None)
@given(towns(), recipes(aggregations=(Aggregation.ARITHMETIC,)))
def test_what_the_indicators_contribute_sums_up_to_the_index(town, recipe):
    found = computed(town, recipe)
    for area in town.areas:
        standing = found.of(area)
        if standing.index is not None:
            told = sum(each for each in standing.contributions.values() if each is not None)
            assert told == pytest.approx(standing.index, abs=1e-9)


@settings(deadline=None)
@given(towns(), recipes(aggregations=(Aggregation.GEOMETRIC,)))
def test_of_a_geometric_mean_the_contributions_sum_up_to_its_logarithm(town, recipe):
    found = computed(town, recipe)
    has = found.has_index
    assert np.nansum(found.contributions[has], axis=1) == pytest.approx(np.log(found.mean[has]))


@settings(deadline=None)
@given(towns(), recipes(), st.integers(1, 50), st.integers(-20, 20))
def test_whether_a_share_is_told_in_percent_or_per_thousand_does_not_matter(town, recipe, factor, shift):
    assert index_of(town, recipe) == pytest.approx(index_of(replace(town, values=town.values * factor + shift), recipe))


@settings(deadline=None)
@given(towns(), recipes())
def test_unemployment_counts_as_employment_the_other_way_round(town, recipe):
    other = {Direction.RAISES: Direction.LOWERS, Direction.LOWERS: Direction.RAISES}
    turned = tuple(replace(each, direction=other[each.direction]) for each in recipe.indicators)
    mirrored = replace(town, values=100.0 - town.values)
    assert index_of(town, recipe) == pytest.approx(index_of(mirrored, replace(recipe, indicators=turned)))


@settings(deadline=None)
@given(towns(), recipes())
def test_weights_count_in_proportion(town, recipe):
    doubled = tuple(replace(each, weight=2 * each.weight) for each in recipe.indicators)
    assert index_of(town, recipe) == pytest.approx(index_of(town, replace(recipe, indicators=doubled)))


@settings(deadline=None)
@given(towns(), recipes())
def test_an_area_that_is_left_out_changes_nothing_for_the_others(town, recipe):
    left_out = replace(recipe, left_out=(LeftOut(town.areas[0], "an outlier"),))
    rest = Table(town.areas[1:], town.indicators, town.values[1:], town.population[1:])
    expected = {town.areas[0]: None} | index_of(rest, recipe)
    assert index_of(town, left_out) == pytest.approx(expected)


@settings(deadline=None)
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
    town = three(poverty=[1, 2, 3], tenants=[3, 2, 1])
    with pytest.raises(CannotCompare) as caught:
        composite(town, recipe("poverty", "tenants", standardised=ZScore()))
    assert caught.value.key == ""


def test_extreme_values_are_brought_in_to_their_quantiles():
    values = np.array([*range(20), 1000.0, np.nan])
    calm = winsorised(values, 0.1)
    assert (calm[0], calm[10], calm[20]) == (2.0, 10.0, 18.0) and np.isnan(calm[21])
    rare = np.array([0.0] * 30 + [7.0])
    assert winsorised(rare, 0.1).tolist() == rare.tolist()


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
    town = Table(tuple(f"{n}" for n in range(13)), ("status", "dynamics"), np.array([status, dynamics]).T)
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
    with pytest.raises(ValueError, match="not of the same areas"):
        crossed(indices[0], composite(three(dynamics=[1, 2, 3]), both[1]))


@given(recipes(), class_rules(), st.lists(st.builds(LeftOut, names, names), max_size=2))
def test_a_recipe_comes_back_from_json_as_it_was(rules, classes, left_out):
    whole = replace(rules, classes=classes, left_out=tuple(left_out), minimum_population=300)
    assert from_json(json.loads(json.dumps(to_json(whole)))) == whole


def broken(*path, value):
    told = to_json(recipe("poverty", "tenants", classes=BySpread((Decimal(1),), ("low", "high"))))
    place = told
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return told


@pytest.mark.parametrize(
    "told",
    [
        [],
        broken("missing", value=None),
        broken("more", value="than there is"),
        broken("indicators", value="poverty"),
        broken("indicators", 1, "key", value="poverty"),
        broken("indicators", 0, "weight", value=0.5),
        broken("indicators", 0, "weight", value="0"),
        broken("indicators", 0, "weight", value="NaN"),
        broken("indicators", 0, "weight", value="a lot"),
        broken("indicators", 0, "direction", value="sideways"),
        broken("minimum_valid", value=3),
        broken("minimum_valid", value=True),
        broken("minimum_population", value=-1),
        broken("winsorised", value="0.5"),
        broken("normalisation", "kind", value="logarithm"),
        broken("normalisation", value={"kind": "rank", "spread": "sample"}),
        broken("normalisation", value={"kind": "z_score", "spread": "sample", "by_population": True}),
        broken("normalisation", "by_population", value="yes"),
        broken("standardised", value={"kind": "rank"}),
        broken("classes", "kind", value="jenks"),
        broken("classes", "limits", value=["1", "2"]),
        broken("classes", value={"kind": "limits", "names": ["a", "b", "c"], "limits": ["2", "1"]}),
        broken("classes", value={"kind": "quantile", "names": []}),
    ],
)
def test_what_is_no_recipe_is_refused(told):
    with pytest.raises(NoRecipe):
        from_json(told)


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
