"""Population projection: time for 400 areas x 91 ages x 20 years, and errors beside the simplest methods there are.

The made-up town (tests/analysis/projection_towns.py) is forecast once, from its 17th year, with all those years or the
last five changes as base; Leipzig (real, three age groups) from its last origins, by the method that its earlier years
chose. Errors are WAPE in percent, all years ahead together unless said; coverage is that of intervals which were meant
to hold 80 % and were drawn with nothing but what was known at the time.
"""

import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import numpy as np  # noqa: E402 - the path has to be named first
from tests.analysis.projection_towns import (  # noqa: E402
    BORN_PER_PERSON,
    GROUPS,
    LEIPZIG_GROUPS,
    LEIPZIG_METHODS,
    controlled_areas,
    leipzig,
    made_up_history,
    town_assumptions,
    units_of,
)

from kommpass.analysis.projection.backtest import (  # noqa: E402
    LINEAR,
    NO_CHANGE,
    RAW_RATIOS,
    BackTest,
    Method,
    back_test,
    chosen,
    linear,
    no_change,
    raw_cohorts,
)
from kommpass.analysis.projection.cohort_component import project_town  # noqa: E402
from kommpass.analysis.projection.hamilton_perry import Change, HamiltonPerry  # noqa: E402
from kommpass.analysis.projection.intervals import measured_coverage  # noqa: E402

SIMPLE = [NO_CHANGE, LINEAR, RAW_RATIOS]
ROUNDS = 15
UNIT_AREAS = 10


def main() -> None:
    print(f"numpy {np.__version__}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    history = made_up_history()
    _speed(history)
    _made_up("400 areas", history)
    years, areas, ages = history.shape
    _made_up("40 units of ten areas", history.reshape(years, areas // UNIT_AREAS, UNIT_AREAS, ages).sum(2))
    data = Path(os.environ.get("KOMMPASS_SHARED") or ROOT.parent / "shared") / "data"
    if not data.is_dir():
        print(f"Leipzig left out: the real data is missing ({data})")
        return
    town = leipzig(data)
    _leipzig("Leipzig, 63 areas", town.history)
    units = units_of(town)
    _leipzig(f"Leipzig, {len(units)} units of at least 8,000", town.merged(units))


def _speed(history: np.ndarray) -> None:
    """Town and areas, weights learned from the years behind included."""
    for name, past in (("6 years behind", history[-6:]), ("26 years behind", history)):
        method, used = HamiltonPerry(BORN_PER_PERSON), []
        for _round in range(ROUNDS + 1):
            begun = time.process_time()
            town = project_town(past[-1].sum(0), town_assumptions(past), 20)
            method.project(past, 20, town=list(town.people))
            used.append(time.process_time() - begun)
        print(f"400 areas x 91 ages x 20 years, {name}: {1000 * statistics.median(used[1:]):.1f} ms CPU")


def _made_up(name: str, history: np.ndarray) -> None:
    for base, years in (("17 years", None), ("5 changes", 6)):
        methods = {
            NO_CHANGE: no_change,
            LINEAR: linear,
            RAW_RATIOS: raw_cohorts(BORN_PER_PERSON, base=years),
            **_candidates(years),
        }
        tried = back_test(history, methods, groups=GROUPS, years_ahead=9, origins=1, base=17)
        print(f"\nMade-up town, {name}, base {base}, one origin, WAPE after 3/5/9 years")
        _table(tried, [2, 4, 8])
    method = controlled_areas(HamiltonPerry(BORN_PER_PERSON, base=6))
    tried = back_test(history, {"it": method}, groups=GROUPS, years_ahead=5, origins=15, base=7)
    _coverage(tried, "it")


def _candidates(base: int | None) -> dict[str, Method]:
    """Hamilton-Perry in the town's totals (by cohort-component from as many years) and without them."""
    found: dict[str, Method] = {}
    for change in Change:
        areas = HamiltonPerry(BORN_PER_PERSON, base=base, change=change)
        found[f"{change}, in the town's totals"] = controlled_areas(areas, base=(base or 17) - 1)
        found[f"{change}, alone"] = lambda history, years, areas=areas: areas.project(history, years)
    return found


def _leipzig(name: str, history: np.ndarray) -> None:
    for ahead, origins in ((3, 7), (5, 5)):
        how = {"groups": LEIPZIG_GROUPS, "years_ahead": ahead, "base": 6, "origins": origins}
        earlier = back_test(history[: len(history) - ahead - origins + 1], LEIPZIG_METHODS, **how)
        choice = chosen(earlier, simple=SIMPLE)
        shown = [*SIMPLE, choice.method]
        print(f"\n{name}, {ahead} years ahead: {origins} earlier origins choose\n  {choice.sentence}")
        _table(earlier, None, shown)
        print(f"  the last {origins} origins, which took no part in that choice")
        _table(back_test(history, LEIPZIG_METHODS, **how), None, shown)
        every = how | {"origins": len(history) - ahead - 6 + 1}
        _coverage(back_test(history, {choice.method: LEIPZIG_METHODS[choice.method]}, **every), choice.method)


def _table(tried: BackTest, years: list[int] | None, shown: list[str] | None = None) -> None:
    print(f"  {'':<34}" + "".join(f"{group:>18}" for group in tried.groups))
    for name in shown or tried.forecasts:
        each = tried.wape(name)[years] if years else tried.mean_wape(name)[None]
        cells = ("/".join(f"{error:.1f}" if years else f"{error:.2f}" for error in column) for column in each.T)
        worse = [group for group in tried.worse(name, SIMPLE) if name not in SIMPLE]
        print(f"  {name:<34}" + "".join(f"{cell:>18}" for cell in cells) + (f"  not better: {worse}" if worse else ""))


def _coverage(tried: BackTest, name: str) -> None:
    found = measured_coverage(tried.forecasts[name], tried.truth)
    each = ", ".join(f"{group} {value:.1f}" for group, value in zip(tried.groups, found.mean(0), strict=True))
    print(f"  coverage of 80 % intervals, {len(tried.truth)} origins, {tried.truth.shape[1]} years: "
          f"{found.mean():.1f} % ({each})")  # fmt: skip


if __name__ == "__main__":
    main()
