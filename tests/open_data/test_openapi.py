"""The OpenAPI document says what the interface does: schemathesis asks thousands of odd questions to find out."""

import json
import logging

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema

from kommpass.open_data.endpoints import ENDPOINTS
from tests.house.addresses import TOWN, addresses
from tests.open_data.builders import a_town_of_offers

SILENT = {"hsds-nowhere"}
"""Addresses that are in no document: everything else below hsds, which does not exist."""


@pytest.fixture
def document(api):
    return api("/openapi.json")


def test_every_address_of_the_room_is_in_the_document(document):
    names = {str(each).removeprefix("open_data:") for each in addresses(TOWN) if str(each).startswith("open_data:")}
    files = {name for name in names if name.startswith(("hsds-patch-", "hsds-schema-"))}
    assert names - files - SILENT == {each.name for each in ENDPOINTS}
    assert set(document["paths"]) == {each.path for each in ENDPOINTS}


def test_every_operation_has_a_name_of_its_own_and_every_reference_leads_somewhere(document):
    operations = [each for path in document["paths"].values() for verb, each in path.items() if verb != "parameters"]
    names = [each["operationId"] for each in operations]
    assert len(names) == len(set(names))
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(references(document)) <= known


def references(value):
    if isinstance(value, dict):
        for name, each in value.items():
            if name == "$ref":
                yield each
            else:
                yield from references(each)
    elif isinstance(value, list):
        for each in value:
            yield from references(each)


def test_the_document_is_the_same_for_everybody_and_names_its_own_address(api, settings):
    settings.BASE_URL = "https://kommpass.example"
    document = api("/openapi.json")
    assert document["servers"] == [{"url": "https://kommpass.example/auental/api"}]
    assert json.dumps(document) == json.dumps(api("/openapi.json"))


def problems(address: str, **settings) -> list[str]:
    """What schemathesis finds. The POST of one list stands for those of the others, which are the same function."""
    config = SchemathesisConfig.from_dict(settings)
    schema = schemathesis.openapi.from_url(f"{address}/openapi.json", config=config)
    schema = schema.exclude(
        lambda each: each.operation.method == "post" and not each.operation.path.endswith("/services")
    )
    found, cases = [], 0
    for event in from_schema(schema).execute():
        if type(event).__name__ in ("NonFatalError", "FatalError"):
            found.append(str(event))
        if type(event).__name__ == "ScenarioFinished":
            cases += len(event.recorder.cases)
            failures = (check.failure_info for checks in event.recorder.checks.values() for check in checks)
            found += [
                f"{event.recorder.label}: {each.failure.title} {each.code_sample[:300]}" for each in failures if each
            ]
    assert cases > 300
    return found


def test_schemathesis_finds_nothing(served):
    logging.disable(logging.CRITICAL)
    try:
        a_town_of_offers()
        found = problems(
            served,
            seed=1,
            generation={"max-examples": 2, "deterministic": True, "database": "none"},
            phases={"stateful": {"enabled": False}, "coverage": {"unexpected-methods": ["DELETE", "TRACE"]}},
        )
    finally:
        logging.disable(logging.NOTSET)
    assert found == []
