"""Builders for the directory, named after what they make. Everything goes through actions, as people do it."""

from datetime import datetime

from kommpass.domain.offers.content import OfferContent, Place
from kommpass.domain.permissions import Role
from kommpass.municipalities.models import District
from kommpass.offers import actions
from kommpass.offers.models import Location, Offer, Provider
from kommpass.people.models import Organisation
from tests.conftest import NOON, actor

COORDINATOR = actor(Role.COORDINATOR)


def a_provider(name: str = "Familienbildung Auental", *, kind: str = Organisation.Kind.PROVIDER, **about) -> Provider:
    """A provider; the same name is the same one."""
    organisation, _new = Organisation.objects.get_or_create(name=name, defaults={"kind": kind})
    return actions.add_provider(organisation=organisation, by=COORDINATOR, at=NOON, **about)


def an_offer(
    title: str = "Krabbelgruppe",
    *,
    provider: Provider | None = None,
    at_places: tuple[Location, ...] = (),
    state: str = Offer.State.PUBLISHED,
    at: datetime = NOON,
    **content,
) -> Offer:
    """An offer with a short text and a topic, published unless `state` says otherwise ("draft", "paused", "ended").

    `at_places` are locations; everything else goes into its document: an_offer("Chor", topics=("culture",)).
    """
    given = {"summary": "Für Familien in der Stadt.", "topics": ("meeting",)} | content
    places = given.pop("places", tuple(Place(location=str(each.key)) for each in at_places))
    document = OfferContent(title=title, places=places, **given)
    offer = actions.add_offer(provider=provider or a_provider(), content=document, by=COORDINATOR, at=at)
    if state == Offer.State.DRAFT:
        return offer
    offer = actions.publish_offer(offer=offer, by=COORDINATOR, at=at)
    if state == Offer.State.PAUSED:
        return actions.pause_offer(offer=offer, by=COORDINATOR, at=at)
    if state == Offer.State.ENDED:
        return actions.end_offer(offer=offer, by=COORDINATOR, at=at)
    return offer


def a_location(name: str = "", *, district: District | None = None, **about) -> Location:
    """A place with an address: inside of a district with a boundary, else without a point."""
    if district is not None:
        west, south = district.boundary["coordinates"][0][0]
        about = {"latitude": south + 0.005, "longitude": west + 0.005} | about
    given = {"street": "Markt 1", "postal_code": "44787", "city": "Auental"} | about
    name = name or f"Gemeindehaus {district or 'ohne Punkt'}"
    return actions.add_location(name=name, by=COORDINATOR, at=NOON, **given)


def with_boundary(number: int) -> District:
    """District "Bezirk …" of Auental with a square around it: so that points lie somewhere."""
    district = District.objects.get(name=f"Bezirk {number}")
    west, south = 7.0 + number / 100, 51.4
    corners = [(0, 0), (0.01, 0), (0.01, 0.01), (0, 0.01), (0, 0)]
    ring = [[round(west + x, 4), round(south + y, 4)] for x, y in corners]
    district.boundary = {"type": "Polygon", "coordinates": [ring]}
    district.edition += 1
    district.save()
    return district
