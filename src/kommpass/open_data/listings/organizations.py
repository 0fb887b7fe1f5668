"""The list of organisations: providers with an offer that other programs may know."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kommpass.domain.german_search import fold
from kommpass.offers.models import Provider
from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.hsds.organizations import organization
from kommpass.open_data.hsds.services import service
from kommpass.open_data.listings.pages import Listing
from kommpass.open_data.listings.wanted import Asked, wanted
from kommpass.open_data.queries.narrowing import narrowed
from kommpass.open_data.queries.rows import PROVIDER, ProviderRow, read_rows
from kommpass.open_data.queries.visible import visible


@dataclass(frozen=True)
class Organizations(Listing):
    """The providers that were asked for, in the order in which they were written down."""

    frame: Frame
    asked: Asked

    def part(self, first: int, size: int) -> tuple[list[dict[str, Any]], int]:
        found = self._rows()
        part = found[first : first + size]
        if not (self.asked["full"] or self.asked["full_service"]):
            return [organization(each, self.frame, full=False) for each in part], len(found)
        return with_services(part, self.frame, full_service=self.asked["full_service"]), len(found)

    def _rows(self) -> list[ProviderRow]:
        offers = narrowed(visible(self.frame.today), wanted(self.asked, self.frame.town.slug))
        rows = Provider.objects.filter(pk__in=offers.order_by().values("provider")).order_by("pk")
        found = [ProviderRow.of(row) for row in rows.values_list(*PROVIDER)]
        return [each for each in found if says_all(self.asked["search"], each.name, each.umbrella, each.description)]


def says_all(search: str, *texts: str) -> bool:
    """Do all words of the search stand in these texts, however they are spelled?"""
    whole = fold(" ".join(texts))
    return all(word in whole for word in fold(search).split())


def provider_of(key: str, frame: Frame) -> ProviderRow | None:
    """The provider with this key, if it has an offer that may be known."""
    offers = visible(frame.today).filter(provider__key=key)
    found = Provider.objects.filter(pk__in=offers.values("provider")).values_list(*PROVIDER).first()
    return ProviderRow.of(found) if found else None


def with_services(providers: Iterable[ProviderRow], frame: Frame, *, full_service: bool) -> list[dict[str, Any]]:
    """These providers with everything, and their services in short or in full."""
    services: dict[str, list[dict[str, Any]]] = {each.key: [] for each in providers}
    offers = visible(frame.today).filter(provider__key__in=list(services)).order_by("pk")
    for row in read_rows(offers, frame.today, full=full_service):
        made = service(row, frame, full=full_service)
        made.pop("organization")
        services[row.provider.key].append(made)
    return [organization(each, frame, full=True) | {"services": services[each.key]} for each in providers]
