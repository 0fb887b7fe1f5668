"""Pages about bodies and their meetings: the list, one body, the calendar."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommpass.audits.door import allowed, requires
from kommpass.bodies import actions, queries
from kommpass.bodies.forms.papers import BodyForm, MeetingForm
from kommpass.bodies.models import Body
from kommpass.bodies.views.tabs import tabs, trail
from kommpass.ui.pages import respond

FIELDS = ("name", "short", "kind", "authoritative", "members_count", "edition")


@require_GET
@requires("bodies.view")
def body_list(request):
    context = {
        "bodies": queries.bodies(),
        "tabs": tabs("bodies"),
        "may_edit": allowed(request.actor, "body.edit", request.procedure),
    }
    return respond(request, "bodies/list.html", context)


@require_GET
@requires("bodies.view")
def calendar(request):
    """The meetings to come with the day until which papers must be handed in, and those that have been."""
    today = timezone.localdate()
    lead_days = request.procedure.municipality.paper_lead_days
    coming = [(each, queries.submission_day(each.held_on, lead_days)) for each in queries.meetings_from(today)[:100]]
    context = {
        "coming": coming,
        "past": Paginator(queries.meetings_before(today), 50).get_page(request.GET.get("page")),
        "today": today,
        "lead_days": lead_days,
        "tabs": tabs("meetings"),
    }
    return respond(request, "bodies/calendar.html", context)


@require_GET
@requires("bodies.view")
def body(request, body_id: int):
    """A body with its meetings and what it had before it."""
    found = get_object_or_404(queries.bodies(), pk=body_id)
    return respond(request, "bodies/body.html", _body_context(request, found))


@require_POST
@requires("body.edit")
def meeting_add(request, body_id: int):
    found = get_object_or_404(queries.bodies(), pk=body_id)
    form = MeetingForm(request.POST, body=found, today=timezone.localdate())
    if not form.is_valid():
        return respond(request, "bodies/body.html", _body_context(request, found, form))
    actions.add_meeting(
        body=found, procedure=request.procedure, **form.cleaned_data, by=request.actor, at=timezone.now()
    )
    return respond(request, "bodies/body.html", {}, done=found)


def _body_context(request, body: Body, form: MeetingForm | None = None) -> dict:
    may_edit = allowed(request.actor, "body.edit", request.procedure)
    today = timezone.localdate()
    return {
        "body": body,
        "form": form or (MeetingForm(body=body, today=today) if may_edit else None),
        "may_edit": may_edit,
        "meetings": Paginator(body.meetings.order_by("-held_on"), 30).get_page(request.GET.get("page")),
        "stations": queries.consultations_of(body).filter(paper__procedure=request.procedure)[:50],
        "today": today,
        "breadcrumb": trail((_("Gremien"), reverse("bodies:list")), (body.name, "")),
    }


@require_http_methods(["GET", "POST"])
@requires("body.edit")
def body_new(request):
    form = BodyForm(request.POST or None)
    done = None
    if form.is_valid():
        data = form.cleaned_data
        data.pop("edition")
        done = actions.add_body(procedure=request.procedure, **data, by=request.actor, at=timezone.now())
    context = {
        "form": form,
        "title": _("Neues Gremium"),
        "submit_label": _("Gremium anlegen"),
        "cancel_url": reverse("bodies:list"),
        "breadcrumb": trail((_("Gremien"), reverse("bodies:list")), (_("Neues Gremium"), "")),
    }
    return respond(request, "ui/form.html", context, done=done)


@require_http_methods(["GET", "POST"])
@requires("body.edit")
def body_edit(request, body_id: int):
    found = get_object_or_404(queries.bodies(), pk=body_id)
    form = BodyForm(request.POST or None, initial={name: getattr(found, name) for name in FIELDS}, body=found)
    done = None
    if form.is_valid():
        data = form.cleaned_data
        seen = data.pop("edition")
        done = actions.edit_body(
            body=found, procedure=request.procedure, **data, seen=seen, by=request.actor, at=timezone.now()
        )
    context = {
        "form": form,
        "title": _("Gremium bearbeiten"),
        "kicker": found.name,
        "cancel_url": found.get_absolute_url(),
        "breadcrumb": trail((found.name, found.get_absolute_url()), (_("Bearbeiten"), "")),
    }
    return respond(request, "ui/form.html", context, done=done)


@require_POST
@requires("body.edit")
def meeting_drop(request, meeting_id: int):
    meeting = get_object_or_404(queries.meetings(), pk=meeting_id)
    body = meeting.body
    actions.drop_meeting(meeting=meeting, procedure=request.procedure, by=request.actor, at=timezone.now())
    return respond(request, "bodies/body.html", {}, done=body)
