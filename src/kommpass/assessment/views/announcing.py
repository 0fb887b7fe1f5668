"""From the board to the town and back: the announcement, facts, conditions, an objection."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommpass.assessment import actions, queries
from kommpass.assessment.forms import FactsForm, ObjectionForm, ProofCheckForm, ProofForm, ReleaseForm
from kommpass.assessment.judgements import in_lines
from kommpass.assessment.models import Condition, ReviewDecision
from kommpass.assessment.views.asking import ask_again
from kommpass.audits.door import requires
from kommpass.ui.pages import respond


@require_POST
@requires("decision.release")
def release(request, review_decision_id: int):
    """Announce a decision to the town."""
    mine = queries.cases(request.actor).values("pk")
    found = get_object_or_404(ReviewDecision.objects.filter(case__in=mine), pk=review_decision_id)
    form = ReleaseForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return ask_again(request, form, title=_("Entscheidung bekanntgeben"), about=found.case)
    actions.release_decision(decision=found, **form.cleaned_data, by=request.actor, at=timezone.now())
    messages.success(request, _("Die Entscheidung ist bekanntgegeben."))
    return respond(request, "", {}, done=found.case)


@require_http_methods(["GET", "POST"])
@requires("opinion.answer")
def facts(request, opinion_id: int):
    """The opinion as the town is asked about it: text and judgements, neither verdict nor conditions."""
    procedure = request.procedure
    found = get_object_or_404(queries.opinions_readable(procedure, request.actor), pk=opinion_id)
    answer = getattr(found, "factual_answer", None)
    form, done = FactsForm(request.POST if request.method == "POST" else None), None
    if form.is_valid():
        corrections = form.cleaned_data["corrections"]
        actions.answer_opinion(opinion=found, corrections=corrections, by=request.actor, at=timezone.now())
        messages.success(request, _("Ihre Antwort ist beim Gutachterausschuss."))
        done = "assessment:overview"
    context = {
        "opinion": found,
        "lines": in_lines(procedure.scheme.rubric, found.judgements),
        "answer": answer,
        "form": None if answer or found.closed else form,
        "late": found.answer_by < timezone.localdate(),
    }
    return respond(request, "assessment/facts.html", context, done=done)


@require_http_methods(["GET", "POST"])
@requires("objection.raise")
def objection(request, review_decision_id: int):
    """Object to an announced decision; the page says until when, or why it is not possible."""
    found = get_object_or_404(queries.announced_to(request.procedure, request.actor), pk=review_decision_id)
    form, done = ObjectionForm(request.POST or None), None
    if form.is_valid():
        actions.raise_objection(decision=found, **form.cleaned_data, by=request.actor, at=timezone.now())
        messages.success(request, _("Ihr Widerspruch ist eingegangen."))
        done = "assessment:overview"
    refused = queries.unobjectable(found, timezone.localdate())
    return respond(
        request, "assessment/objection.html", {"decision": found, "form": form, "refused": refused}, done=done
    )


@require_POST
@requires("condition.report")
def condition_report(request, condition_id: int):
    """Show how a condition was met."""
    decisions = queries.announced_to(request.procedure, request.actor).values("pk")
    found = get_object_or_404(Condition.objects.filter(decision__in=decisions), pk=condition_id)
    form = ProofForm(request.POST)
    if not form.is_valid():
        return ask_again(request, form, title=_("Auflage nachweisen"), about=found, back=reverse("assessment:overview"))
    actions.report_condition(condition=found, **form.cleaned_data, by=request.actor, at=timezone.now())
    messages.success(request, _("Ihr Nachweis ist bei der Geschäftsstelle."))
    return respond(request, "", {}, done="assessment:overview")


@require_POST
@requires("condition.check")
def proof_check(request, proof_id: int):
    """Say whether what was shown meets the condition."""
    found = get_object_or_404(queries.proofs(request.actor), pk=proof_id)
    form = ProofCheckForm(request.POST)
    if not form.is_valid():
        return ask_again(request, form, title=_("Nachweis prüfen"), about=found, back=reverse("assessment:overview"))
    actions.check_condition(report=found, **form.cleaned_data, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done="assessment:overview")
