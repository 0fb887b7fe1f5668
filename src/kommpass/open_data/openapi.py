"""The OpenAPI document of everything other programs can ask, made from the declaration of the addresses."""

from typing import Any

from django.conf import settings

from kommpass.adapters.hsds.fields import ENTITIES
from kommpass.open_data.endpoints import ENDPOINTS, JSON, Endpoint
from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.hsds.schemas import schema
from kommpass.open_data.parameters import Parameter
from kommpass.open_data.refused import PROBLEM

NDJSON = "application/x-ndjson"
FORM = "application/x-www-form-urlencoded"
TEXT = {"type": "string"}
COUNT = {"type": "integer", "minimum": 0}
TRUTH = {"type": "boolean"}
PAGE = {
    "total_items": COUNT,
    "total_pages": COUNT,
    "page_number": {"type": "integer", "minimum": 1},
    "size": COUNT,
    "first_page": TRUTH,
    "last_page": TRUTH,
    "empty": TRUTH,
    "contents": {"type": "array"},
}
HEADERS = {
    "ETag": {"description": "Changes whenever the answer does.", "schema": TEXT},
    "Last-Modified": {"description": "The last change of an offer, or this morning.", "schema": TEXT},
}
PROBLEMS = {
    "400": "The body is no JSON object, or too large.",
    "404": "There is nothing with this id.",
    "405": "This address does not answer this method.",
    "415": "The body is of a type that is not read.",
    "422": "A parameter cannot be read.",
}


def document(frame: Frame, base: str) -> dict[str, Any]:
    """The document; `base` is the address below which all paths are."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Kommpass {frame.town.name}",
            "version": settings.VERSION,
            "description": f"Angebote für Familien in {frame.town.name}: HSDS 3.1, GeoJSON, Tabellen, Katalog.",
        },
        "servers": [{"url": base}],
        "security": [],
        "tags": [
            {"name": "HSDS", "description": "Human Services Data Specification 3.1."},
            {"name": "Files", "description": "The whole directory in one file."},
        ],
        "paths": {each.path: _path(each) for each in ENDPOINTS},
        "components": {"schemas": _schemas()},
    }


def _path(endpoint: Endpoint) -> dict[str, Any]:
    found: dict[str, Any] = {method: _operation(endpoint, method) for method in endpoint.methods}
    if endpoint.of_one:
        uuid = {"type": "string", "format": "uuid"}
        found["parameters"] = [{"name": "id", "in": "path", "required": True, "schema": uuid}]
    return found


def _operation(endpoint: Endpoint, method: str) -> dict[str, Any]:
    made = {
        "operationId": f"{method}-{endpoint.name}",
        "summary": endpoint.about,
        "tags": [endpoint.tag],
        "parameters": [_parameter(each) for each in endpoint.parameters],
        "responses": _responses(endpoint, method),
    }
    if method == "post":
        body = {"schema": {"type": "object", "properties": {each.name: each.schema for each in endpoint.parameters}}}
        made["requestBody"] = {"required": False, "content": {JSON: body, FORM: body}}
    return made


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {"name": parameter.name, "in": "query", "description": parameter.about, "schema": parameter.schema}


def _responses(endpoint: Endpoint, method: str) -> dict[str, Any]:
    content = {endpoint.content_type: {"schema": _schema_of(endpoint)}}
    if endpoint.paged:
        content[NDJSON] = {"schema": TEXT}
    statuses = ["405"]
    if endpoint.of_one:
        statuses += ["404"]
    if endpoint.parameters:
        statuses += ["422"]
    if method == "post":
        statuses += ["400", "415"]
    made: dict[str, Any] = {"200": {"description": endpoint.about, "headers": HEADERS, "content": content}}
    if method == "get":
        made["304"] = {"description": "Nothing changed since.", "headers": HEADERS}
    problem = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return made | {status: {"description": PROBLEMS[status], "content": problem} for status in sorted(statuses)}


def _schema_of(endpoint: Endpoint) -> dict[str, Any]:
    if not endpoint.entity:
        return endpoint.schema or {"type": "string"}
    entity = {"$ref": f"#/components/schemas/{endpoint.entity}"}
    if not endpoint.paged:
        return entity
    return {
        "allOf": [
            {"$ref": "#/components/schemas/Page"},
            {"type": "object", "properties": {"contents": {"type": "array", "items": _in_lists(endpoint, entity)}}},
        ]
    }


def _in_lists(endpoint: Endpoint, entity: dict[str, Any]) -> dict[str, Any]:
    """With minimal=true a service is its key and its last change."""
    if not any(each.name == "minimal" for each in endpoint.parameters):
        return entity
    return {"anyOf": [entity, {"$ref": "#/components/schemas/Minimal"}]}


def _schemas() -> dict[str, Any]:
    made = {name: schema(name, lambda other: f"#/components/schemas/{other}") for name in ENTITIES}
    return made | {
        "Page": {
            "type": "object",
            "required": list(PAGE),
            "properties": PAGE,
        },
        "Minimal": {
            "type": "object",
            "required": ["id", "last_modified"],
            "properties": {"id": {"type": "string", "format": "uuid"},
                           "last_modified": {"type": "string", "format": "date-time"}},
            "additionalProperties": False,
        },
        "About": {
            "type": "object",
            "required": ["version", "profile", "openapi_url"],
            "properties": {"version": TEXT, "profile": {"type": "string", "format": "uri"},
                           "openapi_url": {"type": "string", "format": "uri"}, "description": TEXT,
                           "publisher": {"type": "object"}},
        },
        "FeatureCollection": {
            "type": "object",
            "required": ["type", "features"],
            "properties": {"type": {"const": "FeatureCollection"}, "features": {"type": "array"}},
        },
        "Problem": {
            "type": "object",
            "required": ["title", "status", "detail"],
            "properties": {
                "title": TEXT, "status": {"type": "integer"}, "detail": TEXT,
                "errors": {"type": "array", "items": {
                    "type": "object", "properties": {"parameter": TEXT, "expected": TEXT}}},
            },
        },
    }  # fmt: skip
