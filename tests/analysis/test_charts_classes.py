"""Class limits are round, sort every area into its class, and give no value away."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kommpass.analysis.charts.classes import (
    Classes,
    by_equal_steps,
    by_fixed_limits,
    by_quantile,
    by_standard_deviation,
    rounding_unit,
)
from kommpass.analysis.charts.scales import floor_in, ticks

WAYS = st.sampled_from([by_quantile, by_standard_deviation, by_equal_steps])
COUNTS = st.integers(2, 7)
shares = st.decimals(min_value=-50, max_value=200, places=2)
towns = st.lists(shares, min_size=1, max_size=80)


def decimals(*numbers) -> list[Decimal]:
    return [Decimal(str(number)) for number in numbers]


@given(WAYS, COUNTS, towns, st.data())
def test_another_value_of_the_same_step_changes_no_limit(way, count, values, data):
    """What a limit knows of a value is its step: neither the value nor whether it is the limit itself can be told."""
    unit = rounding_unit(values)
    within = st.integers(0, int(unit * 100) - 1).map(lambda cents: Decimal(cents) / 100)
    others = [floor_in(value, unit) * unit + data.draw(within) for value in values]
    assume(rounding_unit(others) == unit)
    assert way(others, count).limits == way(values, count).limits


@given(WAYS, COUNTS, towns)
def test_no_class_is_so_narrow_that_only_one_number_fits_into_it(way, count, values):
    limits = way(values, count).limits
    assert all(high - low >= Decimal("0.02") for low, high in pairwise(limits))


@given(WAYS, COUNTS, st.lists(st.integers(0, 30).map(Decimal), min_size=2, max_size=60))
def test_limits_of_whole_numbers_are_whole_and_hold_two_of_them(way, count, values):
    limits = way(values, count).limits
    assert all(limit == int(limit) for limit in limits)
    assert all(high - low >= 2 for low, high in pairwise(limits))


@given(WAYS, COUNTS, towns)
def test_there_are_never_more_classes_than_asked_for(way, count, values):
    assert 1 <= way(values, count).count <= count


@given(WAYS, COUNTS, towns)
def test_the_lowest_and_the_highest_class_hold_an_area(way, count, values):
    classes = way(values, count)
    assert {0, classes.count - 1} <= {classes.place(value) for value in values}


def test_a_limit_in_the_middle_of_the_lowest_step_is_none():
    """-44.01 lies in the step from -46 to -44, and above -45."""
    assert by_equal_steps([Decimal("-3.21"), Decimal("-44.01")], 4).limits == (Decimal(-30), Decimal(-15))


@given(WAYS, COUNTS, towns)
def test_a_higher_value_is_never_in_a_lower_class(way, count, values):
    classes = way(values, count)
    places = [classes.place(value) for value in sorted(values)]
    assert places == sorted(places)


@given(WAYS, COUNTS, towns, st.sampled_from([Decimal(10), Decimal(1000), Decimal("0.1")]))
def test_another_unit_of_measure_makes_the_same_classes(way, count, values, times):
    assume(all(value != value.to_integral_value() for value in values))
    finest = Decimal("0.01")
    assume(any(value * 10 % 1 for value in values) and rounding_unit(values) > 2 * finest)
    larger = [value * times for value in values]
    assume(rounding_unit(larger) == rounding_unit(values) * times)
    assert way(larger, count).limits == tuple(limit * times for limit in way(values, count).limits)


@given(COUNTS, towns)
def test_no_class_by_quantile_is_empty(count, values):
    classes = by_quantile(values, count)
    assert {classes.place(value) for value in values} == set(range(classes.count))


@given(COUNTS, st.lists(st.integers(0, 10_000).map(Decimal), min_size=70, max_size=70, unique=True))
def test_classes_by_quantile_are_about_equally_full(count, values):
    """A limit stands between two steps, so a class lacks or has too many at most what lies in the steps beside it."""
    classes = by_quantile(values, count)
    unit = rounding_unit(values)
    steps = [floor_in(value, unit) for value in values]
    fullest = max(steps.count(step) for step in steps)
    sizes = [sum(classes.place(value) == place for value in values) for place in range(classes.count)]
    assert all(abs(size - 70 / count) <= fullest + 1 for size in sizes) or classes.count < count


def test_limits_by_quantile_are_the_roundest_numbers_there_are():
    values = decimals(3.1, 4.4, 9.2, 11.3, 12.4, 19.5, 21.9, 30.3)
    assert by_quantile(values, 4).limits == tuple(decimals(5, 12, 20))


def test_an_outlier_does_not_make_everything_else_equal():
    values = decimals(*range(1, 40), 100_000)
    assert by_quantile(values, 4).limits == tuple(decimals(10, 20, 30))


def test_classes_by_standard_deviation_lie_around_the_mean():
    """The mean is 30.5, the standard deviation 11.83, and the step is 1."""
    values = decimals(*(10.5 + step for step in range(0, 41)))
    assert by_standard_deviation(values, 4).limits == tuple(decimals(19, 30, 42))
    assert by_standard_deviation(values, 3).limits == tuple(decimals(25, 36))


def test_equal_steps_are_equal_and_round():
    values = decimals(0.3, 1.1, 5.2, 7.7, 12.5, 22.4)
    assert by_equal_steps(values, 5).limits == tuple(decimals(5, 10, 15, 20))


@given(COUNTS, towns)
def test_all_equal_steps_have_the_same_width(count, values):
    limits = by_equal_steps(values, count).limits
    assert len({high - low for low, high in pairwise(limits)}) <= 1


@given(WAYS, COUNTS, shares, st.integers(1, 40))
def test_where_all_areas_are_equal_there_is_one_class(way, count, value, areas):
    classes = way([value] * areas, count)
    assert (classes.limits, classes.labels()) == ((), ["alle Werte"])


@given(WAYS, COUNTS)
def test_where_there_is_no_value_there_is_one_class(way, count):
    assert way([], count) == Classes(())


def test_two_different_values_make_two_classes():
    assert by_quantile(decimals(*[2.5] * 30, 7.5), 5).limits == tuple(decimals(5))


def test_an_area_on_a_limit_belongs_to_the_class_above():
    classes = by_fixed_limits(decimals(10, 20))
    assert [classes.place(value) for value in decimals(9.99, 10, 19.99, 20)] == [0, 1, 1, 2]


def test_labels_are_german_and_have_the_same_decimals():
    labels = by_fixed_limits(decimals(-2.5, 0, 1250)).labels(unit="%")
    assert [label.replace("\xa0", " ") for label in labels] == [
        "unter −2,5 %", "−2,5 bis unter 0,0 %", "0,0 bis unter 1.250,0 %", "1.250,0 % und mehr"
    ]  # fmt: skip


@pytest.mark.parametrize("limits", [(2, 1), (1, 1), (1, 2, 3, 4, 5, 6, 7), ("NaN",)])
def test_limits_that_make_no_classes_are_refused(limits):
    with pytest.raises(ValueError):
        by_fixed_limits(decimals(*limits))


@pytest.mark.parametrize("count", [0, 1, 8])
def test_a_map_has_two_to_seven_classes(count):
    with pytest.raises(ValueError):
        by_quantile(decimals(1, 2, 3), count)


def test_what_is_no_number_is_refused():
    with pytest.raises(ValueError):
        by_quantile(decimals(1, "NaN"), 3)


@given(shares, shares)
def test_an_axis_holds_both_ends_and_has_two_to_seven_ticks(one, other):
    low, high = sorted((one, other))
    found = ticks(low, high)
    assert found[0] <= low <= high <= found[-1]
    assert 2 <= len(found) <= 7
