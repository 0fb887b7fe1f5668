"""Methods are tried on years they have not seen, and what they promise holds: by hand, and where the truth is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from kommpass.analysis.projection.backtest import (
    LINEAR,
    NO_CHANGE,
    RAW_RATIOS,
    BackTest,
    back_test,
    chosen,
    linear,
    no_change,
    raw_cohorts,
    raw_groups,
)
from kommpass.analysis.projection.figures import AgeGroup, grouped, wape
from kommpass.analysis.projection.hamilton_perry import Change, HamiltonPerry, childbearing_ages
from kommpass.analysis.projection.intervals import Interval, by_chance, learned, measured_coverage
from kommpass.analysis.projection.refusals import SeriesTooShort
from tests.analysis.projection_towns import BORN_PER_PERSON, GROUPS, controlled_areas, made_up_history

ALL = [AgeGroup("alle", 0, 1)]
SIMPLE = [NO_CHANGE, LINEAR, RAW_RATIOS]


@pytest.fixture(scope="module")
def made_up():
    return made_up_history()


def test_the_simple_methods_by_hand():
    """One area, one age: 100, 110, 121. It stays; it grows by 10.5 a year (least squares); or by a tenth."""
    past = np.array([[[100.0]], [[110.0]], [[121.0]]])
    assert no_change(past, 2).ravel().tolist() == [121, 121]
    np.testing.assert_allclose(linear(past, 2).ravel(), [331 / 3 + 21, 331 / 3 + 31.5])
    np.testing.assert_allclose(raw_groups(past, 2, base=2).ravel(), [133.1, 146.41])
    assert linear(past[::-1], 20).min() == 0


def test_raw_cohorts_are_the_ratios_of_each_area_alone():
    """Area one: 10 became 20 and 5 have 1 child of 20 parents; area two: 10 became 10, of whom each has a child."""
    history = np.array([[[10.0, 0, 0], [10, 0, 0]], [[1, 20, 0], [10, 10, 0]]])
    ahead = raw_cohorts((0, 1, 0))(history, 1)[0]
    assert ahead[:, 1].tolist() == [2, 10]
    np.testing.assert_allclose(ahead[:, 0], [2 / 20, 10])


def test_errors_of_two_origins_by_hand():
    """ "Stays" from 10 (then 20, 30) and from 20 (then 30, 40): off by 10, 20, 10, 20; in all 60 of 120."""
    tried = back_test(
        [[[1.0, 9.0]], [[2.0, 18.0]], [[3.0, 27.0]], [[4.0, 36.0]]],
        {NO_CHANGE: no_change},
        groups=ALL,
        years_ahead=2,
        origins=2,
        base=1,
    )
    assert tried.truth.ravel().tolist() == [20, 30, 30, 40]
    assert tried.forecasts[NO_CHANGE].ravel().tolist() == [10, 10, 20, 20]
    assert tried.wape(NO_CHANGE).ravel().tolist() == [100 * 20 / 50, 100 * 40 / 70]
    assert tried.mean_wape(NO_CHANGE).tolist() == [50]


@given(arrays(np.int64, (9, 2, 2), elements=some.integers(0, 99)), some.integers(0, 99))
def test_a_method_never_sees_the_years_it_is_tried_on(history, other):
    """Every method is given only what was; what came is changed, what was forecast stays."""
    how = {"groups": ALL, "years_ahead": 3, "origins": 1, "base": 6}
    methods = {NO_CHANGE: no_change, LINEAR: linear, RAW_RATIOS: raw_groups}
    otherwise = history.copy()
    otherwise[-3:] = other
    first, second = back_test(history, methods, **how), back_test(otherwise, methods, **how)
    for name in methods:
        np.testing.assert_array_equal(first.forecasts[name], second.forecasts[name])


def test_a_short_series_is_refused_with_the_years_that_are_missing():
    with pytest.raises(SeriesTooShort) as refusal:
        back_test(np.ones((9, 1, 2)), {NO_CHANGE: no_change}, groups=ALL, years_ahead=3, origins=2, base=6)
    assert str(refusal.value) == (
        "Für eine Vorausberechnung reichen die Daten noch nicht: Gebraucht werden 10 Jahre in Folge, vorhanden sind 9. "
        "Bitte ältere Jahrgänge einlesen oder einen kürzeren Zeitraum wählen."
    )
    assert refusal.value.values == {"years": 9, "needed": 10}


def tried_with(**errors: tuple[float, float]) -> BackTest:
    """Two age groups of 100 people, each method off by so many."""
    truth = np.full((1, 1, 1, 2), 100.0)
    return BackTest(("Kinder", "Alte"), truth, {name: truth + np.array(off) for name, off in errors.items()})


def test_the_method_is_chosen_that_beats_the_simple_ones_in_every_age_group():
    tried = tried_with(gleich=(10, 10), genau=(1, 11), gut=(8, 9))
    choice = chosen(tried, simple=["gleich"])
    assert choice.method == "gut"
    assert choice.sentence == "gut: in jeder Altersgruppe genauer als alle einfachen Verfahren."


def test_where_a_simple_method_was_better_the_choice_says_so():
    choice = chosen(tried_with(gleich=(10, 10), genau=(1, 11)), simple=["gleich"])
    assert choice.sentence == ("genau: genauer als alle einfachen Verfahren, außer in diesen Altersgruppen: Alte.")


def test_a_simple_method_is_chosen_where_nothing_is_better():
    choice = chosen(tried_with(gleich=(10, 10), gerade=(0, 9), schlecht=(10, 11)), simple=["gleich", "gerade"])
    assert choice.method == "gerade"
    assert choice.sentence == "gerade: Kein Verfahren war in einer Altersgruppe genauer als dieses einfache."


def test_nobody_beats_a_simple_method_that_was_never_wrong():
    choice = chosen(tried_with(gleich=(0, 0), andere=(1, 0)), simple=["gleich"])
    assert choice.method == "gleich"


def test_in_a_made_up_town_every_age_group_is_better_than_the_simple_methods(made_up):
    """400 areas of about 750 people, six years known, nine ahead; raw ratios of the same years."""
    methods = {
        NO_CHANGE: no_change,
        LINEAR: linear,
        RAW_RATIOS: raw_cohorts(BORN_PER_PERSON, base=6),
        "Hamilton-Perry": controlled_areas(HamiltonPerry(BORN_PER_PERSON, base=6)),
    }
    tried = back_test(made_up, methods, groups=GROUPS, years_ahead=9, origins=1, base=17)
    assert tried.worse("Hamilton-Perry", SIMPLE) == ()


def test_in_a_made_up_town_intervals_hold_what_they_promise(made_up):
    method = controlled_areas(HamiltonPerry(BORN_PER_PERSON, base=6))
    tried = back_test(made_up, {"it": method}, groups=GROUPS, years_ahead=5, origins=15, base=7)
    found = measured_coverage(tried.forecasts["it"], tried.truth).mean(0)
    assert ((found >= 75) & (found <= 85)).all(), dict(zip(tried.groups, found, strict=True))


def test_the_made_up_town_is_the_same_for_the_same_seed_and_grows_with_the_scale():
    first, again = made_up_history(scale=0.05, years=3), made_up_history(scale=0.05, years=3)
    np.testing.assert_array_equal(first, again)
    assert first.shape == (3, 20, 91)
    assert (first != made_up_history(4, scale=0.05, years=3)).any()


def test_an_interval_by_hand():
    """Ten areas of 100 people, off by 1 to 10: eight in ten were off by 8.2 or less; nothing was off by size."""
    off = np.arange(1.0, 11.0).reshape(1, 1, 10, 1)
    spread = learned(np.full((1, 1, 10, 1), 100.0), 100 + off)
    around = spread.around(np.full((1, 1, 1), 100.0))
    assert around.low.item() == pytest.approx(100 - 8.2)
    assert around.high.item() == pytest.approx(100 + 8.2)
    assert around.coverage([[[108.2 - 1e-9]]]) == 100
    assert around.coverage([[[108.3]]]) == 0


@pytest.mark.parametrize("share", [0.0, 0.02])
def test_intervals_learned_from_areas_of_all_sizes_hold_for_small_and_large_ones(share):
    dice = np.random.default_rng(20260101)
    size = np.repeat([20.0, 200.0, 2000.0], 400)

    def counts() -> np.ndarray:
        truly = size if share == 0 else size * dice.gamma(1 / share, share, len(size))
        return dice.poisson(truly).astype(float)

    forecast = np.tile(size[None, None, :, None], (5, 1, 1, 1))
    spread = learned(forecast, np.stack([counts() for _year in range(5)])[:, None, :, None])
    around = spread.around(size[None, :, None])
    came = counts()
    for each in (20, 200, 2000):
        of_size = size == each
        here = Interval(around.low[0, of_size, 0], around.high[0, of_size, 0])
        assert 70 <= here.coverage(came[of_size]) <= 90


@pytest.mark.parametrize("share", [0.0, 0.01])
def test_intervals_by_chance_hold_at_least_what_they_promise(share):
    """Whole numbers: the interval holds a little more than 80 %, most with few people."""
    dice = np.random.default_rng(20260101)
    mean = np.repeat([5.0, 50.0, 500.0], 4000)
    came = dice.poisson(mean if share == 0 else mean * dice.gamma(1 / share, share, len(mean)))
    found = by_chance(mean, share=share).coverage(came.reshape(3, -1).reshape(-1)).item()
    assert 80 <= found <= 87


@given(
    arrays(np.float64, (3, 2, 4, 2), elements=some.floats(0, 5000)),
    arrays(np.int64, (3, 2, 4, 2), elements=some.integers(0, 5000)),
)
def test_an_interval_is_never_below_nothing_and_holds_the_forecast(forecast, truth):
    around = learned(forecast, truth).around(forecast)
    assert (around.low >= 0).all()
    assert (around.low <= forecast).all()
    assert (forecast <= around.high).all()
    assert around.low.shape == around.high.shape == forecast.shape


def test_coverage_is_measured_only_with_what_was_known_at_the_time():
    """Off by 1, by 2, by 50: the second origin is judged by the first, the third by the second; neither holds."""
    truth = np.full((3, 1, 4, 1), 1000.0)
    forecast = truth + np.array([1.0, 2.0, 50.0]).reshape(3, 1, 1, 1)
    assert measured_coverage(forecast, truth).tolist() == [[0]]
    assert measured_coverage(forecast[::-1], truth).tolist() == [[100]]
    with pytest.raises(ValueError, match="1 origins"):
        measured_coverage(forecast[:1], truth[:1])


def test_an_origin_whose_years_are_not_over_yet_teaches_nothing():
    """Two years ahead: the third origin is judged by the first, off by 1, though the second was off by 50."""
    truth = np.full((3, 2, 4, 1), 1000.0)
    forecast = truth + np.array([1.0, 50.0, 2.0]).reshape(3, 1, 1, 1)
    assert measured_coverage(forecast, truth).tolist() == [[0], [0]]


def test_chance_and_wrong_growth_are_told_apart_by_the_size_of_areas():
    """Nine times the variance of chance in every area; then chance, and a relative error of a fifth."""
    dice = np.random.default_rng(20260101)
    size = np.repeat([20.0, 200.0, 2000.0], 4000)
    errors = {
        (9.0, 0.0): 3 * np.sqrt(size) * dice.standard_normal(len(size)),
        (1.0, 0.04): np.sqrt(size + 0.04 * size**2) * dice.standard_normal(len(size)),
    }
    for (noise, share), off in errors.items():
        spread = learned(size[None, None, :, None], np.maximum(size + off, 0)[None, None, :, None])
        assert spread.noise.item() == pytest.approx(noise, rel=0.1)
        assert spread.share.item() == pytest.approx(share, rel=0.1, abs=0.001)


def test_where_nobody_is_expected_chance_brings_nobody():
    for share in (0.0, 0.1):
        around = by_chance([0.0], share=share)
        assert (around.low.item(), around.high.item()) == (0, 0)


def test_in_five_year_groups_a_step_of_five_years_is_better_than_staying_and_than_raw_ratios(made_up):
    """0-4 to 85-89 and 90 and older; 16 years known, five ahead."""
    groups = [AgeGroup(f"{first}-{first + 4}", first, min(first + 4, 90)) for first in range(0, 95, 5)]
    series = grouped(made_up, groups)
    parents = tuple(childbearing_ages(len(groups), width=5).tolist())
    method = HamiltonPerry(parents, width=5)
    raw = HamiltonPerry(parents, width=5, smoothing=0, weight=0, limit=1e6, change=Change.RATIO)
    known, truth = series[:16], series[20]
    error = wape(method.project(known, 1)[0], truth)
    assert error < wape(raw.project(known, 1)[0], truth)
    assert error < wape(known[-1], truth) / 2


def test_chance_without_a_coverage_is_refused():
    with pytest.raises(ValueError, match="coverage between 0 and 1"):
        by_chance([1.0], coverage=1.0)
