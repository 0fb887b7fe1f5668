"""Whether the goals are reached: a judgement of its own, next to the measures and never computed from them."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommpass.agreement.models import Agreement
from kommpass.agreement.queries import goals as goals_of
from kommpass.audits.door import allowed, requires
from kommpass.implementation import actions, queries
from kommpass.implementation.figures import achievement_parts, state_parts
from kommpass.implementation.forms import JudgementForm
from kommpass.ui.pages import respond

PER_PAGE = 50


def agreement_here(request) -> Agreement:
    agreement = get_object_or_404(Agreement, procedure=request.procedure)
    agreement.procedure = request.procedure
    return agreement


@require_GET
@requires("progress.view")
def goals(request):
    """All goals, each with its newest judgement and with how its measures stand."""
    agreement = agreement_here(request)
    rows = queries.standings(agreement, timezone.localdate())
    judgements = queries.judgements(agreement)
    found = [(goal, judgements.get(goal.pk), queries.tally_of(own)) for goal, own in queries.by_goal(rows)]
    judged = [judgement for _goal, judgement, _tally in found if judgement]
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "achieved": [(_("Alle Ziele"), achievement_parts(len(found), judged))],
        "may_judge": allowed(request.actor, "goal.judge", request.procedure),
    }
    return respond(request, "implementation/goals.html", context)


@require_http_methods(["GET", "POST"])
@requires("goal.judge")
def goal_judge(request, goal_id: int):
    """Judge one goal, with its measures and earlier judgements beside the form."""
    agreement = agreement_here(request)
    goal = get_object_or_404(goals_of(agreement), pk=goal_id)
    goal.agreement = agreement
    form, done = JudgementForm(request.POST if request.method == "POST" else None), None
    if form.is_valid():
        actions.judge_goal(goal=goal, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = "implementation:goals"
    rows = [each for each in queries.standings(agreement, timezone.localdate()) if each.measure.goal_id == goal.pk]
    context = {
        "form": form,
        "goal": goal,
        "rows": rows,
        "parts": [(_("Alle Maßnahmen"), state_parts(queries.tally_of(rows)))],
        "earlier": goal.judgements.all(),
    }
    return respond(request, "implementation/goal.html", context, done=done)
