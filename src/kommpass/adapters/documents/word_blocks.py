"""Draws blocks into a Word document: real headings, lists and tables whose header row repeats on every page.

The elements are built directly, because an agreement of 300 measures has a thousand tables and python-docx
looks every cell up anew.
"""

from itertools import count

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from kommpass.adapters.documents.word_chart import chart_paragraph

PAGE_WIDTH = 9240  # twentieths of a point between the margins
WIDE = 14_170  # the same on a page in landscape
LABEL_WIDTH = 2200
LIGHT_COLOURS = {"green": "1F7A3D", "yellow": "8A6100", "red": "B3261E"}


def draw(document: WordDocument, blocks: list[dict]) -> None:
    """Append all blocks at the end of the document, before its page settings."""
    body = document.element.body
    end = body.sectPr
    bookmarks = count(1)
    for block in blocks:
        for element in _chart(document, block) if block["kind"] == "chart" else DRAW[block["kind"]](block, bookmarks):
            end.addprevious(element)
    if end.getprevious() is not None and end.getprevious().tag == qn("w:tbl"):
        end.addprevious(paragraph("", "Normal"))  # Word wants a paragraph after the last table


def contents(blocks: list[dict]) -> list:
    """A table of contents that already names the headings; Word adds the page numbers on F9."""
    listed = [block for block in blocks if block["kind"] == "heading" and block["level"] <= 3 and block["listed"]]
    lines = [paragraph(block["text"], f"TOC{block['level']}") for block in listed]
    if not lines:
        return []
    instruction = element("w:instrText", {"xml:space": "preserve"})
    instruction.text = ' TOC \\o "1-3" \\h \\z \\u '
    begin = [_run_with(element("w:fldChar", {"w:fldCharType": kind})) for kind in ("begin", "separate", "end")]
    first = lines[0].find(qn("w:r"))
    for part in (begin[0], _run_with(instruction), begin[1]):
        first.addprevious(part)
    lines[-1].append(begin[2])
    return lines


def element(name: str, attributes: dict[str, str] | None = None, *children):
    """One element of the Word document with its attributes and children."""
    made = OxmlElement(name)
    for key, value in (attributes or {}).items():
        made.set("{http://www.w3.org/XML/1998/namespace}space" if key == "xml:space" else qn(key), value)
    made.extend(children)
    return made


def paragraph(text: str, style: str, *, bold: bool = False, colour: str = "", page_break: bool = False):
    """A paragraph in a style; line ends in the text become line breaks."""
    properties = element("w:pPr", None, element("w:pStyle", {"w:val": style}))
    if page_break:
        properties.append(element("w:pageBreakBefore"))
    made = element("w:p", None, properties)
    made.append(_run(text, bold=bold, colour=colour))
    return made


def _run(text: str, *, bold: bool = False, colour: str = ""):
    run = element("w:r")
    if bold or colour:
        looks = [element("w:b")] if bold else []
        looks += [element("w:color", {"w:val": colour})] if colour else []
        run.append(element("w:rPr", None, *looks))
    for position, line in enumerate(text.split("\n")):
        if position:
            run.append(element("w:br"))
        words = element("w:t", {"xml:space": "preserve"})
        words.text = line.replace("\t", " ")
        run.append(words)
    return run


def _run_with(child):
    return element("w:r", None, child)


def _heading(block: dict, bookmarks) -> list:
    made = paragraph(block["text"], f"Heading{block['level']}", page_break=block["new_page"])
    if block["anchor"]:
        number = str(next(bookmarks))
        run = made.find(qn("w:r"))
        run.addprevious(element("w:bookmarkStart", {"w:id": number, "w:name": block["anchor"]}))
        run.addnext(element("w:bookmarkEnd", {"w:id": number}))
    return [made]


def _prose(block: dict, _bookmarks) -> list:
    return [paragraph(text, "Normal") for text in block["paragraphs"]]


def _highlight(block: dict, _bookmarks) -> list:
    return [paragraph(text, "Merksatz") for text in block["paragraphs"]]


def _bullets(block: dict, _bookmarks) -> list:
    return [paragraph(text, "ListBullet") for text in block["items"]]


def _signatures(block: dict, _bookmarks) -> list:
    lines = []
    for who in block["lines"]:
        lines += [
            paragraph("", "Normal"),
            paragraph("_" * 42, "Normal"),
            paragraph(f"{who}\nOrt, Datum, Unterschrift", "Angabe"),
        ]
    return lines


def _attributes(block: dict, _bookmarks) -> list:
    if not block["rows"]:
        return []
    rows = [[label, "\n".join(lines)] for label, lines in block["rows"]]
    made = _table(block["subject"], ["Angabe", block["subject"]], rows, [LABEL_WIDTH, PAGE_WIDTH - LABEL_WIDTH])
    return [made]


def _chart(document: WordDocument, block: dict) -> list:
    return [paragraph(block["title"], "Tabellentitel"), chart_paragraph(document, block)] if block["rows"] else []


def _tiles(block: dict, _bookmarks) -> list:
    """Big numbers as a table of one row, so that they are read with what they count."""
    items = block["items"]
    notes = [each["note"] for each in items]
    made = _table("Zahlen", [each["label"] for each in items], [notes], [WIDE // len(items)] * len(items))
    for item, cell in zip(items, made.findall(qn("w:tr"))[1].findall(qn("w:tc")), strict=True):
        number = paragraph(item["number"], "Angabe", bold=True, colour="1D4B8F")
        number.find(f".//{qn('w:rPr')}").append(element("w:sz", {"w:val": "56"}))
        cell.find(qn("w:p")).addprevious(number)
    return [made]


def _captioned(block: dict, _bookmarks) -> list:
    share = block.get("page_width", PAGE_WIDTH) / sum(block["widths"])
    widths = [round(width * share) for width in block["widths"]]
    caption = [paragraph(block["caption"], "Tabellentitel")] if block["caption"] else []
    made = _table(block["caption"] or block["header"][1], block["header"], block["rows"], widths)
    return [*caption, made]


def _table(name: str, header: list[str], rows: list[list], widths: list[int]):
    borders = [
        element(f"w:{side}", {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "C3CEDE"})
        for side in ("top", "bottom", "insideH")
    ]
    margins = [element(f"w:{side}", {"w:w": "80", "w:type": "dxa"}) for side in ("top", "left", "bottom", "right")]
    look = {
        "w:val": "0420",
        "w:firstRow": "1",
        "w:lastRow": "0",
        "w:firstColumn": "0",
        "w:lastColumn": "0",
        "w:noHBand": "1",
        "w:noVBand": "1",
    }
    properties = element(
        "w:tblPr",
        None,
        element("w:tblW", {"w:w": str(sum(widths)), "w:type": "dxa"}),
        element("w:tblBorders", None, *borders),
        element("w:tblLayout", {"w:type": "fixed"}),
        element("w:tblCellMar", None, *margins),
        element("w:tblLook", look),
        element("w:tblCaption", {"w:val": name}),
        element("w:tblDescription", {"w:val": f"Tabelle mit den Spalten {', '.join(header)}"}),
    )
    grid = element("w:tblGrid", None, *(element("w:gridCol", {"w:w": str(width)}) for width in widths))
    made = element("w:tbl", None, properties, grid)
    made.append(_row(header, widths, header=True))
    made.extend(_row(row, widths) for row in rows)
    return made


def _row(cells: list, widths: list[int], *, header: bool = False):
    properties = [element("w:cantSplit"), element("w:tblHeader")] if header else []
    row = element("w:tr", None, element("w:trPr", None, *properties)) if properties else element("w:tr")
    for cell, width in zip(cells, widths, strict=True):
        row.append(_cell(cell, width, header=header))
    return row


def _cell(cell: str | dict, width: int, *, header: bool):
    properties = element("w:tcPr", None, element("w:tcW", {"w:w": str(width), "w:type": "dxa"}))
    if header:
        properties.append(element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": "EEF3FA"}))
    made = element("w:tc", None, properties)
    if isinstance(cell, str):
        made.append(paragraph(cell, "Angabe", bold=header, colour="1D4B8F" if header else "18213A"))
    elif "light" in cell:
        colour = LIGHT_COLOURS.get(cell["light"], "18213A")
        made.append(
            paragraph(
                f"● {cell['text']}" if cell["light"] in LIGHT_COLOURS else cell["text"],
                "Angabe",
                colour=colour,
            )
        )
    else:
        made.append(_link(cell))
    return made


def _link(cell: dict):
    made = paragraph("", "Angabe")
    made.remove(made.find(qn("w:r")))
    made.append(
        element("w:hyperlink", {"w:anchor": cell["anchor"], "w:history": "1"}, _run(cell["text"], colour="1D4B8F"))
    )
    return made


DRAW = {
    "heading": _heading,
    "prose": _prose,
    "highlight": _highlight,
    "bullets": _bullets,
    "signatures": _signatures,
    "attributes": _attributes,
    "table": _captioned,
    "tiles": _tiles,
}
