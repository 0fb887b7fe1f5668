"""Writes the table of offers as CSV and as Excel file. No cell is ever a formula."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import xlsxwriter

from kommpass.adapters.documents.clean_text import clean
from kommpass.adapters.documents.excel_chart import SAFE
from kommpass.adapters.documents.excel_sheet import Column, Looks, fill_sheet
from kommpass.adapters.documents.same_bytes import without_clock
from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.queries.rows import OfferRow
from kommpass.open_data.tables.cells import guarded
from kommpass.open_data.tables.columns import AFTER, BEFORE, DOCUMENT, HEADINGS, line_of

WIDTHS = {"Name": 40, "Kurz gesagt": 50, "Beschreibung": 60, "Zeiten in Worten": 40, "Träger": 30}


def as_csv(rows: Iterable[OfferRow], frame: Frame) -> bytes:
    """The way German programs for tables open it: semicolons, and UTF-8 that says so."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow(HEADINGS)
    writer.writerows([guarded(cell) for cell in clean(line_of(row, frame))] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Iterable[OfferRow], frame: Frame) -> bytes:
    """A sheet with the offers, and one that says what the columns mean. The same offers give the same bytes."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, SAFE) as workbook:
        workbook.set_properties({
            "title": f"Angebote für Familien in {frame.town.name}", "author": frame.town.name,
            "created": datetime(frame.today.year, 1, 1, tzinfo=UTC).replace(tzinfo=None),
        })  # fmt: skip
        looks = Looks(workbook)
        columns = [Column(heading, WIDTHS.get(heading, 18)) for heading in HEADINGS]
        fill_sheet(workbook.add_worksheet("Angebote"), columns, (clean(line_of(row, frame)) for row in rows), looks)
        explained = [Column("Spalte", 26), Column("Inhalt", 70), Column("Feld", 18)]
        fill_sheet(workbook.add_worksheet("Spalten"), explained, _explained(), looks)
    return without_clock(written.getvalue())


def _explained() -> Iterator[list[str]]:
    for each in (*BEFORE, *DOCUMENT, *AFTER):
        yield [each.heading, each.about, getattr(each, "field", "")]
