"""Nobody is written to on weekends and public holidays: compared with the rules as the law of each state has them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from kommpass.adapters.holidays import is_quiet

STATES = ["BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH"]
# Since 2023 nothing has changed; Berlin's single holidays (2025, 2028) are left out below.
DAYS = some.dates(date(2023, 1, 1), date(2099, 12, 31))
EVERYWHERE = {(1, 1), (5, 1), (10, 3), (12, 25), (12, 26)}
ALSO = {
    (1, 6): "BW BY ST",
    (3, 8): "BE MV",
    (8, 15): "SL",
    (9, 20): "TH",
    (10, 31): "BB HB HH MV NI SH SN ST TH",
    (11, 1): "BW BY NW RP SL",
}
AFTER_EASTER = {-2: STATES, 1: STATES, 39: STATES, 50: STATES, 60: ["BW", "BY", "HE", "NW", "RP", "SL"]}


def easter(year: int) -> date:
    """Easter Sunday (Meeus, Jones and Butcher)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    days = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * days) // 451
    month, day = divmod(epact + days - 7 * late + 114, 31)
    return date(year, month, day + 1)


def free_by_law(day: date, state: str) -> bool:
    place = (day.month, day.day)
    buss_und_bettag = state == "SN" and day.weekday() == 2 and (11, 16) <= place <= (11, 22)
    of_easter = state in AFTER_EASTER.get((day - easter(day.year)).days, ())
    return place in EVERYWHERE or state in ALSO.get(place, "").split() or of_easter or buss_und_bettag


@settings(deadline=None)  # the package reads its tables at the first question
@given(DAYS, some.sampled_from(STATES))
def test_a_day_is_quiet_if_it_is_a_weekend_or_free_by_law(day, state):
    if state == "BE" and day.year in (2025, 2028):
        return
    assert is_quiet(day, state) == (day.weekday() >= 5 or free_by_law(day, state))


@settings(deadline=None)
@given(DAYS, some.sampled_from(STATES), some.text(max_size=3).filter(lambda name: name not in STATES))
def test_an_unknown_state_has_what_all_have(day, state, unknown):
    assert is_quiet(day, unknown) == is_quiet(day)
    assert not is_quiet(day, unknown) or is_quiet(day, state)


@settings(deadline=None)
@given(DAYS, some.sampled_from(STATES))
def test_there_is_a_working_day_within_every_week(day, state):
    assert not all(is_quiet(day + timedelta(days=each), state) for each in range(6))


@pytest.mark.parametrize(
    ("day", "quiet", "working"),
    [
        (date(2026, 6, 4), "NW", "BE"),  # Fronleichnam
        (date(2026, 10, 31), "", ""),  # a Saturday
        (date(2028, 10, 31), "NI", "NW"),  # Reformationstag
        (date(2027, 11, 1), "NW", "NI"),  # Allerheiligen
        (date(2027, 3, 8), "BE", "NW"),  # Frauentag
        (date(2027, 11, 17), "SN", "ST"),  # Buß- und Bettag
    ],
)
def test_holidays_differ_from_state_to_state(day, quiet, working):
    assert is_quiet(day, quiet)
    assert is_quiet(day, working) == (day.weekday() >= 5)


def test_christmas_eve_is_a_working_day():
    assert not is_quiet(date(2026, 12, 24), "NW")
