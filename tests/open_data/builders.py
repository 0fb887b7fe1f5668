"""Builders for a town whose offers have everything that other programs may read, and something that they must not."""

from datetime import datetime, timedelta

from django.utils import timezone

from kommpass.domain.offers.content import Capacity, Contact, Cost, Funding, OfferContent, Place
from kommpass.domain.schedules import OtherDay, Schedule
from kommpass.municipalities.models import District
from kommpass.offers import actions
from kommpass.offers.models import Location, Offer, Provider
from kommpass.people.models import Organisation
from tests.conftest import actor

SECRET = "GEHEIM"
SQUARE = [[[7.19, 51.47], [7.21, 51.47], [7.21, 51.49], [7.19, 51.49], [7.19, 51.47]]]


def deed(at: datetime | None = None) -> dict:
    """Who does it, and when: now, because what the interface says depends on the day."""
    return {"by": actor(), "at": at or timezone.now()}


def in_days(number: int) -> str:
    """A day seen from today, as a document writes it."""
    return (timezone.localdate() + timedelta(days=number)).isoformat()


def boundary(number: int = 0) -> dict:
    """A square district; the next one lies beside it."""
    east = [[longitude + 0.02 * number, latitude] for longitude, latitude in SQUARE[0]]
    return {"type": "Polygon", "coordinates": [east]}


def with_boundaries() -> list[District]:
    """The first two districts of the town get an outline."""
    found = list(District.objects.order_by("code")[:2])
    for number, each in enumerate(found):
        each.boundary = boundary(number)
        each.edition += 1
        each.save()
    return found


def a_provider(name: str = "Familienzentrum Nord", **about) -> Provider:
    organisation, _new = Organisation.objects.get_or_create(
        name=name, kind=Organisation.Kind.PROVIDER, email=f"{SECRET}@amt.example", phone=f"{SECRET} 0234"
    )
    return actions.add_provider(organisation=organisation, **deed(), **about)


def a_location(name: str = "Familienzentrum", street: str = "Bahnhofstraße 5", **about) -> Location:
    about = {"postal_code": "44787", "city": "Auental", "latitude": 51.48, "longitude": 7.2, **about}
    return actions.add_location(name=name, street=street, **deed(), **about)


def everything(location: Location | None = None, **changes) -> OfferContent:
    """A document in which every field says something."""
    places = (Place(str(location.key), "Saal im Erdgeschoss"),) if location else ()
    times = (
        Schedule(key="a", kind="session", rule="FREQ=WEEKLY;BYDAY=TU", starts="10:00", ends="11:30",
                 school_holidays="off", exceptions=(OtherDay("2026-12-22", off=True, note="Weihnachtsfeier"),)),
        Schedule(key="b", kind="phone", rule="FREQ=WEEKLY;BYDAY=MO,WE", starts="09:00", ends="12:00",
                 location=places[0].location if places else ""),
    )  # fmt: skip
    made = OfferContent(
        title="Offenes Elterncafé", subtitle="Stillcafé Nord", summary="Treff für Eltern mit Babys.",
        text="Ohne Anmeldung, mit Hebamme.\n\nKommen Sie gern vorbei.", url="https://famz.example/café",
        formats=("on_site",), facility="family_centre", min_months=0, max_months=18,
        life_phases=("birth", "under_three"),
        topics=("meeting", "early_support"), target_groups=("single_parents", "fathers"), prevention=("universal",),
        access=("open", "anonymous"), registration="Einfach kommen.", registration_url="https://famz.example/anmelden",
        documents="Impfpass\nVersichertenkarte", cost="paid",
        costs=(Cost("Frühstück", "1.50", "je Termin", ("card",)), Cost("Material", "", "", ())),
        cost_note="Spenden willkommen", languages=("de", "ar", "gsg"), interpreting="Ukrainisch nach Absprache",
        places=places, times_typed="Di 10-11.30", times=times, times_text="im Sommer auch draußen",
        contacts=(Contact("Anmeldung", "0234 1234", "kontakt@famz.example"),
                  Contact("Leitung", "0234 99", "leitung@famz.example", f"{SECRET} Person", False),
                  Contact("Hebamme", "", "", "Hanna Hebamme", True)),
        capacity=Capacity("Plätze", 15, 6, in_days(-3), 0, 18), runs_from=in_days(-300), runs_until=in_days(300),
        funding=(Funding("Land NRW, kinderstark", in_days(60), True), Funding(f"{SECRET} Stiftung", "", False)),
    )  # fmt: skip
    return made.having(**changes)


def a_draft(content: OfferContent, provider: Provider | None = None, *, at: datetime | None = None) -> Offer:
    return actions.add_offer(provider=provider or a_provider(), content=content, **deed(at))


def an_offer(content: OfferContent, provider: Provider | None = None, *, at: datetime | None = None) -> Offer:
    """A published offer."""
    return actions.publish_offer(offer=a_draft(content, provider, at=at), **deed(at))


def paused(content: OfferContent) -> Offer:
    return actions.pause_offer(offer=an_offer(content), **deed())


def ended(content: OfferContent, at: datetime | None = None) -> Offer:
    return actions.end_offer(offer=an_offer(content), **deed(at))


def small(title: str, **about) -> OfferContent:
    return OfferContent(**{"title": title, "summary": f"{title} für Familien.", "topics": ("meeting",), **about})


def many(number: int) -> list[Offer]:
    """Offers with everything, at a place of their own each, of one provider."""
    provider = a_provider()
    return [
        an_offer(everything(a_location(f"Ort {each}", f"Weg {each}"), title=f"Angebot {each}"), provider)
        for each in range(number)
    ]


def a_town_of_offers() -> Offer:
    """One offer with everything, and one of every other sort; the first is returned."""
    with_boundaries()
    a_provider(description="Seit 1990.", website="https://famz.example", register="VR 1 AG Auental", umbrella="Verband")
    place = a_location()
    actions.change_accessibility(
        location=place, states={"step_free": "yes", "lift": "no"}, source=f"{SECRET} Prüferin", **deed()
    )
    offer = an_offer(everything(place))
    an_offer(small("Sprechstunde im Netz", formats=("online",), facility="counselling_centre"))
    an_offer(small("Hausbesuch", formats=("at_home",), topics=("early_support",)))
    paused(small("Winterpause", topics=("sport",)))
    ended(everything(place, title="Es war einmal"))
    a_draft(small(f"{SECRET} Entwurf"))
    return offer
