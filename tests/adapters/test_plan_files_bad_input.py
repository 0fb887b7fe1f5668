"""Bad plan files: one clear German sentence with sheet, row and column, and nothing is taken over."""

import io
import random
import re
import time
import zipfile

import openpyxl
import pytest

from kommpass.adapters.plan_files import Mapping, read_plan

HEAD = "Handlungsfeld;Nr.;Maßnahme;Frist\n"
TREE = "Nr.;Gehört zu;Titel\n"


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def package(parts, compression=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return stream.getvalue()


def repacked(content, name, change):
    parts = {}
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        for part in opened.namelist():
            parts[part] = change(opened.read(part)) if part == name else opened.read(part)
    return package(parts)


SAVE_UTF8 = "Bitte speichern Sie die Datei als CSV UTF-8."
SAVE_TABLE = "Bitte speichern Sie sie als XLSX oder CSV."
NO_BOOK = "Die Datei ist keine lesbare Excel-Arbeitsmappe (.xlsx)."
LEVELS = "Nr.;Gehört zu;Ebene;Titel\n"
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "b">]>'
GOOD_BOOK = workbook([["Handlungsfeld", "Maßnahme"], ["Wohnen", "Baulücken"]])
RUBBISH = random.Random(7).randbytes(5000)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.csv", "Die Datei ist leer."),
        (b"\xef\xbb\xbf\r\n;;;\r\n", "a.csv", "Die Datei ist leer."),
        (b"", "a.xlsx", "Die Datei ist leer."),
        (workbook([]), "a.xlsx", "Die Arbeitsmappe ist leer."),
        (HEAD.encode(), "a.csv", "Die Datei enthält keine Maßnahmen."),
        (
            HEAD.encode() + b"\nW\xfchnen;1;B\x81;2027",
            "a.csv",
            f"Zeile 3: Die Zeichen sind nicht lesbar (versucht: Windows-1252). {SAVE_UTF8}",
        ),
        (
            b"\xef\xbb\xbf" + "Maßnahme".encode("cp1252"),
            "a.csv",
            f"Zeile 1: Die Zeichen sind nicht lesbar (versucht: UTF-8). {SAVE_UTF8}",
        ),
        (
            b"\xff\xfea\x00b",
            "a.csv",
            f"Zeile 1: Die Zeichen sind nicht lesbar (versucht: UTF-16). {SAVE_UTF8}",
        ),
        (b"\x01\x02\x03\x04abc" * 50, "a.csv", "Die Datei enthält keinen lesbaren Text."),
        (b"%PDF-1.7 xyz", "a.csv", f"Das ist keine Tabelle als Text, sondern: PDF. {SAVE_TABLE}"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1",
            "a.xls",
            "Das ist keine Tabelle als Text, sondern: altes Excel (.xls) oder mit Kennwort geschützt. " + SAVE_TABLE,
        ),
        (
            b"<html><table>",
            "a.xls",
            "Das ist eine Webseite. Bitte speichern Sie die Tabelle als XLSX oder CSV.",
        ),
        (b"a;b", "a.xlsx", NO_BOOK),
        (RUBBISH, "a.xlsx", NO_BOOK),
        (GOOD_BOOK[:-200], "a.xlsx", NO_BOOK),
        (package({"word/document.xml": "<a/>", "[Content_Types].xml": "<a/>"}), "a.docx", NO_BOOK),
        (repacked(GOOD_BOOK, "xl/workbook.xml", lambda part: part[:90]), "a.xlsx", NO_BOOK),
        (repacked(GOOD_BOOK, "xl/worksheets/sheet1.xml", lambda part: DOCTYPE + part), "a.xlsx", NO_BOOK),
        (
            package({"[Content_Types].xml": "", "xl/bomb.xml": "0" * 101 * 1024 * 1024}),
            "a.xlsx",
            "Die Arbeitsmappe ist ausgepackt größer als 100 MB und wird nicht gelesen.",
        ),
        (b"a" * (10 * 1024 * 1024 + 1), "a.csv", "Die Datei ist größer als 10 MB. Bitte teilen Sie sie auf."),
        (
            HEAD.encode() + b"W;;M;\n" * 20_001,
            "a.csv",
            "Die Datei hat mehr als 20000 Zeilen. Bitte teilen Sie sie auf.",
        ),
        (
            b"a;" * 300 + b"\n",
            "a.csv",
            "Zeile 1: Die Zeile hat mehr als 200 Spalten. Bitte löschen Sie überzählige Spalten.",
        ),
        (
            HEAD.encode() + b'Wohnen;1;"Bau;2027\nBildung;2;Lesen;\n',
            "a.csv",
            "Zeile 2: Die Anführungszeichen gehen nicht auf. Bitte speichern Sie die Tabelle erneut.",
        ),
        (
            HEAD.encode() + b'Wohnen;1;"' + b"a" * 200_000 + b'";\n',
            "a.csv",
            "Zeile 2: Eine Zelle ist viel zu lang. Vielleicht fehlt ein Anführungszeichen.",
        ),
        (
            b"Jahr;Menge\n2020;3\n",
            "a.csv",
            "Keine Spalte ist als „Maßnahme (Titel)“ zu erkennen. "
            "Bitte ordnen Sie eine zu; vorhanden sind: „Jahr“, „Menge“.",
        ),
        (
            (HEAD + "Wohnen;1;;2027\n").encode(),
            "a.csv",
            "Zeile 2, Spalte „Maßnahme“: Der Titel der Maßnahme fehlt.",
        ),
        (
            (HEAD + "Wohnen;1;Bau;31.02.2027\n").encode(),
            "a.csv",
            "Zeile 2, Spalte „Frist“: Den Tag „31.02.2027“ gibt es nicht.",
        ),
        (
            (HEAD + "\nWohnen;1;Bau;2027-13-01\n").encode(),
            "a.csv",
            "Zeile 3, Spalte „Frist“: Den Tag „2027-13-01“ gibt es nicht.",
        ),
        (
            (HEAD + "Wohnen;1;Bau;\nWohnen;1;Straßen;\n").encode(),
            "a.csv",
            "Zeile 3, Spalte „Nr.“: Die Nummer „1“ gibt es schon: Zeile 2.",
        ),
        (
            (HEAD + "Wohnen;1;" + "a" * 20_001 + ";\n").encode(),
            "a.csv",
            "Zeile 2, Spalte „Maßnahme“: Der Text hat 20001 Zeichen, erlaubt sind 20000. Bitte kürzen Sie ihn.",
        ),
        (
            (TREE + "a;;Wohnen\nb;x;Bau\n").encode(),
            "a.csv",
            "Zeile 3, Spalte „Gehört zu“: „x“, zu dem diese Zeile gehören soll, gibt es in der Datei nicht.",
        ),
        (
            (TREE + "f;;Feld\na;c;A\nb;a;B\nc;b;C\n").encode(),
            "a.csv",
            "Zeile 3, Spalte „Gehört zu“: Die Zeilen gehören im Kreis zueinander: a → c → b → a.",
        ),
        (
            (TREE + "a;a;A\n").encode(),
            "a.csv",
            "Zeile 2, Spalte „Gehört zu“: Die Zeilen gehören im Kreis zueinander: a → a.",
        ),
        ((TREE + "a;;Wohnen\n;a;Bau\n").encode(), "a.csv", "Zeile 3, Spalte „Nr.“: Die Nummer fehlt."),
        ((TREE + "a;;Wohnen\nb;a;\n").encode(), "a.csv", "Zeile 3, Spalte „Titel“: Der Titel fehlt."),
        (
            (LEVELS + "a;;Maßnahme;Bau\n").encode(),
            "a.csv",
            "Zeile 2: Die Zeile (Maßnahme) gehört zu keinem Handlungsfeld.",
        ),
        (
            (LEVELS + "a;;Handlungsfeld;Bau\nb;a;Schritt;X\n").encode(),
            "a.csv",
            "Zeile 3: Die Zeile (Arbeitsschritt) kann nicht unter „Bau“ (Handlungsfeld) stehen.",
        ),
        (
            (LEVELS + "a;;Kapitel;Bau\n").encode(),
            "a.csv",
            "Zeile 2, Spalte „Ebene“: Die Ebene „Kapitel“ ist nicht zugeordnet.",
        ),
        (b"[1, 2", "a.json", "Zeile 1, Zeichen 6: Die Datei ist kein gültiges JSON."),
        (b'{"a": 1}', "a.json", "Die JSON-Datei ist kein Auszug aus LocalZero (Städte und Maßnahmen)."),
        (b"[" * 100_000, "a.json", "Die JSON-Datei ist zu tief verschachtelt."),
        (
            b'[{"model": "cpmonitor.task", "pk": 1, "fields": {"city": 1}}]',
            "a.json",
            "Die Datei enthält keine Stadt.",
        ),
    ],
)
def test_a_bad_file_gives_one_sentence_and_no_rows(content, name, sentence):
    plan = read_plan(content, name)
    assert [str(each) for each in plan.errors] == [sentence]
    assert (plan.rows, plan.statuses, plan.importable) == ((), (), False)


def test_a_wrong_date_in_a_workbook_is_named_with_its_sheet():
    plan = read_plan(workbook([["Handlungsfeld", "Maßnahme", "Frist"], ["W", "M", "30.02.2027"]]), "a.xlsx")
    assert [str(each) for each in plan.problems] == [
        "Blatt Sheet, Zeile 2, Spalte „Frist“: Den Tag „30.02.2027“ gibt es nicht."
    ]


def test_every_wrong_row_is_named_at_once():
    text = HEAD + "Wohnen;1;;2027\nWohnen;2;A;2027-13\nWohnen;2;B;\nWohnen;2;C;\n"
    assert [each.where for each in read_plan(text.encode(), "a.csv").errors] == [
        "Zeile 2",
        "Zeile 3",
        "Zeile 4",
        "Zeile 5",
    ]


def test_formulas_are_taken_as_text_with_a_warning():
    text = HEAD + 'Wohnen;1;"=HYPERLINK(""http://x"")";\nWohnen;2;- und +49 und @home;\n'
    plan = read_plan(text.encode(), "a.csv")
    assert [row.title for row in plan.at_level("measure")] == [
        '=HYPERLINK("http://x")',
        "- und +49 und @home",
    ]
    assert [str(each) for each in plan.problems] == [
        'Zeile 2, Spalte „Maßnahme“: „=HYPERLINK("http://x")“ sieht aus wie eine Formel und wird als Text übernommen.'
    ]


def test_a_formula_in_a_workbook_gives_its_stored_result_or_stays_text():
    content = workbook([["Handlungsfeld", "Maßnahme", "Kosten"], ["W", "M", "=1+2"], ["W", "N", "=3+4"]])
    stored = re.compile(rb"(<f>1\+2</f>)(<v ?/>|<v></v>)")
    sheet = "xl/worksheets/sheet1.xml"
    content = repacked(content, sheet, lambda part: stored.sub(rb"\1<v>3</v>", part))
    plan = read_plan(content, "a.xlsx")
    assert [row.extra for row in plan.at_level("measure")] == [{"Kosten": "3"}, {"Kosten": "=3+4"}]
    assert [str(each) for each in plan.problems][:2] == [
        "Blatt Sheet, Zeile 2, Spalte „C“: Hier steht die Formel =1+2. Übernommen wird ihr gespeichertes Ergebnis „3“.",
        "Blatt Sheet, Zeile 3, Spalte „C“: Hier steht die Formel =3+4 ohne gespeichertes Ergebnis. "
        "Sie bleibt als Text stehen.",
    ]


def test_control_characters_are_removed_with_a_warning():
    plan = read_plan((HEAD + "Wohnen;1;Bau\x07lücken\u202e;\n").encode(), "a.csv")
    assert plan.at_level("measure")[0].title == "Baulücken"
    assert [str(each) for each in plan.problems] == [
        "Zeile 2, Spalte „Maßnahme“: Unsichtbare Steuerzeichen wurden entfernt."
    ]


def test_a_column_that_the_mapping_names_and_the_file_lacks_is_named():
    plan = read_plan(HEAD.encode() + b"W;1;M;\n", "a.csv", mapping=Mapping({"title": "Vorhaben", "key": "Nr."}))
    assert [str(each) for each in plan.errors] == [
        "Spalte „Vorhaben“: Die Spalte „Vorhaben“ gibt es in der Datei nicht. "
        "Vorhanden sind: „Handlungsfeld“, „Nr.“, „Maßnahme“, „Frist“."
    ]


def test_text_cut_at_a_delimiter_is_kept_and_named():
    plan = read_plan((HEAD + "Wohnen;1;Bauen;2027;und wohnen\n").encode(), "a.csv")
    assert plan.at_level("measure")[0].extra == {"Spalte E": "und wohnen"}
    assert [each.column for each in plan.warnings] == ["E"]


def test_umlauts_encoded_twice_are_noticed():
    plan = read_plan((HEAD + "Wohnen;1;Baulücken;\n").encode().decode("cp1252", "replace").encode(), "a.csv")
    assert any("Umlaute sehen falsch aus" in each.sentence for each in plan.warnings)


def test_no_bytes_whatever_make_reading_fail():
    source = random.Random(1)
    seeds = [
        HEAD.encode() + b"W;1;M;2027\n",
        GOOD_BOOK,
        b'[{"model": "cpmonitor.task", "pk": 1, "fields": {}}]',
    ]
    for number in range(300):
        content = bytearray(source.choice(seeds))
        for _ in range(source.randint(1, 8)):
            content[source.randrange(len(content))] = source.randrange(256)
        plan = read_plan(bytes(content), f"a.{source.choice(['csv', 'xlsx', 'json'])}")
        assert plan.importable or plan.errors, number


def test_twenty_thousand_rows_and_hostile_quotes_take_seconds_not_minutes():
    began = time.process_time()
    plan = read_plan((HEAD + "".join(f"Feld {n % 6};{n};Maßnahme {n};2027\n" for n in range(20_000))).encode(), "a.csv")
    assert len(plan.at_level("measure")) == 20_000
    read_plan(HEAD.encode() + b'x;"a\n' * 500_000, "a.csv")
    read_plan(HEAD.encode() + b'x;"a"b";\n' * 15_000, "a.csv")
    read_plan((TREE + "".join(f"{n};{n - 1 if n else ''};T\n" for n in range(5_000))).encode(), "a.csv")
    assert time.process_time() - began < 30
