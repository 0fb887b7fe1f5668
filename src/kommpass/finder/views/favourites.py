"""Offers that somebody marked: kept on their device, and shareable because the address holds them."""

from uuid import UUID

from django.utils import timezone
from django.views.decorators.http import require_GET

from kommpass.audits.door import public
from kommpass.finder.emergency import numbers
from kommpass.finder.results import shown
from kommpass.offers.models import Offer
from kommpass.offers.queries.shelves import kept
from kommpass.portal.views.published import publish

MOST = 100


@require_GET
@public
def favourites(request):
    """The offers in the address, in their order; those that are gone say so."""
    keys = asked(request.GET.get("o", ""))

    def context() -> dict:
        rows = Offer.objects.filter(key__in=keys, state__in=Offer.PUBLIC).select_related("provider__organisation")
        found = {each.key: each for each in rows}
        return {
            "results": shown([found[key] for key in keys if key in found]),
            "gone": len(keys) - len(found),
            "chosen": ",".join(str(key) for key in keys),
            **numbers(),
        }

    return publish(request, "finder/favourites.html", context, kept().version, timezone.localdate(), keys)


def asked(written: str) -> list[UUID]:
    """The keys in the address, once each; what is no key is left out."""
    found: dict[UUID, None] = {}
    for part in written.split(",")[:MOST]:
        try:
            found[UUID(part.strip())] = None
        except ValueError:
            continue
    return list(found)
