"""Offers and districts as GeoJSON (RFC 7946) for maps and geographic programs."""

from collections.abc import Iterable
from typing import Any

from kommpass.domain.offers import vocabularies as lists
from kommpass.municipalities.models import District
from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.hsds.plain import known, moment, years
from kommpass.open_data.hsds.services import status
from kommpass.open_data.hsds.taxonomies import district_term, districts_of
from kommpass.open_data.queries.rows import OfferRow, PlaceRow

DIGITS = 6
"""Of a degree: a tenth of a metre."""


def offers(rows: Iterable[OfferRow], frame: Frame) -> dict[str, Any]:
    """One feature for each offer at each place with a point. An offer at two places stands there twice."""
    features = [
        _feature(row, place, frame) for row in rows for place in row.places if place.latitude is not None
    ]  # fmt: skip
    return {"type": "FeatureCollection", "features": features}


def _feature(row: OfferRow, place: PlaceRow, frame: Frame) -> dict[str, Any]:
    content = row.content
    first = next((each for each in content.contacts if each.phone or each.email), None)
    properties = {
        "offer_id": row.key,
        "name": content.title,
        "summary": content.summary,
        "provider": row.provider.name,
        "status": status(row, frame.today),
        "facility": lists.FACILITIES.labels.get(content.facility, ""),
        "topics": _labels(lists.TOPICS, content.topics),
        "target_groups": _labels(lists.TARGET_GROUPS, content.target_groups),
        "minimum_age": years(content.min_months),
        "maximum_age": years(content.max_months),
        "cost": lists.COSTS.labels.get(content.cost, ""),
        "languages": list(content.languages),
        "place": place.name,
        "street": place.street,
        "postal_code": place.postal_code,
        "city": place.city,
        "district": place.district_name,
        "accessible": _labels(lists.ACCESSIBILITY, (code for code, each in place.checked() if each["state"] == "yes")),
        "phone": first.phone if first else "",
        "email": first.email if first else "",
        "url": frame.page.format(row.key),
        "last_modified": moment(row.changed_at),
    }
    return {
        "type": "Feature",
        "id": place.key,
        "geometry": {"type": "Point", "coordinates": [round(place.longitude, DIGITS), round(place.latitude, DIGITS)]},
        "properties": known(properties),
    }


def _labels(vocabulary: lists.Vocabulary, keys: Iterable[str]) -> list[str]:
    return [vocabulary.labels[key] for key in keys if key in vocabulary.labels]


def districts(frame: Frame) -> dict[str, Any]:
    """The districts with their boundaries as the town drew them; one without a boundary has no geometry."""
    taxonomy = districts_of(frame.town.slug)
    rows = District.objects.order_by("code", "name").values_list("pk", "code", "name", "boundary")
    features = [
        {
            "type": "Feature",
            "id": district_term(taxonomy, pk, code, name).id,
            "geometry": boundary,
            "properties": known({"name": name, "code": code}),
        }
        for pk, code, name, boundary in rows
    ]
    return {"type": "FeatureCollection", "features": features}
