"""Carrying an import out, portion by portion, or dropping it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommpass.audits.door import requires
from kommpass.offers.actions.importing import begin_import, carry_on, drop_list
from kommpass.offers.models import ImportRun
from kommpass.offers.queries.importing import gone_offers, is_looked_at, is_running
from kommpass.offers.queries.importing import runs as all_runs
from kommpass.offers.views.importing.looking import choices_of
from kommpass.offers.views.importing.telling import STEPS, changed, note, open_run, problem, way
from kommpass.ui.pages import respond

PER_PAGE = 50


@require_http_methods(["GET", "POST"])
@requires("offers.import", procedure=False)
def carry_out(request, import_id: int):
    """A POST writes one portion (the first one takes the choices of the preview along); a GET shows how far it is."""
    run = get_object_or_404(all_runs(), pk=import_id)
    done = None
    if request.method == "POST" and run.state == ImportRun.State.PREVIEW:
        run = open_run(import_id)
        if not is_running(run):
            ready = "preview" in run.table and not is_looked_at(run)
            form = choices_of(run, request.POST) if ready else None
            if form is None or not form.is_valid():
                messages.warning(request, _("Bitte prüfen Sie zuerst die Vorschau."))
                return respond(request, "", {}, done=reverse("offers:import-preview", args=[run.pk]))
            begin_import(run=run, pairs=form.pairs, end=form.end, by=request.actor, at=timezone.now())
        run = carry_on(run=run, by=request.actor, at=timezone.now())
        done = reverse("offers:import-carry-out", args=[run.pk])
    elif run.state == ImportRun.State.PREVIEW and not is_running(run):
        return respond(request, "", {}, done=reverse("offers:import-preview", args=[run.pk]))
    return respond(request, "offers/importing/carry_out.html", _carried(request, run), fragment="progress", done=done)


def _carried(request, run: ImportRun) -> dict:
    notes = run.notes if run.state == ImportRun.State.DONE else []
    gone = gone_offers(run.recipe.source) if run.state == ImportRun.State.DONE else []
    return {
        "run": run,
        "counts": run.counts,
        "made": run.counts.get("made", {}),
        "running": is_running(run),
        "halted": "halt" in request.GET,
        "problems": [problem(each) for each in notes if "title" in each and "message" in each],
        "changed": [changed(each) for each in notes if "taken" in each],
        "notes": [note(each) for each in notes if "column" in each],
        "gone": gone[:PER_PAGE],
        "more_gone": max(0, len(gone) - PER_PAGE),
        "steps": STEPS,
        "breadcrumb": way(run.recipe.source),
    }


@require_POST
@requires("offers.import", procedure=False)
def drop(request, import_id: int):
    run = get_object_or_404(all_runs(), pk=import_id)
    run = drop_list(run=run, by=request.actor, at=timezone.now())
    said = (
        _("Die Liste ist verworfen.")
        if run.state == ImportRun.State.DROPPED
        else _("Der Rest der Liste ist verworfen.")
    )
    messages.success(request, said)
    return respond(request, "", {}, done="offers:imports")
