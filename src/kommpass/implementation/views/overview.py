"""How far everything is: the picture, the list with its filters, and the dates that nobody believes in any more."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kommpass.agreement.models import Agreement
from kommpass.agreement.queries import agreement_of
from kommpass.audits.door import allowed, requires
from kommpass.implementation import actions, queries
from kommpass.implementation.figures import achievement_parts, freshness_parts, state_parts
from kommpass.implementation.forms import ProgressFilter
from kommpass.implementation.forms.filters import ANY_DONE, DELAYED, SILENT
from kommpass.ui.pages import respond

PER_PAGE = 50


@require_GET
@requires("progress.view")
def overview(request):
    """Everything at a glance, then measure by measure."""
    procedure = request.procedure
    agreement, rounds = agreement_of(procedure), list(queries.rounds(procedure))
    rows = _rows(agreement, procedure, ends=[each.period_until for each in rounds])
    running = next((each for each in rounds if each.open), None)
    may_open = running is None and allowed(request.actor, "round.open", procedure)
    context = {
        "rows": rows,
        "rounds": rounds,
        "open_round": running,
        "may_open": may_open,
        "may_take_over": may_open and queries.history_waits(procedure),
    }
    if agreement and rows:
        context |= _pictures(agreement, rows) | _list(request, agreement, rows)
    return respond(request, "implementation/overview.html", context)


def _rows(agreement: Agreement | None, procedure, *, ends=None) -> list[queries.MeasureStanding]:
    if agreement is None:
        return []
    agreement.procedure = procedure
    return queries.standings(agreement, timezone.localdate(), ends=ends)


def _pictures(agreement: Agreement, rows: list[queries.MeasureStanding]) -> dict:
    here = reverse("implementation:overview")
    counted = queries.tally_of(rows)
    late = counted.yellow + counted.red
    tiles = [
        (_("umgesetzt"), counted.done, f"?state={ANY_DONE}", "success", f"{counted.done_percent} %"),
        (_("Frist überschritten"), counted.overdue, "?overdue=on", "danger" if counted.overdue else "success", ""),
        (_("verzögert oder gefährdet"), late, f"?light={DELAYED}", "warning" if late else "success", ""),
        (_("noch nie gemeldet"), counted.unreported, f"?state={SILENT}", "brand", ""),
    ]
    goals = {each.measure.goal_id for each in rows}
    judged = [each for key, each in queries.judgements(agreement).items() if key in goals]
    return {
        "counted": counted,
        "tiles": [(label, number, f"{here}{query}#list", kind, note) for label, number, query, kind, note in tiles],
        "by_field": [
            (str(place), state_parts(queries.tally_of(found)), f"{here}?field={place.pk}#list")
            for place, found in queries.by_field(rows)
        ],
        "fresh": [(_("Alle Maßnahmen"), freshness_parts(rows))],
        "achieved": [(_("Alle Ziele"), achievement_parts(len(goals), judged))],
        "late_dates": len(queries.late_dates(rows)),
    }


def _list(request, agreement: Agreement, rows: list[queries.MeasureStanding]) -> dict:
    chosen = ProgressFilter(request.GET, rows=rows, districts=queries.districts(agreement))
    return {"filter": chosen, "page": Paginator(chosen.found, PER_PAGE).get_page(request.GET.get("page"))}


@require_GET
@requires("progress.view")
def late(request):
    """Where whoever is in charge expects a later date than was adopted: each may become a proposed change."""
    rows = _rows(agreement_of(request.procedure), request.procedure)
    proposed = queries.proposed_shifts(request.procedure)
    may = allowed(request.actor, "amendment.propose", request.procedure)
    found = [
        (each, each.measure.pk in proposed, may and _answers_for(request.actor, each.measure))
        for each in queries.late_dates(rows)
    ]
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return respond(request, "implementation/late.html", {"page": page})


@require_POST
@requires("amendment.propose")
def late_propose(request, measure_id: int):
    """Make a proposed change of it, with the owner's words as the reason."""
    agreement = get_object_or_404(Agreement, procedure=request.procedure)
    agreement.procedure = request.procedure
    measure = get_object_or_404(queries.reported_measures(agreement), pk=measure_id)
    measure.agreement = agreement
    actions.propose_shift(measure=measure, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done="implementation:late")


def _answers_for(by, measure) -> bool:
    """As the action sees it: the coordination for all, everybody else for their own."""
    return by.has("coordinator") or measure.responsible_id in by.organisations
