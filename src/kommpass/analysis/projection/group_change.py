"""Areas whose age groups are too wide or too uneven to follow cohorts: damped change of each group, town and area."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kommpass.analysis.projection.figures import Floats, controlled, people
from kommpass.analysis.projection.refusals import SeriesTooShort
from kommpass.analysis.projection.shrinkage import deviations


@dataclass(frozen=True)
class GroupChange:
    """How areas with age groups like under 15, 15-64, 65 and older are projected, where no finer figures exist.

    `base`: so many of the last yearly changes count. `weight`: so many expected people and years are added to each area
    and group, which do as the town does. `damping`: each further year changes by so much of the year before it, because
    growth of small areas does not go on (1 = it does). `limit`: an area's yearly ratio is at most so many times, and
    at least one so-manieth of, the town's.
    """

    base: int = 5
    weight: float = 3000.0
    damping: float = 0.8
    limit: float = 1.25

    def __post_init__(self) -> None:
        if self.base < 1 or self.weight < 0 or not 0 <= self.damping <= 1 or self.limit < 1:
            raise ValueError(f"the change of at least one year, a damping from 0 to 1, a limit from 1: {self}")

    def project(self, history: ArrayLike, steps: int, *, town: Sequence[ArrayLike] | None = None) -> Floats:
        """People (steps, areas, groups) after 1, 2, … years.

        `history`: people (years, areas, groups) of consecutive years. `town`: for each year what the areas add up to,
        one number or one for each group; without it the town's own damped change. A SeriesTooShort if there are not
        `base` changes; a ValueError says what does not fit together.
        """
        past = people(history, axes=3)
        if len(past) <= self.base:
            raise SeriesTooShort(years=len(past), needed=self.base + 1)
        if town is not None and len(town) != steps:
            raise ValueError(f"{steps} steps, but the town for {len(town)}")
        usual, ratios = self._ratios(past[-self.base - 1 :])
        now, whole = past[-1], past[-1].sum(0)
        ahead = np.empty((steps, *past.shape[1:]))
        for step in range(steps):
            share = self.damping ** (step + 1)
            now, whole = now * ratios**share, whole * usual**share
            now = ahead[step] = controlled(now, whole if town is None else town[step])
        return ahead

    def _ratios(self, past: Floats) -> tuple[Floats, Floats]:
        """Yearly ratio of the town (groups,) and of each area (areas, groups)."""
        before, after = past[:-1].sum(0), past[1:].sum(0)
        town_before, town_after = before.sum(0), after.sum(0)
        usual = np.divide(town_after, town_before, out=np.ones_like(town_after), where=town_before > 0)
        own = deviations(before * usual, after, self.weight)
        return usual, usual * np.clip(own, 1 / self.limit, self.limit)
