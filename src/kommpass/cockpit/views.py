"""The cockpit: where the procedure stands, what is missing, what is due, who still owes what."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET, require_POST

from kommpass.agreement import queries as agreement
from kommpass.agreement.actions import write_remark
from kommpass.agreement.forms import RemarkForm
from kommpass.audits import actions as audits
from kommpass.audits.door import allowed, requires
from kommpass.cockpit import actions, queries
from kommpass.cockpit import council as council_view
from kommpass.cockpit.forms import CouncilFilter
from kommpass.cockpit.tasks import tasks
from kommpass.domain.permissions import Role
from kommpass.implementation import queries as implementation
from kommpass.people.addresses import of_installation
from kommpass.stocktaking import queries as stocktaking
from kommpass.ui.pages import respond

NEAR = 8
LATE_ON_A_PAGE, QUESTIONS = 25, 10


@require_GET
@requires("procedure.view", procedure=False)
def home(request):
    """The first page of a town. Before the first procedure it says how to begin."""
    procedure, by, today = request.procedure, request.actor, timezone.localdate()
    if procedure is None:
        return respond(request, "cockpit/empty.html", {"may_start": allowed(by, "procedure.start")})
    steers = by.has(Role.COORDINATOR, Role.AUDITOR)
    views = queries.phase_views(procedure, today)
    deadlines = queries.deadlines_of(by, procedure, today) if steers else []
    return respond(
        request,
        "cockpit/home.html",
        {
            "bar": [_on_the_bar(view) for view in views],
            "current": [view for view in views if view.phase.opened_at and not view.phase.closed_at],
            "deadlines": deadlines[:NEAR],
            "unreported": [each for each in deadlines if each.kind == "status"],
            "owed": stocktaking.who_owes(procedure, today) if steers else [],
            "unaccepted": agreement.waiting_organisations(procedure) if steers else [],
            "tasks": tasks(procedure, by, today),
            "steers": steers,
        },
    )


@require_GET
@requires("procedure.view")
def phase(request, key: str):
    """One phase: what it is for, its documents, its gate."""
    view = next(
        (each for each in queries.phase_views(request.procedure, timezone.localdate()) if each.phase.key == key), None
    )
    if view is None:
        raise Http404
    context = {
        "view": view,
        "may_close": allowed(request.actor, "phase.close", request.procedure),
        "may_open": allowed(request.actor, "phase.open", request.procedure),
    }
    return respond(request, "cockpit/phase.html", context)


@require_POST
@requires("phase.close")
def phase_close(request, key: str):
    phase = get_object_or_404(request.procedure.phases, key=key)
    phase.procedure = request.procedure
    actions.close_phase(phase=phase, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done="cockpit:home")


@require_POST
@requires("phase.open")
def phase_open(request, key: str):
    phase = get_object_or_404(request.procedure.phases, key=key)
    phase.procedure = request.procedure
    audits.open_phase(phase=phase, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done="cockpit:home")


@require_GET
@requires("procedure.view")
def calendar(request):
    """All deadlines as one list."""
    today = timezone.localdate()
    found = queries.deadlines_of(request.actor, request.procedure, today)
    own_calendar = of_installation("notices:calendar")
    return respond(
        request, "cockpit/calendar.html", {"deadlines": found, "today": today, "own_calendar_url": own_calendar}
    )


@require_GET
@requires("council.view")
def council(request):
    """What was promised, what is done, what is late and what it costs: in two minutes, on one page."""
    procedure, by, today = request.procedure, request.actor, timezone.localdate()
    promise = council_view.promise(procedure, today)
    if promise is None:
        return respond(request, "cockpit/council_before.html", {})
    rows = council_view.rows(procedure, today)
    districts = implementation.districts(procedure.agreement)
    chosen = CouncilFilter(request.GET, rows=rows, districts=districts)
    late = council_view.late(chosen.found)
    context = {
        "promise": promise,
        "filter": chosen,
        "counted": implementation.tally_of(chosen.found),
        "goals": len({each.measure.goal_id for each in chosen.found}),
        "costs": council_view.costs(chosen.found),
        "by_field": council_view.by_field(chosen.found),
        "by_district": council_view.by_district(chosen.found, districts),
        "late": late,
        "page": Paginator(late, LATE_ON_A_PAGE).get_page(request.GET.get("page")),
        "wording": council_view.wording(promise),
        "decisions": council_view.decisions(procedure, today)[:NEAR],
        "remarks": agreement.remarks(promise.now.version, by)[:QUESTIONS],
        "status_remarks": implementation.remarks(procedure, by)[:QUESTIONS],
        "remark_form": RemarkForm() if allowed(by, "remark.write", procedure) else None,
    }
    return respond(request, "cockpit/council.html", context)


@require_POST
@requires("remark.write")
def council_ask(request):
    """A question on what holds today; it stands at the version, and here."""
    promise = council_view.promise(request.procedure, timezone.localdate())
    if promise is None:
        raise Http404
    form, done = RemarkForm(request.POST), None
    if form.is_valid():
        write_remark(version=promise.now.version, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = f"{reverse('cockpit:council')}#questions"
    return respond(request, "cockpit/council_ask.html", {"form": form}, done=done)


def _on_the_bar(view: queries.PhaseView) -> dict:
    phase = view.phase
    day = phase.closed_at or phase.planned_until
    return {
        "label": phase.meaning.title,
        "state": view.state,
        "dates": date_format(day, "m/Y") if day else "",
        "url": reverse("cockpit:phase", args=[phase.key]),
    }
