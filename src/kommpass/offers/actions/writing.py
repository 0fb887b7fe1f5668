"""Writing an offer: new ones, and changes that appear at once or wait for a second pair of eyes."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.offers.changes import changes
from kommpass.domain.offers.content import OfferContent
from kommpass.domain.offers.meeting import meet
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import Conflict, NotPossible, Stale
from kommpass.offers.actions.applying import apply, new_offer, refuse_foreign, refuse_impossible
from kommpass.offers.models import Offer, Proposal, Provider
from kommpass.offers.queries.lists import proposes, words_at, words_to_change
from kommpass.offers.telling import told


@transaction.atomic
def add_offer(*, provider: Provider, content: OfferContent, by: Actor, at: datetime) -> Offer:
    """Write down a new offer, as a draft: families see it once it is published."""
    permit(by, "offer.write")
    refuse_foreign(provider, by)
    refuse_impossible(content)
    offer = new_offer(provider, content, at)
    apply(offer, content, by=by, at=at)
    record(None, "offer.write", by=by, at=at, offer=offer.pk, new=True)
    return offer


@transaction.atomic
def change_offer(
    *, offer: Offer, content: OfferContent, seen: int | None = None, by: Actor, at: datetime
) -> Offer | Proposal:
    """Change an offer, or propose the change where a second pair of eyes is asked for.

    `seen` is the edition from which the person started. What others changed meanwhile in other fields is kept; what
    both changed differently raises Stale with both texts. Who proposes goes on writing the proposal that waits.
    """
    permit(by, "offer.write")
    refuse_foreign(offer.provider, by)
    latest = Offer.objects.select_for_update().select_related("provider").get(pk=offer.pk)
    if latest.state == Offer.State.ENDED:
        raise NotPossible(_("Dieses Angebot ist beendet. Legen Sie bitte ein neues an."))
    content = _meeting_the_latest(latest, content, seen, by)
    refuse_impossible(content)
    if proposes(latest, by):
        return _propose(latest, content, by, at)
    changed = apply(latest, content, by=by, at=at)
    if changed:
        record(None, "offer.write", by=by, at=at, offer=latest.pk, changed=[each.field for each in changed])
    return latest


def _meeting_the_latest(latest: Offer, content: OfferContent, seen: int | None, by: Actor) -> OfferContent:
    if seen is None or seen == latest.edition:
        return content
    met = meet(words_at(latest, seen, by), content, words_to_change(latest, by))
    if met.conflicts:
        raise Stale(
            _(
                "Dieses Angebot wurde inzwischen von jemand anderem geändert. "
                "Ihr Text ist nicht verloren: Bitte wählen Sie, was gelten soll."
            ),
            [Conflict(each.field, each.label, told(each.field, each.after), told(each.field, each.before))
             for each in met.conflicts],
            latest.edition,
        )  # fmt: skip
    return met.content


def _propose(offer: Offer, content: OfferContent, by: Actor, at: datetime) -> Proposal | Offer:
    """The proposal counts as an edition of its own: whoever opened the page before it must hear of it."""
    changed = changes(offer.document, content)
    if not changed:
        return offer
    offer.proposals.filter(state=Proposal.State.WAITING).update(state=Proposal.State.REPLACED, settled_at=at)
    offer.edition += 1
    offer.save(update_fields=["edition"])
    proposal = Proposal.objects.create(
        offer=offer, content=content.to_json(), of_edition=offer.edition, at=at, by_name=by.name, via=by.via
    )
    record(None, "offer.write", by=by, at=at, offer=offer.pk, proposal=proposal.pk, changed=[c.field for c in changed])
    return proposal
