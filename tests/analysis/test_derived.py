"""Shares and sums tell counts and amounts: what is reckoned from a number is protected like the number."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from kommpass.analysis.disclosure.attack import bounds
from kommpass.analysis.disclosure.derived import (
    margins_of,
    missing_by_concentration,
    missing_by_guess,
    shown_shares,
    with_complements,
)
from kommpass.analysis.disclosure.figures import Dimension, Figures, crossed, linked
from kommpass.analysis.disclosure.rules import Rule
from kommpass.analysis.disclosure.suppression import suppress

RULES = st.sampled_from([Rule(minimum=3), Rule(minimum=5), Rule(minimum=3, zero_is_open=False)])


@st.composite
def quotas(draw):
    """Children in care and children, by area, with the sums of the town; a share for each area and the town."""
    number = draw(st.integers(2, 5))
    parts = [(draw(st.integers(0, 15)), draw(st.integers(0, 15))) for _area in range(number)]
    in_care, children = [n for n, _rest in parts], [n + rest for n, rest in parts]
    area = Dimension.of(total=number, parts=range(number))
    both = linked([crossed([*in_care, 0], [area]), crossed([*children, 0], [area])])
    return both, [(cell, number + 1 + cell) for cell in range(number + 1)]


def known_by_shares(figures: Figures, hidden, shares, shown, digits: int):
    """What is hidden no more for somebody who multiplies: a share in percent with so many digits, and one of both."""
    known = ~hidden
    for (numerator, denominator), seen in zip(shares, shown, strict=True):
        whole = figures.values[denominator]
        if seen and whole and known[denominator]:
            share = round(100 * figures.values[numerator] / whole, digits)
            fitting = [count for count in range(whole + 1) if round(100 * count / whole, digits) == share]
            known[numerator] |= len(fitting) == 1
    return known


def told(figures: Figures, hidden, rule: Rule) -> list[int]:
    """Small counts (complements among them) of which not everything from 0 to the minimum is possible any more."""
    small = rule.unsafe(figures.values)
    least, most = bounds(figures, hidden, small)
    return np.flatnonzero(small & ((least > 1e-4) | (most < rule.minimum - 1e-4))).tolist()


@settings(deadline=None, max_examples=50)
@given(quotas(), RULES, st.sampled_from([0, 1, 2]))
def test_neither_numerator_nor_complement_is_told_by_a_share_and_its_denominator(quota, rule, digits):
    figures, shares = quota
    system = with_complements(figures, shares)
    hidden = suppress(system, rule).hidden
    assert hidden[figures.size :].all(), "nobody shows a complement"
    known = known_by_shares(system, hidden, shares, shown_shares(hidden, shares), digits)
    assert told(system, ~known, rule) == []


def test_without_the_complement_a_high_share_tells_the_few_who_are_left_over():
    """The check can fail: 38 of 40 children are in care, so everybody knows that two are not."""
    area = Dimension.of(total=2, parts=[0, 1])
    figures = linked([crossed([38, 20, 0], [area]), crossed([40, 50, 0], [area])])
    shares, rule = [(0, 3), (1, 4), (2, 5)], Rule(minimum=3)
    system = with_complements(figures, shares)
    careless = np.concatenate([suppress(figures, rule).hidden, [True] * 3])
    assert shown_shares(careless, shares).all()
    assert told(system, careless, rule) == [6]
    careful = suppress(system, rule).hidden
    assert told(system, careful, rule) == [] and not shown_shares(careful, shares)[0]


def test_a_share_whose_numerator_is_hidden_would_tell_it():
    """Why a share is not shown where its numerator is not: 5 % of 40 children are two."""
    figures = Figures(np.array([2, 40]), csr_matrix((0, 2), dtype=np.int64))
    system, shares = with_complements(figures, [(0, 1)]), [(0, 1)]
    hidden = suppress(system, Rule(minimum=3)).hidden
    assert shown_shares(hidden, shares).tolist() == [False]
    known = known_by_shares(system, hidden, shares, [True], digits=0)
    assert told(system, ~known, Rule(minimum=3)) == [0]


@pytest.mark.parametrize(("zero_is_open", "shown"), [(True, True), (False, False)])
def test_a_share_of_a_hundred_percent_is_shown_only_where_nothing_may_be_shown_as_nothing(zero_is_open, shown):
    figures = Figures(np.array([40, 40]), csr_matrix((0, 2), dtype=np.int64))
    rule = Rule(minimum=3, zero_is_open=zero_is_open)
    hidden = suppress(with_complements(figures, [(0, 1)]), rule).hidden
    assert shown_shares(hidden, [(0, 1)]).tolist() == [shown]


def test_what_is_no_part_of_its_whole_has_no_complement():
    figures = Figures(np.array([20, 12]), csr_matrix((0, 2), dtype=np.int64))
    with pytest.raises(ValueError, match="cell 0 is greater than its whole"):
        with_complements(figures, [(0, 1)])


contributions = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1_000)), max_size=25)


@given(contributions, st.integers(1, 3), st.integers(1, 100), st.integers(1, 50))
def test_the_rules_of_dominance_are_those_of_the_handbook(contributed, largest, k, p):
    """(n, k): the largest n have more than k percent. p %: the rest is less than p percent of the largest."""
    cells, amounts = [cell for cell, _amount in contributed], [amount for _cell, amount in contributed]
    concentrated = missing_by_concentration(amounts, cells, 4, largest=largest, percent=k)
    guessed = missing_by_guess(amounts, cells, 4, percent=p)
    for cell in range(4):
        own = sorted((amount for place, amount in contributed if place == cell), reverse=True)
        assert (concentrated[cell] > 0) == (100 * sum(own[:largest]) > k * sum(own))
        assert (guessed[cell] > 0) == (100 * sum(own[2:]) < p * sum(own[:1]))


somebody = st.tuples(st.integers(1, 400), st.lists(st.integers(0, 400), max_size=4)).map(lambda own: [own[0], *own[1]])


@settings(deadline=None, max_examples=30)
@given(st.lists(somebody, min_size=6, max_size=6), st.sampled_from([10, 20]))
def test_the_second_contributor_cannot_guess_the_first_from_a_table_that_is_protected(areas, percent):
    """Six sums in three areas by two kinds: the interval that is left over is as wide as the rule asks for."""
    cells = [place // 2 * 3 + place % 2 for place, own in enumerate(areas) for _amount in own]
    amounts = [amount for own in areas for amount in own]
    sums = np.zeros((4, 3), np.int64)
    sums[:3, :2] = np.array([sum(own) for own in areas]).reshape(3, 2)
    flat = [Dimension.of(total=3, parts=range(3)), Dimension.of(total=2, parts=range(2))]
    figures = crossed(sums, flat)
    missing = missing_by_guess(amounts, cells, figures.size, percent=percent)
    told_too_well = missing > 0
    found = suppress(
        figures.having(internal=told_too_well), Rule(minimum=1), margins=margins_of(figures.values, missing)
    )
    _least, most = bounds(figures, found.hidden)
    for place, own in enumerate(areas):
        first, second = [*sorted(own, reverse=True), 0, 0][:2]
        assert most[place // 2 * 3 + place % 2] - second >= first * (1 + percent / 100) - 1e-4


def test_an_amount_below_nothing_is_refused():
    with pytest.raises(ValueError, match="below nothing"):
        missing_by_guess([5, -1], [0, 0], 1, percent=10)
