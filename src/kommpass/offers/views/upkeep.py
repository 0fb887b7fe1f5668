"""How true the directory is: who was asked, who has not answered, whom to call, and whose money ends soon."""

from datetime import timedelta

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kommpass.audits.door import requires
from kommpass.offers import actions
from kommpass.offers.misses import misses
from kommpass.offers.models import Provider
from kommpass.offers.queries import lists
from kommpass.offers.queries import upkeep as queries
from kommpass.offers.views.tabs import tabs
from kommpass.ui.pages import respond

MOST_MISSES = 30


@require_GET
@requires("offers.ask", procedure=False)
def upkeep(request):
    today = timezone.localdate()
    found = queries.owing(today)
    context = {
        "calls": [each for each in found if each.to_call],
        "waiting": [each for each in found if not each.to_call],
        "funding": queries.near_their_end(today),
        "shares": lists.shares(today),
        "misses": list(misses(today - timedelta(days=365))[:MOST_MISSES]),
        "tabs": tabs(request, "upkeep"),
    }
    return respond(request, "offers/upkeep.html", context)


@require_POST
@requires("offers.ask", procedure=False)
def ask(request, provider_id: int):
    found = get_object_or_404(Provider.objects.select_related("organisation"), pk=provider_id)
    actions.ask_provider(provider=found, by=request.actor, at=timezone.now())
    return respond(request, "offers/upkeep.html", {}, done="offers:upkeep")
