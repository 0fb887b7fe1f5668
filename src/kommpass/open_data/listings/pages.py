"""A page of a list as HSDS wants it, and a whole list as a stream of lines."""

from collections.abc import Iterator
from typing import Any, Protocol

from django.utils.translation import override

from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.open_data.answering import json_text

AT_A_TIME = 200


class Listing(Protocol):
    """Something that gives a part of itself: entries from `first` on, and how many there are in all."""

    def part(self, first: int, size: int) -> tuple[list[dict[str, Any]], int]: ...


def page(contents: list[dict[str, Any]], total: int, number: int, size: int) -> dict[str, Any]:
    """The page with its numbers. A page behind the last one is empty.

    >>> page([], 0, 1, 50)["empty"], page([{}], 3, 2, 2)["last_page"]
    (True, True)
    """
    pages = -(-total // size) if total else 0
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
    }


def lines(listing: Listing, town: Municipality) -> Iterator[bytes]:
    """Everything, one entry a line, in portions: the server keeps two hundred in memory, however long the list is.

    The stream is read after the request has left the town and its language, so each portion goes in again.
    """
    first = 0
    while True:
        with within(town), override("de"):
            entries, total = listing.part(first, AT_A_TIME)
            made = "".join(f"{json_text(each)}\n" for each in entries).encode()
        yield made
        first += AT_A_TIME
        if first >= total:
            return
