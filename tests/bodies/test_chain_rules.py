"""The rules of a chain as plain values: which state may follow which, and which votes can be true."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kommpass.domain.consultations import (
    DONE,
    HOLDING,
    OPEN,
    RESULTS,
    StationRole,
    StationState,
    possible,
    refusal_of,
    refusal_of_votes,
    results_by_hand,
    way_to_decision,
)

S = StationState
roles, states = some.sampled_from(StationRole), some.sampled_from(StationState)
days = some.dates(date(2010, 1, 1), date(2040, 12, 31))
counts = some.none() | some.integers(0, 200)


@given(roles, states, states, days, days)
def test_no_result_of_a_meeting_comes_before_the_meeting(role, state, to, meeting_on, today):
    allowed = not refusal_of(role=role, state=state, to=to, meeting_on=meeting_on, today=today)
    if allowed and to in DONE:
        assert meeting_on <= today


@given(roles, some.lists(states, max_size=8))
def test_whatever_is_tried_a_station_never_has_a_result_outside_of_its_role(role, tries):
    state = S.PLANNED
    for to in tries:
        sentence = refusal_of(role=role, state=state, to=to, meeting_on=date(2026, 1, 1), today=date(2026, 1, 2))
        assert bool(sentence) == (to not in possible(role, state))
        state = state if sentence else to
        assert state in {S.PLANNED, S.ON_AGENDA} | RESULTS[role]


@given(roles, some.sampled_from(sorted(HOLDING)), states)
def test_a_stopped_or_referred_station_stays_what_it_is(role, state, to):
    assert possible(role, state) == frozenset()
    assert refusal_of(role=role, state=state, to=to, meeting_on=date(2026, 1, 1), today=date(2026, 1, 2))


@given(states)
def test_a_decision_is_never_entered_by_hand(state):
    assert not set(results_by_hand(StationRole.DECISION, state)) & {S.DECIDED, S.REJECTED, S.NOTED}


@given(some.lists(states, max_size=6))
def test_a_held_chain_is_freed_by_a_later_station_that_dealt_with_the_paper(earlier):
    assert not way_to_decision([*earlier, S.RECOMMENDED]).blocked
    assert way_to_decision([*earlier, S.STOPPED]).blocked


@given(some.lists(states, max_size=6))
def test_open_stations_are_named_and_do_not_hold_the_chain(earlier):
    way = way_to_decision(earlier)
    assert [earlier[position] in OPEN for position in way.still_open] == [True] * len(way.still_open)
    assert len(way.still_open) == sum(state in OPEN for state in earlier)


@given(counts, counts, counts, some.sampled_from(["", "unanimous", "majority"]), some.integers(0, 100))
def test_accepted_votes_are_complete_plausible_and_a_majority(yes, no, abstain, manner, members):
    if refusal_of_votes((yes, no, abstain), manner=manner, members=members, accepted=True):
        return
    if (yes, no, abstain) == (None, None, None):
        return
    assert None not in (yes, no, abstain)
    assert yes > no
    assert not members or yes + no + abstain <= members
    assert manner != "unanimous" or no == 0


@pytest.mark.parametrize(
    ("votes", "manner", "members", "accepted", "starts"),
    [
        ((18, 0, 0), "unanimous", 20, True, ""),
        ((None, None, None), "majority", 20, True, ""),
        ((18, 1, 0), "unanimous", 0, True, "Einstimmig"),
        ((10, 10, 1), "majority", 0, True, "Mit diesen Stimmen ist der Vorschlag nicht angenommen"),
        ((12, 3, 0), "majority", 0, False, "Mit diesen Stimmen ist der Vorschlag nicht abgelehnt"),
        ((18, None, None), "", 0, None, "Bitte geben Sie alle drei Zahlen an"),
        ((0, 0, 0), "", 0, None, "Ganz ohne Stimmen"),
        ((20, 2, 0), "", 21, True, "Das sind mehr Stimmen"),
    ],
)
def test_votes_that_cannot_be_true_are_refused_with_a_sentence(votes, manner, members, accepted, starts):
    sentence = refusal_of_votes(votes, manner=manner, members=members, accepted=accepted)
    assert sentence[: len(starts)] == starts
    assert bool(sentence) == bool(starts)
