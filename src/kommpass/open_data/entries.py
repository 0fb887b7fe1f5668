"""Entries of lists that were written already: in the memory of this process, else in the database, else written anew.

An entry is written again when its offer or something around it changed, and on the day on which it would say something
else. So a program that reads the whole list every night costs little, also after a restart and on the next morning.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.db import DatabaseError, connection

import kommpass
from kommpass.domain.memory import MOST_BYTES, Memory
from kommpass.open_data.models import WrittenEntry
from kommpass.open_data.queries.rows import Marked


@dataclass(frozen=True, slots=True)
class Written:
    """The JSON of an entry, from its first day until the day before `until`."""

    text: bytes
    since: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


MEMORY: Memory[Written] = Memory(4 * MOST_BYTES)


@dataclass(frozen=True)
class Shelf:
    """The entries of one kind, short or full, on one day. `around` is everything they depend on beside their offers.

    In the middle of a transaction it is empty and keeps nothing: what is read there may never have happened.
    """

    full: bool
    day: date
    around: str

    def known(self, offers: Iterable[Marked]) -> dict[int, bytes]:
        """What still holds of these offers, by their keys. One query if not all of it is in memory.

        What is over has no card and no mark: nobody knows whether it changed, so it is never known.
        """
        marks = {} if _nothing_is_sure() else {pk: mark for pk, mark in offers if mark}
        found = {pk: entry for pk, mark in marks.items() if (entry := MEMORY.get(self._place(pk, mark)))}
        found = {pk: entry for pk, entry in found.items() if entry.holds_on(self.day)}
        if missing := marks.keys() - found.keys():
            found |= self._from_database({pk: marks[pk] for pk in missing})
        return {pk: entry.text for pk, entry in found.items()}

    def keep(self, entries: Mapping[int, Written], marks: Mapping[int, int | None]) -> None:
        """Remember what was just written."""
        kept = {pk: entry for pk, entry in entries.items() if marks[pk]}
        if not kept or _nothing_is_sure():
            return
        self._remember(kept, marks)
        rows = [
            WrittenEntry(offer_id=pk, full=self.full, mark=marks[pk], around=self.around,
                         since=entry.since, until=entry.until, text=entry.text.decode())
            for pk, entry in kept.items()
        ]  # fmt: skip
        try:
            WrittenEntry.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["municipality", "offer", "full"],
                update_fields=["mark", "around", "since", "until", "text"],
            )
        except DatabaseError:
            # Somebody else is writing, or an offer has gone meanwhile. The answer stands; the next one tries again.
            return

    def _from_database(self, marks: Mapping[int, int]) -> dict[int, Written]:
        rows = WrittenEntry.objects.filter(offer__in=marks.keys(), full=self.full, around=self.around)
        found = {
            pk: Written(text.encode(), since, until)
            for pk, mark, since, until, text in rows.values_list("offer", "mark", "since", "until", "text")
            if mark == marks[pk]
        }
        found = {pk: entry for pk, entry in found.items() if entry.holds_on(self.day)}
        self._remember(found, marks)
        return found

    def _remember(self, entries: Mapping[int, Written], marks: Mapping[int, int | None]) -> None:
        for pk, entry in entries.items():
            MEMORY.keep(self._place(pk, marks[pk]), entry, len(entry.text))

    def _place(self, pk: int, mark: int | None) -> tuple:
        return (pk, mark, self.full, self.around)


def _nothing_is_sure() -> bool:
    """Are we in the middle of a transaction?"""
    return connection.in_atomic_block


def signature(parts: Collection) -> str:
    """One word for everything that entries depend on, and for the software that writes them."""
    return sha256(repr((_this_software(), *parts)).encode()).hexdigest()[:32]


@lru_cache(maxsize=1)
def _this_software() -> str:
    """Of its sources and not of its number: nobody has to remember that a changed sentence needs a new number."""
    package = Path(kommpass.__file__).parent
    found = sha256()
    for path in sorted(package.rglob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()


def forget_entries() -> None:
    """Out of the memory of this process; the database still has them."""
    MEMORY.forget()
