"""Uploading a list, and what was taken over before."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommpass.audits.door import requires
from kommpass.offers.actions.importing import keep_list
from kommpass.offers.forms.importing import ImportUploadForm
from kommpass.offers.queries.importing import is_looked_at, is_running
from kommpass.offers.queries.importing import runs as all_runs
from kommpass.offers.views.importing.telling import STEPS, way
from kommpass.ui.pages import respond

PER_PAGE = 50


@require_http_methods(["GET", "POST"])
@requires("offers.import", procedure=False)
def upload(request):
    form = ImportUploadForm(request.POST or None, request.FILES or None)
    done = None
    if form.is_valid():
        run = keep_list(
            source=form.source_name,
            file_name=form.cleaned_data["file"].name,
            sheets=form.sheets,
            by=request.actor,
            at=timezone.now(),
        )
        done = reverse("offers:import-map", args=[run.pk])
    context = {"form": form, "steps": STEPS, "breadcrumb": way(_("Liste übernehmen"))}
    return respond(request, "offers/importing/upload.html", context, done=done)


@require_GET
@requires("offers.import", procedure=False)
def runs(request):
    page = Paginator(all_runs(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "running": [each.pk for each in page if is_running(each)],
        "looked_at": [each.pk for each in page if is_looked_at(each)],
        "breadcrumb": way(),
    }
    return respond(request, "offers/importing/runs.html", context)
