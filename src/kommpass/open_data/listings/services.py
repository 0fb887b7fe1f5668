"""The list of services."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from kommpass.open_data.answering import json_text
from kommpass.open_data.entries import Shelf, Written
from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.hsds.plain import moment
from kommpass.open_data.hsds.services import service
from kommpass.open_data.listings.pages import Listing
from kommpass.open_data.listings.wanted import Asked, ranked, wanted
from kommpass.open_data.queries.narrowing import narrowed
from kommpass.open_data.queries.rows import Marked, page_of, read_rows
from kommpass.open_data.queries.visible import visible


@dataclass(frozen=True)
class Services(Listing):
    """The services that were asked for: in the order of the search, else in the order in which they were written."""

    frame: Frame
    asked: Asked

    @property
    def offers(self):
        return narrowed(visible(self.frame.today), wanted(self.asked, self.frame.town.slug))

    def texts(self, first: int, size: int) -> tuple[list[bytes], int]:
        """Entries from `first` on, and how many there are in all. What was written since its last change is known."""
        found, total = self._searched(first, size) if self.asked["search"] else page_of(self.offers, first, size)
        shelf = Shelf(self.asked["full"], self.frame.today, self.frame.signature)
        texts = shelf.known(found)
        if missing := {pk: mark for pk, mark in found if pk not in texts}:
            written = self._written(missing)
            shelf.keep(written, missing)
            texts |= {pk: each.text for pk, each in written.items()}
        return [texts[pk] for pk, _mark in found if pk in texts], total

    def _written(self, offers: Collection[int]) -> dict[int, Written]:
        """These offers, written anew."""
        full, today = self.asked["full"], self.frame.today
        rows = read_rows(visible(today).filter(pk__in=offers), today, full=full)
        return {
            row.pk: Written(json_text(service(row, self.frame, full=full)).encode(), today, row.turns) for row in rows
        }

    def minimal(self) -> list[dict[str, Any]]:
        """All of them: only what is needed to see what changed."""
        keys = ranked(self.asked["search"], timezone.now()) if self.asked["search"] else None
        offers = self.offers if keys is None else self.offers.filter(pk__in=keys)
        rows = offers.order_by("pk").values_list("key", "changed_at")
        return [{"id": str(key), "last_modified": moment(changed_at)} for key, changed_at in rows]

    def _searched(self, first: int, size: int) -> tuple[list[Marked], int]:
        found = ranked(self.asked["search"], timezone.now())
        marks = dict(self.offers.filter(pk__in=found).values_list("pk", "card__mark"))
        keys = [key for key in found if key in marks]
        return [(key, marks[key]) for key in keys[first : first + size]], len(keys)
