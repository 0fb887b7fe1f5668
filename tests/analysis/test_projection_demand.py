"""Places needed and missing, and the units about which something may be said."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from kommpass.analysis.projection.demand import (
    ALL_DAY_SCHOOL,
    KITA_FROM_3,
    KITA_UNDER_3,
    YOUTH,
    Gap,
    gaps,
    seniors,
    served,
)
from kommpass.analysis.projection.intervals import Interval
from kommpass.analysis.projection.refusals import UnitsTooSmall
from kommpass.analysis.projection.reporting_units import proposed_units, require_size

counts = some.floats(0, 5000)
sizes = some.dictionaries(some.text("abcd", min_size=1, max_size=3), some.integers(0, 12_000), max_size=9)


def test_places_missing_by_hand():
    """Two areas, next year: 120 (100 to 140) and 50 (45 to 52) children, wish 39.4 %; 40 and 30 places.

    need 47.28 and 19.7; at least 39.4 and 17.73, at most 55.16 and 20.488
    """
    around = Interval(np.array([[100.0, 45.0]]), np.array([[140.0, 52.0]]))
    assert gaps([[120.0, 50.0]], around, quota=Decimal("0.394"), usable=[40, 30]) == (
        (Gap(need=47, low=-1, likely=7, high=16), Gap(need=20, low=-13, likely=-10, high=-9)),
    )


def test_a_gap_is_certain_if_both_ends_say_the_same():
    assert Gap(need=5, low=1, likely=2, high=3).certain
    assert Gap(need=5, low=-3, likely=-2, high=-1).certain
    assert not Gap(need=5, low=0, likely=2, high=3).certain


def test_half_a_place_is_a_place_and_a_binary_fraction_is_none():
    """50 x 0.29 is 14.5, which binary fractions make less; 0.1 + 0.2 children need no second place; 10.04 children are
    100.4 where each needs ten."""
    around = Interval(np.array([[50.0]]), np.array([[50.0]]))
    assert gaps([[50.0]], around, quota=Decimal("0.29"), usable=[0])[0][0] == Gap(need=15, low=14, likely=15, high=15)
    exact = np.array([[10.04]])
    assert gaps(exact, Interval(exact, exact), quota=Decimal(10), usable=[0])[0][0] == Gap(100, 100, 100, 101)
    near = np.array([[(0.1 + 0.2) * 10]])
    assert gaps(near, Interval(near, near), quota=Decimal(1), usable=[3])[0][0] == Gap(3, 0, 0, 0)


@given(
    some.lists(some.tuples(counts, counts, counts, some.integers(0, 3000)), min_size=1), some.decimals(0, 2, places=3)
)
def test_the_likely_gap_lies_within_its_interval(areas, quota):
    low, likely, high = np.sort(np.array([each[:3] for each in areas]), axis=1).T
    usable = [each[3] for each in areas]
    for gap, there in zip(gaps(likely[None], Interval(low[None], high[None]), quota=quota, usable=usable)[0], usable,
                          strict=True):  # fmt: skip
        assert gap.low <= gap.likely <= gap.high
        assert gap.need - there == gap.likely


@pytest.mark.parametrize(
    ("quota", "usable", "expected", "said"),
    [
        ("-0.1", [1], 5.0, "never less than nothing"),
        ("0.5", [-1], 5.0, "never less than nothing"),
        ("0.5", [1, 2], 5.0, "2 areas of places"),
        ("0.5", [1], 9.0, "outside of its interval"),
    ],
)
def test_places_that_make_no_sense_are_refused(quota, usable, expected, said):
    around = Interval(np.array([[4.0]]), np.array([[6.0]]))
    with pytest.raises(ValueError, match=said):
        gaps([[expected]], around, quota=Decimal(quota), usable=usable)


def test_every_service_is_for_its_ages():
    """One person of each age up to 90."""
    people = np.ones((1, 1, 91))
    found = {each.name: served(people, each).item()
             for each in (KITA_UNDER_3, KITA_FROM_3, ALL_DAY_SCHOOL, YOUTH, seniors(90))}  # fmt: skip
    assert found == {
        "Kita unter 3": 3,
        "Kita von 3 bis 5": 3,
        "Ganztag in der Grundschule": 4,
        "Jugendarbeit": 8,
        "Angebote für Ältere": 26,
    }


def test_people_of_ages_that_are_not_counted_need_no_places():
    with pytest.raises(ValueError, match="there are only 12 ages"):
        served(np.ones((1, 1, 12)), YOUTH)


def test_small_areas_join_their_neighbours_and_not_those_of_another_district():
    """A row of areas: a (3,000) between b (6,000) and c (9,000); d (1,000) beside c, but of another district."""
    people = {"a": 3000, "b": 6000, "c": 9000, "d": 1000}
    parent = {"a": "1", "b": "1", "c": "1", "d": "2"}
    assert proposed_units(people, parent=parent, neighbours={"a": ["b", "c"], "c": ["d"]}) == (
        ("a", "b"), ("c",), ("d",),
    )  # fmt: skip
    assert proposed_units(people, parent=parent, neighbours={"a": ["c"]}) == (("a", "c"), ("b",), ("d",))


@given(sizes, some.integers(1, 10_000), some.randoms())
def test_units_are_large_enough_or_nothing_of_their_district_is_left(people, minimum, random):
    parent = {code: code[0] for code in people}
    units = proposed_units(people, parent=parent, minimum=minimum)
    assert sorted(code for unit in units for code in unit) == sorted(people)
    for unit in units:
        district = unit[0][0]
        assert all(code[0] == district for code in unit)
        if sum(people[code] for code in unit) < minimum:
            assert sorted(unit) == sorted(code for code in people if code[0] == district)

    codes = list(people)
    random.shuffle(codes)
    assert proposed_units({code: people[code] for code in codes}, parent=parent, minimum=minimum) == units


def test_an_area_without_a_district_is_refused():
    with pytest.raises(ValueError, match="without a parent"):
        proposed_units({"a": 1}, parent={})


def test_units_that_are_too_small_are_refused_by_name():
    require_size({"Nord": 8000})
    with pytest.raises(UnitsTooSmall) as refusal:
        require_size({"Süd": 7999, "Nord": 8000, "Mitte": 12})
    assert str(refusal.value) == (
        "Für diese Gebiete wird nichts vorausberechnet, weil dort weniger als 8000 Menschen leben: Mitte, Süd. "
        "Bitte fassen Sie sie mit Nachbargebieten zusammen."
    )
    assert refusal.value.areas == ("Mitte", "Süd")
