"""10,000 attacks on small towns, seeded: what is recovered from all that was ever shown, and what without protection.

Four of five are towns that release tables: one table, cut after cut, time after time, area over area, shares of a
whole; earlier releases are published. The attacker (`tests/analysis/attack_sequences.py`) finds for every small number
the least and the most it can be, in whole numbers. *Recovered*: not everything from 0 to the minimum is possible.
Every fifth asks the cell key for the same people again and again. *Recovered*: fewer counts fit all answers than the
first. The control is the same attack with secondary suppression switched off, and with noise that is drawn anew each
time. Below it stands what the cell key does not promise. `… 1000` runs so many sequences.
"""

import os
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import numpy as np  # noqa: E402 - the path has to be named first
from tests.analysis.attack_sequences import recovered, released, town_of  # noqa: E402
from tests.analysis.noise_attacks import (  # noqa: E402
    added_up,
    asked_again,
    averaged_over_halves,
    possible_counts,
)

from kommpass.analysis.disclosure.cell_key import PerturbationTable, table_of_most_entropy  # noqa: E402

SEED = 20260101
SEQUENCES = 10_000
ANSWERS = 50
AGAIN = "asked again"
MINIMUM = 3


def main() -> None:
    sequences = int(sys.argv[1]) if len(sys.argv) > 1 else SEQUENCES
    print(f"{sequences:,} attack sequences, seed {SEED}, load {os.getloadavg()[0]:.1f}")
    begun, table = time.process_time(), table_of_most_entropy(deviation=5, variance=3.0, never=2)
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for number in range(sequences):
        dice = np.random.default_rng([SEED, number])
        if number % 5 == 4:
            tally[AGAIN] += _asking(dice, table)
        else:
            name, found = _town(dice)
            tally[name] += found
    for name, found in sorted(tally.items()):
        _say(name, found)
    _say("all", sum(tally.values(), Counter()))
    again = tally[AGAIN]
    print(f"  mean of {ANSWERS} answers is the true count: {again['mean'] / again['sequences']:.1%} with the cell key "
          f"(the first answer {again['first'] / again['sequences']:.1%}), "
          f"{again['mean without'] / again['sequences']:.1%} without")  # fmt: skip
    print(f"CPU {time.process_time() - begun:.0f} s")
    _not_promised(table)


def _town(dice: np.random.Generator) -> tuple[str, Counter[str]]:
    name, town, rule = town_of(dice)
    told = released(town, rule)
    found = recovered(town, told, rule)
    without = recovered(town, released(town, rule, secondary=False), rule)
    return name, Counter({
        "sequences": 1,
        "small": int(rule.unsafe(town.figures.values).sum()),
        "refused": told.refused,
        "recovered": bool(found),
        "without": bool(without),
        "exactly": any(least == most for least, most in without),
    })  # fmt: skip


def _asking(dice: np.random.Generator, table: PerturbationTable) -> Counter[str]:
    state = dice.bit_generator.state
    true, shown = asked_again(dice, table, ANSWERS)
    dice.bit_generator.state = state
    same, fresh = asked_again(dice, table, ANSWERS, fresh=True)
    assert true == same
    counts = [[len(possible_counts(table, each[:number])) for number in (1, ANSWERS)] for each in (shown, fresh)]
    return Counter({
        "sequences": 1,
        "small": 0 < true < MINIMUM,
        "recovered": counts[0][1] < counts[0][0],
        "without": counts[1][1] < counts[1][0],
        "exactly": counts[1][1] == 1,
        "first": shown[0] == true,
        "mean": round(float(shown.mean())) == true,
        "mean without": round(float(fresh.mean())) == true,
    })  # fmt: skip


def _say(name: str, found: Counter[str]) -> None:
    print(f"  {name:<17}{found['sequences']:>7,} sequences, {found['small']:>7,} small numbers, "
          f"{found['refused']:>3} releases refused: {found['recovered']} recovered; "
          f"control {found['without']:,} ({found['exactly']:,} with an exact number)")  # fmt: skip


def _not_promised(table: PerturbationTable) -> None:
    """The limits of the cell key, in figures."""
    print("What the cell key does not promise (deviation 5, variance 3, counts 1 and 2 never appear):")
    for times in (1, 10, 100):
        right = sum(averaged_over_halves(np.random.default_rng([SEED, each]), table, times) for each in range(1_000))
        print(f"  a group cut in two by {times} marks of one's own choice, mean of the sums: {right / 1_000:.1%} right")
    begun = time.process_time()
    counted = [added_up(np.random.default_rng([SEED, each]), table, MINIMUM) for each in range(1_000)]
    small, told = (sum(each) for each in zip(*counted, strict=True))
    print(f"  1,000 tables added up beside their sums: {told} of {small:,} small counts are certainly small "
          f"({time.process_time() - begun:.0f} s CPU)")  # fmt: skip


if __name__ == "__main__":
    main()
