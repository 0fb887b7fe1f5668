"""The rows from which answers are made: plain values, a constant number of queries for any number of offers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count, DateTimeField, OuterRef, QuerySet, Subquery

from kommpass.domain.offers.content import OfferContent
from kommpass.domain.offers.verification import Block
from kommpass.domain.offers.vocabularies import ACCESSIBILITY
from kommpass.municipalities.scope import here
from kommpass.offers.cataloguing import day_of
from kommpass.offers.models import Confirmation, Offer, OfferAtLocation, OfferText
from kommpass.open_data.public_content import public_content
from kommpass.open_data.turning import next_turn


class PlaceRow(NamedTuple):
    """A location of an offer, with its district."""

    offer: int
    key: str
    location: str
    name: str
    street: str
    postal_code: str
    city: str
    latitude: float | None
    longitude: float | None
    stop: str
    accessibility: dict[str, dict[str, str]]
    district: int | None
    district_code: str | None
    district_name: str | None

    def checked(self) -> list[tuple[str, dict[str, str]]]:
        """What somebody checked of the accessibility, in the order of the list: PostgreSQL keeps none of its own."""
        found = ((code, self.accessibility.get(code)) for code in ACCESSIBILITY.places)
        return [(code, each) for code, each in found if each and each.get("state") in ("yes", "no")]


class ProviderRow(NamedTuple):
    """A provider with the name of its organisation."""

    key: str
    name: str
    kind: str
    description: str
    website: str
    umbrella: str
    register: str

    @classmethod
    def of(cls, values: Iterable[Any]) -> "ProviderRow":
        """From the columns of `PROVIDER`, in their order."""
        key, *about = values
        return cls(str(key), *about)


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A public offer: its document as everybody may read it, who runs it, and when a person confirmed which block.

    Keys are texts: they are written into every row of an answer, and were never read there. On the day `turns` it says
    something else, although nobody changed it.
    """

    pk: int
    key: str
    state: str
    changed_at: datetime
    last_day: date | None
    merged_into: str | None
    provider: ProviderRow
    confirmed: dict[str, datetime]
    content: OfferContent
    places: tuple[PlaceRow, ...] = ()
    turns: date | None = None

    @property
    def ended(self) -> bool:
        return self.state == Offer.State.ENDED


PROVIDER = ("key", "organisation__name", "organisation__kind", "description", "website", "umbrella", "register")
_PLACE = (
    "offer", "key", "location__key", "location__name", "location__street", "location__postal_code", "location__city",
    "location__latitude", "location__longitude", "location__stop", "location__accessibility",
    "location__district", "location__district__code", "location__district__name",
)  # fmt: skip
_OFFER = ("pk", "key", "state", "changed_at", "content", "card__last_day", "merged_into__key")


def _newest(**about) -> Subquery:
    """When a person last confirmed the offer, or a block of it: a look into an index for each row, no query more."""
    found = Confirmation.objects.filter(offer=OuterRef("pk"), human=True, **about).order_by("-at").values("at")[:1]
    return Subquery(found, output_field=DateTimeField())


Marked = tuple[int, int | None]
"""An offer, and the mark of its card: the same as long as nothing of the offer changed. What is over has no card."""

_COLUMNS = (*_OFFER, *(f"provider__{name}" for name in PROVIDER))
_NOT_IN_SHORT = ("times", "places", "costs", "funding", "capacity")


def read_rows(offers: QuerySet[Offer], today: date, *, full: bool) -> list[OfferRow]:
    """These offers in their order. One query, and one more for their places.

    Not `full`: without places and what else only the full answer says, and only the newest confirmation of all.
    """
    return _rows(offers.values_list(*_COLUMNS, *_moments(here(), full)), today, full)


def page_of(offers: QuerySet[Offer], first: int, size: int) -> tuple[list[Marked], int]:
    """Some of the offers in order of their keys, and how many there are in all. One query."""
    total = offers.order_by().values("municipality").annotate(many=Count("pk")).values("many")
    values = list(offers.order_by("pk").values_list("pk", "card__mark", Subquery(total))[first : first + size])
    if not values:
        return [], offers.count() if first else 0
    return [each[:2] for each in values], values[0][-1]


@lru_cache(maxsize=256)
def _moments(_town: int, full: bool) -> tuple[Subquery, ...]:
    """Put into words once for each town, because that takes longer than asking."""
    return tuple(_newest(block=each) for each in Block) if full else (_newest(),)


def _rows(values: Iterable[tuple], today: date, full: bool) -> list[OfferRow]:
    values = list(values)
    places = places_of(each[0] for each in values) if full and values else {}
    return [_row(each, today, full, tuple(places.get(each[0], ()))) for each in values]


def _row(values: tuple, today: date, full: bool, places: tuple[PlaceRow, ...]) -> OfferRow:
    pk, key, state, changed_at, content, last_day, merged_into, *rest = values
    provider, moments = rest[: len(PROVIDER)], rest[len(PROVIDER) :]
    if not full:
        content = {name: value for name, value in content.items() if name not in _NOT_IN_SHORT}
    document = OfferContent.from_json(content)
    last = day_of(last_day) if last_day is not None else None
    return OfferRow(
        pk=pk,
        key=str(key),
        state=state,
        changed_at=changed_at,
        last_day=last,
        turns=next_turn(document, last, today),
        merged_into=merged_into,
        provider=ProviderRow.of(provider),
        confirmed={block.value: at for block, at in zip(Block, moments, strict=False) if at},
        content=public_content(document, today),
        places=places,
    )


def places_of(offers: Iterable[int]) -> dict[int, list[PlaceRow]]:
    """The places of these offers, in their order. One query."""
    found: dict[int, list[PlaceRow]] = {}
    for row in OfferAtLocation.objects.filter(offer__in=list(offers)).order_by("position", "pk").values_list(*_PLACE):
        found.setdefault(row[0], []).append(PlaceRow(row[0], str(row[1]), str(row[2]), *row[3:]))
    return found


def texts_of(offer: int) -> list[OfferText]:
    """The reviewed texts of an offer in other languages."""
    return list(OfferText.objects.filter(offer=offer, state=OfferText.State.REVIEWED).order_by("language"))
