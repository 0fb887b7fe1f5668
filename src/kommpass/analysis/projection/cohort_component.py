"""The town by births, deaths and migration (cohort-component), from assumptions that are stated and have a name."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from kommpass.analysis.projection.figures import Floats, people
from kommpass.analysis.projection.refusals import SeriesTooShort


@dataclass(frozen=True)
class Assumptions:
    """What is assumed for every projected year, by single year of age, the last one open; all tuples are (ages,).

    `name` and `source`: what stands beside the figures ("Mittlere Variante", "Sterbetafel 2021/23, …").
    `survival`: share of the people of this age who are alive a year later. `survival_at_birth`: share of the year's
    newborns who live at its end. `fertility`: births in a year per woman of this age. `women`: share of women among the
    people of this age. `net_migration`: people of this age at the end of a year who came, less those who left.
    """

    name: str
    source: str
    survival: tuple[float, ...]
    survival_at_birth: float
    fertility: tuple[float, ...]
    women: tuple[float, ...]
    net_migration: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.name or not self.source:
            raise ValueError("assumptions without a name and a source cannot stand beside a figure")
        lengths = {len(self.survival), len(self.fertility), len(self.women), len(self.net_migration)}
        if len(lengths) > 1 or min(lengths) < 2:
            raise ValueError(f"assumptions for different numbers of ages, or for fewer than two: {sorted(lengths)}")
        for shares in (self.survival, self.women, (self.survival_at_birth,)):
            if not all(0 <= share <= 1 for share in shares):
                raise ValueError("survival and the share of women lie between 0 and 1")
        if people(self.fertility, axes=1)[0]:
            raise ValueError("the youngest have no children")
        if not np.isfinite(self.net_migration).all():
            raise ValueError("the net migration of an age is missing")

    @property
    def ages(self) -> int:
        return len(self.survival)

    def to_json(self) -> str:
        """The same assumptions give the same text, byte for byte, so it can be hashed and kept beside a result."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> "Assumptions":
        """What `to_json` wrote. A ValueError says what is missing or unknown."""
        stored: Any = json.loads(text)
        names = {each.name for each in fields(cls)}
        if not isinstance(stored, dict) or set(stored) != names:
            raise ValueError(f"assumptions are an object with {sorted(names)}")
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()
        }
        return cls(**values)


@dataclass(frozen=True)
class TownProjection:
    """`people` (years, ages) after 1, 2, … years, `births` (years,) who live at the end of their year, and why."""

    assumptions: Assumptions
    people: Floats
    births: Floats


def project_town(population: ArrayLike, assumptions: Assumptions, years: int) -> TownProjection:
    """The town's people (ages,) carried on for so many years.

    Within a year: people get a year older and some die; then the net migration is added, but never more leave than are
    there; children are born to the mean of the women at its beginning and at its end, a year's migrants included.
    """
    now = people(population, axes=1)
    if len(now) != assumptions.ages:
        raise ValueError(f"{len(now)} ages, but assumptions for {assumptions.ages}")
    ahead, births = np.empty((years, len(now))), np.empty(years)
    survival, moved = np.array(assumptions.survival), np.array(assumptions.net_migration)
    born_per_person = np.array(assumptions.fertility) * np.array(assumptions.women)
    for year in range(years):
        older = np.maximum(_survivors(now, survival) + np.append(0.0, moved[1:]), 0)
        births[year] = _mean_births(now, older, born_per_person) * assumptions.survival_at_birth
        older[0] = max(births[year] + moved[0], 0.0)
        now = ahead[year] = older
    return TownProjection(assumptions, ahead, births)


def observed_migration(
    history: ArrayLike,
    *,
    survival: Sequence[float],
    survival_at_birth: float,
    fertility: Sequence[float],
    women: Sequence[float],
) -> tuple[float, ...]:
    """Net migration by age (ages,): what births and deaths leave unexplained in the history, mean of its years.

    `history`: the town's people (years, ages) of consecutive years. From two years, `project_town` leads
    exactly from the first to the second. Corrections of the register are in it as well. A SeriesTooShort for a single
    year.
    """
    past = people(history, axes=2)
    if len(past) < 2:
        raise SeriesTooShort(years=len(past), needed=2)
    born_per_person = np.array(fertility) * np.array(women)
    unexplained = np.zeros(past.shape[1])
    for before, after in pairwise(past):
        expected = _survivors(before, np.array(survival))
        expected[0] = _mean_births(before, after, born_per_person) * survival_at_birth
        unexplained += after - expected
    return tuple((unexplained / (len(past) - 1)).tolist())


def _survivors(now: Floats, survival: Floats) -> Floats:
    """Who is alive a year later (ages,), by the age they have then; nobody yet of age 0."""
    alive = now * survival
    older = np.append(0.0, alive[:-1])
    older[-1] += alive[-1]
    return older


def _mean_births(before: Floats, after: Floats, born_per_person: Floats) -> float:
    """Children of the mean of both populations; who is born in this year has none and is not known yet."""
    return float((before + after)[1:] @ born_per_person[1:] / 2)
