"""What was answered last, in memory: whoever asks the same while nothing changed gets the same bytes."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

from django.http import HttpResponse

MOST_BYTES = 16 * 1024 * 1024
LARGEST = 2 * 1024 * 1024

Kept = TypeVar("Kept")


class Memory(Generic[Kept]):
    """The newest things of all towns, up to `most` bytes; what was asked for longest ago is forgotten first.

    A key says everything that a thing depends on, so nothing in here is ever out of date.
    """

    def __init__(self, most: int = MOST_BYTES):
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[Kept, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Hashable) -> Kept | None:
        with self._lock:
            found = self._kept.get(key)
            if found:
                self._kept.move_to_end(key)
        return found[0] if found else None

    def keep(self, key: Hashable, thing: Kept, size: int) -> None:
        """Remember a thing of so many bytes; one that would crowd out everything else is not kept."""
        if size > LARGEST:
            return
        with self._lock:
            if key not in self._kept:
                self._kept[key] = (thing, size)
                self._bytes += size
            while self._bytes > self._most:
                _key, (_oldest, its_size) = self._kept.popitem(last=False)
                self._bytes -= its_size

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()
            self._bytes = 0


ANSWERS: Memory[tuple[bytes, dict[str, str]]] = Memory()
"""Whole answers by their tags: the bytes, and the headers that say what they are."""

ENTRIES: Memory[bytes] = Memory(4 * MOST_BYTES)
"""Single entries of lists, as JSON: after a change of one offer only this one is written anew."""


def known_answer(tag: str) -> HttpResponse | None:
    found = ANSWERS.get(tag)
    return HttpResponse(found[0], headers=found[1]) if found else None


def keep_answer(tag: str, response: HttpResponse) -> None:
    """Remember an answer that is whole."""
    if not response.streaming and response.status_code == 200:
        ANSWERS.keep(tag, (response.content, dict(response.headers)), len(response.content))


def forget_everything() -> None:
    ANSWERS.forget()
    ENTRIES.forget()
