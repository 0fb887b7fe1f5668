"""What became of one measure: the promise, and three voices that stay apart: owner, auditor, council."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kommpass.agreement.models import Agreement, Measure
from kommpass.agreement.queries import in_force, measures
from kommpass.audits.door import allowed, requires
from kommpass.domain.permissions import Actor
from kommpass.implementation import actions, queries
from kommpass.implementation.figures import series_of
from kommpass.implementation.forms import RemarkAnswerForm, RemarkForm, ViewForm
from kommpass.implementation.models import StatusRemark
from kommpass.ui.pages import respond


def measure_of(request, measure_id: int) -> Measure:
    """A measure of this procedure, also one that was dropped since: its history stays."""
    agreement = get_object_or_404(Agreement, procedure=request.procedure)
    agreement.procedure = request.procedure
    found = get_object_or_404(measures(agreement).select_related("shared_from__agreement__procedure"), pk=measure_id)
    found.agreement = agreement
    return found


@require_GET
@requires("progress.view")
def measure(request, measure_id: int):
    """Promise, self-assessments, indicators, the auditor's view, remarks, and earlier rounds of the audit."""
    found, today = measure_of(request, measure_id), timezone.localdate()
    return respond(request, "implementation/measure.html", _context(request, found, today))


def _context(request, found: Measure, today) -> dict:
    by, procedure = request.actor, request.procedure
    version = in_force(procedure, today)
    said = list(queries.history(found))
    source = found.shared_from or found
    readings = queries.readings([source.pk])
    standing = queries.MeasureStanding(found, said[0] if said else None, None, today)
    return {
        "measure": found,
        "version": version,
        "promise": queries.promise(version, found),
        "standing": standing,
        "said": said,
        "series": [series_of(each, readings.get(each.pk, [])) for each in source.indicators.all()],
        "views": queries.views(found),
        "remarks": queries.remarks(procedure, by).filter(measure=found),
        "predecessors": queries.predecessors(found),
        "view_form": ViewForm() if allowed(by, "auditor_view.write", procedure) else None,
        "remark_form": RemarkForm() if allowed(by, "status_remark.write", procedure) else None,
        "answer_form": RemarkAnswerForm() if allowed(by, "status_remark.answer", procedure) else None,
        "may_amend": _may_amend(by, procedure, found),
    }


def _may_amend(by: Actor, procedure, found: Measure) -> bool:
    own = by.has("coordinator") or found.responsible_id in by.organisations
    return own and not found.dropped and allowed(by, "amendment.propose", procedure)


@require_POST
@requires("auditor_view.write")
def view_write(request, measure_id: int):
    """How the auditor sees it."""
    found = measure_of(request, measure_id)
    form, done = ViewForm(request.POST), None
    if form.is_valid():
        actions.write_view(measure=found, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = _voices(found)
    return respond(request, "implementation/one_form.html", {"form": form, "measure": found}, done=done)


@require_POST
@requires("status_remark.write")
def remark_write(request, measure_id: int):
    """A question or a remark of somebody in the council."""
    found = measure_of(request, measure_id)
    form, done = RemarkForm(request.POST), None
    if form.is_valid():
        actions.write_remark(measure=found, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = _voices(found)
    return respond(request, "implementation/one_form.html", {"form": form, "measure": found}, done=done)


@require_POST
@requires("status_remark.answer")
def remark_answer(request, status_remark_id: int):
    """The answer of the coordination."""
    remark = get_object_or_404(_remarks(request), pk=status_remark_id)
    form, done = RemarkAnswerForm(request.POST), None
    if form.is_valid():
        actions.answer_remark(remark=remark, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = _voices(remark.measure)
    return respond(request, "implementation/one_form.html", {"form": form, "measure": remark.measure}, done=done)


def _remarks(request):
    found = StatusRemark.objects.filter(measure__agreement__procedure=request.procedure)
    return found.select_related("measure__agreement__procedure")


def _voices(found: Measure) -> str:
    return f"{reverse('implementation:measure', args=[found.pk])}#stimmen"
