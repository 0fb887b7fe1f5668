"""Looking ahead: what taking a list over would do, and the choices that people have."""

from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from kommpass.audits.door import requires
from kommpass.domain.offers.listing import Entry, join
from kommpass.offers.actions.importing import look_on
from kommpass.offers.forms.importing import ImportChoicesForm
from kommpass.offers.models import ImportRun
from kommpass.offers.queries.importing import PREVIEWED, KeptTable, gone_after, is_looked_at, is_running
from kommpass.offers.showing import sections
from kommpass.offers.telling import told
from kommpass.offers.views.importing.telling import STEPS, changed, evidence, note, open_run, problem, said, way
from kommpass.ui.pages import respond

MANY_GONE = 0.5
"""From which share of a source's offers on somebody should ask whether this is the right file."""


@require_http_methods(["GET", "POST"])
@requires("offers.import", procedure=False)
def preview(request, import_id: int):
    """What taking the list over would do. Nothing of the directory is written yet.

    A long list is compared portion by portion: a POST looks at the next one, a GET shows how far it is.
    """
    run = open_run(import_id)
    if run is None or is_running(run):
        return respond(request, "", {}, done=reverse("offers:import-carry-out", args=[import_id]))
    if "preview" not in run.table:
        return respond(request, "", {}, done=reverse("offers:import-map", args=[import_id]))
    if request.method == "POST":
        return _looked_on(request, look_on(run=run, by=request.actor, at=timezone.now()))
    if is_looked_at(run):
        return respond(request, "offers/importing/looking.html", _looking(request, run))
    return respond(request, "offers/importing/preview.html", _previewed(run, choices_of(run)))


def _looked_on(request, run: ImportRun):
    here = reverse("offers:import-preview", args=[run.pk])
    if request.htmx and not is_looked_at(run):
        return HttpResponseClientRedirect(here)
    return respond(request, "offers/importing/looking.html", _looking(request, run), fragment="progress", done=here)


def _looking(request, run: ImportRun) -> dict:
    looking = run.counts.get("looking", {})
    return {
        "run": run,
        "looking": looking,
        "searching": looking.get("compared") == looking.get("of"),
        "halted": "halt" in request.GET,
        "steps": STEPS,
        "breadcrumb": way(run.recipe.source),
    }


def choices_of(run: ImportRun, data=None) -> ImportChoicesForm:
    return ImportChoicesForm(data, likely=run.table["preview"]["likely"], gone=gone_after(run))


def _previewed(run: ImportRun, form: ImportChoicesForm) -> dict:
    table, kept = KeptTable.of(run), run.table["preview"]
    entries = [join(table.read(rows, table.recipe)).entries[0] for rows in run.table["groups"][:PREVIEWED]]
    here = run.counts["same"] + run.counts["changed"] + run.counts["gone"]
    return {
        "run": run,
        "counts": run.counts,
        "form": form,
        "offers": [_shown(each) for each in entries],
        "problems": [problem(each) for each in kept["problems"]],
        "hints": [problem(each) for each in kept["hints"]],
        "changed": [changed(each) for each in kept["changed"]],
        "pairs": [({**each, "evidence": [evidence(one) for one in each["evidence"]]}, field)
                  for each, field in form.likely_rows],
        "many_gone": run.counts["gone"] > MANY_GONE * here,
        "publish": table.recipe.fixed.publish,
        "notes": [note(each) for each in table.notes],
        "steps": STEPS,
        "breadcrumb": way(run.recipe.source),
    }  # fmt: skip


def _shown(entry: Entry) -> dict:
    """An entry as it would look."""
    site = entry.site
    address = [site.name, site.street, f"{site.postal_code} {site.city}".strip(), site.room] if site else []
    return {
        "numbers": ", ".join(str(number) for number in entry.numbers),
        "title": entry.content.title,
        "provider": entry.provider,
        "facility": told("facility", entry.content.facility),
        "place": ", ".join(each for each in address if each),
        "point": site.point if site else None,
        "sections": sections(entry.content),
        "hints": [said(each.message, each.values) for each in entry.hints],
    }
