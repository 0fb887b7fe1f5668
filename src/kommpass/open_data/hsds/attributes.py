"""Words of lists hung on a service, a location or an organisation, as HSDS does it."""

from collections.abc import Iterable
from typing import Any

from kommpass.offers.cataloguing import phases
from kommpass.open_data.hsds import taxonomies
from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.hsds.ids import child
from kommpass.open_data.hsds.taxonomies import Taxonomy
from kommpass.open_data.queries.rows import OfferRow, PlaceRow, ProviderRow


def of_service(row: OfferRow, frame: Frame) -> list[dict[str, Any]]:
    """Everything an offer is found by, and how long it runs."""
    content = row.content
    reduced = (word for each in content.costs for word in each.reduced_by)
    costs = dict.fromkeys([*([] if content.cost == "unknown" else [content.cost]), *reduced])
    chosen: tuple[tuple[Taxonomy, Iterable[str]], ...] = (
        (taxonomies.LIFE_PHASES, phases(content)),
        (taxonomies.TOPICS, content.topics),
        (taxonomies.TARGET_GROUPS, content.target_groups),
        (taxonomies.FACILITIES, (content.facility,)),
        (taxonomies.ACCESS, content.access),
        (taxonomies.COSTS, costs),
        (taxonomies.FORMATS, content.formats),
    )
    made = [each for taxonomy, codes in chosen for each in _words(row.key, "service", taxonomy, codes, frame)]
    if content.runs_from or content.runs_until:
        span = f"{content.runs_from or '..'}/{content.runs_until or '..'}"
        made.append(_free(row.key, "service", "laufzeit", "Laufzeit", span))
    return made


def of_location(place: PlaceRow, frame: Frame) -> list[dict[str, Any]]:
    """The district, and what somebody checked of the accessibility: yes or no. What is not there is not known."""
    made = []
    if place.district is not None:
        term, words = frame.district(place.district, place.district_code or "", place.district_name or "")
        made.append(_attribute(place.location, "location", term.taxonomy.link_type, term.id, words))
    for code, each in place.checked():
        if found := frame.word(taxonomies.ACCESSIBILITY, code):
            term, words = found
            made.append(
                _attribute(place.location, "location", term.taxonomy.link_type, term.id, words)
                | {"value": each["state"]}
            )
    return made


def of_organization(provider: ProviderRow, frame: Frame) -> list[dict[str, Any]]:
    made = _words(provider.key, "organization", taxonomies.KINDS, (provider.kind,), frame)
    if provider.umbrella:
        made.append(_free(provider.key, "organization", "dachverband", "Dachverband", provider.umbrella))
    return made


def _words(key: str, entity: str, taxonomy: Taxonomy, codes: Iterable[str], frame: Frame) -> list[dict[str, Any]]:
    found = [pair for code in codes if code and (pair := frame.word(taxonomy, code))]
    return [_attribute(key, entity, taxonomy.link_type, term.id, words) for term, words in found]


def _attribute(key: str, entity: str, link_type: str, term: str, words: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": child(key, "attribute", term),
        "link_id": key,
        "link_entity": entity,
        "link_type": link_type,
        "taxonomy_term_id": term,
        "taxonomy_term": words,
    }


def _free(key: str, entity: str, link_type: str, label: str, value: str) -> dict[str, Any]:
    """Something with a value and no list."""
    return {
        "id": child(key, "attribute", link_type),
        "link_id": key,
        "link_entity": entity,
        "link_type": link_type,
        "label": label,
        "value": value,
    }
