"""Saying what the columns of a list mean."""

from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kommpass.audits.door import requires
from kommpass.domain.offers.listing import Recipe, RecipeRefused, guess_recipe
from kommpass.municipalities.scope import town
from kommpass.offers.actions.importing import choose_sheet, map_list
from kommpass.offers.forms.importing import ImportMappingForm
from kommpass.offers.models import ImportRun
from kommpass.offers.queries.importing import KeptTable, is_running, provider_names, recipe_of
from kommpass.offers.views.importing.telling import STEPS, note, open_run, way
from kommpass.ui.pages import respond


@require_http_methods(["GET", "POST"])
@requires("offers.import", procedure=False)
def mapping(request, import_id: int):
    """What the columns mean. A POST looks ahead at once, so that the preview is ready."""
    run = open_run(import_id)
    if run is None or is_running(run):
        return respond(request, "", {}, done=reverse("offers:import-carry-out", args=[import_id]))
    table = KeptTable.of(run)
    form = ImportMappingForm(request.POST or None, table=table, recipe=_recipe(run, table))
    done = None
    if form.is_valid():
        done = _decided(request, run, form)
    context = {
        "run": run,
        "form": form,
        "providers": provider_names(),
        "notes": [note(each) for each in table.notes],
        "steps": STEPS,
        "breadcrumb": way(run.recipe.source),
    }
    return respond(request, "offers/importing/map.html", context, done=done)


def _recipe(run: ImportRun, table: KeptTable) -> Recipe:
    """What was decided for this list, else how its source was read the last time, else a guess."""
    try:
        kept = table.recipe or recipe_of(run.recipe)
    except RecipeRefused:
        kept = None
    guessed = guess_recipe(table.values(), f"{run.file_name} {table.name}", table.key, town().name)
    return kept.fitting(table.columns) if kept and kept.fitting(table.columns).columns else guessed


def _decided(request, run: ImportRun, form: ImportMappingForm) -> str:
    """Look ahead with what was decided; another sheet, or values to say more about, lead back to the form."""
    deed = {"by": request.actor, "at": timezone.now()}
    if form.other_sheet is not None:
        choose_sheet(run=run, sheet=form.other_sheet, **deed)
        return reverse("offers:import-map", args=[run.pk])
    map_list(run=run, recipe=form.read_as(), **deed)
    again = "again" in request.POST
    return reverse("offers:import-map" if again else "offers:import-preview", args=[run.pk])
