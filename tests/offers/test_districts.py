"""Districts with their boundaries, from the file of the survey office: nobody types in where an offer lies."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kommpass.adapters.offer_files import read
from kommpass.domain.refusals import NotPossible
from kommpass.municipalities.models import District
from kommpass.offers import actions
from kommpass.offers.boundaries import drawn
from kommpass.offers.models import Location
from tests.conftest import NOON, actor
from tests.offers.builders import a_location

DEED = {"by": actor(), "at": NOON}


def square(west: float, south: float) -> dict:
    ring = [[west, south], [west + 0.1, south], [west + 0.1, south + 0.1], [west, south + 0.1], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def a_file(**shapes: dict) -> bytes:
    rows = [{"type": "Feature", "properties": {"NAME": name}, "geometry": each} for name, each in shapes.items()]
    return json.dumps({"type": "FeatureCollection", "features": rows}).encode()


def test_a_place_changes_its_district_when_the_boundary_moves(auental):
    place = a_location("Haus", latitude=51.85, longitude=8.25)
    north, south = District.objects.all()[:2]
    actions.set_boundary(district=north, boundary=square(8.2, 51.8), **DEED)
    assert Location.objects.get(pk=place.pk).district == north
    actions.set_boundary(district=north, boundary=square(9.2, 51.8), **DEED)
    actions.set_boundary(district=south, boundary=square(8.2, 51.8), **DEED)
    assert Location.objects.get(pk=place.pk).district == south


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "Point", "coordinates": [8, 51]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 1], [1, 0], [0, 0]]]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[400, 0], [401, 0], [401, 1], [400, 0]]]},
        {"type": "Polygon", "coordinates": "unsinn"},
    ],
)
def test_what_is_no_boundary_is_refused(auental, wrong):
    with pytest.raises(NotPossible):
        actions.set_boundary(district=District.objects.first(), boundary=wrong, **DEED)


def test_a_clerk_uploads_the_file_and_the_known_districts_get_their_boundaries(auental, client_as):
    known = District.objects.first()
    upload = SimpleUploadedFile(
        "grenzen.geojson", a_file(**{known.name: square(8.2, 51.8), "Neuland": square(8.3, 51.8)})
    )
    answer = client_as().post("/auental/offers/districts/", {"file": upload})
    assert answer.status_code == 302
    known.refresh_from_db()
    assert known.boundary["type"] == "Polygon"
    assert not District.objects.filter(name="Neuland").exists()


def test_a_file_without_areas_says_so_and_changes_nothing(auental, client_as):
    upload = SimpleUploadedFile("liste.csv", b"Name;Strasse\nHaus;Weg 1\n")
    answer = client_as().post("/auental/offers/districts/", {"file": upload})
    assert "keine Flächen" in answer.content.decode()
    assert District.objects.exclude(boundary=None).count() == 0


@pytest.mark.parametrize(
    ("file", "number"),
    [
        ("leipzig_ortsteile/ortsteile.json", 63),
        ("muenster_od-ms/stadtteile-statistische-bezirke-muenster.geojson", 45),
        ("berlin_lor/bezirke.geojson", 12),
    ],
)
def test_the_districts_of_real_towns_come_in_as_they_are(auental, shared_data, file, number):
    content = (shared_data / "01_boundaries" / file).read_bytes()
    [sheet] = read(content, file)
    found = drawn(sheet, [])
    made = actions.draw_districts(drawn=found, **DEED)
    assert len({each.name for each in made}) == number
    assert len(json.dumps([each.boundary for each in made])) < len(content)
