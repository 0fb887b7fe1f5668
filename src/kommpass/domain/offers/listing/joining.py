"""Rows of a list that carry the same number: one offer if they say the same, a mistake of the list if they do not."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from kommpass.domain.offers.changes import LABELS
from kommpass.domain.offers.checks import Problem
from kommpass.domain.offers.content import OfferContent
from kommpass.domain.offers.listing.entry import Entry
from kommpass.domain.words import _

ADDED_UP = ("topics", "target_groups", "life_phases", "languages", "access", "formats", "prevention")
"""Lists of words: a school that stands in two categories is one school with both."""
FIRST_WINS = ("facility",)
"""What one offer has only once: the first row says it."""


@dataclass(frozen=True)
class Joined:
    """The offers of a list in its order, and the entries that contradict an earlier row of the same number."""

    entries: tuple[Entry, ...]
    refused: tuple[Entry, ...]


def join(entries: Iterable[Entry]) -> Joined:
    """Bring the rows of a number together. Rows with problems of their own never change an earlier one."""
    found: dict[str, Entry] = {}
    refused: list[Entry] = []
    for entry in entries:
        if entry.problems:
            refused.append(entry)
        elif (first := found.get(entry.key)) is None:
            found[entry.key] = entry
        elif different := _different(first, entry):
            refused.append(entry.with_problem(_contradiction(first, entry, different)))
        else:
            found[entry.key] = _both(first, entry)
    return Joined(tuple(found.values()), tuple(refused))


def _different(first: Entry, second: Entry) -> str:
    """The label of the first field in which two rows contradict each other, "" for none."""
    ignored = {*ADDED_UP, *FIRST_WINS}
    if first.content.facility != second.content.facility:
        ignored.add("summary")  # where the row has none, it is the kind of facility
    for name in [each.name for each in fields(OfferContent) if each.name not in ignored]:
        if getattr(first.content, name) != getattr(second.content, name):
            return LABELS[name]
    if first.provider != second.provider:
        return _("Träger")
    return _("Orte") if first.sites != second.sites else ""


def _contradiction(first: Entry, second: Entry, label: str) -> Problem:
    message = _("Die Nummer „{key}“ steht auch in Zeile {first}, dort aber mit anderem Inhalt ({label}).")
    return Problem("key", message, {"key": second.key[:40], "first": first.numbers[0], "label": label})


def _both(first: Entry, second: Entry) -> Entry:
    added = {
        name: tuple(dict.fromkeys((*getattr(first.content, name), *getattr(second.content, name)))) for name in ADDED_UP
    }
    return replace(first, numbers=(*first.numbers, *second.numbers), content=first.content.having(**added))
