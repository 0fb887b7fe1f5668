"""From one round to the next: end it, take goals over, look back; and share a measure between two schemes."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommpass.agreement.models import Goal, Measure
from kommpass.agreement.queries import measures
from kommpass.agreement.views.draft import draft_of
from kommpass.audits.door import requires
from kommpass.audits.forms import ReasonForm
from kommpass.balancing import actions, queries
from kommpass.balancing.forms import ShareForm
from kommpass.ui.pages import respond


@require_POST
@requires("procedure.end")
def end(request):
    """End the round: everything stays readable, and the next one may begin."""
    form, done = ReasonForm(request.POST), None
    if form.is_valid():
        actions.end_round(
            procedure=request.procedure, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now()
        )
        done = "balancing:overview"
    return respond(request, "balancing/end.html", {"form": form}, done=done)


@require_http_methods(["GET", "POST"])
@requires("goal.carry_over")
def carry_over(request):
    """What would be taken over from the last round; and the step itself."""
    procedure, by = request.procedure, request.actor
    if procedure.predecessor is None:
        raise Http404
    done = None
    if request.method == "POST":
        taken = actions.carry_over(procedure=procedure, by=by, at=timezone.now())
        sentence = ngettext("%d Ziel ist übernommen.", "%d Ziele sind übernommen.", len(taken)) % len(taken)
        messages.success(request, sentence)
        done = "agreement:overview"
    rows = queries.preview(procedure, timezone.localdate())
    context = {
        "predecessor": procedure.predecessor,
        "going": [each for each in rows if each.goes_on],
        "staying": [each for each in rows if not each.goes_on],
        "waiting": sum(each.goes_on and not each.taken for each in rows),
        "may_carry_over": queries.may_carry_over(procedure, by),
    }
    return respond(request, "balancing/carry_over.html", context, done=done)


@require_GET
@requires("agreement.view")
def measure_before(request, measure_id: int):
    """One measure in earlier rounds, with its state then."""
    found = get_object_or_404(Measure, pk=measure_id, agreement__procedure=request.procedure)
    context = {"thing": found, "earlier": queries.chain(found)}
    return respond(request, "balancing/before.html", context)


@require_GET
@requires("agreement.view")
def goal_before(request, goal_id: int):
    """One goal in earlier rounds, with what was said of it then."""
    found = get_object_or_404(Goal, pk=goal_id, agreement__procedure=request.procedure)
    context = {"thing": found, "earlier": queries.chain_of_goal(found)}
    return respond(request, "balancing/before.html", context)


@require_http_methods(["GET", "POST"])
@requires("agreement.view")
def share(request, measure_id: int):
    """Let a measure count under a goal of another scheme that runs beside this one.

    Whether this person may do that is a question to the other procedure: the action asks it.
    """
    found = get_object_or_404(measures(draft_of(request)), pk=measure_id)
    others = queries.sharing_procedures(found, request.actor)
    form, done = ShareForm(request.POST or None, procedures=others), None
    if form.is_valid():
        goal = form.cleaned_data["goal"]
        actions.share_measure(measure=found, goal=goal, by=request.actor, at=timezone.now())
        messages.success(request, _("Die Maßnahme zählt jetzt auch in: %s.") % goal.agreement.procedure)
        done = found
    return respond(request, "balancing/share.html", {"form": form, "measure": found, "others": others}, done=done)
