"""A word from families that something is not correct, and what became of it."""

import secrets
from datetime import datetime

from django.db import transaction

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.permissions import Actor
from kommpass.offers.actions.applying import refuse_foreign
from kommpass.offers.models import Offer, Signal

SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@transaction.atomic
def send_signal(*, offer: Offer, kind: str, text: str = "", by: Actor, at: datetime) -> Signal:
    """Take a word that an offer is no longer correct. Nothing about the sender is kept; the receipt finds it again."""
    permit(by, "signal.send")
    receipt = "".join(secrets.choice(SIGNS) for _ in range(8))
    signal = Signal.objects.create(offer=offer, kind=kind, text=text.strip()[:500], receipt=receipt, at=at)
    record(None, "signal.send", by=by, at=at, offer=offer.pk, signal=signal.pk, kind=kind)
    return signal


@transaction.atomic
def settle_signal(*, signal: Signal, answer: str = "", by: Actor, at: datetime) -> Signal:
    """It was looked into; whoever holds the receipt reads the answer."""
    permit(by, "signal.settle")
    refuse_foreign(signal.offer.provider, by)
    if signal.state == Signal.State.SETTLED:
        return signal
    signal.state, signal.answer, signal.settled_at = Signal.State.SETTLED, answer.strip(), at
    signal.save(update_fields=["state", "answer", "settled_at"])
    record(None, "signal.settle", by=by, at=at, signal=signal.pk, offer=signal.offer_id)
    return signal
