"""Conflicts of interest with this town: declare one's own; the office declares and ends them for all."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kommpass.assessment import actions, queries
from kommpass.assessment.forms import ConflictForm, ConflictOfForm
from kommpass.audits.door import requires
from kommpass.domain.permissions import Role
from kommpass.people.models import User
from kommpass.ui.pages import respond


@require_http_methods(["GET", "POST"])
@requires("conflict.declare", procedure=False)
def conflicts(request):
    """Those that are declared, and the form for one more."""
    by = request.actor
    office = by.has(Role.ASSOCIATION_OFFICE)
    data = request.POST or None
    form = ConflictOfForm(data, people=queries.judging_or_guiding()) if office else ConflictForm(data)
    done = None
    if form.is_valid():
        person = form.cleaned_data["person"] if office else get_object_or_404(User, pk=by.id)
        actions.declare_conflict(person=person, reason=form.cleaned_data["reason"], by=by, at=timezone.now())
        done = "assessment:conflicts"
    page = Paginator(queries.own_conflicts(by), 50).get_page(request.GET.get("page"))
    return respond(request, "assessment/conflicts.html", {"form": form, "page": page, "office": office}, done=done)


@require_POST
@requires("conflict.declare", procedure=False)
def conflict_end(request, conflict_id: int):
    """The office notes that a conflict is over."""
    found = get_object_or_404(queries.own_conflicts(request.actor), pk=conflict_id)
    actions.end_conflict(conflict=found, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done="assessment:conflicts")
