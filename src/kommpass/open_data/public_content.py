"""What of an offer everybody may read: no person who did not agree, no funding that is not public, no old numbers."""

from dataclasses import replace
from datetime import date

from kommpass.domain.offers.content import Capacity, Contact, OfferContent
from kommpass.domain.offers.verification import places_hold


def public_content(content: OfferContent, today: date) -> OfferContent:
    """The document without what is for the town hall only. Every way out of the house goes through here.

    The prevention level is for steering; a number of free places is shown as long as it is young.
    """
    public = {
        "prevention": (),
        "contacts": tuple(each if each.person_public else _nameless(each) for each in content.contacts),
        "funding": tuple(each for each in content.funding if each.public),
        "capacity": _fresh(content.capacity, today),
    }
    # Most offers have nothing to hide, and a copy costs as much as all of this.
    hidden = {name: value for name, value in public.items() if value != getattr(content, name)}
    return content.having(**hidden) if hidden else content


def _nameless(contact: Contact) -> Contact:
    return replace(contact, person="") if contact.person else contact


def _fresh(capacity: Capacity | None, today: date) -> Capacity | None:
    if capacity is None or capacity.available is None:
        return capacity
    if capacity.as_of and places_hold(date.fromisoformat(capacity.as_of), today):
        return capacity
    return replace(capacity, available=None, as_of="")
