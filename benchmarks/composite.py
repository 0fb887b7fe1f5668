"""A composite index with the uncertainty of its ranks, and whether neighbours are alike: 400 areas, CPU.

The index has 14 indicators with a common need behind them, a twentieth of the values missing or none; 2,000 random
recipes give the intervals and 8,000 more the shares of the choices. The neighbours are a board of 20 by 20 areas with
common corners. Where esda is installed it does the same on the same links and values.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

import numpy as np  # noqa: E402 - the path has to be named first

from kommpass.analysis.autocorrelation import local_moran, moran  # noqa: E402
from kommpass.analysis.composite.index import composite  # noqa: E402
from kommpass.analysis.composite.recipe import ByQuantile, Indicator, Recipe, ZScore  # noqa: E402
from kommpass.analysis.composite.sensitivity import sensitivity  # noqa: E402
from kommpass.analysis.composite.table import Table  # noqa: E402
from kommpass.analysis.neighbours import Neighbours, neighbours  # noqa: E402

try:
    import esda
    from libpysal.weights import WSP
except ImportError:
    esda = None

AREAS, INDICATORS, DRAWS, PERMUTATIONS, ROUNDS = 400, 14, 2000, 9999, 5
SIDE = 20


def main() -> None:
    print(f"{AREAS} areas, {INDICATORS} indicators, {DRAWS:,} draws, {PERMUTATIONS:,} shuffles, numpy {np.__version__}")
    need = np.random.default_rng(0).normal(size=AREAS)
    for missing in (0.0, 0.05):
        _index(need, missing)
    near = _measured("neighbours from outlines", lambda: neighbours(_board()))
    values = need + 0.5 * (near.weights @ need)
    ours = _measured("Moran's I", lambda: moran(values, near, seed=1, permutations=PERMUTATIONS))
    local = _measured("local Moran", lambda: local_moran(values, near, seed=1, permutations=PERMUTATIONS))
    print(f"  I {ours.value:.4f}, p {ours.p:.4f}; {(local.adjusted <= 0.05).sum()} areas stand out, "
          f"{(local.p <= 0.05).sum()} without the adjustment")  # fmt: skip
    if esda is None:
        print("  esda is not installed")
    else:
        _peer(values, near, ours.value, local.values)


def _index(need: np.ndarray, missing: float) -> None:
    dice = np.random.default_rng(1)
    values = 0.8 * need[:, None] + 0.6 * dice.normal(size=(AREAS, INDICATORS))
    values[dice.random(values.shape) < missing] = np.nan
    keys = tuple(f"indicator {number}" for number in range(INDICATORS))
    table = Table(tuple(map(str, range(AREAS))), keys, values)
    classes = ByQuantile(("1", "2", "3", "4", "5"))
    recipe = Recipe(tuple(map(Indicator, keys)), classes, minimum_valid=INDICATORS // 2, standardised=ZScore())
    print(f"{missing:.0%} of the values missing")
    _measured("index", lambda: composite(table, recipe))
    found = _measured("ranks, intervals and shares", lambda: sensitivity(table, recipe, seed=1, draws=DRAWS))
    shares = ", ".join(f"{choice} {share.value:.3f} ± {share.error:.3f}" for choice, share in found.shares.items())
    print(f"  interval of 90 %: {np.median(found.high - found.low):.0f} places in the middle; shares: {shares}")


def _board() -> dict[str, dict[str, Any]]:
    def square(x: int, y: int) -> dict[str, Any]:
        corners = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
        return {"type": "Polygon", "coordinates": [corners]}

    return {f"{x}.{y}": square(x, y) for x in range(SIDE) for y in range(SIDE)}


def _peer(values: np.ndarray, near: Neighbours, own: float, own_local: np.ndarray) -> None:
    weights = WSP(near.links).to_W(silence_warnings=True)
    weights.transform = "r"
    theirs = _measured(
        f"esda {esda.__version__}, Moran's I", lambda: esda.Moran(values, weights, permutations=PERMUTATIONS)
    )
    local = _measured("esda, local Moran",
                      lambda: esda.Moran_Local(values, weights, permutations=PERMUTATIONS, seed=1))  # fmt: skip
    print(f"  differences: I {abs(theirs.I - own):.1e}, local I {np.abs(local.Is - own_local).max():.1e}")


def _measured(name: str, work: Callable[[], Any]) -> Any:
    """The answer; prints CPU in the middle of some rounds after one to warm up."""
    answer, used = work(), []
    for _round in range(ROUNDS):
        begun = time.process_time()
        work()
        used.append(time.process_time() - begun)
    print(f"  {name:<30} {1000 * median(used):>8.1f} ms CPU")
    return answer


if __name__ == "__main__":
    main()
