"""Frozen versions: freeze one, read it, compare two, download it, look back to a day."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommpass.agreement import actions, documents, queries
from kommpass.agreement.actions.freezing import obstacles
from kommpass.agreement.forms import (
    AdoptForm,
    AmendInCouncilForm,
    AnswerForm,
    AsOfForm,
    FreezeForm,
    PaperForm,
    RecommendForm,
    RemarkForm,
    TableForm,
)
from kommpass.agreement.models import Remark
from kommpass.agreement.views.draft import draft_of
from kommpass.audits.door import allowed, requires
from kommpass.bodies.actions import draft_paper
from kommpass.bodies.models import Paper
from kommpass.domain.worddiff import compare_agreements
from kommpass.ui.pages import respond


def version_of(request, number: int):
    """A version this person may see; for all others it does not exist."""
    version = get_object_or_404(queries.versions(request.procedure, request.actor), number=number)
    version.agreement.procedure = request.procedure
    return version


@require_GET
@requires("version.view")
def versions(request):
    """All versions with their way: tabled, changed, recommended, adopted."""
    context = {
        "versions": queries.versions(request.procedure, request.actor),
        "in_force": queries.in_force(request.procedure, timezone.localdate()),
        "as_of_form": AsOfForm(),
        "may_freeze": allowed(request.actor, "agreement.freeze", request.procedure),
    }
    return respond(request, "agreement/versions.html", context)


@require_http_methods(["GET", "POST"])
@requires("agreement.freeze")
def freeze(request):
    """What is still missing; and, when nothing is, the button."""
    agreement = draft_of(request)
    form, done = FreezeForm(request.POST if request.method == "POST" else None), None
    if form.is_valid():
        done = actions.freeze_version(
            agreement=agreement, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now()
        )
    context = {"form": form, "obstacles": obstacles(agreement), "unaccepted": queries.unaccepted(agreement)[:20]}
    return respond(request, "agreement/freeze.html", context, done=done)


@require_GET
@requires("agreement.view")
def quality(request):
    """The hints on all measures; those that the scheme refuses come first."""
    agreement = draft_of(request)
    rows = []
    for measure in queries.measures(agreement).prefetch_related("indicators", "districts"):
        if hints := queries.quality(measure, request.procedure):
            rows.append((measure, hints, any(strict for _hint, strict in hints)))
    rows.sort(key=lambda row: not row[2])
    return respond(request, "agreement/quality.html", {"rows": rows[:200], "more": max(0, len(rows) - 200)})


@require_GET
@requires("version.view")
def version(request, number: int):
    """A frozen version, read from its own content and from nothing else."""
    version, by, procedure = version_of(request, number), request.actor, request.procedure
    context = {
        "version": version,
        "content": version.content,
        "remarks": queries.remarks(version, by),
        "amend_form": AmendInCouncilForm(procedure=procedure)
        if allowed(by, "agreement.amend_in_council", procedure)
        else None,
        "adopt_form": AdoptForm(version=version) if allowed(by, "agreement.adopt", procedure) else None,
        "table_form": TableForm(procedure=procedure) if allowed(by, "paper.draft", procedure) else None,
        "paper_form": PaperForm(initial={"title": version.content["title"]})
        if allowed(by, "paper.draft", procedure)
        else None,
        "recommend_form": RecommendForm() if allowed(by, "agreement.recommend", procedure) else None,
        "remark_form": RemarkForm() if allowed(by, "remark.write", procedure) else None,
        "answer_form": AnswerForm() if allowed(by, "remark.answer", procedure) else None,
        "others": queries.versions(procedure, by).exclude(pk=version.pk),
    }
    return respond(request, "agreement/version.html", context)


@require_GET
@requires("version.view")
def compare(request, old: int, new: int):
    """Two versions side by side: what was added, dropped, moved and reworded."""
    before, after = version_of(request, old), version_of(request, new)
    context = {"before": before, "after": after, "changes": compare_agreements(before.content, after.content)}
    return respond(request, "agreement/compare.html", context)


@require_GET
@requires("version.view")
def as_of(request):
    """Which version held on a day."""
    form = AsOfForm(request.GET)
    if not form.is_valid():
        return respond(request, "agreement/as_of.html", {"form": form, "asked": bool(request.GET)})
    day = form.cleaned_data["day"]
    found = queries.in_force(request.procedure, day)
    context = {"form": form, "day": day, "asked": True, "version": found, "content": found.content if found else None}
    return respond(request, "agreement/as_of.html", context)


@require_GET
@requires("version.download")
def download(request, number: int, kind: str):
    """The version as PDF, DOCX, XLSX or JSON, all made from the same frozen content."""
    version = version_of(request, number)
    if kind not in documents.KINDS:
        raise Http404
    made = documents.make(version, kind)
    response = HttpResponse(made, content_type=documents.KINDS[kind])
    name = f"zielvereinbarung-{request.municipality.slug}-fassung-{version.number}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@requires("paper.draft")
def table(request, number: int):
    """Lay a version on an existing paper."""
    version = version_of(request, number)
    form, done = TableForm(request.POST, procedure=request.procedure), None
    if form.is_valid():
        actions.table_version(version=version, paper=form.cleaned_data["paper"], by=request.actor, at=timezone.now())
        done = version
    return respond(request, "agreement/version_form.html", {"form": form, "version": version}, done=done)


@require_POST
@requires("paper.draft")
def paper_new(request, number: int):
    """Write a new paper for this version: the texts are proposed, the chain is planned in the bodies room."""
    version = version_of(request, number)
    form, done = PaperForm(request.POST), None
    if form.is_valid():
        now = timezone.now()
        paper = draft_paper(
            procedure=request.procedure,
            purpose=Paper.Purpose.AGREEMENT,
            **form.cleaned_data,
            **documents.proposed_texts(version),
            by=request.actor,
            at=now,
        )
        actions.table_version(version=version, paper=paper, by=request.actor, at=now)
        done = paper
    return respond(request, "agreement/version_form.html", {"form": form, "version": version}, done=done)


@require_POST
@requires("agreement.amend_in_council")
def amend_in_council(request):
    form, done = AmendInCouncilForm(request.POST, procedure=request.procedure), None
    if form.is_valid():
        done = actions.amend_in_council(
            agreement=draft_of(request), **form.cleaned_data, by=request.actor, at=timezone.now()
        )
    return respond(request, "agreement/version_form.html", {"form": form}, done=done)


@require_POST
@requires("agreement.adopt")
def adopt(request, number: int):
    version = version_of(request, number)
    form, done = AdoptForm(request.POST, version=version), None
    if form.is_valid():
        actions.adopt_version(
            version=version, decision=form.cleaned_data["decision"], by=request.actor, at=timezone.now()
        )
        done = version
    return respond(request, "agreement/version_form.html", {"form": form, "version": version}, done=done)


@require_POST
@requires("agreement.recommend")
def recommend(request, number: int):
    version = version_of(request, number)
    form, done = RecommendForm(request.POST), None
    if form.is_valid():
        actions.recommend_version(version=version, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = version
    return respond(request, "agreement/version_form.html", {"form": form, "version": version}, done=done)


@require_POST
@requires("remark.write")
def remark(request, number: int):
    version = version_of(request, number)
    form, done = RemarkForm(request.POST), None
    if form.is_valid():
        actions.write_remark(version=version, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = version
    return respond(request, "agreement/version_form.html", {"form": form, "version": version}, done=done)


@require_POST
@requires("remark.answer")
def remark_answer(request, remark_id: int):
    found = get_object_or_404(Remark.objects.filter(version__agreement__procedure=request.procedure), pk=remark_id)
    form, done = AnswerForm(request.POST), None
    if form.is_valid():
        actions.answer_remark(remark=found, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = found.version
    return respond(request, "agreement/version_form.html", {"form": form, "version": found.version}, done=done)
