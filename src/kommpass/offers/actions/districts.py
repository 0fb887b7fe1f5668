"""The boundaries of districts. In which district a place lies follows from them, so the places are looked up anew."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from shapely import coverage_is_valid, coverage_simplify, set_precision, to_geojson
from shapely.errors import ShapelyError
from shapely.geometry import shape

from kommpass.audits.door import permit
from kommpass.audits.editions import save_edition
from kommpass.audits.journal import record
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.municipalities.models import District
from kommpass.offers.boundaries import Drawn
from kommpass.offers.cataloguing import catalogue
from kommpass.offers.models import Location, Offer
from kommpass.offers.placing import districts_of
from kommpass.town_hall.actions import add_district

AREAS = ("Polygon", "MultiPolygon")
TOLERANCE = 0.00005
"""Degrees: some five metres in Germany."""


@transaction.atomic
def set_boundary(*, district: District, boundary: Mapping | None, by: Actor, at: datetime) -> District:
    """Draw the boundary of a district: a GeoJSON Polygon or MultiPolygon in WGS84, or None for "not known"."""
    permit(by, "town.configure")
    _refuse_impossible(boundary)
    if save_edition(district, None, {"boundary": boundary}):
        moved = _place_anew(at)
        known = boundary["type"] if boundary else None
        record(None, "town.configure", by=by, at=at, district=district.pk, boundary=known, moved=moved)
    return district


def _refuse_impossible(boundary: Mapping | None) -> None:
    if boundary is None:
        return
    if not isinstance(boundary, Mapping) or boundary.get("type") not in AREAS:
        raise NotPossible(_("Die Grenze eines Stadtteils ist eine Fläche (Polygon oder MultiPolygon)."))
    try:
        area = shape(boundary)
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError):
        raise NotPossible(_("Diese Grenze lässt sich nicht lesen. Erwartet wird eine Geometrie als GeoJSON.")) from None
    if area.is_empty or not area.is_valid:
        raise NotPossible(_("Die Grenze überschneidet sich selbst oder ist leer."))
    west, south, east, north = area.bounds
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        raise NotPossible(_("Die Grenze liegt nicht auf der Erde. Erwartet werden Länge und Breite in Grad (WGS84)."))


def _place_anew(at: datetime) -> int:
    """Look up the district of every place with a point; the number of places that changed theirs."""
    located = list(Location.objects.exclude(latitude=None).order_by("pk"))
    found = districts_of([each.point for each in located]) if located else []
    moved = []
    for place, district in zip(located, found, strict=True):
        if place.district_id != getattr(district, "pk", None):
            place.district = district
            moved.append(place)
    if moved:
        Location.objects.bulk_update(moved, ["district"])
        offers = Offer.objects.filter(places__location__in=moved).distinct()
        keys = list(offers.values_list("pk", flat=True))
        Offer.objects.filter(pk__in=keys).update(changed_at=at)
        catalogue(list(Offer.objects.filter(pk__in=keys)))
    return len(moved)


@transaction.atomic
def draw_districts(*, drawn: Iterable[Drawn], by: Actor, at: datetime) -> list[District]:
    """Draw many boundaries at once, and make the districts that are new. All of them or none.

    Lines are simplified to some metres, neighbours together, so that no gap opens between them.
    """
    permit(by, "town.configure")
    chosen = list(drawn)
    for each in chosen:
        _refuse_impossible(each.shape)
    made = []
    for each, boundary in zip(chosen, simplified([each.shape for each in chosen]), strict=True):
        district = each.district or add_district(name=each.name, code=each.code, by=by, at=at)
        save_edition(district, None, {"boundary": boundary})
        made.append(district)
    moved = _place_anew(at)
    record(None, "town.configure", by=by, at=at, districts=[each.pk for each in made], moved=moved)
    return made


def simplified(shapes: Sequence[Mapping]) -> list[dict]:
    """The same areas with fewer corners: about five metres of tolerance, six decimals."""
    areas = [shape(each) for each in shapes]
    simple = coverage_simplify(areas, TOLERANCE) if coverage_is_valid(areas) else [a.simplify(TOLERANCE) for a in areas]
    rounded = set_precision(simple, 1e-6)
    kept = [new if new.is_valid and not new.is_empty else old for new, old in zip(rounded, areas, strict=True)]
    return [json.loads(to_geojson(each)) for each in kept]
