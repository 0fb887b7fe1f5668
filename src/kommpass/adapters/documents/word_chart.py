"""A bar chart as Word knows it: a drawing of its own with alternative text, and its numbers in a sheet behind it.

The chart is written by the same library that writes our workbooks; Word opens the numbers with "Edit data".
"""

import io
import re
import zipfile
from datetime import datetime

import xlsxwriter
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from kommpass.adapters.documents.excel_chart import SAFE, stacked_bars
from kommpass.adapters.documents.same_bytes import without_clock
from kommpass.adapters.documents.wording import UNDATED

CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
POINT = 12_700  # in the units of the drawing
WIDTH, ROW, FRAME = 462, 26, 70  # points: the width between the margins, one bar, title and legend
TALLEST = 560

INLINE = """<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
 <w:pPr><w:pStyle w:val="Normal"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">
 <wp:extent/><wp:docPr/><wp:cNvGraphicFramePr/><a:graphic>
 <a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart/></a:graphicData>
 </a:graphic></wp:inline></w:drawing></w:r></w:p>"""
NAMES = {
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
}
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def chart_paragraph(document: WordDocument, block: dict):
    """The paragraph that shows the chart; its parts are added to the document."""
    number = 1 + sum(each.reltype == RELATIONSHIP_TYPE.CHART for each in document.part.rels.values())
    workbook = _workbook(block)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART, b"", document.part.package)
    name = PackURI(f"/word/embeddings/chart{number}.xlsx")
    data = part.relate_to(Part(name, SHEET, workbook, document.part.package), RELATIONSHIP_TYPE.PACKAGE)
    part._blob = _chart_of(workbook, data)
    made = parse_xml(re.sub(r">\s+<", "><", INLINE))
    height = min(TALLEST, FRAME + ROW * len(block["rows"]))
    extent, properties = made.find(".//wp:extent", NAMES), made.find(".//wp:docPr", NAMES)
    extent.set("cx", str(WIDTH * POINT))
    extent.set("cy", str(height * POINT))
    properties.set("id", str(1000 + number))
    properties.set("name", f"Diagramm {number}")
    properties.set("descr", block["alt"])
    made.find(".//c:chart", NAMES).set(RELATION, document.part.relate_to(part, RELATIONSHIP_TYPE.CHART))
    return made


def _workbook(block: dict) -> bytes:
    """A workbook with the numbers and the chart, the same bytes for the same numbers."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, SAFE) as workbook:
        workbook.set_properties({"created": datetime.combine(UNDATED, datetime.min.time())})
        sheet = workbook.add_worksheet("Daten")
        for column, part in enumerate(block["parts"], start=1):
            sheet.write_string(0, column, part["label"])
        for row, each in enumerate(block["rows"], start=1):
            sheet.write_string(row, 0, each["label"])
            for column, value in enumerate(each["values"], start=1):
                sheet.write_number(row, column, value)
        fills = [part["fill"] for part in block["parts"]]
        sheet.insert_chart("A1", stacked_bars(workbook, "Daten", fills, len(block["rows"])))
    return without_clock(written.getvalue())


def _chart_of(workbook: bytes, data: str) -> bytes:
    """The drawing of the workbook, told where in the Word file its numbers lie."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        drawing = parts.read("xl/charts/chart1.xml").decode()
    drawing = re.sub(r"<c:printSettings>.*?</c:printSettings>", "", drawing, flags=re.DOTALL)
    behind = f'<c:externalData r:id="{data}"><c:autoUpdate val="0"/></c:externalData>'
    return (
        drawing.replace('<c:lang val="en-US"/>', '<c:lang val="de-DE"/>')
        .replace("</c:chartSpace>", f"{behind}</c:chartSpace>")
        .encode()
    )
