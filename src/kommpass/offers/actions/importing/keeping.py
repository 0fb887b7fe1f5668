"""Keeps an uploaded list and how it is to be read; nothing of the directory changes here."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.adapters.offer_files import Sheet
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.offers.models import ImportRecipe, ImportRun
from kommpass.offers.queries.importing import is_running, packed

KEPT_FOR = timedelta(days=7)
"""What nobody came back for within a week goes."""
LONGEST_SOURCE = 120


@transaction.atomic
def keep_list(*, source: str, file_name: str, sheets: Sequence[Sheet], by: Actor, at: datetime) -> ImportRun:
    """Keep the table of a list until somebody decides. A second upload of the same source replaces the first."""
    permit(by, "offers.import")
    named = " ".join(source.split())[:LONGEST_SOURCE]
    if not named:
        raise NotPossible(_("Bitte sagen Sie, woher die Liste ist."))
    recipe, _new = ImportRecipe.objects.get_or_create(source=named)
    for old in ImportRun.objects.filter(state=ImportRun.State.PREVIEW).defer("table"):
        if not is_running(old) and (old.recipe_id == recipe.pk or old.at < at - KEPT_FOR):
            _empty(old, ImportRun.State.DROPPED)
    run = ImportRun.objects.create(
        recipe=recipe, file_name=file_name[-200:], table=packed(sheets), at=at, by_name=by.name
    )
    record(None, "offers.import", by=by, at=at, run=run.pk, source=named, file=run.file_name)
    return run


@transaction.atomic
def choose_sheet(*, run: ImportRun, sheet: int, by: Actor, at: datetime) -> ImportRun:
    """Take another sheet of the file, by its place. What was decided about the columns of the first one goes."""
    permit(by, "offers.import")
    run = not_begun(run)
    if not 0 <= sheet < len(run.table["sheets"]):
        raise NotPossible(_("Dieses Blatt gibt es in der Datei nicht."))
    run.table = {"sheets": run.table["sheets"], "sheet": sheet}
    run.sheet, run.counts = run.table["sheets"][sheet]["name"][:200], {}
    run.save(update_fields=["table", "sheet", "counts"])
    record(None, "offers.import", by=by, at=at, run=run.pk, sheet=run.sheet)
    return run


@transaction.atomic
def drop_list(*, run: ImportRun, by: Actor, at: datetime) -> ImportRun:
    """Do not take the list over, or not the rest of it. What was taken already stays."""
    permit(by, "offers.import")
    run = open_run(run)
    if is_running(run) and run.counts["place"]:
        run.counts["left"] = run.counts["of"] - run.counts["place"]
        _empty(run, ImportRun.State.DONE)
    else:
        _empty(run, ImportRun.State.DROPPED)
    record(None, "offers.import", by=by, at=at, run=run.pk, state=run.state, left=run.counts.get("left", 0))
    return run


def open_run(run: ImportRun) -> ImportRun:
    """The run as it is now, locked. One that is done or dropped is not open any more."""
    found = ImportRun.objects.select_for_update(of=("self",)).select_related("recipe").get(pk=run.pk)
    if found.state != ImportRun.State.PREVIEW:
        raise NotPossible(_("Diese Übernahme ist schon abgeschlossen. Bitte laden Sie die Liste neu hoch."))
    return found


def not_begun(run: ImportRun) -> ImportRun:
    """The open run, if nothing of it is written yet."""
    run = open_run(run)
    if is_running(run):
        raise NotPossible(_("Diese Übernahme hat schon begonnen. Ihre Zuordnung lässt sich nicht mehr ändern."))
    return run


def _empty(run: ImportRun, state: str) -> None:
    run.state, run.table = state, {}
    run.save(update_fields=["state", "table", "counts"])
