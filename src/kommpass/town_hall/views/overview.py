"""Who works here: people with their roles, open invitations; inviting."""

from collections import defaultdict

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommpass.audits.door import allowed, requires
from kommpass.people import queries
from kommpass.people.addresses import in_town
from kommpass.town_hall import actions
from kommpass.town_hall.forms import InvitationForm
from kommpass.ui.pages import respond


def tabs(here: str) -> list[dict]:
    """The four pages of this room, as tabs."""
    pages = (
        ("people:overview", _("Menschen")),
        ("people:organisations", _("Organisationen und Stellen")),
        ("people:links", _("Beitragslinks")),
        ("people:hand-over", _("Übergabe")),
    )
    return [{"label": label, "url": in_town(name), "active": name == here} for name, label in pages]


@require_GET
@requires("people.view", procedure=False)
def overview(request):
    page = Paginator(queries.people(), 50).get_page(request.GET.get("page"))
    roles = defaultdict(list)
    for membership in queries.members().filter(user__in=[person.pk for person in page]):
        roles[membership.user_id].append(membership)
    context = {
        "page": page,
        "rows": [(person, roles[person.pk]) for person in page],
        "invitations": queries.open_invitations(),
        "now": timezone.now(),
        "may_invite": allowed(request.actor, "people.invite", request.procedure),
        "tabs": tabs("people:overview"),
    }
    return respond(request, "town_hall/overview.html", context)


@require_http_methods(["GET", "POST"])
@requires("people.invite", procedure=False)
def invite(request):
    form = InvitationForm(request.POST or None, by=request.actor)
    done = None
    if form.is_valid():
        invitation = actions.invite_person(**form.cleaned_data, by=request.actor, at=timezone.now())
        messages.success(request, _("Die Einladung an %s ist unterwegs.") % invitation.email)
        done = "people:overview"
    context = {
        "title": _("Jemanden einladen"),
        "intro": _("Die Person bekommt eine E-Mail mit einem Link. Er gilt 14 Tage und genau einmal."),
        "form": form,
        "submit_label": _("Einladung senden"),
        "cancel_url": in_town("people:overview"),
    }
    return respond(request, "ui/form.html", context, done=done)


@require_POST
@requires("people.invite", procedure=False)
def invitation_resend(request, invitation_id: int):
    invitation = get_object_or_404(queries.open_invitations(), pk=invitation_id)
    actions.resend_invitation(invitation=invitation, by=request.actor, at=timezone.now())
    messages.success(request, _("Die Einladung ist noch einmal unterwegs. Der alte Link gilt nicht mehr."))
    return respond(request, "town_hall/overview.html", {}, done="people:overview")


@require_POST
@requires("people.invite", procedure=False)
def invitation_revoke(request, invitation_id: int):
    invitation = get_object_or_404(queries.open_invitations(), pk=invitation_id)
    actions.revoke_invitation(invitation=invitation, by=request.actor, at=timezone.now())
    messages.success(request, _("Die Einladung ist zurückgezogen."))
    return respond(request, "town_hall/overview.html", {}, done="people:overview")
