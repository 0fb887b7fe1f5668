"""A little noise that is always the same for the same people: the counts of the ONS package, and a table of our own."""

import contextlib
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommpass.analysis.disclosure.cell_key import (
    ONS_COUNTS,
    PerturbationTable,
    counted,
    perturbed,
    record_keys,
    table_of_most_entropy,
)

SECRET = b"a secret of the town's statisticians"
USUAL = {"deviation": 5, "variance": 3.0, "never": 2}


@pytest.fixture(scope="module")
def usual() -> PerturbationTable:
    return table_of_most_entropy(**USUAL)


def ten_five_rule() -> PerturbationTable:
    """The test table of the ONS: nothing below ten, everything else to the nearest five."""
    counts, keys = (each.ravel() for each in np.mgrid[1 : ONS_COUNTS + 1, 0:256])
    return PerturbationTable.of(counts, keys, np.where(counts < 10, -counts, (counts + 2) % 5 * -1 + 2))


@st.composite
def registers(draw):
    """People with record keys, and where each belongs in a table of two or three dimensions."""
    shape = draw(st.sampled_from([(3, 4), (2, 3, 2), (1, 2)]))
    dice = np.random.default_rng(draw(st.integers(0, 10**6)))
    number = draw(st.integers(0, 3_000))
    codes = [(dice.random(number) ** 3 * each).astype(np.int64) for each in shape]
    return dice.integers(0, 256, number), codes, shape


@settings(deadline=None, max_examples=60)
@given(registers(), st.randoms())
def test_the_same_people_are_always_shown_as_the_same_count(usual, register, random):
    """In whatever order they come, and by whatever table they are asked for."""
    keys, codes, shape = register
    first = perturbed(keys, codes, shape, usual)
    order = np.array(random.sample(range(len(keys)), len(keys)), dtype=np.int64)
    assert (perturbed(keys[order], [each[order] for each in codes], shape, usual) == first).all()
    assert (perturbed(keys, codes[::-1], shape[::-1], usual) == first.T).all()
    wider = perturbed(keys, [*codes, np.zeros(len(keys), np.int64)], [*shape, 2], usual)
    assert (wider[..., 0] == first).all() and not wider[..., 1].any()


@settings(deadline=None, max_examples=30)
@given(registers())
def test_counts_and_keys_are_those_that_one_finds_person_by_person(register):
    keys, codes, shape = register
    counts, cell_keys = counted(keys, codes, shape)
    expected = np.zeros((2, *shape), np.int64)
    for key, *place in zip(keys, *codes, strict=True):
        expected[(0, *place)] += 1
        expected[(1, *place)] += key
    assert (counts == expected[0]).all() and (cell_keys == expected[1] % 256).all()


def test_more_people_than_are_counted_at_a_time_are_all_counted():
    keys = np.arange(100_000) % 256
    counts, cell_keys = counted(keys, [np.arange(100_000) % 3], [3])
    assert counts.tolist() == [33_334, 33_333, 33_333]
    assert cell_keys.tolist() == [int(keys[begin::3].sum()) % 256 for begin in range(3)]


PROPERTIES = st.sampled_from([USUAL, {"deviation": 3, "variance": 1.5, "never": 1}, {"deviation": 2, "variance": 1.05},
                              {"deviation": 6, "variance": 4.5, "never": 3, "keys": 1024}])  # fmt: skip


@settings(deadline=None, max_examples=8)
@given(PROPERTIES)
def test_a_table_of_ours_keeps_its_promises(asked):
    table = table_of_most_entropy(**asked)
    counts = np.arange(60)[:, None]
    noise = table.added(
        np.broadcast_to(counts, (60, table.keys)), np.broadcast_to(np.arange(table.keys), (60, table.keys))
    )
    shown = counts + noise
    assert not noise[0].any(), "nothing stays nothing"
    assert (noise.sum(axis=1) == 0).all(), "no bias, to the last key"
    assert np.abs(noise).max() == asked["deviation"] and shown.min() == 0
    assert not ((shown > 0) & (shown <= asked.get("never", 0))).any(), "small counts never appear"
    assert np.abs((noise[1:] ** 2).mean(axis=1) - asked["variance"]).max() <= 0.1


def test_the_shares_are_those_of_most_entropy():
    """For the count 1 with D = 2, V = 1.05, js = 1 there is but one solution, reckoned by hand: 0, 2 and 3 with
    0.50833, 0.475 and 0.01667. For the others, the form of most entropy: the logarithms lie on a parabola."""
    table = table_of_most_entropy(deviation=2, variance=1.05, never=1, keys=6000)
    assert np.unique(1 + table.noise[1], return_counts=True)[1].tolist() == [3050, 2850, 100]
    table = table_of_most_entropy(**USUAL, keys=2**20)
    for row in table.noise[1:]:
        moves, number = np.unique(row, return_counts=True)
        usual = number > 500  # the rest is too coarse for logarithms
        line = np.polyfit(moves[usual], np.log(number[usual]), 2)
        assert np.abs(np.polyval(line, moves[usual]) - np.log(number[usual])).max() < 0.01


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"deviation": 5, "variance": 5.0}, "count 1 cannot have the variance 5.0"),
        ({"deviation": 5, "variance": 1.0, "never": 2}, "count 1 cannot have the variance 1.0"),
        ({"deviation": 2, "variance": 1.9, "never": 4}, "count 1 cannot have the variance 1.9"),
        ({"deviation": 5, "variance": 3.0, "never": 2, "keys": 2}, "2 keys cannot be shared"),
    ],
)
def test_a_table_that_cannot_be_is_refused(asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        table_of_most_entropy(**asked)


@pytest.mark.parametrize(
    ("noise", "period", "sentence"),
    [
        ([[1, 0], [0, 0]], 1, "nothing must stay nothing"),
        ([[0, 0], [0, -2]], 1, "less than nothing"),
        ([[0, 0], [0, 0]], 2, "2 rows of noise cannot repeat their last 2"),
    ],
)
def test_a_table_that_would_give_nonsense_is_refused(noise, period, sentence):
    with pytest.raises(ValueError, match=sentence):
        PerturbationTable(np.array(noise), period)


@pytest.mark.parametrize(
    ("keys", "codes", "sentence"),
    [
        ([1, 2], [[0, 2]], "the table has 2"),
        ([1, 2], [[0, -1]], "codes lie between -1 and 0"),
        ([1, -2], [[0, 1]], "record keys lie between -2 and 1"),
        ([1, 2], [[0]], "2 record keys, but"),
    ],
)
def test_records_that_belong_nowhere_are_refused(keys, codes, sentence):
    with pytest.raises(ValueError, match=sentence):
        counted(keys, codes, [2])


def test_a_person_has_the_same_key_in_every_register_and_another_one_under_another_secret():
    people = [f"person {number}" for number in range(2_000)]
    keys = record_keys(SECRET, people)
    assert (record_keys(SECRET, people[::-1])[::-1] == keys).all()
    assert (record_keys(SECRET[::-1], people) == keys).mean() < 0.02
    assert np.bincount(keys, minlength=256).max() <= 25, "keys like dice: about 8 people share one"


def test_a_secret_that_can_be_guessed_is_refused():
    with pytest.raises(ValueError, match="8 bytes can be guessed"):
        record_keys(b"password", ["A-1"])


def test_counts_beyond_the_table_of_the_ons_use_its_last_250_rows_again():
    table = PerturbationTable.of(np.repeat(np.arange(1, 751), 2), np.tile([0, 1], 750), np.arange(1500) % 7)
    keys = np.zeros(6, np.int64)
    above = table.added(np.array([501, 750, 751, 1000, 1001, 2_501]), keys)
    assert above.tolist() == table.noise[[501, 750, 501, 750, 501, 501], 0].tolist()


@pytest.mark.parametrize("threshold", [10, 0])
@pytest.mark.parametrize("rule", ["ten_five", "ours"])
def test_the_package_of_the_ons_shows_the_same_counts(usual, rule, threshold):
    """Codes that nobody has are missing there, so every code occurs here; cells may be empty."""
    reason = "the package of the ONS (with pandas) is not installed; whoever installs it compares to the last count"
    pandas = pytest.importorskip("pandas", reason=reason)
    theirs = pytest.importorskip("cell_key_perturbation.create_perturbed_table", reason=reason)
    table = ten_five_rule() if rule == "ten_five" else usual
    dice = np.random.default_rng(8)
    area = np.minimum(dice.geometric(0.2, 20_000) - 1, 29)
    area[:30] = np.arange(30)
    age, key = dice.integers(0, 5, 20_000), dice.integers(0, 256, 20_000)
    counts, keys = (each.ravel() for each in np.mgrid[1 : ONS_COUNTS + 1, 0:256])
    with contextlib.redirect_stdout(io.StringIO()):
        shown = theirs.create_perturbed_table(
            pandas.DataFrame({"area": area, "age": age, "key": key}),
            pandas.DataFrame({"pcv": counts, "ckey": keys, "pvalue": table.added(counts, keys)}),
            ["area"], ["age"], "key", threshold=threshold,
        ).sort_values(["area", "age"])  # fmt: skip
    true, cell_keys = counted(key, [area, age], [30, 5])
    ours = perturbed(key, [area, age], [30, 5], table)
    assert true.max() > ONS_COUNTS and (true == 0).any()
    assert (shown["pre_sdc_count"] == true.ravel()).all() and (shown["ckey"] == cell_keys.ravel()).all()
    expected = np.where(ours >= threshold, ours, -1).ravel()
    assert (shown["count"].fillna(-1) == expected).all()
