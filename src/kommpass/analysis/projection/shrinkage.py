"""How an area differs from the town: trusted where areas differ and many live, drawn to the town where chance rules."""

import numpy as np

from kommpass.analysis.projection.figures import Floats


def deviations(expected: Floats, after: Floats, weight: float | Floats) -> Floats:
    """People there by people expected after the town's ratios, both (areas, ages), drawn to 1.

    As if `weight` more people were expected and there: a number or (ages,), infinite where only the town counts.

    >>> deviations(np.array([[10.0]]), np.array([[20.0]]), 30.0).tolist()
    [[1.25]]
    """
    own = np.divide(after, expected, out=np.ones_like(expected), where=expected > 0)
    known = expected + weight
    trust = np.divide(expected, known, out=np.zeros_like(expected), where=known > 0)
    return np.asarray(1 + trust * (own - 1))


def learned_weights(expected: Floats, after: Floats) -> Floats:
    """Weights (ages,) from how much areas differ and how much each of them changes from one year to the next.

    Both: people (years, areas, ages). With v the variance of a deviation by people expected (within areas) and t that
    of the true deviations (between areas, by moments: DerSimonian & Laird 1986), the best linear weight is v / t. It is
    infinite if areas do not differ beyond chance, or if a single year does not tell what chance is.
    """
    whole, came, years = expected.sum(0), after.sum(0), (expected > 0).sum(0)
    own = np.divide(came, whole, out=np.ones_like(whole), where=whole > 0)
    # The sum of (after - own x expected)^2 / expected over the years, multiplied out: one pass over the history.
    squares = np.divide(after, expected, out=np.zeros_like(after), where=expected > 0)
    squares *= after
    within = np.maximum(squares.sum(0) - own * came, 0).sum(0)
    free = np.maximum(years - 1, 0).sum(0)
    noise = np.divide(within, free, out=np.zeros_like(within), where=free > 0)
    apart = (whole * (own - 1) ** 2).sum(0) - noise * np.maximum((years > 0).sum(0) - 1, 0)
    town = whole.sum(0)
    room = town - np.divide((whole**2).sum(0), town, out=np.zeros_like(town), where=town > 0)
    between = np.divide(apart, room, out=np.zeros_like(room), where=(room > 0) & (free > 0))
    return np.asarray(np.divide(noise, between, out=np.full_like(noise, np.inf), where=between > 0))


def with_neighbours(counts: Floats, reach: int) -> Floats:
    """Sums of each age and so many ages on both sides (…, ages); the youngest stand alone, ends have fewer neighbours.

    >>> with_neighbours(np.array([9.0, 1.0, 2.0, 4.0]), 1).tolist()
    [9.0, 3.0, 7.0, 6.0]
    """
    # Added one by one: differences of running sums would leave a trace of people where nobody is.
    summed = counts.copy()
    for shift in range(1, min(reach, counts.shape[-1] - 2) + 1):
        summed[..., 1:-shift] += counts[..., 1 + shift :]
        summed[..., 1 + shift :] += counts[..., 1:-shift]
    return summed
