"""One field of action: all its questions and answers, comments, strengths and needs, and the analysis."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommpass.audits.door import allowed, requires
from kommpass.audits.models import FieldOfAction
from kommpass.stocktaking import actions, queries
from kommpass.stocktaking.forms import AnalysisForm, CommentForm, FindingForm
from kommpass.stocktaking.models import AnswerComment, Finding
from kommpass.ui.pages import respond


def _field(request, pk: int) -> FieldOfAction:
    found = get_object_or_404(queries.analyses(request.actor, request.procedure), pk=pk)
    found.procedure = request.procedure
    return found


def _way(field: FieldOfAction, *more: tuple) -> list[tuple]:
    here = reverse("stocktaking:field", args=[field.pk]) if more else ""
    return [(_("Bestandsaufnahme"), reverse("stocktaking:overview")), (str(field), here), *more]


def _questions(field: FieldOfAction) -> list:
    return [each for each in field.procedure.scheme.questions if each.field in field.covers]


@require_GET
@requires("stocktaking.view")
def field(request, pk: int):
    """The page on which coordination and auditor work: answers on top, findings below."""
    found = _field(request, pk)
    entries = queries.entries_of_field(request.actor, found)
    written = list(queries.findings(request.actor, request.procedure).filter(field=found))
    shown = request.GET.get("show", "")
    context = {
        "field": found,
        "entries": [each for each in entries if _matches(each, shown)],
        "show": shown,
        "ways": _ways(entries, shown),
        "tally": queries.tally(((each.answer.kind, each.answer.confirmed) for each in entries), total=len(entries)),
        "strengths": [each for each in written if each.kind == Finding.Kind.STRENGTH],
        "needs": [each for each in written if each.kind == Finding.Kind.NEED],
        "candidates": queries.candidates(entries, written),
        "analysis": queries.analysis_of(found),
        "may_write": allowed(request.actor, "finding.write", request.procedure),
        "may_accept": allowed(request.actor, "analysis.accept", request.procedure),
        "breadcrumb": _way(found),
    }
    return respond(request, "stocktaking/field.html", context)


FILTERS = {
    "": lambda entry: True,
    "open": lambda entry: not entry.answer.done,
    "needs": lambda entry: entry.answer.action_needed,
    "comments": lambda entry: any(not each.resolved_at for each in entry.comments),
}


def _matches(entry, shown: str) -> bool:
    return FILTERS.get(shown, FILTERS[""])(entry)


def _ways(entries, shown: str) -> list[dict]:
    labels = {"": _("Alle"), "open": _("Offen"), "needs": _("Handlungsbedarf"), "comments": _("Mit Anmerkungen")}
    return [
        {
            "label": label,
            "url": f"?show={key}" if key else "?",
            "active": key == shown or (not key and shown not in labels),
            "count": sum(1 for each in entries if FILTERS[key](each)),
        }
        for key, label in labels.items()
    ]


@require_POST
@requires("answer.comment")
def comment_new(request, key: str):
    """A comment on an answer; a mistake shows the question's page again with what was typed."""
    entry = queries.answer_to(request.actor, request.procedure, key)
    if entry is None:
        raise Http404
    form = CommentForm(request.POST)
    if not form.is_valid():
        context = {"entry": entry, "comment_form": form, "form": None, "may_comment": True}
        return respond(request, "stocktaking/question_page.html", context, status=422)
    actions.comment_answer(
        procedure=request.procedure, question_key=key, **form.cleaned_data, by=request.actor, at=timezone.now()
    )
    return respond(request, "", {}, done=f"{reverse('stocktaking:question', args=[key])}#anmerkungen")


@require_POST
@requires("answer.comment")
def comment_resolve(request, pk: int):
    comment = get_object_or_404(
        AnswerComment.objects.filter(answer__in=queries.answers(request.actor, request.procedure)).select_related(
            "answer"
        ),
        pk=pk,
    )
    comment.answer.procedure = request.procedure
    actions.resolve_comment(comment=comment, by=request.actor, at=timezone.now())
    back = reverse("stocktaking:question", args=[comment.answer.question_key])
    return respond(request, "", {}, done=f"{back}#anmerkungen")


@require_http_methods(["GET", "POST"])
@requires("finding.write")
def finding_new(request, pk: int):
    found = _field(request, pk)
    kind = request.GET.get("kind") if request.GET.get("kind") in Finding.Kind.values else Finding.Kind.STRENGTH
    form = FindingForm(request.POST or None, initial={"kind": kind}, questions=_questions(found))
    done = None
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("kind", "text", "question_keys")}
        actions.write_finding(field=found, **given, by=request.actor, at=timezone.now())
        done = _findings_of(found)
    context = {"form": form, "field": found, "breadcrumb": _way(found, (_("Neuer Befund"), ""))}
    return respond(request, "stocktaking/finding.html", context, done=done, status=422 if form.errors else 200)


@require_POST
@requires("finding.write")
def finding_from_answer(request, pk: int):
    """One click: a strength or a need out of an answer, with a first wording."""
    found = _field(request, pk)
    key, kind = request.POST.get("question", ""), request.POST.get("kind", "")
    entry = next((each for each in queries.entries_of_field(request.actor, found) if each.key == key), None)
    if entry is None or not entry.answer.done or kind not in Finding.Kind.values:
        raise Http404
    actions.write_finding(
        field=found,
        kind=kind,
        text=queries.first_draft(entry),
        question_keys=[key],
        by=request.actor,
        at=timezone.now(),
    )
    messages.success(request, _("Der Befund ist aufgenommen. Den Wortlaut können Sie unten bearbeiten."))
    return respond(request, "", {}, done=_findings_of(found))


@require_http_methods(["GET", "POST"])
@requires("finding.write")
def finding(request, pk: int):
    """Edit a finding. If somebody else edited it meanwhile, the merge page shows both texts."""
    found = get_object_or_404(queries.findings(request.actor, request.procedure), pk=pk)
    found.procedure = found.field.procedure = request.procedure
    initial = {name: getattr(found, name) for name in ("kind", "text", "question_keys", "edition")}
    form = FindingForm(request.POST or None, initial=initial, questions=_questions(found.field))
    done = None
    if form.is_valid():
        seen = form.cleaned_data.pop("edition")
        actions.edit_finding(
            finding=found,
            seen=found.edition if seen is None else seen,
            **form.cleaned_data,
            by=request.actor,
            at=timezone.now(),
        )
        done = _findings_of(found.field)
    context = {"form": form, "finding": found, "field": found.field, "breadcrumb": _way(found.field, (_("Befund"), ""))}
    return respond(request, "stocktaking/finding.html", context, done=done, status=422 if form.errors else 200)


@require_POST
@requires("finding.write")
def finding_remove(request, pk: int):
    found = get_object_or_404(queries.findings(request.actor, request.procedure), pk=pk)
    done = _findings_of(found.field)
    actions.remove_finding(finding=found, by=request.actor, at=timezone.now())
    messages.success(request, _("Der Befund ist entfernt."))
    return respond(request, "", {}, done=done)


def _findings_of(field: FieldOfAction) -> str:
    return f"{reverse('stocktaking:field', args=[field.pk])}#befunde"


@require_http_methods(["GET", "POST"])
@requires("finding.write")
def analysis(request, pk: int):
    """Write the summary of a field."""
    found = _field(request, pk)
    stored = queries.analysis_of(found)
    form = AnalysisForm(request.POST or None, initial={"summary": stored.summary, "edition": stored.edition})
    done = None
    if form.is_valid():
        seen = form.cleaned_data["edition"] or stored.edition
        actions.write_analysis(
            field=found, summary=form.cleaned_data["summary"], seen=seen, by=request.actor, at=timezone.now()
        )
        done = f"{reverse('stocktaking:field', args=[pk])}#auswertung"
    context = {"form": form, "field": found, "analysis": stored, "breadcrumb": _way(found, (_("Auswertung"), ""))}
    return respond(request, "stocktaking/analysis.html", context, done=done, status=422 if form.errors else 200)


@require_POST
@requires("analysis.accept")
def analysis_accept(request, pk: int):
    found = _field(request, pk)
    actions.accept_analysis(field=found, by=request.actor, at=timezone.now())
    messages.success(request, _("Die Auswertung ist anerkannt."))
    return respond(request, "", {}, done=f"{reverse('stocktaking:field', args=[pk])}#auswertung")
