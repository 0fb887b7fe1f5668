"""For whom around a place an offer is: its districts, or the whole town where it comes to people's homes."""

import json
from functools import lru_cache
from typing import Any

from shapely import union_all
from shapely.geometry import mapping, shape

from kommpass.municipalities.models import District
from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.hsds.ids import child
from kommpass.open_data.queries.rows import OfferRow

TOLERANCE = 0.0003
"""Degrees, some 30 metres: an answer would else be mostly outlines. The exact ones stand in districts.geojson."""
DIGITS = 5


@lru_cache(maxsize=32)
def outlines(_town: int, _editions: tuple) -> dict[int, str]:
    """The simplified outlines of a town's districts as GeoJSON texts; 0 is the whole town."""
    shapes = {key: shape(each) for key, each in District.objects.exclude(boundary=None).values_list("pk", "boundary")}
    if shapes:
        shapes[0] = union_all(list(shapes.values()))
    return {key: _text(each.simplify(TOLERANCE, preserve_topology=True)) for key, each in shapes.items()}


def _text(geometry) -> str:
    return json.dumps(_rounded(mapping(geometry)), separators=(",", ":"))


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(each) for each in value]
    return round(value, DIGITS) if isinstance(value, float) else value


def service_areas(row: OfferRow, frame: Frame) -> list[dict[str, Any]]:
    """The districts of an offer's places, each once; without any and going to homes: the town."""
    areas = {each.district: each.district_name for each in row.places if each.district is not None}
    if not areas and {"at_home", "mobile"} & set(row.content.formats):
        return [_area(row.key, 0, frame.town.name, frame)]
    return [_area(row.key, key, name or "", frame) for key, name in areas.items()]


def _area(service: str, district: int, name: str, frame: Frame) -> dict[str, Any]:
    made = {"id": child(service, "service_area", district), "service_id": service, "name": name}
    if outline := outlines(frame.town.pk, frame.edition).get(district):
        made |= {"extent": outline, "extent_type": "geojson", "uri": frame.districts}
    return made
