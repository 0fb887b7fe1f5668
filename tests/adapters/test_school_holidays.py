"""The school holidays of the states: complete to summer 2030, in order, and those that we know by heart are right."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from holidays import Germany

from kommpass.adapters.school_holidays import named_school_holidays, school_holidays

STATES = ["BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH"]
YEARS = range(2026, 2031)
every_state = pytest.mark.parametrize("state", STATES)


def of_kind(state, name):
    return [(first, last) for each, first, last in named_school_holidays(state) if each == name]


@every_state
def test_holidays_are_in_order_and_do_not_overlap(state):
    spans = school_holidays(state)
    assert all(first <= last for first, last in spans)
    assert all(earlier[1] + timedelta(days=1) < later[0] for earlier, later in pairwise(spans))


@every_state
def test_every_summer_has_six_weeks(state):
    summers = of_kind(state, "Sommerferien")
    assert [first.year for first, _last in summers] == list(YEARS)
    assert all(39 <= (last - first).days + 1 <= 46 for first, last in summers)
    assert all(date(first.year, 6, 15) < first and last < date(first.year, 9, 20) for first, last in summers)


@every_state
def test_every_school_year_has_autumn_christmas_and_easter_or_spring(state):
    autumn, christmas = of_kind(state, "Herbstferien"), of_kind(state, "Weihnachtsferien")
    spring = of_kind(state, "Frühjahrsferien" if state == "HH" else "Osterferien")
    assert [first.year for first, _last in autumn] == list(YEARS)[:-1]
    assert [first.year for first, _last in christmas] == [2025, *list(YEARS)[:-1]]
    assert [first.year for first, _last in spring] == list(YEARS)
    assert all(first.month == 12 and first <= date(first.year, 12, 27) <= last for first, last in christmas)
    assert all(first.month in (10, 11) for first, _last in autumn)


@every_state
def test_easter_holidays_touch_easter(state):
    for first, last in of_kind(state, "Osterferien"):
        good_friday = next(
            day for day, name in Germany(years=first.year, language="de").items() if name == "Karfreitag"
        )
        assert first <= good_friday + timedelta(days=4) and good_friday <= last + timedelta(days=1)


@every_state
def test_a_school_year_has_about_75_working_days_of_holidays(state):
    """The states agreed on 75 (Hamburger Abkommen), Saturdays counted; days that schools choose are not here."""
    for (_first, after), (_next, until) in pairwise(of_kind(state, "Sommerferien")):
        spans = [span for span in school_holidays(state) if after < span[0] <= until]
        days = {first + timedelta(days=step) for first, last in spans for step in range((last - first).days + 1)}
        assert 60 <= sum(day.weekday() < 6 for day in days) <= 84


@every_state
def test_nothing_begins_on_a_sunday_but_berlins_summer(state):
    odd = [first for first, _last in school_holidays(state) if first.weekday() == 6]
    assert odd == ([date(2029, 7, 1)] if state == "BE" else [])


@pytest.mark.parametrize(
    ("state", "first", "last"),
    [
        ("NW", date(2026, 7, 20), date(2026, 9, 1)),
        ("NW", date(2026, 10, 17), date(2026, 10, 31)),
        ("NW", date(2027, 12, 24), date(2028, 1, 8)),
        ("BY", date(2026, 8, 3), date(2026, 9, 14)),
        ("BW", date(2026, 7, 30), date(2026, 9, 12)),
        ("HE", date(2026, 6, 29), date(2026, 8, 7)),
        ("MV", date(2026, 10, 15), date(2026, 10, 24)),
    ],
)
def test_holidays_that_one_knows(state, first, last):
    assert (first, last) in school_holidays(state)


@pytest.mark.parametrize("state", ["", "XX", "nw", "DE-NW"])
def test_an_unknown_state_has_no_holidays(state):
    assert school_holidays(state) == ()
