"""Cell-key perturbation beside the package of the Office for National Statistics: same counts, and CPU.

300,000 people, 400 areas x 8 ages x both sexes = 6,400 cells, record keys from 0 to 255. Two perturbation tables: the
10-5 rule that comes with the package, and our own of most entropy, given to both. Input of either side stands ready in
its own form (a data frame there, arrays here); times are the median of several rounds, both in one run.
"""

import contextlib
import io
import os
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

import cell_key_perturbation  # noqa: E402 - the path has to be named first
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from cell_key_perturbation.create_perturbed_table import create_perturbed_table  # noqa: E402
from cell_key_perturbation.utils.generate_test_ptable import generate_ptable_10_5_rule  # noqa: E402

from kommpass.analysis.disclosure.cell_key import (  # noqa: E402
    KEYS,
    ONS_COUNTS,
    PerturbationTable,
    perturbed,
    record_keys,
    table_of_most_entropy,
)

PEOPLE = 300_000
SHAPE = (400, 8, 2)
NAMES = ["area", "age", "sex"]
THRESHOLD = 10
ROUNDS = 15
TARGET = 25


def main() -> None:
    print(f"Cell key: {PEOPLE:,} people, {' x '.join(map(str, SHAPE))} = {np.prod(SHAPE):,} cells, "
          f"cell-key-perturbation {cell_key_perturbation.__version__}, pandas {pd.__version__}, "
          f"numpy {np.__version__}, load {os.getloadavg()[0]:.1f}")  # fmt: skip
    keys, codes = _people()
    frame = pd.DataFrame({"key": keys} | dict(zip(NAMES, codes, strict=True)))
    rule = generate_ptable_10_5_rule()
    own = table_of_most_entropy(deviation=5, variance=3.0, never=2)
    for name, theirs, ours in (
        ("10-5 rule of the ONS", rule, PerturbationTable.of(rule["pcv"], rule["ckey"], rule["pvalue"])),
        ("our own table", _as_theirs(own), own),
    ):
        _beside(name, frame, theirs, keys, codes, ours)
    begun = time.process_time()
    record_keys(b"a secret of the house", map(str, range(PEOPLE)))
    print(f"record keys of {PEOPLE:,} people from a secret: {time.process_time() - begun:.2f} s CPU, once per register")


def _people() -> tuple[np.ndarray, list[np.ndarray]]:
    """Areas of different size; every cell has somebody, as the package shows only codes that occur."""
    dice = np.random.default_rng(4)
    size = dice.gamma(4.0, 1.0, SHAPE[0])
    codes = [
        dice.choice(SHAPE[0], PEOPLE, p=size / size.sum()),
        *(dice.integers(0, each, PEOPLE) for each in SHAPE[1:]),
    ]
    return dice.integers(0, KEYS, PEOPLE), codes


def _as_theirs(table: PerturbationTable) -> pd.DataFrame:
    """All counts up to 750 with all keys, in three columns."""
    counts, keys = (each.ravel() for each in np.mgrid[1 : ONS_COUNTS + 1, 0 : table.keys])
    return pd.DataFrame({"pcv": counts, "ckey": keys, "pvalue": table.added(counts, keys)})


def _beside(name, frame, their_table, keys, codes, our_table) -> None:
    their_cpu, our_cpu = [], []
    for _round in range(ROUNDS):
        begun = time.process_time()
        with contextlib.redirect_stdout(io.StringIO()):
            theirs = create_perturbed_table(frame, their_table, NAMES[:1], NAMES[1:], "key", threshold=THRESHOLD)
        their_cpu.append(time.process_time() - begun)
        begun = time.process_time()
        ours = perturbed(keys, codes, SHAPE, our_table)
        our_cpu.append(time.process_time() - begun)
    theirs = theirs.sort_values(NAMES)
    assert len(theirs) == ours.size, "not the same cells"
    shown = theirs["count"].to_numpy(dtype=float, na_value=np.nan)
    same = np.where(ours.ravel() < THRESHOLD, np.isnan(shown), shown == ours.ravel())
    ratio = median(their_cpu) / median(our_cpu)
    print(f"  {name:<21} {same.mean():.2%} of the counts identical; theirs {1000 * median(their_cpu):.1f} ms CPU, "
          f"ours {1000 * median(our_cpu):.2f} ms CPU: {ratio:.0f} times as fast "
          f"(target {TARGET}{'' if ratio >= TARGET else ': missed'})")  # fmt: skip


if __name__ == "__main__":
    main()
