"""The way of a sealed report inside the town: a paper about it, a body that takes note, the association."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from kommpass.audits.door import requires
from kommpass.bodies.actions import draft_paper
from kommpass.bodies.models import Paper
from kommpass.reporting import actions, documents, queries
from kommpass.reporting.forms import NoteForm, PaperForm, SubmitForm
from kommpass.reporting.models import SealedReport
from kommpass.ui.pages import respond


def _sealed(sealed_id: int) -> SealedReport:
    return get_object_or_404(queries.kept(), pk=sealed_id)


def _answer(request, form, sealed: SealedReport, done):
    context = {"form": form, "back_url": sealed.get_absolute_url(), "kicker": sealed}
    return respond(request, "reporting/one_form.html", context, done=done)


@require_POST
@requires("report.note")
def note(request, sealed_id: int):
    """A body took note of the report."""
    sealed = _sealed(sealed_id)
    form, done = NoteForm(request.POST, sealed=sealed), None
    if form.is_valid():
        actions.note_report(sealed=sealed, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = sealed
    return _answer(request, form, sealed, done)


@require_POST
@requires("paper.draft")
def paper_new(request, sealed_id: int):
    """A new paper about this report: its texts are proposed, the chain is planned in the bodies room."""
    sealed = get_object_or_404(queries.with_content(queries.kept()), pk=sealed_id)
    form, done = PaperForm(request.POST), None
    if form.is_valid():
        done = draft_paper(
            procedure=sealed.report.procedure,
            purpose=Paper.Purpose.REPORT,
            **form.cleaned_data,
            **documents.proposed_texts(sealed),
            by=request.actor,
            at=timezone.now(),
        )
    return _answer(request, form, sealed, done)


@require_POST
@requires("report.submit")
def submit(request, sealed_id: int):
    """To the association."""
    sealed = _sealed(sealed_id)
    form, done = SubmitForm(request.POST), None
    if form.is_valid():
        actions.submit_report(sealed=sealed, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = sealed
    return _answer(request, form, sealed, done)
