"""One measure: read it, write it, its steps, indicators and origins."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommpass.agreement import actions, queries
from kommpass.agreement.forms import IndicatorForm, MeasureForm, OriginForm, StepForm
from kommpass.agreement.models import Indicator, Origin, Step
from kommpass.agreement.views.draft import draft_of
from kommpass.audits.door import allowed, requires
from kommpass.audits.queries import choices
from kommpass.domain.targets import describe, from_json
from kommpass.ui.pages import respond

PLAIN = (
    "title",
    "description",
    "responsible",
    "post",
    "start",
    "due",
    "cost_once",
    "cost_yearly",
    "funding",
    "subject_to_budget",
    "staff_effort",
    "target_groups",
    "themes",
    "references",
    "priority",
    "public",
    "internal_note",
    "edition",
)
SETS = ("partners", "districts", "also_serves")


@require_GET
@requires("agreement.view")
def measure(request, measure_id: int):
    agreement = draft_of(request)
    measure = get_object_or_404(queries.with_details(queries.measures(agreement)), pk=measure_id)
    own = queries.writable(agreement, request.actor).filter(pk=measure.pk).exists()
    editable = own and allowed(request.actor, "measure.write", request.procedure)
    titles = {module.key: module.title for module in request.procedure.scheme.modules}
    context = {
        "measure": measure,
        "indicators": [(each, describe(from_json(each.target))) for each in measure.indicators.all()],
        "themes": [titles.get(key, key) for key in measure.themes],
        "hints": queries.quality(measure, request.procedure),
        "editable": editable,
        "may_amend": own and allowed(request.actor, "amendment.propose", request.procedure),
        "ties": list(measure.offers.select_related("offer")),
        "may_tie": allowed(request.actor, "measure.tie", request.procedure),
        "may_share": not measure.dropped and _may_share(request),
        "step_form": StepForm(),
        "indicator_form": IndicatorForm(),
        "origin_form": OriginForm(procedure=request.procedure) if editable else None,
    }
    return respond(request, "agreement/measure.html", context)


def _may_share(request) -> bool:
    """Whether another scheme runs beside this one, in which the measure may be let count, too."""
    return any(
        each.scheme_key != request.procedure.scheme_key and allowed(request.actor, "measure.share", each)
        for each in choices(request.procedure)
    )


@require_http_methods(["GET", "POST"])
@requires("measure.write")
def measure_add(request, goal_id: int):
    agreement = draft_of(request)
    goal = get_object_or_404(queries.goals(agreement), pk=goal_id)
    form, done = MeasureForm(request.POST or None, agreement=agreement, by=request.actor, goal=goal), None
    if form.is_valid():
        done = actions.add_measure(goal=goal, changes=form.changes, by=request.actor, at=timezone.now())
    return respond(request, "agreement/measure_form.html", {"form": form, "goal": goal}, done=done)


@require_http_methods(["GET", "POST"])
@requires("measure.write")
def measure_edit(request, measure_id: int):
    agreement = draft_of(request)
    measure = get_object_or_404(queries.writable(agreement, request.actor), pk=measure_id)
    shown = {name: getattr(measure, name) for name in PLAIN} | {name: getattr(measure, name).all() for name in SETS}
    form = MeasureForm(request.POST or None, agreement=agreement, by=request.actor, goal=measure.goal, initial=shown)
    done = None
    if form.is_valid():
        actions.edit_measure(measure=measure, changes=form.changes, seen=form.seen, by=request.actor, at=timezone.now())
        done = measure
    context = {"form": form, "goal": measure.goal, "measure": measure}
    return respond(request, "agreement/measure_form.html", context, done=done)


@require_POST
@requires("measure.write")
def measure_drop(request, measure_id: int):
    measure = get_object_or_404(queries.writable(draft_of(request), request.actor), pk=measure_id)
    goal = measure.goal
    actions.drop_measure(
        measure=measure,
        reason=request.POST.get("reason", "")[:500].replace("\0", ""),
        by=request.actor,
        at=timezone.now(),
    )
    return respond(request, "", {}, done=goal)


@require_POST
@requires("measure.write")
def step_add(request, measure_id: int):
    measure = get_object_or_404(queries.writable(draft_of(request), request.actor), pk=measure_id)
    form, done = StepForm(request.POST), None
    if form.is_valid():
        actions.add_step(measure=measure, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = measure
    return respond(request, "agreement/part.html", {"form": form, "measure": measure}, done=done)


@require_POST
@requires("measure.write")
def step_drop(request, step_id: int):
    writable = queries.writable(draft_of(request), request.actor)
    step = get_object_or_404(Step.objects.select_related("measure__agreement"), pk=step_id, measure__in=writable)
    actions.drop_step(step=step, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done=step.measure)


@require_POST
@requires("measure.write")
def indicator_add(request, measure_id: int):
    measure = get_object_or_404(queries.writable(draft_of(request), request.actor), pk=measure_id)
    form, done = IndicatorForm(request.POST), None
    if form.is_valid():
        actions.add_indicator(measure=measure, **form.indicator, by=request.actor, at=timezone.now())
        done = measure
    return respond(request, "agreement/part.html", {"form": form, "measure": measure}, done=done)


@require_POST
@requires("measure.write")
def indicator_drop(request, indicator_id: int):
    writable = queries.writable(draft_of(request), request.actor)
    found = get_object_or_404(
        Indicator.objects.select_related("measure__agreement"), pk=indicator_id, measure__in=writable
    )
    actions.drop_indicator(indicator=found, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done=found.measure)


@require_POST
@requires("measure.write")
def measure_origin_add(request, measure_id: int):
    measure = get_object_or_404(queries.writable(draft_of(request), request.actor), pk=measure_id)
    form, done = OriginForm(request.POST, procedure=request.procedure), None
    if form.is_valid():
        actions.add_origin(measure=measure, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = measure
    return respond(request, "agreement/part.html", {"form": form, "thing": measure}, done=done)


@require_POST
@requires("goal.write")
def origin_drop(request, origin_id: int):
    agreement = draft_of(request)
    origin = get_object_or_404(Origin.objects.select_related("goal", "measure"), pk=origin_id)
    thing = origin.goal or origin.measure
    if thing.agreement_id != agreement.pk:
        return get_object_or_404(Origin.objects.none())
    actions.drop_origin(origin=origin, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done=thing)
