"""Lists come in pages that neither repeat nor lose anything, or as a stream of lines."""

import json

import pytest

from kommpass.domain.offers.content import Place
from kommpass.municipalities.scope import town, within
from tests.open_data.builders import a_location, a_town_of_offers, an_offer, small


def test_a_page_says_where_it_stands(api):
    for number in range(5):
        an_offer(small(f"Angebot {number}"))
    page = api("/hsds/services", page=2, per_page=2)
    contents = page.pop("contents")
    assert page == {
        "total_items": 5, "total_pages": 3, "page_number": 2, "size": 2, "first_page": False, "last_page": False,
        "empty": False,
    }  # fmt: skip
    assert [each["name"] for each in contents] == ["Angebot 2", "Angebot 3"]


@pytest.mark.parametrize("page", [4, 1_000_000])
def test_behind_the_last_page_there_is_an_empty_one(api, page):
    an_offer(small("A"))
    found = api("/hsds/services", page=page)
    assert (found["total_items"], found["contents"], found["empty"], found["last_page"]) == (1, [], True, True)


def test_a_list_without_anything_is_one_empty_page(api):
    found = api("/hsds/services")
    assert (found["total_items"], found["total_pages"], found["first_page"], found["last_page"], found["empty"]) == (
        0, 0, True, True, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    "path", ["services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms"]
)  # fmt: skip
def test_the_pages_together_are_the_stream(api, client, path):
    a_town_of_offers()
    pages, number, last = [], 1, False
    while not last:
        page = api(f"/hsds/{path}", page=number, per_page=3)
        pages, number, last = pages + page["contents"], number + 1, page["last_page"]
    stream = client.get(f"/auental/api/hsds/{path}?format=ndjson")
    assert stream["Content-Type"] == "application/x-ndjson"
    assert [json.loads(line) for line in stream.getvalue().splitlines()] == pages
    assert len({each["id"] for each in pages}) == len(pages) == api(f"/hsds/{path}")["total_items"]


def test_the_stream_is_read_after_the_request_and_still_knows_its_town_only(client, auental, hasselgrund):
    an_offer(small("Hier"))
    with within(hasselgrund):
        an_offer(small("Dort"))
    stream = client.get("/auental/api/hsds/services?format=ndjson&full=true")
    lines = list(stream.streaming_content)
    assert [json.loads(line)["name"] for line in b"".join(lines).splitlines()] == ["Hier"]
    assert town() == auental


def test_minimal_is_everything_on_one_page(api, client):
    for number in range(7):
        an_offer(small(f"Angebot {number}"))
    page = api("/hsds/services", minimal="true", per_page=2, page=3)
    assert (page["total_items"], page["total_pages"], page["size"], page["last_page"]) == (7, 1, 7, True)
    assert {frozenset(each) for each in page["contents"]} == {frozenset({"id", "last_modified"})}
    assert api("/hsds/services", minimal="true", search="Angebot")["total_items"] == 7
    stream = client.get("/auental/api/hsds/services?minimal=true&format=ndjson")
    assert [json.loads(line) for line in stream.getvalue().splitlines()] == page["contents"]


def test_a_short_list_has_no_lists_inside_and_a_full_one_has_what_the_single_entry_has(api):
    offer = a_town_of_offers()
    short = api("/hsds/services")["contents"][0]
    assert [name for name, value in short.items() if isinstance(value, list)] == []
    full, single = api("/hsds/services", full="true")["contents"][0], api(f"/hsds/services/{offer.key}")
    assert set(full) == set(single)
    assert {name: full[name] for name in short if name != "organization"} == {
        name: single[name] for name in short if name != "organization"
    }


def test_an_offer_at_two_places_stands_twice_where_places_are_listed(api):
    places = [a_location(f"Ort {number}", f"Weg {number}") for number in range(2)]
    an_offer(small("An zwei Orten", places=tuple(Place(str(each.key)) for each in places)))
    found = api("/hsds/service_at_locations", full="true")["contents"]
    assert [(each["location"]["name"], each["service"]["name"]) for each in found] == [
        ("Ort 0", "An zwei Orten"), ("Ort 1", "An zwei Orten"),
    ]  # fmt: skip
    assert "service_at_locations" not in found[0]["service"]


def test_services_of_an_organisation_in_short_or_in_full(api):
    offer = a_town_of_offers()
    key = offer.provider.key
    short = api(f"/hsds/organizations/{key}")["services"][0]
    full = api(f"/hsds/organizations/{key}", full_service="true")["services"][0]
    assert ("contacts" in short, "contacts" in full, "organization" in full) == (False, True, False)
    assert "services" not in api("/hsds/organizations")["contents"][0]
    assert "contacts" in api("/hsds/organizations", full_service="true")["contents"][0]["services"][0]
