"""How the interface answers: not twice, to everybody, without cookies, and in JSON when something goes wrong."""

import json
from datetime import timedelta
from email.utils import format_datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kommpass.domain.memory import LARGEST, MOST_BYTES, Memory
from kommpass.domain.offers.verification import Block
from kommpass.municipalities.models import District
from kommpass.municipalities.scope import within
from kommpass.offers import actions
from kommpass.open_data.remembered import known_answer
from kommpass.people.models import Organisation
from tests.conftest import queries_of
from tests.open_data.builders import a_location, a_town_of_offers, an_offer, boundary, deed, everything, small

NOWHERE = "00000000-0000-4000-8000-000000000000"
FILES = ("openapi.json", "offers.geojson", "districts.geojson", "offers.csv", "offers.xlsx", "catalogue.ttl",
         "hsds/tabular.zip")  # fmt: skip
LISTS = ("services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms")
EVERYTHING = (
    *("hsds", "hsds/profile", "hsds/schema/service.json", "hsds/profile/service.json", *FILES),
    *(f"hsds/{each}" for each in (*LISTS, "services?full=true", "services?format=ndjson")),
)


def ask(path: str, browser: Client | None = None, **headers):
    """An answer, and what it cost."""
    with CaptureQueriesContext(connection) as captured:
        answer = (browser or Client()).get(f"/auental/api/{path}", headers=headers)
    return answer, queries_of(captured)


@pytest.mark.parametrize("path", EVERYTHING)
def test_who_has_an_answer_already_is_told_so_with_two_queries(auental, path):
    a_town_of_offers()
    first, _cost = ask(path)
    assert first.status_code == 200
    again, cost = ask(path, if_none_match=first["ETag"])
    assert (again.status_code, again.getvalue(), cost) == (304, b"", 2)
    since, cost = ask(path, if_modified_since=first["Last-Modified"])
    assert (since.status_code, cost) == (304, 2)
    for answer in (first, again):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cache-Control"] == "public, max-age=60"
        assert (answer["ETag"], answer["Last-Modified"]) == (first["ETag"], first["Last-Modified"])


def test_single_entries_too(auental):
    offer = a_town_of_offers()
    for path in (f"hsds/services/{offer.key}", f"hsds/organizations/{offer.provider.key}"):
        first, _cost = ask(path)
        again, cost = ask(path, if_none_match=first["ETag"])
        assert (again.status_code, cost) == (304, 2)
        assert ask(path, if_modified_since=first["Last-Modified"])[0].status_code == 304


def test_what_is_not_there_is_not_unchanged(auental):
    an_offer(small("A"))
    tomorrow = format_datetime(timezone.now() + timedelta(days=1), usegmt=False)
    for headers in ({"if_none_match": "*"}, {"if_modified_since": tomorrow}, {"if_none_match": '"x"'}):
        assert ask(f"hsds/services/{NOWHERE}", **headers)[0].status_code == 404


def changed_by(change) -> bool:
    before = ask("hsds/services?full=true")[0]["ETag"]
    change()
    return ask("hsds/services?full=true", if_none_match=before)[0].status_code == 200


def test_every_change_makes_another_answer(auental):
    place = a_location()
    offer = an_offer(everything(place))
    provider = offer.provider
    district = District.objects.first()

    def rename_organisation():
        Organisation.objects.filter(pk=provider.organisation_id).update(name="Neuer Name", edition=2)

    def move_boundary():
        District.objects.filter(pk=district.pk).update(boundary=boundary(), edition=7)

    changes = (
        lambda: actions.change_offer(offer=offer, content=everything(place, title="Anders"), **deed()),
        lambda: actions.confirm_offers(offers=[offer], blocks=[Block.COST], **deed()),
        lambda: actions.change_provider(provider=provider, description="Neu", **deed()),
        lambda: actions.change_location(location=place, stop="Rathaus", **deed()),
        lambda: actions.change_accessibility(location=place, states={"lift": "yes"}, **deed()),
        lambda: actions.pause_offer(offer=offer, **deed()),
        lambda: actions.end_offer(offer=offer, **deed()),
        rename_organisation,
        move_boundary,
    )
    assert [changed_by(change) for change in changes] == [True] * len(changes)


def test_nothing_that_does_not_concern_the_directory_makes_another_answer(auental, hasselgrund):
    an_offer(small("A"))

    def elsewhere():
        with within(hasselgrund):
            an_offer(small("Dort"))

    assert not changed_by(elsewhere)
    assert not changed_by(lambda: None)


def test_the_next_day_is_another_answer(auental, monkeypatch):
    """Offers begin, numbers of places age, the clock changes."""
    an_offer(small("A"))
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert changed_by(lambda: monkeypatch.setattr(timezone, "localdate", lambda *_moment: tomorrow))


def test_different_questions_have_different_tags(auental):
    an_offer(small("A"))
    lists = ("services", "services?full=true", "services?page=2", "services?search=a", "organizations")
    tags = [ask(f"hsds/{each}")[0]["ETag"] for each in lists]
    assert len(set(tags)) == len(tags)
    assert ask("hsds/services?page=1")[0]["ETag"] == tags[0]


def test_nobody_gets_a_cookie_or_needs_a_session(auental, client_as):
    an_offer(small("A"))
    signed_in = client_as()
    for path in EVERYTHING:
        stranger, _cost = ask(path)
        assert (path, dict(stranger.cookies)) == (path, {})
        assert ask(path, signed_in)[0].getvalue() == stranger.getvalue()


@pytest.mark.parametrize(
    "path",
    [f"hsds/services/{NOWHERE}", "hsds/services/7", "hsds/services/a/b", f"hsds/service_at_locations/{NOWHERE}",
     f"hsds/organizations/{NOWHERE}", f"hsds/taxonomies/{NOWHERE}", f"hsds/taxonomy_terms/{NOWHERE}", "hsds/nirgends",
     "hsds/schema/gibtsnicht.json", "hsds/services/%00", "hsds/services/" + "x" * 3000],
)  # fmt: skip
def test_what_is_not_there_is_said_in_json(auental, path):
    an_offer(small("A"))
    answer, _cost = ask(path)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["status"] == 404
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
@pytest.mark.parametrize("path", ["hsds", "hsds/services", "hsds/taxonomies", "offers.csv", "openapi.json"])
def test_other_methods_are_refused_with_those_that_work(auental, method, path):
    answer = Client(enforce_csrf_checks=True).generic(method, f"/auental/api/{path}")
    allowed = "GET, POST" if path in ("hsds/services", "hsds/taxonomies") else "GET"
    assert (answer.status_code, answer["Allow"]) == (405, f"{allowed}, HEAD, OPTIONS")
    assert answer.json()["status"] == 405


def test_a_browser_of_another_site_may_ask_first(auental):
    answer = Client().options("/auental/api/hsds/services", headers={"origin": "https://anderswo.example"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Access-Control-Allow-Methods"] == "GET, POST, HEAD, OPTIONS"
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["hsds/services", "hsds/services?format=ndjson", "offers.csv"])
def test_a_head_is_the_answer_without_its_body(auental, path):
    an_offer(small("A"))
    whole = Client().get(f"/auental/api/{path}")
    head = Client().head(f"/auental/api/{path}")
    assert (head.status_code, head.getvalue()) == (200, b"")
    assert head["ETag"] == whole["ETag"]


def test_a_slash_at_the_end_makes_no_difference(auental):
    offer = an_offer(small("A"))
    for path in ("hsds", "hsds/services", f"hsds/services/{offer.key}", "hsds/profile"):
        assert ask(path)[0].content == ask(f"{path}/")[0].content


def test_texts_are_german_whatever_the_browser_prefers(auental):
    an_offer(everything())
    german, _cost = ask("hsds/services?full=true", accept_language="de")
    english, _cost = ask("hsds/services?full=true", accept_language="en")
    assert english.content == german.content
    stream, _cost = ask("hsds/services?full=true&format=ndjson", accept_language="en")
    assert [json.loads(line) for line in stream.getvalue().splitlines()] == german.json()["contents"]
    assert english["Content-Language"] == "de"


def test_the_root_names_version_profile_and_publisher(api):
    found = api("/hsds")
    assert found == {
        "version": "3.1.1",
        "profile": "http://127.0.0.1:8000/auental/api/hsds/profile",
        "openapi_url": "http://127.0.0.1:8000/auental/api/openapi.json",
        "description": "Angebote für Familien in Auental",
        "publisher": {"name": "Auental", "identifier": "05999001", "website": "http://127.0.0.1:8000/auental/public/"},
    }


def test_the_profile_leads_to_its_patches_schemas_and_lists(api, client):
    found = api("/hsds/profile")
    addresses = [
        *found["patches"].values(),
        *found["schemas"].values(),
        *(each["terms"] for each in found["taxonomies"]),
    ]
    statuses = {client.get(each.removeprefix("http://127.0.0.1:8000")).status_code for each in addresses}
    assert statuses == {200}


def test_an_answer_is_remembered_as_long_as_nothing_changed():
    memory = Memory()
    memory.keep('"a"', "klein", 5)
    assert memory.get('"a"') == "klein"
    assert memory.get('"b"') is None
    memory.keep('"zu groß"', "riesig", LARGEST + 1)
    assert memory.get('"zu groß"') is None


def test_the_oldest_answers_are_forgotten_first():
    memory = Memory()
    for number in range(MOST_BYTES // LARGEST + 1):
        memory.keep(f'"{number}"', "riesig", LARGEST)
        memory.get('"0"')
    assert (memory.get('"0"') is None, memory.get('"1"') is None) == (False, True)


def test_inside_of_a_transaction_nothing_is_remembered(auental):
    """What is read there may never have happened."""
    an_offer(small("A"))
    answer, _cost = ask("hsds/services")
    assert known_answer(answer["ETag"]) is None
