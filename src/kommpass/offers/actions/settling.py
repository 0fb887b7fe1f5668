"""The second pair of eyes: taking over or declining a proposal, and going back to an earlier document."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.offers.content import OfferContent
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.offers.actions.applying import apply, refuse_foreign, refuse_impossible
from kommpass.offers.models import Confirmation, Offer, Proposal, Revision
from kommpass.offers.queries.lists import as_proposed


@transaction.atomic
def accept_proposal(*, proposal: Proposal, by: Actor, at: datetime) -> Offer:
    """Let a proposed change hold. What others changed meanwhile in other fields stays; in the same one it wins."""
    permit(by, "proposal.settle")
    proposal = _waiting(proposal)
    offer = Offer.objects.select_for_update().select_related("provider").get(pk=proposal.offer_id)
    content = as_proposed(offer, proposal)
    refuse_impossible(content)
    way = Confirmation.Way.LINK if proposal.via == "link" else Confirmation.Way.ACCOUNT
    apply(offer, content, by=by, at=at, way=way)
    _settle(proposal, Proposal.State.ACCEPTED, "", by, at)
    record(None, "proposal.settle", by=by, at=at, proposal=proposal.pk, offer=offer.pk, accepted=True)
    return offer


@transaction.atomic
def decline_proposal(*, proposal: Proposal, reason: str, by: Actor, at: datetime) -> Proposal:
    """Not like this: the provider reads why."""
    permit(by, "proposal.settle")
    proposal = _waiting(proposal)
    if not reason.strip():
        raise NotPossible(_("Bitte schreiben Sie dem Träger in einem Satz, warum."))
    _settle(proposal, Proposal.State.DECLINED, reason.strip(), by, at)
    record(None, "proposal.settle", by=by, at=at, proposal=proposal.pk, offer=proposal.offer_id, accepted=False)
    return proposal


@transaction.atomic
def undo_revision(*, revision: Revision, by: Actor, at: datetime) -> Offer:
    """Go back to what held before this revision. The way back is a revision too, so it can be undone again."""
    permit(by, "offer.undo")
    offer = Offer.objects.select_for_update().select_related("provider").get(pk=revision.offer_id)
    refuse_foreign(offer.provider, by)
    before = offer.revisions.filter(number__lt=revision.number).order_by("-number").first()
    if before is None:
        raise NotPossible(_("Vor diesem Stand gibt es keinen früheren."))
    apply(offer, OfferContent.from_json(before.content), by=by, at=at, undoes=revision.number)
    record(None, "offer.undo", by=by, at=at, offer=offer.pk, undoes=revision.number)
    return offer


def _waiting(proposal: Proposal) -> Proposal:
    found = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if found.state != Proposal.State.WAITING:
        raise NotPossible(_("Über diesen Vorschlag wurde schon entschieden."))
    return found


def _settle(proposal: Proposal, state: str, reason: str, by: Actor, at: datetime) -> None:
    proposal.state, proposal.reason = state, reason
    proposal.settled_at, proposal.settled_by = at, by.name
    proposal.save(update_fields=["state", "reason", "settled_at", "settled_by"])
