"""Tables of statistics in every shape the offices send them: understood, explained, and no cell lost on the way."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommpass.domain.statistics import (
    Grid,
    Heading,
    Layout,
    Recipe,
    RecipeRefused,
    Status,
    facts,
    recipe_from_json,
    understand,
)

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def grid(text, sheet="Auental 2023", delimiter=";"):
    """The sheet of a text; blank lines count but are no rows, as in files."""
    rows = [(number, line.split(delimiter)) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    width = max(len(cells) for _number, cells in rows)
    return Grid(sheet, rows, tuple(LETTERS[:width]))


def read(sheet, areas=(), **said):
    """The facts of a sheet as it is understood, with what the clerk says on top."""
    return facts(sheet, replace(understand(sheet, areas).recipe, **said))


def told(found):
    """Area, time, measure, groups -> value or status."""
    return {
        (fact.area_code or fact.area_name, fact.time, fact.measure, *(code for _dimension, code in fact.groups)): (
            fact.value if fact.status is Status.VALUE else fact.status
        )
        for fact in found.facts
    }


def doubts(sheet, areas=()):
    return [finding.sentence for finding in understand(sheet, areas).doubts]


YEARS = "Stadtteil;2019;2020;2021\nMitte;17,5;18,25;(19,1)\nNord;0;/;...\nSüd;x;*;."


def test_years_stand_in_the_columns():
    found = read(grid(YEARS), measure="Quote")
    assert told(found) == {
        ("Mitte", "2019", "Quote"): Decimal("17.5"),
        ("Mitte", "2020", "Quote"): Decimal("18.25"),
        ("Mitte", "2021", "Quote"): Status.LIMITED,
        ("Nord", "2019", "Quote"): 0,
        ("Nord", "2020", "Quote"): Status.UNRELIABLE,
        ("Nord", "2021", "Quote"): Status.LATER,
        ("Süd", "2019", "Quote"): Status.MEANINGLESS,
        ("Süd", "2020", "Quote"): Status.SECRET,
        ("Süd", "2021", "Quote"): Status.SECRET,
    }
    assert found.errors == []


TWO_ROWS = """Einwohner der Stadt Auental
Stand: 31.12.2023

Stadtteil;2020;;2021;
;m;w;m;w
Mitte;1.234;1.300;1.240;1.310
Nord;98;-;101;.
Stadt insgesamt;1.332;1.300;1.341;1.310

Quelle: Melderegister"""


def test_two_rows_of_header_speak_together_and_titles_and_notes_are_no_figures():
    found = read(grid(TWO_ROWS))
    assert told(found)["Mitte", "2021", "Einwohner der Stadt Auental", "w"] == 1310
    assert told(found)["Nord", "2020", "Einwohner der Stadt Auental", "w"] is Status.NOTHING
    assert [(fact.area_name, fact.row) for fact in found.facts if fact.total] == [("Stadt insgesamt", 8)] * 4
    assert (len(found.facts), found.cells.header, found.errors) == (12, 5 * 5, [])
    assert understand(grid(TWO_ROWS)).recipe.header == (4, 5)


def test_what_is_only_guessed_is_said_before_anything_is_written():
    assert doubts(grid(TWO_ROWS)) == [
        "Merkmal: „Einwohner der Stadt Auental“, aus dem Titel oder dem Namen der Datei. Bitte prüfen Sie das.",
        "Ob 1.234 tausend meint oder drei Stellen hinter dem Komma, ist offen; Dezimalzeichen: Komma.",
    ]
    assert doubts(grid("PLR-ID;K01\n01100101;2,5\n01100102;3")) == [
        "Zeit: 2023, aus dem Titel oder dem Namen der Datei. Bitte prüfen Sie das."
    ]


def test_headings_between_rows_are_no_areas_and_indents_tell_the_level():
    text = (
        "Haushalte am 31.12.2022;;\nBezirk;Haushalte;mit Kindern\nBezirk A;;\n  Mitte;1 234;56\nBezirk B;;\n  Süd;12;-"
    )
    found = read(grid(text))
    assert told(found) == {
        ("Mitte", "2022-12-31", "Haushalte"): 1234,
        ("Mitte", "2022-12-31", "mit Kindern"): 56,
        ("Süd", "2022-12-31", "Haushalte"): 12,
        ("Süd", "2022-12-31", "mit Kindern"): Status.NOTHING,
    }
    assert {fact.area_kind for fact in found.facts} == {"Stufe 2"}
    assert "Zwischenüberschriften ohne Zahlen: „Bezirk A“, „Bezirk B“." in doubts(grid(text))


def test_an_area_whose_figures_are_all_empty_is_kept_as_missing():
    found = read(grid("PLR-ID;K01;K02\n01100101;2,5;7\n01100102;;"), time="2023")
    assert [fact.status for fact in found.facts] == [Status.VALUE, Status.VALUE, Status.MISSING, Status.MISSING]


def test_areas_stand_in_the_columns():
    text = "Merkmal;Mitte;Nord\nEinwohner;1200;900\nunter 18;200;.\n"
    found = read(grid(text))
    assert told(found)["Nord", "2023", "Einwohner"] == 900
    assert told(found)["Nord", "2023", "unter 18"] is Status.SECRET
    assert "Aufbau: gestürzte Tabelle: Gebiete in den Spalten." in doubts(grid(text))


def test_known_areas_tell_what_nobody_can_guess():
    text = "Jahr;Mitte;Nord\n2019;5;6\n2020;7;8"
    assert [error.sentence for error in read(grid(text)).errors] == ["Für diese Zahl ist kein Gebiet genannt."] * 4
    found = read(grid(text), areas=("Mitte", "Nord", "Süd"), measure="Geburten")
    assert told(found)["Nord", "2019", "Geburten"] == 6
    assert understand(grid(text), ("Mitte", "Nord")).recipe.layout is Layout.TRANSPOSED


def test_a_column_of_texts_is_a_group_only_where_rows_need_it():
    rows = "Stadtteil;Geschlecht;Farbe;2020\nMitte;m;rot;10\nMitte;w;rot;12\nNord;m;blau;4\nNord;w;blau;6"
    recipe = understand(grid(rows)).recipe
    assert (recipe.groups, recipe.aside) == ({"Geschlecht": "Geschlecht"}, ("Farbe",))
    assert told(read(grid(rows), measure="Kinder"))["Nord", "2020", "Kinder", "w"] == 6


def test_a_long_table_of_the_federal_institute_is_read_by_its_header():
    rows = [
        "Bereich;ID;Kuerzel;Indikator;Raumbezug;Kennziffer;Name;Zeitbezug;Wert",
        "Bev;12;bev;Bevölkerung;Kreise;05113;Essen;2020;582415",
        "Bev;12;bev;Bevölkerung;Kreise;05913;Dortmund;2020;587696",
        "Arb;13;alq;Arbeitslosenquote;Kreise;05113;Essen;2020;10,93",
        "Arb;13;alq;Arbeitslosenquote;Kreise;05913;Dortmund;2020;11,1",
    ]
    found = read(grid("\n".join(rows)))
    assert told(found)["05913", "2020", "alq"] == Decimal("11.1")
    assert found.areas == {("Kreise", "05113", "Essen"): None, ("Kreise", "05913", "Dortmund"): None}


def test_a_delivery_of_the_employment_agency_keeps_secrets_and_sums():
    rows = [
        "Berichtsmonat;AGS;Gebietsschlüssel;Gebietsname;Arbeitslose",
        "202312;05112000;123456SUM;Mitte;120",
        "202312;05112000;123457SUM;Nord;*",
        "202312;05112000;SUMSUMSUM;Summe;135",
    ]
    found = read(grid("\n".join(rows)))
    assert told(found)["123457SUM", "2023-12", "Arbeitslose"] is Status.SECRET
    assert all(fact.total for fact in found.facts)


def test_the_grid_of_the_census_hides_with_a_dash_and_brackets_stand_in_a_column():
    rows = [
        "GITTER_ID_100m;x_mp_100m;y_mp_100m;Einwohner;werterlaeuternde_Zeichen",
        "CRS3035RES100mN2689100E4337000;4337050;2689150;4;",
        "CRS3035RES100mN2689100E4341100;4341150;2689150;–;",
        "CRS3035RES100mN2690800E4341200;4341250;2690850;11;KLAMMERN",
    ]
    found = read(grid("\n".join(rows), "Zensus 2022"))
    assert [(fact.value, fact.status) for fact in found.facts] == [
        (4, Status.VALUE),
        (None, Status.SECRET),
        (11, Status.LIMITED),
    ]


def test_households_by_number_of_district_and_single_years_of_age():
    found = read(grid("sb;HH;HH_1pers;HH_alleinerz\n11;2010;1036;87\n63;663;300;13"))
    assert told(found)["63", "2023", "HH_alleinerz"] == 13
    ages = read(grid("Stadtteil;0;1;2\nMitte;10;12;9\nNord;1;.;0"), measure="Kinder")
    assert told(ages)["Mitte", "2023", "Kinder", "2"] == 9
    assert {dimension for fact in ages.facts for dimension, _code in fact.groups} == {"age"}


def test_labels_set_in_say_what_they_belong_to():
    rows = ["Merkmal;Ortsteil;Jahr;Wert"]
    rows += [
        f"{label};{area};2020;{number}" for label in ("   Männer", "Einwohner") for area, number in (("A", 1), ("B", 2))
    ]
    assert told(read(grid("\n".join(rows)))) == {
        ("A", "2020", "Einwohner / Männer"): 1,
        ("B", "2020", "Einwohner / Männer"): 2,
        ("A", "2020", "Einwohner"): 1,
        ("B", "2020", "Einwohner"): 2,
    }


NEW = ";".join(
    [
        *("statistics_code", "statistics_label", "time_code", "time_label", "time"),
        *(f"{i}_variable_{part}" for i in (1, 2) for part in ("code", "label", "attribute_code", "attribute_label")),
        *("value", "value_unit", "value_variable_code", "value_variable_label", "value_q"),
    ]
)


def flat(*rows):
    start = "12411;Bevölkerung;STAG;Stichtag;2024-12-31;KREISE;Kreise;05113;Essen;GES;Geschlecht;"
    return grid("\n".join([NEW, *(start + row if row[0] in "G;" else row for row in rows)]), "flat")


def test_a_flat_file_keeps_value_sign_quality_and_line():
    found = read(
        flat(
            "GESM;männlich;283,5;Anzahl;B1;Stand;e",
            "GESW;weiblich;0;Anzahl;B1;Stand;p",
            ";Insgesamt;-;Anzahl;B1;Stand;",
        )
    )
    assert [(f.groups, f.value, f.status, f.quality, f.total, f.row, f.column) for f in found.facts] == [
        ((("GES", "GESM"),), Decimal("283.5"), Status.VALUE, "e", False, 2, "N"),
        ((("GES", "GESW"),), 0, Status.LESS_THAN_HALF, "p", False, 3, "N"),
        ((("GES", ""),), 0, Status.NOTHING, "", True, 4, "N"),
    ]
    assert (found.facts[0].area_code, found.facts[0].area_kind, found.facts[0].time) == (
        "05113",
        "KREISE",
        "2024-12-31",
    )
    assert found.labels["GES", "GESM"] == "männlich"
    assert found.measures == {"B1": "Stand"}


def test_lines_that_are_no_data_stand_in_flat_files_and_lines_cut_off_are_errors():
    found = read(
        flat("GESM;männlich;5;Anzahl;B1;Stand;e", "__________", "© Statistisches Bundesamt", "GESW;weiblich;7")
    )
    assert [fact.value for fact in found.facts] == [5]
    (cut_off,) = found.errors
    assert (cut_off.sheet, cut_off.row, cut_off.column) == ("flat", 5, "N")
    assert cut_off.sentence == "Für diese Zahl ist kein Merkmal genannt. Vielleicht ist die Zeile abgeschnitten."
    assert found.cells.header == 3 * 18


def test_an_unknown_sign_in_a_flat_file_is_an_error_with_its_line():
    found = read(flat("GESM;männlich;5;Anzahl;B1;Stand;e", "GESW;weiblich;#;Anzahl;B1;Stand;e"))
    assert [str(error) for error in found.errors] == [
        "Blatt flat, Zeile 3, Spalte N: „#“ ist weder eine Zahl noch ein bekanntes Zeichen."
    ]


def test_the_old_structure_has_a_column_for_each_measure():
    names = [
        *("Statistik_Code", "Statistik_Label", "Zeit_Code", "Zeit_Label", "Zeit"),
        *("1_Merkmal_Code", "1_Merkmal_Label", "1_Auspraegung_Code", "1_Auspraegung_Label"),
        *("BEVSTD__Bevölkerungsstand__Anzahl", "BEVSTD__Bevölkerungsstand__q", "FLC006__Gebietsfläche__qkm"),
    ]
    sheet = grid(";".join(names) + "\n12411;F;STAG;Stichtag;31.12.2020;KREISE;Kreise;05113;Essen;582415;e;210,34")
    found = read(sheet)
    assert [(f.time, f.measure, f.unit, f.value, f.quality) for f in found.facts] == [
        ("2020-12-31", "BEVSTD", "Anzahl", 582415, "e"),
        ("2020-12-31", "FLC006", "qkm", Decimal("210.34"), ""),
    ]
    assert found.measures == {"BEVSTD": "Bevölkerungsstand", "FLC006": "Gebietsfläche"}


def test_a_flat_file_without_a_variable_that_is_known_as_area_asks():
    sheet = flat("GESM;männlich;5;Anzahl;B1;Stand;e")
    strange = replace(sheet, rows=[(n, [cell.replace("KREISE", "XY01") for cell in cells]) for n, cells in sheet.rows])
    assert doubts(strange) == [
        "Kein Merkmal ist als Gebiet zu erkennen („XY01“, „GES“). Bitte sagen Sie, welches es ist."
    ]
    assert [fact.area_code for fact in read(strange, regions=("XY01",)).facts] == ["05113"]


def test_figures_given_twice_for_the_same_thing_are_errors_and_none_of_them_wins():
    found = read(grid("Stadtteil;2020\nMitte;5\nNord;6\nMitte;7"), measure="Kinder")
    assert [fact.area_name for fact in found.facts] == ["Nord"]
    assert [(error.row, error.column) for error in found.errors] == [(2, "B"), (4, "B")]
    assert found.errors[0].sentence == (
        "Für „Mitte“, 2020, „Kinder“ stehen hier mehrere Werte (Zeilen 2, 4). Welcher gilt, ist nicht zu erkennen."
    )


def test_an_unknown_sign_names_sheet_row_and_column_and_can_be_taught():
    sheet = grid("Stadtteil;2020\nMitte;k.A.\nNord;6")
    found = read(sheet, measure="Kinder")
    assert [str(error) for error in found.errors] == [
        "Blatt Auental 2023, Zeile 2, Spalte B: „k.A.“ ist weder eine Zahl noch ein bekanntes Zeichen."
    ]
    taught = read(sheet, measure="Kinder", signs={"k.A.": Status.MISSING})
    assert [fact.status for fact in taught.facts] == [Status.MISSING, Status.VALUE]


def test_the_clerk_can_say_what_a_column_means():
    sheet = grid("sb;HH;HH_1pers\n11;2010;1036")
    found = read(sheet, headings={"HH_1pers": Heading("Haushalte", "Anzahl", "2022", (("size", "1"),))}, aside=("HH",))
    assert [(f.measure, f.unit, f.time, f.groups, f.value) for f in found.facts] == [
        ("Haushalte", "Anzahl", "2022", (("size", "1"),), 1036)
    ]


def test_the_same_recipe_reads_the_next_delivery_and_a_new_year_is_not_lost():
    recipe = replace(understand(grid(YEARS)).recipe, measure="Quote")
    later = grid("Stadtteil;2021;2022;2019\nMitte;1;2;3\nNord;4;5;6\n;\nOst;7;8;9")
    assert told(facts(later, recipe))["Ost", "2022", "Quote"] == 8


def test_a_recipe_that_does_not_fit_is_refused_by_name():
    recipe = understand(grid(YEARS)).recipe
    with pytest.raises(RecipeRefused, match="Die Spalte „Stadtteil“ gibt es in dieser Tabelle nicht"):
        facts(grid("Ortsteil;2019\nMitte;1"), recipe)
    with pytest.raises(RecipeRefused, match="für welche Zeit"):
        facts(grid("PLR-ID;K01\n01;2"), Recipe(Layout.WIDE, header=(1,), area_code=("PLR-ID",)))
    with pytest.raises(RecipeRefused, match="keine Tabelle mit Zahlen"):
        understand(grid("Nur Text;hier\nund;da"))


BROKEN = [
    {},
    {"layout": "oval"},
    {"layout": "wide", "header": ["1"]},
    {"layout": "wide", "x": 1},
    {"layout": "wide", "decimal": ";"},
    {"layout": "wide", "signs": {"-": "maybe"}},
    {"layout": "wide", "headings": {"A": {"unit": 3}}},
    {"layout": "wide", "values": "A"},
]


@pytest.mark.parametrize("raw", BROKEN)
def test_a_broken_recipe_is_refused(raw):
    with pytest.raises(RecipeRefused):
        recipe_from_json(raw)


@pytest.mark.parametrize("text", [YEARS, TWO_ROWS, "Stadtteil;0;1;2\nMitte;10;12;9\nNord;1;.;0"])
def test_a_recipe_is_the_same_after_it_was_kept_as_json(text):
    recipe = understand(grid(text)).recipe
    assert recipe_from_json(json.loads(json.dumps(recipe.to_json()))) == recipe


cells = st.one_of(
    st.integers(0, 99_999).map(str), st.sampled_from(["-", ".", "/", "x", "...", "(7)", "", "?", "1,5", "n. b."])
)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=12))
def test_every_cell_is_a_fact_a_header_or_an_error(rows):
    body = [(number, [f"{number:08d}", *row]) for number, row in enumerate(rows, 2)]
    sheet = Grid("Blatt", [(1, ["AGS", "K01", "K02", "K03"]), *body], tuple("ABCD"))
    found = facts(sheet, Recipe(Layout.WIDE, header=(1,), area_code=("AGS",), time="2023"))
    places = [(fact.row, fact.column) for fact in found.facts] + [(error.row, error.column) for error in found.errors]
    assert sorted(places) == sorted((number, column) for number, _cells in body for column in "BCD")
    assert {(e.row, e.column) for e in found.errors} == {
        (number, column)
        for number, row in body
        for column, cell in zip("BCD", row[1:], strict=True)
        if cell in ("?", "n. b.")
    }
    assert (found.cells.header, found.cells.said, found.cells.all) == (4, len(rows), sheet.size)
    by_place = {(fact.row, fact.column): fact for fact in found.facts}
    assert all(
        by_place[number, column].value == int(cell)
        for number, row in body
        for column, cell in zip("BCD", row[1:], strict=True)
        if cell.isdecimal()
    )


def test_a_column_that_is_all_secret_is_still_a_column_of_figures():
    found = read(grid("PLR-ID;K01;K02\n01100101;2,5;.\n01100102;3;."), time="2023")
    assert [fact.status for fact in found.facts if fact.measure == "K02"] == [Status.SECRET] * 2


def test_a_first_row_without_any_figure_is_no_header():
    found = read(grid("Einwohner;;\nStadtteil;2019;2020\nMitte;n. b.;n. b.\nNord;5;6"))
    assert [(error.row, error.column) for error in found.errors] == [(3, "B"), (3, "C")]
    assert told(found) == {("Nord", "2019", "Einwohner"): 5, ("Nord", "2020", "Einwohner"): 6}
