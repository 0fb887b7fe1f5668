"""The register of facilities by kind and district, and what the rules want of every district."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kommpass.domain.gates import Requirement
from kommpass.domain.offers.prevention_chain import UNKNOWN, Matrix, count, coverage, placed
from kommpass.domain.offers.vocabularies import ACCESSIBILITY, FACILITIES
from kommpass.offers.models import CoverageRule, Location, Offer
from kommpass.offers.queries.steering.matrix import Question, counted_offers
from kommpass.offers.queries.steering.sides import Counted, Side, side_of_districts, side_of_facilities
from kommpass.offers.telling import label_of, told


@dataclass(frozen=True)
class Entry:
    """One facility: the key of its offer, its kind, and its districts."""

    offer: int
    kind: str
    districts: frozenset[str]


@dataclass(frozen=True)
class Register:
    """All facilities by kind, district and name; and how many of each kind there are in each district."""

    entries: tuple[Entry, ...]
    kinds: Side
    districts: Side
    matrix: Matrix

    def chosen(self, kind: str = "", district: str = "") -> list[int]:
        """The keys of the facilities of a kind, in a district (or UNKNOWN), in order."""
        return [
            each.offer
            for each in self.entries
            if (not kind or kind == each.kind) and (not district or district in each.districts)
        ]

    @property
    def kinds_there(self) -> list[tuple[str, str]]:
        """The kinds of which there is at least one."""
        return [(key, name) for key, name in self.kinds.words if self.matrix.number(key)]

    @property
    def real_districts(self) -> dict[str, str]:
        return {key: name for key, name in self.districts.words if key != UNKNOWN}


def register(today: date) -> Register:
    """The facilities among the published offers that are not over. Two queries at most."""
    counted, _over = counted_offers(Question(), today)
    facilities = counted.rows[counted.shelf.bits["facility"][:, counted.rows].any(axis=0)]
    counted = Counted(counted.shelf, facilities, counted.places)
    kinds, districts = side_of_facilities(counted), side_of_districts(counted)
    keys = counted.shelf.offers[facilities].tolist()
    entries = [
        Entry(key, next(iter(own_kinds)), placed(own_districts))
        for key, own_kinds, own_districts in zip(keys, kinds.of_offers, districts.of_offers, strict=True)
    ]
    return Register(
        entries=tuple(sorted(entries, key=_by_kind_and_district(kinds, districts))),
        kinds=kinds,
        districts=districts,
        matrix=count(((each.kind,), each.districts) for each in entries),
    )


def _by_kind_and_district(kinds: Side, districts: Side) -> Callable[[Entry], tuple[int, int]]:
    """Where a facility stands in the register; among equals the order of names stays, which the shelf has already."""
    kind_place = {key: place for place, (key, _name) in enumerate(kinds.words)}
    district_place = {key: place for place, (key, _name) in enumerate(districts.words)}
    return lambda entry: (kind_place[entry.kind], min(district_place[key] for key in entry.districts))


@dataclass(frozen=True)
class Place:
    """Where a facility is, and what is known of its accessibility there."""

    location: Location
    known: int

    @property
    def of(self) -> int:
        return len(ACCESSIBILITY.words)


@dataclass(frozen=True)
class Facility:
    """One line of the register."""

    offer: Offer
    kind: str
    places: list[Place]
    capacity: str


def facilities(keys: Sequence[int]) -> list[Facility]:
    """The lines of the register for these offers, in the same order. Three queries."""
    found = (
        Offer.objects.select_related("provider__organisation")
        .prefetch_related("places__location__district")
        .in_bulk(keys)
    )
    return [_facility(found[key]) for key in keys if key in found]


def _facility(offer: Offer) -> Facility:
    content = offer.document
    places = [Place(each.location, len(each.location.accessibility)) for each in offer.places.all()]
    return Facility(offer, label_of(FACILITIES, content.facility), places, told("capacity", content.capacity))


@dataclass(frozen=True)
class Judged:
    """A rule with what it wants of each district, and how many facilities of its kind stand in none."""

    rule: CoverageRule
    districts: tuple[Requirement, ...]
    unplaced: int

    @property
    def missing(self) -> list[Requirement]:
        return [each for each in self.districts if not each.met]

    @property
    def together(self) -> Requirement:
        """In how many districts the rule holds, of all."""
        met = len(self.districts) - len(self.missing)
        return Requirement(label=self.rule.title, have=met, need=len(self.districts))

    @property
    def sentence(self) -> str:
        """What one reads first: in how many districts the rule holds."""
        said = {"met": self.together.have, "all": self.together.need}
        return _("In %(met)d von %(all)d Stadtteilen erfüllt.") % said


def judged(found: Register) -> list[Judged]:
    """Every rule of the town, judged on the register. One query."""
    return [
        Judged(
            rule,
            coverage(
                found.real_districts,
                {key: found.matrix.number(rule.facility, key) for key in found.real_districts},
                rule.need,
            ),
            found.matrix.number(rule.facility, UNKNOWN),
        )
        for rule in CoverageRule.objects.all()
    ]
