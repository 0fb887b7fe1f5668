"""Things kept in the memory of a process, up to a limit: what was asked for longest ago is forgotten first."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

MOST_BYTES = 16 * 1024 * 1024
LARGEST = 2 * 1024 * 1024

Kept = TypeVar("Kept")


class Memory(Generic[Kept]):
    """The newest things, up to `most` bytes; threads may ask at once.

    A key says everything that a thing depends on, or the thing says how long it holds: nothing in here is out of date.

    >>> memory = Memory[str](most=10)
    >>> for each in ("kita", "sport", "treff"):
    ...     memory.keep(each, each.upper(), size=len(each))
    >>> memory.get("kita"), memory.get("treff")
    (None, 'TREFF')
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
        """Remember a thing of so many bytes, instead of an older one; what would crowd out everything is not kept."""
        if size > LARGEST:
            return
        with self._lock:
            _older, its_size = self._kept.pop(key, (None, 0))
            self._kept[key] = (thing, size)
            self._bytes += size - its_size
            while self._bytes > self._most:
                _key, (_oldest, its_size) = self._kept.popitem(last=False)
                self._bytes -= its_size

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()
            self._bytes = 0
