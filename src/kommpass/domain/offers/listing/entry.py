"""What a row of a list says, in our words: an offer without a place of ours, its provider, and where it is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import cos, hypot, radians
from typing import Any

from kommpass.domain.offers.checks import Problem
from kommpass.domain.offers.content import OfferContent

Point = tuple[float, float]
METRES_A_DEGREE = 111_320
NOISE_METRES = 10


@dataclass(frozen=True)
class Site:
    """Where an offer takes place, as the list says it. `point` is latitude and longitude in degrees, `accessibility`
    pairs of a criterion and "yes" or "no", `number` the list's own key of the place, by which its times name it."""

    name: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    room: str = ""
    point: Point | None = None
    accessibility: tuple[tuple[str, str], ...] = ()
    number: str = ""

    @property
    def address(self) -> tuple[str, str, str, str]:
        return self.name, self.street, self.postal_code, self.city

    def moved_from(self, before: "Site") -> bool:
        """Whether the point is another one: not a few metres beside, as from another conversion of coordinates.

        >>> Site(point=(51.5, 7.2)).moved_from(Site(point=(51.50001, 7.2))), Site(point=(51.6, 7.2)).moved_from(Site())
        (False, True)
        """
        if self.point is None or before.point is None:
            return self.point is not None
        north, east = self.point[0] - before.point[0], self.point[1] - before.point[1]
        return hypot(north, east * cos(radians(self.point[0]))) * METRES_A_DEGREE > NOISE_METRES

    def to_json(self) -> dict[str, Any]:
        row = {**vars(self), "point": list(self.point) if self.point else None}
        row["accessibility"] = [list(pair) for pair in self.accessibility]
        # What few lists say is not kept of all others.
        return {name: value for name, value in row.items() if value or name not in ("accessibility", "number")}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Site":
        point = stored.get("point")
        known = tuple((pair[0], pair[1]) for pair in stored.get("accessibility", ()))
        return cls(**{**stored, "point": (point[0], point[1]) if point else None, "accessibility": known})


@dataclass(frozen=True)
class Entry:
    """One offer of a list: the numbers of its rows, the key that the list gives it, and what it says.

    `content` has no places yet: which location of ours the site is, whoever writes it decides. (Our own table names
    our places, and says with `changed_at`, an ISO moment, of when it is.) `more` are
    further sites. `problems` keep an entry out; `hints` say what was left out or changed on the way in.
    `at_our_places` is what our own table says of the accessibility of our places, by their keys.
    """

    numbers: tuple[int, ...]
    key: str
    content: OfferContent
    provider: str = ""
    site: Site | None = None
    problems: tuple[Problem, ...] = ()
    hints: tuple[Problem, ...] = ()
    changed_at: str = ""
    more: tuple[Site, ...] = ()
    at_our_places: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()

    @property
    def sites(self) -> tuple[Site, ...]:
        return (self.site, *self.more) if self.site else self.more

    def with_problem(self, problem: Problem) -> "Entry":
        return replace(self, problems=(*self.problems, problem))
