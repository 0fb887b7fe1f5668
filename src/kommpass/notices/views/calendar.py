"""Everybody's calendar of deadlines: its address is made, replaced and ended here, and here it is read."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommpass.adapters.calendar_file import calendar_file
from kommpass.audits.door import public
from kommpass.notices import actions, queries
from kommpass.people.addresses import absolute, of_installation
from kommpass.town_hall.actions.invitations import digest
from kommpass.ui.pages import respond

NEXT = 8


@require_http_methods(["GET", "POST"])
@public
@login_required
def calendar(request):
    """What stands in the calendar, and its address. A new address is told once, in the answer to the form."""
    address = ""
    if request.method == "POST":
        token = actions.make_calendar_key(person=request.user, by=request.actor, at=timezone.now())
        address = absolute(of_installation("notices:calendar-feed", token))
    found = queries.dues_of(request.user, timezone.localdate())
    several = len({each.town for each in found}) > 1
    context = {
        "breadcrumb": [(_("Mein Zugang"), of_installation("profile")), (_("Mein Kalender"), "")],
        "key": queries.calendar_key_of(request.user),
        "address": address,
        "number": len(found),
        "next": [each.named if several else each.deadline for each in found[:NEXT]],
    }
    return respond(request, "notices/calendar.html", context)


@require_POST
@public
@login_required
def calendar_end(request):
    actions.end_calendar_key(person=request.user, by=request.actor, at=timezone.now())
    messages.success(request, _("Die Adresse Ihres Kalenders gilt nicht mehr."))
    return redirect("notices:calendar")


@require_GET
@public
def calendar_feed(request, token: str):
    """The calendar itself, for programs that know nothing but its address. An unknown or ended one does not exist."""
    key = get_object_or_404(queries.calendar_keys(), token_digest=digest(token))
    with override(settings.LANGUAGE_CODE):
        found = queries.dues_of(key.person, timezone.localdate())
        file = calendar_file(queries.entries(found), name=_("Fristen im Audit"), stamp=key.made_at)
    headers = {
        "Cache-Control": "private, no-cache",
        "Content-Disposition": 'inline; filename="kommpass.ics"',
        "ETag": quote_etag(hashlib.sha256(file).hexdigest()),
    }
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=headers["ETag"], response=response)
