"""Finds the columns of a table that hold coordinates, whatever they are called."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from kommpass.adapters.offer_files.coordinate_numbers import number, pair
from kommpass.adapters.offer_files.coordinate_systems import DEGREES, kind_by_size
from kommpass.adapters.offer_files.places import NOWHERE, in_germany
from kommpass.adapters.offer_files.raw import RawRow
from kommpass.adapters.plan_files.mapping import plain

_AXES = {
    "north": "lat latitude breite breitengrad geobreite geolat nord north northing nordwert hoch hochwert "
    "y ycoord ykoord ykoordinate ywert",
    "east": "lon lng long longitude laenge laengengrad geolaenge geolon geolng ost east easting ostwert rechts "
    "rechtswert x xcoord xkoord xkoordinate xwert",
}
_AXIS = {word: axis for axis, words in _AXES.items() for word in words.split()}
_CERTAIN = {"lat", "latitude", "breitengrad", "geobreite", "geolat", "lon", "lng", "longitude", "laengengrad", "geolon"}
"""Words that mean degrees and nothing else; "Breite" and "Länge" may also be those of a football pitch."""
_LETTERS = {"n": "north", "e": "east", "o": "east"}
_GRIDS = {"utm", "etrs", "etrs89", "utm32", "utm33", "gk"}
_NORTH_FIRST = {"latlon", "latlng", "latlong"}
_EAST_FIRST = {"lonlat", "lnglat"}
_TOGETHER = _NORTH_FIRST | _EAST_FIRST | {"koordinate", "koordinaten", "coordinate", "coordinates", "coord", "coords"}
_TOGETHER |= {"geo", "geopunkt", "geopoint", "point", "punkt", "wkt", "geom", "geometrie", "geometry"}
_TOGETHER |= {"location", "position", "gps", "standort"}
_CODE = re.compile(r"(?<!\d)(25832|25833|32632|32633|3857)(?!\d)")
_ZONE = re.compile(r"(?:utm|zone)\D{0,3}(32|33)(?!\d)", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SAMPLE = 200
_POSTAL_CODE = re.compile(r"(?<!\d)\d{5}(?!\d)")


@dataclass(frozen=True)
class Columns:
    """Where the coordinates stand: an easting and a northing column, or one `together`. `hint` is an EPSG code that
    the headers name, 0 for none; `north_first` says the order in a column of both."""

    east: str = ""
    north: str = ""
    together: str = ""
    hint: int = 0
    north_first: bool = False

    def names(self) -> tuple[str, ...]:
        return (self.together,) if self.together else (self.east, self.north)

    def text(self, row: RawRow) -> str:
        """What the row says of its place, "" for nothing."""
        return ", ".join(text for name in self.names() if (text := row.values[name]))

    def numbers(self, row: RawRow) -> tuple[float, float] | None:
        """Easting and northing as written, None if they cannot be read."""
        if self.together:
            both = pair(row.values[self.together])
            return both and (both[1], both[0]) if self.north_first else both
        east, north = number(row.values[self.east]), number(row.values[self.north])
        return None if east is None or north is None else (east, north)


def find_columns(columns: Sequence[str], rows: Sequence[RawRow]) -> Columns | None:
    """The columns that most rows fill with coordinates, None if there are none."""
    candidates = [*_pairs(columns), *_together(columns, rows)]
    scored = [(_share(each, rows), -place, each) for place, each in enumerate(candidates)]
    share, _place, best = max(scored, default=(0.0, 0, None), key=lambda each: each[:2])
    return best if share >= 0.5 else None


def _words(header: str) -> list[str]:
    return plain(_CAMEL.sub(" ", header)).split()


def _axis(words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Which axis a header names, and what else it says."""
    for place, word in enumerate(words):
        rest = (*words[:place], *words[place + 1 :])
        axis = _AXIS.get(word, "") or (_LETTERS.get(word, "") if _GRIDS & set(rest) else "")
        if axis:
            return axis, rest
    return "", ()


def _axes(words: Sequence[str]) -> set[str]:
    return {axis for word in words if (axis := _axis([word, *_GRIDS & set(words)])[0])}


def _hint(*headers: str) -> int:
    said = " ".join(headers)
    if code := _CODE.search(said):
        return int(code[1])
    zone = _ZONE.search(said)
    return 25800 + int(zone[1]) if zone else 0


def _pairs(columns: Sequence[str]) -> list[Columns]:
    """Each column of an axis with the column of the other axis that is called alike, or is the only one."""
    named = {column: _axis(words) for column in columns if len(_axes(words := _words(column))) == 1}
    easts = [column for column, (axis, _rest) in named.items() if axis == "east"]
    norths = [column for column, (axis, _rest) in named.items() if axis == "north"]
    alike = [(east, north) for east in easts for north in norths if named[east][1] == named[north][1]]
    if not alike and len(easts) == len(norths) == 1:
        alike = [(easts[0], norths[0])]
    return [Columns(east, north, hint=_hint(east, north)) for east, north in alike]


def _together(columns: Sequence[str], rows: Sequence[RawRow]) -> list[Columns]:
    """Each column of both numbers, with their order."""
    found = []
    for column in columns:
        words = _words(column)
        if set(words) & _TOGETHER or _axes(words) == {"north", "east"}:
            texts = list(islice((text for row in rows if (text := row.values[column])), _SAMPLE))
            found.append(Columns(together=column, hint=_hint(column), north_first=_order(words, texts)))
    return found


def _order(words: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether the northing comes first: the header says so, or else the numbers."""
    if any(text[:1].isalpha() for text in texts):
        return False  # "POINT (7.2 51.4)": WKT always has the easting first
    if set(words) & (_NORTH_FIRST | _EAST_FIRST):
        return bool(set(words) & _NORTH_FIRST)
    named = [axis for word in words if (axis := _AXIS.get(word))]
    if len(named) > 1:
        return named[0] == "north"
    return _north_first([numbers for text in texts if (numbers := pair(text))])


def _north_first(both: Sequence[tuple[float, float]]) -> bool:
    """In Germany the northing is the larger number, in degrees as in metres, unless the zone stands in front."""
    larger = sum(first > second for first, second in both)
    return larger * 2 > len(both)


def _share(columns: Columns, rows: Sequence[RawRow]) -> float:
    """How many of the first rows that say something there say a place that can be."""
    filled = (columns.numbers(row) for row in rows if columns.text(row))
    said = list(islice((numbers for numbers in filled if numbers != NOWHERE), _SAMPLE))
    certain = all(set(_words(name)) & _CERTAIN for name in columns.names())
    return sum(_can_be(numbers, certain) for numbers in said) / len(said) if said else 0.0


def _can_be(numbers: tuple[float, float] | None, certain: bool) -> bool:
    if numbers is None:
        return False
    east, north = numbers
    if kind_by_size(east, north) == DEGREES:
        return certain or in_germany(north, east) or in_germany(east, north)
    return bool(kind_by_size(east, north) or kind_by_size(north, east))


def in_the_east(columns: Sequence[str], rows: Sequence[RawRow]) -> bool:
    """Whether most postal codes begin with 0 or 1, as between the Baltic Sea and Saxony."""
    for column in columns:
        if {"plz", "postleitzahl", "postcode", "zip", "postal"} & set(_words(column)):
            found = (_POSTAL_CODE.search(row.values[column]) for row in rows)
            codes = list(islice((each[0] for each in found if each), _SAMPLE))
            if codes:
                return sum(code[0] in "01" for code in codes) * 2 > len(codes)
    return False
