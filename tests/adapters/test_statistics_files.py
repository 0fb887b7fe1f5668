"""Files with statistics become grids: encodings, merged cells, archives, JSON; and what cannot be read is said."""

import io
import zipfile
from decimal import Decimal

import pytest
from openpyxl import Workbook

from kommpass.adapters.statistics_files import FileRefused, read
from kommpass.domain.statistics import Status, facts, understand


def grid_of(content, name="auental_2023.csv"):
    (grid,) = read(content if isinstance(content, bytes) else content.encode(), name).grids
    return grid


def told(grid):
    found = facts(grid, understand(grid).recipe)
    assert (found.errors, found.cells.all) == ([], grid.size)
    return {(fact.area_name or fact.area_code, fact.time, fact.measure): fact.value for fact in found.facts}


TABLE = "Stadtteil;Einwohner 2022;Anteil in % 2022\r\nGrünau;1.234;17,5\r\nSüd;987;20,25\r\n"
SAID = {
    ("Grünau", "2022", "Einwohner"): 1234,
    ("Grünau", "2022", "Anteil"): Decimal("17.5"),
    ("Süd", "2022", "Einwohner"): 987,
    ("Süd", "2022", "Anteil"): Decimal("20.25"),
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_says_the_same_in_every_encoding(encoding):
    assert told(grid_of(TABLE.encode(encoding))) == SAID


@pytest.mark.parametrize(
    "text",
    [
        TABLE.replace(";", "\t"),
        "sep=;\n" + TABLE,
        TABLE.replace("Grünau", '"Grünau"'),
        TABLE.replace("\r\n", ";;\r\n"),
        TABLE.replace("\r\n", "\n\n"),
    ],
)
def test_delimiters_quotes_and_blank_lines_change_nothing(text):
    assert told(grid_of(text)) == SAID


def test_rows_keep_the_numbers_that_a_spreadsheet_shows():
    grid = grid_of("Einwohner\n\nStadtteil;2020\nMitte;5\n\nNord;?\n")
    assert [number for number, _cells in grid.rows] == [1, 3, 4, 6]
    found = facts(grid, understand(grid).recipe)
    assert [str(error) for error in found.errors] == [
        "Blatt auental_2023, Zeile 6, Spalte B: „?“ ist weder eine Zahl noch ein bekanntes Zeichen."
    ]


def workbook():
    """Two rows of header with merged cells, numbers as numbers, a note, and a sheet that is hidden."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Einwohner"
    for row in (
        ["Einwohner am 31.12.2022", None, None],
        ["Ortsteil", "Einwohner", None],
        [None, "männlich", "weiblich"],
        ["Mitte", 1234, 1300.5],
        ["Nord", ".", "-"],
        ["Quelle: Melderegister", None, None],
    ):
        sheet.append(row)
    for merged in ("A1:C1", "A2:A3", "B2:C2"):
        sheet.merge_cells(merged)
    book.create_sheet("Notiz").append(["geheim", 1])
    book["Notiz"].sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_with_merged_cells_is_read_as_people_see_it():
    sheets = read(workbook(), "einwohner.xlsx")
    (grid,) = sheets.grids
    found = facts(grid, understand(grid).recipe)
    assert [(f.area_name, f.time, f.measure, f.groups, f.value, f.status) for f in found.facts] == [
        ("Mitte", "2022-12-31", "Einwohner", (("sex", "m"),), 1234, Status.VALUE),
        ("Mitte", "2022-12-31", "Einwohner", (("sex", "w"),), Decimal("1300.5"), Status.VALUE),
        ("Nord", "2022-12-31", "Einwohner", (("sex", "m"),), None, Status.SECRET),
        ("Nord", "2022-12-31", "Einwohner", (("sex", "w"),), 0, Status.NOTHING),
    ]
    assert found.cells.all == grid.size
    assert "Ausgeblendete Blätter wurden nicht gelesen: Notiz." in [str(note) for note in sheets.notes]


def zipped(**files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return stream.getvalue()


def test_an_archive_with_one_table_is_opened():
    assert told(grid_of(zipped(tabelle__csv=TABLE), "tabelle.zip")) == SAID
    assert grid_of(zipped(tabelle__csv=TABLE), "x.zip").sheet == "tabelle"


def test_json_in_levels_becomes_a_long_table_and_no_number_a_float():
    text = '{"meta": {"title": "Kinder"}, "data": {"2020": {"Quote": [{"value": 12.10, "district": "Mitte"}]}, '
    text += '"2021": {"Quote": [{"value": 0.1234567890123456789, "district": "Mitte"}]}}}'
    sheets = read(text.encode(), "kinder.json")
    grid = sheets.grids[0]
    assert grid.places == ("Ebene 1", "value", "district")
    assert [cells for _number, cells in grid.rows[1:]] == [
        ["2020", "12.10", "Mitte"],
        ["2021", "0.1234567890123456789", "Mitte"],
    ]
    assert told(grid) == {
        ("Mitte", "2020", "kinder"): Decimal("12.10"),
        ("Mitte", "2021", "kinder"): Decimal("0.1234567890123456789"),
    }
    assert [str(note) for note in sheets.notes] == ["In der Datei steht dazu: title: Kinder"]


def test_json_by_area_and_year_is_a_wide_table():
    grid = grid_of(b'{"Mitte": {"2020": 5, "2021": null}, "Nord": {"2020": 6, "2021": 7}}', "geburten.json")
    assert told(grid) == {
        ("Mitte", "2020", "geburten"): 5,
        ("Mitte", "2021", "geburten"): None,
        ("Nord", "2020", "geburten"): 6,
        ("Nord", "2021", "geburten"): 7,
    }


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "leer.csv", "Die Datei ist leer."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "alt.xls", "altes Excel"),
        (b"PK\x03\x04kaputt", "kaputt.zip", "beschädigt"),
        (zipped(a__csv=TABLE, b__csv=TABLE), "zwei.zip", "genau eine Tabelle"),
        (zipped(a__zip=zipped(a__csv=TABLE)), "zip.zip", "weiteres Archiv"),
        (b'{"a": 1}', "zahl.json", "keine Liste"),
        (b'[{"a": 1}, 5]', "gemischt.json", "kein Objekt"),
        (b'[{"a": 1}', "halb.json", "kein gültiges JSON"),
        (b"[" * 100_000, "tief.json", "verschachtelt"),
        (b"A;B\n" + b"1;2\n" * 500_001, "lang.csv", "Zeilen"),
        (b";".join(b"x" for _each in range(2_001)), "breit.csv", "Spalten"),
        (b"<html><body>Anmeldung</body></html>", "seite.csv", "Webseite"),
    ],
)
def test_what_cannot_be_read_whole_is_refused_with_a_sentence(content, name, sentence):
    with pytest.raises(FileRefused, match=sentence):
        read(content, name)
