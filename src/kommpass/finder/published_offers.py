"""Which offers everybody may look at by their address: public ones, and ended ones as a farewell."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from kommpass.offers.models import Offer, Provider

SHOWN = (*Offer.PUBLIC, Offer.State.ENDED)


def offer_or_404(key: UUID) -> Offer:
    """The offer at this address. A draft is not there, for nobody; an ended one was published once."""
    offer = get_object_or_404(Offer.objects.select_related("provider__organisation", "merged_into"), key=key)
    if offer.state not in SHOWN or offer.published_at is None:
        raise Http404
    return offer


def provider_or_404(key: UUID) -> Provider:
    """A provider that families may know: one with an offer that is published."""
    found = get_object_or_404(Provider.objects.select_related("organisation"), key=key)
    if not found.offers.filter(state__in=Offer.PUBLIC).exists():
        raise Http404
    return found
