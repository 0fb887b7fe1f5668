"""What an answer costs does not depend on how much is in it: one offer or sixty, the same number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import queries_of
from tests.open_data.builders import many, with_boundaries

MOST = {
    "hsds/services": 4,
    "hsds/services?full=true": 5,
    "hsds/services?search=angebot&full=true": 10,
    "hsds/services?minimal=true": 4,
    "hsds/service_at_locations?full=true": 8,
    "hsds/organizations?full=true&full_service=true": 6,
    "hsds/taxonomy_terms": 4,
    "offers.geojson": 5,
    "offers.csv": 5,
    "offers.xlsx": 5,
    "districts.geojson": 4,
    "catalogue.ttl": 4,
    "hsds/tabular.zip": 6,
}


def queries(client, path: str) -> int:
    client.get(f"/auental/api/{path}").getvalue()
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(f"/auental/api/{path}")
    assert answer.status_code == 200
    return queries_of(captured)


@pytest.mark.parametrize("number", [1, 60])
def test_the_number_of_queries_stays(auental, client, number):
    with_boundaries()
    many(number)
    found = {path: queries(client, path) for path in MOST}
    assert {path: found[path] for path in MOST if found[path] > MOST[path]} == {}


def test_a_stream_takes_as_many_queries_as_its_portions(auental, client):
    many(3)
    with CaptureQueriesContext(connection) as captured:
        client.get("/auental/api/hsds/services?format=ndjson&full=true").getvalue()
    assert queries_of(captured) <= 6
