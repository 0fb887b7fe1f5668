"""The figures of a projection: people by area and age, what they add up to, and how far a forecast was off."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class AgeGroup:
    """Ages from `first` to `last`, both included, as places on the age axis (single years: the age itself)."""

    name: str
    first: int
    last: int

    def __post_init__(self) -> None:
        if not 0 <= self.first <= self.last:
            raise ValueError(f"{self.name}: ages run from {self.first} to {self.last}")


def people(counts: ArrayLike, *, axes: int) -> Floats:
    """The counts as float64 if they have so many axes and each is a number of people; a ValueError says what is not."""
    figures = np.asarray(counts, dtype=np.float64)
    if figures.ndim != axes:
        raise ValueError(f"expected {axes} axes, came {figures.ndim}")
    if not figures.size:
        raise ValueError(f"there is nothing in figures of shape {figures.shape}")
    if not np.isfinite(figures).all():
        raise ValueError("a number of people is missing: fill or leave out the year before projecting")
    if (figures < 0).any():
        raise ValueError("a number of people is never less than nothing")
    return figures


def grouped(counts: Floats, groups: Sequence[AgeGroup]) -> Floats:
    """People by age group: the last axis (ages) becomes the groups, which may overlap.

    >>> grouped(np.array([[1.0, 2.0, 4.0]]), [AgeGroup("0-1", 0, 1), AgeGroup("1-2", 1, 2)]).tolist()
    [[3.0, 6.0]]
    """
    if beyond := [group.name for group in groups if group.last >= counts.shape[-1]]:
        raise ValueError(f"there are only {counts.shape[-1]} ages: {beyond}")
    return np.stack([counts[..., group.first : group.last + 1].sum(-1) for group in groups], -1)


def controlled(areas: Floats, town: ArrayLike) -> Floats:
    """The areas (areas, ages) made to add up to the town: one total, or one for each age (ages,).

    Every age is multiplied by the same factor in all areas. People of an age that no area expects are spread like all
    ages together; if nobody is expected anywhere, evenly.

    >>> controlled(np.array([[1.0, 0.0], [3.0, 0.0]]), [8, 4]).tolist()
    [[2.0, 1.0], [6.0, 3.0]]
    """
    wanted = people(np.atleast_1d(np.asarray(town, np.float64)), axes=1)
    if len(wanted) not in (1, areas.shape[1]):
        raise ValueError(f"the town has {len(wanted)} ages, its areas {areas.shape[1]}")
    alone = len(wanted) == 1
    found = areas.sum(keepdims=True)[0] if alone else areas.sum(0)
    scaled = areas * np.divide(wanted, found, out=np.zeros_like(found), where=found > 0)
    if not (unexpected := (found <= 0) & (wanted > 0)).any():
        return np.asarray(scaled)
    size = areas.sum(1)
    shares = size / size.sum() if size.sum() > 0 else np.full(len(areas), 1 / len(areas))
    if alone:
        return np.asarray(np.repeat(shares[:, None], areas.shape[1], 1) * wanted[0] / areas.shape[1])
    return np.asarray(np.where(unexpected, shares[:, None] * wanted, scaled))


def wape(forecast: ArrayLike, truth: ArrayLike, axis: int | tuple[int, ...] | None = None) -> Floats:
    """Weighted absolute percentage error: 100 x the sum of what was off by the sum of what came true, in percent.

    Where nobody was, it is nothing if nobody was expected and infinite otherwise.

    >>> float(wape([90, 120], [100, 100]))
    15.0
    """
    off = np.abs(np.asarray(forecast, np.float64) - np.asarray(truth, np.float64)).sum(axis)
    there = np.asarray(truth, np.float64).sum(axis)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(off == 0, 0.0, 100 * off / there))
