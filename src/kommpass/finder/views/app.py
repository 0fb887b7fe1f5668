"""The portal as an app on the phone: its manifest, what stays readable without network, and the page that says so."""

import json

from django.http import HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommpass.audits.door import public
from kommpass.finder.emergency import numbers
from kommpass.portal.views.published import answer, publish


@require_GET
@public
def manifest(request):
    """What a browser needs to put the portal on the home screen."""
    start = reverse("finder:find")
    name = _("Angebote für Familien")
    content = {
        "name": f"{name} · {request.municipality.name}",
        "short_name": request.municipality.name[:12],
        "start_url": start,
        "scope": start,
        "display": "standalone",
        "lang": "de",
        "background_color": "#ffffff",
        "theme_color": "#171a2b",
        "icons": [{"src": static("mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
        "shortcuts": [
            {"name": _("Gemerkte Angebote"), "url": reverse("finder:favourites")},
            {"name": _("Kalender"), "url": reverse("finder:calendar")},
        ],
    }

    def draw() -> HttpResponse:
        return HttpResponse(json.dumps(content, ensure_ascii=False), content_type="application/manifest+json")

    return answer(request, draw)


@require_GET
@public
def worker(request):
    """The service worker of the built front end, served from here because its reach is the folder it comes from."""
    script = (
        f"self.OFFLINE = {json.dumps(reverse('finder:offline'))};\n"
        f"importScripts({json.dumps(static('finder/worker.js'))});\n"
    )
    response = HttpResponse(script, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@require_GET
@public
def offline(request):
    """What one sees without network: emergency numbers, and the pages that were opened before."""
    return publish(request, "finder/offline.html", numbers())
