"""An empty Word document in German: typefaces, headings, page head and foot, title and language."""

from datetime import UTC, datetime, time

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from kommpass.adapters.documents.wording import UNDATED, day_of

INK = RGBColor(0x18, 0x21, 0x3A)
ACCENT = RGBColor(0x1D, 0x4B, 0x8F)
MUTED = RGBColor(0x4A, 0x55, 0x68)
FACE = "Calibri"

HEADING_SIZES = {
    "Title": (26, INK),
    "Heading 1": (17, ACCENT),
    "Heading 2": (12, ACCENT),
    "Heading 3": (13, INK),
    "Heading 4": (11, INK),
    "TOC Heading": (17, ACCENT),
}


def empty_document(*, title: str, author: str, day: str) -> WordDocument:
    """A4, German, with real heading styles; `day` is written into the file instead of the clock's."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title[:255], author[:255], ""
    properties.language, properties.comments, properties.revision = "de-DE", "", 1
    moment = datetime.combine(day_of(day) or UNDATED, time(), UTC)
    properties.created = properties.modified = moment
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Cm(2.5),
        Cm(2.2),
        Cm(2.4),
        Cm(2.2),
    )
    _set_styles(document)
    _set_language(document)
    return document


def _set_styles(document: WordDocument) -> None:
    normal = document.styles["Normal"]
    _set_face(normal, 10.5, INK)
    normal.paragraph_format.space_after = Pt(6)
    for name, (size, colour) in HEADING_SIZES.items():
        style = document.styles[name]
        _set_face(style, size, colour, bold=True)
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.space_before = Pt(18 if name != "Heading 4" else 14)
        style.paragraph_format.space_after = Pt(6)
    _remove_title_line(document.styles["Title"])
    for name, indent in (("TOC 1", 0), ("TOC 2", 0.4), ("TOC 3", 0.8)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.name = name.lower()  # as Word itself calls it
        style.base_style = normal
        style.paragraph_format.left_indent, style.paragraph_format.space_after = Cm(indent), Pt(3)
    for name, size, colour, bold in (
        ("Merksatz", 10.5, INK, False),
        ("Tabellentitel", 10, INK, True),
        ("Angabe", 9.5, MUTED, False),
    ):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _set_face(style, size, colour, bold=bold)
    document.styles["Angabe"].paragraph_format.space_after = Pt(0)
    document.styles["Tabellentitel"].paragraph_format.keep_with_next = True
    document.styles["Tabellentitel"].paragraph_format.space_before = Pt(8)
    _mark_highlight(document.styles["Merksatz"])


def _set_face(style, size: float, colour: RGBColor, *, bold: bool = False) -> None:
    style.font.size, style.font.bold, style.font.italic, style.font.color.rgb = Pt(size), bold, False, colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for key in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(key), FACE)


def _remove_title_line(style) -> None:
    for border in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(border)


def _mark_highlight(style) -> None:
    style.paragraph_format.left_indent = Cm(0.3)
    borders = OxmlElement("w:pBdr")
    left = OxmlElement("w:left")
    for key, value in (("val", "single"), ("sz", "24"), ("space", "8"), ("color", str(ACCENT))):
        left.set(qn(f"w:{key}"), value)
    borders.append(left)
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _set_language(document: WordDocument) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "de-DE")
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "de-DE")


def set_page_frame(document: WordDocument, *, head: str, mark: str, foot: str) -> None:
    """The running head (what it is, mark) and foot (checksum, page of pages)."""
    section = document.sections[0]
    width = section.page_width - section.left_margin - section.right_margin
    for paragraph, left in ((section.header.paragraphs[0], head), (section.footer.paragraphs[0], foot)):
        paragraph.paragraph_format.tab_stops.clear_all()
        paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(f"{left}\t")
    section.header.paragraphs[0].add_run(mark).bold = True
    _add_page_numbers(section.footer.paragraphs[0])
    for paragraph in (section.header.paragraphs[0], section.footer.paragraphs[0]):
        for run in paragraph.runs:
            run.font.size, run.font.color.rgb = Pt(8), MUTED


def _add_page_numbers(paragraph) -> None:
    for words, instruction in (("Seite ", "PAGE"), (" von ", "NUMPAGES")):
        paragraph.add_run(words)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), instruction)
        run = OxmlElement("w:r")
        number = OxmlElement("w:t")
        number.text = "1"
        run.append(number)
        field.append(run)
        paragraph._p.append(field)
