"""The auditor's word, handing over, and the sealed submission as everybody who may read it sees it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommpass.adapters.documents import agreement_docx, agreement_pdf
from kommpass.assessment import actions, content, queries
from kommpass.assessment.forms import CheckForm, OpenCaseForm, ReportForm, SubmitForm
from kommpass.assessment.judgements import from_content, titled
from kommpass.assessment.models import Submission
from kommpass.assessment.views.asking import ask_again
from kommpass.audits.door import allowed, requires
from kommpass.ui.pages import respond

KINDS = {
    "json": "application/json; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@require_http_methods(["GET", "POST"])
@requires("auditor_report.write")
def report(request):
    """The auditor's word on the adopted version; a new one takes the place of the one before."""
    procedure = request.procedure
    version = queries.adopted_version(procedure)
    last = queries.standing_report(version) if version else None
    form = ReportForm(
        request.POST or None,
        rubric=procedure.scheme.rubric,
        initial=ReportForm.values_of(last) if last else None,
    )
    done = None
    if form.is_valid():
        actions.write_auditor_report(procedure=procedure, **form.judgement, by=request.actor, at=timezone.now())
        done = "assessment:overview"
    return respond(request, "assessment/report.html", {"form": form, "version": version, "last": last}, done=done)


@require_http_methods(["GET", "POST"])
@requires("submission.submit")
def submit(request):
    """What will be handed over, what is still missing; and, when nothing is, the button."""
    procedure = request.procedure
    form, done = SubmitForm(request.POST if request.method == "POST" else None), None
    if form.is_valid():
        done = actions.submit(procedure=procedure, **form.cleaned_data, by=request.actor, at=timezone.now())
    version = queries.adopted_version(procedure)
    report = queries.standing_report(version) if version else None
    requirements = queries.requirements(procedure)
    context = {
        "form": form,
        "requirements": requirements,
        "ready": all(each.met for each in requirements),
        "version": version,
        "report": report,
        "verdict": titled(procedure.scheme.rubric.verdicts, report.verdict) if report else "",
        "process": content.process(procedure),
    }
    return respond(request, "assessment/submit.html", context, done=done)


def submission_of(request, submission_id: int) -> Submission:
    """A submission this person may read; for all others it does not exist."""
    return get_object_or_404(queries.readable_submissions(request.actor), pk=submission_id)


@require_GET
@requires("submission.view")
def submission(request, submission_id: int):
    """The sealed copy, read from its own content and from nothing else."""
    found, by = submission_of(request, submission_id), request.actor
    check, sealed = queries.standing_check(found), found.content
    complete, open_case = bool(check and check.complete), hasattr(found, "case")
    context = {
        "submission": found,
        "sealed": sealed,
        "judgements": from_content(sealed["auditor"]["judgements"]),
        "check": check,
        "checks": found.checks.all(),
        "check_form": CheckForm() if allowed(by, "submission.check", found.procedure) and not open_case else None,
        "open_form": _open_form() if allowed(by, "case.open", found.procedure) and complete and not open_case else None,
        "case_url": found.case.get_absolute_url() if open_case and allowed(by, "board.view") else "",
    }
    return respond(request, "assessment/submission.html", context)


def _open_form(data=None) -> OpenCaseForm:
    members = queries.board()
    return OpenCaseForm(
        data, members=members, reasons=queries.unseatable(members), today=timezone.localdate(), auto_id="open-%s"
    )


@require_GET
@requires("submission.view")
def download(request, submission_id: int, kind: str):
    """The sealed content as it is, or the agreement in it as a document."""
    found = submission_of(request, submission_id)
    if kind not in KINDS:
        raise Http404
    response = HttpResponse(_document(found, kind), content_type=KINDS[kind])
    subject = "einreichung" if kind == "json" else "zielvereinbarung-einreichung"
    name = f"{subject}-{request.municipality.slug}-{found.procedure.round}-{found.number}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _document(found: Submission, kind: str) -> bytes:
    if kind == "json":
        return found.canonical.encode()
    sealed = found.content
    # Documents of the council speak German whoever asks for them.
    with override("de"):
        if kind == "pdf":
            return agreement_pdf(sealed["agreement"], content_hash=sealed["version_digest"])
        return agreement_docx(sealed["agreement"], content_hash=sealed["version_digest"])


@require_POST
@requires("submission.check")
def check(request, submission_id: int):
    """Complete, or what is missing."""
    found = submission_of(request, submission_id)
    form = CheckForm(request.POST)
    if not form.is_valid():
        return ask_again(request, form, title=_("Vollständigkeit prüfen"), about=found)
    actions.check_submission(submission=found, **form.cleaned_data, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done=found)


@require_POST
@requires("case.open")
def open_case(request, submission_id: int):
    """Lay a complete submission before members of the board."""
    found = submission_of(request, submission_id)
    form = _open_form(request.POST)
    if not form.is_valid():
        return ask_again(request, form, title=_("Begutachtung eröffnen"), about=found)
    done = actions.open_case(submission=found, **form.cleaned_data, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done=done)
