"""Offers that look alike: pairs with the evidence for and against, without those that somebody judged already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kommpass.domain import schedules
from kommpass.domain.likeness import Evidence, Pair, Record, like, pairs
from kommpass.domain.offers.content import OfferContent
from kommpass.domain.offers.vocabularies import FACILITIES, TOPICS
from kommpass.municipalities.scope import here
from kommpass.offers.models import DuplicateVerdict, IndexState, Location, Offer, OfferAtLocation
from kommpass.offers.telling import label_of

MOST_TOWNS = 32


@dataclass(frozen=True)
class Twins:
    """Two offers that may be one, and why one may think so."""

    first: Offer
    second: Offer
    score: float
    evidence: tuple[Evidence, ...]

    @property
    def percent(self) -> int:
        return round(self.score * 100)


_kept: dict[int, tuple[int, list[Pair]]] = {}


def twins() -> list[Twins]:
    """The pairs that nobody judged yet, the likeliest first. Comparing is done once for each state of the index."""
    judged = set(DuplicateVerdict.objects.filter(undone_at=None).values_list("first", "second"))
    found = [pair for pair in _pairs() if _in_order(pair) not in judged]
    keys = {int(key) for pair in found for key in (pair.first, pair.second)}
    offers = Offer.objects.filter(pk__in=keys, state=Offer.State.PUBLISHED).select_related("provider__organisation")
    known = offers.in_bulk()
    return [
        Twins(known[first], known[second], pair.score, pair.evidence)
        for pair in sorted(found, key=lambda each: (-each.score, _in_order(each)))
        for first, second in [_in_order(pair)]
        if first in known and second in known
    ]


def twin_or_none(first: int, second: int) -> Twins | None:
    return next((each for each in twins() if (each.first.pk, each.second.pk) == (first, second)), None)


def alike(offer: Offer) -> list[Twins]:
    """What an offer that was just written down may be already: for the page of a draft."""
    others = Offer.objects.filter(state__in=Offer.PUBLIC).exclude(pk=offer.pk).select_related("provider__organisation")
    known = {str(each.pk): each for each in others}
    if not known:
        return []
    found = like(records([offer])[0], records(known.values()))
    pairs_of_offer = [(each.second if each.first == str(offer.pk) else each.first, each) for each in found]
    return [Twins(offer, known[key], pair.score, pair.evidence) for key, pair in pairs_of_offer]


def _pairs() -> list[Pair]:
    town, version = here(), IndexState.objects.values_list("version", flat=True).first() or 0
    if town not in _kept or _kept[town][0] != version:
        published = Offer.objects.filter(state=Offer.State.PUBLISHED).select_related("provider__organisation")
        _kept[town] = version, pairs(records(published))
        if len(_kept) > MOST_TOWNS:
            _kept.pop(next(each for each in _kept if each != town))
    return _kept[town][1]


def _in_order(pair: Pair) -> tuple[int, int]:
    first, second = sorted((int(pair.first), int(pair.second)))
    return first, second


def records(offers: Iterable[Offer]) -> list[Record]:
    """The offers as the finder of duplicates compares them. One query for all places."""
    offers = list(offers)
    places: dict[int, Location] = {}
    for row in OfferAtLocation.objects.filter(offer__in=[each.pk for each in offers]).select_related("location"):
        places.setdefault(row.offer_id, row.location)
    return [_record(each, each.document, places) for each in offers]


def _record(offer: Offer, content: OfferContent, places: Mapping[int, Location]) -> Record:
    place = places.get(offer.pk)
    return Record(
        key=str(offer.pk),
        title=content.title,
        provider=offer.provider.organisation.name,
        street=place.street if place else "",
        postal_code=place.postal_code if place else "",
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        phones=tuple(each.phone for each in content.contacts if each.phone),
        mails=tuple(each.email for each in content.contacts if each.email),
        min_months=content.min_months,
        max_months=content.max_months,
        times=tuple(
            f"{schedules.DAY_CODES[day]} {each.starts}" for each in content.times for day in schedules.weekdays(each)
        ),
        kind=_kind(content),
    )


def _kind(content: OfferContent) -> str:
    """What it is, in the reader's words, because the evidence quotes it."""
    if content.facility:
        return label_of(FACILITIES, content.facility)
    return label_of(TOPICS, content.topics[0]) if content.topics else ""
