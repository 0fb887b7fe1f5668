"""In and out of the directory: publish, pause, end. Nothing is ever deleted."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.offers.checks import missing_for_publishing
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.offers.actions.applying import refuse_foreign, touch
from kommpass.offers.models import Offer
from kommpass.offers.queries.lists import writes_at_once

State = Offer.State


@transaction.atomic
def publish_offer(*, offer: Offer, by: Actor, at: datetime) -> Offer:
    """Let families find the offer. Whoever is not trusted yet hands it in, and the family office publishes it."""
    permit(by, "offer.publish")
    refuse_foreign(offer.provider, by)
    offer = _locked(offer)
    if offer.state == State.ENDED:
        raise NotPossible(_("Dieses Angebot ist beendet. Legen Sie bitte ein neues an."))
    for problem in missing_for_publishing(offer.document):
        raise NotPossible(_(problem.message).format(**problem.values))
    wanted = State.PUBLISHED if writes_at_once(offer.provider, by) else State.SUBMITTED
    if offer.state == wanted:
        return offer
    offer.state = wanted
    if wanted == State.PUBLISHED:
        offer.published_at = offer.published_at or at
    offer.save(update_fields=["state", "published_at"])
    touch(offer, at)
    record(None, "offer.publish", by=by, at=at, offer=offer.pk, state=offer.state)
    return offer


@transaction.atomic
def pause_offer(*, offer: Offer, by: Actor, at: datetime) -> Offer:
    """Take a break: the page says so, and the finder lists the offer no longer."""
    permit(by, "offer.publish")
    refuse_foreign(offer.provider, by)
    offer = _locked(offer)
    if offer.state != State.PUBLISHED:
        raise NotPossible(_("Nur ein veröffentlichtes Angebot kann pausieren."))
    offer.state = State.PAUSED
    offer.save(update_fields=["state"])
    touch(offer, at)
    record(None, "offer.publish", by=by, at=at, offer=offer.pk, state=offer.state)
    return offer


@transaction.atomic
def end_offer(*, offer: Offer, by: Actor, at: datetime) -> Offer:
    """The offer no longer exists. Its page says so for those who kept the address."""
    permit(by, "offer.end")
    refuse_foreign(offer.provider, by)
    offer = _locked(offer)
    if offer.state == State.ENDED:
        return offer
    offer.state, offer.ended_on = State.ENDED, localdate(at)
    offer.save(update_fields=["state", "ended_on"])
    touch(offer, at)
    record(None, "offer.end", by=by, at=at, offer=offer.pk)
    return offer


def _locked(offer: Offer) -> Offer:
    return Offer.objects.select_for_update().select_related("provider").get(pk=offer.pk)
