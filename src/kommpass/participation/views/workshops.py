"""Pages about workshops: the overview, one workshop with its board, attendance, minutes, print view."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommpass.audits.door import allowed, requires
from kommpass.participation import actions, queries
from kommpass.participation.forms import AttendanceForm, CardsForm, MinutesForm, WorkshopForm
from kommpass.participation.models import Workshop
from kommpass.participation.views.tabs import tabs, trail
from kommpass.ui.pages import respond

PLAN = ("kind", "title", "held_on", "starts", "until", "place", "agenda", "groups", "edition")


@require_GET
@requires("participation.view")
def overview(request):
    today = timezone.localdate()
    found = list(queries.workshops(request.procedure))
    context = {
        "main": [_step(kind, found, today) for kind in Workshop.MAIN],
        "others": [each for each in found if each.kind not in Workshop.MAIN],
        "reached": queries.reached_by_group(request.procedure),
        "facts": queries.counts(request.procedure),
        "definition": queries.agreed_definition(request.procedure),
        "may_plan": allowed(request.actor, "workshop.plan", request.procedure),
        "today": today,
        "tabs": tabs("workshops", unanswered=queries.unanswered(request.procedure)),
    }
    return respond(request, "participation/overview.html", context)


def _step(kind, workshops: list[Workshop], today) -> dict:
    """One of the three main workshops: what it is for, when it was or will be, and how far it got."""
    purposes = {
        Workshop.Kind.KICKOFF: _("Alle lernen das Verfahren kennen; Projektgruppe und Zeitplan stehen."),
        Workshop.Kind.STRATEGY: _("Stärken und Bedarfe ansehen, strategische Ziele und den Familienbegriff finden."),
        Workshop.Kind.TARGET: _("Ideen verdichten, Ziele und Maßnahmen benennen und gewichten."),
    }
    those = [each for each in workshops if each.kind == kind]
    held = [each for each in those if each.held_on <= today and each.people]
    overdue = any(each.held_on < today and not each.people for each in those)
    state = "done" if held else "overdue" if overdue else "current" if those else "open"
    return {"kind": kind, "label": kind.label, "purpose": purposes[kind], "workshops": those, "state": state}


@require_GET
@requires("participation.view")
def workshop(request, workshop_id: int):
    found = get_object_or_404(queries.workshops(request.procedure), pk=workshop_id)
    return respond(request, "participation/workshop.html", workshop_context(request, found))


def workshop_context(request, workshop: Workshop, form: CardsForm | None = None) -> dict:
    """Everything the page of a workshop shows: also used when the form for new cards comes back with mistakes."""
    may_pin = allowed(request.actor, "card.write", request.procedure)
    record_action = "involvement.record" if workshop.is_format else "workshop.record"
    attendance = queries.attendance(workshop)
    return {
        "workshop": workshop,
        "attendance": attendance,
        "bars": [(each.get_group_display(), each.count) for each in attendance],
        "people": sum(each.count for each in attendance),
        "groups": [label for group, label in attendance_labels() if group in workshop.groups],
        "cards": list(queries.cards_of(workshop)),
        "form": form or (CardsForm(procedure=request.procedure) if may_pin else None),
        "form_open": form is not None or not workshop.cards_count,
        "may_pin": may_pin,
        "may_plan": allowed(request.actor, "workshop.plan", request.procedure),
        "may_record": allowed(request.actor, record_action, request.procedure),
        "may_minute": allowed(request.actor, "workshop.record", request.procedure),
        "may_idea": allowed(request.actor, "idea.write", request.procedure),
        "past": workshop.held_on <= timezone.localdate(),
        "breadcrumb": trail((workshop.title, "")),
    }


def attendance_labels() -> list[tuple[str, str]]:
    return [(name, str(label)) for name, label in WorkshopForm.base_fields["groups"].choices]


@require_http_methods(["GET", "POST"])
@requires("workshop.plan")
def workshop_new(request):
    initial = {"kind": request.GET.get("kind", "")}
    form = WorkshopForm(request.POST or None, initial=initial, today=timezone.localdate())
    done = None
    if form.is_valid():
        data = form.cleaned_data
        data.pop("edition")
        done = actions.plan_workshop(procedure=request.procedure, **data, by=request.actor, at=timezone.now())
    context = {
        "form": form,
        "title": _("Workshop oder Beteiligung planen"),
        "submit_label": _("Anlegen"),
        "cancel_url": reverse("participation:overview"),
        "breadcrumb": trail((_("Planen"), "")),
    }
    return respond(request, "ui/form.html", context, done=done)


@require_http_methods(["GET", "POST"])
@requires("workshop.plan")
def workshop_edit(request, workshop_id: int):
    found = get_object_or_404(queries.workshops(request.procedure), pk=workshop_id)
    initial = {name: getattr(found, name) for name in PLAN}
    form = WorkshopForm(request.POST or None, initial=initial, today=timezone.localdate())
    done = None
    if form.is_valid():
        data = form.cleaned_data
        seen = data.pop("edition")
        done = actions.edit_workshop(workshop=found, **data, seen=seen, by=request.actor, at=timezone.now())
    return respond(request, "ui/form.html", _page(found, _("Planung ändern"), form), done=done)


@require_http_methods(["GET", "POST"])
@requires("workshop.record")
def attendance_edit(request, workshop_id: int):
    found = get_object_or_404(queries.workshops(request.procedure), pk=workshop_id)
    form = AttendanceForm(request.POST or None, workshop=found, today=timezone.localdate())
    done = None
    if form.is_valid():
        actions.record_attendance(workshop=found, counts=form.cleaned_data, by=request.actor, at=timezone.now())
        done = found
    context = _page(found, _("Wer war da?"), form)
    context["intro"] = _("Zählen Sie nach Gruppen. Namen werden nicht gespeichert; leere Felder heißen: niemand.")
    return respond(request, "ui/form.html", context, done=done)


@require_http_methods(["GET", "POST"])
@requires("workshop.record")
def minutes_edit(request, workshop_id: int):
    found = get_object_or_404(queries.workshops(request.procedure), pk=workshop_id)
    form = MinutesForm(request.POST or None, initial={"minutes": found.minutes, "edition": found.edition})
    done = None
    if form.is_valid():
        data = form.cleaned_data
        actions.write_minutes(
            workshop=found, minutes=data["minutes"], seen=data["edition"], by=request.actor, at=timezone.now()
        )
        done = found
    return respond(request, "ui/form.html", _page(found, _("Protokoll schreiben"), form), done=done)


@require_GET
@requires("participation.view")
def workshop_print(request, workshop_id: int):
    found = get_object_or_404(queries.workshops(request.procedure), pk=workshop_id)
    return respond(request, "participation/workshop_print.html", workshop_context(request, found))


def _page(workshop: Workshop, title: str, form) -> dict:
    url = workshop.get_absolute_url()
    return {
        "form": form,
        "title": title,
        "kicker": workshop.title,
        "cancel_url": url,
        "breadcrumb": trail((workshop.title, url), (title, "")),
    }
