"""The offers of a measure: those that are tied to it, and a search for more."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kommpass.agreement import actions, queries
from kommpass.agreement.views.draft import draft_of
from kommpass.audits.door import requires
from kommpass.offers.models import Offer
from kommpass.offers.queries.finding import Wish, find
from kommpass.ui.pages import respond, search_words

MOST = 20


@require_GET
@requires("measure.tie")
def offers(request, measure_id: int):
    measure = get_object_or_404(queries.measures(draft_of(request)), pk=measure_id)
    ties = list(measure.offers.select_related("offer__provider__organisation"))
    asked = search_words(request.GET)
    context = {
        "measure": measure,
        "ties": ties,
        "asked": asked,
        "found": [each for each in _found(asked) if each.pk not in {tie.offer_id for tie in ties}],
        "breadcrumb": [(str(measure), measure.get_absolute_url()), (_("Angebote"), "")],
    }
    return respond(request, "agreement/offers.html", context)


def _found(asked: str) -> list[Offer]:
    keys = find(Wish(query=asked, old_too=True), timezone.now()).offers[:MOST] if asked else ()
    rows = Offer.objects.filter(pk__in=keys).select_related("provider__organisation").in_bulk()
    return [rows[key] for key in keys if key in rows]


@require_POST
@requires("measure.tie")
def tie(request, measure_id: int, offer_id: int):
    measure = get_object_or_404(queries.measures(draft_of(request)), pk=measure_id)
    offer = get_object_or_404(Offer.objects.filter(state__in=Offer.PUBLIC), pk=offer_id)
    actions.tie_offer(
        measure=measure, offer=offer, role=request.POST.get("role", ""), by=request.actor, at=timezone.now()
    )
    return respond(request, "agreement/offers.html", {}, done=reverse("agreement:offers", args=[measure.pk]))


@require_POST
@requires("measure.tie")
def untie(request, measure_id: int, offer_id: int):
    measure = get_object_or_404(queries.measures(draft_of(request)), pk=measure_id)
    found = get_object_or_404(measure.offers, offer=offer_id)
    actions.untie_offer(tie=found, by=request.actor, at=timezone.now())
    return respond(request, "agreement/offers.html", {}, done=reverse("agreement:offers", args=[measure.pk]))
