"""Meetings of the review board: planned by the office; a member sees the own cases, and of others not even the town."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommpass.assessment.queries import cases
from kommpass.association import actions, queries
from kommpass.association.forms import AgendaForm, BoardMeetingForm
from kommpass.association.models import BoardMeeting
from kommpass.association.views.finding import one_of
from kommpass.audits.door import allowed, requires
from kommpass.domain.permissions import Role
from kommpass.municipalities.across import across_municipalities
from kommpass.ui.pages import respond


@require_GET
@requires("board.view", procedure=False)
def board(request):
    """The cases of a member, then all meetings: those to come, the next first, and those that have been."""
    by, today = request.actor, timezone.localdate()
    lines = queries.everywhere(queries.meeting_lines, by)
    coming = [each for each in lines if each.meeting.held_on >= today]
    past = [each for each in lines if each.meeting.held_on < today]
    judges = by.has(Role.REVIEW_BOARD)
    context = {
        "judges": judges,
        "cases": queries.everywhere(queries.own_cases, by, today) if judges else [],
        "coming": coming[::-1],
        "page": Paginator(past, 50).get_page(request.GET.get("page")),
        "may_plan": allowed(by, "board.plan"),
    }
    return respond(request, "association/board.html", context)


@require_http_methods(["GET", "POST"])
@requires("board.plan", procedure=False)
def board_add(request):
    form, done = BoardMeetingForm(request.POST or None), None
    if form.is_valid():
        planned = actions.plan_board_meeting(**form.cleaned_data, by=request.actor, at=timezone.now())
        done = reverse("association:agenda", args=[planned.pk])
    context = {
        "title": _("Sitzung planen"),
        "form": form,
        "submit_label": _("Sitzung eintragen"),
        "cancel_url": reverse("association:board"),
        "breadcrumb": _trail((_("Sitzung planen"), "")),
    }
    return respond(request, "ui/form.html", context, done=done)


@require_GET
@requires("board.view", procedure=False)
def meeting(request, board_meeting_id: int):
    """One meeting with its agenda, as far as this person may see it."""
    found = one_of(queries.meetings, pk=board_meeting_id)
    context = {
        "meeting": found,
        "items": queries.everywhere(queries.agenda, found, request.actor, timezone.localdate()),
        "may_plan": allowed(request.actor, "board.plan"),
        "breadcrumb": _trail((str(found), "")),
    }
    return respond(request, "association/meeting.html", context)


@require_GET
@requires("board.view", procedure=False)
def meeting_print(request, board_meeting_id: int):
    """The agenda on paper."""
    found = one_of(queries.meetings, pk=board_meeting_id)
    items = queries.everywhere(queries.agenda, found, request.actor, timezone.localdate())
    return respond(request, "association/meeting_print.html", {"meeting": found, "items": items})


@require_http_methods(["GET", "POST"])
@requires("board.plan", procedure=False)
def meeting_edit(request, board_meeting_id: int):
    found = one_of(queries.meetings, pk=board_meeting_id)
    initial = {name: getattr(found, name) for name in ("held_on", "place", "note")}
    form, done = BoardMeetingForm(request.POST or None, initial=initial), None
    if form.is_valid():
        actions.change_board_meeting(meeting=found, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = _page(found)
    context = {
        "title": _("Sitzung ändern"),
        "form": form,
        "cancel_url": _page(found),
        "breadcrumb": _trail((str(found), _page(found)), (_("Ändern"), "")),
    }
    return respond(request, "ui/form.html", context, done=done)


@require_http_methods(["GET", "POST"])
@requires("board.plan", procedure=False)
def agenda(request, board_meeting_id: int):
    """Which cases of any towns are on the agenda, and in which order."""
    found = one_of(queries.meetings, pk=board_meeting_id)
    rows = queries.everywhere(queries.to_be_put_on, found, request.actor, timezone.localdate())
    form, done = AgendaForm(request.POST if request.method == "POST" else None, rows=rows), None
    if form.is_valid():
        with across_municipalities():
            chosen = {each.pk: each for each in cases(request.actor).filter(pk__in=form.order)}
        actions.set_agenda(
            meeting=found, cases=[chosen[key] for key in form.order], by=request.actor, at=timezone.now()
        )
        done = _page(found)
    context = {
        "meeting": found,
        "form": form,
        "breadcrumb": _trail((str(found), _page(found)), (_("Tagesordnung"), "")),
    }
    return respond(request, "association/agenda.html", context, done=done)


def _page(meeting: BoardMeeting) -> str:
    return reverse("association:meeting", args=[meeting.pk])


def _trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Gutachterausschuss"), reverse("association:board")), *steps]
