"""Random attack sequences recover no small number; without secondary suppression the same attacks recover many.

The small sister of `benchmarks/attack_sequences.py`, with its first sequences.
"""

import numpy as np
import pytest

from kommpass.analysis.disclosure.cell_key import table_of_most_entropy
from tests.analysis.attack_sequences import KINDS, RULES, recovered, released, town_of
from tests.analysis.noise_attacks import added_up, asked_again, averaged_over_halves, possible_counts

SEED = 20260101
TURNS = [range(begin, begin + 40) for begin in range(0, 160, 40)]


@pytest.fixture(scope="module")
def table():
    return table_of_most_entropy(deviation=5, variance=3.0, never=2)


@pytest.mark.parametrize("numbers", TURNS, ids=lambda numbers: f"from {numbers.start}")
def test_nobody_recovers_a_small_number_from_all_that_was_ever_shown(numbers):
    shown = 0
    for number in numbers:
        _name, town, rule = town_of(np.random.default_rng([SEED, number]))
        told = released(town, rule)
        assert recovered(town, told, rule) == [], f"sequence {number}"
        shown += told.cells.sum()
    assert shown > 100, "what shows nothing tells nothing: that would be no proof"


@pytest.mark.parametrize("name", KINDS)
def test_without_secondary_suppression_the_same_attacks_recover_small_numbers(name):
    """Of each kind of attack: so each kind is able to find something."""
    found = []
    for number in range(20):
        town, rule = KINDS[name](np.random.default_rng([SEED, number])), RULES[0]
        found += recovered(town, released(town, rule, secondary=False), rule)
    assert sum(least == most for least, most in found) >= 5


def test_asking_again_for_the_same_people_tells_no_more_than_asking_once(table):
    for number in range(40):
        true, shown = asked_again(np.random.default_rng([SEED, number]), table, 20)
        assert len(set(shown.tolist())) == 1
        assert true in possible_counts(table, shown) and len(possible_counts(table, shown)) > table.noise.max()


def test_noise_that_is_drawn_anew_is_averaged_away(table):
    """The check can fail: without the cell key the mean of twenty answers is the count, mostly."""
    right = narrower = 0
    for number in range(40):
        true, shown = asked_again(np.random.default_rng([SEED, number]), table, 20, fresh=True)
        right += round(float(shown.mean())) == true
        narrower += len(possible_counts(table, shown)) < len(possible_counts(table, shown[:1]))
    assert right >= 20 and narrower == 40


def test_what_the_cell_key_does_not_promise_is_known(table):
    """Many different cuts of a group are averaged away. So nobody but the statisticians cuts freely."""
    found = [sum(averaged_over_halves(np.random.default_rng([SEED, each]), table, times) for each in range(200))
             for times in (1, 100)]  # fmt: skip
    assert found[0] < 80 and found[1] > 150
    assert added_up(np.random.default_rng(SEED), table, minimum=3)[1] == 0
