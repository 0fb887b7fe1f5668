"""Areas by cohort change (Hamilton-Perry): who is a year older here next year, leaning on the town where few live."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from kommpass.analysis.projection.figures import Floats, controlled, people
from kommpass.analysis.projection.refusals import SeriesTooShort
from kommpass.analysis.projection.shrinkage import deviations, learned_weights, with_neighbours


class Change(StrEnum):
    """How a cohort changes: by a factor; by a number of people; or by a factor where it shrinks, else by a number.

    The last keeps growing areas from exploding (blended CCR and CCD: Hauer 2019, Wilson & Grossman 2022); here it is
    decided for each area and age by itself.
    """

    RATIO = "ratio"
    DIFFERENCE = "difference"
    BLENDED = "blended"


def childbearing_ages(groups: int, *, width: int = 1, first: int = 15, last: int = 49) -> Floats:
    """Weights (groups,) for the child-woman ratio: 1 for groups that lie within these ages, else 0.

    >>> childbearing_ages(5, width=10, first=10, last=39).tolist()
    [0.0, 1.0, 1.0, 1.0, 0.0]
    """
    begins = np.arange(groups) * width
    return ((begins >= first) & (begins + width - 1 <= last)).astype(np.float64)


@dataclass(frozen=True)
class HamiltonPerry:
    """How areas with age groups of one width are projected; printed beside every figure that comes from it.

    `childbearing`: weight (groups,) of each group as parents of the youngest; the share of women x births per woman if
    known, else `childbearing_ages`. `width`: years in an age group, and of a step. `base`: only so many of the last
    years are looked at (all if None), in steps back from the last one. `smoothing`: groups within so many years of an
    age also tell how far an area differs from the town there (0, or less than a width: each for itself). `weight`: so
    many expected people are added to each area, age and base period, who do as the town does: 30 hardly moves a cohort
    of 500 and rules one of 5; None: learned for each age from how much areas differ beyond chance (`learned_weights`).
    `limit`: an area's ratio is at most so many times, and at least one so-manieth of, the town's. Raw ratios have
    weight and smoothing 0. Sources: Hamilton & Perry 1962; Baker, Swanson & Tayman 2020.
    """

    childbearing: tuple[float, ...]
    width: int = 1
    base: int | None = None
    smoothing: int = 2
    weight: float | None = None
    limit: float = 3.0
    change: Change = Change.BLENDED

    def __post_init__(self) -> None:
        weights = people(self.childbearing, axes=1)
        if weights[0] or not weights.any():
            raise ValueError("the youngest have no children, and somebody must have them")
        if self.width < 1 or self.smoothing < 0 or (self.weight or 0) < 0 or not 1 <= self.limit < math.inf:
            raise ValueError(f"width and limit are at least 1, weight and smoothing at least 0: {self}")
        if self.base is not None and self.base <= self.width:
            raise ValueError(f"a cohort is seen again only after {self.width} years, the base has {self.base}")

    def project(self, history: ArrayLike, steps: int, *, town: Sequence[ArrayLike] | None = None) -> Floats:
        """People (steps, areas, groups) after 1, 2, … steps of `width` years.

        `history`: people (years, areas, groups) at the same day of consecutive years, the last group open. `town`: for
        each step what the areas add up to, one number or one for each group. A SeriesTooShort if no cohort is seen
        twice; a ValueError says what does not fit together.
        """
        past = people(history, axes=3)
        if past.shape[2] != len(self.childbearing) or past.shape[2] < 2:
            raise ValueError(f"{past.shape[2]} age groups, but weights for {len(self.childbearing)}")
        if town is not None and len(town) != steps:
            raise ValueError(f"{steps} steps, but the town for {len(town)}")
        ratios, differences = self._changes(past if self.base is None else past[-self.base :])
        now, ahead = past[-1], np.empty((steps, *past.shape[1:]))
        for step in range(steps):
            older = self._older(now, ratios, differences)
            older[:, 0] = self._parents(older) * ratios[:, 0]
            now = ahead[step] = older if town is None else controlled(older, town[step])
        return ahead

    def _changes(self, past: Floats) -> tuple[Floats, Floats]:
        """Ratio and difference (people) of each area and group over a step."""
        if len(past) <= self.width:
            raise SeriesTooShort(years=len(past), needed=self.width + 1)
        # Steps that overlap would count everybody several times and make chance look smaller than it is.
        seen = past[(len(past) - 1) % self.width :: self.width]
        after, exposed = seen[1:], self._exposed(seen[:-1])
        exposed[..., 0] = self._parents(after)
        # Where the town has nobody of an age, whoever comes to it stays; without parents there are no children.
        usual, town = np.ones(past.shape[2]), exposed.sum((0, 1))
        usual[0] = 0.0
        np.divide(after.sum((0, 1)), town, out=usual, where=town > 0)
        reach = self.smoothing // self.width
        expected, came = with_neighbours(exposed * usual, reach), with_neighbours(after, reach)
        weight = learned_weights(expected, came) if self.weight is None else self.weight
        own = deviations(expected.sum(0), came.sum(0), weight)
        ratios = usual * np.clip(own, 1 / self.limit, self.limit)
        return ratios, exposed.mean(0) * (ratios - 1)

    def _older(self, now: Floats, ratios: Floats, differences: Floats) -> Floats:
        exposed = self._exposed(now)
        if self.change is Change.RATIO:
            return exposed * ratios
        added = np.maximum(exposed + differences, 0)
        if self.change is Change.DIFFERENCE:
            return added
        return np.where(ratios <= 1, exposed * ratios, added)

    def _parents(self, counts: Floats) -> Floats:
        return np.asarray(counts[..., 1:] @ np.asarray(self.childbearing[1:]))

    @staticmethod
    def _exposed(counts: Floats) -> Floats:
        """Who will be in each group a step later if nobody dies, comes or goes; nobody yet in the youngest."""
        exposed = np.zeros_like(counts)
        exposed[..., 1:] = counts[..., :-1]
        exposed[..., -1] += counts[..., -1]
        return exposed
