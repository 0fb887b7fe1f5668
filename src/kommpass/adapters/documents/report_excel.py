"""Writes a sealed annual report as an Excel workbook: charts that Excel draws itself, and the data behind them."""

import io
from datetime import datetime, time

import xlsxwriter

from kommpass.adapters.documents.blocks import TONES
from kommpass.adapters.documents.clean_text import clean
from kommpass.adapters.documents.excel_chart import FRAME, ROW, SAFE, stacked_bars
from kommpass.adapters.documents.excel_sheet import Looks, fill_overview, fill_sheet
from kommpass.adapters.documents.report_blocks import ACHIEVEMENT_TONES, SHARE_TONES
from kommpass.adapters.documents.report_sheets import SHEETS, overview_rows
from kommpass.adapters.documents.wording import UNDATED, day_of

LIGHT_TONES = ("good", "sun", "bad")
CHARTS = (
    ("Stand der Maßnahmen je Handlungsfeld", SHARE_TONES, 1),
    ("Ampeln je Handlungsfeld", LIGHT_TONES, 1 + len(SHARE_TONES)),
    ("Erreichen der Ziele je Handlungsfeld", ACHIEVEMENT_TONES, 1 + len(SHARE_TONES) + len(LIGHT_TONES)),
)
"""Title, colours, and from which column of the sheet Handlungsfelder on the numbers stand."""
WIDEST = 760


def report_xlsx(content: dict, *, content_hash: str) -> bytes:
    """The annual report as workbook; no cell is ever a formula."""
    content = clean(content)
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, SAFE) as workbook:
        moment = datetime.combine(day_of(content["version"]["key_date"]) or UNDATED, time())
        town = content["municipality"]["name"]
        workbook.set_properties({"title": content["title"][:255], "author": town[:255], "created": moment})
        looks = Looks(workbook)
        overview = workbook.add_worksheet("Übersicht")
        fill_overview(overview, overview_rows(content, content_hash), looks)
        for name, columns, rows in SHEETS:
            fill_sheet(workbook.add_worksheet(name), columns, rows(content), looks)
        _draw_charts(workbook, overview, len(content["fields"]))
    return written.getvalue()


def _draw_charts(workbook: xlsxwriter.Workbook, overview, fields: int) -> None:
    """The charts stand beside the overview, each with words for those who cannot see it."""
    height, down = FRAME + ROW * fields, 20
    for title, tones, first in CHARTS if fields else ():
        chart = stacked_bars(
            workbook, "Handlungsfelder", [TONES[each][0] for each in tones], fields, title=title, first=first
        )
        chart.set_size({"width": WIDEST, "height": height})
        words = f"Balkendiagramm: {title}. Die Zahlen stehen auf dem Blatt Handlungsfelder."
        overview.insert_chart(0, 3, chart, {"y_offset": down, "object_position": 3, "description": words})
        down += height + 20
