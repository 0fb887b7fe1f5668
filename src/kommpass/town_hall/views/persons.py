"""The page of a person: what they hold and have to do here. A successor gets it printed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kommpass.audits.door import allowed, requires
from kommpass.people import queries
from kommpass.people.addresses import in_town
from kommpass.people.duties import duties
from kommpass.town_hall import actions
from kommpass.ui.pages import respond


@require_GET
@requires("people.view", procedure=False)
def person(request, person_id: int):
    found = get_object_or_404(queries.people(), pk=person_id)
    path = [(_("Menschen und Stellen"), in_town("people:overview")), (found.name, "")]
    may_end = allowed(request.actor, "people.end", request.procedure)
    return _page(request, found, path, may_end=may_end)


@require_GET
@requires("procedure.view", procedure=False)
def my_duties(request):
    """The same page about oneself."""
    return _page(request, request.user, [(_("Meine Aufgaben"), "")], may_end=False)


@require_POST
@requires("people.end", procedure=False)
def membership_end(request, membership_id: int):
    membership = get_object_or_404(queries.members(), pk=membership_id)
    actions.end_membership(membership=membership, by=request.actor, at=timezone.now())
    messages.success(request, _("Die Rolle ist beendet."))
    return respond(request, "town_hall/overview.html", {}, done="people:overview")


def _page(request, found, path, *, may_end: bool):
    context = {
        "person": found,
        "duties": duties(found),
        "memberships": queries.members().filter(user=found),
        "today": timezone.localdate(),
        "may_end": may_end,
        "breadcrumb": path,
    }
    return respond(request, "town_hall/person.html", context)
