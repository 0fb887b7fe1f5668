"""The lists of words, and the words themselves."""

from dataclasses import dataclass
from typing import Any

from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.hsds.taxonomies import all_taxonomies, all_terms
from kommpass.open_data.listings.organizations import says_all
from kommpass.open_data.listings.pages import Listing
from kommpass.open_data.listings.wanted import Asked


@dataclass(frozen=True)
class Taxonomies(Listing):
    """All lists of words."""

    frame: Frame
    asked: Asked

    def part(self, first: int, size: int) -> tuple[list[dict[str, Any]], int]:
        every = all_taxonomies(self.frame.town.slug)
        found = [each for each in every if says_all(self.asked["search"], each.name)]
        return [self.frame.taxonomy(each) for each in found[first : first + size]], len(found)


@dataclass(frozen=True)
class Terms(Listing):
    """All words. None stands below another, so `top_only` leaves all and a parent has none."""

    frame: Frame
    asked: Asked

    def part(self, first: int, size: int) -> tuple[list[dict[str, Any]], int]:
        found = [] if self.asked["parent_id"] else all_terms(self.frame.town.slug)
        if taxonomy := self.asked["taxonomy_id"]:
            found = [each for each in found if each.taxonomy.id == taxonomy]
        found = [each for each in found if says_all(self.asked["search"], each.name)]
        return [self.frame.term(each) for each in found[first : first + size]], len(found)


def taxonomy_of(key: str, frame: Frame) -> dict[str, Any] | None:
    found = next((each for each in all_taxonomies(frame.town.slug) if each.id == key), None)
    return frame.taxonomy(found) if found else None


def term_of(key: str, frame: Frame) -> dict[str, Any] | None:
    found = next((each for each in all_terms(frame.town.slug) if each.id == key), None)
    return frame.term(found) if found else None
