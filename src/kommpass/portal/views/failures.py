"""When there is no such page, and when we made a mistake. config wires these as handler404 and handler500."""

import logging
import secrets

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

from kommpass.portal.views.published import frame

log = logging.getLogger(__name__)


def handler404(request, exception):
    """No such page: inside the house for those who signed in, else a public page without cookies."""
    if getattr(request, "user", None) and request.user.is_authenticated:
        return render(request, "ui/not_found.html", status=404)
    return render(request, "portal/not_found.html", frame(request), status=404)


def handler500(request):
    """Our mistake. The page asks nothing of database or session, in case these are what failed."""
    incident = secrets.token_hex(4)
    log.error("Incident %s at %s", incident, request.path)
    return HttpResponseServerError(render_to_string("ui/error.html", {"incident": incident}))
