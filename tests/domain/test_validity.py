"""When a certificate holds: states day by day, later steps, lapses that nothing closes, proofs year by year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommpass.domain.moments import PartialDate
from kommpass.domain.validity import (
    HOLDING,
    STATE_LABELS,
    CertificateState,
    Gap,
    Proof,
    StepKind,
    Term,
    gaps,
    held,
    may_use_logo,
    months_before,
    open_gap,
    open_proofs,
    proposed_end,
    proved_until,
    state_on,
    suspensions,
)

State, Kind = CertificateState, StepKind
BAD_OEYNHAUSEN = Term(PartialDate(2020, 10, 27), PartialDate(2023, 11))

days = st.dates(date(2010, 1, 1), date(2035, 12, 31))
begins = st.one_of(
    st.builds(PartialDate.of, st.dates(date(2012, 1, 1), date(2025, 12, 31))),
    st.builds(PartialDate, st.integers(2012, 2025), st.integers(1, 12)),
)
steps = st.lists(st.tuples(st.sampled_from(Kind), days), max_size=6)


@st.composite
def terms(draw, *, permanent: bool = True) -> Term:
    first = draw(begins)
    last = first.first_day + timedelta(days=draw(st.integers(0, 2200)))
    ends = [PartialDate.of(last), PartialDate(last.year, last.month), *([None] if permanent else [])]
    return Term(first, draw(st.sampled_from(ends)))


def test_every_state_has_a_german_word():
    assert set(STATE_LABELS) == set(State)


def test_a_term_that_ends_before_it_begins_is_no_term():
    with pytest.raises(ValueError, match="expected an end after"):
        Term(PartialDate(2020, 3), PartialDate(2020, 2))


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2020, 10, 26), State.NOT_YET),
        (date(2020, 10, 27), State.VALID),
        (date(2022, 11, 29), State.VALID),
        (date(2022, 11, 30), State.EXPIRING),
        (date(2023, 11, 30), State.EXPIRING),
        (date(2023, 12, 1), State.LAPSED),
    ],
)
def test_a_month_as_end_means_its_last_day(day, state):
    assert state_on(BAD_OEYNHAUSEN, [], day) is state


@pytest.mark.parametrize(
    ("until", "last_day", "expiring_from"),
    [
        (PartialDate(2024, 2), date(2024, 2, 29), date(2023, 2, 28)),
        (PartialDate(2023, 2), date(2023, 2, 28), date(2022, 2, 28)),
        (PartialDate(2024, 2, 29), date(2024, 2, 29), date(2023, 2, 28)),
        (PartialDate(2023), date(2023, 12, 31), date(2022, 12, 31)),
        (PartialDate(2023, 10, 15), date(2023, 10, 15), date(2022, 10, 15)),
    ],
)
def test_the_last_year_begins_twelve_calendar_months_before_the_end(until, last_day, expiring_from):
    term = Term(PartialDate(2020), until)
    assert (term.last_day, months_before(last_day, 12)) == (last_day, expiring_from)
    assert state_on(term, [], expiring_from - timedelta(days=1)) is State.VALID
    assert state_on(term, [], expiring_from) is State.EXPIRING


@given(days, st.integers(0, 60), st.integers(0, 60))
def test_months_back_add_up_as_long_as_no_month_is_too_short(day, first, second):
    day = day.replace(day=min(day.day, 28))
    assert months_before(months_before(day, first), second) == months_before(day, first + second)
    assert months_before(day, 12 * first).month == day.month


@given(days, st.integers(0, 60))
def test_months_back_never_leave_the_month_that_is_meant(day, months):
    back = months_before(day, months)
    assert (day.year * 12 + day.month) - (back.year * 12 + back.month) == months
    assert back.day <= day.day


class TestSteps:
    @given(terms(), steps, days)
    def test_every_day_has_exactly_one_state_and_the_outer_ones_follow_from_the_term(self, term, steps, day):
        state = state_on(term, steps, day)
        withdrawn = any(kind is Kind.WITHDRAWN and on <= day for kind, on in steps)
        assert (state is State.WITHDRAWN) is withdrawn
        if not withdrawn:
            assert (state is State.NOT_YET) is (day < term.first_day)
            assert (state is State.LAPSED) is (term.last_day is not None and day > term.last_day)

    @given(terms(), steps, days)
    def test_a_withdrawal_is_for_good(self, term, steps, day):
        if state_on(term, steps, day) is State.WITHDRAWN:
            later = [day + timedelta(days=each) for each in (1, 40, 4000)]
            assert [state_on(term, steps, each) for each in later] == [State.WITHDRAWN] * 3

    @given(terms(), steps, days)
    def test_what_takes_effect_later_changes_nothing_today(self, term, steps, day):
        begun = [step for step in steps if step[1] <= day]
        assert state_on(term, begun, day) is state_on(term, steps, day)

    @given(terms(), steps, days)
    def test_the_order_of_writing_matters_only_within_one_day(self, term, steps, day):
        assert state_on(term, sorted(steps, key=lambda step: step[1]), day) is state_on(term, steps, day)

    @given(terms(), days, days)
    def test_a_reinstatement_gives_back_what_a_suspension_took_and_no_day_more(self, term, first, second):
        first, second = min(first, second), max(first, second)
        pause = [(Kind.SUSPENDED, first), (Kind.REINSTATED, second)]
        for day in (first - timedelta(days=1), first, second - timedelta(days=1), second, second + timedelta(days=900)):
            plain, paused = state_on(term, [], day), state_on(term, pause, day)
            inside = first <= day < second and plain not in (State.NOT_YET, State.LAPSED)
            assert paused is (State.SUSPENDED if inside else plain)

    @given(terms(), steps, st.integers(-3, 3), days)
    def test_the_suspensions_of_the_drawing_are_the_suspensions_of_the_state(self, term, steps, shift, day):
        edges = [on + timedelta(days=shift) for _kind, on in steps]
        for each in (day, term.first_day, *edges):
            inside = any(first <= each and (last is None or each <= last) for first, last in suspensions(term, steps))
            assert inside is (state_on(term, steps, each) is State.SUSPENDED)

    def test_a_suspension_does_not_stop_the_clock(self):
        pause = [(Kind.SUSPENDED, date(2023, 6, 1))]
        assert state_on(BAD_OEYNHAUSEN, pause, date(2023, 11, 30)) is State.SUSPENDED
        assert state_on(BAD_OEYNHAUSEN, pause, date(2023, 12, 1)) is State.LAPSED

    @pytest.mark.parametrize(
        ("written", "state"),
        [
            ([Kind.SUSPENDED, Kind.REINSTATED], State.VALID),
            ([Kind.REINSTATED, Kind.SUSPENDED], State.SUSPENDED),
            ([Kind.SUSPENDED, Kind.REINSTATED, Kind.SUSPENDED], State.SUSPENDED),
            ([Kind.SUSPENDED, Kind.WITHDRAWN], State.WITHDRAWN),
            ([Kind.WITHDRAWN, Kind.REINSTATED], State.WITHDRAWN),
        ],
    )
    def test_on_one_day_the_word_written_last_counts(self, written, state):
        on = date(2021, 5, 1)
        assert state_on(BAD_OEYNHAUSEN, [(kind, on) for kind in written], on) is state


@given(terms(), steps, days)
def test_the_logo_goes_with_the_states_that_hold_and_with_no_other(term, steps, day):
    for met in (True, False):
        state = state_on(term, steps, day, conditions_met=met)
        assert may_use_logo(state) is (state in (State.VALID, State.EXPIRING, State.PERMANENT))
    assert State.CONDITIONS_OPEN not in HOLDING


class TestGaps:
    def test_neunkirchen_lapsed_between_two_awards(self):
        first, second = Term(PartialDate(2015, 3), PartialDate(2018, 2)), Term(PartialDate(2019, 11, 12))
        assert gaps([first, second]) == [Gap(date(2018, 3, 1), date(2019, 11, 11))]
        assert gaps([first, second])[0].days == 621

    def test_an_award_that_follows_the_next_day_leaves_no_gap(self):
        assert gaps([Term(PartialDate(2015, 3), PartialDate(2018, 2)), Term(PartialDate(2018, 3))]) == []

    @given(st.lists(terms(), max_size=6))
    def test_gaps_are_exactly_the_days_between_awards_on_which_none_holds(self, found):
        lapses = gaps(found)
        assert lapses == sorted(lapses, key=lambda gap: gap.first_day)
        for gap in lapses:
            inside = (gap.first_day, gap.first_day + timedelta(days=gap.days // 2), gap.last_day)
            assert not any(term.covers(day) for term in found for day in inside)
            assert any(term.covers(gap.first_day - timedelta(days=1)) for term in found)
            assert any(term.covers(gap.last_day + timedelta(days=1)) for term in found)

    @given(st.lists(terms(), max_size=6), days)
    def test_a_day_between_two_awards_holds_or_lies_in_a_gap(self, found, day):
        between = any(each.first_day < day for each in found) and any(each.first_day > day for each in found)
        if between and not any(term.covers(day) for term in found):
            assert [gap for gap in gaps(found) if gap.first_day <= day <= gap.last_day] != []

    @given(st.lists(terms(permanent=False), min_size=1, max_size=5), st.integers(1, 800), terms())
    def test_a_later_award_never_closes_a_gap(self, found, wait, template):
        """A town that has lapsed and is awarded again keeps every gap, and has one more."""
        before, last = gaps(found), max(term.last_day for term in found)
        begin = last + timedelta(days=wait + 1)
        later = Term(PartialDate.of(begin), template.until and PartialDate.of(begin + timedelta(days=400)))
        assert gaps([*found, later]) == [*before, Gap(last + timedelta(days=1), begin - timedelta(days=1))]

    @given(st.lists(terms(), max_size=5), st.randoms())
    def test_the_order_in_which_awards_are_told_does_not_matter(self, found, chance):
        shuffled = list(found)
        chance.shuffle(shuffled)
        assert gaps(shuffled) == gaps(found)

    @given(terms(), days, days)
    def test_a_withdrawn_award_counts_until_the_day_before(self, term, withdrawn, day):
        counted = held(term, [(Kind.WITHDRAWN, withdrawn)])
        covers = counted is not None and counted.covers(day)
        assert covers is (term.covers(day) and day < withdrawn)

    def test_the_time_after_a_withdrawal_is_a_gap_even_if_the_term_would_have_gone_on(self):
        withdrawn = held(BAD_OEYNHAUSEN, [(Kind.WITHDRAWN, date(2021, 5, 1))])
        again = Term(PartialDate(2022, 9, 1))
        assert gaps([withdrawn, again]) == [Gap(date(2021, 5, 1), date(2022, 8, 31))]

    @given(st.lists(terms(), min_size=1, max_size=5), days)
    def test_the_gap_of_today_goes_on_from_the_last_end(self, found, day):
        gap = open_gap(found, day)
        over = all(term.last_day is not None and term.last_day < day for term in found)
        assert (gap is not None) is over
        if gap:
            assert gap == Gap(max(term.last_day for term in found) + timedelta(days=1), day)

    def test_who_never_had_a_certificate_has_no_gap(self):
        assert (gaps([]), open_gap([], date(2026, 1, 1))) == ([], None)


class TestProposal:
    @pytest.mark.parametrize(
        ("begin", "end"),
        [
            (PartialDate(2020, 10, 27), PartialDate(2023, 10)),
            (PartialDate(2019, 11, 1), PartialDate(2022, 10)),
            (PartialDate(2019, 11), PartialDate(2022, 10)),
            (PartialDate(2024, 2, 29), PartialDate(2027, 2)),
            (PartialDate(2024, 1, 1), PartialDate(2026, 12)),
            (PartialDate(2024), PartialDate(2026, 12)),
        ],
    )
    def test_three_years_are_counted_by_the_calendar(self, begin, end):
        assert proposed_end(begin, 3) == end

    @given(begins, st.integers(1, 10))
    def test_the_proposal_is_never_shorter_than_promised_and_never_a_month_longer(self, begin, years):
        first, last = begin.first_day, proposed_end(begin, years).last_day
        whole = first.replace(year=first.year + years, day=min(first.day, 28))
        assert whole - timedelta(days=1) <= last < whole + timedelta(days=31)


proofs = st.sets(st.tuples(st.integers(2014, 2030), st.sampled_from(Proof)))


class TestProofs:
    def test_every_proof_has_a_german_word(self):
        assert [each.label for each in Proof] == ["Mitgliedsbeitrag", "Jahresworkshop"]

    @given(days, proofs, days)
    def test_a_year_asks_for_fee_and_workshop_once_it_is_over(self, begin, shown, day):
        missing = open_proofs(begin, shown, day)
        assert missing == sorted(missing, key=lambda each: (each[0], list(Proof).index(each[1])))
        assert all(begin.year < year < day.year and (year, kind) not in shown for year, kind in missing)
        wanted = {(year, kind) for year in range(begin.year + 1, day.year) for kind in Proof}
        assert set(missing) == wanted - shown

    @given(days, proofs, days)
    def test_another_proof_never_opens_anything(self, begin, shown, day):
        missing = open_proofs(begin, shown, day)
        for each in missing:
            assert open_proofs(begin, shown | {each}, day) == [other for other in missing if other != each]

    @given(days, proofs)
    def test_the_logo_of_a_permanent_award_ends_with_the_first_year_that_is_not_proved(self, begin, shown):
        end = proved_until(begin, shown)
        assert (end.month, end.day) == (12, 31) and end.year > begin.year
        assert open_proofs(begin, shown, end) == []
        assert open_proofs(begin, shown, end + timedelta(days=1)) != []

    def test_open_conditions_do_not_end_a_permanent_award_they_rest_its_logo(self):
        term = Term(PartialDate(2021, 6))
        states = [state_on(term, [], date(2023, 1, 1), conditions_met=met) for met in (True, False)]
        assert states == [State.PERMANENT, State.CONDITIONS_OPEN]
        assert [may_use_logo(state) for state in states] == [True, False]
