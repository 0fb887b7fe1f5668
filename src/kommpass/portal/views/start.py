"""The front page of the installation, and what search engines may read."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from kommpass.audits.door import public
from kommpass.municipalities.models import Municipality
from kommpass.portal import demo_logins, queries
from kommpass.portal.views.published import publish


@require_GET
@public
def start(request):
    """The towns of this installation with what they have promised; in the demo also its log-ins."""
    page = Paginator(Municipality.objects.all(), 50).get_page(request.GET.get("page"))
    towns = list(page.object_list)
    lines = [queries.town_line(town, timezone.localdate()) for town in towns]
    context = {"page": page, "lines": lines}
    if settings.DEMO:
        context |= {"logins": demo_logins.logins(towns), "password": getattr(settings, "DEMO_PASSWORD", "")}
    return publish(request, "portal/start.html", context, lines, context.get("logins"))


ROBOTS = """User-agent: *
Allow: /$
Allow: /robots.txt
Allow: /register/
Allow: /verify/$
Allow: /*/public/
Allow: /static/
Disallow: /
"""
ROBOTS_OF_THE_DEMO = """User-agent: *
Disallow: /
"""


@require_GET
@public
def robots(request):
    """Search engines find the public pages and nothing else; of a demo nothing at all."""
    return HttpResponse(ROBOTS_OF_THE_DEMO if settings.DEMO else ROBOTS, content_type="text/plain; charset=utf-8")
