"""Rounded counts, and what they still tell."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommpass.analysis.disclosure.rounding import rounded, rounded_by_chance, told_by, told_by_chance

BASES = st.sampled_from([3, 5, 10])
SECRET = b"a secret of the town's statisticians"


@given(BASES, st.integers(0, 10**6))
def test_a_rounded_count_tells_exactly_the_counts_that_look_like_it(base, count):
    shown = rounded(count, base)
    least, most = told_by(shown, base)
    alike = np.arange(max(count - 20, 0), count + 20)
    assert shown % base == 0 and least <= count <= most
    assert alike[rounded(alike, base) == shown].tolist() == list(range(int(least), int(most) + 1))


def test_a_count_rounded_to_five_is_never_more_than_two_off():
    counts = np.arange(200)
    assert np.abs(rounded(counts, 5) - counts).max() == 2


@pytest.mark.parametrize("base", [3, 5, 10])
def test_a_count_rounded_by_chance_tells_exactly_the_counts_that_may_look_like_it(base):
    counts, keys = np.repeat(np.arange(40), 256), np.tile(np.arange(256), 40)
    shown = rounded_by_chance(counts, keys, base, SECRET)
    assert not (shown % base).any()
    for value in range(0, 31, base):
        least, most = told_by_chance(value, base)
        assert np.unique(counts[shown == value]).tolist() == list(range(int(least), int(most) + 1))


@settings(deadline=None)
@given(st.integers(0, 50), st.integers(0, 255), BASES)
def test_the_same_people_are_always_rounded_alike(count, key, base):
    alone = rounded_by_chance(np.array([count]), np.array([key]), base, SECRET)
    among = rounded_by_chance(np.array([[7, count], [count, 9]]), np.array([[1, key], [key, 2]]), base, SECRET)
    assert among[0, 1] == among[1, 0] == alone[0]


@pytest.mark.parametrize("base", [5, 10])
def test_rounding_by_chance_has_no_bias(base):
    """For each count, over many secrets: the mean lies within five standard errors of the truth."""
    counts, secrets = np.arange(1, 2 * base), 400
    keys = 3 * counts
    shown = np.array([rounded_by_chance(counts, keys, base, b"secret number %06d" % each) for each in range(secrets)])
    above = counts % base
    error = np.sqrt(above * (base - above) / secrets)
    assert (np.abs(shown.mean(axis=0) - counts) <= 5 * error).all()


def test_rounded_parts_beside_a_rounded_total_tell_more_than_each_alone():
    """What the rule warns of: alone a 5 is 3 to 7, beside a total of 15 it is 6 or 7."""
    fitting = {
        part
        for part, other in product(range(40), repeat=2)
        if rounded([part, other, part + other], 5).tolist() == [5, 5, 15]
    }
    assert fitting == {6, 7}
    assert [int(each) for each in told_by(5, 5)] == [3, 7]


@pytest.mark.parametrize(
    ("keys", "secret", "sentence"),
    [([1, 2], b"short", "5 bytes can be guessed"), ([[1, 2]], SECRET, "their cell keys")],
)
def test_what_cannot_be_rounded_by_chance_is_refused(keys, secret, sentence):
    with pytest.raises(ValueError, match=sentence):
        rounded_by_chance(np.array([3, 4]), np.array(keys), 5, secret)
