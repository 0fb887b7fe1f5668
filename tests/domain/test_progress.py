"""How far a measure is: three axes kept apart, and one function that counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommpass.domain.progress import (
    ACHIEVEMENT_LABELS,
    DONE,
    ENDED,
    FRESHNESS_LABELS,
    LIGHT_LABELS,
    STATE_LABELS,
    Achievement,
    Freshness,
    Light,
    MeasureState,
    Standing,
    Tally,
    freshness,
    needs_reason,
    overdue,
    tally,
)

standings = st.builds(
    Standing,
    state=st.none() | st.sampled_from(MeasureState),
    light=st.none() | st.sampled_from(Light),
    overdue=st.booleans(),
)


def test_every_word_has_a_german_label():
    labels = (STATE_LABELS, LIGHT_LABELS, ACHIEVEMENT_LABELS, FRESHNESS_LABELS)
    assert [set(each) for each in labels] == [set(MeasureState), set(Light), set(Achievement), set(Freshness)]


@pytest.mark.parametrize("light", [Light.YELLOW, Light.RED])
@pytest.mark.parametrize("state", MeasureState)
def test_from_yellow_on_a_reason_is_owed_whatever_the_state(state, light):
    assert needs_reason(state, light)


def test_a_measure_that_ends_otherwise_than_agreed_is_explained_even_if_green():
    explained = {state for state in MeasureState if needs_reason(state, Light.GREEN)}
    assert explained == {
        MeasureState.PARTLY_DONE, MeasureState.REPLACED, MeasureState.DROPPED, MeasureState.NOT_REALISED
    }  # fmt: skip


@pytest.mark.parametrize("state", MeasureState)
def test_a_measure_is_late_the_day_after_its_date_unless_it_is_over(state):
    due = date(2027, 6, 30)
    assert not overdue(state, due, due)
    assert overdue(state, due, due + timedelta(days=1)) is (state not in ENDED)


def test_a_measure_nobody_reported_on_is_late_too_and_one_without_a_date_never():
    assert overdue(None, date(2027, 6, 30), date(2027, 7, 1))
    assert not overdue(MeasureState.IN_PROGRESS, None, date(2099, 1, 1))


@pytest.mark.parametrize(
    ("rounds", "word"),
    [(None, "never"), (0, "fresh"), (1, "ageing"), (2, "stale"), (7, "stale")],
)
def test_a_word_ages_with_the_rounds_and_not_with_the_calendar(rounds, word):
    assert freshness(rounds).value == word


@given(st.lists(standings, max_size=40))
def test_every_measure_is_counted_in_exactly_one_place(rows):
    counted = tally(rows)
    places = (counted.done, counted.under_way, counted.not_started, counted.ended_otherwise, counted.unreported)
    assert (sum(places), counted.total) == (len(rows), len(rows))
    assert counted.green + counted.yellow + counted.red == sum(each.light is not None for each in rows)
    assert counted.done == sum(each.state in DONE for each in rows)


@given(st.lists(standings, max_size=30), st.integers(0, 30))
def test_fields_counted_apart_and_added_are_the_whole(rows, cut):
    assert tally(rows[:cut]) + tally(rows[cut:]) == tally(rows)


@given(st.lists(standings, min_size=1, max_size=30))
def test_a_hundred_percent_means_all_of_them(rows):
    counted = tally(rows)
    assert (counted.done_percent == 100) is (counted.done == counted.total)


def test_of_nothing_nothing_is_done():
    assert (tally([]), Tally().done_percent) == (Tally(), 0)
