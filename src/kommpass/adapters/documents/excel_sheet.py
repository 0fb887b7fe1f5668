"""How a sheet looks and how a value is written: texts as texts, days as days, amounts as amounts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

MOST_CHARACTERS = 32_767  # of one cell, counted as Excel does in UTF-16 units
LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t")
Cell = str | date | Decimal | int | None


@dataclass(frozen=True)
class Column:
    """One column: its heading and how wide it is in characters."""

    heading: str
    width: int = 18


class Looks:
    """The cell formats of the workbook."""

    def __init__(self, workbook: Workbook):
        base = {"text_wrap": True, "valign": "top", "font_name": "Calibri", "font_size": 10}
        self.heading = workbook.add_format({**base, "bold": True, "bg_color": "#1D4B8F", "font_color": "#FFFFFF"})
        self.label = workbook.add_format({**base, "bold": True})
        self.text = workbook.add_format({**base, "num_format": "@"})
        # A leading apostrophe in Excel's eyes: the text stays a text even after somebody has edited the cell.
        self.quoted = workbook.add_format({**base, "num_format": "@", "quote_prefix": True})
        self.day = workbook.add_format({**base, "num_format": "dd.mm.yyyy", "align": "left"})
        self.amount = workbook.add_format({**base, "num_format": '#,##0.00 "€"'})
        self.number = workbook.add_format({**base, "num_format": "0"})


def fill_sheet(sheet: Worksheet, columns: list[Column], rows: Iterable[list[Cell]], looks: Looks) -> None:
    """A list with a frozen heading row, filter and column widths."""
    for position, column in enumerate(columns):
        sheet.set_column(position, position, column.width)
        sheet.write_string(0, position, column.heading, looks.heading)
    last = 0
    for last, row in enumerate(rows, start=1):
        for position, value in enumerate(row):
            write(sheet, last, position, value, looks)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    _set_print(sheet)
    sheet.repeat_rows(0)


def fill_overview(sheet: Worksheet, rows: Iterable[tuple[str, Cell]], looks: Looks) -> None:
    """A sheet of two columns: what and which."""
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, "Angabe", looks.heading)
    sheet.write_string(0, 1, "Inhalt", looks.heading)
    for position, (label, value) in enumerate(rows, start=1):
        sheet.write_string(position, 0, shortened(label), looks.label)
        write(sheet, position, 1, value, looks)
    sheet.freeze_panes(1, 0)
    _set_print(sheet)


def write(sheet: Worksheet, row: int, column: int, value: Cell, looks: Looks) -> None:
    """One value in its own kind; an empty one leaves the cell empty."""
    if isinstance(value, str) and value:
        looks_dangerous = value.lstrip().startswith(LOOKS_LIKE_A_FORMULA) or value.startswith("\t")
        sheet.write_string(row, column, shortened(value), looks.quoted if looks_dangerous else looks.text)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, looks.day)
    elif isinstance(value, Decimal):
        sheet.write_number(row, column, float(value), looks.amount)
    elif isinstance(value, int):
        sheet.write_number(row, column, value, looks.number)
    elif value not in (None, ""):
        raise TypeError(f"a cell holds a text, a day, an amount or a number, not {value!r}")


def shortened(text: str) -> str:
    """The text as far as a cell can hold it, with a visible hint where it was cut."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_CHARACTERS:
        return text
    hint = f" … [gekürzt: von {len(text)} Zeichen fasst eine Zelle nur {MOST_CHARACTERS}; vollständig im PDF]"
    return units[: 2 * (MOST_CHARACTERS - len(hint))].decode("utf-16-le", errors="ignore") + hint


def _set_print(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RSeite &P von &N")
