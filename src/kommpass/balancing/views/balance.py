"""The balance: what was reached, goal by goal, and what becomes of each; then it is closed for good."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommpass.agreement.models import Goal
from kommpass.agreement.queries import adoptions
from kommpass.audits.catalogue import newest
from kommpass.audits.door import allowed, requires
from kommpass.audits.forms import ReasonForm
from kommpass.audits.models import Procedure
from kommpass.audits.queries import phases
from kommpass.balancing import actions, queries
from kommpass.balancing.forms import BalanceForm, DecisionForm
from kommpass.balancing.models import Balance
from kommpass.domain.gates import missing
from kommpass.ui.pages import respond

OVER = (Procedure.State.ENDED, Procedure.State.WITHDRAWN)


def balance_of(request) -> Balance:
    """The balance of this round; 404 until somebody has begun it."""
    balance = get_object_or_404(Balance, procedure=request.procedure)
    balance.procedure = request.procedure
    return balance


@require_GET
@requires("balance.view")
def overview(request):
    """Every goal with its result in one line, the decision about it, and the way to the next round."""
    procedure, by, today = request.procedure, request.actor, timezone.localdate()
    balance = queries.balance_of(procedure)
    # Before the resolution the goals are a draft, which not everybody here may read.
    shown = balance is not None or adoptions(procedure).exists()
    lines = queries.goal_lines(procedure, today) if shown else []
    sealed = getattr(balance, "sealed", None)
    may_write = balance is not None and sealed is None and allowed(by, "balance.write", procedure)
    requirements = queries.requirements_of(lines)
    context = {
        "balance": balance,
        "sealed": sealed,
        "lines": [(line, DecisionForm.of(line.balance, line.goal) if may_write else None) for line in lines],
        "requirements": requirements,
        "ready": not missing(requirements),
        "may_begin": balance is None and allowed(by, "balance.write", procedure),
        "may_write": may_write,
        "may_close": balance is not None and sealed is None and allowed(by, "balance.close", procedure),
        "end_form": ReasonForm() if lines and _may_end(request, sealed) else None,
    }
    return respond(request, "balancing/overview.html", context | _what_is_next(request, today))


def _may_end(request, sealed) -> bool:
    """A round ends when its balance is closed; a rung without a balance may end as it is."""
    procedure = request.procedure
    if procedure.state in OVER or not allowed(request.actor, "procedure.end", procedure):
        return False
    return sealed is not None or not _has(procedure, "balancing")


def _has(procedure: Procedure, stage: str) -> bool:
    """Whether the rung of this round has such a phase at all: the lighter ones leave some out."""
    return any(each.stage == stage for each in phases(procedure))


def _what_is_next(request, today) -> dict:
    """After the end the next round begins; in the next round the goals of the last one wait."""
    procedure, by = request.procedure, request.actor
    before = procedure.predecessor
    begins = procedure.state in OVER and not procedure.successors.exists() and allowed(by, "procedure.start")
    carries = before is not None and allowed(by, "goal.carry_over", procedure)
    waiting = [each for each in queries.preview(procedure, today) if each.goes_on and not each.taken] if carries else []
    return {
        "rungs": queries.next_rungs(procedure) if begins else [],
        "newest": newest(procedure.scheme_key),
        "predecessor": before,
        "waiting": len(waiting),
        "may_prefill": bool(before) and _has(procedure, "stocktaking") and allowed(by, "answer.prefill", procedure),
    }


@require_POST
@requires("balance.write")
def begin(request):
    actions.open_balance(procedure=request.procedure, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done="balancing:overview")


@require_http_methods(["GET", "POST"])
@requires("balance.write")
def text(request):
    """What was reached, in the town's own words."""
    balance = balance_of(request)
    form = BalanceForm(request.POST or None, initial={"text": balance.text, "edition": balance.edition})
    done = None
    if form.is_valid():
        given = form.cleaned_data
        actions.write_balance(
            balance=balance, text=given["text"], seen=given["edition"], by=request.actor, at=timezone.now()
        )
        done = "balancing:overview"
    return respond(request, "balancing/text.html", {"form": form}, done=done)


@require_http_methods(["GET", "POST"])
@requires("balance.write")
def goal(request, goal_id: int):
    """Decide on one goal; the page says again what its measures have come to."""
    balance = balance_of(request)
    goal = get_object_or_404(Goal, pk=goal_id, agreement__procedure=request.procedure)
    line = next(each for each in queries.goal_lines(request.procedure, timezone.localdate()) if each.goal.pk == goal.pk)
    form = DecisionForm(request.POST) if request.method == "POST" else DecisionForm.of(line.balance, goal)
    done = None
    if form.is_valid():
        given = form.cleaned_data
        actions.decide_goal(
            balance=balance,
            goal=line.goal,
            verdict=given["verdict"],
            reason=given["reason"],
            seen=given["edition"],
            by=request.actor,
            at=timezone.now(),
        )
        done = f"{reverse('balancing:overview')}#goal-{goal.pk}"
    return respond(request, "balancing/goal.html", {"line": line, "form": form}, done=done)


@require_POST
@requires("balance.close")
def close(request):
    """Close the balance. If a decision is missing, the page of the gate says how many."""
    actions.close_balance(balance=balance_of(request), by=request.actor, at=timezone.now())
    return respond(request, "", {}, done="balancing:sealed")


@require_GET
@requires("balance.view")
def sealed(request):
    """The balance as it was closed, read from its own content."""
    found = _sealed_or_404(request)
    return respond(request, "balancing/sealed.html", {"sealed": found, "content": found.content})


@require_GET
@requires("balance.view")
def download(request, kind: str):
    """The closed balance as canonical JSON: the bytes over which the checksum was taken."""
    found = _sealed_or_404(request)
    if kind != "json":
        raise Http404
    response = HttpResponse(found.canonical, content_type="application/json")
    response["Content-Disposition"] = (
        f'attachment; filename="bilanz-{request.municipality.slug}-durchgang-{request.procedure.round}.json"'
    )
    return response


def _sealed_or_404(request):
    found = queries.sealed_balance(request.procedure)
    if found is None:
        raise Http404
    return found
