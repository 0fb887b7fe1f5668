"""Tables, maps and lists of offers as towns keep them: any encoding, any coordinates, any wrapping."""

import math
import re
import tempfile
import unicodedata
from datetime import date, datetime, time

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import numbers
from tests.adapters import offer_file_samples as files

from kommpass.adapters.offer_files import duplicates, guess_key, read

TABLE = ("Nr.;Name;Telefon", "1;Kita Süd;0234 1", '2;"Café ""Mütter""; Treff";')


def one(content, name="kitas.csv"):
    (sheet,) = read(content, name)
    return sheet


def values(sheet):
    return [tuple(row.values.values()) for row in sheet.rows]


def said(sheet):
    return [str(note) for note in sheet.notes]


def metres_apart(place, other):
    """Good enough for a few metres."""
    north = (place[0] - other[0]) * 111_195
    return math.hypot(north, (place[1] - other[1]) * 111_195 * math.cos(math.radians(place[0])))


def places(lines):
    return one(files.csv_bytes(*lines))


# Tables as text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_delimiter_and_line_ends_do_not_matter(encoding, delimiter, end):
    lines = [line.replace("; T", " T").replace(";", delimiter) for line in TABLE]
    sheet = one(files.csv_bytes(*lines, encoding=encoding, end=end))
    assert sheet.columns == ("Nr.", "Name", "Telefon")
    assert values(sheet) == [("1", "Kita Süd", "0234 1"), ("2", 'Café "Mütter" Treff', "")]
    assert [row.number for row in sheet.rows] == [2, 3]


@pytest.mark.parametrize(
    ("encoding", "name", "notes"),
    [
        ("utf-8-sig", "UTF-8", []),
        ("utf-16", "UTF-16", ["Als UTF-16 gelesen."]),
        ("latin-1", "Latin-1", ["Als Latin-1 gelesen."]),
        ("cp1252", "Windows-1252", ["Als Windows-1252 gelesen."]),
    ],
)
def test_the_encoding_is_named(encoding, name, notes):
    euro = "€" if encoding == "cp1252" else "ü"
    sheet = one(files.csv_bytes("Nr;Name", f"1;{euro}", encoding=encoding))
    assert (sheet.encoding, said(sheet), sheet.rows[0].values["Name"]) == (name, notes, euro)


def test_the_header_may_stand_lower_and_have_line_breaks():
    sheet = one(
        files.csv_bytes(
            "Kitas der Stadt Auental;;", "Stand: 1.3.2026;;", ";;", '"Name der\n Kita";Plätze;Träger', "Süd;25;Awo"
        )
    )
    assert sheet.columns == ("Name der Kita", "Plätze", "Träger")
    assert [(row.number, row.values["Plätze"]) for row in sheet.rows] == [(5, "25")]
    assert said(sheet) == [
        "2 Zeilen über der Kopfzeile übersprungen: „Kitas der Stadt Auental / Stand: 1.3.2026“.",
    ]


def test_one_line_above_the_header_is_named():
    sheet = one(files.csv_bytes("Kitas;;", "Nr;Name;Ort", "1;Süd;Auental"))
    assert said(sheet) == ["Eine Zeile über der Kopfzeile übersprungen: „Kitas“."]


def test_a_table_of_two_columns_or_one_needs_no_more():
    assert one(files.csv_bytes("Kitas", "Name;Plätze", "Süd;25")).columns == ("Name", "Plätze")
    assert values(one(files.csv_bytes("Name", "Süd", "Nord"))) == [("Süd",), ("Nord",)]


def test_rows_without_name_and_address_belong_to_the_row_above():
    sheet = one(
        files.csv_bytes(
            "Art;Bezeichnung;Adresse;Bezirk;Platz;Belag",
            "Sportplatz;Am Wald;Waldweg 1;4;groß;Asche",
            ";;;4;groß;Rasen",
            ";;;4;klein;",
            ";Im Tal;Talstr. 2;1;groß;Rasen",
            "Sportplatz;;;1;klein;Asche",
            "Stadion;Arena;Ring 3;2;groß;Rasen",
            ";(Sportzentrum);;2;groß;Asche",
        )
    )
    assert values(sheet) == [
        ("Sportplatz", "Am Wald", "Waldweg 1", "4", "groß\ngroß\nklein", "Asche\nRasen\n–"),
        ("Sportplatz", "Im Tal", "Talstr. 2", "1", "groß\nklein", "Rasen\nAsche"),
        ("Stadion", "Arena (Sportzentrum)", "Ring 3", "2", "groß", "Rasen\nAsche"),
    ]
    assert [row.number for row in sheet.rows] == [2, 5, 7]
    assert said(sheet) == [
        "Zeile 2: Fortsetzungszeilen 3 bis 4 zu Zeile 2 genommen.",
        "Zeile 5: Fortsetzungszeile 6 zu Zeile 5 genommen.",
        "Zeile 7: Fortsetzungszeile 8 zu Zeile 7 genommen.",
    ]


def test_a_list_whose_names_are_missing_is_not_pulled_together():
    lines = ("Name;Straße;Telefon", "Süd;Weg 1;1", *(f";;{number}" for number in range(2, 9)))
    assert len(one(files.csv_bytes(*lines)).rows) == 8
    assert len(one(files.csv_bytes("Typ;Name;Ort", "Kita;Süd;A", "Kita;;B", "Schule;;C")).rows) == 3


def test_ragged_rows_keep_every_cell():
    sheet = one(files.csv_bytes("Nr;Name", "1;Süd;dazu", "2", "3;Nord"))
    assert sheet.columns == ("Nr", "Name", "Spalte C")
    assert values(sheet) == [("1", "Süd", "dazu"), ("2", "", ""), ("3", "Nord", "")]
    assert said(sheet) == [
        "Spalte „Spalte C“: Diese Spalte hat keine Überschrift und nur in Zeile 2 einen Inhalt.",
    ]


def test_a_header_that_repeats_on_each_page_is_left_out():
    sheet = one(files.csv_bytes("Nr;Name", "1;Süd", "Nr;Name", "2;Nord"))
    assert [row.number for row in sheet.rows] == [2, 4]
    assert said(sheet) == ["Wiederholte Kopfzeilen ausgelassen: 1."]


def test_single_quotes_may_hold_delimiters_and_line_breaks():
    sheet = one(files.csv_bytes("Nr;Name;Schwerpunkt", "1;Süd;'Sport; Musik\nund Tanz'", "2;Nord;'a; b'", "3;O's;c"))
    assert values(sheet)[0] == ("1", "Süd", "Sport; Musik\nund Tanz")
    assert values(sheet)[2] == ("3", "O's", "c")
    assert said(sheet) == ["Einfache Anführungszeichen (') umschließen hier Texte."]


def test_loose_quotes_are_kept_and_named():
    sheet = one(files.csv_bytes("Nr;Name", '1;"Treff "Mitte" am Markt"'))
    assert values(sheet) == [("1", 'Treff "Mitte" am Markt')]
    assert said(sheet) == ["Zeile 2: Im Text stehen einzelne Anführungszeichen. Bitte prüfen Sie, ob die Zeile stimmt."]


def test_html_and_entities_stay_as_they_are_and_control_characters_go():
    sheet = one(files.csv_bytes("Nr|Text", "1|<b>Eltern</b><br>&amp; Kinder<script>x</script>\x07"))
    assert values(sheet) == [("1", "<b>Eltern</b><br>&amp; Kinder<script>x</script>")]
    assert said(sheet) == ["Unsichtbare Steuerzeichen entfernt, Zellen: 1."]


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1), min_size=3, max_size=3
        ),
        min_size=1,
        max_size=8,
    )
)
def test_what_a_spreadsheet_writes_is_read_again(rows):
    """Whatever the words are: quotes, delimiters and apostrophes inside a cell come back as they were."""
    quoted = [";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    sheet = one(files.csv_bytes("Alpha;Beta;Gamma", *quoted))
    assert values(sheet) == [tuple(unicodedata.normalize("NFC", cell) for cell in row) for row in rows]


# Workbooks


def test_a_workbook_gives_its_sheets_with_merged_cells_dates_and_plain_numbers():
    def prepare(book):
        kitas = book["Kitas"]
        kitas.merge_cells("A1:D1")
        kitas.merge_cells("A3:A4")
        kitas["D3"].number_format = numbers.FORMAT_NUMBER
        kitas["C3"].number_format = "00000"

    content = files.workbook(
        prepare,
        Kitas=[
            ["Kitas in Auental"],
            ["Träger", "Name", "PLZ", "Plätze", "Eröffnet", "Öffnet"],
            ["Awo", "Süd", 1067, 25.0, date(2020, 8, 1), time(7, 30)],
            [None, "Nord", 44789, 30.5, datetime.fromisoformat("2021-08-01 09:15"), None],
        ],
        Leer=[],
        Schulen=[["Nr", "Name"], [7, "Waldschule"]],
    )
    kitas, schools = read(content, "einrichtungen.xlsx")
    assert (kitas.name, schools.name) == ("Kitas", "Schulen")
    assert values(kitas) == [
        ("Awo", "Süd", "01067", "25", "2020-08-01", "07:30"),
        ("Awo", "Nord", "44789", "30,5", "2021-08-01 09:15", ""),
    ]
    assert [row.number for row in kitas.rows] == [3, 4]
    assert said(kitas) == [
        "Verbundene Zellen aufgefüllt: 2.",
        "Eine Zeile über der Kopfzeile übersprungen: „Kitas in Auental“.",
    ]
    assert values(schools) == [("7", "Waldschule")]


def test_a_header_in_two_rows_is_read_from_the_finer_one():
    def merge(book):
        for cells in ("A1:A2", "B1:C1", "D1:D2"):
            book["Kitas"].merge_cells(cells)

    rows = [["Name", "Anschrift", None, "Plätze"], [None, "Straße", "Ort", None], ["Süd", "Weg 1", "Auental", 25]]
    sheet = one(files.workbook(merge, Kitas=rows), "a.xlsx")
    assert sheet.columns == ("Name", "Straße", "Ort", "Plätze")
    assert values(sheet) == [("Süd", "Weg 1", "Auental", "25")]


def test_formulas_come_with_their_results_and_those_without_are_named():
    content = files.workbook(Kitas=[["Name", "Plätze"], ["Süd", "=1+2"], ["Nord", "=3+4"]])
    empty = re.compile(rb"(<f>1\+2</f>)(<v ?/>|<v></v>)")
    content = files.repacked(content, "xl/worksheets/sheet1.xml", lambda part: empty.sub(rb"\1<v>3</v>", part))
    sheet = one(content, "a.xlsx")
    assert values(sheet) == [("Süd", "3"), ("Nord", "")]
    assert said(sheet) == [
        "Formeln ohne gespeichertes Ergebnis: 1, zuerst in Zeile 3. Die Zellen bleiben leer. "
        "Bitte öffnen und speichern Sie die Datei in Excel oder LibreOffice."
    ]


def test_a_hidden_sheet_is_not_read_and_named():
    def hide(book):
        book["Intern"].sheet_state = "hidden"

    sheet = one(files.workbook(hide, Kitas=[["Nr", "Name"], [1, "Süd"]], Intern=[["a", "b"], [1, 2]]), "a.xlsx")
    assert (sheet.name, said(sheet)) == ("Kitas", ["Ausgeblendete Blätter wurden nicht gelesen: Intern."])


# JSON


def test_nested_objects_become_columns_and_lists_become_texts():
    content = files.json_bytes(
        [
            {"id": 1, "ort": {"plz": "44789", "lage": {"etage": 2}}, "tags": ["Sport", "Musik"], "frei": True},
            {"id": 2, "typ": [{"id": 3, "name": "Kurs"}, {"id": 4, "name": "Treff, offen"}], "fax": None, "preis": 2.5},
        ]
    )
    sheet = one(content, "a.json")
    assert sheet.columns == ("id", "ort.plz", "ort.lage.etage", "tags", "frei", "typ.id", "typ.name", "fax", "preis")
    assert values(sheet) == [
        ("1", "44789", "2", "Sport, Musik", "ja", "", "", "", ""),
        ("2", "", "", "", "", "3, 4", "Kurs\nTreff, offen", "", "2.5"),
    ]
    assert [row.number for row in sheet.rows] == [1, 2]


@pytest.mark.parametrize(
    "content",
    [
        {"messages": {"messages": [], "success": None}, "results": {"count": 1}, "index": [{"id": "1"}]},
        {"help": "x", "success": True, "result": {"fields": [{"id": "a", "type": "b"}], "records": [{"id": "1"}]}},
        {"total_pages": 1, "contents": [{"id": "1"}]},
        {"Angebote": [{"id": "1"}]},
        {"id": "1"},
        [["id"], ["1"]],
    ],
)
def test_the_list_is_found_in_whatever_it_is_wrapped(content):
    assert values(one(files.json_bytes(content), "a.json")) == [("1",)]


def test_entries_by_key_keep_their_keys():
    sheet = one(files.json_bytes({"k1": {"name": "Süd"}, "k2": {"name": "Nord"}}), "a.json")
    assert (sheet.columns, values(sheet)) == (("Schlüssel", "name"), [("k1", "Süd"), ("k2", "Nord")])


def test_several_lists_are_several_sheets():
    sheets = read(files.json_bytes({"kitas": [{"nr": 1}], "schulen": [{"nr": 2}, {"nr": 3}]}), "a.json")
    assert [(sheet.name, len(sheet.rows)) for sheet in sheets] == [("kitas", 1), ("schulen", 2)]


def test_one_object_a_line_is_a_list():
    assert values(one(b'{"id": 1, "name": "S\xc3\xbcd"}\n\n{"id": 2, "name": "Nord"}\n', "a.ndjson")) == [
        ("1", "Süd"),
        ("2", "Nord"),
    ]


def test_one_page_of_many_is_named():
    sheet = one(files.json_bytes({"last_page": 37, "data": [{"id": 1}]}), "a.json")
    assert said(sheet) == ["Die Datei ist nur eine Seite von 37."]
    sheet = one(files.json_bytes({"next": "https://example.org/2", "items": [{"id": 1}]}), "a.json")
    assert said(sheet) == ["Die Datei ist nur eine Seite von mehreren."]


# Coordinates in columns


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("lat;lon", "51,4819;7,2162"),
        ("latitude;longitude", "51.4819;7.2162"),
        ("Breitengrad;Längengrad (WGS84)", "51.4819° N;7.2162° O"),
        ("geogr. Breite;geogr. Länge", "51° 28' 54.84\";7° 12' 58.32\""),
        ("ort.lat;ort.lng", "51.4819;7.2162"),
        ("y;x", "51.4819;7.2162"),
        ("GeoLat;GeoLon", "51.4819;7.2162"),
        ("Hochwert;Rechtswert", "5704925,01;376136,99"),
        ("hoch_utm;rechts_utm", "5.704.925,01;376.136,99"),
        ("utm_n;utm_e", "5704925;376137"),
        ("YCenter_EPSG25832;XCenter_EPSG25832", "5704925;376137"),
        ("Nordwert;Ostwert", "5704925;32376137"),
        ("y;x", "5705961.58;2584527.17"),
        ("Y-Koordinate;X-Koordinate", "5706767.04;3376160.47"),
        ("northing;easting", "6706983;803304"),
        ("lat_lon;Etage", "51.4819, 7.2162;1"),
        ("lon_lat;Etage", "7.2162,51.4819;1"),
        ("Koordinaten;Etage", '"51,4819; 7,2162";1'),
        ("geo_point_2d;Etage", "51.4819, 7.2162;1"),
        ("geom;Etage", "POINT (7.2162 51.4819);1"),
        ("wkt;Etage", "SRID=25832;POINT(376137 5704925);1"),
    ],
)
def test_coordinates_are_found_whatever_the_columns_are_called(header, cells):
    if "SRID" in cells:
        cells = '"SRID=25832;POINT(376137 5704925)";1'
    sheet = places([f"Nr;{header};Name", f"1;{cells};Rathaus"])
    assert metres_apart(sheet.rows[0].point, files.TOWN_HALL) < 1
    assert sheet.rows[0].shape is None


@pytest.mark.parametrize(
    ("code", "east", "north"),
    [
        ("EPSG:25832", *files.IN_UTM32),
        ("EPSG:31466", *files.IN_GAUSS_KRUEGER[2]),
        ("EPSG:31467", *files.IN_GAUSS_KRUEGER[3]),
        ("EPSG:3857", *files.IN_MERCATOR),
    ],
)
def test_metres_are_recognised_by_their_size_and_converted(code, east, north):
    sheet = places(["Rechtswert;Hochwert;Name", f"{east};{north};Rathaus"])
    assert sheet.coordinate_system == code
    assert metres_apart(sheet.rows[0].point, files.TOWN_HALL) < 1
    rough = ", auf etwa 3 m genau" if code.startswith("EPSG:314") else ""
    assert said(sheet) == [
        "Koordinaten aus „Rechtswert“ und „Hochwert“ gelesen.",
        f"Koordinaten von {code} umgerechnet{rough}.",
    ]


@pytest.mark.parametrize(
    ("header", "postal_code"),
    [("Rechtswert;Hochwert", "10178 Berlin"), ("Ost_UTM33;Nord_UTM33", ""), ("x_25833;y_25833", "44789 Bochum")],
)
def test_the_zone_is_known_by_the_header_or_by_postal_codes_of_the_east(header, postal_code):
    east, north = files.BERLIN_IN_UTM33
    sheet = places([f"{header};PLZ Ort", f"{east};{north};{postal_code}"])
    assert sheet.coordinate_system == "EPSG:25833"
    assert metres_apart(sheet.rows[0].point, files.BERLIN) < 1


def test_length_and_breadth_of_a_pitch_are_no_coordinates():
    sheet = places(["Name;Länge;Breite", "Bolzplatz;40,5;20", "Stadion;105;68"])
    assert (sheet.coordinate_system, [row.point for row in sheet.rows], said(sheet)) == ("", [None, None], [])


def test_swapped_coordinates_are_put_right_with_a_note():
    sheet = places(["Nr;lat;lon", "1;51.4819;7.2162", "2;7.2162;51.4819"])
    assert [row.point for row in sheet.rows] == [files.TOWN_HALL, files.TOWN_HALL]
    back = "Länge und Breite waren vertauscht und wurden zurückgetauscht."
    assert said(sheet)[1:] == [f"Zeile 3: {back}"]
    assert [str(note) for note in sheet.notes_on(sheet.rows[1])] == [f"Zeile 3: {back}"]
    assert said(places(["Nr;lat;lon", "1;7.2;51.4", "2;7.1;51.5"]))[1:] == [back]
    sheet = places(["Nr;Rechtswert;Hochwert", "1;5704925;376137", "2;5704925;376137"])
    assert metres_apart(sheet.rows[0].point, files.TOWN_HALL) < 1
    assert said(sheet)[-1] == "Rechtswert und Hochwert waren vertauscht und wurden zurückgetauscht."


def test_impossible_places_stay_empty_and_foreign_ones_are_named():
    sheet = places(
        ["Nr;lat;lon", "1;51.4819;7.2162", "2;0;0", "3;95;200", "4;Rathaus;", "5;48.85;2.35", "6;;", "7;0,000;0,000"]
    )
    found = [row.point for row in sheet.rows]
    assert found == [files.TOWN_HALL, None, None, None, (48.85, 2.35), None, None]
    assert said(sheet) == [
        "Zeilen ohne Ort: 5 von 7.",
        "Koordinaten aus „lon“ und „lat“ gelesen.",
        "Zeile 6: Der Ort liegt außerhalb Deutschlands. Bitte prüfen Sie die Koordinaten.",
        "Zeile 3: Die Koordinaten sind 0. Die Zeile bleibt ohne Ort.",
        "Zeile 4: „200, 95“ ist kein möglicher Ort. Die Zeile bleibt ohne Ort.",
        "Zeile 5: „Rathaus“ ist kein möglicher Ort. Die Zeile bleibt ohne Ort.",
        "Zeile 8: Die Koordinaten sind 0. Die Zeile bleibt ohne Ort.",
    ]


def test_places_are_found_even_if_only_the_last_rows_have_them():
    lines = ["Nr;lat;lon", *(f"{number};;" for number in range(300)), "300;51.4819;7.2162"]
    assert places(lines).rows[-1].point == files.TOWN_HALL


def test_a_small_number_among_metres_is_no_place_in_africa():
    sheet = places(["Nr;x;y", "1;376137;5704925", "2;376140;5704930", "3;12;34", "4;0;0", "5;7.2162;51.4819"])
    assert [row.point is not None for row in sheet.rows] == [True, True, False, False, True]
    assert sheet.rows[4].point == files.TOWN_HALL


@given(st.floats(47.3, 55.0), st.floats(5.9, 15.0))
def test_every_place_in_germany_comes_back_from_degrees_with_a_decimal_comma(latitude, longitude):
    cells = f"{latitude:.6f};{longitude:.6f}".replace(".", ",")
    point = places(["lat;lon;Name", f"{cells};Rathaus"]).rows[0].point
    assert point == pytest.approx((latitude, longitude), abs=1e-6)


# Maps


def test_geojson_points_and_areas_have_places_and_shapes():
    ring = files.square(7, 51)
    content = files.collection(
        files.feature([7.2162, 51.4819, 98.5], nr=1, ort={"plz": "44789"}),
        files.feature([ring], "Polygon", nr=2),
        files.feature(None, nr=3),
        name="orte",
    )
    sheet = one(content, "a.geojson")
    assert (sheet.name, sheet.columns, sheet.coordinate_system) == ("orte", ("nr", "ort.plz"), "EPSG:4326")
    first, second, third = sheet.rows
    assert (first.point, first.shape) == (files.TOWN_HALL, {"type": "Point", "coordinates": [7.2162, 51.4819]})
    assert second.shape == {"type": "Polygon", "coordinates": [ring]}
    assert second.point == (51.5, 7.5)
    assert (third.point, third.shape) == (None, None)
    assert said(sheet) == ["Zeilen ohne Ort: 1 von 3."]


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:EPSG::25832", "EPSG:25832", ""])
def test_geojson_in_metres_is_converted_whether_it_says_so_or_not(name):
    about = {"crs": files.named_crs(name)} if name else {}
    sheet = one(files.collection(files.feature(files.IN_UTM32, nr=1), **about), "a.geojson")
    assert metres_apart(sheet.rows[0].point, files.TOWN_HALL) < 1
    silent = "Die Datei nennt kein Koordinatensystem. Nach der Größe der Zahlen ist es EPSG:25832."
    assert said(sheet) == [*([] if name else [silent]), "Koordinaten von EPSG:25832 umgerechnet."]


@pytest.mark.parametrize(
    ("name", "place", "wrong"),
    [("OGC:CRS84", files.IN_UTM32, "EPSG:4326"), ("EPSG:25832", (7.2162, 51.4819), "EPSG:25832")],
)
def test_a_wrongly_named_coordinate_system_is_noticed_by_the_numbers(name, place, wrong):
    sheet = one(files.collection(files.feature(place, nr=1), crs=files.named_crs(name)), "a.geojson")
    assert metres_apart(sheet.rows[0].point, files.TOWN_HALL) < 1
    assert said(sheet)[0].startswith(f"Die Datei nennt {wrong}. Dazu passen die Zahlen nicht;")


def test_swapped_and_crossing_shapes_are_repaired():
    bow = [[7.0, 51.0], [8.0, 52.0], [8.0, 51.0], [7.0, 52.0], [7.0, 51.0]]
    turned = [[north, east] for east, north in files.square(7, 51)]
    sheet = one(
        files.collection(files.feature([bow], "Polygon", nr=1), files.feature([turned], "Polygon", nr=2)), "a.geojson"
    )
    first, second = (shapely.geometry.shape(row.shape) for row in sheet.rows)
    assert (first.geom_type, first.is_valid, first.area) == ("MultiPolygon", True, 0.5)
    assert second.equals(shapely.box(7, 51, 8, 52))
    assert said(sheet) == [
        "Zeile 1: Die Grenze kreuzt sich selbst und wurde repariert.",
        "Zeile 2: Länge und Breite waren vertauscht und wurden zurückgetauscht.",
    ]


def test_a_broken_shape_costs_only_its_own_row():
    content = files.collection(
        files.feature(["x", None], nr=1), files.feature([[[7, 51]]], "Polygon", nr=2), files.feature([7.2, 51.4], nr=3)
    )
    sheet = one(content, "a.geojson")
    assert [row.point for row in sheet.rows] == [None, None, (51.4, 7.2)]
    unreadable = "Die Fläche oder der Punkt ist nicht lesbar. Die Zeile bleibt ohne Ort."
    assert said(sheet) == [f"Zeile 1: {unreadable}", f"Zeile 2: {unreadable}", "Zeilen ohne Ort: 2 von 3."]


@pytest.mark.parametrize(
    ("reference", "place"),
    [
        ({"wkid": 4326}, (7.2162, 51.4819)),
        ({"wkid": 25832}, files.IN_UTM32),
        ({"wkid": 102100, "latestWkid": 3857}, files.IN_MERCATOR),
        ({"wkid": 31466}, files.IN_GAUSS_KRUEGER[2]),
        ({"wkt": files.UTM32}, files.IN_UTM32),
    ],
)
def test_esri_points_come_from_any_coordinate_system(reference, place):
    features = [{"attributes": {"nr": 1, "am": 1718446500000}, "geometry": {"x": place[0], "y": place[1]}}]
    fields = [{"name": "am", "type": "esriFieldTypeDate"}]
    sheet = one(
        files.json_bytes({"spatialReference": reference, "fields": fields, "features": features}), "abfrage.json"
    )
    assert metres_apart(sheet.rows[0].point, files.TOWN_HALL) < 1
    assert values(sheet) == [("1", "2024-06-15 12:15")]


def test_esri_areas_keep_their_holes_and_an_incomplete_answer_is_named():
    outer, hole = files.square(7, 51)[::-1], files.square(7.25, 51.25, 0.5)
    far = files.square(9, 51)[::-1]
    content = {
        "spatialReference": {"wkid": 4326},
        "exceededTransferLimit": True,
        "features": [{"attributes": {"nr": 1}, "geometry": {"rings": [hole, far, outer]}}],
    }
    sheet = one(files.json_bytes(content), "abfrage.json")
    shape = shapely.geometry.shape(sheet.rows[0].shape)
    assert (shape.geom_type, shape.area) == ("MultiPolygon", 1.75)
    assert shape.contains(shapely.Point(sheet.rows[0].point[::-1]))
    assert said(sheet) == ["Der Server hat nicht alle Einträge geliefert. Bitte rufen Sie die übrigen auch ab."]


def test_topojson_areas_share_their_quantised_borders():
    content = files.json_bytes(
        {
            "type": "Topology",
            "transform": {"scale": [0.5, 0.5], "translate": [7, 51]},
            "objects": {
                "bezirke": {
                    "type": "GeometryCollection",
                    "geometries": [
                        {"type": "Polygon", "arcs": [[0, 1]], "id": "W", "properties": {"name": "West"}},
                        {"type": "Polygon", "arcs": [[2, -1]], "id": "O", "properties": {"name": "Ost"}},
                    ],
                }
            },
            "arcs": [[[2, 0], [0, 2]], [[2, 2], [-2, 0], [0, -2], [2, 0]], [[2, 0], [2, 0], [0, 2], [-2, 0]]],
        }
    )
    sheet = one(content, "bezirke.topojson")
    assert values(sheet) == [("W", "West"), ("O", "Ost")]
    west, east = (shapely.geometry.shape(row.shape) for row in sheet.rows)
    assert west.equals(shapely.box(7, 51, 8, 52))
    assert east.equals(shapely.box(8, 51, 9, 52))


def test_topojson_without_quantisation_and_with_several_objects():
    line = [[7, 51], [8, 51], [8, 52], [7, 51]]
    content = files.json_bytes(
        {
            "type": "Topology",
            "objects": {
                "a": {"type": "Polygon", "arcs": [[0]]},
                "b": {"type": "Point", "coordinates": [7.2162, 51.4819], "properties": {"nr": 1}},
            },
            "arcs": [line],
        }
    )
    first, second = read(content, "x.json")
    assert (first.name, first.rows[0].shape["coordinates"]) == ("a", [line])
    assert (second.name, second.rows[0].point) == ("b", files.TOWN_HALL)


# Shapefiles, archives, GeoPackages


@pytest.mark.parametrize(
    ("encoding", "cpg", "named"),
    [
        ("utf-8", "UTF-8", "UTF-8"),
        ("utf-8", "", "UTF-8"),
        ("cp1252", "ANSI 1252", "Windows-1252"),
        ("latin-1", "88591", "Latin-1"),
        ("cp1252", "", "Windows-1252"),
        ("cp850", "850", "DOS (850)"),
        ("cp1252", "UTF-8", "Windows-1252"),
        ("utf-8", "ISO-8859-1", "Latin-1"),
    ],
)
def test_the_texts_of_a_shapefile_are_read_in_the_encoding_that_fits(encoding, cpg, named):
    parts = files.layer([files.IN_UTM32], names=["Müttercafé Süd"], encoding=encoding, cpg=cpg)
    sheet = one(files.archive(parts), "a.zip")
    assert sheet.encoding == named
    if (encoding, named) != ("utf-8", "Latin-1"):
        assert values(sheet) == [("1", "Müttercafé Süd")]
    if (encoding, cpg) == ("cp1252", "UTF-8"):
        assert said(sheet)[0] == "Die .cpg-Datei nennt UTF-8, die Texte sind aber in Windows-1252."


def test_a_text_cut_in_the_middle_of_an_umlaut_does_not_spoil_the_encoding():
    parts = files.layer([files.IN_UTM32, files.IN_UTM32], names=["ä" * 20, "a" * 39 + "b"])
    cut = ("a" * 39 + "ä").encode()[:40]
    parts["kitas.dbf"] = parts["kitas.dbf"].replace(b"a" * 39 + b"b", cut)
    assert values(one(files.archive(parts), "a.zip")) == [("1", "ä" * 20), ("2", "a" * 39)]


@pytest.mark.parametrize("prj", [files.UTM32, ""])
def test_a_projected_shapefile_is_converted_with_and_without_prj(prj):
    sheet = one(files.archive(files.layer([files.IN_UTM32, None], prj=prj)), "a.zip")
    assert (sheet.name, sheet.coordinate_system) == ("kitas", "EPSG:25832")
    assert metres_apart(sheet.rows[0].point, files.TOWN_HALL) < 1
    assert (sheet.rows[1].point, sheet.rows[1].shape) == (None, None)
    missing = "Die .prj-Datei mit dem Koordinatensystem fehlt."
    assert (missing in said(sheet)) is not prj


def test_an_unknown_prj_is_named_and_the_numbers_decide():
    sheet = one(files.archive(files.layer([files.IN_UTM32], prj="PROJCS[kaputt")), "a.zip")
    assert metres_apart(sheet.rows[0].point, files.TOWN_HALL) < 1
    assert said(sheet) == [
        "Die .prj-Datei nennt kein bekanntes Koordinatensystem.",
        "Die Datei nennt kein Koordinatensystem. Nach der Größe der Zahlen ist es EPSG:25832.",
        "Koordinaten von EPSG:25832 umgerechnet.",
    ]


def test_several_layers_with_holes_are_several_sheets():
    hole = files.square(7.25, 51.25, 0.5)
    areas = files.layer(areas=[[files.square(7, 51)[::-1], hole]], prj="", stem="karte/bezirke")
    content = files.archive({**areas, **files.layer([files.IN_UTM32], stem="karte/Kitas"), "__MACOSX/._x": b"x"})
    by_name = {sheet.name: sheet for sheet in read(content, "karte.zip")}
    assert set(by_name) == {"bezirke", "Kitas"}
    assert shapely.geometry.shape(by_name["bezirke"].rows[0].shape).area == 0.75


def test_upper_case_endings_belong_together():
    parts = {name.upper(): part for name, part in files.layer([files.IN_UTM32]).items()}
    assert one(files.archive(parts), "a.zip").coordinate_system == "EPSG:25832"


def test_an_archive_may_hold_a_table_or_a_map():
    table = files.csv_bytes(*TABLE)
    sheet = one(files.archive({"daten/kitas.csv": table, "liesmich.txt": b"x"}), "a.zip")
    assert (sheet.name, len(sheet.rows), said(sheet)) == ("kitas", 2, ["Im ZIP-Archiv nicht gelesen: liesmich.txt."])
    content = files.archive({"orte.geojson": files.collection(files.feature([7.2, 51.4], nr=1))})
    assert one(content, "a.zip").rows[0].point == (51.4, 7.2)
    book = files.workbook(Kitas=[["Nr", "Name"], [1, "Süd"]])
    assert one(files.archive({"kitas.xlsx": book}), "a.zip").name == "Kitas"


def test_a_geopackage_gives_its_layers_and_tables(tmp_path, monkeypatch):
    content = files.geopackage(places=(files.IN_UTM32, files.IN_UTM32))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    kitas, carriers = read(content, "karte.gpkg")
    assert (kitas.name, kitas.columns, kitas.coordinate_system) == (
        "Kitas der Stadt",
        ("fid", "name", "plaetze"),
        "EPSG:25832",
    )
    assert values(kitas) == [("1", "Kita 1", "25"), ("2", "Kita 2", "25")]
    assert metres_apart(kitas.rows[0].point, files.TOWN_HALL) < 1
    assert (carriers.name, values(carriers)) == ("traeger", [("1", "Awo"), ("2", "Müttercafé")])
    assert list(tmp_path.iterdir()) == []


def test_the_content_says_what_a_file_is_and_not_its_name():
    table = files.csv_bytes(*TABLE)
    assert values(one(table, "kitas.xlsx")) == values(one(table, "kitas.csv"))
    book = files.workbook(Kitas=[["Nr", "Name"], [1, "Süd"]])
    assert one(book, "kitas.csv").name == "Kitas"


# Keys


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        (["name;poi_id", "A;1", "B;2"], "poi_id"),
        (["OBJECTID;Schlüssel;Name", "1;a;A", "2;b;B"], "Schlüssel"),
        (["OBJECTID;Name", "1;A", "2;B"], "OBJECTID"),
        (["Name;Telefonnummer;Hausnummer", "A;1;1", "B;2;2"], None),
        (["name;traeger_id", "A;1", "B;1", "C;2"], None),
        (["Kennung;Name", "1;Schule A", "1;Schule A", "2;Schule B"], "Kennung"),
        (["Schule;Name", "01A01;A", "01A02;B"], "Schule"),
        (["Name;Plätze", "Süd;25", "Nord;30"], None),
        (["Plätze;Name", "25;Süd", "130;Nord"], None),
        (["id;Name", ";A", ";B"], None),
    ],
)
def test_the_key_is_guessed_by_name_and_content(lines, key):
    assert guess_key(places(lines)) == key


def test_doubles_are_found_with_their_rows():
    sheet = places(["id;Name", "1;A", "2;B", "1;C", ";D", ";E"])
    assert duplicates(sheet, "id") == {"1": (2, 4)}
    assert duplicates(sheet, "Name") == {}


def test_a_large_list_is_read_whole():
    lines = [f"{number};Kita {number};51,4819;7,2162" for number in range(50_000)]
    sheet = places(["id;name;lat;lon", *lines])
    assert len(sheet.rows) == 50_000
    assert sheet.rows[-1].number == 50_001
    assert sum(row.point is not None for row in sheet.rows) == 50_000
