"""Our profile of HSDS: what we add, as merge patches on its schemas, and the schemas of what we send."""

from typing import Any

from kommpass.adapters.hsds.fields import ENTITIES, OWN
from kommpass.open_data.hsds import VERSION
from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.hsds.schemas import own_schema, schema
from kommpass.open_data.hsds.taxonomies import HOUSE_LISTS
from kommpass.people.addresses import absolute, in_town

NAME = "HSDS-DE Familie"


def about(frame: Frame) -> dict[str, Any]:
    """The first answer of the interface: which version, which profile, described where, published by whom."""
    return {
        "version": VERSION,
        "profile": f"{frame.base}/profile",
        "openapi_url": absolute(in_town("open_data:openapi")),
        "description": f"Angebote für Familien in {frame.town.name}",
        "publisher": dict(frame.publisher()),
    }


def profile(frame: Frame) -> dict[str, Any]:
    """What differs from plain HSDS, with the addresses of the files that say it exactly."""
    return {
        "name": NAME,
        "hsds_version": VERSION,
        "openapi_url": absolute(in_town("open_data:openapi")),
        "patches": {entity: f"{frame.base}/profile/{entity}.json" for entity in OWN},
        "schemas": {entity: f"{frame.base}/schema/{entity}.json" for entity in ENTITIES},
        "taxonomies": [
            {
                **frame.taxonomy(each),
                "link_type": each.link_type,
                "terms": f"{frame.base}/taxonomy_terms?taxonomy_id={each.id}",
            }
            for each in HOUSE_LISTS
        ],
    }


def patch(entity: str) -> dict[str, Any]:
    """A JSON Merge Patch (RFC 7386) on the schema file of HSDS with the same name."""
    return {"properties": {name: own_schema(kind) for name, kind in OWN[entity].items()}}


def entity_schema(entity: str) -> dict[str, Any]:
    """The schema of an entity as we send it, with the others beside it."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema(entity, lambda other: f"{other}.json")}
