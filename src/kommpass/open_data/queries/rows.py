"""The rows from which answers are made: plain values, a constant number of queries for any number of offers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, DateTimeField, OuterRef, QuerySet, Subquery

from kommpass.domain.offers.content import OfferContent
from kommpass.domain.offers.verification import Block
from kommpass.offers.models import Confirmation, Offer, OfferAtLocation, OfferText
from kommpass.open_data.public_content import public_content


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


class ProviderRow(NamedTuple):
    """A provider with the name of its organisation."""

    key: str
    name: str
    kind: str
    description: str
    website: str
    umbrella: str
    register: str


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A public offer: its document as everybody may read it, who runs it, and when a person confirmed which block."""

    pk: int
    key: str
    state: str
    changed_at: datetime
    last_day: int | None
    merged_into: str | None
    provider: ProviderRow
    confirmed: dict[str, datetime]
    content: OfferContent
    places: tuple[PlaceRow, ...] = ()

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


def _newest(block: Block) -> Subquery:
    """When a person last confirmed this block: a look into an index for each row, no query more."""
    found = Confirmation.objects.filter(offer=OuterRef("pk"), human=True, block=block).order_by("-at").values("at")[:1]
    return Subquery(found, output_field=DateTimeField())


_COLUMNS = (*_OFFER, *(f"provider__{name}" for name in PROVIDER))


def read_rows(offers: QuerySet[Offer], today: date, *, places: bool) -> list[OfferRow]:
    """These offers in their order. One query, and one more for their places."""
    return _rows(offers.values_list(*_COLUMNS, *map(_newest, Block)), today, places)


def page_of(offers: QuerySet[Offer], today: date, first: int, size: int, *, places: bool) -> tuple[list[OfferRow], int]:
    """Some of the offers in order of their keys, and how many there are in all. No query more than `read_rows`."""
    total = offers.order_by().values("municipality").annotate(many=Count("pk")).values("many")
    found = offers.order_by("pk").values_list(*_COLUMNS, *map(_newest, Block), Subquery(total))
    values = list(found[first : first + size])
    if not values:
        return [], offers.count() if first else 0
    return _rows(values, today, places), values[0][-1]


def _rows(values: Iterable[tuple], today: date, places: bool) -> list[OfferRow]:
    rows = [_row(each, today) for each in values]
    if not places or not rows:
        return rows
    found = places_of(each.pk for each in rows)
    return [replace(each, places=tuple(found.get(each.pk, ()))) for each in rows]


def _row(values: tuple, today: date) -> OfferRow:
    pk, key, state, changed_at, content, last_day, merged_into, *rest = values
    provider, moments = rest[: len(PROVIDER)], rest[len(PROVIDER) : len(PROVIDER) + len(Block)]
    return OfferRow(
        pk=pk,
        key=str(key),
        state=state,
        changed_at=changed_at,
        last_day=last_day,
        merged_into=merged_into,
        provider=ProviderRow(str(provider[0]), *provider[1:]),
        confirmed={block.value: at for block, at in zip(Block, moments, strict=True) if at},
        content=public_content(OfferContent.from_json(content), today),
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
