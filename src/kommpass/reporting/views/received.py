"""What the association sees of this room: reports that were submitted to it, and its answer to them."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kommpass.audits.door import allowed, requires
from kommpass.reporting import actions, documents, figures, queries
from kommpass.reporting.forms import AcceptForm, ReturnForm
from kommpass.reporting.models import ReportStep, SealedReport
from kommpass.reporting.received import received_view
from kommpass.reporting.views.reading import OTHERS, compare_context, field_context, sent
from kommpass.ui.pages import respond


def received_of(sealed_id: int) -> SealedReport:
    """A report that was submitted; all others do not exist for the association."""
    return get_object_or_404(queries.with_content(queries.received()), pk=sealed_id)


@require_GET
@requires("report.received")
def received(request, sealed_id: int):
    sealed = received_of(sealed_id)
    content, way = received_view(sealed.content), queries.way(sealed)
    decides = way.state == ReportStep.Kind.SUBMITTED and allowed(
        request.actor, "report.review", sealed.report.procedure
    )
    context = {
        "sealed": sealed,
        "content": content,
        "way": way,
        "steps": list(reversed(way.steps)),
        "figures": figures.of_report(
            content, lambda place: reverse("reporting:received-field", args=[sealed_id, place])
        ),
        "kinds": documents.FORMS["association"],
        "others": queries.received().exclude(pk=sealed.pk).prefetch_related(None)[:OTHERS],
        "return_form": ReturnForm(sealed=sealed, auto_id="return-%s") if decides else None,
        "accept_form": AcceptForm(auto_id="accept-%s") if decides else None,
    }
    return respond(request, "reporting/received.html", context)


@require_GET
@requires("report.received")
def received_field(request, sealed_id: int, place: int):
    sealed = received_of(sealed_id)
    context = field_context(request, received_view(sealed.content), place)
    back = reverse("reporting:received", args=[sealed_id])
    context |= {"sealed": sealed, "back_url": back, "part": "reporting:received-field"}
    return respond(request, "reporting/field.html", context)


@require_GET
@requires("report.received")
def received_compare(request, older_id: int, newer_id: int):
    """Two reports that were submitted: above all, what a correction changed."""
    both = sorted((received_of(older_id), received_of(newer_id)), key=lambda each: (each.report.period_until, each.pk))
    context = compare_context(request, both, [received_view(each.content) for each in both])
    back = reverse("reporting:received", args=[both[1].pk])
    return respond(request, "reporting/compare.html", context | {"back_url": back})


@require_GET
@requires("report.received")
def received_document(request, sealed_id: int, kind: str):
    if kind not in documents.FORMS["association"]:
        raise Http404
    return sent(request, received_of(sealed_id), "association", kind)


@require_POST
@requires("report.review")
def send_back(request, sealed_id: int):
    """Return the report with remarks."""
    sealed = received_of(sealed_id)
    form, done = ReturnForm(request.POST, sealed=sealed), None
    if form.is_valid():
        actions.return_report(sealed=sealed, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = reverse("reporting:received", args=[sealed_id])
    return _answer(request, form, sealed, done)


@require_POST
@requires("report.review")
def accept(request, sealed_id: int):
    sealed = received_of(sealed_id)
    form, done = AcceptForm(request.POST), None
    if form.is_valid():
        actions.accept_report(sealed=sealed, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = reverse("reporting:received", args=[sealed_id])
    return _answer(request, form, sealed, done)


def _answer(request, form, sealed: SealedReport, done):
    context = {"form": form, "back_url": reverse("reporting:received", args=[sealed.pk]), "kicker": sealed}
    return respond(request, "reporting/one_form.html", context, done=done)
