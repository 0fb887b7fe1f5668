"""Which pairs are worth comparing: those that share a telephone number, a mail address or a place, and no others.

Nothing else can reach the needed points, so nothing is lost by it (see `weights.NEEDED`). Keys that very many records
share would still mean comparing all with all; how those are cut smaller stands at `candidates`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from kommpass.domain.likeness.contacts import LOCAL_DIGITS
from kommpass.domain.likeness.normal import Normal
from kommpass.domain.likeness.sites import BEGINNING, NEAR_M, Site

LARGEST_BLOCK = 60
NEIGHBOURS = 30
Key = tuple[str, ...]

# Squares twice as wide as the reach, in four grids shifted by half a square: two points within reach of each other are
# in one square of at least one grid. A degree of longitude is taken as short as at 60° north; further north than that
# a pair may fall out.
_REACH_NORTH = NEAR_M / 111_000
_REACH_EAST = _REACH_NORTH / 0.5
_GRIDS = ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0))


@dataclass(frozen=True)
class Thinned:
    """A key that so many records share, with one title, that each was compared with its nearest neighbours only."""

    key: Key
    records: int


def keys(each: Normal) -> Iterator[Key]:
    """The keys of a record. Two records are compared if they share one.

    The last digits of a number stand for it, because local numbers come without area code. House number with postal
    code, or with the beginning of the street, stands for an address with a misspelt street.
    """
    for number in each.phones:
        yield "phone", number[-LOCAL_DIGITS:]
    for address in each.mails | each.domains:
        yield "mail", address
    if each.site.street:
        yield "street", each.site.street
    if each.site.exact:
        yield "begins", each.site.street[:BEGINNING], each.site.house
        if each.site.postal_code:
            yield "house", each.site.postal_code, each.site.house
    yield from _squares(each.site)


def _squares(place: Site) -> Iterator[Key]:
    if place.latitude is not None and place.longitude is not None:
        for grid, (north, east) in enumerate(_GRIDS):
            row, column = (place.latitude / _REACH_NORTH + north) // 2, (place.longitude / _REACH_EAST + east) // 2
            yield "square", str(grid), str(int(row)), str(int(column))


def meet(key: Key, first: Normal, second: Normal) -> bool:
    """Whether two that share this key need comparing for it: two full addresses never count by street or pin."""
    return key[0] not in ("street", "square") or not (first.site.exact and second.site.exact)


def blocks(records: Iterable[Normal]) -> dict[Key, list[int]]:
    """The places in the list, by key."""
    found: dict[Key, list[int]] = defaultdict(list)
    for place, each in enumerate(records):
        for key in set(keys(each)):
            found[key].append(place)
    return found


def candidates(records: Sequence[Normal]) -> tuple[set[tuple[int, int]], tuple[Thinned, ...]]:
    """The pairs to compare, as places in the list, and the blocks in which not every pair was taken.

    A block of more than `LARGEST_BLOCK` is split by how the words of the title begin and end (three letters): titles
    without a word in common are never one offer, and a typing error spares the beginning or the end of its word. A part
    that is still too large has one title for all; it is sorted by everything else, each record is compared with the
    next `NEIGHBOURS`, and the block is named in the result.
    """
    found: set[tuple[int, int]] = set()
    thinned = []
    for key, block in sorted(blocks(records).items()):
        parts = {"": block} if len(block) <= LARGEST_BLOCK else _by_word(records, block)
        for word, part in sorted(parts.items()):
            couples = combinations(part, 2) if len(part) <= LARGEST_BLOCK else _neighbours(records, part)
            found.update(two for two in couples if meet(key, records[two[0]], records[two[1]]))
            if len(part) > LARGEST_BLOCK:
                thinned.append(Thinned((*key, word), len(part)))
    return found, tuple(thinned)


def _by_word(records: Sequence[Normal], block: Sequence[int]) -> dict[str, list[int]]:
    parts: dict[str, list[int]] = defaultdict(list)
    for place in block:
        words = records[place].title.words
        for end in {f"{word[:3]}…" for word in words} | {f"…{word[-3:]}" for word in words}:
            parts[end].append(place)
    return parts


def _neighbours(records: Sequence[Normal], block: Sequence[int]) -> Iterator[tuple[int, int]]:
    ordered = sorted(block, key=lambda place: _everything(records[place]))
    for start, place in enumerate(ordered):
        for other in ordered[start + 1 : start + 1 + NEIGHBOURS]:
            yield min(place, other), max(place, other)


def _everything(each: Normal) -> tuple[object, ...]:
    names = each.title.text, sorted(each.marks), each.provider.text
    contacts = sorted(each.phones), sorted(each.mails), sorted(each.hours or each.days)
    return (*names, each.site.street, each.site.house, *contacts, each.record.key)
