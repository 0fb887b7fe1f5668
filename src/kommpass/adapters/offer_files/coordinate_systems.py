"""Knows the coordinate systems of German town halls, by name and by the size of their numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from types import ModuleType
from typing import Any

import numpy

from kommpass.adapters.offer_files.sheet import Note
from kommpass.domain.words import _

DEGREES, UTM, UTM32, UTM33, MERCATOR = "degrees", "utm", "utm32", "utm33", "mercator"
GAUSS_KRUEGER = {2: 31466, 3: 31467, 4: 31468, 5: 31469}
"""The EPSG code by the first digit of the easting."""
_WEB_MERCATOR_BY_ESRI = (102100, 102113, 900913)
_DEGREES_BY_NAME = ("EPSG:4326", "OGC:CRS84", "CRS84", "WGS84", "WGS 84")
_ROUGH = "DHDN"
"""The old German datum: without the official grid, the way to WGS84 is a metre or three off."""


@dataclass(frozen=True)
class System:
    """A coordinate system: its name for people, and what pyproj takes for it. `east` is subtracted from the easting
    before (32 or 33 million, where the zone stands in front of the number)."""

    name: str
    definition: str
    east: float = 0.0

    @property
    def is_wgs84(self) -> bool:
        return self.name == "EPSG:4326"

    @property
    def is_projected(self) -> bool:
        """Whether the system counts in metres."""
        return bool(_pyproj().CRS.from_user_input(self.definition).is_projected)

    @property
    def is_rough(self) -> bool:
        return self.name in {f"EPSG:{code}" for code in GAUSS_KRUEGER.values()} or _ROUGH in self.name

    def to_wgs84(self, easts: Any, norths: Any) -> tuple[Any, Any]:
        """Longitudes and latitudes in degrees as arrays; not finite where there is no such place."""
        easts, norths = numpy.asarray(easts, dtype=float), numpy.asarray(norths, dtype=float)
        if self.is_wgs84:
            return easts, norths
        change = _pyproj().Transformer.from_crs(self.definition, "EPSG:4326", always_xy=True)
        longitudes, latitudes = change.transform(easts - self.east, norths)
        return numpy.round(longitudes, 7), numpy.round(latitudes, 7)


WGS84 = System("EPSG:4326", "EPSG:4326")


def _pyproj() -> ModuleType:
    import pyproj  # noqa: PLC0415 - opens a database of its own; most files are in degrees

    return pyproj


def epsg(code: int) -> System | None:
    """The system with this EPSG or Esri number, None for one that nobody knows."""
    if code in (4326, 4979):
        return WGS84
    if code in _WEB_MERCATOR_BY_ESRI:
        code = 3857
    return _known(f"EPSG:{code}") or _known(f"ESRI:{code}")


def named(name: str) -> System | None:
    """The system that a GeoJSON file names, for example "urn:ogc:def:crs:EPSG::25832" or "OGC:CRS84"."""
    words = [part for part in name.strip().split(":") if part]
    short = words[-1] if words else ""
    if short.upper() in ("CRS84", "CRS83") or name.strip().upper() in _DEGREES_BY_NAME:
        return WGS84
    return epsg(int(short)) if short.isdecimal() and len(short) <= 9 else None


def written(wkt: str) -> System | None:
    """The system that a .prj file or a GeoPackage spells out in WKT; None if it cannot be understood."""
    pyproj = _pyproj()
    try:
        crs = pyproj.CRS.from_wkt(wkt)
        code = crs.to_epsg()
    except pyproj.exceptions.CRSError:
        return None
    if code:
        return WGS84 if code == 4326 else System(f"EPSG:{code}", f"EPSG:{code}")
    return System(crs.name, wkt)


def _known(definition: str) -> System | None:
    pyproj = _pyproj()
    try:
        pyproj.CRS.from_user_input(definition)
    except pyproj.exceptions.CRSError:
        return None
    return System(definition, definition)


def kind_by_size(east: float, north: float) -> str:
    """Which kind of coordinates such numbers are in Germany, "" for none. Gauß-Krüger is named by its first digit.

    >>> kind_by_size(7.2162, 51.4818), kind_by_size(379123, 5702951), kind_by_size(32379123, 5702951)
    ('degrees', 'utm', 'utm32')
    >>> kind_by_size(2583000, 5705000), kind_by_size(803000, 6705000), kind_by_size(12, 5705000)
    ('2', 'mercator', '')
    """
    if abs(east) <= 180 and abs(north) <= 180:
        return DEGREES
    if 5_200_000 <= north <= 6_150_000:
        zone, rest = divmod(east, 1_000_000)
        if 150_000 <= rest <= 950_000:
            kinds = {0: UTM, 32: UTM32, 33: UTM33, **{digit: str(digit) for digit in GAUSS_KRUEGER}}
            return kinds.get(int(zone), "")
    if 600_000 <= east <= 1_700_000 and 5_900_000 <= north <= 7_400_000:
        return MERCATOR
    return ""


def by_kind(kind: str, easts: Sequence[float], hint: int = 0, in_the_east: bool = False) -> System:
    """The system of numbers of this kind. `hint` is an EPSG code that the header names, `in_the_east` says that
    the postal codes begin with 0 or 1: an easting below 550 km then cannot be in zone 32.

    >>> by_kind(UTM, [379123.0]).name, by_kind(UTM, [390000.0], in_the_east=True).name
    ('EPSG:25832', 'EPSG:25833')
    """
    if kind == DEGREES:
        return WGS84
    if kind == MERCATOR or (kind == UTM and hint == 3857):
        return System("EPSG:3857", "EPSG:3857")
    if kind.isdecimal():
        code = GAUSS_KRUEGER[int(kind)]
        return System(f"EPSG:{code}", f"EPSG:{code}")
    if kind == UTM32:
        return System("EPSG:25832", "EPSG:25832", 32_000_000)
    if kind == UTM33:
        return System("EPSG:25833", "EPSG:25833", 33_000_000)
    if hint in (25832, 25833, 32632, 32633):
        return System(f"EPSG:{hint}", f"EPSG:{hint}")
    middle = median(easts)
    zone33 = middle < 278_000 or (in_the_east and middle < 550_000)
    return System("EPSG:25833", "EPSG:25833") if zone33 else System("EPSG:25832", "EPSG:25832")


def converted(system: System) -> Note:
    """The note that coordinates were converted to WGS84, and how well."""
    rough = _("Koordinaten von {system} umgerechnet, auf etwa 3 m genau.")
    return Note(rough if system.is_rough else _("Koordinaten von {system} umgerechnet."), {"system": system.name})
