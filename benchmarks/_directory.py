"""Fills a town with invented offers in bulk: words, ages, places and times as they are spread in real lists."""

from random import Random

import _town  # noqa: F401 - sets up Django
from django.utils import timezone

from kommpass.domain.offers import vocabularies as lists
from kommpass.domain.offers.content import Contact, Cost, OfferContent
from kommpass.domain.schedules import Schedule
from kommpass.municipalities.models import District
from kommpass.offers.cataloguing import AT_A_TIME, catalogue
from kommpass.offers.models import Location, Offer, OfferAtLocation, Provider
from kommpass.people.models import Organisation

KINDS = (
    "Krabbelgruppe", "Elterncafé", "Hebammensprechstunde", "Schwangerschaftsberatung", "Schuldnerberatung",
    "Jugendtreff",
    "Hausaufgabenhilfe", "Sprachkurs", "Säuglingsschwimmen", "Kindertanz", "Musikschule", "Seniorentreff", "Spielplatz",
    "Ferienspiele", "Väterfrühstück", "Trauergruppe", "Pflegeberatung", "Familienzentrum", "Kindertagesstätte",
    "Bücherei",
)  # fmt: skip
PLACES = (
    "Nord",
    "Süd",
    "am Markt",
    "im Hof",
    "an der Brücke",
    "St. Marien",
    "Regenbogen",
    "Sonnenschein",
    "Villa Kunterbunt",
)
WORDS = ["offen", "kostenlos", "Anmeldung", "Eltern", "Kinder", "Babys", "Familien", "gemeinsam", "spielen", "singen", "Austausch", "Frühstück", "Beratung", "Hilfe", "Gruppe", "Kurs", "wöchentlich", "Vormittag", "Nachmittag", "Ehrenamt", "Stadtteil", "Garten", "Bewegung", "Gesundheit", "Sprache", "lernen", "Fragen", "Alltag", "Entlastung", "Ferien", "Jugendliche", "Ausbildung", "Großeltern", "Nachbarschaft", "Geflüchtete", "willkommen", "Inklusion", "Küche"]  # fmt: skip  # noqa: E501
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA")


def fill(size: int, *, seed: int = 7) -> list[Offer]:
    """`size` published offers of forty providers in twelve districts."""
    dice, now = Random(seed), timezone.now()
    districts = District.objects.bulk_create(District(name=f"Bezirk {number}") for number in range(12))
    organisations = Organisation.objects.bulk_create(
        Organisation(name=f"Träger {n}", kind="provider") for n in range(40)
    )
    providers = Provider.objects.bulk_create(Provider(organisation=each) for each in organisations)
    made = []
    for start in range(0, size, 5_000):
        number = min(5_000, size - start)
        places = Location.objects.bulk_create(_place(dice, districts, n) for n in range(number))
        offers = Offer.objects.bulk_create(_offer(dice, providers, now) for _each in range(number))
        OfferAtLocation.objects.bulk_create(
            OfferAtLocation(offer=o, location=p) for o, p in zip(offers, places, strict=True)
        )
        for first in range(0, number, AT_A_TIME):
            catalogue(offers[first : first + AT_A_TIME])
        made += offers
    return made


def _place(dice: Random, districts: list[District], number: int) -> Location:
    return Location(
        name=dice.choice(PLACES), street=f"Weg {number % 300} {dice.randint(1, 90)}", postal_code="59000",
        city="Auental",
        latitude=51.9 + dice.gauss(0, 0.03), longitude=8.3 + dice.gauss(0, 0.05), district=dice.choice(districts),
        accessibility={key: {"state": "yes", "checked_on": "2026-09-01", "source": "Begehung"}
                       for key in lists.ACCESSIBILITY.places if dice.random() < 0.2},
    )  # fmt: skip


def _offer(dice: Random, providers: list[Provider], now) -> Offer:
    low = dice.choice((0, 6, 12, 36, 72, 120, 780))
    content = OfferContent(
        title=f"{dice.choice(KINDS)} {dice.choice(PLACES)}",
        summary=" ".join(dice.choices(WORDS, k=15))[:200],
        text=" ".join(dice.choices(WORDS, k=80)),
        min_months=low, max_months=low + dice.choice((11, 35, 71, 400)),
        topics=tuple(dice.sample(sorted(lists.TOPICS.places), k=2)),
        target_groups=tuple(dice.sample(sorted(lists.TARGET_GROUPS.places), k=2)),
        access=(dice.choice(sorted(lists.ACCESS.places)),),
        languages=tuple(dice.sample(sorted(lists.LANGUAGES.places), k=2)),
        cost=dice.choice(("free", "paid", "unknown")),
        costs=(Cost("Termin", "5.00"),) if dice.random() < 0.3 else (),
        times=(Schedule(kind="session", rule=f"FREQ=WEEKLY;BYDAY={dice.choice(DAYS)}", starts="10:00", ends="11:30"),),
        contacts=(Contact("Büro", "02941 1234", "buero@traeger.example"),),
    )  # fmt: skip
    if content.cost == "free":
        content = content.having(costs=())
    return Offer(
        provider=dice.choice(providers), title=content.title, content=content.to_json(), state=Offer.State.PUBLISHED,
        made_at=now, published_at=now, changed_at=now,
    )  # fmt: skip
