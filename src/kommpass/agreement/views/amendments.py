"""Later changes: propose, decide, and see all of them with their approval."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from kommpass.agreement import actions, queries
from kommpass.agreement.forms.amending import AmendmentForm, ApprovalForm
from kommpass.agreement.views.draft import draft_of
from kommpass.audits.door import allowed, requires
from kommpass.ui.pages import respond


@require_GET
@requires("version.view")
def amendments(request):
    """Every change since the resolution: who proposed it, who approved it, what came of it."""
    context = {
        "amendments": queries.amendments(request.procedure, request.actor),
        "may_approve": allowed(request.actor, "amendment.approve", request.procedure),
        "may_propose": allowed(request.actor, "amendment.propose", request.procedure),
    }
    return respond(request, "agreement/amendments.html", context)


@require_http_methods(["GET", "POST"])
@requires("amendment.propose")
def propose(request, measure_id: int = 0):
    agreement = draft_of(request)
    measure = get_object_or_404(queries.writable(agreement, request.actor), pk=measure_id) if measure_id else None
    form, done = AmendmentForm(request.POST or None, agreement=agreement, measure=measure), None
    if form.is_valid():
        actions.propose_amendment(
            procedure=request.procedure,
            kind=form.cleaned_data["kind"],
            measure=measure,
            changes=form.changes,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=timezone.now(),
        )
        done = "agreement:amendments"
    return respond(request, "agreement/amendment_form.html", {"form": form, "measure": measure}, done=done)


@require_http_methods(["GET", "POST"])
@requires("amendment.approve")
def decide(request, amendment_id: int):
    """Approve or reject one change, with the decision that its level needs."""
    amendment = get_object_or_404(queries.amendments(request.procedure, request.actor), pk=amendment_id)
    form, done = ApprovalForm(request.POST or None, procedure=request.procedure), None
    if form.is_valid():
        given, now = form.cleaned_data, timezone.now()
        if given["answer"] == "approve":
            actions.approve_amendment(
                amendment=amendment, decision=given["decision"], note=given["note"], by=request.actor, at=now
            )
        else:
            actions.reject_amendment(amendment=amendment, note=given["note"], by=request.actor, at=now)
        done = "agreement:amendments"
    return respond(request, "agreement/amendment_decide.html", {"form": form, "amendment": amendment}, done=done)
