"""Reading and writing the draft: overview by field, list of measures, goals."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommpass.agreement import actions, queries
from kommpass.agreement.forms import (
    AgreementForm,
    GoalForm,
    MeasureFilter,
    NewStrategicGoalForm,
    OriginForm,
    StrategicGoalForm,
)
from kommpass.agreement.models import Agreement, Goal, StatusEntry, StrategicGoal
from kommpass.audits.door import allowed, requires
from kommpass.ui.pages import respond

PER_PAGE = 50


def draft_of(request) -> Agreement:
    """The draft of the procedure; 404 until somebody has begun it."""
    agreement = get_object_or_404(Agreement, procedure=request.procedure)
    agreement.procedure = request.procedure
    return agreement


@require_POST
@requires("agreement.write")
def begin(request):
    """Begin the draft: one click, once."""
    actions.open_agreement(procedure=request.procedure, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done="agreement:overview")


@require_GET
@requires("agreement.view")
def overview(request):
    """Fields, strategic goals and goals, each with the number of its measures."""
    if queries.agreement_of(request.procedure) is None:
        may_begin = allowed(request.actor, "agreement.write", request.procedure)
        return respond(request, "agreement/not_yet.html", {"may_begin": may_begin})
    agreement = draft_of(request)
    context = {
        "agreement": agreement,
        "outline": queries.outline(agreement),
        "facts": queries.counts(request.procedure),
        "version": queries.latest_version(agreement),
        "may_write": allowed(request.actor, "goal.write", request.procedure),
        "may_freeze": allowed(request.actor, "agreement.freeze", request.procedure),
        "may_import": allowed(request.actor, "agreement.import", request.procedure),
    }
    return respond(request, "agreement/overview.html", context)


@require_GET
@requires("agreement.view")
def measures(request):
    """All measures, fifty on a page; the same number of queries for fifty and for a thousand."""
    narrowing = MeasureFilter(request.GET, procedure=request.procedure)
    page = Paginator(narrowing.narrow(queries.listed(request.procedure)), PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(queries.on_page(page.object_list))
    for measure in page.object_list:
        if measure.latest_label:
            measure.latest_status = StatusEntry(label=measure.latest_label, light=measure.latest_light)
    return respond(request, "agreement/measures.html", {"page": page, "filter": narrowing}, fragment="list")


@require_http_methods(["GET", "POST"])
@requires("agreement.write")
def texts(request):
    """The texts around the goals."""
    agreement = draft_of(request)
    shown = {name: getattr(agreement, name) for name in ("title", "preamble", "process", "budget_clause", "edition")}
    form, done = AgreementForm(request.POST or None, initial=shown), None
    if form.is_valid():
        actions.edit_agreement(
            agreement=agreement, changes=form.changes, seen=form.seen, by=request.actor, at=timezone.now()
        )
        done = "agreement:overview"
    return respond(request, "agreement/texts.html", {"form": form}, done=done)


@require_http_methods(["GET", "POST"])
@requires("goal.write")
def strategic_goal_add(request, field_id: int):
    """In own words, or from a card of the strategy workshop."""
    agreement = draft_of(request)
    field = get_object_or_404(request.procedure.fields, pk=field_id)
    takes_cards = allowed(request.actor, "card.write", request.procedure)
    cards = queries.strategic_cards(request.procedure, field)
    form, done = NewStrategicGoalForm(request.POST or None, cards=cards if takes_cards else cards.none()), None
    if form.is_valid():
        actions.add_strategic_goal(
            agreement=agreement, field=field, **form.cleaned_data, by=request.actor, at=timezone.now()
        )
        done = "agreement:overview"
    return respond(request, "agreement/strategic_goal.html", {"form": form, "field": field}, done=done)


@require_http_methods(["GET", "POST"])
@requires("goal.write")
def strategic_goal(request, goal_id: int):
    goal = get_object_or_404(StrategicGoal, pk=goal_id, agreement=draft_of(request))
    form, done = StrategicGoalForm(request.POST or None, initial={"text": goal.text, "edition": goal.edition}), None
    if form.is_valid():
        actions.edit_strategic_goal(
            goal=goal, text=form.cleaned_data["text"], seen=form.seen, by=request.actor, at=timezone.now()
        )
        done = "agreement:overview"
    context = {"form": form, "field": goal.field, "strategic_goal": goal}
    return respond(request, "agreement/strategic_goal.html", context, done=done)


@require_POST
@requires("goal.write")
def strategic_goal_drop(request, goal_id: int):
    goal = get_object_or_404(StrategicGoal, pk=goal_id, agreement=draft_of(request))
    actions.drop_strategic_goal(goal=goal, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done="agreement:overview")


@require_http_methods(["GET", "POST"])
@requires("goal.write")
def goal_add(request, field_id: int):
    agreement = draft_of(request)
    field = get_object_or_404(request.procedure.fields, pk=field_id)
    form = GoalForm(
        request.POST or None,
        agreement=agreement,
        initial={"field": field, "strategic_goal": agreement.strategic_goals.filter(field=field).last()},
    )
    done = None
    if form.is_valid():
        done = _url(actions.add_goal(agreement=agreement, **form.changes, by=request.actor, at=timezone.now()))
    return respond(request, "agreement/goal_add.html", {"form": form, "field": field}, done=done)


@require_GET
@requires("agreement.view")
def goal(request, goal_id: int):
    """A goal with its measures and where it comes from."""
    agreement = draft_of(request)
    goal = get_object_or_404(queries.goals(agreement), pk=goal_id)
    context = {
        "goal": goal,
        "measures": queries.measures(agreement).filter(goal=goal),
        "serving": queries.measures(agreement).filter(also_serves=goal),
        "origins": goal.origins.all(),
        "origin_form": OriginForm(procedure=request.procedure),
        "may_write": allowed(request.actor, "goal.write", request.procedure),
        "may_add": allowed(request.actor, "measure.write", request.procedure),
    }
    return respond(request, "agreement/goal.html", context)


@require_http_methods(["GET", "POST"])
@requires("goal.write")
def goal_edit(request, goal_id: int):
    agreement = draft_of(request)
    goal = get_object_or_404(queries.goals(agreement), pk=goal_id)
    shown = {name: getattr(goal, name) for name in ("title", "description", "field", "strategic_goal", "edition")}
    form, done = GoalForm(request.POST or None, agreement=agreement, initial=shown), None
    if form.is_valid():
        actions.edit_goal(goal=goal, changes=form.changes, seen=form.seen, by=request.actor, at=timezone.now())
        done = _url(goal)
    return respond(request, "agreement/goal_edit.html", {"form": form, "goal": goal}, done=done)


@require_POST
@requires("goal.write")
def goal_drop(request, goal_id: int):
    goal = get_object_or_404(Goal, pk=goal_id, agreement=draft_of(request))
    actions.drop_goal(goal=goal, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done="agreement:overview")


@require_POST
@requires("goal.write")
def goal_origin_add(request, goal_id: int):
    goal = get_object_or_404(Goal, pk=goal_id, agreement=draft_of(request))
    form, done = OriginForm(request.POST, procedure=request.procedure), None
    if form.is_valid():
        actions.add_origin(goal=goal, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = _url(goal)
    return respond(request, "agreement/part.html", {"form": form, "thing": goal}, done=done)


def _url(goal: Goal) -> str:
    return goal.get_absolute_url()
