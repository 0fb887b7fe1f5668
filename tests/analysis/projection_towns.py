"""Two towns for the projection: one that a seed makes up, whose truth is known, and Leipzig as it was."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kommpass.analysis.projection.backtest import (
    LINEAR,
    NO_CHANGE,
    RAW_RATIOS,
    group_method,
    linear,
    no_change,
    raw_groups,
)
from kommpass.analysis.projection.cohort_component import Assumptions, observed_migration, project_town
from kommpass.analysis.projection.figures import AgeGroup
from kommpass.analysis.projection.group_change import GroupChange
from kommpass.analysis.projection.hamilton_perry import HamiltonPerry
from kommpass.analysis.projection.reporting_units import Unit, proposed_units

AGES = 91
AGE = np.arange(AGES)
GROUPS = (
    AgeGroup("0-2", 0, 2),
    AgeGroup("3-5", 3, 5),
    AgeGroup("6-9", 6, 9),
    AgeGroup("10-17", 10, 17),
    AgeGroup("18-29", 18, 29),
    AgeGroup("30-64", 30, 64),
    AgeGroup("65+", 65, 90),
    AgeGroup("alle", 0, 90),
)
DEATHS = np.clip(np.exp(-9.6 + 0.095 * AGE), 2e-4, 0.35)
_BELL = np.where((AGE >= 16) & (AGE <= 45), np.exp(-((AGE - 31) ** 2) / 55), 0)
FERTILITY = 1.45 * _BELL / _BELL.sum()
WOMEN = 0.5
BORN_PER_PERSON = tuple((FERTILITY * WOMEN).tolist())
MOVES = ((0.10, 22, 4), (-0.05, 32, 6), (0.03, 35, 7), (0.0, 30, 5), (-0.02, 45, 15))
"""Five kinds of area: net migration a year at its peak, the age of the peak, its width."""


def made_up_history(seed: int = 3, *, scale: float = 1.0, years: int = 26) -> np.ndarray:
    """People (years, areas, single ages up to 90 and older): 400 areas of about 1,000 people at scale 1."""
    dice, areas = np.random.default_rng(seed), round(400 * scale)
    start = 750 / 60 * np.exp(-((AGE - 42) ** 2) / 2500) * dice.gamma(6, 1 / 6, (areas, 1))
    rate, peak, width = np.array(MOVES)[dice.integers(0, len(MOVES), areas)].T[..., None]
    usual = rate * np.exp(-(((AGE - peak) / width) ** 2) / 2)
    now = dice.poisson(start)
    history = [now]
    while len(history) < years:
        alive = dice.binomial(now, 1 - DEATHS)
        older = np.zeros_like(now)
        older[:, 1:] = alive[:, :-1]
        older[:, -1] += alive[:, -1]
        older[:, 0] = dice.poisson(WOMEN * (now * FERTILITY).sum(1))
        moving = usual * (1 + 0.3 * dice.standard_normal((areas, 1))) + dice.normal(0, 0.012, (areas, 1))
        moved = np.sign(moving) * dice.poisson(np.abs(moving) * older)
        now = np.maximum(older + moved, 0).astype(np.int64)
        history.append(now)
    return np.stack(history).astype(np.float64)


def town_assumptions(history: np.ndarray, *, base: int = 5) -> Assumptions:
    """Survival and fertility as the registry office knows them; net migration as the last years had it."""
    known = {
        "survival": tuple((1 - DEATHS).tolist()),
        "survival_at_birth": 1.0,
        "fertility": tuple(FERTILITY.tolist()),
        "women": (WOMEN,) * AGES,
    }
    migration = observed_migration(history[-base - 1 :].sum(1), **known)
    return Assumptions(name="Probe", source="erfunden", net_migration=migration, **known)


def controlled_areas(method: HamiltonPerry, *, base: int = 5):
    """Areas by this method, made to add up to the town by cohort-component; knows nothing but the history."""

    def forecast(history: np.ndarray, years: int) -> np.ndarray:
        town = project_town(history[-1].sum(0), town_assumptions(history, base=base), years)
        return method.project(history, years, town=list(town.people))

    return forecast


LEIPZIG_GROUPS = (AgeGroup("unter 15", 0, 0), AgeGroup("15-64", 1, 1), AgeGroup("65+", 2, 2), AgeGroup("alle", 0, 2))

LEIPZIG_METHODS = {
    NO_CHANGE: no_change,
    LINEAR: linear,
    RAW_RATIOS: raw_groups,
    **{
        f"Gewicht {weight}, Dämpfung {damping}": group_method(GroupChange(weight=weight, damping=damping))
        for weight in (1000, 3000, 10000)
        for damping in (0.7, 0.8, 0.9, 1.0)
    },
}


@dataclass(frozen=True)
class Leipzig:
    """`history`: people (years, areas, 3 age groups); `codes` of areas begin with the digit of their district."""

    years: tuple[int, ...]
    codes: tuple[str, ...]
    history: np.ndarray

    def merged(self, units: tuple[Unit, ...]) -> np.ndarray:
        """The history of units, each a tuple of codes."""
        place = {code: number for number, code in enumerate(self.codes)}
        return np.stack([self.history[:, [place[code] for code in unit]].sum(1) for unit in units], 1)


def leipzig(data: Path) -> Leipzig:
    """63 areas, 2000-2023. The town publishes no ages, but people, and under 15 and over 64 per 100 between (whole
    numbers), from which the three groups follow: 14 per 100 may be 13.5 or 14.5, so under 15 by 1.4 % (SD)."""
    social = data / "02_population_social" / "leipzig_lis_api"
    people = json.loads((social / "leipzig-einwohner-insgesamt.json").read_text())["data"]
    quotas = json.loads((social / "leipzig-jugendquote.json").read_text())["data"]
    areas = json.loads((data / "01_boundaries" / "leipzig_ortsteile" / "ortsteile.json").read_text())["features"]
    code = {each["properties"]["Name"]: each["properties"]["OT"] for each in areas}

    def row(year: str, source: dict, name: str) -> list[float]:
        values = {code[each["district"]]: float(each["value"]) for each in source[year][name]}
        return [values[each] for each in sorted(code.values())]

    years = sorted(set(people) & set(quotas))
    total = np.array([row(year, people, "Einwohner insgesamt") for year in years])
    young = np.array([row(year, quotas, "Jugendquote") for year in years]) / 100
    old = np.array([row(year, quotas, "Altenquote") for year in years]) / 100
    between = total / (1 + young + old)
    history = np.stack([between * young, between, between * old], -1)
    return Leipzig(tuple(map(int, years)), tuple(sorted(code.values())), history)


def units_of(town: Leipzig) -> tuple[Unit, ...]:
    """Units of at least 8,000 people in the last year, none across two districts."""
    last = dict(zip(town.codes, town.history[-1].sum(1).tolist(), strict=True))
    return proposed_units(last, parent={code: code[0] for code in town.codes})
