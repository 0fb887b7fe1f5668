"""Bad offer files: one clear German sentence each, nothing written to disk, and no other error whatever comes."""

import io
import json
import random
import tempfile
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.adapters import offer_file_samples as files

from kommpass.adapters.offer_files import FileRefused, read

SAVE_TABLE = "Bitte speichern Sie die Tabelle als XLSX oder CSV."
SAVE_UTF8 = "Bitte speichern Sie die Datei als CSV UTF-8."
NO_BOOK = "Die Datei ist keine lesbare Excel-Arbeitsmappe (.xlsx)."
NO_ZIP = "Das ZIP-Archiv ist unvollständig oder beschädigt. Bitte laden Sie es noch einmal herunter."
NO_PACKAGE = "Das GeoPackage ist unvollständig oder beschädigt. Bitte laden Sie es noch einmal herunter."
NO_LAYER = "Das Shapefile „kitas“ ist unvollständig oder beschädigt. Bitte laden Sie es noch einmal herunter."
NO_LIST = (
    "In der JSON-Datei steht keine Liste von Einträgen. Bitte speichern Sie die Liste selbst, "
    "also [{…}, {…}], oder eine CSV-Datei."
)
NESTED = "Im ZIP-Archiv liegt ein weiteres Archiv. Bitte packen Sie es aus und laden Sie den Inhalt hoch."
LEADS_OUT = "Das ZIP-Archiv enthält Pfade, die aus ihm hinausführen, und wird nicht gelesen."
SHAPE_PART = "Das ist ein Teil eines Shapefiles. Bitte laden Sie alle seine Dateien in einem ZIP-Archiv hoch."
MEGABYTE = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
BOOK = files.workbook(Kitas=[["Nr", "Name"], [1, "Süd"]])
TABLE = files.csv_bytes("Nr;Name", "1;Süd")
LAYER = files.layer([files.IN_UTM32])
SHEET = "xl/worksheets/sheet1.xml"


def layer_with(**changed):
    """The zipped Shapefile with other bytes for some of its parts, None for a missing one."""
    parts = {**LAYER, **{f"kitas.{ending}": part for ending, part in changed.items()}}
    return files.archive({name: part for name, part in parts.items() if part is not None})


def locked(content):
    """The archive with the mark of a password on each of its files."""
    return content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")


def bombs(count, megabytes):
    return {f"xl/{number}.xml": bytes(megabytes * MEGABYTE) for number in range(count)}


def topology(arcs, uses):
    lines = [{"type": "LineString", "arcs": [0] * uses}] * 40
    return {"type": "Topology", "arcs": arcs, "objects": {"a": {"type": "GeometryCollection", "geometries": lines}}}


def rings(count):
    return {"rings": [files.square(7, 51)] * count}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        # nothing, or not what it says it is
        (b"", "Die Datei ist leer."),
        (b"\xef\xbb\xbf\r\n;;;\r\n", "Die Datei ist leer."),
        (b"Nr;Name\n", "Die Datei enthält keine Einträge, nur Überschriften."),
        (files.workbook(Leer=[]), "Die Datei ist leer."),
        (files.workbook(Kitas=[["Nr", "Name"]]), "Die Datei enthält keine Einträge, nur Überschriften."),
        (b"<!DOCTYPE html><html><body>502</body>", f"Das ist eine Webseite. {SAVE_TABLE}"),
        (b"\n <HTML><table><tr><td>1", f"Das ist eine Webseite. {SAVE_TABLE}"),
        (b"<!-- x -->\n<head><title>Fehler</title>", f"Das ist eine Webseite. {SAVE_TABLE}"),
        (
            b'<?xml version="1.0"?><kml><Placemark/></kml>',
            "Das ist XML. Bitte speichern Sie die Daten als CSV, XLSX, GeoJSON oder Shapefile.",
        ),
        (
            b"%PDF-1.7 xyz",
            "Das ist keine Tabelle als Text, sondern: PDF. Bitte speichern Sie sie als XLSX oder CSV.",
        ),
        (OLE, f"Das ist altes Excel (.xls). {SAVE_TABLE}"),
        (
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "Die Arbeitsmappe ist mit einem Kennwort geschützt. Bitte speichern Sie sie ohne Kennwort.",
        ),
        (LAYER["kitas.shp"], SHAPE_PART),
        (b"\x01\x02\x03\x04abc" * 50, "Die Datei enthält keinen lesbaren Text."),
        (
            random.Random(7).randbytes(5000),
            f"Zeile 1: Die Zeichen sind nicht lesbar (versucht: Windows-1252). {SAVE_UTF8}",
        ),
        # encodings
        (
            b"Nr;Name\n1;S\xfcd\x81",
            f"Zeile 2: Die Zeichen sind nicht lesbar (versucht: Windows-1252). {SAVE_UTF8}",
        ),
        (
            "Nr;Name\n1;Süd\n2;".encode() + b"Sch\xf6n",
            "Zeile 3 ist nicht in UTF-8 geschrieben, die übrige Datei schon. Bitte speichern Sie sie neu.",
        ),
        (
            "Nr;Name\n1;Süd\n2;Mü".encode()[:-1],
            "Zeile 3 ist nicht in UTF-8 geschrieben, die übrige Datei schon. Bitte speichern Sie sie neu.",
        ),
        (b"\xff\xfea\x00b", f"Zeile 1: Die Zeichen sind nicht lesbar (versucht: UTF-16). {SAVE_UTF8}"),
        # too much
        (lambda: b"a;b\n" * (26 * MEGABYTE // 4), "Die Datei ist größer als 25 MB. Bitte teilen Sie sie auf."),
        (
            lambda: b"Nr;Name\n" + b"1;a\n" * 50_001,
            "Zeile 50002: Die Datei hat mehr als 50000 Zeilen. Bitte teilen Sie sie auf.",
        ),
        (
            b"a;" * 200 + b"b\n1\n",
            "Zeile 1: Die Tabelle hat mehr als 200 Spalten. Bitte löschen Sie überzählige Spalten.",
        ),
        (
            lambda: b"n;" * 150 + b"\n" + (b"1;" * 150 + b"\n") * 20_000,
            "Zeile 16668: Die Tabelle hat mehr als 2500000 Zellen. Bitte teilen Sie sie auf oder löschen Sie Spalten.",
        ),
        (
            files.csv_bytes("Nr;Text", "1;" + "a" * 20_001),
            "Zeile 2, Spalte „Text“: Der Text hat 20001 Zeichen, erlaubt sind 20000. Bitte kürzen Sie ihn.",
        ),
        (
            b'Nr;Text\n1;"' + b"a" * 200_000,
            "Eine Zelle ist viel zu lang. Vielleicht fehlt ein Anführungszeichen.",
        ),
        (
            b'Nr;Text\n1;"a\n2;b\n',
            "Zeile 2: Die Anführungszeichen gehen nicht auf. Bitte speichern Sie die Tabelle erneut.",
        ),
        # workbooks
        (BOOK[:-200], NO_ZIP),
        (files.repacked(BOOK, "xl/workbook.xml", lambda part: part[:90]), NO_BOOK),
        (files.repacked(BOOK, SHEET, lambda part: b'<!DOCTYPE x [<!ENTITY a "b">]>' + part), NO_BOOK),
        (files.repacked(BOOK, SHEET, lambda part: b"<!--" + b" " * 99_999 + b"--><!DOCTYPE x>" + part), NO_BOOK),
        (files.repacked(BOOK, SHEET, lambda part: "<!DOCTYPE x>".encode("utf-16-le") + part), NO_BOOK),
        (
            lambda: files.archive({"[Content_Types].xml": "", "xl/a.xml": "", **bombs(11, 20)}),
            "Die Datei ist ausgepackt größer als 200 MB und wird nicht gelesen.",
        ),
        (
            lambda: files.repacked(BOOK, "docProps/app.xml", lambda _part: bytes(30 * MEGABYTE)),
            "Die Datei wird beim Auspacken mehr als 200 Mal so groß und wird nicht gelesen.",
        ),
        (
            files.workbook(Kitas=[["Nr", "Text"], [1, "a" * 20_001]]),
            "Blatt Kitas, Zeile 2, Spalte „Text“: Der Text hat 20001 Zeichen, erlaubt sind 20000. "
            "Bitte kürzen Sie ihn.",
        ),
        (
            files.workbook(Kitas=[["a"] * 201, ["b"] * 201]),
            "Blatt Kitas: Die Tabelle hat mehr als 200 Spalten. Bitte löschen Sie überzählige Spalten.",
        ),
        (
            files.archive({"word/document.xml": "<a/>", "[Content_Types].xml": "<a/>"}),
            f"Das ist eine Datei von Word. {SAVE_TABLE}",
        ),
        (
            files.archive({"mimetype": "application/x", "content.xml": "<a/>"}),
            f"Das ist eine Datei von OpenDocument. {SAVE_TABLE}",
        ),
        # archives
        (files.archive({}), "Das ZIP-Archiv ist leer."),
        (b"PK\x03\x04 half an archive", NO_ZIP),
        (layer_with()[:-300], NO_ZIP),
        (files.archive({"a.csv": TABLE}, zipfile.ZIP_STORED).replace(TABLE, b"x" * len(TABLE)), NO_ZIP),
        (files.archive({"a.zip": files.archive({"kitas.csv": TABLE})}), NESTED),
        (files.archive({"a.csv": files.archive({"kitas.csv": TABLE})}), NESTED),
        (files.archive({"../../etc/kitas.csv": TABLE}), LEADS_OUT),
        (files.archive({"..\\kitas.csv": TABLE}), LEADS_OUT),
        (files.archive({"/etc/kitas.csv": TABLE}), LEADS_OUT),
        (files.archive({"C:/kitas.csv": TABLE}), LEADS_OUT),
        (
            locked(files.archive({"kitas.csv": TABLE})),
            "Das ZIP-Archiv ist mit einem Kennwort geschützt. Bitte packen Sie die Dateien ohne Kennwort.",
        ),
        (
            files.archive({"bild.png": b"x", "plan.pdf": b"y"}),
            "Im ZIP-Archiv liegt nichts, was sich lesen lässt (Shapefile, CSV, XLSX, GeoJSON), "
            "nur: bild.png, plan.pdf.",
        ),
        (
            lambda: files.archive({"kitas.csv": random.Random(1).randbytes(20_000) * 1400}),
            "Die Datei ist größer als 25 MB. Bitte teilen Sie sie auf.",
        ),
        (
            lambda: files.archive({"kitas.csv": bytes(30 * MEGABYTE)}),
            "Die Datei wird beim Auspacken mehr als 200 Mal so groß und wird nicht gelesen.",
        ),
        # Shapefiles
        (layer_with(dbf=None), "Zum Shapefile „kitas“ fehlt die Datei mit der Endung .dbf."),
        (layer_with(shp=None), "Zum Shapefile „kitas“ fehlt die Datei mit der Endung .shp."),
        (layer_with(shp=LAYER["kitas.shp"][:-5]), NO_LAYER),
        (layer_with(shp=b"x" * 200), NO_LAYER),
        (layer_with(dbf=LAYER["kitas.dbf"][:-20]), NO_LAYER),
        (layer_with(dbf=b"\x03" * 500), NO_LAYER),
        (layer_with(shp=LAYER["kitas.shp"][:104] + b"\xff\xff\xff\xfc" + LAYER["kitas.shp"][108:]), NO_LAYER),
        (
            layer_with(shp=files.layer([files.IN_UTM32] * 3)["kitas.shp"]),
            "Im Shapefile „kitas“ stehen 3 Orte und 1 Zeilen; das passt nicht zusammen.",
        ),
        # JSON and maps
        (
            b"[1, 2",
            "Zeile 1, Zeichen 6: Die Datei ist kein gültiges JSON, vielleicht ist sie unvollständig. "
            "Bitte laden Sie sie noch einmal.",
        ),
        (
            b'{"id": 1}\n{"id": 2\n',
            "Zeile 2: Diese Zeile ist kein gültiges JSON. Bitte laden Sie die Datei noch einmal.",
        ),
        (b"[" * 100_000, "Die JSON-Datei ist zu tief verschachtelt."),
        (b'[{"a":' * 30 + b"1" + b"}]" * 30, "Die JSON-Datei ist zu tief verschachtelt."),
        (b'[{"a": ' + b"9" * 5000 + b"}]", "In der JSON-Datei steht eine viel zu lange Zahl."),
        (b"[]", "Die Liste in der JSON-Datei ist leer."),
        (b'{"index": []}', "Die Liste in der JSON-Datei ist leer."),
        (b"[1, 2]", NO_LIST),
        (b'{"error": "not found"}', NO_LIST),
        (b"{" * 1_000_001, "Die JSON-Datei enthält mehr als 1000000 Einträge. Bitte teilen Sie sie auf."),
        (
            files.json_bytes([{f"c{number}": 1 for number in range(201)}]),
            "Die Tabelle hat mehr als 200 Spalten. Bitte löschen Sie überzählige Spalten.",
        ),
        (
            files.json_bytes([{"a": "b" * 20_001}]),
            "Zeile 1, Spalte „a“: Der Text hat 20001 Zeichen, erlaubt sind 20000. Bitte kürzen Sie ihn.",
        ),
        (files.collection(), "Die GeoJSON-Datei enthält keine Einträge."),
        (b'{"features": [], "fields": []}', "Die Esri-JSON-Datei enthält keine Einträge."),
        (
            files.json_bytes({"features": [{"attributes": {"a": 1}, "geometry": rings(2001)}]}),
            "Die Flächen bestehen aus zu vielen Ringen (mehr als 2000). Bitte vereinfachen Sie sie.",
        ),
        (
            lambda: files.json_bytes(topology([[[7, 51]] * 1000], 100)),
            "Die Flächen haben zusammen mehr als 3000000 Eckpunkte. Bitte vereinfachen Sie sie.",
        ),
        (files.json_bytes(topology([], 1)), "Die TopoJSON-Datei ist beschädigt oder unvollständig."),
        (
            files.json_bytes({"type": "Topology", "arcs": [], "objects": {}}),
            "Die TopoJSON-Datei enthält keine Einträge.",
        ),
        # GeoPackages
        (files.geopackage()[:5000], NO_PACKAGE),
        (b"SQLite format 3\x00" + bytes(2000), NO_PACKAGE),
        (
            files.geopackage("DROP TABLE gpkg_contents"),
            "Das ist eine SQLite-Datenbank, aber kein GeoPackage. Bitte speichern Sie die Daten als CSV.",
        ),
        (
            files.geopackage("DELETE FROM kitas; DELETE FROM traeger"),
            "Das GeoPackage enthält keine Einträge.",
        ),
        (
            files.geopackage(
                "DROP TABLE gpkg_contents; CREATE VIEW gpkg_contents AS WITH RECURSIVE c(table_name) AS "
                "(VALUES('kitas') UNION ALL SELECT table_name FROM c) SELECT *, 'features' data_type FROM c"
            ),
            "Das ist eine SQLite-Datenbank, aber kein GeoPackage. Bitte speichern Sie die Daten als CSV.",
        ),
    ],
)
def test_a_bad_file_gives_one_sentence_and_writes_nothing(content, sentence, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(FileRefused) as refused:
        read(content() if callable(content) else content, "datei.csv")
    assert str(refused.value.problem) == sentence
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["kitas.dbf", "kitas.SHX", "kitas.prj"])
def test_a_single_part_of_a_shapefile_is_not_taken_for_a_table(name):
    with pytest.raises(FileRefused) as refused:
        read(LAYER[name.lower()], name)
    assert str(refused.value.problem) == SHAPE_PART


def test_views_and_computed_columns_of_a_geopackage_are_not_run():
    """A view may count for ever, a computed column may be a gigabyte of zeros."""
    script = """
        CREATE VIEW endlos AS WITH RECURSIVE c(n) AS (VALUES(1) UNION ALL SELECT n + 1 FROM c) SELECT n FROM c;
        INSERT INTO gpkg_contents VALUES ('endlos', 'attributes', '', NULL);
        CREATE TABLE gross (id INTEGER, bombe BLOB AS (zeroblob(900000000)) VIRTUAL);
        INSERT INTO gross VALUES (1);
        INSERT INTO gpkg_contents VALUES ('gross', 'attributes', '', NULL);
    """
    sheets = read(files.geopackage(script), "a.gpkg")
    assert [(sheet.name, sheet.columns) for sheet in sheets][2:] == [("gross", ("id",))]
    assert "Ansichten werden nicht gelesen: endlos." in [str(note) for note in sheets[0].notes]


def test_a_geopackage_cannot_reach_beyond_its_own_file(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    script = "INSERT INTO gpkg_contents VALUES ('kitas\"; ATTACH ''x.db'' AS x; --', 'features', '', 0)"
    assert len(read(files.geopackage(script), "a.gpkg")) == 2
    assert list(tmp_path.iterdir()) == []


def merging(content, *references):
    """The workbook with merged cells that openpyxl itself would write cell by cell."""
    merges = "".join(f'<mergeCell ref="{reference}"/>' for reference in references).encode()
    end = b"</sheetData><mergeCells>" + merges + b"</mergeCells>"
    return files.repacked(content, SHEET, lambda part: part.replace(b"</sheetData>", end))


def test_merged_cells_over_a_whole_sheet_stay_inside_the_table():
    content = files.workbook(Kitas=[["Kitas"], ["Nr", "Name"], [1, "Süd"], [2, None]])
    (sheet,) = read(merging(content, "A1:XFD1", "B3:B1048576"), "a.xlsx")
    assert [row.values for row in sheet.rows] == [{"Nr": "1", "Name": "Süd"}, {"Nr": "2", "Name": "Süd"}]


def test_ranges_merged_over_and_over_are_refused():
    content = files.workbook(Kitas=[["Nr", "Name"], *([number, "x"] for number in range(600))])
    with pytest.raises(FileRefused) as refused:
        read(merging(content, *(f"A1:B{600 + number}" for number in range(4000))), "a.xlsx")
    assert str(refused.value.problem) == NO_BOOK


def test_half_a_letter_in_json_reaches_no_database():
    (sheet,) = read(b'[{"na\\u0000me\\ud800": "S\\u00fcd\\ud83d \\ud83d\\ude00"}]', "a.json")
    assert [row.values for row in sheet.rows] == [{"name": "Süd 😀"}]


# Whatever comes, it is read or refused

SAMPLES = {
    "csv": files.csv_bytes("Kitas;;;", "id;Name;lat;lon", "1;Süd;51,48;7,21", '2;"Nord ""neu""";51,5;7,2'),
    "json": files.json_bytes({"index": [{"id": "1", "a": {"b": [1, 2]}, "lat": "51.4", "lng": "7.2"}, {"id": 2}]}),
    "geojson": files.collection(
        files.feature(files.IN_UTM32, nr=1),
        files.feature([files.square(7, 51)], "Polygon"),
        crs=files.named_crs("EPSG:25832"),
    ),
    "esri": files.json_bytes({"features": [{"attributes": {"a": 1}, "geometry": rings(2)}]}),
    "topojson": files.json_bytes(topology([[[7, 51], [8, 52]]], 1)),
    "gpkg": files.geopackage(),
}
PARTS = {
    "points": layer_with(prj=None),
    "areas": files.archive(files.layer(areas=[[files.square(7, 51)[::-1], files.square(7.2, 51.2, 0.1)]], prj="")),
    "workbook": BOOK,
}


def damaged(content, source):
    """The bytes with a few of them changed, left out or doubled, as the source of chance wants it."""
    rest = bytearray(content)
    for _time in range(source.choice([1, 2, 8])):
        place = source.randrange(len(rest) + 1)
        rest[place : place + source.choice([0, 1, 1, 4])] = source.choice(
            [b"", b"\0", b"\xff" * 4, bytes([source.randrange(256)]), b'"', b"[", b"9999999999"]
        )
    return bytes(rest)


def reads_or_refuses(content):
    try:
        sheets = read(content, "datei")
    except FileRefused as refused:
        assert str(refused.problem)
    else:
        assert all(sheet.rows for sheet in sheets)


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_damaged_file_is_read_or_refused(kind):
    source = random.Random(kind)
    for _time in range(60):
        reads_or_refuses(damaged(SAMPLES[kind], source))


@pytest.mark.parametrize("kind", PARTS)
def test_a_damaged_part_of_an_archive_is_read_or_refused(kind):
    source = random.Random(kind)
    with zipfile.ZipFile(io.BytesIO(PARTS[kind])) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    for _time in range(60):
        name = source.choice(sorted(parts))
        reads_or_refuses(files.archive({**parts, name: damaged(parts[name], source)}))


MAP_WORDS = (
    "type features Feature FeatureCollection geometry geometries properties coordinates Point Polygon attributes rings "
    "paths x y spatialReference wkid crs name data lat lon Topology objects arcs transform scale translate index id"
)
WORDS = st.sampled_from(MAP_WORDS.split())
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=5),
    max_leaves=20,
)
MAPS = (
    ANYTHING
    | st.builds(lambda shape: {"type": "FeatureCollection", "features": [{"geometry": shape}]}, ANYTHING)
    | st.builds(lambda shape: {"features": [{"attributes": {"a": 1}, "geometry": {"rings": shape}}]}, ANYTHING)
    | st.builds(lambda objects, arcs: {"type": "Topology", "objects": objects, "arcs": arcs}, ANYTHING, ANYTHING)
)


@settings(deadline=None, max_examples=150)
@given(MAPS)
def test_any_json_is_read_or_refused(value):
    reads_or_refuses(json.dumps(value).encode())


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    reads_or_refuses(content)
