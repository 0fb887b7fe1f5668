"""Areas by cohort change (Hamilton-Perry): who is a year older here next year, leaning on the town where few live."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from kommpass.analysis.projection.figures import Floats, controlled, people
from kommpass.analysis.projection.refusals import SeriesTooShort


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
    years are looked at (all if None). `weight`: so many people of the town's ratio are mixed into the ratio of each
    area, age and base period (a prior of the gamma-Poisson model): 30 hardly moves a cohort of 500 and rules one of 5;
    raw ratios have 0. `limit`: an area's ratio is at most so many times, and at least one so-manieth of, the town's.
    Sources: Hamilton & Perry 1962; Baker, Swanson & Tayman 2020.
    """

    childbearing: tuple[float, ...]
    width: int = 1
    base: int | None = None
    weight: float = 30.0
    limit: float = 3.0
    change: Change = Change.BLENDED

    def __post_init__(self) -> None:
        weights = people(self.childbearing, axes=1)
        if weights[0] or not weights.any():
            raise ValueError("the youngest have no children, and somebody must have them")
        if self.width < 1 or self.weight < 0 or not 1 <= self.limit < math.inf:
            raise ValueError(f"width and limit are at least 1, the weight at least 0, all of them numbers: {self}")
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
        windows = len(past) - self.width
        if windows < 1:
            raise SeriesTooShort(years=len(past), needed=self.width + 1)
        before, after = past[: -self.width].sum(0), past[self.width :].sum(0)
        exposed = self._exposed(before)
        exposed[:, 0] = self._parents(after)
        town_exposed, town_after = exposed.sum(0), after.sum(0)
        # Where the town has nobody of an age, whoever comes to it stays; without parents there are no children.
        usual = np.ones_like(town_after)
        usual[0] = 0.0
        np.divide(town_after, town_exposed, out=usual, where=town_exposed > 0)
        mixed = exposed + self.weight
        ratios = np.broadcast_to(usual, exposed.shape).copy()
        np.divide(after + self.weight * usual, mixed, out=ratios, where=mixed > 0)
        ratios = np.clip(ratios, usual / self.limit, usual * self.limit)
        return ratios, exposed / windows * (ratios - 1)

    def _older(self, now: Floats, ratios: Floats, differences: Floats) -> Floats:
        exposed = self._exposed(now)
        if self.change is Change.RATIO:
            return exposed * ratios
        added = np.maximum(exposed + differences, 0)
        if self.change is Change.DIFFERENCE:
            return added
        return np.where(ratios <= 1, exposed * ratios, added)

    def _parents(self, counts: Floats) -> Floats:
        return np.asarray(counts[:, 1:] @ np.asarray(self.childbearing[1:]))

    @staticmethod
    def _exposed(counts: Floats) -> Floats:
        """Who will be in each group a step later if nobody dies, comes or goes; nobody yet in the youngest."""
        exposed = np.zeros_like(counts)
        exposed[:, 1:] = counts[:, :-1]
        exposed[:, -1] += counts[:, -1]
        return exposed
