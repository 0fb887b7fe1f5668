"""The list of all offers, and one's own with what is due: confirmed in one click."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kommpass.audits.door import allowed, requires
from kommpass.offers import actions
from kommpass.offers.forms.filters import OfferFilter
from kommpass.offers.queries import lists
from kommpass.offers.views.tabs import tabs
from kommpass.ui.pages import respond

PER_PAGE = 50


@require_GET
@requires("offers.view", procedure=False)
def overview(request):
    asked = OfferFilter(request.GET or None)
    found = asked.narrow(lists.offers(request.actor)) if asked.is_bound else lists.offers(request.actor)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    at = lists.standings(list(page.object_list), today)
    context = {
        "page": page,
        "rows": [(each, at[each.pk]) for each in page.object_list],
        "filter": asked,
        "filtered": asked.is_bound,
        "shares": lists.shares(today),
        "may_write": allowed(request.actor, "offer.write"),
        "tabs": tabs(request, "offers"),
    }
    return respond(request, "offers/overview.html", context)


@require_GET
@requires("offers.own", procedure=False)
def own(request):
    """One's own offers, those first that somebody should look at."""
    found = list(lists.running(request.actor))
    at = lists.standings(found, timezone.localdate())
    rows = sorted(((each, at[each.pk]) for each in found), key=lambda row: (row[1].due_on, row[0].title))
    today = timezone.localdate()
    context = {
        "rows": rows,
        "due": [each for each, standing in rows if each.public and standing.due_on <= today],
        "proposals": list(lists.proposals(request.actor)),
    }
    return respond(request, "offers/own.html", context)


@require_POST
@requires("offer.confirm", procedure=False)
def confirm(request):
    """ "All correct" for the offers whose boxes are ticked."""
    keys = [int(key) for key in request.POST.getlist("offer") if key.isdecimal() and len(key) < 19]
    chosen = list(lists.editable(request.actor).filter(pk__in=keys))
    actions.confirm_offers(offers=chosen, by=request.actor, at=timezone.now())
    back = (
        reverse("offers:own") if len(chosen) != 1 or request.POST.get("back") == "own" else chosen[0].get_absolute_url()
    )
    return respond(request, "offers/own.html", {}, done=back)
