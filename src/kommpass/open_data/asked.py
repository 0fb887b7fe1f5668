"""Reads what somebody asks for, from the address or from the body of a POST, which keeps it out of every log."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from kommpass.open_data.endpoints import Endpoint
from kommpass.open_data.parameters import Parameter, Unreadable
from kommpass.open_data.refused import Refused

FORM = "application/x-www-form-urlencoded"
TYPES: dict[str, tuple[type, ...] | type] = {"integer": (int, float), "number": (int, float), "boolean": bool}


def read(endpoint: Endpoint, request: HttpRequest) -> dict[str, Any]:
    """A value for each parameter of the endpoint. Refused (422) names every one that cannot be read.

    What the endpoint does not know is left alone. The body counts more than the address.
    """
    values = {each.name: each.default for each in endpoint.parameters} | _read(endpoint, request.GET)
    return values | _read(endpoint, _body(request, endpoint)) if request.method == "POST" else values


def _read(endpoint: Endpoint, given: Mapping[str, str]) -> dict[str, Any]:
    values, errors = {}, []
    for parameter in endpoint.parameters:
        if parameter.name in given:
            try:
                values[parameter.name] = parameter.read(given[parameter.name])
            except Unreadable as unreadable:
                errors.append({"parameter": parameter.name, "expected": str(unreadable)})
    if errors:
        raise Refused(422, "A parameter cannot be read.", errors)
    return values


def _body(request: HttpRequest, endpoint: Endpoint) -> Mapping[str, str]:
    if not request.body:
        return {}
    if request.content_type == FORM:
        return request.POST
    if request.content_type != "application/json":
        raise Refused(415, f"A body is application/json or {FORM}.")
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Refused(400, "The body is no JSON.") from None
    if not isinstance(given, dict):
        raise Refused(400, "The body is a JSON object with the parameters as keys.")
    return _texts(given, endpoint)


def _texts(given: Mapping[str, Any], endpoint: Endpoint) -> dict[str, str]:
    """The values of a JSON body as they would stand in the address; each has to be of its parameter's type."""
    wrong = [each.name for each in endpoint.parameters if each.name in given and not _fits(each, given[each.name])]
    if wrong:
        raise Refused(422, "A parameter is of another type.", [
            {"parameter": name, "expected": "the type that the OpenAPI document names"} for name in wrong
        ])  # fmt: skip
    return {each.name: _text(given[each.name]) for each in endpoint.parameters if each.name in given}


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    # For JSON 2.0 is a whole number too.
    return json.dumps(int(value) if isinstance(value, float) and value.is_integer() else value)


def _fits(parameter: Parameter, value: Any) -> bool:
    if isinstance(value, bool):
        return parameter.schema.get("type") == "boolean"
    return isinstance(value, TYPES.get(parameter.schema.get("type", "string"), str))
