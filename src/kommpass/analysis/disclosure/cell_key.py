"""The cell-key method: a little noise for every count, always the same for the same people (Fraser & Wooton 2005).

Each person has a record key. The keys of all who are counted in a cell add up to its cell key; count and cell key look
up the noise in a perturbation table. Whoever asks again, in another order or by way of another table, for the same
people gets the same answer, so asking often helps nobody. Tables are no longer additive: each cell has its own noise.

What it does not promise: who asks for many *different* groups of people averages their noise, and who adds up cells
that carry the most noise there is may find a true count (`benchmarks/attack_sequences.py` says how often). So it is for
cuts that are laid down beforehand, and the table stays secret like the keys. The conventions are those of the package
of the Office for National Statistics, the most entropy that of Marley & Leaver (2011) and Giessing (2016).
"""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import Bounds, LinearConstraint, milp, minimize

from kommpass.analysis.disclosure.figures import Ints

Floats = NDArray[np.float64]

KEYS = 256
SHORTEST_SECRET = 16
EXACT = 2**53
"""Up to here a float64 holds every whole number; sums of record keys stay below."""

BLOCK = 32_768
"""So many records are counted at a time: then they stay near the processor, which halves the time."""

ONS_COUNTS, ONS_PERIOD = 750, 250
"""Tables of the ONS end with the count 750; above it, rows 501 to 750 are used again and again."""


@dataclass(frozen=True)
class PerturbationTable:
    """`noise[count, cell key]` is what is added, shape (counts, keys). Beyond the last count, the last `period` rows
    are used again and again. Nothing stays nothing, and no count falls below nothing: otherwise a ValueError.
    """

    noise: Ints
    period: int = 1

    def __post_init__(self) -> None:
        if self.noise.ndim != 2 or not 1 <= self.period < len(self.noise):
            raise ValueError(f"{len(self.noise)} rows of noise cannot repeat their last {self.period}")
        if self.noise[0].any():
            raise ValueError("nothing must stay nothing")
        if (self.noise + np.arange(len(self.noise))[:, None] < 0).any():
            raise ValueError("noise must not make a count less than nothing")

    @classmethod
    def of(cls, counts: ArrayLike, cell_keys: ArrayLike, noise: ArrayLike) -> "PerturbationTable":
        """From the three columns of an ONS table (pcv, ckey, pvalue). Pairs that are not named have no noise."""
        count, key, added = (np.asarray(each, dtype=np.int64) for each in (counts, cell_keys, noise))
        found = np.zeros((ONS_COUNTS + 1, int(key.max()) + 1), dtype=np.int64)
        used = count <= ONS_COUNTS
        found[count[used], key[used]] = added[used]
        return cls(found, ONS_PERIOD)

    @property
    def keys(self) -> int:
        return int(self.noise.shape[1])

    def added(self, counts: Ints, cell_keys: Ints) -> Ints:
        """The noise of cells with these counts and keys, in their shape."""
        last = len(self.noise) - 1
        rows = np.where(counts > last, last - self.period + 1 + (counts - 1) % self.period, counts)
        return self.noise[rows, cell_keys]


def record_keys(secret: bytes, people: Iterable[str], keys: int = KEYS) -> Ints:
    """A key from 0 to `keys` - 1 for each person (or household, …), shape (people,), from a secret and an id.

    The same id always has the same key, whatever table and year it comes in with; nobody without the secret can tell
    it. HMAC-SHA-256, so even ids that are numbered consecutively have keys like dice.

    >>> record_keys(b"only for this example", ["A-1", "A-2", "A-1"]).tolist()
    [50, 96, 50]
    """
    if len(secret) < SHORTEST_SECRET:
        raise ValueError(f"a secret of {len(secret)} bytes can be guessed, it takes {SHORTEST_SECRET}")
    digests = (hmac.digest(secret, each.encode(), "sha256") for each in people)
    return np.array([int.from_bytes(each, "big") % keys for each in digests], dtype=np.int64)


def counted(
    record_keys: ArrayLike, codes: Sequence[ArrayLike], shape: Sequence[int], keys: int = KEYS
) -> tuple[Ints, Ints]:
    """The true counts of a table and its cell keys, both of this shape.

    `codes` has for each dimension the code of every record. A record without a key has the key 0. A ValueError if a
    code lies outside of the table or a key below 0.

    >>> counts, cell_keys = counted([200, 100, 7], [[0, 0, 1]], [3])
    >>> counts.tolist(), cell_keys.tolist()
    ([2, 1, 0], [44, 7, 0])
    """
    own, size = np.asarray(record_keys, dtype=np.int64), int(np.prod(shape))
    arrays = [np.asarray(each, dtype=np.int64) for each in codes]
    if {each.shape for each in (own, *arrays)} != {(own.size,)}:
        raise ValueError(f"{own.size} record keys, but {[each.shape for each in arrays]} codes")
    counts, sums, block = np.zeros(size, np.int64), np.zeros(size, np.int64), max(BLOCK, size)
    for begin in range(0, own.size, block):
        span = slice(begin, begin + block)
        places = _places([each[span] for each in arrays], shape)
        if _highest(own[span]) >= EXACT // block:
            raise ValueError(f"record keys lie between {own.min()} and {own.max()}: they are 0 or more, and not huge")
        counts += np.bincount(places, minlength=size)
        sums += np.bincount(places, weights=own[span], minlength=size).astype(np.int64) % keys
    return counts.reshape(shape), (sums % keys).reshape(shape)


def _places(codes: Sequence[Ints], shape: Sequence[int]) -> Ints:
    """The place of each record's cell in C order, as `np.ravel_multi_index` does it; in one array, for speed."""
    for own, size in zip(codes, shape, strict=True):
        if _highest(own) >= size:
            raise ValueError(f"codes lie between {own.min()} and {own.max()}, the table has {size}")
    places = codes[0].copy()
    for own, size in zip(codes[1:], shape[1:], strict=True):
        places *= size
        places += own
    return places


def _highest(numbers: Ints) -> int:
    """Read without signs, a negative number is higher than all others: one walk sees both ends."""
    return int(numbers.view(np.uint64).max(initial=0))


def perturbed(
    record_keys: ArrayLike, codes: Sequence[ArrayLike], shape: Sequence[int], table: PerturbationTable
) -> Ints:
    """The counts of a table with their noise, in this shape: what may be shown. Parameters as for `counted`."""
    counts, cell_keys = counted(record_keys, codes, shape, table.keys)
    return counts + table.added(counts, cell_keys)


def table_of_most_entropy(*, deviation: int, variance: float, never: int = 0, keys: int = KEYS) -> PerturbationTable:
    """The perturbation table that tells the least: of all tables with these properties the one of most entropy.

    No noise is greater than `deviation`; its mean is exactly nothing for every count, its variance nearly `variance`
    (keys are whole); counts from 1 to `never` never appear. A ValueError if there is no such table: small counts have
    little room, so the variance must lie below the deviation and above what leaping over 1 to `never` takes.

    >>> table_of_most_entropy(deviation=2, variance=0.5, keys=8).noise.tolist()[:2]
    [[0, 0, 0, 0, 0, 0, 0, 0], [-1, -1, 0, 0, 0, 0, 1, 1]]
    """
    rows = [np.zeros(keys, dtype=np.int64)]
    for count in range(1, deviation + never + 2):
        targets = np.arange(max(0, count - deviation), count + deviation + 1)
        moves = targets[(targets == 0) | (targets > never)] - count
        shares = _most_entropy(moves, variance, count)
        rows.append(np.repeat(moves, _whole(shares, moves, variance, keys)))
    return PerturbationTable(np.stack(rows))


def _most_entropy(moves: Ints, variance: float, count: int) -> Floats:
    """The probabilities of these moves: no mean, this variance, else as even as can be.

    They have the form exp(a x + b x²); a and b are where the convex dual problem is least.
    """
    below, above = moves[moves <= 0], moves[moves >= 0]
    least, most = -below.max(initial=moves[0]) * above.min(initial=moves[-1]), -moves[0] * moves[-1]
    if not len(below) or not len(above) or not least < variance < most:
        raise ValueError(f"the noise of the count {count} cannot have the variance {variance}")
    powers = np.stack([moves, moves**2]) / np.array([[1.0], [variance]])
    goal = np.array([0.0, 1.0])

    def dual(prices: Floats) -> tuple[float, Floats]:
        weights = prices @ powers
        top = weights.max()
        shares = np.exp(weights - top)
        return float(top + np.log(shares.sum()) - prices @ goal), powers @ shares / shares.sum() - goal

    prices = minimize(dual, np.zeros(2), jac=True, method="BFGS", options={"gtol": 1e-9}).x
    shares = np.exp(prices @ powers - (prices @ powers).max())
    return np.asarray(shares / shares.sum())


def _whole(shares: Floats, moves: Ints, variance: float, keys: int) -> Ints:
    """How many keys each move gets: as near to its share as can be with a mean of exactly nothing.

    An integer program; beside the distances it has one unknown for how far the variance is missed.
    """
    number = len(moves)
    cost = np.concatenate([np.zeros(number), np.ones(number), [1.0 / moves[-1] ** 2]])
    alike, aside = np.eye(number), np.zeros((number, 1))
    squares = np.concatenate([moves**2, np.zeros(number)])
    exact = np.zeros((2, 2 * number + 1))
    exact[0, :number], exact[1, :number] = 1, moves
    answer = milp(
        cost,
        integrality=np.concatenate([np.ones(number), np.zeros(number + 1)]),
        bounds=Bounds(0, np.inf),
        constraints=[
            LinearConstraint(exact, [keys, 0], [keys, 0]),
            LinearConstraint(np.hstack([alike, -alike, aside]), ub=keys * shares),
            LinearConstraint(np.hstack([alike, alike, aside]), lb=keys * shares),
            LinearConstraint(np.append(squares, -1.0), ub=keys * variance),
            LinearConstraint(np.append(squares, 1.0), lb=keys * variance),
        ],
    )
    if answer.x is None:
        raise ValueError(f"{keys} keys cannot be shared among the moves {moves.tolist()} without bias")
    return np.asarray(np.round(answer.x[:number]), dtype=np.int64)
