"""A page of a list as HSDS wants it, and a whole list as a stream of lines."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import override

from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.open_data.answering import json_text

AT_A_TIME = 200


class Listing:
    """Something that gives a part of itself: entries from `first` on, and how many there are in all."""

    def part(self, first: int, size: int) -> tuple[list[dict[str, Any]], int]:
        raise NotImplementedError

    def texts(self, first: int, size: int) -> tuple[list[bytes], int]:
        """The same, each entry as JSON in UTF-8."""
        entries, total = self.part(first, size)
        return [json_text(each).encode() for each in entries], total


def page(contents: list[bytes], total: int, number: int, size: int) -> bytes:
    """The page with its numbers, as JSON, around entries that are JSON already. A page behind the last one is empty.

    >>> page([b'{"id":"a"}'], 3, 2, 2)[-55:]
    b'"last_page":true,"empty":false,"contents":[{"id":"a"}]}'
    """
    pages = -(-total // size) if total else 0
    numbers = {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
    }
    return b'%s,"contents":[%s]}' % (json_text(numbers)[:-1].encode(), b",".join(contents))


def lines(listing: Listing, town: Municipality) -> Iterator[bytes]:
    """Everything, one entry a line, in portions: the server keeps two hundred in memory, however long the list is.

    The stream is read after the request has left the town and its language, so each portion goes in again.
    """
    first = 0
    while True:
        with within(town), override("de"):
            entries, total = listing.texts(first, AT_A_TIME)
            made = b"".join(b"%s\n" % each for each in entries)
        yield made
        first += AT_A_TIME
        if first >= total:
            return
