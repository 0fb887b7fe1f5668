"""The list of services."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.hsds.plain import moment
from kommpass.open_data.hsds.services import service
from kommpass.open_data.listings.wanted import Asked, ranked, wanted
from kommpass.open_data.queries.narrowing import narrowed
from kommpass.open_data.queries.rows import OfferRow, page_of, read_rows
from kommpass.open_data.queries.visible import visible


@dataclass(frozen=True)
class Services:
    """The services that were asked for: in the order of the search, else in the order in which they were written."""

    frame: Frame
    asked: Asked

    @property
    def offers(self):
        return narrowed(visible(self.frame.today), wanted(self.asked, self.frame.town.slug))

    def part(self, first: int, size: int) -> tuple[list[dict[str, Any]], int]:
        """Entries from `first` on, and how many there are in all."""
        full = self.asked["full"]
        rows, total = self._searched(first, size) if self.asked["search"] else self._listed(first, size)
        return [service(row, self.frame, full=full) for row in rows], total

    def minimal(self) -> list[dict[str, Any]]:
        """All of them: only what is needed to see what changed."""
        keys = ranked(self.asked["search"], timezone.now()) if self.asked["search"] else None
        offers = self.offers if keys is None else self.offers.filter(pk__in=keys)
        rows = offers.order_by("pk").values_list("key", "changed_at")
        return [{"id": str(key), "last_modified": moment(changed_at)} for key, changed_at in rows]

    def _listed(self, first: int, size: int) -> tuple[list[OfferRow], int]:
        return page_of(self.offers, self.frame.today, first, size, full=self.asked["full"])

    def _searched(self, first: int, size: int) -> tuple[list[OfferRow], int]:
        found = ranked(self.asked["search"], timezone.now())
        fitting = set(self.offers.filter(pk__in=found).values_list("pk", flat=True))
        keys = [key for key in found if key in fitting]
        part = keys[first : first + size]
        offers = visible(self.frame.today).filter(pk__in=part)
        rows = {row.pk: row for row in read_rows(offers, self.frame.today, full=self.asked["full"])}
        return [rows[key] for key in part if key in rows], len(keys)
