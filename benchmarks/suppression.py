"""Secondary suppression beside τ-ARGUS (pytauargus, method MOD): same tables, same margins; cells hidden and CPU.

Both hide as few cells as they can, all cells costing the same. τ-ARGUS asks that each small number may lie one higher
and one lower, and never hides empty cells: so ours is asked for the same here. `… large` adds a table of 400 areas, ten
ages and both sexes, for which τ-ARGUS takes some minutes. What the house itself asks for (everything from 0 to the
minimum) is measured beside it, without a peer. "Without search": nobody looks for the cheapest choice.
"""

import contextlib
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

import numpy as np  # noqa: E402 - the path has to be named first
import pytauargus  # noqa: E402

from kommpass.analysis.disclosure.attack import Margins, breaches  # noqa: E402
from kommpass.analysis.disclosure.figures import Dimension, Figures, crossed  # noqa: E402
from kommpass.analysis.disclosure.rules import Rule  # noqa: E402
from kommpass.analysis.disclosure.suppression import SECONDS, suppress  # noqa: E402

RULE = Rule(minimum=3)
SHAPES = [((40, 8), 6), ((400, 8), 6), ((40, 10, 2), 24)]
LARGE = ((400, 10, 2), 24)


def main() -> None:
    print(f"Secondary suppression, minimum {RULE.minimum}; pytauargus {pytauargus.dist_version('pytauargus')}")
    for shape, mean in [*SHAPES, *([LARGE] if "large" in sys.argv else [])]:
        figures = _table(shape, mean)
        print(f"{' x '.join(map(str, shape))}: {figures.size:,} cells, {RULE.unsafe(figures.values).sum():,} small")
        theirs, their_cpu = _tau_argus(figures, shape)
        print(f"  τ-ARGUS MOD               {theirs:>5} more cells, {their_cpu:>7.2f} s CPU")
        for name, seconds in (("ours, same need", SECONDS), ("ours, without search", 0.0)):
            ours, our_cpu = _ours(figures, seconds)
            print(f"  {name:<25} {ours:>5} more cells, {our_cpu:>7.2f} s CPU: {ours / theirs:.3f} of the cells, "
                  f"{their_cpu / our_cpu:.1f} times as fast")  # fmt: skip
        begun = time.process_time()
        found = suppress(figures, RULE)
        used, best = time.process_time() - begun, " (proved to be the cheapest)" if found.exact else ""
        print(f"  ours, own rule            {found.secondary.sum():>5} more cells, {used:>7.2f} s CPU{best}")


def _table(shape: tuple[int, ...], mean: float) -> Figures:
    """Counts as they are in towns: a few large cells and many small ones."""
    dice = np.random.default_rng(20260101)
    counts = np.zeros([each + 1 for each in shape], dtype=np.int64)
    counts[tuple(slice(each) for each in shape)] = dice.poisson(dice.gamma(1.2, mean / 1.2, shape))
    return crossed(counts, [Dimension.of(total=each, parts=range(each)) for each in shape])


def _ours(figures: Figures, seconds: float) -> tuple[int, float]:
    """With the margins of τ-ARGUS. Proved by the attacker afterwards, outside of the time."""
    asked = figures.having(published=figures.values == 0)
    cells = np.flatnonzero(RULE.unsafe(asked.values))
    margins = Margins(cells, np.ones(len(cells), np.int64), np.ones(len(cells), np.int64))
    begun = time.process_time()
    found = suppress(asked, RULE, costs=np.ones(asked.size), margins=margins, seconds=seconds)
    used = time.process_time() - begun
    assert next(iter(breaches(asked, found.hidden, margins)), None) is None
    return int(found.secondary.sum()), used


def _tau_argus(figures: Figures, shape: tuple[int, ...]) -> tuple[int, float]:
    """From people, as it wants them: one row for each."""
    counts = figures.values.reshape([each + 1 for each in shape])[tuple(slice(each) for each in shape)]
    names = [f"v{axis}" for axis in range(len(shape))]
    codes = np.repeat(np.indices(shape).reshape(len(shape), -1), counts.ravel(), axis=1)
    people = {name: [f"{code:03d}" for code in row] for name, row in zip(names, codes, strict=True)}
    people["people"] = [1] * codes.shape[1]
    # It also writes where it is started, so it is started where that goes away.
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        begun = time.process_time()
        answer = pytauargus.protect(
            people, names, response="people", safety_rules="FREQ(3,30)", suppress="MOD(1)", workdir=folder
        )
        used = time.process_time() - begun
        states = Counter(answer.tables[0].status())
    assert states["U"] == RULE.unsafe(figures.values).sum(), "not the same table"
    return states["M"], used


if __name__ == "__main__":
    main()
