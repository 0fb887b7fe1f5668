"""The one place where the document of an offer is written: row, places, revision, confirmations, index."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Writing:
    """A document that is to hold for an offer, and what it changes. `new`: nobody ever wrote one down for it."""

    offer: Offer
    content: OfferContent
    changed: list[Change]
    new: bool

    @property
    def needed(self) -> bool:
        return bool(self.changed) or self.new

    @property
    def blocks(self) -> frozenset[Block]:
        """Who writes an offer down for the first time has looked at all of it, also at what they left empty."""
        touched = set(Block) if self.new else {block_of(each.field) for each in self.changed}
        return blocks_of(self.content) & touched


def new_offer(provider: Provider, content: OfferContent, at: datetime, **about) -> Offer:
    """An offer that has no row yet: `apply` and `apply_many` write it down together with its document."""
    return Offer(provider=provider, title=content.title, made_at=at, changed_at=at, edition=0, **about)


def apply(
    offer: Offer, content: OfferContent, *, by: Actor, at: datetime, undoes: int | None = None, way: str = ""
) -> list[Change]:
    """Let `content` hold for the offer; return what changed. What somebody writes they also confirm, block by block."""
    (written,) = apply_many([(offer, content)], by=by, at=at, undoes=undoes, way=way)
    if written.needed:
        catalogue([offer])
    return written.changed


def apply_many(
    pairs: Sequence[tuple[Offer, OfferContent]], *, by: Actor, at: datetime, undoes: int | None = None, way: str = ""
) -> list[Writing]:
    """Let each document hold for its offer, as `apply` does: what came of each. An offer may come once (ValueError).

    The number of queries is the same for any number of offers. The caller catalogues those whose writing was `needed`:
    whoever writes many does it once for all of them.
    """
    written = _writings(pairs)
    chosen = [each for each in written if each.needed]
    if chosen:
        locations = _locations(chosen)
        _save(chosen, at)
        _place(chosen, locations)
        _remember(chosen, undoes, by, at)
        confirm_many([(each.offer, each.blocks) for each in chosen], way=way or way_of(by), by=by, at=at)
    return written


def confirm(offer: Offer, blocks: Collection[Block], *, way: str, by: Actor, at: datetime) -> None:
    """Write down that these blocks hold."""
    confirm_many([(offer, blocks)], way=way, by=by, at=at)


def confirm_many(pairs: Iterable[tuple[Offer, Collection[Block]]], *, way: str, by: Actor, at: datetime) -> None:
    """Write down for each offer that these blocks hold."""
    Confirmation.objects.bulk_create(
        Confirmation(offer=offer, block=block, at=at, way=way, human=way in Confirmation.HUMAN, by_name=by.name)
        for offer, blocks in pairs
        for block in sorted(blocks)
    )


def touch(offer: Offer, at: datetime) -> None:
    """Something that belongs to the offer changed: those who read changes must hear of it, and so must the index."""
    offer.changed_at = at
    offer.save(update_fields=["changed_at"])
    catalogue([offer])


def _writings(pairs: Sequence[tuple[Offer, OfferContent]]) -> list[Writing]:
    keys = [offer.pk for offer, _content in pairs if offer.pk]
    if len(set(keys)) != len(keys):
        raise ValueError("expected each offer once")
    old = set(Revision.objects.filter(offer__in=keys).values_list("offer", flat=True)) if keys else set()
    return [Writing(offer, content, changes(offer.document, content), offer.pk not in old) for offer, content in pairs]


def _locations(written: Collection[Writing]) -> dict[str, int]:
    """The locations of the documents by their keys. A key that is no location of this town is refused."""
    keys = dict.fromkeys(place.location for each in written for place in each.content.places if place.location)
    rows = Location.objects.filter(key__in=keys).values_list("key", "pk") if keys else ()
    found = {str(key): location for key, location in rows}
    if missing := [key for key in keys if key not in found]:
        raise NotPossible(_("Diesen Ort gibt es nicht: %s") % missing[0])
    return found


def _save(written: Collection[Writing], at: datetime) -> None:
    """The rows of the offers: new ones are made, those that are there follow their document."""
    for each in written:
        offer, content = each.offer, each.content
        offer.title, offer.content, offer.changed_at = content.title, content.to_json(), at
        offer.edition += 1
    new = [each.offer for each in written if each.offer.pk is None]
    there = [each.offer for each in written if each.offer.pk is not None]
    Offer.objects.bulk_create(new)
    Offer.objects.bulk_update(there, ["title", "content", "changed_at", "edition"])


def _place(written: Collection[Writing], locations: dict[str, int]) -> None:
    """Make the rows of places follow the documents."""
    offers = [each.offer.pk for each in written]
    there = {(row.offer_id, row.location_id): row for row in OfferAtLocation.objects.filter(offer__in=offers)}
    new, moved = [], []
    for each in written:
        keys = [place.location for place in each.content.places if place.location]
        for position, key in enumerate(keys):
            row = there.pop((each.offer.pk, locations[key]), None)
            if row is None:
                new.append(OfferAtLocation(offer=each.offer, location_id=locations[key], position=position))
            elif row.position != position:
                row.position = position
                moved.append(row)
    OfferAtLocation.objects.bulk_create(new)
    OfferAtLocation.objects.bulk_update(moved, ["position"])
    if there:
        OfferAtLocation.objects.filter(pk__in=[row.pk for row in there.values()]).delete()


def _remember(written: Collection[Writing], undoes: int | None, by: Actor, at: datetime) -> None:
    """The revisions: every document that held, sealed."""
    Revision.objects.bulk_create(
        Revision(
            offer=each.offer,
            number=each.offer.edition,
            content=each.offer.content,
            at=at,
            by_name=by.name,
            via=by.via,
            undoes=undoes,
        )
        for each in written
    )
