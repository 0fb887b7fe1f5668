"""The documents of a sealed annual report: complete, the same bytes, tagged, with charts that are also tables."""

import io
import re
import time
import zipfile
from itertools import pairwise

import openpyxl
import pypdf
import pytest
from docx import Document
from lxml import etree
from pypdf import PdfReader
from tests.adapters.report_sample import report_measure, sample_report

from kommpass.adapters.documents import (
    association_form_docx,
    association_form_pdf,
    committee_report_docx,
    committee_report_pdf,
    report_docx,
    report_pdf,
    report_xlsx,
)
from kommpass.domain.reports import SHARES, measures_of

HASH = "0f" * 32
PDFS = (report_pdf, association_form_pdf, committee_report_pdf)
WORDS = (report_docx, association_form_docx, committee_report_docx)
every_pdf = pytest.mark.parametrize("write", PDFS, ids=lambda each: each.__name__)
every_word = pytest.mark.parametrize("write", WORDS, ids=lambda each: each.__name__)


def squeezed(text: str) -> str:
    """A text without spaces and hyphens, since pages break lines and words."""
    return re.sub(r"[\s\u200b\u00ad-]+", "", text)


def pdf_text(pdf: bytes) -> str:
    """Without foot and head between two pages: a paragraph may begin on one and end on the next."""
    found = squeezed(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))
    return re.sub(r"Prüfsumme\w{16}…Seite\d+von\d+(\D{5,50}2027·AuentalFassung2)?", "", found)


def docx_text(docx: bytes) -> str:
    document = Document(io.BytesIO(docx))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return squeezed(" ".join(texts))


def xlsx_text(xlsx: bytes) -> str:
    workbook = openpyxl.load_workbook(io.BytesIO(xlsx))
    return squeezed(" ".join(str(value) for sheet in workbook for row in sheet.values for value in row if value))


def words_of(content: dict) -> list[str]:
    """What a reader must find in the whole report; codes, dates and amounts are written out differently."""
    found = [content["title"], content["municipality"]["name"], content["certificate"], content["version"]["reason"]]
    found += [each["text"] for each in content["sections"]]
    found += [each[key] for each in content["changes"] for key in ("approved_by", "reason", "kind")]
    found += [each["text"] for each in content["conditions"]]
    for field in content["fields"]:
        found += [field["title"], field["text"]]
        for goal in field["goals"]:
            found += [goal["title"], goal["judgement"]["label"], goal["judgement"]["text"]]
    for place in measures_of(content):
        measure = place.measure
        found += [measure[key] for key in ("title", "responsible", "state_label", "light_label", "text", "reported_by")]
        found += [*measure["partners"], *measure["districts"]]
        found += [each[key] for each in measure["indicators"] for key in ("name", "unit", "baseline", "value")]
        found += [each["source"] for each in measure["indicators"]]
        found += list(measure["auditor_view"].values())
        found += [each[key] for each in measure["remarks"] for key in ("text", "by", "answer")]
    return [each for each in found if each]


@pytest.mark.parametrize(
    ("write", "read"), [(report_pdf, pdf_text), (report_docx, docx_text), (report_xlsx, xlsx_text)]
)
def test_every_text_of_the_sealed_report_stands_in_the_document(write, read):
    document = read(write(sample_report(), content_hash=HASH))

    missing = [text for text in words_of(sample_report()) if squeezed(text) not in document]

    assert missing == []
    assert HASH in document


@pytest.mark.parametrize("write", [*PDFS, *WORDS, report_xlsx], ids=lambda each: each.__name__)
def test_the_same_report_gives_the_same_bytes(write):
    first = write(sample_report(), content_hash=HASH)
    time.sleep(2.1)  # zip files count time in steps of two seconds

    assert write(sample_report(), content_hash=HASH) == first


@pytest.mark.parametrize(
    ("write", "read"),
    [
        (association_form_pdf, pdf_text), (association_form_docx, docx_text),
        (committee_report_pdf, pdf_text), (committee_report_docx, docx_text),
    ],
    ids=lambda each: each.__name__,
)  # fmt: skip
def test_the_shorter_forms_name_every_measure_with_state_and_light(write, read):
    content = sample_report(measures=14)
    document = read(write(content, content_hash=HASH))
    wanted = [place.measure[key] for place in measures_of(content) for key in ("number", "title", "state_label")]

    assert [words for words in wanted if squeezed(words) not in document] == []


def test_the_association_form_says_that_it_is_ours_and_asks_every_question():
    for text in (
        pdf_text(association_form_pdf(sample_report(), content_hash=HASH)),
        docx_text(association_form_docx(sample_report(), content_hash=HASH)),
    ):
        for words in ("es ist kein amtlicher Vordruck", "Was ist gelungen?", "Was steht an?", "Dazu wurde nichts"):
            assert squeezed(words) in text


def test_the_committee_sees_the_big_numbers_and_what_is_to_be_decided_on_the_first_page():
    pages = PdfReader(io.BytesIO(committee_report_pdf(sample_report(measures=21), content_hash=HASH))).pages
    first = squeezed(pages[0].extract_text())

    for words in ("28 %", "6 von 21 Maßnahmen", "überfällig", "brauchen eine Entscheidung", "Das ist umgesetzt",
                  "Das ist überfällig", "Das braucht eine Entscheidung", "und 2 weitere"):  # fmt: skip
        assert squeezed(words) in first
    assert {page.mediabox.width > page.mediabox.height for page in pages} == {True}


def test_the_summary_stays_on_one_page_with_many_fields_and_long_titles():
    content = sample_report(measures=60, fields=14)
    for field in content["fields"]:
        content["title"] = "Jahresbericht über alle Ziele und Maßnahmen der Vereinbarung " * 2
        field["title"] = "Vereinbarkeit von Familie und Beruf in der Stadt und auf dem Land " + field["number"]
    for place in measures_of(content):
        place.measure["title"] = "Sehr lange Maßnahme über viele Dinge, " * 6
    pages = PdfReader(io.BytesIO(committee_report_pdf(content, content_hash=HASH))).pages

    assert "Das braucht eine Entscheidung" in pages[0].extract_text()
    assert pages[1].extract_text().count("Alle Maßnahmen in Kürze") == 1


@every_pdf
def test_the_pdf_is_tagged_german_and_titled_and_claims_both_standards(write):
    reader = PdfReader(io.BytesIO(write(sample_report(), content_hash=HASH)))
    root, claims = reader.trailer["/Root"], reader.xmp_metadata.stream.get_data().decode()

    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (a PDF boolean)
    assert str(root["/Lang"]).startswith("de")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert reader.metadata.title == sample_report()["title"]
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in claims and "<pdfuaid:part>1</pdfuaid:part>" in claims


@every_pdf
def test_every_chart_is_a_figure_with_its_numbers_in_words_and_in_a_table(write):
    reader = PdfReader(io.BytesIO(write(sample_report(), content_hash=HASH)))
    nodes = list(_nodes(reader.trailer["/Root"]["/StructTreeRoot"]))
    figures = [str(node.get("/Alt")) for node in nodes if node.get("/S") == "/Figure"]
    kinds = [str(node["/S"]) for node in nodes if "/S" in node]
    levels = [int(kind[2]) for kind in kinds if len(kind) == 3 and kind[1] == "H" and kind[2].isdigit()]

    assert figures[0].startswith("Balkendiagramm Stand der Maßnahmen je Handlungsfeld. 1 Bildung und Betreuung: ")
    assert "1 umgesetzt" in figures[0]
    assert "dieZahlen" in pdf_text(write(sample_report(), content_hash=HASH))
    assert kinds.count("/TH") >= 2 * kinds.count("/Table") > 0
    assert levels[0] == 1
    assert [(one, two) for one, two in pairwise(levels) if two > one + 1] == []


def test_the_drawing_is_vectors_and_no_picture():
    reader = PdfReader(io.BytesIO(committee_report_pdf(sample_report(), content_hash=HASH)))

    assert [image.name for page in reader.pages for image in page.images] == []


def _nodes(node):
    """All structure elements in reading order."""
    node = node.get_object() if isinstance(node, pypdf.generic.IndirectObject) else node
    if isinstance(node, list):
        for child in node:
            yield from _nodes(child)
    elif isinstance(node, dict):
        yield node
        yield from _nodes(node.get("/K", []))


@every_word
def test_a_word_file_has_a_real_chart_with_words_for_it_and_its_numbers_behind_it(write):
    with zipfile.ZipFile(io.BytesIO(write(sample_report(), content_hash=HASH))) as parts:
        names = parts.namelist()
        page = parts.read("word/document.xml").decode()
        chart = etree.fromstring(parts.read("word/charts/chart1.xml"))
        related = parts.read("word/charts/_rels/chart1.xml.rels").decode()
        sheet = openpyxl.load_workbook(io.BytesIO(parts.read("word/embeddings/chart1.xlsx")))["Daten"]
        kinds = parts.read("[Content_Types].xml").decode()

    space = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
    cached = [each.text for each in chart.iterfind(".//c:ser[1]/c:val//c:v", space)]
    assert 'descr="Balkendiagramm Stand der Maßnahmen je Handlungsfeld. 1 Bildung' in page
    assert [each.text for each in chart.iterfind(".//c:ser/c:tx//c:v", space)] == list(SHARES.values())
    assert cached == ["1", "1", "1"] == [str(row[1].value) for row in sheet.iter_rows(min_row=2)]
    assert chart.find("c:externalData", space) is not None and "../embeddings/chart1.xlsx" in related
    assert ("drawingml.chart+xml" in kinds and 'Extension="xlsx"' in kinds) or "/word/embeddings/chart1.xlsx" in kinds
    assert len([name for name in names if name.startswith("word/charts/chart")]) >= 1


@every_word
def test_the_numbers_of_a_chart_stand_in_a_table_too_and_headings_skip_no_level(write):
    document = Document(io.BytesIO(write(sample_report(), content_hash=HASH)))
    levels = [int(each.style.name[-1]) for each in document.paragraphs if each.style.name.startswith("Heading")]
    heads = [[cell.text for cell in table.rows[0].cells] for table in document.tables]

    assert ["Handlungsfeld", *SHARES.values(), "zusammen"] in heads
    assert levels[0] == 1
    assert [(one, two) for one, two in pairwise(levels) if two > one + 1] == []


def test_the_committees_word_file_lies_on_its_side():
    section = Document(io.BytesIO(committee_report_docx(sample_report(), content_hash=HASH))).sections[0]

    assert section.page_width > section.page_height


def test_the_workbook_has_its_sheets_and_charts_that_excel_draws():
    made = report_xlsx(sample_report(measures=12), content_hash=HASH)
    book = openpyxl.load_workbook(io.BytesIO(made))
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]

    assert book.sheetnames == ["Übersicht", "Handlungsfelder", "Maßnahmen", "Ziele", "Indikatoren", "Änderungen"]
    assert [book[name].max_row for name in book.sheetnames[1:]] == [4, 13, 4, 13, 2]
    assert drawing.count('descr="Balkendiagramm: ') == 3 == len(charts)
    assert all("Handlungsfelder!" in each and 'val="stacked"' in each for each in charts)


def test_no_cell_of_the_workbook_is_a_formula_or_a_link():
    nasty = report_measure(title="=1+1", text='=HYPERLINK("http://example.org")', responsible="@SUM(A1)")
    content = sample_report(measures=3)
    content["fields"][0]["goals"][0]["measures"] = [nasty]
    book = openpyxl.load_workbook(io.BytesIO(report_xlsx(content, content_hash=HASH)))

    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n", "d"}
    assert [cell for sheet in book for row in sheet for cell in row if cell.hyperlink] == []


ODD = {
    "control": "Text mit \x00\x07\x1b Steuerzeichen",
    "half": "halbes Zeichen \ud83d hier",
    "turned": "Datei \u202egnp.exe",
    "emoji": "Fest für alle 🎉",
    "long word": "x" * 5_000,
    "100 kB": "Ein langer Satz über Familien. " * 3_300,
    "typst": '#import "@x/y:1.0.0": * $ x^2 $ *fett* = Titel @ref <label> `code` \\ #panic("x")',
    "html": "<script>alert(1)</script> & &amp; ]]>",
    "blank": "   \n\n  ",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_texts_are_drawn_and_never_understood(text):
    measure = report_measure(title=text, text=text, responsible=text, partners=[text])
    content = sample_report(measures=3, title=text)
    content["fields"][0] |= {"title": text, "text": text}
    content["fields"][0]["goals"][0] |= {"title": text, "measures": [measure]}
    content["sections"][0] |= {"text": text, "prompt": text}

    for write in PDFS:
        assert PdfReader(io.BytesIO(write(content, content_hash=HASH))).pages
    for write in WORDS:
        assert Document(io.BytesIO(write(content, content_hash=HASH))).tables
    assert openpyxl.load_workbook(io.BytesIO(report_xlsx(content, content_hash=HASH)))["Maßnahmen"].max_row == 4


def test_a_report_without_fields_is_still_a_document():
    content = sample_report(measures=0, fields=0)

    for write in PDFS:
        assert PdfReader(io.BytesIO(write(content, content_hash=HASH))).pages
    for write in WORDS:
        assert Document(io.BytesIO(write(content, content_hash=HASH))).paragraphs
    assert openpyxl.load_workbook(io.BytesIO(report_xlsx(content, content_hash=HASH))).sheetnames[0] == "Übersicht"
