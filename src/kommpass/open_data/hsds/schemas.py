"""JSON Schemas of what we send, made from the list of fields."""

from collections.abc import Callable
from typing import Any

from kommpass.adapters.hsds.fields import ENTITIES, OWN

TEXT: dict[str, Any] = {"type": "string"}
KINDS: dict[str, dict[str, Any]] = {
    "text": TEXT,
    "day": TEXT,
    "number": {"type": "number"},
    "uuid": {"type": "string", "format": "uuid"},
    "uri": {"type": "string", "format": "uri"},
    "email": {"type": "string", "format": "email"},
    "moment": {"type": "string", "format": "date-time"},
}
OWN_KINDS: dict[str, dict[str, Any]] = {
    "text": TEXT,
    "days": {"type": "object", "additionalProperties": {"type": "string", "format": "date"}},
    "texts": {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["language", "name", "summary"],
            "properties": {"language": TEXT, "name": TEXT, "summary": TEXT, "description": TEXT},
        },
    },
}


def schema(entity: str, address: Callable[[str], str]) -> dict[str, Any]:
    """The schema of one entity; `address` says where those of the others are."""
    found = ENTITIES[entity]
    properties = {name: _of(kind, address) for name, kind in found.fields.items()}
    properties |= {name: own_schema(kind) for name, kind in OWN.get(entity, {}).items()}
    return {"type": "object", "required": list(found.required), "properties": properties}


def own_schema(kind: str) -> dict[str, Any]:
    return OWN_KINDS[kind]


def _of(kind: str, address: Callable[[str], str]) -> dict[str, Any]:
    word, _colon, rest = kind.partition(":")
    if word == "words":
        return {"type": "string", "enum": rest.split("|")}
    if word == "one":
        return {"$ref": address(rest)}
    if word == "many":
        return {"type": "array", "items": {"$ref": address(rest)}}
    return KINDS[kind]
