"""The list of services."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from kommpass.open_data.answering import json_text
from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.hsds.plain import moment
from kommpass.open_data.hsds.services import service
from kommpass.open_data.listings.pages import Listing
from kommpass.open_data.listings.wanted import Asked, ranked, wanted
from kommpass.open_data.queries.narrowing import narrowed
from kommpass.open_data.queries.rows import Marked, page_of, read_rows
from kommpass.open_data.queries.visible import visible
from kommpass.open_data.remembered import ENTRIES


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
        texts = {pk: text for pk, mark in found if mark and (text := ENTRIES.get(self._place(pk, mark)))}
        texts |= self._written({pk: mark for pk, mark in found if pk not in texts})
        return [texts[pk] for pk, _mark in found if pk in texts], total

    def _written(self, missing: Mapping[int, int | None]) -> dict[int, bytes]:
        """These offers, written anew. What is read in the middle of a transaction may never have happened."""
        full, today = self.asked["full"], self.frame.today
        rows = read_rows(visible(today).filter(pk__in=missing), today, full=full) if missing else []
        texts = {row.pk: json_text(service(row, self.frame, full=full)).encode() for row in rows}
        for pk, text in texts.items():
            if (mark := missing[pk]) and not connection.in_atomic_block:
                ENTRIES.keep(self._place(pk, mark), text, len(text))
        return texts

    def _place(self, pk: int, mark: int) -> tuple:
        return (pk, mark, self.asked["full"], self.frame.base, self.frame.around)

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
