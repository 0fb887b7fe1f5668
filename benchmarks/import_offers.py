"""A whole list of a city taken over for the first time and once more: CPU, clock and queries, step by step.

`python benchmarks/import_offers.py` reads the 2,852 day-care centres of Berlin from the open data beside the project.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from _town import COORDINATOR, NOON, ROOT, announce, database, judged
from django.db import connection

from kommpass.adapters.offer_files import read
from kommpass.domain.offers.listing import guess_recipe
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.offers.actions.importing import begin_import, carry_on, keep_list, look_on, map_list
from kommpass.offers.models import ImportRun
from kommpass.offers.queries.importing import KeptTable, is_looked_at

BEFORE = {"sqlite": 53, "postgresql": 90}
"""Seconds that the first import took before it was written in bulk."""
FILE = "03_facilities_offers/berlin_kitas_2026/berlin-daycare-centers-2025-10-details.csv"
DEED = {"by": COORDINATOR, "at": NOON}


def main() -> None:
    announce("Taking over a list of offers")
    path = Path(os.environ.get("KOMMPASS_SHARED", ROOT.parent / "shared")) / "data" / FILE
    if not path.is_file():
        print(f"  left out: the open data is not there ({FILE})")
        return
    with database():
        town = Municipality.objects.create(name="Berlin", slug="berlin", ags="11000000", population=3_700_000)
        with within(town):
            first = _taken_over(path, "first import")
            _taken_over(path, "the same list again")
    before = BEFORE[connection.vendor]
    print(f"  the first import took {before} s before it was written in bulk")
    judged("CPU of the first import, a third of that time", first, before / 3, "s")


def _taken_over(path: Path, title: str) -> float:
    """Take the list over; the seconds of CPU that it took altogether."""
    print(f"  {title}:")
    sheets, reading = _measured("read the file", lambda: read(path.read_bytes(), path.name))
    run, looking = _measured("look ahead", lambda: _looked_ahead(path.name, sheets))
    run, writing = _measured("write", lambda: _written(run))
    print(f"    {run.counts['of']:,} offers: {run.counts['made']}")
    return reading + looking + writing


def _looked_ahead(name: str, sheets) -> ImportRun:
    run = keep_list(source="Berlin", file_name=name, sheets=sheets, **DEED)
    table = KeptTable.of(run)
    recipe = guess_recipe(table.values(), name, table.key)
    recipe = replace(recipe, fixed=replace(recipe.fixed, publish=True))
    run = map_list(run=run, recipe=recipe, **DEED)
    while is_looked_at(run):
        run = look_on(run=run, **DEED)
    return run


def _written(run: ImportRun) -> ImportRun:
    run, slowest = begin_import(run=run, **DEED), 0.0
    while run.state == ImportRun.State.PREVIEW:
        begun = perf_counter()
        run = carry_on(run=run, **DEED)
        slowest = max(slowest, perf_counter() - begun)
    print(f"    the slowest portion took {slowest:.2f} s on the clock")
    return run


def _measured(name: str, work: Callable[[], Any]) -> tuple[Any, float]:
    """What came of the work, and the seconds of CPU."""
    queries = 0

    def count(execute, sql, parameters, many, context):
        nonlocal queries
        queries += "set_config" not in sql
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(count):
        clock, cpu = perf_counter(), process_time()
        result = work()
        clock, cpu = perf_counter() - clock, process_time() - cpu
    print(f"    {name}: {cpu:.1f} s CPU, {clock:.1f} s on the clock, {queries:,} queries")
    return result, cpu


if __name__ == "__main__":
    main()
