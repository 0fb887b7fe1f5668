"""One town as the office knows it, and who guides it."""

from dataclasses import replace

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommpass.association import actions, queries
from kommpass.association.forms import AssignForm
from kommpass.association.kinds_of_towns import federal_state
from kommpass.association.views.finding import one_of
from kommpass.association.views.ways import town_page, town_trail, trail
from kommpass.audits.door import allowed, requires
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.ui.pages import respond


@require_GET
@requires("association.view", procedure=False)
def town(request, slug: str):
    """Contract, auditor, submissions, certificates, reports and conditions, round by round."""
    found = get_object_or_404(Municipality, slug=slug)
    today = timezone.localdate()
    sheet = queries.town_sheet(found, request.actor, today)
    context = {
        "sheet": sheet,
        "federal_state": federal_state(found.state),
        "work": [replace(each.due, responsible="") for each in sheet.work],
        "today": today,
        "may_record": allowed(request.actor, "contract.record"),
        "may_assign": allowed(request.actor, "auditor.assign"),
        "breadcrumb": trail((found.name, "")),
    }
    return respond(request, "association/town.html", context)


@require_http_methods(["GET", "POST"])
@requires("auditor.assign", procedure=False)
def assign(request, audit_id: int):
    """Choose the auditor of a round; whoever must not guide this town is named with the reason."""
    procedure = one_of(queries.procedures, pk=audit_id)
    place, page, done = procedure.municipality, town_page(procedure.municipality), None
    with within(place):
        form = AssignForm(request.POST or None, candidates=queries.candidates(timezone.localdate()))
        if form.is_valid():
            person, done = form.cleaned_data["person"], page
            actions.assign_auditor(procedure=procedure, person=person, by=request.actor, at=timezone.now())
            told = _("%(person)s begleitet jetzt %(town)s. Wer es vorher tat, liest dort nichts mehr.")
            messages.success(request, told % {"person": person, "town": place})
    context = {
        "round": procedure,
        "place": place,
        "form": form,
        "breadcrumb": town_trail(place, (_("Auditorin oder Auditor"), "")),
    }
    return respond(request, "association/assign.html", context, done=done)
