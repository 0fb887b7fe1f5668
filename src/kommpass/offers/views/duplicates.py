"""Offers that look alike: the evidence, three answers, and the way back."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kommpass.audits.door import requires
from kommpass.offers import actions
from kommpass.offers.models import DuplicateVerdict, Offer
from kommpass.offers.queries import duplicates as queries
from kommpass.offers.showing import sections
from kommpass.offers.views.offers import in_words
from kommpass.offers.views.tabs import tabs, trail
from kommpass.ui.pages import respond

PER_PAGE = 20


@require_GET
@requires("duplicate.judge", procedure=False)
def duplicates(request):
    verdicts = DuplicateVerdict.objects.filter(undone_at=None).select_related("first", "second")
    context = {
        "page": Paginator(queries.twins(), PER_PAGE).get_page(request.GET.get("page")),
        "verdicts": list(verdicts[:PER_PAGE]),
        "tabs": tabs(request, "duplicates"),
    }
    return respond(request, "offers/duplicates.html", context)


@require_GET
@requires("duplicate.judge", procedure=False)
def duplicate(request, first_id: int, second_id: int):
    """Both offers beside each other, and what speaks for and against."""
    found = queries.twin_or_none(first_id, second_id)
    if found is None:
        raise Http404
    context = {
        "twins": found,
        "sides": [(each, sections(each.document)) for each in (found.first, found.second)],
        "steps": in_words(found.first.document, found.second.document),
        "breadcrumb": trail((_("Doppelte"), "../../"), (found.first.title, "")),
    }
    return respond(request, "offers/duplicate.html", context)


@require_POST
@requires("duplicate.judge", procedure=False)
def judge(request, first_id: int, second_id: int):
    published = Offer.objects.filter(state__in=Offer.PUBLIC).select_related("provider")
    first, second = (get_object_or_404(published, pk=key) for key in (first_id, second_id))
    said, now = request.POST.get("verdict", ""), timezone.now()
    if said in ("first", "second"):
        stays, goes = (first, second) if said == "first" else (second, first)
        actions.merge_offers(stays=stays, goes=goes, by=request.actor, at=now)
    else:
        actions.judge_pair(first=first, second=second, verdict=said, by=request.actor, at=now)
    return respond(request, "offers/duplicates.html", {}, done="offers:duplicates")


@require_POST
@requires("duplicate.judge", procedure=False)
def undo(request, verdict_id: int):
    found = get_object_or_404(DuplicateVerdict, pk=verdict_id)
    actions.undo_verdict(verdict=found, by=request.actor, at=timezone.now())
    return respond(request, "offers/duplicates.html", {}, done="offers:duplicates")
