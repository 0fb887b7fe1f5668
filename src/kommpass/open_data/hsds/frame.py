"""What all rows of one answer share: the town, the day, the addresses they lead to, and the words they name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from typing import Any
from uuid import UUID

from kommpass.domain.schedules import BERLIN
from kommpass.municipalities.models import Municipality
from kommpass.open_data.entries import signature
from kommpass.open_data.hsds.plain import known
from kommpass.open_data.hsds.taxonomies import EDITION, Taxonomy, Term, district_term, districts_of, house_term_ids
from kommpass.open_data.queries.state import State
from kommpass.people.addresses import absolute, in_town

NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Frame:
    """`base` is the address of the API; `page` and `calendar` those of an offer, with {} for its key.

    `edition` changes with the outlines of the districts, `around` with everything that is not the offer's own (see
    `State`). `detail`: each word says of which list it is, as in answers
    about one thing; in long lists that would be a third of all bytes.
    """

    town: Municipality
    today: date
    base: str
    page: str
    calendar: str
    districts: str
    edition: tuple = ()
    around: tuple = ()
    detail: bool = True
    _attributes: dict[tuple, Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, town: Municipality, state: State, *, detail: bool = True) -> "Frame":
        return cls(
            town=town,
            today=state.today,
            edition=state.districts,
            around=state.around,
            detail=detail,
            base=absolute(in_town("open_data:hsds")),
            page=_with_gap("finder:offer"),
            calendar=_with_gap("finder:offer-calendar"),
            districts=absolute(in_town("open_data:districts")),
        )

    @cached_property
    def signature(self) -> str:
        """Says what entries of lists depend on beside their offers, but for the day."""
        return signature((self.base, self.page, self.calendar, self.offset, self.around))

    @cached_property
    def offset(self) -> str:
        """How far Berlin is from UTC on this day: HSDS wants a fixed distance, which holds until the clocks change."""
        return datetime.combine(self.today, time(12), BERLIN).isoformat()[-6:]

    @property
    def hours_from_utc(self) -> int:
        return int(self.offset[1:3])

    def taxonomy(self, taxonomy: Taxonomy) -> dict[str, Any]:
        return {
            "id": taxonomy.id,
            "name": taxonomy.name,
            "description": taxonomy.name,
            "uri": f"{self.base}/taxonomies/{taxonomy.id}",
            "version": EDITION,
        }

    def term(self, term: Term) -> dict[str, Any]:
        address = f"{self.base}/taxonomy_terms/{term.id}"
        return self._short(term) | {"term_uri": address, "taxonomy_detail": self.taxonomy(term.taxonomy)}

    def _inside(self, term: Term) -> dict[str, Any]:
        return self.term(term) if self.detail else self._short(term)

    def _short(self, term: Term) -> dict[str, Any]:
        return {
            "id": term.id,
            "code": term.code,
            "name": term.name,
            "description": term.name,
            "taxonomy": term.taxonomy.name,
            "taxonomy_id": term.taxonomy.id,
            "language": "de",
        }

    def word(self, taxonomy: Taxonomy, code: str) -> tuple[Term, dict] | None:
        """A word of the house's lists with its JSON, made once for an answer."""
        place = (taxonomy.key, code)
        if place not in self._attributes:
            found = house_term_ids().get(place)
            self._attributes[place] = (found, self._inside(found)) if found else None
        return self._attributes[place]

    def district(self, key: int, code: str, name: str) -> tuple[Term, dict]:
        place = ("district", key)
        if place not in self._attributes:
            found = district_term(self._districts, key, code, name)
            self._attributes[place] = (found, self._inside(found))
        return self._attributes[place]

    @cached_property
    def _districts(self) -> Taxonomy:
        return districts_of(self.town.slug)

    def once(self, kind: str, key: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Something that many rows share, made once for an answer."""
        place = (kind, key)
        if place not in self._attributes:
            self._attributes[place] = make()
        return self._attributes[place]

    def publisher(self) -> Mapping[str, Any]:
        """Who answers for the data."""
        home = absolute(in_town("portal:home"))
        return known({"name": self.town.name, "identifier": self.town.ags, "website": home})


def _with_gap(name: str) -> str:
    """An address of an offer with a gap for its key: to ask the address book for each row would cost more than it."""
    return absolute(in_town(name, NOBODY)).replace(str(NOBODY), "{}")
