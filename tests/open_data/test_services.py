"""What stands in a service, field by field, and what never does."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from kommpass.domain.offers.content import Capacity, Contact, Cost, Funding, Place
from kommpass.domain.offers.verification import Block
from kommpass.offers import actions
from kommpass.offers.models import Offer
from tests.conftest import queries_of
from tests.open_data.builders import (
    SECRET,
    a_draft,
    a_location,
    a_provider,
    a_town_of_offers,
    an_offer,
    deed,
    ended,
    everything,
    in_days,
    paused,
    small,
    with_boundaries,
)


def one(api, offer: Offer) -> dict:
    return api(f"/hsds/services/{offer.key}")


def test_the_words_of_an_offer_are_those_of_the_document(api):
    found = one(api, an_offer(everything()))
    expected = {
        "name": "Offenes Elterncafé",
        "alternate_name": "Stillcafé Nord",
        "description": "Treff für Eltern mit Babys.\n\nOhne Anmeldung, mit Hebamme.\n\nKommen Sie gern vorbei.",
        "url": "https://famz.example/caf%C3%A9",
        "email": "kontakt@famz.example",
        "status": "active",
        "interpretation_services": "Ukrainisch nach Absprache",
        "application_process": "Einfach kommen.",
        "fees_description": "Kostet etwas\nSpenden willkommen",
        "eligibility_description": "Alleinerziehende, Väter; bis 18 Monate",
        "minimum_age": 0,
        "maximum_age": 1.5,
        "assured_date": timezone.localdate().isoformat(),
    }
    assert {name: found[name] for name in expected} == expected


def test_an_age_is_a_number_of_years_and_an_open_one_is_not_there(api):
    found = one(api, an_offer(small("Ab drei", min_months=36)))
    assert (found["minimum_age"], "maximum_age" in found) == (3, False)


@pytest.mark.parametrize(
    ("make", "status"),
    [
        (lambda: an_offer(small("A")), "active"),
        (lambda: an_offer(small("A", runs_from=in_days(1))), "inactive"),
        (lambda: an_offer(small("A", runs_from=in_days(0))), "active"),
        (lambda: an_offer(small("A", runs_until=in_days(-1))), "inactive"),
        (lambda: paused(small("A")), "temporarily closed"),
        (lambda: ended(small("A")), "defunct"),
    ],
    ids=["published", "not begun", "begins today", "run out", "paused", "ended"],
)
def test_the_state_of_an_offer_in_the_words_of_the_standard(api, make, status):
    offer = make()
    assert one(api, offer)["status"] == status
    assert [each["status"] for each in api("/hsds/services")["contents"]] == [status]


def test_a_draft_and_what_waits_for_release_are_not_there_for_anybody(api):
    draft = a_draft(small("Entwurf"))
    provider = draft.provider
    assert api("/hsds/services")["contents"] == []
    api(f"/hsds/services/{draft.key}", status=404)
    api(f"/hsds/organizations/{provider.key}", status=404)


def test_an_offer_that_ended_says_goodbye_for_a_year_without_contact_and_times(api):
    offer = ended(everything(title="Es war einmal"))
    found = one(api, offer)
    assert set(found) == {
        "id", "organization_id", "organization", "name", "alternate_name", "description", "url", "status", "alert",
        "last_modified",
    }  # fmt: skip
    assert (found["status"], found["alert"]) == ("defunct", "Dieses Angebot gibt es nicht mehr.")
    Offer.objects.filter(pk=offer.pk).update(ended_on=timezone.localdate() - timedelta(days=365))
    api(f"/hsds/services/{offer.key}", status=404)
    assert api("/hsds/services")["total_items"] == 0


def test_an_offer_that_ended_without_ever_being_public_was_never_there(api):
    offer = actions.end_offer(offer=a_draft(small("Nie gezeigt")), **deed())
    api(f"/hsds/services/{offer.key}", status=404)


def test_an_offer_that_went_into_another_says_where(api):
    old, new = ended(small("Alt")), an_offer(small("Neu"))
    Offer.objects.filter(pk=old.pk).update(merged_into=new)
    (address,) = one(api, old)["additional_urls"]
    assert (address["label"], str(new.key) in address["url"]) == ("Aufgegangen in", True)


def test_a_person_is_named_only_who_agreed_and_funding_only_where_it_is_public(api):
    found = one(api, an_offer(everything()))
    assert [(each.get("name"), each.get("title")) for each in found["contacts"]] == [
        ("Anmeldung", None), ("Leitung", None), ("Hanna Hebamme", "Hebamme"),
    ]  # fmt: skip
    assert [each["source"] for each in found["funding"]] == ["Land NRW, kinderstark"]


def test_nothing_that_is_for_the_town_hall_leaves_it(api, client):
    offer = a_town_of_offers()
    texts = [client.get(f"/auental/api/{each}").content.decode() for each in (
        "hsds/services?full=true", "hsds/service_at_locations?full=true", "offers.geojson", "offers.csv",
        "hsds/organizations?full=true&full_service=true", f"hsds/services/{offer.key}", "hsds/services",
        "catalogue.ttl",
    )]  # fmt: skip
    assert [text for text in texts if SECRET in text or "universal" in text] == []
    assert "Hanna Hebamme" in texts[0]


def test_telephone_numbers_stand_at_the_service_and_at_the_contact(api):
    found = one(api, an_offer(small("A", contacts=(Contact("Büro", "0234 1234", ""),))))
    (phone,) = found["phones"]
    assert (phone["number"], phone["description"]) == ("0234 1234", "Büro")
    assert found["contacts"][0]["phones"] == [phone]
    assert phone["contact_id"] == found["contacts"][0]["id"]


def test_prices_are_numbers_in_euros(api):
    costs = (Cost("Erwachsene", "5.00", "je Termin", ("card", "package")), Cost("", "2.50"), Cost("Material"))
    found = one(api, an_offer(small("A", cost="paid", costs=costs)))["cost_options"]
    names = ("option", "amount", "currency", "amount_description")
    assert [{name: each.get(name) for name in names} for each in found] == [
        {"option": "Erwachsene", "amount": 5, "currency": "EUR",
         "amount_description": "je Termin, Ermäßigt mit Familienkarte, Bildung und Teilhabe zahlt"},
        {"option": "Regulär", "amount": 2.5, "currency": "EUR", "amount_description": None},
        {"option": "Material", "amount": None, "currency": None, "amount_description": "auf Anfrage"},
    ]  # fmt: skip


def test_what_is_free_costs_nothing(api):
    (option,) = one(api, an_offer(small("A", cost="free")))["cost_options"]
    assert (option["option"], option["amount"], option["currency"]) == ("Kostenlos", 0, "EUR")


def test_free_places_are_told_for_two_weeks(api):
    fresh = one(api, an_offer(small("A", capacity=Capacity("Kinder", 12, 0, in_days(-13)))))
    (capacity,) = fresh["capacities"]
    assert (capacity["available"], capacity["maximum"], capacity["unit"]["name"]) == (0, 12, "Kinder")
    stale = one(api, an_offer(small("B", capacity=Capacity("Kinder", 12, 3, in_days(-14)))))
    assert "capacities" not in stale


def test_words_of_lists_are_attributes_with_their_lists(api):
    found = one(api, an_offer(everything()))["attributes"]
    words = [(each["link_type"], each["taxonomy_term"]["code"]) for each in found if "taxonomy_term" in each]
    assert words == [
        ("lebensphase", "birth"), ("lebensphase", "under_three"), ("thema", "meeting"), ("thema", "early_support"),
        ("zielgruppe", "single_parents"), ("zielgruppe", "fathers"), ("einrichtungsart", "family_centre"),
        ("zugang", "open"), ("zugang", "anonymous"), ("kosten", "paid"), ("kosten", "card"), ("form", "on_site"),
    ]  # fmt: skip
    topic = next(each["taxonomy_term"] for each in found if each["link_type"] == "thema")
    assert (topic["name"], topic["taxonomy"], topic["taxonomy_detail"]["name"]) == (
        "Treffen und Austausch",
        "Thema",
        "Thema",
    )
    assert next(each for each in found if each["link_type"] == "laufzeit")["value"] == f"{in_days(-300)}/{in_days(300)}"


def test_life_phases_follow_from_the_ages_where_nobody_chose_any(api):
    found = one(api, an_offer(small("A", min_months=6, max_months=40)))["attributes"]
    assert [each["taxonomy_term"]["code"] for each in found if each["link_type"] == "lebensphase"] == [
        "under_three", "three_to_six",
    ]  # fmt: skip


def test_a_place_has_point_address_stop_and_what_is_known_of_its_accessibility(api):
    place = a_location(stop="Nordplatz")
    actions.change_accessibility(location=place, states={"step_free": "yes", "lift": "no"}, **deed())
    (there,) = one(api, an_offer(everything(place)))["service_at_locations"]
    location = there["location"]
    assert (there["description"], location["id"]) == ("Saal im Erdgeschoss", str(place.key))
    assert (location["latitude"], location["longitude"], location["transportation"]) == (
        51.48,
        7.2,
        "Haltestelle Nordplatz",
    )
    (address,) = location["addresses"]
    assert {name: address[name] for name in address if not name.endswith("id")} == {
        "address_1": "Bahnhofstraße 5", "city": "Auental", "state_province": "NW", "postal_code": "44787",
        "country": "DE", "address_type": "physical",
    }  # fmt: skip
    today = timezone.localdate().isoformat()
    assert [(each["description"], each["details"]) for each in location["accessibility"]] == [
        ("Ohne Stufen erreichbar", f"vorhanden, geprüft am {today}"),
        ("Aufzug", f"nicht vorhanden, geprüft am {today}"),
    ]  # fmt: skip
    states = {each["taxonomy_term"]["code"]: each["value"] for each in location["attributes"] if "value" in each}
    assert states == {"step_free": "yes", "lift": "no"}


def test_a_place_of_which_only_the_name_is_known_has_no_address(api):
    place = actions.add_location(name="Stadtpark", **deed())
    (there,) = one(api, an_offer(small("A", places=(Place(str(place.key)),))))["service_at_locations"]
    assert set(there["location"]) == {"id", "location_type", "name", "external_identifier", "external_identifier_type"}


def test_the_district_of_a_place_is_a_service_area_with_its_outline(api):
    with_boundaries()
    first, second = a_location("Eins", "Weg 1"), a_location("Zwei", "Weg 2")
    offer = an_offer(small("A", places=(Place(str(first.key)), Place(str(second.key)))))
    (area,) = one(api, offer)["service_areas"]
    assert (area["name"], area["extent_type"]) == ("Bezirk 1", "geojson")
    assert json.loads(area["extent"])["type"] == "Polygon"
    assert area["uri"].endswith("/auental/api/districts.geojson")


def test_what_comes_home_is_for_the_whole_town(api):
    with_boundaries()
    (area,) = one(api, an_offer(small("Hausbesuch", formats=("at_home",))))["service_areas"]
    west, east = 7.19, 7.23
    corners = json.loads(area["extent"])["coordinates"][0]
    assert area["name"] == "Auental"
    assert (min(x for x, _y in corners), max(x for x, _y in corners)) == (west, east)


def test_what_takes_place_in_the_net_has_a_place_there(api):
    offer = an_offer(small("Sprechstunde", formats=("online",), url="https://famz.example/raum"))
    (there,) = one(api, offer)["service_at_locations"]
    assert (there["location"]["location_type"], there["location"]["url"]) == ("virtual", "https://famz.example/raum")
    again = api(f"/hsds/service_at_locations/{there['id']}")
    assert (again["location"], again["service"]["id"]) == (there["location"], str(offer.key))


def test_every_block_says_when_a_person_confirmed_it_and_machines_do_not_count(api):
    offer = an_offer(everything())
    later = timezone.now() + timedelta(days=1)
    actions.confirm_offers(offers=[offer], blocks=[Block.COST], by=deed()["by"], at=later)
    found = one(api, offer)
    assert set(found["x_confirmed"]) == {"times", "contact", "cost", "places", "rest"}
    assert found["assured_date"] == found["x_confirmed"]["cost"] == timezone.localdate(later).isoformat()


def test_reviewed_texts_in_other_languages_come_along(api):
    offer = an_offer(small("Treff"))
    easy = actions.write_text(
        offer=offer, language="de-easy", title="Ein Treff", summary="Sie können kommen.", **deed()
    )
    actions.write_text(offer=offer, language="en", title="Draft", summary="Not reviewed.", **deed())
    actions.review_text(text=easy, **deed())
    assert one(api, offer)["x_texts"] == [{"language": "de-easy", "name": "Ein Treff", "summary": "Sie können kommen."}]


def test_a_provider_has_its_register_and_its_kind_and_not_its_mailbox(api):
    provider = a_provider(description="Seit 1990.", website="https://famz.example", register="VR 1234 AG Auental",
                          umbrella="Dachverband der Zentren")  # fmt: skip
    an_offer(small("A"), provider)
    found = api(f"/hsds/organizations/{provider.key}")
    (register,) = found["organization_identifiers"]
    assert (register["identifier_scheme"], register["identifier_type"], register["identifier"]) == (
        "DE-VR", "Vereinsregister", "VR 1234 AG Auental",
    )  # fmt: skip
    said = [each.get("value") or each["taxonomy_term"]["name"] for each in found["attributes"]]
    assert said == ["Freier Träger", "Dachverband der Zentren"]
    assert {"email", "phones"} & set(found) == set()
    assert [each["name"] for each in found["services"]] == ["A"]


def test_a_provider_without_a_description_is_described_by_its_name(api):
    provider = a_provider("Verein Nord")
    an_offer(small("A"), provider)
    assert api(f"/hsds/organizations/{provider.key}")["description"] == "Verein Nord"


def test_an_address_that_cannot_be_written_as_the_standard_wants_gives_way_to_our_page(api):
    offer = an_offer(small("A", url="https://fam_z..example/x"))
    assert one(api, offer)["url"].endswith(f"/auental/public/offers/{offer.key}/")


def test_markup_stays_text_and_control_characters_are_gone(api, client):
    offer = an_offer(small('<script>alert(1)</script> & "Treff"', text="Zeile\nZeile\x07\x1b[31m \u202eumgedreht"))
    found = one(api, offer)
    assert found["name"] == '<script>alert(1)</script> & "Treff"'
    assert found["description"].endswith("Zeile\nZeile[31m umgedreht")
    assert client.get(f"/auental/api/hsds/services/{offer.key}")["Content-Type"] == "application/json"


def test_a_single_service_costs_seven_queries_at_most(auental, client, django_assert_max_num_queries):
    offer = a_town_of_offers()
    client.get(f"/auental/api/hsds/services/{offer.key}")
    with django_assert_max_num_queries(60) as captured:
        client.get(f"/auental/api/hsds/services/{offer.key}")
    assert queries_of(captured) <= 7


def test_funding_alone_that_is_not_public_leaves_nothing_behind(api):
    assert "funding" not in one(api, an_offer(small("A", funding=(Funding("Stiftung", "", False),))))
