"""Saying that offers still hold: one click for all of them, block by block where only one is known."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.offers.changes import blocks_of
from kommpass.domain.offers.verification import Block
from kommpass.domain.permissions import Actor
from kommpass.offers.actions.applying import confirm, refuse_foreign, way_of
from kommpass.offers.cataloguing import catalogue
from kommpass.offers.models import Offer


@transaction.atomic
def confirm_offers(
    *, offers: Collection[Offer], blocks: Collection[Block] = tuple(Block), by: Actor, at: datetime
) -> list[Offer]:
    """These offers hold, in these blocks (default: everything). Their last change stays what it was.

    The number of free places is never confirmed by "all correct": it runs out by itself and is written anew.
    """
    permit(by, "offer.confirm")
    for offer in offers:
        refuse_foreign(offer.provider, by)
    for offer in offers:
        confirm(offer, (blocks_of(offer.document) & set(blocks)) - {Block.PLACES}, way=way_of(by), by=by, at=at)
    if offers:
        catalogue(offers)
        record(None, "offer.confirm", by=by, at=at, offers=[each.pk for each in offers], blocks=sorted(set(blocks)))
    return list(offers)
