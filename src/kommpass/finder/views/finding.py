"""The finder: search words, filters with numbers, list; the same as a map of districts and as a list to print."""

from datetime import datetime

from django.conf import settings
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommpass.audits.door import public
from kommpass.finder import wishes
from kommpass.finder.drawing import district_areas
from kommpass.finder.emergency import numbers
from kommpass.finder.facets import facets
from kommpass.finder.results import results
from kommpass.municipalities.models import District
from kommpass.offers.misses import count_miss
from kommpass.offers.queries.finding import Found
from kommpass.offers.queries.finding import find as find_offers
from kommpass.offers.queries.shelves import kept
from kommpass.portal.views.published import publish

PER_PAGE = 20
ON_PAPER = 200


@require_GET
@public
def find(request):
    asked = wishes.read(request.GET)
    now = timezone.now()

    def context() -> dict:
        found = find_offers(asked.wish, now)
        if not found.total and asked.wish.query:
            count_miss(asked.wish.query, timezone.localdate(now))
        page = Paginator(found.offers, PER_PAGE).get_page(request.GET.get("page"))
        return {
            **shared(asked, found),
            "page": page,
            "results": results(page.object_list, found.metres),
            "related": results(found.related, {}) if found.related and not page.has_next() else [],
        }

    return publish(request, "finder/find.html", context, *marks(asked, now))


def marks(asked: wishes.Asked, now: datetime) -> tuple:
    """What a page of results depends on: the index, the day, and the quarter of an hour where "open now" is asked."""
    local = timezone.localtime(now)
    moment = (local.hour, local.minute // 5) if asked.wish.open_now else ()
    return kept().version, local.date(), moment, asked.query


def shared(asked: wishes.Asked, found: Found) -> dict:
    """What list, map and print share."""
    return {
        "asked": asked,
        "found": found,
        "chips": wishes.chips(asked),
        "facets": facets(asked, found, list(District.objects.order_by("code", "name"))),
        "distances": [(each, each == asked.within) for each in wishes.DISTANCES],
        "search_url": reverse("finder:find"),
        "views": views(asked),
        **numbers(),
    }


def views(asked: wishes.Asked, active: str = "finder:find") -> list[dict]:
    """The same search as list, map and calendar."""
    query = f"?{asked.query}" if asked.query else ""
    ways = ((_("Liste"), "finder:find"), (_("Karte"), "finder:map"), (_("Kalender"), "finder:calendar"))
    return [{"label": label, "url": reverse(name) + query, "active": name == active} for label, name in ways]


@require_GET
@public
def district_map(request):
    """The districts with the number of offers in each; the table beside it says the same."""
    asked = wishes.read(request.GET)
    now = timezone.now()

    def context() -> dict:
        found = find_offers(asked.wish, now)
        return {
            **shared(asked, found),
            "views": views(asked, "finder:map"),
            **district_areas(asked, found),
            "tile_source": settings.MAP_TILES,
        }

    drawn = list(District.objects.order_by("pk").values_list("pk", "edition"))
    return publish(request, "finder/map.html", context, *marks(asked, now), drawn, settings.MAP_TILES)


@require_GET
@public
def print_list(request):
    """The first two hundred offers of a search for paper: big print, telephone number first."""
    asked = wishes.read(request.GET)
    now = timezone.now()

    def context() -> dict:
        found = find_offers(asked.wish, now)
        return {"asked": asked, "found": found, "chips": wishes.chips(asked), "most": ON_PAPER,
                "results": results(found.offers[:ON_PAPER], found.metres), **numbers()}  # fmt: skip

    return publish(request, "finder/print.html", context, *marks(asked, now))


@require_GET
@public
def easy(request):
    """How to search, in Leichte Sprache, with the ways that most people take."""
    return publish(request, "finder/easy.html", {"search_url": reverse("finder:find"), **numbers()})
