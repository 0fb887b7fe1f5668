"""Lists and look-ups of the back office: which offers, providers and places this person may see and change."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet
from django.utils.timezone import localdate

from kommpass.domain.offers.changes import blocks_of
from kommpass.domain.offers.content import OfferContent
from kommpass.domain.offers.meeting import meet
from kommpass.domain.offers.verification import Block, Standing, due_on, standing
from kommpass.domain.permissions import Actor, Role
from kommpass.offers.cataloguing import newest_confirmations
from kommpass.offers.models import Confirmation, Location, Offer, Proposal, Provider, Signal

SEE_ALL = (Role.COORDINATOR, Role.AUDITOR, Role.COUNCIL_MEMBER, Role.COUNCIL_OFFICE)


def offers(by: Actor) -> QuerySet[Offer]:
    """The offers this person may read in the back office: drafts of others are not among them for a provider."""
    every = Offer.objects.select_related("provider__organisation").order_by("title", "pk")
    if by.has(*SEE_ALL):
        return every
    return every.filter(Q(provider__organisation__in=by.organisations) | Q(state__in=Offer.PUBLIC))


def editable(by: Actor) -> QuerySet[Offer]:
    """The offers this person may change: lists and look-ups both start here."""
    every = Offer.objects.select_related("provider__organisation").order_by("title", "pk")
    return every if by.has(Role.COORDINATOR) else every.filter(provider__organisation__in=by.organisations)


def writes_at_once(provider: Provider, by: Actor) -> bool:
    """Does this person's change appear without a second pair of eyes?"""
    return by.has(Role.COORDINATOR) or (provider.trusted and by.via != "public")


def waiting_proposal(offer: Offer) -> Proposal | None:
    return offer.proposals.filter(state=Proposal.State.WAITING).first()


def proposes(offer: Offer, by: Actor) -> bool:
    """Would a change by this person wait for a second pair of eyes?"""
    return offer.public and not writes_at_once(offer.provider, by)


def words_to_change(offer: Offer, by: Actor) -> OfferContent:
    """The document this person goes on writing: what holds, or for who proposes the proposal that waits already."""
    waiting = waiting_proposal(offer) if proposes(offer, by) else None
    return as_proposed(offer, waiting) if waiting else offer.document


def as_proposed(offer: Offer, proposal: Proposal) -> OfferContent:
    """The document of today with a proposal in it: what was changed since in other fields stays."""
    started = document_at(offer, proposal.of_edition)
    return meet(started, OfferContent.from_json(proposal.content), offer.document).content


def words_at(offer: Offer, edition: int, by: Actor) -> OfferContent:
    """What this person saw as the document of that edition."""
    if proposes(offer, by) and (seen := offer.proposals.filter(of_edition=edition).first()):
        return OfferContent.from_json(seen.content)
    return document_at(offer, edition)


def newest_revision(offer: Offer) -> int:
    """The edition in which the document that holds was written."""
    return offer.revisions.aggregate(last=Max("number"))["last"] or 0


def document_at(offer: Offer, edition: int) -> OfferContent:
    """What held at that edition. Editions in between were proposals."""
    held = offer.revisions.filter(number__lte=edition).order_by("-number").first()
    return OfferContent.from_json(held.content) if held else OfferContent()


def running(by: Actor) -> QuerySet[Offer]:
    """One's own offers that are not over."""
    return editable(by).exclude(state=Offer.State.ENDED)


def providers() -> QuerySet[Provider]:
    """The providers, each with the number of its offers that families can find."""
    return Provider.objects.select_related("organisation").annotate(
        shown=Count("offers", filter=Q(offers__state=Offer.State.PUBLISHED)),
        waiting=Count("offers", filter=Q(offers__state=Offer.State.SUBMITTED)),
    )


def editable_providers(by: Actor) -> QuerySet[Provider]:
    every = providers()
    return every if by.has(Role.COORDINATOR) else every.filter(organisation__in=by.organisations)


def locations() -> QuerySet[Location]:
    return Location.objects.select_related("district").annotate(many=Count("offers")).order_by("name", "street", "pk")


def proposals(by: Actor) -> QuerySet[Proposal]:
    """Changes that wait for a second pair of eyes: all for the coordination, one's own for a provider."""
    every = Proposal.objects.filter(state=Proposal.State.WAITING).select_related("offer__provider__organisation")
    return every if by.has(Role.COORDINATOR) else every.filter(offer__provider__organisation__in=by.organisations)


def signals(by: Actor) -> QuerySet[Signal]:
    every = Signal.objects.select_related("offer__provider__organisation")
    return every if by.has(Role.COORDINATOR) else every.filter(offer__provider__organisation__in=by.organisations)


@dataclass(frozen=True)
class Checked:
    """How one block of an offer stands: when it was confirmed, by whom, on which way, and when it is due."""

    block: Block
    confirmation: Confirmation | None
    due_on: date | None


def checked(offer: Offer) -> list[Checked]:
    """The blocks of an offer in their order, each with its newest human confirmation."""
    newest: dict[str, Confirmation] = {}
    for each in offer.confirmations.filter(human=True).order_by("at", "pk"):
        newest[each.block] = each
    blocks = blocks_of(offer.document)
    return [
        Checked(block, newest.get(block), due_on(block, localdate(newest[block].at)) if block in newest else None)
        for block in Block
        if block in blocks
    ]


def machine_checked(offer: Offer) -> datetime | None:
    """When a list or a machine last said the same: kept apart, because nobody looked."""
    return offer.confirmations.filter(human=False).aggregate(last=Max("at"))["last"]


def standings(offers: list[Offer], today: date) -> dict[int, Standing]:
    """How true each of these offers is today. One query."""
    confirmed = newest_confirmations([each.pk for each in offers])
    return {
        each.pk: standing(
            {block: localdate(at) for block, at in confirmed.get(each.pk, {}).items()},
            blocks_of(each.document),
            today,
            localdate(each.published_at or each.made_at),
        )
        for each in offers
    }


def shares(today: date) -> dict[str, int]:
    """How many published offers there are, and how many of them somebody confirmed within half a year."""
    published = Offer.objects.filter(state=Offer.State.PUBLISHED)
    half_year = today.toordinal() - 182
    recent = Confirmation.objects.filter(human=True, at__date__gte=date.fromordinal(half_year)).values("offer")
    return {"published": published.count(), "confirmed": published.filter(pk__in=recent).count()}
