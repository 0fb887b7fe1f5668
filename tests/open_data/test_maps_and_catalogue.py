"""GeoJSON for maps and the catalogue for open data portals, judged by other people's programs."""

import json

import pyshacl
import pytest
import rdflib
from django.utils import timezone
from geojson_pydantic import FeatureCollection

from kommpass.domain.offers.content import Place
from kommpass.municipalities.models import District
from kommpass.open_data.catalogue import LICENCE
from tests.open_data.builders import a_location, a_town_of_offers, an_offer, everything, paused, small, with_boundaries

DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
SHAPES = ("dcat-ap-SHACL-3.0.0", "dcat-ap-SHACL-DE", "dcat-ap-spec-german-additions", "dcat-ap-de-deprecated")


def test_the_offers_at_their_places(api):
    first, second = a_location(stop="Nordplatz"), a_location("Zweiter Ort", "Weg 2", latitude=51.5)
    offer = an_offer(everything(first, places=(Place(str(first.key)), Place(str(second.key)))))
    paused(small("Winterpause", places=(Place(str(first.key)),)))
    an_offer(small("Ohne Ort"))
    found = api("/offers.geojson")
    assert len(FeatureCollection.model_validate(found).features) == 3
    feature = found["features"][0]
    assert feature["geometry"] == {"type": "Point", "coordinates": [7.2, 51.48]}
    about = feature["properties"]
    assert (about["offer_id"], about["name"], about["street"], about["minimum_age"], about["maximum_age"]) == (
        str(offer.key), "Offenes Elterncafé", "Bahnhofstraße 5", 0, 1.5,
    )  # fmt: skip
    assert about["topics"] == ["Treffen und Austausch", "Frühe Hilfen"]
    assert [each["properties"]["status"] for each in found["features"]] == ["active", "active", "temporarily closed"]
    assert len({each["id"] for each in found["features"]}) == 3


def test_a_place_without_a_point_is_on_no_map(api):
    nowhere = a_location("Irgendwo", "Weg 9", latitude=None, longitude=None)
    an_offer(small("A", places=(Place(str(nowhere.key)),)))
    assert api("/offers.geojson")["features"] == []


def test_the_districts_with_their_exact_boundaries(api):
    with_boundaries()
    found = api("/districts.geojson")
    assert len(FeatureCollection.model_validate(found).features) == District.objects.count()
    assert found["features"][0]["geometry"] == District.objects.get(name="Bezirk 1").boundary
    assert found["features"][8]["geometry"] is None
    terms = {
        each["name"]: each["id"] for each in api("/hsds/taxonomy_terms", search="Bezirk", per_page=100)["contents"]
    }
    assert {each["properties"]["name"]: each["id"] for each in found["features"]} == terms


def test_a_map_has_its_own_type_of_file(auental, client):
    assert client.get("/auental/api/offers.geojson")["Content-Type"] == "application/geo+json"


@pytest.fixture(scope="session")
def shapes(shared_data):
    graph = rdflib.Graph()
    for name in SHAPES:
        graph.parse(shared_data / "14_dcat" / "shapes" / f"{name}.ttl")
    return graph


def conforms(catalogue: str, shapes) -> tuple[bool, str]:
    data = rdflib.Graph().parse(data=catalogue, format="turtle")
    found, _graph, text = pyshacl.validate(
        data, shacl_graph=shapes, do_owl_imports=False, advanced=True, inference="none", meta_shacl=False,
        allow_warnings=True,
    )  # fmt: skip
    return found, text


def catalogue(client) -> str:
    return client.get("/auental/api/catalogue.ttl").content.decode()


def test_the_catalogue_conforms_to_the_german_profile(auental, client, shapes):
    a_town_of_offers()
    found, text = conforms(catalogue(client), shapes)
    assert found, text


def test_so_does_that_of_a_town_with_quotes_in_its_name_and_no_offers(auental, client, shapes):
    auental.name, auental.ags = 'Bad "Auental" \\ am\nSee', ""
    auental.save()
    text = catalogue(client)
    assert conforms(text, shapes)[0]
    graph = rdflib.Graph().parse(data=text, format="turtle")
    assert any('Bad "Auental" \\ am\nSee' in str(each) for each in graph.objects())


def test_the_shapes_would_find_a_mistake(auental, client, shapes):
    broken = catalogue(client).replace("dct:license", "dct:rights")
    assert not conforms(broken, shapes)[0]


def test_the_catalogue_leads_to_every_file(auental, client):
    a_town_of_offers()
    graph = rdflib.Graph().parse(data=catalogue(client), format="turtle")
    addresses = {str(each).removeprefix("http://127.0.0.1:8000") for each in graph.objects(None, DCAT.accessURL)}
    assert addresses == {
        f"/auental/api/{each}" for each in (
            "hsds/services", "hsds/tabular.zip", "offers.geojson", "offers.csv", "offers.xlsx", "districts.geojson",
        )
    }  # fmt: skip
    assert {client.get(each).status_code for each in addresses} == {200}


def test_districts_without_boundaries_are_no_data_set(auental, client):
    assert "districts.geojson" not in catalogue(client)


def test_the_installation_says_under_which_licence(auental, client, settings):
    assert LICENCE in catalogue(client)
    settings.OPEN_DATA_LICENCE = "http://dcat-ap.de/def/licenses/cc-zero"
    assert ("cc-zero" in catalogue(client), LICENCE in catalogue(client)) == (True, False)


def test_the_catalogue_says_when_an_offer_last_changed(auental, client):
    offer = an_offer(small("A"))
    moment = offer.changed_at.astimezone(timezone.get_fixed_timezone(0)).strftime("%Y-%m-%dT%H:%M:%S")
    assert moment in catalogue(client)


def test_json_of_maps_has_no_null_but_the_missing_boundary(api):
    an_offer(everything(a_location()))
    assert "null" not in json.dumps(api("/offers.geojson"))
