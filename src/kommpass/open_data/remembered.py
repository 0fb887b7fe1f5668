"""The last answers in memory, by their tags: whoever asks the same while nothing changed gets the same bytes."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from django.http import HttpResponse

MOST_BYTES = 16 * 1024 * 1024
LARGEST = 2 * 1024 * 1024


@dataclass(frozen=True)
class Answer:
    """What was sent: the bytes, and the headers that say what they are."""

    content: bytes
    headers: dict[str, str]

    def response(self) -> HttpResponse:
        return HttpResponse(self.content, headers=self.headers)


class Remembered:
    """The newest answers of all towns; the oldest are forgotten first. A tag belongs to one answer of one town."""

    def __init__(self):
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, tag: str) -> HttpResponse | None:
        with self._lock:
            found = self._answers.get(tag)
            if found:
                self._answers.move_to_end(tag)
        return found.response() if found else None

    def keep(self, tag: str, response: HttpResponse) -> None:
        """Remember a whole answer that is not too large."""
        if response.streaming or response.status_code != 200 or len(response.content) > LARGEST:
            return
        with self._lock:
            if tag not in self._answers:
                self._answers[tag] = Answer(response.content, dict(response.headers))
                self._bytes += len(response.content)
            while self._bytes > MOST_BYTES:
                _tag, oldest = self._answers.popitem(last=False)
                self._bytes -= len(oldest.content)

    def forget(self) -> None:
        with self._lock:
            self._answers.clear()
            self._bytes = 0


REMEMBERED = Remembered()
