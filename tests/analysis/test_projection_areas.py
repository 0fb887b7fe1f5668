"""Areas carried on by cohort change and by the change of wide age groups: by hand, and for any town."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from kommpass.analysis.projection.figures import AgeGroup, controlled, grouped, people, wape
from kommpass.analysis.projection.group_change import GroupChange
from kommpass.analysis.projection.hamilton_perry import Change, HamiltonPerry, childbearing_ages
from kommpass.analysis.projection.refusals import SeriesTooShort
from kommpass.analysis.projection.shrinkage import learned_weights

AGES = 6
PARENTS = (0.0, 0.0, 0.3, 0.2, 0.0, 0.0)

histories = some.tuples(some.integers(4, 7), some.integers(1, 5)).flatmap(
    lambda shape: arrays(np.int64, (*shape, AGES), elements=some.integers(0, 400))
)
cohort_methods = some.builds(
    HamiltonPerry,
    some.just(PARENTS),
    width=some.integers(1, 2),
    smoothing=some.integers(0, 2),
    weight=some.sampled_from([None, 0.0, 30.0]),
    change=some.sampled_from(Change),
)
group_methods = some.builds(GroupChange, base=some.integers(1, 3), damping=some.sampled_from([0.0, 0.8, 1.0]))
any_method = cohort_methods | group_methods


def test_two_areas_by_hand():
    """Ages 0, 1, 2 and older; those of age 1 have the children; one person is added who does as the town does.

    age 1: town 36 of 40 = 0.9; first area 9 expected, 7 came: (7+1)/(9+1) = 0.8, 0.72 in all;
           second 27 expected, 29 came: (29+1)/(27+1) = 30/28, 27/28 in all
    age 2: town 64 of 80 = 0.8; both areas just so
    age 0: town 18 of 36 parents = 0.5; first 3.5 expected, 8 came: 9/4.5 = 2, 1 in all;
           second 14.5 expected, 10 came: 11/15.5, 11/31 in all
    """
    history = [[[10, 20, 30], [30, 20, 10]], [[8, 7, 40], [10, 29, 24]]]
    method = HamiltonPerry((0, 1, 0), smoothing=0, weight=1)
    first = [8 * 0.72 * 1, 8 * 0.72, (7 + 40) * 0.8]
    second = [10 * 27 / 28 * 11 / 31, 10 * 27 / 28, (29 + 24) * 0.8]
    np.testing.assert_allclose(method.project(history, 1), [[first, second]], rtol=1e-12)

    town = [20.0, 10.0, 40.0]
    by_age = [sum(pair) for pair in zip(first, second, strict=True)]
    together = [[own * all_ / found for own, all_, found in zip(area, town, by_age, strict=True)]
                for area in (first, second)]  # fmt: skip
    np.testing.assert_allclose(method.project(history, 1, town=[town]), [together], rtol=1e-12)


def test_a_cohort_that_grew_by_five_grows_by_half_or_by_five():
    """Ten became 15, then there are 20: by a factor of 1.5 they are 30, by five people 25; nobody is older here."""
    history = [[[10, 0, 0]], [[20, 15, 0]]]
    ahead = {
        change: HamiltonPerry((0, 1, 0), smoothing=0, weight=0, change=change).project(history, 1)[0, 0, 1]
        for change in Change
    }
    assert ahead == {Change.RATIO: 30, Change.DIFFERENCE: 25, Change.BLENDED: 25}


def test_a_cohort_that_shrank_by_half_is_halved_or_loses_five():
    history = [[[10, 0, 0]], [[20, 5, 0]]]
    ahead = {
        change: HamiltonPerry((0, 1, 0), smoothing=0, weight=0, change=change).project(history, 1)[0, 0, 1]
        for change in Change
    }
    assert ahead == {Change.RATIO: 10, Change.DIFFERENCE: 15, Change.BLENDED: 10}


def test_a_new_block_does_not_make_an_area_explode():
    """One child lived where 40 live a year later, of 1,001 and 1,040 in town; raw ratios make 1,600 of the next 40."""
    usual = [1000.0, 1000.0, 1000.0]
    history = [[usual, [1, 0, 0]], [usual, [40, 40, 0]]]
    town = 1040 / 1001

    def next_year(change=Change.RATIO, **how) -> float:
        return HamiltonPerry((0, 1, 0), smoothing=0, change=change, **how).project(history, 1)[0, 1, 1]

    assert next_year(weight=0, limit=1e6) == pytest.approx(40 * 40)
    assert next_year(weight=0, limit=2) == pytest.approx(40 * town * 2)
    assert next_year(weight=30) == pytest.approx(40 * town * (40 + 30) / (town + 30))
    assert next_year(Change.BLENDED, weight=0, limit=1e6) == pytest.approx(40 + 39)


def test_in_groups_of_five_years_a_step_takes_five_years():
    """Everybody of a group is in the next one five years later; so is its half, if half of them leave."""
    series = np.array([[[100.0, 80, 60]]] * 5 + [[[100.0, 50, 70]]])
    ahead = HamiltonPerry((0, 1, 0), width=5, smoothing=0, weight=0).project(series, 2)
    assert ahead[:, 0, 1].tolist() == [50, 50]
    assert ahead[:, 0, 2].tolist() == [(50 + 70) * 0.5, (50 + 60) * 0.5]


def test_steps_of_five_years_are_taken_back_from_the_last_year():
    """Of eight years the third and the eighth are looked at: 80 of 100 stayed; the first two tell another story."""
    series = np.array([[[500.0, 10, 10]]] * 2 + [[[100.0, 0, 0]]] * 5 + [[[100.0, 80, 0]]])
    ahead = HamiltonPerry((0, 1, 0), width=5, smoothing=0, weight=0).project(series, 1)
    assert ahead[0, 0, 1] == 80


def test_childbearing_groups_lie_within_the_years():
    assert childbearing_ages(91).nonzero()[0].tolist() == list(range(15, 50))
    assert childbearing_ages(18, width=5).nonzero()[0].tolist() == [3, 4, 5, 6, 7, 8, 9]


def test_three_wide_groups_by_hand():
    """Town 200, 210: 1.05. First area 105 expected, 100 came; with 105 more who do as the town does (205/210) it grows
    by 1.025; second 105 expected, 110 came: 215/210, 1.075. The second year only by the square root of it."""
    method = GroupChange(base=1, weight=105, damping=0.5)
    areas = np.array([[100], [110]])
    first = areas[:, 0] * np.array([1.025, 1.075]) ** 0.5
    first *= 210 * 1.05**0.5 / first.sum()
    second = first * np.array([1.025, 1.075]) ** 0.25
    second *= 210 * 1.05**0.75 / second.sum()
    ahead = method.project([[[100], [100]], areas], 2)
    np.testing.assert_allclose(ahead[..., 0], [first, second], rtol=1e-12)


@settings(deadline=None, max_examples=60)
@given(histories, any_method, some.integers(0, 4))
def test_nobody_is_negative_and_every_area_and_age_has_its_place(history, method, steps):
    ahead = method.project(history, steps)
    assert ahead.shape == (steps, *history.shape[1:])
    assert np.isfinite(ahead).all()
    assert (ahead >= 0).all()


@settings(deadline=None, max_examples=60)
@given(histories, any_method, some.data())
def test_areas_add_up_to_the_town(history, method, data):
    by_age = arrays(np.float64, AGES, elements=some.floats(0, 2000).map(lambda count: round(count, 2)))
    one_number = some.floats(0, 9000).map(lambda count: [round(count, 2)])
    town = data.draw(some.lists(by_age, min_size=2, max_size=2) | some.lists(one_number, min_size=2, max_size=2))
    ahead = method.project(history, 2, town=town)
    for step in range(2):
        found = ahead[step].sum(0) if len(town[step]) > 1 else [ahead[step].sum()]
        np.testing.assert_allclose(found, town[step], rtol=1e-9, atol=1e-9)


@settings(deadline=None, max_examples=60)
@given(histories, any_method, some.randoms())
def test_the_order_of_areas_does_not_matter(history, method, random):
    order = list(range(history.shape[1]))
    random.shuffle(order)
    ahead = method.project(history, 3)
    np.testing.assert_allclose(method.project(history[:, order], 3), ahead[:, order], rtol=1e-6, atol=1e-6)


@settings(deadline=None, max_examples=60)
@given(
    arrays(np.int64, some.tuples(some.integers(1, 5), some.just(AGES)), elements=some.integers(1, 60)),
    some.sampled_from([None, 0.0]),
    some.sampled_from(Change),
    some.integers(1, 2),
)
def test_a_town_that_did_not_change_stays(areas, weight, change, width):
    history = np.stack([areas] * 5)
    method = HamiltonPerry(PARENTS, width=width, smoothing=0, weight=weight, limit=1e5, change=change)
    np.testing.assert_allclose(method.project(history, 5), np.stack([areas] * 5), rtol=1e-6)


@settings(deadline=None, max_examples=40)
@given(
    arrays(np.int64, AGES, elements=some.integers(1, 60)),
    arrays(np.int64, some.integers(1, 5), elements=some.integers(1, 9)),
    cohort_methods,
)
def test_areas_that_are_small_towns_stay_whatever_the_method(ages, sizes, method):
    """All areas have the ages of the town: then nothing is drawn anywhere."""
    areas = sizes[:, None] * ages
    np.testing.assert_allclose(method.project(np.stack([areas] * 4), 3), np.stack([areas] * 3), rtol=1e-6)


@settings(deadline=None, max_examples=40)
@given(arrays(np.int64, some.tuples(some.integers(1, 5), some.just(3)), elements=some.integers(0, 900)), group_methods)
def test_wide_groups_that_did_not_change_stay(areas, method):
    np.testing.assert_allclose(method.project(np.stack([areas] * 4), 3), np.stack([areas] * 3), rtol=1e-9)


def test_chance_is_not_taken_for_a_difference_between_areas_and_a_difference_is_not_taken_for_chance():
    dice = np.random.default_rng(20260101)
    expected = np.full((10, 300, 2), 40.0)
    truly = np.stack([np.ones(300), dice.gamma(25, 1 / 25, 300)], -1)
    alike, different = learned_weights(expected, dice.poisson(expected * truly).astype(float))
    assert alike > 1000
    assert 15 < different < 40


@given(some.lists(some.integers(0, 50), min_size=6, max_size=6))
def test_what_a_whole_series_can_tell_needs_more_than_one_year(counts):
    with pytest.raises(SeriesTooShort) as refusal:
        HamiltonPerry(PARENTS, width=5).project([[counts]] * 5, 1)
    assert str(refusal.value) == (
        "Für eine Vorausberechnung reichen die Daten noch nicht: Gebraucht werden 6 Jahre in Folge, vorhanden sind 5. "
        "Bitte ältere Jahrgänge einlesen oder einen kürzeren Zeitraum wählen."
    )
    with pytest.raises(SeriesTooShort):
        GroupChange(base=5).project([[counts]] * 5, 1)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"childbearing": (0.1, 1.0)}, "the youngest have no children"),
        ({"childbearing": (0.0, 0.0)}, "somebody must have them"),
        ({"childbearing": (0.0, 1.0), "limit": float("inf")}, "width and limit are at least 1"),
        ({"childbearing": (0.0, 1.0), "weight": -1}, "width and limit are at least 1"),
        ({"childbearing": (0.0, 1.0), "width": 5, "base": 5}, "seen again only after 5 years"),
    ],
)
def test_a_method_that_makes_no_sense_is_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        HamiltonPerry(**wrong)


@pytest.mark.parametrize(
    ("counts", "said"),
    [([[1.0, -1.0]], "never less than nothing"), ([[1.0, np.nan]], "missing"), ([1.0], "2 axes"), ([[]], "nothing in")],
)
def test_figures_that_are_no_people_are_refused(counts, said):
    with pytest.raises(ValueError, match=said):
        people(counts, axes=2)


def test_an_age_that_nobody_expected_goes_where_people_are():
    np.testing.assert_allclose(controlled(np.zeros((2, 3)), [4, 8, 0]), [[2, 4, 0], [2, 4, 0]])
    np.testing.assert_allclose(controlled(np.zeros((2, 3)), 12), [[2, 2, 2], [2, 2, 2]])
    with pytest.raises(ValueError, match="the town has 2 ages, its areas 3"):
        controlled(np.ones((2, 3)), [1, 2])


def test_errors_and_groups_by_hand():
    counts = np.array([[1.0, 2.0, 4.0], [8.0, 16.0, 32.0]])
    assert grouped(counts, [AgeGroup("jung", 0, 1), AgeGroup("alle", 0, 2)]).tolist() == [[3, 7], [24, 56]]
    assert wape([[90, 10], [30, 0]], [[100, 0], [40, 0]], axis=0).tolist() == [100 * 20 / 140, np.inf]
    assert wape([0.0], [0.0]) == 0
    with pytest.raises(ValueError, match="there are only 3 ages"):
        grouped(counts, [AgeGroup("alt", 2, 3)])
