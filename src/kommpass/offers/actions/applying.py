"""The one place where the document of an offer is written: row, places, revision, confirmations, index."""

from datetime import datetime

from django.utils.translation import gettext as _

from kommpass.domain.offers.changes import Change, block_of, blocks_of, changes
from kommpass.domain.offers.checks import problems
from kommpass.domain.offers.content import OfferContent
from kommpass.domain.offers.verification import Block
from kommpass.domain.permissions import Actor, Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.offers.cataloguing import catalogue
from kommpass.offers.models import Confirmation, Location, Offer, OfferAtLocation, Provider, Revision

Way = Confirmation.Way


def refuse_foreign(provider: Provider, by: Actor) -> None:
    """Who does not coordinate touches the offers of their own organisation only."""
    if not by.has(Role.COORDINATOR) and provider.organisation_id not in by.organisations:
        raise NotAllowed(_("Dieses Angebot gehört zu einem anderen Träger."))


def refuse_impossible(content: OfferContent) -> None:
    """Say the first thing that cannot be true. Forms say all of them at their fields before it comes to this."""
    for problem in problems(content):
        raise NotPossible(_(problem.message).format(**problem.values))


def way_of(by: Actor) -> str:
    """On which way a confirmation by this person comes."""
    if by.via == "link":
        return Way.LINK
    if by.via == "command":
        return Way.IMPORT
    return Way.OFFICE if by.has(Role.COORDINATOR) else Way.ACCOUNT


def apply(
    offer: Offer,
    content: OfferContent,
    *,
    by: Actor,
    at: datetime,
    undoes: int | None = None,
    way: str = "",
    indexed: bool = True,
) -> list[Change]:
    """Let `content` hold for the offer; return what changed. What somebody writes they also confirm, block by block.

    Who writes an offer down for the first time has looked at all of it, also at what they left empty. With
    `indexed=False` the caller catalogues the offer: whoever writes many does it once for all of them.
    """
    changed, new = changes(offer.document, content), not offer.revisions.exists()
    if not changed and not new:
        return []
    offer.title, offer.content, offer.changed_at = content.title, content.to_json(), at
    offer.edition += 1
    offer.save(update_fields=["title", "content", "changed_at", "edition"])
    _place(offer, content)
    Revision.objects.create(
        offer=offer, number=offer.edition, content=offer.content, at=at, by_name=by.name, via=by.via, undoes=undoes
    )
    touched = set(Block) if new else {block_of(each.field) for each in changed}
    confirm(offer, touched & blocks_of(content), way=way or way_of(by), by=by, at=at)
    if indexed:
        catalogue([offer])
    return changed


def confirm(offer: Offer, blocks, *, way: str, by: Actor, at: datetime) -> None:
    """Write down that these blocks hold."""
    Confirmation.objects.bulk_create(
        Confirmation(offer=offer, block=block, at=at, way=way, human=way in Confirmation.HUMAN, by_name=by.name)
        for block in sorted(blocks)
    )


def touch(offer: Offer, at: datetime) -> None:
    """Something that belongs to the offer changed: those who read changes must hear of it, and so must the index."""
    offer.changed_at = at
    offer.save(update_fields=["changed_at"])
    catalogue([offer])


def _place(offer: Offer, content: OfferContent) -> None:
    """Make the rows of places follow the document. A key that is no location of this town is refused."""
    keys = [place.location for place in content.places if place.location]
    found = {str(each.key): each for each in Location.objects.filter(key__in=keys)} if keys else {}
    if missing := [key for key in keys if key not in found]:
        raise NotPossible(_("Diesen Ort gibt es nicht: %s") % missing[0])
    there = {each.location_id: each for each in offer.places.all()}
    for position, key in enumerate(keys):
        row = there.pop(found[key].pk, None) or OfferAtLocation(offer=offer, location=found[key])
        if row.pk is None or row.position != position:
            row.position = position
            row.save()
    for row in there.values():
        row.delete()
