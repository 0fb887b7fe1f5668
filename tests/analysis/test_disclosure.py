"""No hidden number can be told from what is shown: rules against which every way out of the house is built."""

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from kommpass.analysis.disclosure import suppression
from kommpass.analysis.disclosure.attack import Margins, bounds, breaches
from kommpass.analysis.disclosure.companions import together_with
from kommpass.analysis.disclosure.figures import Dimension, Figures, crossed, linked
from kommpass.analysis.disclosure.rules import Rule
from kommpass.analysis.disclosure.suppression import CannotProtect, suppress

small_counts = st.integers(0, 12)
RULES = st.sampled_from([Rule(minimum=3), Rule(minimum=5), Rule(minimum=3, zero_is_open=False)])


def flat(parts: int) -> Dimension:
    return Dimension.of(total=parts, parts=range(parts))


TOWN = Dimension(np.array([4, 4, 5, 5, 6, 6, -1]))
"""Four quarters, two districts of two each, the town."""


@st.composite
def tables(draw) -> Figures:
    """Two or three dimensions, one of them perhaps with a level between."""
    dimensions = draw(
        st.sampled_from(
            [[flat(2), flat(2)], [flat(4), flat(3)], [TOWN, flat(2)], [TOWN, flat(3)], [flat(3), flat(2), flat(2)]]
        )
    )
    shape = tuple(each.size for each in dimensions)
    counts = np.zeros(shape, dtype=np.int64)
    for leaf in product(*(each.leaves for each in dimensions)):
        counts[leaf] = draw(small_counts)
    return crossed(counts, dimensions)


@st.composite
def overlapping(draw) -> Figures:
    """Two cuts of the same ground, by parts that nobody shows: districts and school areas differ by some blocks."""
    blocks = draw(st.lists(small_counts, min_size=4, max_size=6))
    first, second = (draw(st.lists(st.integers(0, 2), min_size=len(blocks), max_size=len(blocks))) for _cut in "ab")
    sums = [
        [sum(b for b, own in zip(blocks, cut, strict=True) if own == area) for area in range(3)]
        for cut in (first, second)
    ]
    values = np.array([*blocks, *sums[0], *sums[1], sum(blocks)])
    rows, n = [], len(blocks)
    for begin, cut in ((n, first), (n + 3, second)):
        for area in range(3):
            row = np.zeros(len(values), np.int64)
            row[[place for place, own in enumerate(cut) if own == area]] = 1
            row[begin + area] = -1
            rows.append(row)
        total = np.zeros(len(values), np.int64)
        total[begin : begin + 3], total[-1] = 1, -1
        rows.append(total)
    internal = np.arange(len(values)) < n
    return Figures(values, csr_matrix(np.array(rows)), internal=internal)


def protected(figures: Figures, rule: Rule):
    try:
        return suppress(figures, rule)
    except CannotProtect:
        assume(False)


def is_safe(figures: Figures, hidden, rule: Rule) -> bool:
    """Every small number may be anything from 0 to the minimum, as far as an attacker can tell."""
    small = rule.unsafe(figures.values)
    least, most = bounds(figures, hidden, small)
    return bool((least[small] <= 1e-4).all() and (most[small] >= rule.minimum - 1e-4).all())


@settings(deadline=None, max_examples=40)
@given(tables() | overlapping(), RULES)
def test_every_small_number_may_be_anything_up_to_the_minimum(figures, rule):
    hidden = protected(figures, rule).hidden
    assert hidden[rule.unsafe(figures.values)].all()
    assert is_safe(figures, hidden, rule)


@settings(deadline=None, max_examples=20)
@given(tables() | overlapping(), RULES)
def test_companions_chosen_together_are_as_safe_as_the_cheapest_ones(figures, rule):
    small = rule.unsafe(figures.values)
    cells = np.flatnonzero(small)
    wanted = Margins(cells, *rule.margins(figures.values[cells]))
    cheapest = protected(figures, rule)
    together = together_with(figures, small | figures.internal, wanted, np.ones(figures.size))
    assert is_safe(figures, together, rule)
    assert not list(breaches(figures, cheapest.hidden, wanted))


def all_tables(most: int) -> np.ndarray:
    """Every table of two by two whole numbers up to `most`, with its sums: a row of nine cells for each."""
    a, b, c, d = (axis.ravel() for axis in np.meshgrid(*[np.arange(most + 1)] * 4))
    return np.stack([a, b, a + b, c, d, c + d, a + c, b + d, a + b + c + d], axis=1)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.integers(0, 6), min_size=4, max_size=4))
def test_whoever_counts_out_all_tables_learns_no_small_number(counts):
    """The attacker with whole numbers and all the time in the world, on tables that can be counted out."""
    figures = crossed(np.pad(np.array(counts).reshape(2, 2), ((0, 1), (0, 1))), [flat(2), flat(2)])
    rule = Rule(minimum=3)
    hidden = protected(figures, rule).hidden
    every = all_tables(most=9)
    possible = every[(every[:, ~hidden] == figures.values[~hidden]).all(axis=1)]
    for cell in np.flatnonzero(rule.unsafe(figures.values)):
        assert set(range(rule.minimum + 1)) <= set(possible[:, cell].tolist())


@settings(deadline=None, max_examples=25)
@given(tables(), RULES)
def test_an_attacker_is_never_wrong(figures, rule):
    """The true value lies within what is inferred: an auditor that excludes the truth proves nothing."""
    least, most = bounds(figures, rule.unsafe(figures.values))
    assert (least - 1e-6 <= figures.values).all() and (figures.values <= most + 1e-6).all()


def test_without_secondary_suppression_the_same_attack_finds_the_number():
    """The check can fail: a row with one hidden number betrays it."""
    figures = crossed([[2, 8, 0], [9, 7, 0], [0, 0, 0]], [flat(2), flat(2)])
    rule = Rule(minimum=3)
    hidden = rule.unsafe(figures.values)
    least, most = bounds(figures, hidden)
    assert (least[0], most[0]) == (2.0, 2.0)
    assert not is_safe(figures, hidden, rule)


@settings(deadline=None, max_examples=8)
@given(tables(), RULES)
def test_to_leave_a_companion_out_betrays_somebody_where_the_choice_is_exact(figures, rule):
    """The cheapest choice hides nothing in vain: whichever single companion is shown again, the attacker wins."""
    found = protected(figures, rule)
    assume(found.exact)
    for cell in np.flatnonzero(found.secondary):
        without = found.hidden.copy()
        without[cell] = False
        assert not is_safe(figures, without, rule)


@settings(deadline=None, max_examples=20)
@given(tables(), RULES, st.data())
def test_what_was_published_before_stays_published_and_is_reckoned_with(figures, rule, data):
    published = ~rule.unsafe(figures.values) & np.array(
        data.draw(st.lists(st.booleans(), min_size=figures.size, max_size=figures.size))
    )
    later = figures.having(published=published)
    hidden = protected(later, rule).hidden
    assert not hidden[published].any()
    assert is_safe(later, hidden, rule)


def test_what_cannot_be_protected_any_more_is_named():
    """Row and column of a small number are published already: nothing helps, and nothing is released."""
    figures = crossed([[2, 8, 0], [9, 7, 0], [0, 0, 0]], [flat(2), flat(2)])
    told = figures.having(published=~Rule(minimum=3).unsafe(figures.values))
    with pytest.raises(CannotProtect) as refused:
        suppress(told, Rule(minimum=3))
    assert refused.value.cells == [0]


def test_two_cuts_that_differ_by_one_block_do_not_betray_it():
    """District 20, school area 22: whoever subtracts gets the block of 2 between them."""
    values = np.array([20, 2, 30, 20, 32, 22, 30, 52])  # three blocks, two districts, two school areas, the town
    relations = csr_matrix(
        [
            [1, 0, 0, -1, 0, 0, 0, 0],
            [0, 1, 1, 0, -1, 0, 0, 0],
            [1, 1, 0, 0, 0, -1, 0, 0],
            [0, 0, 1, 0, 0, 0, -1, 0],
            [0, 0, 0, 1, 1, 0, 0, -1],
            [0, 0, 0, 0, 0, 1, 1, -1],
        ]
    )
    figures = Figures(values, relations, internal=np.arange(8) < 3)
    rule = Rule(minimum=3)
    assert not is_safe(figures, figures.internal, rule)
    assert is_safe(figures, suppress(figures, rule).hidden, rule)


def test_the_same_number_in_two_tables_is_hidden_in_both_or_told_by_neither():
    """Ages by sex, and ages by district: the column of totals is the same in both."""
    by_sex = crossed([[2, 9, 0], [12, 15, 0], [0, 0, 0]], [flat(2), flat(2)])
    by_district = crossed([[5, 6, 0], [14, 13, 0], [0, 0, 0]], [flat(2), flat(2)])
    both = linked([by_sex, by_district], same=[(0, 2, 1, 2), (0, 5, 1, 5), (0, 8, 1, 8)])
    rule = Rule(minimum=3)
    assert is_safe(both, suppress(both, rule).hidden, rule)


@pytest.mark.parametrize(
    ("counts", "relations", "sentence"),
    [
        ([1, -1], [[1, 1]], "never less than nothing"),
        ([1, 2, 4], [[1, 1, -1]], r"does not add up: \+1·1 \+1·2 -1·4"),
        ([1, 2], [[1, 1, -1]], "relations speak of 3 cells, there are 2"),
    ],
)
def test_what_contradicts_itself_is_refused(counts, relations, sentence):
    with pytest.raises(ValueError, match=sentence):
        Figures(np.array(counts), csr_matrix(relations))


def test_a_code_that_is_part_of_itself_is_refused():
    with pytest.raises(ValueError, match="part of itself"):
        crossed([0, 0, 0], [Dimension(np.array([1, 2, 0]))])


def test_large_tables_take_the_way_of_companions_and_are_proved_by_the_attacker(monkeypatch):
    dice = np.random.default_rng(11)
    counts = np.zeros((31, 6, 3), np.int64)
    counts[:-1, :-1, :-1] = dice.poisson(dice.gamma(1.2, 12, (30, 5, 2)))
    figures = crossed(counts, [flat(30), flat(5), flat(2)])
    monkeypatch.setattr(suppression, "FEW", 0)
    found = suppress(figures, Rule(minimum=3))
    assert not found.exact
    assert is_safe(figures, found.hidden, Rule(minimum=3))
