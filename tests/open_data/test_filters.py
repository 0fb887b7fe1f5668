"""What one may ask for: every filter alone, all of them together, and the same by POST."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kommpass.domain.offers.content import Cost, Place
from kommpass.domain.schedules import Schedule
from kommpass.offers import actions
from kommpass.offers.models import IndexCard, Offer
from kommpass.offers.queries.finding import Wish, find
from kommpass.open_data.hsds.ids import HOUSE, child
from tests.open_data.builders import a_location, a_provider, an_offer, deed, ended, paused, small, with_boundaries

WEEKLY = "FREQ=WEEKLY;BYDAY="


def names(api, collection: str = "services", **asked) -> list[str]:
    found = api(f"/hsds/{collection}", **asked)["contents"]
    return [each["service"]["name"] if "service" in each else each["name"] for each in found]


def taxonomy(key: str) -> str:
    return child(HOUSE, "taxonomy", key)


def term(key: str, code: str) -> str:
    return child(taxonomy(key), "term", code)


def test_a_search_finds_what_the_page_for_families_finds_in_the_same_order(api, auental):
    for title in ("Schwangerschaftsberatung", "Beratung für Eltern", "Krabbelgruppe", "Stillcafé"):
        an_offer(small(title))
    keys = find(Wish(query="beratung", old_too=True), timezone.now()).offers
    titles = dict(Offer.objects.values_list("pk", "title"))
    assert names(api, search="beratung") == [titles[key] for key in keys]
    assert names(api, search="beratung") == ["Beratung für Eltern", "Schwangerschaftsberatung"]
    assert names(api, search="stillcafe") == ["Stillcafé"]
    assert names(api, search="zzqxyunwahrscheinlich") == []


def test_a_search_finds_what_nobody_confirmed_for_long_too(api):
    """The list without a search has it, so a search that hides it would make the two contradict each other."""
    offer = an_offer(small("Krabbelgruppe"))
    IndexCard.objects.filter(offer=offer).update(due_day=1)
    assert names(api, search="krabbelgruppe") == ["Krabbelgruppe"]


def test_services_of_one_organisation(api):
    one, two = a_provider("Eins"), a_provider("Zwei")
    an_offer(small("A"), one)
    an_offer(small("B"), two)
    assert names(api, organization_id=one.key) == ["A"]
    assert names(api, organization_id=child(HOUSE, "nobody", "")) == []


def test_what_changed_at_a_moment_or_later_and_what_ended_since(api):
    now = timezone.now()
    early = an_offer(small("Früh"), at=now - timedelta(days=3))
    an_offer(small("Spät"), at=now - timedelta(days=1))
    ended(small("Gegangen"), at=now)
    day_before_yesterday = (now - timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert names(api, modified_after=day_before_yesterday) == ["Spät", "Gegangen"]
    exactly = api(f"/hsds/services/{early.key}")["last_modified"]
    assert names(api, modified_after=exactly) == ["Früh", "Spät", "Gegangen"]
    assert names(api, modified_after=now.strftime("%Y-%m-%d")) == ["Gegangen"]
    assert names(api, modified_after="2999-01-01T00:00:00+02:00") == []


@pytest.mark.parametrize(
    ("key", "code", "expected"),
    [
        ("topic", "sport", ["Turnen", "Winterpause", "Es war einmal"]),
        ("life_phase", "three_to_six", ["Turnen"]),
        ("target_group", "fathers", ["Turnen"]),
        ("facility", "club", ["Turnen"]),
        ("access", "registration", ["Turnen"]),
        ("cost", "card", ["Turnen"]),
        ("format", "online", ["Netz"]),
        ("organisation_kind", "provider", ["Turnen", "Netz", "Winterpause", "Es war einmal"]),
        ("organisation_kind", "school", []),
    ],
)
def test_a_word_of_a_list(api, key, code, expected):
    """Also of what is paused or over, for which the index has no card."""
    an_offer(small("Turnen", topics=("sport",), min_months=36, max_months=60, target_groups=("fathers",),
                   facility="club", access=("registration",), costs=(Cost("", "2.00", "", ("card",)),)))  # fmt: skip
    an_offer(small("Netz", formats=("online",)))
    paused(small("Winterpause", topics=("sport",)))
    ended(small("Es war einmal", topics=("sport",)))
    assert names(api, taxonomy_term_id=term(key, code)) == expected


def test_any_word_of_a_list(api):
    an_offer(small("Kita", facility="daycare_centre"))
    an_offer(small("Kurs"))
    paused(small("Verein", facility="club"))
    assert names(api, taxonomy_id=taxonomy("facility")) == ["Kita", "Verein"]
    assert names(api, taxonomy_id=child(HOUSE, "taxonomy", "nirgends")) == []
    assert names(api, taxonomy_term_id=child(HOUSE, "term", "nirgends")) == []


def test_districts_and_accessibility_are_lists_too(api):
    first, _second = with_boundaries()
    here, there = a_location("Hier", "Weg 1"), a_location("Dort", "Weg 2", longitude=7.22)
    actions.change_accessibility(location=here, states={"lift": "no"}, **deed())
    actions.change_accessibility(location=there, states={"lift": "yes"}, **deed())
    an_offer(small("A", places=(Place(str(here.key)),)))
    an_offer(small("B", places=(Place(str(there.key)),)))
    an_offer(small("C"))
    districts = {each["name"]: each["id"] for each in api("/hsds/taxonomy_terms", search="Bezirk")["contents"]}
    assert names(api, taxonomy_term_id=districts[first.name]) == ["A"]
    (towns,) = api("/hsds/taxonomies", search="Stadtteile")["contents"]
    assert names(api, taxonomy_id=towns["id"]) == ["A", "B"]
    assert names(api, taxonomy_term_id=term("accessibility", "lift")) == ["B"]
    assert names(api, taxonomy_id=taxonomy("accessibility")) == ["A", "B"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"minimum_age": "0"}, ["Babys", "Kita", "Alle"]),
        ({"minimum_age": "3"}, ["Kita", "Alle"]),
        ({"maximum_age": "1.5"}, ["Babys", "Alle"]),
        ({"minimum_age": "1.5", "maximum_age": "2"}, ["Babys", "Alle"]),
        ({"minimum_age": "2", "maximum_age": "2.5"}, ["Alle"]),
        ({"maximum_age": "3"}, ["Babys", "Kita", "Alle"]),
        ({"minimum_age": "6"}, ["Kita", "Alle"]),
        ({"minimum_age": "7"}, ["Alle"]),
    ],
)
def test_ages_in_years(api, asked, expected):
    """Babys: to 18 months. Kita: 3 years until the seventh birthday."""
    an_offer(small("Babys", min_months=0, max_months=18))
    an_offer(small("Kita", min_months=36, max_months=83))
    an_offer(small("Alle"))
    assert names(api, **asked) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"day": "TU"}, ["Morgen", "Nacht"]),
        ({"day": "SA,SU"}, ["Samstag"]),
        ({"start_time": "09:00", "end_time": "10:00"}, ["Morgen"]),
        ({"end_time": "09:00"}, ["Nacht"]),
        ({"start_time": "18:00"}, ["Nacht"]),
        ({"day": "TU", "start_time": "14:00", "end_time": "18:00"}, []),
        ({"day": "SA", "start_time": "14:30"}, ["Samstag"]),
        ({"day": "WE", "start_time": "00:30", "end_time": "01:00"}, ["Nacht"]),
        ({"day": "MO", "start_time": "00:30", "end_time": "01:00"}, []),
    ],
)
def test_day_and_time(api, asked, expected):
    an_offer(small("Morgen", times=(Schedule(rule=f"{WEEKLY}TU", starts="09:30", ends="11:00"),)))
    an_offer(small("Samstag", times=(Schedule(rule=f"{WEEKLY}SA", starts="14:00", ends="16:00"),)))
    an_offer(small("Nacht", times=(Schedule(rule=f"{WEEKLY}TU", starts="22:00", ends="02:00"),)))
    an_offer(small("Ohne Zeit"))
    assert names(api, **asked) == expected


@pytest.fixture
def three_places(auental):
    """At the same postal code, 1.1 kilometres north of it, and far away; and one in the net."""
    spots = {"Hier": ("44787", 51.48), "Nebenan": ("44789", 51.49), "Weit weg": ("44799", 51.6)}
    for number, (title, (code, latitude)) in enumerate(spots.items()):
        place = a_location(title, f"Weg {number}", postal_code=code, latitude=latitude)
        an_offer(small(title, places=(Place(str(place.key)),)))
    an_offer(small("Netz", formats=("online",)))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"postcode": "44787"}, ["Hier"]),
        ({"postcode": "44787", "proximity": "1000"}, ["Hier"]),
        ({"postcode": "44787", "proximity": "1200"}, ["Hier", "Nebenan"]),
        ({"postcode": "44787", "proximity": "50000"}, ["Hier", "Nebenan", "Weit weg"]),
        ({"postcode": "10115"}, []),
        ({"postcode": "10115", "proximity": "100000"}, []),
    ],
)
@pytest.mark.parametrize("collection", ["services", "service_at_locations"])
def test_near_a_postal_code(api, three_places, collection, asked, expected):
    assert names(api, collection, **asked) == expected


def test_places_of_several_postal_codes_count_each_for_itself(api):
    here, there = a_location("Hier", "Weg 1"), a_location("Dort", "Weg 2", postal_code="44799", latitude=51.6)
    an_offer(small("An beiden", places=(Place(str(here.key)), Place(str(there.key)))))
    found = api("/hsds/service_at_locations", postcode="44799")["contents"]
    assert [each["location"]["name"] for each in found] == ["Dort"]


def test_all_filters_together_must_hold(api):
    provider = a_provider("Eins")
    an_offer(small("Treffer", topics=("sport",), min_months=36), provider)
    an_offer(small("Anderes Thema", topics=("culture",), min_months=36), provider)
    an_offer(small("Anderer Träger", topics=("sport",), min_months=36), a_provider("Zwei"))
    asked = {"organization_id": provider.key, "taxonomy_term_id": term("topic", "sport"), "minimum_age": "4"}
    assert names(api, **asked) == ["Treffer"]
    assert names(api, **asked, search="Treffer") == ["Treffer"]
    assert names(api, **asked, search="Thema") == []


@pytest.mark.parametrize("kind", ["form", "json", "address"])
@pytest.mark.parametrize(
    "path", ["services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms"]
)  # fmt: skip
def test_a_post_is_a_question_too(auental, client, path, kind):
    place = a_location()
    an_offer(small("Treffer", places=(Place(str(place.key)),)), a_provider("Treffer e. V."))
    an_offer(small("Nichts"), a_provider("Anderer"))
    address, asked = f"/auental/api/hsds/{path}", {"search": "Treffer", "per_page": 1}
    expected = client.get(address, asked).content
    answers = {
        "form": lambda: client.post(
            address, "search=Treffer&per_page=1", content_type="application/x-www-form-urlencoded"
        ),
        "json": lambda: client.post(address, asked, content_type="application/json"),
        "address": lambda: client.generic("POST", f"{address}?search=Treffer&per_page=1"),
    }
    answer = answers[kind]()
    assert (answer.status_code, answer.content) == (200, expected)


def test_a_post_needs_no_token_and_keeps_nothing(auental):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/auental/api/hsds/services", {"search": "a"}, content_type="application/json")
    assert (answer.status_code, dict(answer.cookies)) == (200, {})


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"page": "0"}, "page"), ({"page": "-1"}, "page"), ({"page": "zwei"}, "page"), ({"page": "1.5"}, "page"),
        ({"per_page": "101"}, "per_page"), ({"per_page": "0"}, "per_page"), ({"format": "xml"}, "format"),
        ({"taxonomy_term_id": "sport"}, "taxonomy_term_id"), ({"taxonomy_id": "1"}, "taxonomy_id"),
        ({"organization_id": "7"}, "organization_id"), ({"modified_after": "gestern"}, "modified_after"),
        ({"modified_after": "2026-02-30"}, "modified_after"),
        ({"modified_after": "2026-09-01T10:00:00"}, "modified_after"),
        ({"minimal": "ja"}, "minimal"), ({"full": "2"}, "full"), ({"minimum_age": "-1"}, "minimum_age"),
        ({"maximum_age": "121"}, "maximum_age"), ({"minimum_age": "NaN"}, "minimum_age"),
        ({"start_time": "25:00"}, "start_time"), ({"end_time": "9"}, "end_time"), ({"day": "Dienstag"}, "day"),
        ({"postcode": "ABC"}, "postcode"), ({"proximity": "nah"}, "proximity"), ({"search": "a" * 201}, "search"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(api, asked, parameter):
    found = api("/hsds/services", status=422, **asked)
    assert (found["status"], [each["parameter"] for each in found["errors"]]) == (422, [parameter])
    assert found["errors"][0]["expected"]


def test_all_mistakes_are_named_at_once(api):
    found = api("/hsds/services", status=422, page="x", per_page="y", day="z")
    assert [each["parameter"] for each in found["errors"]] == ["page", "per_page", "day"]


def test_a_plus_that_became_a_blank_on_the_way_is_one(api):
    an_offer(small("A"))
    assert names(api, modified_after="2020-01-01T00:00:00 01:00") == ["A"]


def test_parameters_that_nobody_knows_are_left_alone(api):
    an_offer(small("A"))
    assert names(api, farbe="blau") == ["A"]


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400), (b"[]", "application/json", 400), (b"\xff\xfe", "application/json", 400),
        (b"[" * 100_000, "application/json", 400), (b'{"page": "2"}', "application/json", 422),
        (b'{"full": 1}', "application/json", 422), (b'{"search": null}', "application/json", 422),
        (b'{"page": true}', "application/json", 422), (b'{"page": 2.0}', "application/json", 200),
        (b"<a/>", "application/xml", 415), (b"page=x", "application/x-www-form-urlencoded", 422),
        (b"", "text/plain", 200),
    ],
)  # fmt: skip
def test_a_body_is_read_or_refused(auental, client, body, content_type, status):
    answer = client.generic("POST", "/auental/api/hsds/services", body, content_type)
    assert (answer.status_code, answer.json().get("status", 200)) == (status, status)


def test_a_body_that_is_too_large_is_refused_in_json(auental, client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = client.post("/auental/api/hsds/services", {"search": "a" * 2000}, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("search", ["\\ud800", "\\u0000", "%", "'; DROP TABLE offers_offer", "\\u202e", "_"])
def test_odd_signs_in_a_search_find_nothing_and_break_nothing(auental, client, search):
    an_offer(small("Treff"))
    for path in ("services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms"):
        body = f'{{"search": "xyz{search}"}}'
        answer = client.generic("POST", f"/auental/api/hsds/{path}", body, "application/json")
        assert (path, answer.status_code, answer.json()["total_items"]) == (path, 200, 0)


def test_organisations_by_word_and_by_what_they_offer(api):
    an_offer(small("Turnen", topics=("sport",)), a_provider("Turnverein Süd"))
    an_offer(small("Rat"), a_provider("Müttercafé", description="Beratung für Mütter"))
    assert names(api, "organizations", search="muttercafe") == ["Müttercafé"]
    assert names(api, "organizations", search="beratung mütter") == ["Müttercafé"]
    assert names(api, "organizations", taxonomy_term_id=term("topic", "sport")) == ["Turnverein Süd"]
    assert names(api, "organizations", taxonomy_id=taxonomy("topic")) == ["Turnverein Süd", "Müttercafé"]


def test_words_of_one_list_only(api):
    found = api("/hsds/taxonomy_terms", taxonomy_id=taxonomy("topic"), per_page=100)
    assert {each["taxonomy"] for each in found["contents"]} == {"Thema"}
    assert names(api, "taxonomy_terms", search="frühe hilfen") == ["Frühe Hilfen"]
    assert api("/hsds/taxonomy_terms", top_only="true")["total_items"] == api("/hsds/taxonomy_terms")["total_items"]
    assert names(api, "taxonomy_terms", parent_id=term("topic", "sport")) == []
