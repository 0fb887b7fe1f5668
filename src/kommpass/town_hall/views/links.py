"""The contribution links that are out there, and closing one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kommpass.audits.door import allowed, requires
from kommpass.people import queries
from kommpass.town_hall import actions
from kommpass.town_hall.views.overview import tabs
from kommpass.ui.pages import respond


@require_GET
@requires("people.view", procedure=False)
def links(request):
    context = {
        "page": Paginator(queries.contribution_links(), 50).get_page(request.GET.get("page")),
        "now": timezone.now(),
        "may_revoke": allowed(request.actor, "link.revoke", request.procedure),
        "tabs": tabs("people:links"),
    }
    return respond(request, "town_hall/links.html", context)


@require_POST
@requires("link.revoke", procedure=False)
def link_revoke(request, link_id: int):
    link = get_object_or_404(queries.contribution_links(), pk=link_id)
    actions.revoke_link(link=link, by=request.actor, at=timezone.now())
    messages.success(request, _("Der Link ist gesperrt. Was schon eingetragen wurde, bleibt."))
    return respond(request, "town_hall/links.html", {}, done="people:links")
