"""Selecting and counting among the offers of a town, on columns: every filter, and every facet's numbers at once.

Offers are rows 0…n-1, places are rows 0…m-1 that each belong to one offer. A facet's numbers say how many offers there
would be if this word were chosen *instead of* what is chosen in the same facet, all other filters as they are: so no
choice leads to a page that promised something else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

EARTH_METRES = 6_371_008.8


@dataclass(frozen=True)
class Shelf:
    """The columns. `bits[facet]` has the shape (words, n), `accessible` (criteria, m); `district`: keys, 0 for none."""

    offers: Ints
    bits: Mapping[str, Truths]
    min_months: Ints
    max_months: Ints
    due_day: Ints
    last_day: Ints
    provider: Ints
    place_of: Ints
    district: Ints
    latitude: Floats
    longitude: Floats
    accessible: Truths

    @property
    def size(self) -> int:
        return len(self.offers)

    @cached_property
    def offers_in_districts(self) -> tuple[Ints, Ints, Ints]:
        """An offer counts once in a district, however many places it has there: the districts' keys; for each pair of
        district and offer the place of its district among these; and for each place its pair."""
        keys, district = np.unique(self.district, return_inverse=True)
        pairs, pair_of_place = np.unique(district * max(self.size, 1) + self.place_of, return_inverse=True)
        return keys, pairs // max(self.size, 1), pair_of_place


@dataclass(frozen=True)
class Choice:
    """What is asked for. Within a facet one word is enough; of accessibility every criterion must hold, at one place.

    `words[facet]` are places in the facet's list; `age` in months; `near` (latitude, longitude); `within` in metres.
    """

    words: Mapping[str, frozenset[int]] = field(default_factory=dict)
    age: int | None = None
    districts: frozenset[int] = frozenset()
    criteria: frozenset[int] = frozenset()
    near: tuple[float, float] | None = None
    within: float = 2_000.0
    provider: int | None = None


@dataclass(frozen=True)
class Selection:
    """Which offers fit (truth per offer), how far they are (metres, inf without a place), and the facets' numbers."""

    fitting: Truths
    metres: Floats
    counts: Mapping[str, Ints]
    districts: Mapping[int, int]
    criteria: Ints


def unpack(masks: Ints, width: int) -> Truths:
    """The bits of whole numbers as rows of truth: shape (width, n).

    >>> unpack(np.array([1, 6]), 3).astype(int).tolist()
    [[1, 0], [0, 1], [0, 1]]
    """
    return (masks[None, :] >> np.arange(width, dtype=np.int64)[:, None] & 1).astype(bool)


def distances(latitude: Floats, longitude: Floats, point: tuple[float, float]) -> Floats:
    """Metres on the sphere (haversine) from a point to each place; inf where a place has no point."""
    lat1, lon1 = np.radians(point[0]), np.radians(point[1])
    lat2, lon2 = np.radians(latitude), np.radians(longitude)
    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    metres = 2 * EARTH_METRES * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return np.where(np.isnan(metres), np.inf, metres)


def select(shelf: Shelf, choice: Choice, given: Truths) -> Selection:
    """Fit the offers of `given` (those the words found, those open now, …) to the choice, and count the facets."""
    places = _Places.judged(shelf, choice)
    own = _own_facets(shelf, choice)
    fails: Ints = np.zeros(shelf.size, np.int64)
    for fits in own.values():
        fails += ~fits
    base = given & places.any_fits(shelf)
    counts = {
        name: np.count_nonzero(bits & (base & _others(fails, own.get(name)))[None, :], axis=1)
        for name, bits in shelf.bits.items()
    }
    all_own = given & (fails == 0)
    return Selection(
        fitting=base & (fails == 0),
        metres=places.nearest(shelf),
        counts=counts,
        districts=places.by_district(shelf, all_own),
        criteria=places.by_criterion(shelf, all_own, choice),
    )


def _own_facets(shelf: Shelf, choice: Choice) -> dict[str, Truths]:
    """For each filter on the offer itself: who fits."""
    own: dict[str, Truths] = {
        name: np.asarray(shelf.bits[name][sorted(chosen)].any(axis=0), bool)
        for name, chosen in choice.words.items()
        if chosen
    }
    if choice.age is not None:
        own["age"] = (shelf.min_months <= choice.age) & (choice.age <= shelf.max_months)
    if choice.provider is not None:
        own["provider"] = shelf.provider == choice.provider
    return own


def _others(fails: Ints, own: Truths | None) -> Truths:
    """Who fits all filters but this one."""
    return np.asarray(fails == 0 if own is None else (fails - ~own) == 0, bool)


@dataclass(frozen=True)
class _Places:
    """The filters that speak of a place: each judged on every place, because one place must fulfil all of them."""

    in_district: Truths
    near_enough: Truths
    free_of_barriers: Truths
    metres: Floats
    asked: bool

    @classmethod
    def judged(cls, shelf: Shelf, choice: Choice) -> "_Places":
        everywhere = np.ones(len(shelf.place_of), bool)
        metres = distances(shelf.latitude, shelf.longitude, choice.near) if choice.near else np.zeros(len(everywhere))
        return cls(
            np.isin(shelf.district, list(choice.districts)) if choice.districts else everywhere,
            metres <= choice.within if choice.near else everywhere,
            np.asarray(shelf.accessible[sorted(choice.criteria)].all(axis=0), bool) if choice.criteria else everywhere,
            metres,
            bool(choice.districts or choice.near or choice.criteria),
        )

    @property
    def fits(self) -> Truths:
        return self.in_district & self.near_enough & self.free_of_barriers

    def any_fits(self, shelf: Shelf) -> Truths:
        if not self.asked:
            return np.ones(shelf.size, bool)
        return np.bincount(shelf.place_of[self.fits], minlength=shelf.size) > 0

    def nearest(self, shelf: Shelf) -> Floats:
        found = np.full(shelf.size, np.inf)
        np.minimum.at(found, shelf.place_of[self.fits], self.metres[self.fits])
        return found

    def by_district(self, shelf: Shelf, base: Truths) -> dict[int, int]:
        rows = self.near_enough & self.free_of_barriers & base[shelf.place_of] & (shelf.district > 0)
        keys, district_of_pair, pair_of_place = shelf.offers_in_districts
        met = np.zeros(len(district_of_pair), bool)
        met[pair_of_place[rows]] = True
        numbers = np.bincount(district_of_pair[met], minlength=len(keys))
        return {int(key): int(number) for key, number in zip(keys, numbers, strict=True) if number}

    def by_criterion(self, shelf: Shelf, base: Truths, choice: Choice) -> Ints:
        """How many offers would be left with this criterion added to those that are chosen."""
        rows = self.fits & base[shelf.place_of]
        owners = shelf.place_of[rows]
        numbers = [np.count_nonzero(np.bincount(owners[criterion[rows]])) for criterion in shelf.accessible]
        return np.array(numbers, dtype=np.int64)
