"""The workbook holds texts, days and amounts, never a formula."""

import io
from datetime import datetime

import openpyxl
from tests.adapters.agreement_sample import sample_content, sample_measure

from kommpass.adapters.documents import agreement_xlsx

HASH = "0f" * 32


def workbook(**given) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(agreement_xlsx(sample_content(**given), content_hash=HASH)))


def with_measure(**given) -> dict:
    goal = {"number": "1.1", "title": "Ziel", "description": "", "measures": [sample_measure(**given)]}
    return {
        "fields": [
            {
                "number": "1",
                "title": "Feld",
                "strengths": [],
                "needs": [],
                "strategic_goals": [{"text": "", "goals": [goal]}],
            }
        ]
    }


def row_of(book: openpyxl.Workbook, row: int = 2) -> dict:
    sheet = book["Maßnahmen"]
    return {head.value: cell for head, cell in zip(sheet[1], sheet[row], strict=True)}


def test_the_workbook_has_its_sheets_with_frozen_filtered_headings():
    book = workbook()

    assert book.sheetnames == ["Übersicht", "Ziele", "Maßnahmen", "Schritte", "Indikatoren", "Sachstände"]
    for name in book.sheetnames[1:]:
        assert book[name].freeze_panes == "A2"
        assert book[name].auto_filter.ref.startswith("A1:")
    assert book["Maßnahmen"].max_row == 6
    assert book["Schritte"].max_row == 1 + 6
    assert book["Indikatoren"].max_row == 1 + 4
    assert book["Sachstände"].max_row == 1 + 3
    assert book.properties.title == sample_content()["title"]


def test_days_are_days_and_months_sort_as_texts():
    row = row_of(workbook())

    assert (row["Beginn"].value, row["Frist"].value) == ("2027-03", datetime(2027, 12, 15))  # noqa: DTZ001
    assert row["Frist"].number_format == "dd.mm.yyyy"
    assert (row["Kosten einmalig"].value, row["Kosten jährlich"].value) == (25000, 8400.5)


def test_cells_that_look_like_formulas_are_texts_and_stay_texts():
    for text in (
        "=cmd|'/C calc'!A0",
        "+1",
        "-x",
        "@SUM(A1)",
        '=HYPERLINK("https://boese.example")',
        "  =1+1",
        "\t=1",
    ):
        book = workbook(**with_measure(title=text, description=text))
        cells = [row_of(book)["Maßnahme"], row_of(book)["Beschreibung"]]

        assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in cells] == [(text, "s", True)] * 2


def test_no_cell_of_the_workbook_is_a_formula_or_a_link():
    content = with_measure(
        **{key: "=1+1" for key in ("number", "title", "responsible", "post", "start", "due", "funding", "cost_once")}
    )
    book = workbook(**content)

    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n", "d"}
    assert [cell for sheet in book for row in sheet for cell in row if cell.hyperlink] == []


def test_control_characters_are_left_out():
    assert row_of(workbook(**with_measure(title="Fest\x00\x0bfür\x1balle")))["Maßnahme"].value == "Fest\nfüralle"


def test_a_cell_that_overflows_says_how_much_was_cut():
    for character in "xü😀":
        value = row_of(workbook(**with_measure(description=character * 40_000)))["Beschreibung"].value

        assert len(value.encode("utf-16-le")) // 2 <= 32_767
        assert value.endswith("[gekürzt: von 40000 Zeichen fasst eine Zelle nur 32767; vollständig im PDF]")


def test_a_text_that_just_fits_is_not_cut():
    assert row_of(workbook(**with_measure(description="x" * 32_767)))["Beschreibung"].value == "x" * 32_767
