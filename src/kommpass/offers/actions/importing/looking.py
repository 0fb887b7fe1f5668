"""Looks ahead at what a list would do, in portions; nothing of the directory changes here."""

from datetime import datetime

from django.db import transaction

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.offers.listing import Recipe
from kommpass.domain.permissions import Actor
from kommpass.offers.actions.importing.keeping import not_begun
from kommpass.offers.actions.importing.pausing import without_garbage_collection
from kommpass.offers.models import ImportRun
from kommpass.offers.queries.importing import KeptTable, LookAhead, is_looked_at

LOOKED_AT = 500
"""So many offers of a list are compared at once: about a second."""


@transaction.atomic
@without_garbage_collection()
def map_list(*, run: ImportRun, recipe: Recipe, by: Actor, at: datetime, most: int = LOOKED_AT) -> ImportRun:
    """Say how the list is read, and begin to look ahead at what it would do. `look_on` goes on where it is long."""
    permit(by, "offers.import")
    run = not_begun(run)
    table = KeptTable.of(run)
    recipe = recipe.fitting(table.columns)
    waiting = list(table.rows_of(recipe).values())
    ahead = LookAhead.begun(table)
    run.table |= {"recipe": recipe.to_json(), "waiting": waiting, "groups": [], "preview": ahead.to_json()}
    run.counts = ahead.counts | {"looking": {"compared": 0, "of": len(waiting), "searched": 0, "new": 0}}
    run.sheet, run.notes = table.name[:200], list(table.notes)
    _look(run, most)
    run.save(update_fields=["table", "sheet", "counts", "notes"])
    record(None, "offers.import", by=by, at=at, run=run.pk, rows=len(table.rows))
    return run


@transaction.atomic
@without_garbage_collection()
def look_on(*, run: ImportRun, by: Actor, at: datetime, most: int = LOOKED_AT) -> ImportRun:
    """Look at the next portion. The journal knows already that somebody looks at the list."""
    permit(by, "offers.import")
    run = not_begun(run)
    if is_looked_at(run):
        _look(run, most)
        run.save(update_fields=["table", "counts"])
    return run


def _look(run: ImportRun, most: int) -> None:
    """Compare the next offers of the list; when all are, search the new ones among the others of the directory."""
    table, source, looking = KeptTable.of(run), run.recipe.source, run.counts["looking"]
    ahead = LookAhead(run.counts, run.table["groups"], **run.table["preview"])
    compared = looking["compared"]
    if some := run.table["waiting"][compared : compared + most]:
        ahead.compare(table, source, some)
        looking["compared"], looking["new"] = compared + len(some), len(ahead.new)
    if looking["compared"] == looking["of"]:
        some = ahead.new[looking["searched"] : looking["searched"] + most]
        ahead.search(table, some)
        looking["searched"] += len(some)
        if looking["searched"] == looking["new"]:
            ahead.end(table, source)
            del run.counts["looking"], run.table["waiting"]
    run.table["preview"] = ahead.to_json()
