"""Writes the target agreement as an Excel workbook: one row per measure, and what hangs on it."""

import io
from datetime import datetime, time

import xlsxwriter

from kommpass.adapters.documents.clean_text import clean
from kommpass.adapters.documents.excel_chart import SAFE
from kommpass.adapters.documents.excel_rows import SHEETS, overview_rows
from kommpass.adapters.documents.excel_sheet import Looks, fill_overview, fill_sheet
from kommpass.adapters.documents.outline import frozen_on
from kommpass.adapters.documents.wording import UNDATED, day_of


def agreement_xlsx(content: dict, *, content_hash: str) -> bytes:
    """The target agreement (Zielvereinbarung) as workbook; no cell is ever a formula."""
    content = clean(content)
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, SAFE) as workbook:
        moment = datetime.combine(day_of(frozen_on(content)) or UNDATED, time())
        town = (content.get("municipality") or {}).get("name") or ""
        workbook.set_properties({"title": (content.get("title") or "")[:255], "author": town[:255], "created": moment})
        looks = Looks(workbook)
        fill_overview(workbook.add_worksheet("Übersicht"), overview_rows(content, content_hash), looks)
        for name, columns, rows in SHEETS:
            fill_sheet(workbook.add_worksheet(name), columns, rows(content), looks)
    return written.getvalue()
