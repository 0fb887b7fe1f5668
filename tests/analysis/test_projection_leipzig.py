"""The projection of Leipzig, 63 areas from 2000 to 2023, against what really came."""

import numpy as np
import pytest

from kommpass.analysis.projection.backtest import LINEAR, NO_CHANGE, RAW_RATIOS, back_test, chosen
from kommpass.analysis.projection.intervals import measured_coverage
from kommpass.analysis.projection.refusals import UnitsTooSmall
from kommpass.analysis.projection.reporting_units import MINIMUM, require_size
from tests.analysis.projection_towns import LEIPZIG_GROUPS, LEIPZIG_METHODS, leipzig, units_of

SIMPLE = [NO_CHANGE, LINEAR, RAW_RATIOS]


@pytest.fixture(scope="module")
def town(shared_data):
    return leipzig(shared_data)


@pytest.fixture(scope="module", params=["areas", "units"])
def history(request, town):
    return town.history if request.param == "areas" else town.merged(units_of(town))


def test_the_three_age_groups_add_up_to_the_people_of_leipzig(town):
    assert town.history.shape == (24, 63, 3)
    assert town.years == tuple(range(2000, 2024))
    np.testing.assert_allclose(town.history[-1].sum(), 628_719, atol=1)


@pytest.mark.parametrize(("years_ahead", "origins"), [(3, 7), (5, 5)])
def test_what_the_earlier_years_choose_is_best_in_every_age_group_of_the_later_years(history, years_ahead, origins):
    """The method is chosen on years that were over when the first of the later origins was forecast. What there is to
    choose from was put together by somebody who had seen all years."""
    how = {"groups": LEIPZIG_GROUPS, "years_ahead": years_ahead, "origins": origins, "base": 6}
    earlier = back_test(history[: len(history) - years_ahead - origins + 1], LEIPZIG_METHODS, **how)
    later = back_test(history, LEIPZIG_METHODS, **how)
    method = chosen(earlier, simple=SIMPLE).method
    assert method not in SIMPLE
    assert later.worse(method, SIMPLE) == ()


def test_among_the_children_of_the_earlier_years_raw_ratios_were_better_and_the_choice_says_so(town):
    """Their number fell until 2004 and then rose faster and faster: no method that expects calm could know."""
    earlier = back_test(town.history[:15], LEIPZIG_METHODS, groups=LEIPZIG_GROUPS, years_ahead=5, origins=5, base=6)
    assert chosen(earlier, simple=SIMPLE).sentence == (
        "Gewicht 3000, Dämpfung 0.8: genauer als alle einfachen Verfahren, außer in diesen Altersgruppen: unter 15."
    )


@pytest.mark.parametrize("years_ahead", [3, 5])
def test_eighty_percent_intervals_hold_eighty_percent(history, years_ahead):
    """All origins, years and age groups together; by age group it is 73 to 91, because turns of the whole town (babies
    from 2005, newcomers in 2015 and 2022) hit all areas at once."""
    name = "Gewicht 3000, Dämpfung 0.8"
    origins = len(history) - 6 - years_ahead + 1
    tried = back_test(
        history, {name: LEIPZIG_METHODS[name]}, groups=LEIPZIG_GROUPS, years_ahead=years_ahead, origins=origins, base=6
    )
    assert 75 <= measured_coverage(tried.forecasts[name], tried.truth).mean() <= 85


def test_nothing_is_said_about_single_small_areas_but_about_the_units_proposed_for_them(town):
    last = dict(zip(town.codes, town.history[-1].sum(1).tolist(), strict=True))
    with pytest.raises(UnitsTooSmall) as refusal:
        require_size(last)
    assert len(refusal.value.areas) == 26

    units = units_of(town)
    assert sorted(code for unit in units for code in unit) == list(town.codes)
    assert all(len({code[0] for code in unit}) == 1 for unit in units)
    assert min(sum(last[code] for code in unit) for unit in units) >= MINIMUM
    assert len(units) == 44
