"""Narrows the offers down to what was asked for. Every filter that is named must hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from kommpass.domain.offers import vocabularies as lists
from kommpass.offers.cataloguing import phases
from kommpass.offers.models import Offer, OfferAtLocation, Slot
from kommpass.open_data.queries.nearby import located_within

DAY = 24 * 60
FACETS = {
    "life_phases": lists.LIFE_PHASES,
    "topics": lists.TOPICS,
    "target_groups": lists.TARGET_GROUPS,
    "facility": lists.FACILITIES,
    "access": lists.ACCESS,
    "cost": lists.COSTS,
    "formats": lists.FORMATS,
}


@dataclass(frozen=True)
class Word:
    """What an offer is to have: a word of a list, or any of them (None).

    `of` is a facet of the index, or "accessibility", "district" (its key), "organisation_kind".
    """

    of: str
    code: str | int | None = None


@dataclass(frozen=True)
class Wanted:
    """What was asked for. Ages in months, both included; times in minutes; days from 0 (Monday).

    `nothing`: a word that no list has, so that no offer can fit.
    """

    organization: str | None = None
    modified_after: datetime | None = None
    words: tuple[Word, ...] = ()
    nothing: bool = False
    first_month: int | None = None
    last_month: int | None = None
    days: tuple[int, ...] = ()
    starts: int | None = None
    ends: int | None = None
    postcode: str = ""
    metres: float | None = None


def narrowed(offers: QuerySet[Offer], wanted: Wanted) -> QuerySet[Offer]:
    """The offers for which everything holds. None of the filters gives an offer twice."""
    if wanted.nothing:
        return offers.none()
    if wanted.organization:
        offers = offers.filter(provider__key=wanted.organization)
    if wanted.modified_after:
        offers = offers.filter(changed_at__gte=wanted.modified_after)
    for number, word in enumerate(wanted.words):
        offers = _having(offers, word, f"word_{number}")
    if wanted.first_month is not None:
        offers = offers.filter(card__max_months__gte=wanted.first_month)
    if wanted.last_month is not None:
        offers = offers.filter(card__min_months__lte=wanted.last_month)
    if wanted.days or wanted.starts is not None or wanted.ends is not None:
        offers = offers.filter(_at_that_time(wanted))
    if wanted.postcode:
        places = OfferAtLocation.objects.filter(offer=OuterRef("pk"))
        offers = offers.filter(Exists(located_within(places, wanted.postcode, wanted.metres)))
    return offers


def _having(offers: QuerySet[Offer], word: Word, alias: str) -> QuerySet[Offer]:
    places = OfferAtLocation.objects.filter(offer=OuterRef("pk"))
    match word:
        case Word("organisation_kind", None):
            return offers
        case Word("organisation_kind", kind):
            return offers.filter(provider__organisation__kind=kind)
        case Word("accessibility", None):
            return offers.filter(Exists(places.exclude(location__accessibility={})))
        case Word("accessibility", criterion):
            return offers.filter(Exists(places.filter(**{f"location__accessibility__{criterion}__state": "yes"})))
        case Word("district", None):
            return offers.filter(Exists(places.exclude(location__district=None)))
        case Word("district", key):
            return offers.filter(Exists(places.filter(location__district=key)))
    return _with_bits(offers, word, alias)


def _with_bits(offers: QuerySet[Offer], word: Word, alias: str) -> QuerySet[Offer]:
    """By the index. What is paused or over has no card there: those few are looked at one by one."""
    vocabulary = FACETS[word.of]
    mask = vocabulary.mask([word.code]) if word.code else vocabulary.mask(vocabulary.places)
    others = offers.filter(card=None).order_by().values_list("pk", "content")
    fitting = [key for key, content in others if mask & vocabulary.mask(_words(content, word.of))]
    return offers.alias(**{alias: F(f"card__{word.of}").bitand(mask)}).filter(
        Q(**{f"{alias}__gt": 0}) | Q(pk__in=fitting)
    )


def _words(content: dict, facet: str) -> Iterable[str]:
    document = Offer(content=content).document
    if facet == "life_phases":
        return phases(document)
    if facet == "cost":
        return [document.cost, *(word for each in document.costs for word in each.reduced_by)]
    given = getattr(document, facet)
    return [given] if isinstance(given, str) else given


def _at_that_time(wanted: Wanted) -> Q:
    """Open at some time between the two hours, on one of the days. Hours past midnight belong to the day before too."""
    first = wanted.starts if wanted.starts is not None else 0
    last = wanted.ends if wanted.ends is not None else DAY
    slots = Slot.objects.filter(card=OuterRef("pk"))
    same = Q(starts__lt=last, ends__gt=first)
    after_midnight = Q(ends__gt=DAY + first)
    if wanted.days:
        same &= Q(weekday__in=wanted.days)
        after_midnight &= Q(weekday__in=[(day - 1) % 7 for day in wanted.days])
    return Q(Exists(slots.filter(same | after_midnight)))
