"""One thing somebody may look for: a plain record, and the small steps that make raw words into one."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from html import unescape

_TAG = re.compile(r"<[^>]+>")
_PARAGRAPH = re.compile(r"(?i)<\s*(br|/p|/li|/h\d)\s*/?\s*>")
_BLANKS = re.compile(r"\s+")
WORDED = ("title", "provider", "kinds", "text", "street", "postal_code", "place", "district")
"""The fields in which something is said."""


@dataclass(frozen=True)
class Item:
    """One entry of a raw list, in the words of the list.

    `key` is "source/id of the source" and stays the same as long as the source keeps its ids. `kinds` are the words of
    the list for what it is (category path, type of school). Coordinates are degrees where the list gives degrees.
    """

    key: str
    title: str
    provider: str = ""
    kinds: tuple[str, ...] = ()
    text: str = ""
    street: str = ""
    postal_code: str = ""
    place: str = ""
    district: str = ""
    latitude: float | None = None
    longitude: float | None = None

    @property
    def source(self) -> str:
        return self.key.partition("/")[0]

    @cached_property
    def words(self) -> dict[str, str]:
        """What every worded field says, in lower case; "any" is all of them together."""
        said = {name: getattr(self, name) for name in WORDED}
        lowered = {name: (" / ".join(value) if name == "kinds" else value).lower() for name, value in said.items()}
        return lowered | {"any": " / ".join(lowered.values())}


def plain(text: str | None) -> str:
    """The text without HTML, with single blanks.

    >>> plain("Musik &amp; Tanz<br />\\r\\nab <b>50</b>")
    'Musik & Tanz ab 50'
    """
    without_tags = _TAG.sub("", _PARAGRAPH.sub(" ", text or ""))
    return _BLANKS.sub(" ", unescape(without_tags)).strip()


def joined(parts, separator: str = ", ") -> str:
    """What is said, each part once, in the order of the list."""
    said = (plain(part) for part in parts)
    return separator.join(dict.fromkeys(part for part in said if part))


def merged(items) -> list[Item]:
    """Rows of one id become one item: a list that names a school twice does so to give it a second category."""
    whole: dict[str, Item] = {}
    for item in items:
        first = whole.get(item.key)
        if first is None:
            whole[item.key] = item
            continue
        kinds = tuple(dict.fromkeys(first.kinds + item.kinds))
        text = first.text if item.text in first.text else joined((first.text, item.text), " ")
        whole[item.key] = replace(first, kinds=kinds, text=text)
    return list(whole.values())
