"""Tries methods on the town's own past: years held out, errors by age group beside the simplest there is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kommpass.analysis.projection.figures import AgeGroup, Floats, grouped, people, wape
from kommpass.analysis.projection.group_change import GroupChange
from kommpass.analysis.projection.hamilton_perry import Change, HamiltonPerry
from kommpass.analysis.projection.refusals import SeriesTooShort
from kommpass.analysis.words import _

Method = Callable[[Floats, int], Floats]
"""From people (years, areas, ages) and a number of years to people (years ahead, areas, ages)."""

NO_CHANGE = _("alles bleibt, wie es ist")
LINEAR = _("gerade Linie")
RAW_RATIOS = _("rohe Veränderungsraten")


@dataclass(frozen=True)
class BackTest:
    """What was forecast and what came: people (origins, years ahead, areas, age groups)."""

    groups: tuple[str, ...]
    truth: Floats
    forecasts: Mapping[str, Floats]

    def wape(self, method: str) -> Floats:
        """Percent (years ahead, age groups), all origins and areas together."""
        return wape(self.forecasts[method], self.truth, axis=(0, 2))

    def mean_wape(self, method: str) -> Floats:
        """Percent (age groups,), all years ahead together."""
        return wape(self.forecasts[method], self.truth, axis=(0, 1, 2))

    def worse(self, method: str, than: Sequence[str]) -> tuple[str, ...]:
        """Age groups in which one of the other methods was at least as good as this one, all years ahead together."""
        best = np.min([self.mean_wape(other) for other in than], axis=0)
        return tuple(
            name for name, ours, theirs in zip(self.groups, self.mean_wape(method), best, strict=True) if ours >= theirs
        )


@dataclass(frozen=True)
class Choice:
    """The method to use; `message` (German) with `values` says why."""

    method: str
    message: str
    values: Mapping[str, str]

    @property
    def sentence(self) -> str:
        return self.message.format(**self.values)


def no_change(history: Floats, years: int) -> Floats:
    """Everybody stays, and stays as old."""
    return np.repeat(history[-1:], years, axis=0)


def linear(history: Floats, years: int, *, base: int = 6) -> Floats:
    """The straight line (least squares) of the last years of each area and age, never below nothing."""
    past = history[-base:]
    places = np.arange(len(past)) - (len(past) - 1) / 2
    slope = np.tensordot(places, past, axes=1) / (places @ places)
    ahead = places[-1] + 1 + np.arange(years)
    return np.asarray(np.maximum(past.mean(0) + ahead[:, None, None] * slope, 0))


def raw_cohorts(childbearing: tuple[float, ...], *, base: int | None = None) -> Method:
    """Each area's own cohort ratios as they were: no town mixed in, no bounds, no total."""
    raw = HamiltonPerry(childbearing, base=base, smoothing=0, weight=0, limit=1e12, change=Change.RATIO)
    return lambda history, years: raw.project(history, years)


def raw_groups(history: Floats, years: int, *, base: int = 5) -> Floats:
    """Each area's own yearly ratio of each age group as it was: no town mixed in, no damping, no total."""
    first, last = history[-base - 1], history[-1]
    yearly = np.divide(last, first, out=np.ones_like(last), where=first > 0) ** (1 / base)
    return np.stack([last * yearly**year for year in range(1, years + 1)])


def group_method(change: GroupChange) -> Method:
    return lambda history, years: change.project(history, years)


def back_test(
    history: ArrayLike,
    methods: Mapping[str, Method],
    *,
    groups: Sequence[AgeGroup],
    years_ahead: int,
    origins: int,
    base: int,
) -> BackTest:
    """Forecasts from each of the last `origins` years whose next `years_ahead` years are known.

    `history`: people (years, areas, ages). A method sees nothing after its origin. Every origin has at least `base`
    years behind it, else a SeriesTooShort says how many years there should be.
    """
    past = people(history, axes=3)
    needed = base + origins - 1 + years_ahead
    if len(past) < needed:
        raise SeriesTooShort(years=len(past), needed=needed)
    starts = range(len(past) - years_ahead - origins + 1, len(past) - years_ahead + 1)
    truth = np.stack([grouped(past[start : start + years_ahead], groups) for start in starts])
    forecasts = {
        name: np.stack([grouped(method(past[:start], years_ahead), groups) for start in starts])
        for name, method in methods.items()
    }
    return BackTest(tuple(group.name for group in groups), truth, forecasts)


def chosen(tried: BackTest, *, simple: Sequence[str]) -> Choice:
    """The method that beats all `simple` ones in most age groups; among those the one with the least error.

    Error: WAPE by that of the first simple method, mean over age groups, so that small groups count like large ones.
    If none of them does better than the simple ones anywhere, it is the best simple one.
    """
    ours = [name for name in tried.forecasts if name not in simple]
    error = {name: float(np.mean(_by(tried.mean_wape(name), tried.mean_wape(simple[0])))) for name in tried.forecasts}
    best = min(ours, key=lambda name: (len(tried.worse(name, simple)), error[name]), default=None)
    if best is None or len(tried.worse(best, simple)) == len(tried.groups):
        best = min(simple, key=error.__getitem__)
        message = _("{method}: Kein Verfahren war in einer Altersgruppe genauer als dieses einfache.")
        return Choice(best, message, {"method": best})
    if lost := tried.worse(best, simple):
        message = _("{method}: genauer als alle einfachen Verfahren, außer in diesen Altersgruppen: {groups}.")
        return Choice(best, message, {"method": best, "groups": ", ".join(lost)})
    message = _("{method}: in jeder Altersgruppe genauer als alle einfachen Verfahren.")
    return Choice(best, message, {"method": best})


def _by(error: Floats, other: Floats) -> Floats:
    """One error by another; nothing by nothing is as good, anything by nothing is infinitely worse."""
    return np.divide(error, other, out=np.where(error > 0, np.inf, 1.0), where=other > 0)
