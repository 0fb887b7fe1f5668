"""Pages about one station of a chain: add, change, agenda, result, decision, correction."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommpass.audits.door import requires
from kommpass.bodies import actions, queries
from kommpass.bodies.forms.papers import StationForm
from kommpass.bodies.forms.results import CorrectionForm, DecisionForm, ResultForm, TakeBackForm
from kommpass.bodies.models import Consultation, Decision
from kommpass.bodies.views.papers import paper_context
from kommpass.bodies.views.tabs import trail
from kommpass.ui.pages import respond

VOTING = ("manner", "votes_yes", "votes_no", "votes_abstain")


@require_http_methods(["POST"])
@requires("consultation.plan")
def station_add(request, paper_id: int):
    paper = get_object_or_404(queries.papers(request.procedure), pk=paper_id)
    form = StationForm(request.POST, today=timezone.localdate(), auto_id="id_station_%s")
    if not form.is_valid():
        return respond(request, "bodies/paper.html", paper_context(request, paper, form))
    data = form.cleaned_data
    data.pop("edition")
    actions.add_station(paper=paper, **data, by=request.actor, at=timezone.now())
    return respond(request, "bodies/paper.html", {}, done=paper)


@require_http_methods(["GET", "POST"])
@requires("consultation.plan")
def station_edit(request, station_id: int):
    station = _station(request, station_id)
    names = ("role", "meeting_on", "position", "agenda_item", "public", "edition")
    initial = {name: getattr(station, name) for name in names} | {"body": station.body_id}
    form = StationForm(request.POST or None, initial=initial, today=timezone.localdate(), station=station)
    done = None
    if form.is_valid():
        data = form.cleaned_data
        seen = data.pop("edition")
        actions.plan_station(station=station, **data, seen=seen, by=request.actor, at=timezone.now())
        done = station.paper
    context = _page(station, _("Station ändern"), form)
    return respond(request, "bodies/station_form.html", context | {"station": station}, done=done)


@require_POST
@requires("consultation.plan")
def station_drop(request, station_id: int):
    station = _station(request, station_id)
    actions.drop_station(station=station, by=request.actor, at=timezone.now())
    return respond(request, "bodies/paper.html", {}, done=station.paper)


@require_POST
@requires("consultation.plan")
def station_agenda(request, station_id: int):
    """Put the paper on the agenda, or take it off again."""
    station = _station(request, station_id)
    act = actions.take_off_agenda if request.POST.get("off") else actions.put_on_agenda
    act(station=station, by=request.actor, at=timezone.now())
    return respond(request, "bodies/paper.html", {}, done=station.paper)


@require_http_methods(["GET", "POST"])
@requires("consultation.record")
def station_result(request, station_id: int):
    station = _station(request, station_id)
    form = ResultForm(request.POST or None, station=station, today=timezone.localdate())
    done = None
    if form.is_valid():
        actions.record_result(station=station, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = station.paper
    context = _page(station, _("Ergebnis eintragen"), form)
    return respond(request, "bodies/result.html", context | {"station": station}, done=done)


@require_http_methods(["GET", "POST"])
@requires("consultation.record")
def station_take_back(request, station_id: int):
    station = _station(request, station_id)
    form = TakeBackForm(request.POST or None)
    done = None
    if form.is_valid():
        actions.take_back_result(station=station, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = station.paper
    return respond(request, "ui/form.html", _page(station, _("Ergebnis zurücknehmen"), form), done=done)


@require_http_methods(["GET", "POST"])
@requires("decision.register")
def decision_register(request, station_id: int):
    station = _station(request, station_id)
    paper = station.paper
    today = timezone.localdate()
    held = station.meeting_on is not None and station.meeting_on <= today
    initial = {
        "decided_on": station.meeting_on if held else None,
        "reference": paper.reference,
        "wording": paper.proposed_resolution,
    }
    form = DecisionForm(request.POST or None, initial=initial, station=station, today=today)
    done = None
    if form.is_valid():
        actions.register_decision(station=station, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = paper
    context = _page(station, _("Beschluss eintragen"), form) | {"station": station, "way": queries.way_to(station)[0]}
    return respond(request, "bodies/decision_form.html", context, done=done)


@require_http_methods(["GET", "POST"])
@requires("decision.register")
def decision_correct(request, decision_id: int):
    decision = get_object_or_404(queries.decisions(request.procedure), pk=decision_id)
    station, initial = decision.consultation, _as_registered(decision)
    form = CorrectionForm(request.POST or None, initial=initial, station=station, today=timezone.localdate())
    done = None
    if form.is_valid():
        actions.correct_decision(decision=decision, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = decision.paper
    context = _page(station, _("Beschluss berichtigen"), form) | {"decision": decision}
    return respond(request, "bodies/decision_form.html", context, done=done)


def _as_registered(decision: Decision) -> dict:
    names = ("decided_on", "reference", "result", "wording", *VOTING)
    return {name: getattr(decision, name) for name in names} | {
        "conditions": "\n".join(decision.conditions),
        "changes_text": decision.consultation.changes_text,
    }


def _station(request, station_id: int) -> Consultation:
    return get_object_or_404(queries.consultations(request.procedure), pk=station_id)


def _page(station: Consultation, title: str, form) -> dict:
    paper, url = station.paper, reverse("bodies:paper", args=[station.paper_id])
    return {
        "form": form,
        "title": title,
        "kicker": f"{station.body} · {station.get_role_display()}",
        "intro": str(paper),
        "cancel_url": url,
        "breadcrumb": trail((str(paper), url), (title, "")),
    }
