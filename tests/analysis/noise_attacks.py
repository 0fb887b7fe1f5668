"""Attackers for the cell key, who know the perturbation table and lack only the keys: asking again, averaging, adding.

Asking again for the same people must tell nothing, that is what the method promises. Averaging over many different
groups and adding up cells beside their sums do tell something; they are here to say how much.
"""

import numpy as np
from scipy.sparse import csr_matrix

from kommpass.analysis.disclosure.cell_key import KEYS, PerturbationTable, perturbed, record_keys
from tests.analysis.attack_sequences import Sums, fitting_town, table_of_town

SECRET = b"what the town's statisticians keep to themselves"
SEX, AGES = 2, 4


def possible_counts(table: PerturbationTable, shown: np.ndarray) -> list[int]:
    """The true counts that can have been shown as all of these."""
    highest = int(np.min(shown) - table.noise.min())
    counts = range(highest + 1)
    keys = np.arange(table.keys)
    may_be = [count + table.added(np.full(table.keys, count), keys) for count in counts]
    return [count for count, each in zip(counts, may_be, strict=True) if np.isin(shown, each).all()]


def asked_again(
    dice: np.random.Generator, table: PerturbationTable, times: int, *, fresh: bool = False
) -> tuple[int, np.ndarray]:
    """How many people of one age and sex there are, and what is shown to somebody who asks for them again and again:
    sorted in other ways, cut in another order, beside other people, by a further mark that all of them have.

    `fresh`: the control. Keys are drawn anew each time, as a program would do that adds noise without a cell key.
    """
    number = int(dice.integers(20, 120))
    person = np.arange(number)
    sex, age = dice.integers(0, SEX, number), np.minimum(dice.geometric(0.5, number) - 1, AGES - 1)
    oldest = int(np.argmax(age))  # of whom there are few
    place = (int(sex[oldest]), int(age[oldest]))
    ours = (sex == place[0]) & (age == place[1])
    keys = record_keys(SECRET, [f"{dice.integers(10**9)}-{each}" for each in person])
    shown = []
    for _query in range(times):
        there = dice.permutation(person[ours | (dice.random(number) < dice.random())])
        mark = np.where(ours[there], 1, dice.integers(0, 3, len(there)))
        order = dice.permutation(3)
        cut, size, asked = [sex[there], age[there], mark], (SEX, AGES, 3), (*place, 1)
        own = dice.integers(0, KEYS, len(there)) if fresh else keys[there]
        answer = perturbed(own, [cut[each] for each in order], [size[each] for each in order], table)
        shown.append(answer[tuple(asked[each] for each in order)])
    return int(ours.sum()), np.array(shown)


def averaged_over_halves(dice: np.random.Generator, table: PerturbationTable, times: int) -> bool:
    """Whether somebody who may cut a group in two by many marks finds its count as the mean of the sums."""
    number = int(dice.integers(1, 40))
    keys = dice.integers(0, KEYS, number)
    sums = [perturbed(keys, [dice.integers(0, 2, number)], [2], table).sum() for _mark in range(times)]
    return bool(round(float(np.mean(sums))) == number)


def added_up(dice: np.random.Generator, table: PerturbationTable, minimum: int) -> tuple[int, int]:
    """How many small counts a table has, and how many of them are certainly small for somebody who adds it up."""
    figures, parts, _dimensions = table_of_town(dice)
    shown = figures.values + table.added(figures.values, dice.integers(0, table.keys, figures.size))
    limits = [possible_counts(table, each) for each in shown]
    sums = Sums(csr_matrix(parts), np.array([min(each) for each in limits]), np.array([max(each) for each in limits]))
    small = parts[(figures.values > 0) & (figures.values < minimum)]
    least, most = ([int(row @ fitting_town(sums, row, sign)) for row in small] for sign in (1, -1))
    return len(small), sum(low > 0 and high < minimum for low, high in zip(least, most, strict=True))
