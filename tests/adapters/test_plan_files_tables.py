"""Flat tables and trees as town halls keep them: any encoding, any delimiter, any order of columns."""

import io
from datetime import date

import openpyxl
import pytest

from kommpass.adapters.plan_files import Mapping, PlanRow, Round, guess_mapping, load_mapping, read_plan
from kommpass.adapters.plan_files.mapping import MappingRefused, mapping_from_dict
from kommpass.domain.moments import PartialDate

FLAT = """\
Zielvereinbarung der Stadt Auental;;;;;;;
Handlungsfeld;Ziel;Nr.;Maßnahme;Zuständig;Bis wann;Kosten;Bemerkung
Steuerung;Familien werden gehört;1.1.1;"Runder Tisch
„Familie“";Jugendamt;03/2027;5.000 €;mit Vereinen
;;1.1.2;Familienbericht;Stabsstelle;Q3 2027;;
;Alle wissen Bescheid;1.2.1;Familienportal;Presse;31.12.2027;;
Wohnen;Platz für Familien;2.1.1;Baulücken nutzen;Bauamt;laufend;;
"""


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sentences(plan):
    return [str(each) for each in plan.problems]


def outline(plan):
    return [(row.level, row.key, row.parent, row.title) for row in plan.rows]


def test_a_flat_table_becomes_fields_goals_and_measures_and_keeps_every_cell():
    plan = read_plan(FLAT.encode("utf-8"), "plan.csv")
    assert outline(plan) == [
        ("field", "feld:1", "", "Steuerung"),
        ("goal", "ziel:2", "feld:1", "Familien werden gehört"),
        ("measure", "1.1.1", "ziel:2", "Runder Tisch „Familie“"),
        ("measure", "1.1.2", "ziel:2", "Familienbericht"),
        ("goal", "ziel:3", "feld:1", "Alle wissen Bescheid"),
        ("measure", "1.2.1", "ziel:3", "Familienportal"),
        ("field", "feld:4", "", "Wohnen"),
        ("goal", "ziel:5", "feld:4", "Platz für Familien"),
        ("measure", "2.1.1", "ziel:5", "Baulücken nutzen"),
    ]
    assert plan.rows[2] == PlanRow(
        key="1.1.1",
        level="measure",
        parent="ziel:2",
        title="Runder Tisch „Familie“",
        responsible="Jugendamt",
        due=PartialDate(2027, 3),
        extra={"Kosten": "5.000 €", "Bemerkung": "mit Vereinen"},
        where="Zeile 3",
    )
    assert plan.meaning(plan.rows[2], "cost") == "5.000 €"
    assert plan.rows[3].due == PartialDate(2027, 9)
    assert plan.rows[3].extra == {"Bis wann": "Q3 2027"}
    assert plan.rows[8].extra == {"Bis wann": "laufend"}
    assert sentences(plan) == [
        "Über der Kopfzeile steht „Zielvereinbarung der Stadt Auental“. Das wird nicht übernommen.",
        "Zeile 6, Spalte „Bis wann“: „laufend“ ist kein Datum. Es bleibt als weitere Angabe erhalten.",
    ]
    assert plan.importable
    assert plan.lines_read == 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encoding_and_delimiter_do_not_matter(encoding, delimiter):
    text = FLAT.replace(";", delimiter).replace("\n", "\r\n")
    assert outline(read_plan(text.encode(encoding), "plan.csv")) == outline(read_plan(FLAT.encode(), "plan.csv"))


def test_the_same_table_as_a_workbook_gives_the_same_plan():
    rows = [
        ["Handlungsfeld", "Ziel", "Nr.", "Maßnahme", "Zuständig", "Bis wann", "Kosten"],
        ["Steuerung", "Familien werden gehört", 1, "Runder Tisch", "Jugendamt", date(2027, 3, 31), 5000],
        [None, None, 2, "Familienbericht", None, 2027, 0.5],
    ]
    plan = read_plan(workbook(Ziele=rows), "plan.xlsx")
    assert sentences(plan) == []
    assert [(row.key, row.due, dict(row.extra), row.where) for row in plan.at_level("measure")] == [
        ("1", PartialDate(2027, 3, 31), {"Kosten": "5000"}, "Blatt Ziele, Zeile 2"),
        ("2", PartialDate(2027), {"Kosten": "0,5"}, "Blatt Ziele, Zeile 3"),
    ]


def test_one_sheet_for_each_field_is_read_as_fields():
    head = ["Nr.", "Maßnahme", "Ziel"]
    content = workbook(
        Wohnen=[head, ["1", "Baulücken nutzen", "Platz"]],
        Bildung=[["Bildungsplan"], ["Maßnahme", "Nr.", "Ziel"], ["Lesepaten", "2", "Lesen"]],
        Adressen=[["Name", "Telefon"], ["Frau Muster", "123"]],
    )
    plan = read_plan(content, "plan.xlsx")
    assert outline(plan) == [
        ("field", "feld:1", "", "Wohnen"),
        ("goal", "ziel:2", "feld:1", "Platz"),
        ("measure", "1", "ziel:2", "Baulücken nutzen"),
        ("field", "feld:3", "", "Bildung"),
        ("goal", "ziel:4", "feld:3", "Lesen"),
        ("measure", "2", "ziel:4", "Lesepaten"),
    ]
    assert "Blatt Adressen: Das Blatt hat andere Spalten als „Wohnen“ und wird nicht übernommen." in sentences(plan)
    assert [row.title for row in read_plan(content, "plan.xlsx", sheet="Bildung").at_level("measure")] == ["Lesepaten"]
    assert read_plan(content, "plan.xlsx", sheet="Nichts").choices == ("Wohnen", "Bildung", "Adressen")


def test_strategic_goals_and_steps_have_their_columns():
    text = (
        "Handlungsfeld;Leitziel;Ziel;Maßnahme;Arbeitsschritt;Frist\n"
        "Wohnen;Stadt für alle;Platz;Baulücken nutzen;Kataster anlegen;2026\n"
        ";;;;Eigentümer ansprechen;2027\n"
    )
    assert [(row.level, row.title, row.due and row.due.text) for row in read_plan(text.encode(), "a.csv").rows] == [
        ("field", "Wohnen", None),
        ("strategic_goal", "Stadt für alle", None),
        ("goal", "Platz", None),
        ("measure", "Baulücken nutzen", "2026"),
        ("step", "Kataster anlegen", None),
        ("step", "Eigentümer ansprechen", "2027"),
    ]


def test_headings_between_the_rows_are_fields_where_no_column_names_them():
    text = "Nr.;Maßnahme;Zuständig\nHandlungsfeld Wohnen;;\n1;Baulücken;Bauamt\nHandlungsfeld Bildung;;\n2;Lesepaten;\n"
    assert outline(read_plan(text.encode(), "a.csv")) == [
        ("field", "feld:1", "", "Handlungsfeld Wohnen"),
        ("measure", "1", "feld:1", "Baulücken"),
        ("field", "feld:2", "", "Handlungsfeld Bildung"),
        ("measure", "2", "feld:2", "Lesepaten"),
    ]


def test_without_any_field_the_measures_stand_under_one_and_the_clerk_is_told():
    plan = read_plan(b"Titel;Frist\nLesepaten;2027\n", "a.csv")
    assert outline(plan) == [
        ("field", "feld:1", "", "Ohne Handlungsfeld"),
        ("measure", "zeile:2", "feld:1", "Lesepaten"),
    ]
    assert sentences(plan) == ["Die Datei nennt kein Handlungsfeld. Die Maßnahmen stehen unter „Ohne Handlungsfeld“."]


def test_outline_numbers_alone_make_a_tree():
    text = "Nr.;Titel\n1;Wohnen\n1.1;Platz\n1.1.1;Baulücken\n1.2;Spielplätze erneuern\n2;Bildung\n"
    assert outline(read_plan(text.encode(), "a.csv")) == [
        ("field", "1", "", "Wohnen"),
        ("goal", "1.1", "1", "Platz"),
        ("measure", "1.1.1", "1.1", "Baulücken"),
        ("measure", "1.2", "1", "Spielplätze erneuern"),
        ("field", "2", "", "Bildung"),
    ]


def test_a_level_column_says_what_is_what_and_parents_come_first():
    text = (
        "Nr.;Gehört zu;Ebene;Titel\nm;z;Maßnahme;Baulücken\nz;s;Ziel;Platz\n"
        "s;f;Leitziel;Stadt für alle\nf;;Handlungsfeld;Wohnen\nt;m;Schritt;Kataster\n"
    )
    assert outline(read_plan(text.encode(), "a.csv")) == [
        ("field", "f", "", "Wohnen"),
        ("strategic_goal", "s", "f", "Stadt für alle"),
        ("goal", "z", "s", "Platz"),
        ("measure", "m", "z", "Baulücken"),
        ("step", "t", "m", "Kataster"),
    ]


def test_report_rounds_in_columns_become_status_entries_with_their_light():
    text = (
        "Feld;Maßnahme;Sachstand 2015/16;Ampel 2015/16;Sachstand 2024;Status\n"
        "Wohnen;Baulücken;begonnen;gelb;fertig;abgeschlossen\n"
        ";Spielplätze;;lila;;\n"
    )
    plan = read_plan(text.encode(), "a.csv")
    assert [
        (each.measure_key, each.label, each.period_from, each.period_until, each.light, each.text)
        for each in plan.statuses
    ] == [
        ("zeile:2", "Sachstand 2015/16", date(2015, 1, 1), date(2016, 12, 31), "yellow", "begonnen"),
        ("zeile:2", "Sachstand 2024", date(2024, 1, 1), date(2024, 12, 31), "", "fertig"),
        ("zeile:2", "Status", None, None, "", "abgeschlossen"),
        ("zeile:3", "Sachstand 2015/16", date(2015, 1, 1), date(2016, 12, 31), "", ""),
    ]
    assert sentences(plan) == [
        "Zeile 3, Spalte „Ampel 2015/16“: Die Ampel „lila“ ist nicht zugeordnet. Sie bleibt leer."
    ]
    assert plan.rows[2].extra == {"Ampel 2015/16": "lila"}


def test_a_stretch_of_time_becomes_beginning_and_deadline():
    text = (
        "Feld;Maßnahme;Zeitraum\nWohnen;A;2025 - 2027\n;B;ab März 2026\n;C;bis 2028\n;D;01/2025 bis 06/2026\n;E;2027\n"
    )
    rows = read_plan(text.encode(), "a.csv").at_level("measure")
    assert [(row.start and row.start.text, row.due and row.due.text) for row in rows] == [
        ("2025", "2027"),
        ("2026-03", None),
        (None, "2028"),
        ("2025-01", "2026-06"),
        ("2027", "2027"),
    ]


def test_a_deadline_before_the_beginning_is_a_warning():
    plan = read_plan("Feld;Maßnahme;Beginn;Frist\nWohnen;A;2027;2026\n".encode(), "a.csv")
    assert sentences(plan) == ["Zeile 2, Spalte „Frist“: Die Frist 2026 liegt vor dem Beginn 2027."]
    assert plan.importable


def test_a_mapping_file_overrules_every_guess():
    mapping = load_mapping(
        """
        [columns]
        title = "was"
        field = "Wo"
        description = "Titel"
        [lights]
        "hellgrün" = "green"
        [statuses.Bericht]
        label = "Bericht 2020"
        period_from = "2020"
        light = "F"
        """.encode(),
        "zuordnung.toml",
    )
    plan = read_plan(
        "Was;Wo;Titel;Bericht;F\nLesepaten;Bildung;Text;läuft;Hellgrün\n".encode(), "a.csv", mapping=mapping
    )
    assert [(row.level, row.title, row.description) for row in plan.rows] == [
        ("field", "Bildung", ""),
        ("measure", "Lesepaten", "Text"),
    ]
    (status,) = plan.statuses
    assert (status.label, status.period_until, status.light, status.text) == (
        "Bericht 2020",
        date(2020, 12, 31),
        "green",
        "läuft",
    )
    assert mapping_from_dict(plan.mapping_used.as_dict()) == plan.mapping_used


def test_a_json_mapping_is_the_same():
    assert load_mapping(b'{"columns": {"title": "Was"}}', "m.json") == Mapping({"title": "Was"})


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"[columns", "m.toml", "ist kein gültiges TOML oder JSON"),
        (b"\xff", "m.toml", "ist kein gültiges TOML oder JSON"),
        (b"[[1]]", "m.json", "Die Zuordnung braucht Abschnitte wie columns und lights."),
        (b"[colums]", "m.toml", "„colums“ kennt die Zuordnung nicht. Möglich sind: columns, levels"),
        (b'[columns]\ntitel = "A"', "m.toml", "„titel“ kennt die Zuordnung nicht."),
        (b"[columns]\ntitle = 3", "m.toml", "In der Zuordnung steht bei „columns.title“ kein Text"),
        (
            b'[lights]\nlila = "purple"',
            "m.toml",
            "„purple“ kennt die Zuordnung nicht. Möglich sind: green, yellow",
        ),
        (b'[statuses.X]\nperiod_from = "2020-13"', "m.toml", "Den Tag „2020-13“ gibt es nicht."),
    ],
)
def test_a_broken_mapping_is_refused_with_a_sentence(content, name, sentence):
    with pytest.raises(MappingRefused) as refused:
        load_mapping(content, name)
    assert sentence in refused.value.sentence


def test_german_headers_are_guessed_for_the_clerk_to_correct():
    headers = [
        "Lfd. Nr.",
        "Maßnahme",
        "Ziel",
        "Handlungsfeld",
        "Zuständig (Amt)",
        "Frist",
        "Beginn",
        "Kosten",
        "Status",
    ]
    assert guess_mapping(headers, [["1", "a", "b", "c", "d", "e", "f", "g", "grün"]]).columns == {
        "key": "Lfd. Nr.",
        "title": "Maßnahme",
        "goal": "Ziel",
        "field": "Handlungsfeld",
        "responsible": "Zuständig (Amt)",
        "due": "Frist",
        "start": "Beginn",
        "cost": "Kosten",
        "light": "Status",
    }
    assert guess_mapping(["Maßnahme", "Stand 2024"]).statuses == {"Stand 2024": Round("Stand 2024", "2024", "2024")}
