"""Rounding counts to a base (5 or 10): for maps and single figures, and what is still told by a rounded number.

Rounding tells an interval, not nothing. To base 5, a count shown as 0 is 0, 1 or 2 and everybody knows it is less than
three; one shown as 5 is 3 to 7. Whoever knows some of the people in the area subtracts them. And rounded parts beside a
rounded total tell more than each alone: parts shown as 5 and 5 beside a total of 15 can only be 6 or 7. So it is for
numbers without their sums; where sums stand beside, `suppression` is the way.
"""

import hmac

import numpy as np
from numpy.typing import ArrayLike

from kommpass.analysis.disclosure.cell_key import SHORTEST_SECRET
from kommpass.analysis.disclosure.figures import Ints


def rounded(counts: ArrayLike, base: int) -> Ints:
    """To the nearest multiple of a base, the half upwards (as the Bundesagentur rounds to 10, Destatis to 5).

    >>> rounded([0, 2, 3, 7, 8], 5).tolist(), rounded([4, 5, 14, 15], 10).tolist()
    ([0, 0, 5, 5, 10], [0, 10, 10, 20])
    """
    return (np.asarray(counts, dtype=np.int64) + base // 2) // base * base


def told_by(shown: ArrayLike, base: int) -> tuple[Ints, Ints]:
    """The least and the most that a count can be which `rounded` shows like this: what an attacker learns.

    >>> [each.tolist() for each in told_by([0, 5, 10], 5)]
    [[0, 3, 8], [2, 7, 12]]
    """
    seen = np.asarray(shown, dtype=np.int64)
    return np.maximum(seen - base // 2, 0), seen + (base - 1) // 2


def rounded_by_chance(counts: Ints, cell_keys: Ints, base: int, secret: bytes) -> Ints:
    """Up or down to a multiple of a base, so that the mean over all secrets is the true count: no bias in sums.

    `cell_keys` are those of `cell_key.counted`, in the shape of the counts: the same people are always rounded alike,
    so asking again helps nobody. The dice fall by HMAC-SHA-256; a multiple of the base stays what it is.
    """
    if len(secret) < SHORTEST_SECRET:
        raise ValueError(f"a secret of {len(secret)} bytes can be guessed, it takes {SHORTEST_SECRET}")
    if counts.shape != cell_keys.shape:
        raise ValueError(f"counts have the shape {counts.shape}, their cell keys {cell_keys.shape}")
    above = counts % base
    digests = (hmac.digest(secret, b"%d/%d" % each, "sha256") for each in zip(cell_keys.flat, counts.flat, strict=True))
    dice = np.array([int.from_bytes(each, "big") % base for each in digests], dtype=np.int64).reshape(counts.shape)
    return counts - above + base * (dice < above)


def told_by_chance(shown: ArrayLike, base: int) -> tuple[Ints, Ints]:
    """The least and the most that a count can be which `rounded_by_chance` shows like this: nearly twice as wide.

    >>> [each.tolist() for each in told_by_chance([0, 5, 10], 5)]
    [[0, 1, 6], [4, 9, 14]]
    """
    seen = np.asarray(shown, dtype=np.int64)
    return np.maximum(seen - base + 1, 0), seen + base - 1
