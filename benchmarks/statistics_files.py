"""Reading official statistics: rows of a flat file (ffcsv) a second, from bytes to facts, in CPU of this process.

The file is made here: districts x sexes x measures x years, as GENESIS writes it (17 columns, UTF-8 with BOM, signs
among the figures), about 18 MB. The first figure is for comparison: `str.split` of every line, nothing understood and
nothing checked. No peer is measured.
"""

import random
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from kommpass.adapters.statistics_files import read  # noqa: E402 - the path has to be named first
from kommpass.domain.statistics import facts, understand  # noqa: E402

NAMES = [
    *("statistics_code", "statistics_label", "time_code", "time_label", "time"),
    *(f"{i}_variable_{part}" for i in (1, 2) for part in ("code", "label", "attribute_code", "attribute_label")),
    *("value", "value_unit", "value_variable_code", "value_variable_label"),
]
SIGNS = ["-", ".", "/", "x", "..."]
ROUNDS = 3


def main() -> None:
    content = _file(areas=400, years=20)
    rows = content.count(b"\n")
    print(f"{rows:,} rows, {len(content) / 1_000_000:.1f} MB, median of {ROUNDS} rounds; this machine: {_pace():.2f} s "
          "for 10 million additions")  # fmt: skip
    print(f"  split only             {rows / _cpu(lambda: _split(content)):>10,.0f} rows/s")
    sheet = read(content, "flat.csv").grids[0]
    print(f"  file to grid           {rows / _cpu(lambda: read(content, 'flat.csv')):>10,.0f} rows/s")
    recipe = understand(sheet).recipe
    print(f"  grid understood        {rows / _cpu(lambda: understand(sheet)):>10,.0f} rows/s")
    found = facts(sheet, recipe)
    assert (len(found.facts), len(found.errors), found.cells.all) == (rows, 0, sheet.size)
    print(f"  grid to facts          {rows / _cpu(lambda: facts(sheet, recipe)):>10,.0f} rows/s")
    print(f"  all of it              {rows / _cpu(lambda: _whole(content)):>10,.0f} rows/s")


def _whole(content: bytes) -> None:
    grid = read(content, "flat.csv").grids[0]
    facts(grid, understand(grid).recipe)


def _split(content: bytes) -> list[list[str]]:
    return [line.split(";") for line in content.decode("utf-8-sig").split("\n")]


def _file(*, areas: int, years: int) -> bytes:
    dice = random.Random(20260101)
    lines = [";".join(NAMES)]
    for year in range(2005, 2005 + years):
        for area in range(areas):
            for code, label in (("GESM", "männlich"), ("GESW", "weiblich"), ("", "Insgesamt")):
                for measure in ("BEVSTD", "ERW032", "GEB001", "STE001"):
                    figure = dice.choice(SIGNS) if dice.random() < 0.03 else str(dice.randrange(1, 900_000))
                    lines.append(
                        f"12411;Fortschreibung des Bevölkerungsstandes;STAG;Stichtag;{year}-12-31;KREISE;Kreise und "
                        f"kreisfreie Städte;{area:05d};Kreis {area};GES;Geschlecht;{code};{label};{figure};Anzahl;"
                        f"{measure};Merkmal {measure}"
                    )
    return "\n".join(lines).encode("utf-8-sig")


def _cpu(work) -> float:
    used = []
    for _round in range(ROUNDS):
        begun = time.process_time()
        work()
        used.append(time.process_time() - begun)
    return median(used)


def _pace() -> float:
    begun = time.process_time()
    total = 0
    for number in range(10_000_000):
        total += number
    return time.process_time() - begun


if __name__ == "__main__":
    main()
