"""Dates as town halls write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommpass.domain.moments import ImpossibleDate, PartialDate, UnreadableDate, parse_moment

MOMENTS = st.one_of(
    st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(PartialDate.of),
    st.builds(PartialDate, st.integers(1900, 2199)),
    st.builds(PartialDate, st.integers(1900, 2199), st.integers(1, 12)),
)


@pytest.mark.parametrize(
    ("written", "deadline", "beginning"),
    [
        ("2027", "2027", "2027"),
        ("2027-03", "2027-03", "2027-03"),
        ("2027-03-31", "2027-03-31", "2027-03-31"),
        ("2027-03-31T00:00:00Z", "2027-03-31", "2027-03-31"),
        ("03/2027", "2027-03", "2027-03"),
        ("3.2027", "2027-03", "2027-03"),
        ("März 2027", "2027-03", "2027-03"),
        ("Mrz. 2027", "2027-03", "2027-03"),
        ("SEPTEMBER  2027", "2027-09", "2027-09"),
        ("31.12.2027", "2027-12-31", "2027-12-31"),
        ("1.3.27", "2027-03-01", "2027-03-01"),
        ("1. März 2027", "2027-03-01", "2027-03-01"),
        ("Q3 2027", "2027-09", "2027-07"),
        ("III. Quartal 2027", "2027-09", "2027-07"),
        ("2027/Q3", "2027-09", "2027-07"),
        ("2. Halbjahr 2027", "2027-12", "2027-07"),
        ("bis Ende 2027", "2027-12", "2027-12"),
        ("Ende März 2027", "2027-03", "2027-03"),
        ("ab 2027", "2027", "2027"),
        ("Kita-Jahr 2015/16", "2016-07", "2015-08"),
        ("2015/2016", "2016", "2015"),
    ],
)
def test_dates_are_read_as_precisely_as_they_were_written(written, deadline, beginning):
    assert (parse_moment(written).text, parse_moment(written, end=False).text) == (deadline, beginning)


@pytest.mark.parametrize(
    "written",
    [
        "31.02.2027",
        "2027-13-01",
        "2027-13",
        "30.02.2028",
        "13/2027",
        "Q5 2027",
        "0203",
        "2015/18",
        "00.01.2027",
    ],
)
def test_a_day_that_does_not_exist_is_refused_in_german(written):
    with pytest.raises(ImpossibleDate) as refused:
        parse_moment(written)
    assert refused.value.sentence.endswith("gibt es nicht.")
    assert f"„{written}“" in refused.value.sentence


@pytest.mark.parametrize("written", ["", "laufend", "Herbst 2027", "2027-2029", "12", "1.2.3.4", "Abc 2027", "²027"])
def test_words_that_are_no_date_are_told_apart_from_impossible_dates(written):
    with pytest.raises(UnreadableDate):
        parse_moment(written)


@given(MOMENTS)
def test_every_date_survives_its_two_spellings(moment):
    assert parse_moment(moment.text) == moment
    assert parse_moment(moment.german) == moment


@given(MOMENTS, MOMENTS)
def test_dates_have_one_order(one, other):
    assert (one < other) + (other < one) + (one == other) == 1
    assert not (one < other and one.first_day > other.first_day)
    assert one.first_day <= one.last_day


def test_a_month_ends_on_its_last_day_also_in_leap_years():
    assert [PartialDate(year, 2).last_day for year in (2027, 2028)] == [date(2027, 2, 28), date(2028, 2, 29)]


def test_a_day_needs_its_month():
    with pytest.raises(ImpossibleDate):
        PartialDate(2027, None, 3)
