"""The real lists and maps of other towns come in whole: Bochum, Berlin, Lichtenberg, Leipzig, Münster and others."""

import csv
import io
import json
import math
import os
import zipfile
from pathlib import Path

import pytest
import shapely

from kommpass.adapters.offer_files import FileRefused, duplicates, guess_key, read

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("KOMMPASS_SHARED") or REPOSITORY.parent / "shared")
DATA = SHARED / "data"
OFFERS, AREAS = "03_facilities_offers", "01_boundaries"


def data(*steps):
    path = DATA.joinpath(*steps)
    if not path.exists():
        pytest.skip(f"Die Beispieldaten fehlen: {path} (KOMMPASS_SHARED nennt ihren Ort).")
    return path


def one(*steps):
    path = data(*steps)
    (sheet,) = read(path.read_bytes(), path.name)
    return sheet


def bochum_layer(name, parts=("shp", "shx", "dbf", "prj", "cpg")):
    """The sheet of a Shapefile of Bochum, zipped as people upload it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        for ending in parts:
            written.write(data(OFFERS, "bochum", f"{name}.{ending}"), f"{name}.{ending}")
    (sheet,) = read(stream.getvalue(), f"{name}.zip")
    return sheet


def said(sheet):
    return [str(note) for note in sheet.notes]


def metres_apart(place, other):
    """Good enough for a few metres."""
    north = (place[0] - other[0]) * 111_195
    return math.hypot(north, (place[1] - other[1]) * 111_195 * math.cos(math.radians(place[0])))


def row_with(sheet, **wanted):
    (row,) = (row for row in sheet.rows if wanted.items() <= row.values.items())
    return row


# Bochum


@pytest.mark.parametrize(
    ("name", "count", "keys"),
    [("bochum_daycare_centers", 195, 193), ("bochum_playgrounds", 352, 298), ("bochum_schools", 298, 236)],
)
def test_every_place_of_bochum_is_read_from_table_and_map_alike(name, count, keys):
    table, layer = one(OFFERS, "bochum", f"{name}.csv"), bochum_layer(name)
    assert (len(table.rows), len(layer.rows)) == (count, count)
    assert table.columns == layer.columns
    assert (table.encoding, layer.encoding) == ("UTF-8", "UTF-8")
    assert (table.coordinate_system, layer.coordinate_system) == ("EPSG:25832", "EPSG:25832")
    assert len({row.values["poi_id"] for row in table.rows}) == keys
    assert guess_key(table) == guess_key(layer) == "poi_id"
    by_key = {(row.values["poi_id"], row.values["kateg_id"]): row for row in layer.rows}
    for row in table.rows:
        twin = by_key[row.values["poi_id"], row.values["kateg_id"]]
        assert metres_apart(row.point, twin.point) < 1
        assert twin.shape == {"type": "Point", "coordinates": [twin.point[1], twin.point[0]]}
        assert row.values["name"] == twin.values["name"]


def test_a_daycare_centre_of_bochum_arrives_whole():
    sheet = one(OFFERS, "bochum", "bochum_daycare_centers.csv")
    first = sheet.rows[0]
    assert first.number == 2
    assert first.values == {
        "poi_id": "611861",
        "name": "Kindertageseinrichtung Villa Luna Bochum O-Werk",
        "str_hausnr": "Suttner-Nobel-Allee 4 a",
        "plz_ort": "44789 Bochum",
        "kategorie": "Kitas von Vereinen und Elterninitiativen",
        "hauptkateg": "Soziales",
        "beschreib": "",
        "link": "https://villaluna.de/bochum/kita-bochum/",
        "bedeut_id": "3",
        "bedeutung": "Örtlich",
        "erstkateg": "1",
        "angelegt": "2023-08-17",
        "geaendert": "",
        "kateg_id": "301160",
        "kateg_pfad": "Soziales/Kindertagesstätten/Kitas von Vereinen und Elterninitiativen",
        "rechts_utm": "379123",
        "hoch_utm": "5702951",
        "abrufdatum": "2023-10-17",
    }
    assert metres_apart(first.point, (51.4648044, 7.2598565)) < 1
    assert said(sheet) == [
        "Koordinaten aus „rechts_utm“ und „hoch_utm“ gelesen.",
        "Koordinaten von EPSG:25832 umgerechnet.",
    ]
    assert duplicates(sheet, "poi_id") == {"253377": (38, 39), "23161": (63, 64)}


@pytest.mark.parametrize("parts", [("shp", "dbf"), ("shp", "dbf", "prj"), ("shp", "dbf", "cpg")])
def test_the_map_of_bochum_needs_neither_projection_nor_encoding_file(parts):
    bare, whole = bochum_layer("bochum_daycare_centers", parts), bochum_layer("bochum_daycare_centers")
    assert bare.rows == whole.rows
    assert (bare.encoding, bare.coordinate_system) == (whole.encoding, whole.coordinate_system)


def test_the_defibrillators_of_bochum_name_their_coordinate_system_in_the_header():
    sheet = one(OFFERS, "bochum", "bochum_defibrillators.csv")
    assert (len(sheet.rows), sheet.coordinate_system, guess_key(sheet)) == (131, "EPSG:25832", "OBJECTID")
    assert all(51.4 < row.point[0] < 51.6 and 7.0 < row.point[1] < 7.4 for row in sheet.rows)


def test_the_sports_list_of_bochum_has_one_row_for_each_ground():
    sheet = one(OFFERS, "bochum", "bochum_sports_facilities.csv")
    assert sheet.encoding == "Latin-1"
    assert sheet.columns == (
        *("Art", "Bezeichnung", "Adresse", "Bezirk", "Spielfeld", "Belag", "Maße"),
        *("Beleuchtung vorhanden", "LA-Anlagen", "Spalte J"),
    )
    assert len(sheet.rows) == 68
    assert all(row.values["Art"] and row.values["Bezeichnung"] and row.values["Adresse"] for row in sheet.rows)
    assert said(sheet)[:3] == [
        "Als Latin-1 gelesen.",
        "Spalte „Spalte J“: Diese Spalte hat keine Überschrift, aber in 3 Zeilen einen Inhalt, zuerst in Zeile 3.",
        "Zeile 4: Fortsetzungszeilen 5 bis 6 zu Zeile 4 genommen.",
    ]


def test_no_pitch_of_the_sports_list_is_lost():
    sheet = one(OFFERS, "bochum", "bochum_sports_facilities.csv")
    text = data(OFFERS, "bochum", "bochum_sports_facilities.csv").read_text("latin-1")
    lines = [line for line in csv.reader(io.StringIO(text, ""), delimiter=";") if any(cell.strip() for cell in line)]
    continued = [note for note in sheet.notes if note.message.startswith("Fortsetzung")]
    more = sum(note.values["last"] - note.values["first"] + 1 for note in continued)
    assert len(sheet.rows) + more == len(lines) - 1 == 128
    for row in sheet.rows:
        fields = row.values["Spielfeld"], row.values["Belag"], row.values["Maße"]
        assert len({len(text.splitlines()) for text in fields} - {0, 1}) < 2


def test_the_pitches_of_a_ground_stand_line_by_line():
    sheet = one(OFFERS, "bochum", "bochum_sports_facilities.csv")
    arena = row_with(sheet, Adresse="Lohrheidestraße 80-82", Art="Stadion")
    assert arena.number == 70
    assert arena.values["Bezeichnung"] == "Lohrheidestadion\n(Sportzentrum)"
    assert arena.values["Belag"] == "Rasenplatz\nRasenplatz\nHartplatz\nHartplatz\nRasenplatz"
    assert arena.values["Maße"] == "70,0 x 105,0\n68,0 x 105,1\n69,2 x 105,3\n69,5 x 105,1\nnicht meßbar"
    slipped = row_with(sheet, Bezeichnung="Querenburger Straße")
    assert (slipped.values["Art"], slipped.values["Maße"]) == ("Sportplatzanlage", "70,0 x 105,1\n31,0 x 55,0")


# Berlin


@pytest.mark.parametrize(("month", "count"), [("2025-10", 2852), ("2026-07", 2893)])
def test_both_lists_of_berlin_daycare_centres_have_keys_and_places(month, count):
    sheet = one(OFFERS, "berlin_kitas_2026", f"berlin-daycare-centers-{month}-details.csv")
    assert (len(sheet.rows), sheet.coordinate_system, guess_key(sheet)) == (count, "EPSG:4326", "id")
    assert duplicates(sheet, "id") == {}
    assert all(row.point and 52.3 < row.point[0] < 52.7 for row in sheet.rows)
    first = row_with(sheet, id="01010100")
    assert first.values["name"] == 'FRÖBEL Kindergarten "Schatzinsel"'
    assert first.point == (52.51230194007616, 13.405580025873583)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("behoerden.json", 7),
        ("buergerservice-familie-sbst.json", 47),
        ("freizeit-sport-ja-jsa.json", 32),
        ("freizeit-sport-jfe.json", 71),
    ],
)
def test_the_lists_of_lichtenberg_are_found_in_their_wrapping(name, count):
    sheet = one(OFFERS, "berlin_lichtenberg", name)
    written = json.loads(data(OFFERS, "berlin_lichtenberg", name).read_bytes())["index"]
    assert len(sheet.rows) == len(written) == count
    assert (guess_key(sheet), sheet.coordinate_system, said(sheet)) == ("id", "", [])
    for row, entry in zip(sheet.rows, written, strict=True):
        assert {key for key, value in entry.items() if value} == {key for key, text in row.values.items() if text}


def test_the_youth_clubs_of_lichtenberg_have_places_but_one():
    sheet = one(OFFERS, "berlin_lichtenberg", "freizeit-sport-jfe.geo.json")
    assert (len(sheet.rows), sum(row.point is not None for row in sheet.rows)) == (71, 70)
    (nowhere,) = (row for row in sheet.rows if row.point is None)
    assert nowhere.values["einrichtung"] == 'Projekt "Berliner Jungs“'
    assert sheet.rows[0].point == (52.562844, 13.513429)
    assert sheet.rows[0].values["einrichtung"] == 'Projekt "Schule ohne Konflikte" - Schule am breiten Luch'
    assert said(sheet) == ["Zeilen ohne Ort: 1 von 71.", "Koordinaten aus „lng“ und „lat“ gelesen."]


def test_the_playgrounds_of_lichtenberg_are_numbers_and_names_in_several_columns():
    sheet = one(OFFERS, "berlin_lichtenberg", "re-spielplatz.geo.json")
    assert (len(sheet.rows), guess_key(sheet)) == (133, "anlagen_nr")
    third = row_with(sheet, anlagen_nr="2394")
    assert (third.values["name"], third.values["name2"]) == (
        "Tasdorfer Str. 43-46 / W.-Guddorf-Str.",
        "28-30 / Spielpl.",
    )
    assert third.point == (52.50788749172133, 13.478308083347978)


def test_the_school_list_of_berlin_has_every_school_with_all_its_words():
    """Its texts stand in single quotes, with delimiters and line breaks inside."""
    sheet = one(OFFERS, "berlin_lichtenberg", "schuldaten2015-02.csv")
    assert (len(sheet.rows), len(sheet.columns)) == (1339, 25)
    assert said(sheet) == ["Einfache Anführungszeichen (') umschließen hier Texte."]
    assert {row.values["Schuljahr"] for row in sheet.rows} == {"2014/15"}
    assert guess_key(sheet) == "BSN"
    branch = row_with(sheet, BSN="01B04", Schulzweig="Berufsfachschule")
    assert branch.values["BemerkungenSchulzweig"] == "für Sekretär/in (2-jährig);  Fachrichrung: Gesundheit (1-jährig)"
    assert duplicates(sheet, "BSN")["01B04"] == (18, 19, 20)


# Other lists


def test_the_events_of_muensterland_keep_their_html_and_say_that_they_are_one_page():
    sheet = one("12_events", "muensterland", "datenportal-muensterland-events-beispiel.json")
    assert (len(sheet.rows), sheet.encoding, guess_key(sheet)) == (10, "UTF-8", "id")
    first = sheet.rows[0]
    assert first.values["start_datetime"] == "2019-11-02T11:00:00+01:00"
    assert first.values["poi.address.postal_code"] == "59394"
    assert first.values["types.name"] == "Ausstellung"
    assert "Eintritt frei<br />\n<br />\nGezeigt werden" in first.values["description_text"]
    assert first.point == (51.732147, 7.534018)
    assert said(sheet) == [
        "Die Datei ist nur eine Seite von 37.",
        "Koordinaten aus „poi.address.longitude“ und „poi.address.latitude“ gelesen.",
    ]


@pytest.mark.parametrize(
    ("name", "count", "key"),
    [
        ("organizations", 20, "organization_uuid"),
        ("locations", 378, "location_uuid"),
        ("services", 135, "service_uuid"),
    ],
)
def test_the_directory_of_florida_is_read_with_its_keys(name, count, key):
    sheet = one("04_hsds", "florida_legal_aid", f"{name}.csv")
    with data("04_hsds", "florida_legal_aid", f"{name}.csv").open(encoding="utf-8", newline="") as opened:
        written = list(csv.DictReader(opened))
    assert len(sheet.rows) == len(written) == count
    assert guess_key(sheet) == key
    for row, entry in zip(sheet.rows, written, strict=True):
        for column, text in entry.items():
            if column:
                assert row.values[column].split() == text.split()


def test_an_old_workbook_is_refused_with_advice():
    path = data("06_surveys", "xlsform_examples", "widgets.xls")
    with pytest.raises(FileRefused, match=r"Das ist altes Excel \(\.xls\)\. Bitte speichern Sie die Tabelle"):
        read(path.read_bytes(), path.name)


# Areas


@pytest.mark.parametrize(
    ("town", "name", "count", "key"),
    [
        ("berlin_lor", "bezirke.geojson", 12, "id"),
        ("berlin_lor", "lor-bezirksregionen-bis-2020.geojson", 138, "id"),
        ("berlin_lor", "lor-planungsraeume-bis-2020.geojson", 448, "id"),
        ("berlin_lor", "lor-prognoseraeume-ab-2021.geojson", 58, "id"),
        ("berlin_lor", "lor-prognoseraeume-bis-2020.geojson", 60, "id"),
        ("leipzig_ortsteile", "bezirke.json", 10, "SBZ"),
        ("leipzig_ortsteile", "ortsteile.json", 63, "OT"),
        ("muenster_od-ms", "stadtbezirke-muenster.geojson", 6, "NR_STADTBE"),
        ("muenster_od-ms", "stadtteile-statistische-bezirke-muenster.geojson", 45, "NR_STATIST"),
    ],
)
def test_all_areas_of_a_town_have_a_shape_and_a_point_inside(town, name, count, key):
    sheet = one(AREAS, town, name)
    assert (len(sheet.rows), sheet.coordinate_system, said(sheet)) == (count, "EPSG:4326", [])
    assert guess_key(sheet) == key
    written = json.loads(data(AREAS, town, name).read_bytes())["features"]
    for row, feature in zip(sheet.rows, written, strict=True):
        assert row.shape["type"] == feature["geometry"]["type"]
        shape = shapely.geometry.shape(row.shape)
        assert shape.is_valid
        assert shape.equals(shapely.geometry.shape(feature["geometry"]))
        assert shape.contains(shapely.Point(row.point[1], row.point[0]))


def test_a_district_of_muenster_keeps_what_is_said_of_it():
    sheet = one(AREAS, "muenster_od-ms", "stadtbezirke-muenster.geojson")
    assert sheet.name == "stadtbezirk"
    district = row_with(sheet, NR_STADTBE="8")
    assert (district.values["NAME_STADT"], district.values["STAND"]) == ("Münster-Südost", "2018/12/18")
    assert district.values["SHAPE_AREA"] == "36116459.1376"


def test_a_table_of_old_and_new_areas_is_no_list_of_areas():
    path = data(AREAS, "berlin_lor", "lor-matches-2020-2021.json")
    with pytest.raises(FileRefused, match="steht keine Liste von Einträgen"):
        read(path.read_bytes(), path.name)
