"""PDF, Word and Excel say the same about a frozen agreement, and the same version gives the same bytes."""

import io
import re
import time
from datetime import UTC, datetime

import openpyxl
import pytest
from docx import Document
from pypdf import PdfReader
from tests.adapters.agreement_sample import large_content, sample_content, sample_measure, sample_paper

from kommpass.adapters.documents import (
    agreement_docx,
    agreement_pdf,
    agreement_xlsx,
    council_paper_docx,
    council_paper_pdf,
)
from kommpass.adapters.documents.outline import measures_of

HASH = "0f" * 32


def squeezed(text: str) -> str:
    """A text without spaces and hyphens, since pages break lines and words."""
    return re.sub(r"[\s\u200b\u00ad-]+", "", text)


def pdf_text(pdf: bytes) -> str:
    return squeezed(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def docx_text(docx: bytes) -> str:
    document = Document(io.BytesIO(docx))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return squeezed(" ".join(texts))


def xlsx_text(xlsx: bytes) -> str:
    workbook = openpyxl.load_workbook(io.BytesIO(xlsx))
    return squeezed(" ".join(str(value) for sheet in workbook for row in sheet.values for value in row if value))


def texts_of(value) -> list[str]:
    """Every text a frozen version holds, however deep."""
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts_of(item)]
    if isinstance(value, list):
        return [text for item in value for text in texts_of(item)]
    return [value] if isinstance(value, str) and value else []


CODES = {
    "kommpass/agreement/1",
    "05999001",
    "amended",
    "green",
    "yellow",
    "red",
    "29:3:1",
    "2013",
    "2014",
    "2015",
}


def words_of(content: dict) -> list[str]:
    """The texts a reader must find; dates, amounts and codes are written out differently and tested apart."""
    plain = [text for text in texts_of(content) if text not in CODES]
    return [text for text in plain if not re.fullmatch(r"\d{4}(-\d\d){0,2}|\d+\.\d\d", text)]


@pytest.mark.parametrize(
    ("write", "read"), [(agreement_pdf, pdf_text), (agreement_docx, docx_text), (agreement_xlsx, xlsx_text)]
)
def test_every_text_of_the_frozen_version_stands_in_the_document(write, read):
    document = read(write(sample_content(), content_hash=HASH))

    missing = [text for text in words_of(sample_content()) if squeezed(text) not in document]

    assert missing == []
    assert HASH in document


@pytest.mark.parametrize("write", [agreement_pdf, agreement_docx, agreement_xlsx])
def test_the_same_version_gives_the_same_bytes(write):
    first = write(sample_content(), content_hash=HASH)
    time.sleep(2.1)  # zip files count time in steps of two seconds

    assert write(sample_content(), content_hash=HASH) == first


@pytest.mark.parametrize("write", [council_paper_pdf, council_paper_docx])
def test_the_same_paper_gives_the_same_bytes(write):
    first = write(sample_paper(), sample_content(), content_hash=HASH)

    assert write(sample_paper(), sample_content(), content_hash=HASH) == first


def test_the_three_documents_hold_the_same_45_measures():
    content = large_content(45, status_rounds=3)
    numbers = [place.measure["number"] for place in measures_of(content)]

    pdf = PdfReader(io.BytesIO(agreement_pdf(content, content_hash=HASH)))
    in_pdf = [mark for mark in _bookmarks(pdf.outline) if mark.startswith("Maßnahme ")]
    word = Document(io.BytesIO(agreement_docx(content, content_hash=HASH)))
    in_word = [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == "Heading 4"]
    sheet = openpyxl.load_workbook(io.BytesIO(agreement_xlsx(content, content_hash=HASH)))["Maßnahmen"]
    in_excel = [f"Maßnahme {row[0]}: {row[6]}" for row in sheet.iter_rows(min_row=2, values_only=True)]

    assert [title.split(":")[0].removeprefix("Maßnahme ") for title in in_pdf] == numbers
    assert in_pdf == in_word == in_excel


def _bookmarks(outline: list) -> list[str]:
    return [
        title
        for item in outline
        for title in (_bookmarks(item) if isinstance(item, list) else [item.title])
    ]  # fmt: skip


def test_all_three_rounds_of_status_stand_in_every_document():
    content = large_content(6, status_rounds=3)
    entries = [entry["text"] for place in measures_of(content) for entry in place.measure["status"]]

    for read, document in (
        (pdf_text, agreement_pdf(content, content_hash=HASH)),
        (docx_text, agreement_docx(content, content_hash=HASH)),
        (xlsx_text, agreement_xlsx(content, content_hash=HASH)),
    ):
        text = read(document)
        assert [entry for entry in entries if squeezed(entry) not in text] == []


def test_a_plan_of_300_measures_is_set_in_a_few_seconds():
    content = large_content(300, status_rounds=1)
    started = time.monotonic()

    agreement_pdf(content, content_hash=HASH)

    assert time.monotonic() - started < 60  # about 2 s; this only catches a landslide


ODD = {
    "emoji": "Fest für alle 🎉 und 👨\u200d👩\u200d👧",
    "Chinese": "Partnerstadt 北京",
    "Hebrew": "Begrüßung שלום in Auental",
    "Arabic": "Begrüßung مرحبا in Auental",
    "private": "Zeichen \ue000 aus einer Hausschrift",
    "control": "Text mit \x00\x07\x1b Steuerzeichen",
    "half": "halbes Zeichen \ud83d hier",
    "turned": "Datei \u202egnp.exe",
    "long word": "x" * 5_000,
    "long address": "https://auental.example/" + "pfad/" * 60 + "?a=1&b=2",
    "100 kB": "Ein langer Satz über Familien. " * 3_300,
    "blank": "   \n\n  ",
    "typst": '#import "@x/y:1.0.0": * $ x^2 $ *fett* = Titel @ref <label> `code` \\ #panic("x") #read("/etc/hosts")',
    "html": "<script>alert(1)</script> & &amp; ]]> <!-- -->",
    "formula": "=cmd|'/C calc'!A0",
    "jinja": "{{ 7 * 7 }} {% for x in y %}",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_texts_are_drawn_and_never_understood(text):
    measure = sample_measure(title=text, description=text, responsible=text, partners=[text], indicators=[
        {"name": text, "unit": text, "baseline": text, "target": text, "source": text}
    ], status=[{"label": text, "period": text, "light": text, "text": text}])  # fmt: skip
    goal = {"number": "1.1", "title": text, "description": text, "measures": [measure]}
    field = {"number": "1", "title": text, "strengths": [text], "needs": [text]}
    content = sample_content(title=text, fields=[{**field, "strategic_goals": [{"text": text, "goals": [goal]}]}])

    assert PdfReader(io.BytesIO(agreement_pdf(content, content_hash=HASH, paper_mark=text))).pages
    assert Document(io.BytesIO(agreement_docx(content, content_hash=HASH, paper_mark=text))).tables
    assert openpyxl.load_workbook(io.BytesIO(agreement_xlsx(content, content_hash=HASH)))["Maßnahmen"].max_row == 2


@pytest.mark.parametrize("kind", ["typst", "html", "formula", "jinja"])
def test_texts_that_look_like_commands_stay_word_for_word(kind):
    content = sample_content(preamble=ODD[kind])

    assert squeezed(ODD[kind]) in pdf_text(agreement_pdf(content, content_hash=HASH))
    assert squeezed(ODD[kind]) in docx_text(agreement_docx(content, content_hash=HASH))
    assert squeezed(ODD[kind]) in xlsx_text(agreement_xlsx(content, content_hash=HASH))


def test_an_agreement_with_nothing_in_it_is_still_a_document():
    for empty in ({}, {"fields": [], "version": {}}, sample_content(fields=[], resolution=None)):
        assert PdfReader(io.BytesIO(agreement_pdf(empty, content_hash=HASH))).pages
        assert Document(io.BytesIO(agreement_docx(empty, content_hash=HASH))).paragraphs
        assert openpyxl.load_workbook(io.BytesIO(agreement_xlsx(empty, content_hash=HASH))).sheetnames[0] == "Übersicht"
        assert council_paper_pdf({}, empty, content_hash=HASH)
        assert council_paper_docx({}, empty, content_hash=HASH)


def test_the_council_paper_names_chain_resolution_and_checksum():
    expected = [
        "0123/2026",
        "Haupt- und Finanzausschuss",
        "10.09.2026",
        "einstimmig empfohlen",
        "noch offen",
        HASH,
    ]
    expected += [text for text in texts_of(sample_paper()) if not re.fullmatch(r"\d{4}-\d\d-\d\d", text)]
    expected += [place.measure["title"] for place in measures_of(sample_content())]

    for read, document in (
        (pdf_text, council_paper_pdf(sample_paper(), sample_content(), content_hash=HASH)),
        (docx_text, council_paper_docx(sample_paper(), sample_content(), content_hash=HASH)),
    ):
        text = read(document)
        assert [words for words in expected if words and squeezed(words).replace("\n", "") not in text] == []


def test_a_non_public_paper_says_so():
    paper = sample_paper(public=False)

    assert "nichtöffentlich" in pdf_text(council_paper_pdf(paper, sample_content(), content_hash=HASH))


def test_dates_amounts_and_votes_are_written_as_people_read_them():
    text = pdf_text(agreement_pdf(sample_content(), content_hash=HASH))

    for words in (
        "März 2027 bis 15.12.2027",
        "25.000 €",
        "8.400,50 €",
        "29 Ja, 3 Nein, 1 Enthaltung",
        "07.10.2026",
    ):
        assert squeezed(words) in text


def test_a_date_that_does_not_exist_stays_as_it_was_typed():
    content = sample_content(
        fields=[], preamble="x", resolution={"body": "Rat", "date": "2026-02-31", "conditions": []}
    )

    assert "2026-02-31".replace("-", "") in pdf_text(agreement_pdf(content, content_hash=HASH))


def test_days_and_moments_in_the_files_come_from_the_version_not_from_the_clock():
    word = Document(io.BytesIO(agreement_docx(sample_content(), content_hash=HASH))).core_properties
    excel = openpyxl.load_workbook(io.BytesIO(agreement_xlsx(sample_content(), content_hash=HASH))).properties
    pdf = PdfReader(io.BytesIO(agreement_pdf(sample_content(), content_hash=HASH))).metadata

    made = [moment.replace(tzinfo=UTC) for moment in (word.created, excel.created, pdf.creation_date)]
    assert made == [datetime(2026, 11, 22, tzinfo=UTC)] * 3
