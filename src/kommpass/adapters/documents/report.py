"""The documents of a sealed annual report: the report itself, the association's form, the committee's short version.

All of them say what the sealed content says and nothing else; the same content gives the same bytes.
"""

import io

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT

from kommpass.adapters.documents.clean_text import clean
from kommpass.adapters.documents.pdf import set_pages
from kommpass.adapters.documents.report_blocks import cover_facts, proof, report_blocks, shares_by_field
from kommpass.adapters.documents.report_forms import (
    association_blocks,
    big_numbers,
    committee_blocks,
    slide_chart,
    slide_lists,
    summary_blocks,
)
from kommpass.adapters.documents.same_bytes import without_clock
from kommpass.adapters.documents.word_base import empty_document, set_page_frame
from kommpass.adapters.documents.word_blocks import WIDE, contents, draw, paragraph
from kommpass.adapters.documents.wording import short


def report_pdf(content: dict, *, content_hash: str) -> bytes:
    """The annual report as PDF: cover, figures, texts, every measure."""
    content = clean(content)
    frame = _frame(content, content_hash, "Jahresbericht")
    data = {**frame, "cover": True, "facts": cover_facts(content, content_hash)}
    return set_pages({**data, "blocks": report_blocks(content, content_hash)}, day=_day(content))


def association_form_pdf(content: dict, *, content_hash: str) -> bytes:
    """The standard form for the association as PDF."""
    content = clean(content)
    blocks = association_blocks(content, content_hash, cover_facts(content, content_hash))
    data = {**_frame(content, content_hash, "Jahresbericht an den Verein"), "cover": False, "facts": []}
    return set_pages({**data, "blocks": blocks}, day=_day(content))


def committee_report_pdf(content: dict, *, content_hash: str) -> bytes:
    """The short version for a committee as PDF: one page like a slide, then all measures as a table, landscape."""
    content = clean(content)
    drawing = shares_by_field(content)
    data = {
        **_frame(content, content_hash, "Kurzfassung für den Ausschuss"),
        "tiles": big_numbers(content),
        "chart": slide_chart(drawing[0]) if drawing else None,
        "lists": slide_lists(content),
        # The drawing stands on the page that is like a slide, its numbers on the next one.
        "blocks": [*committee_blocks(content), *drawing[1:], *proof(content_hash)],
    }
    return set_pages(data, day=_day(content), template="summary.typ")


def report_docx(content: dict, *, content_hash: str) -> bytes:
    """The annual report as Word file."""
    content = clean(content)
    document = _document(content, content_hash, "Jahresbericht")
    facts = [[label, [value]] for label, value in cover_facts(content, content_hash)]
    draw(document, [{"kind": "attributes", "subject": "Jahresbericht", "rows": facts}])
    blocks = report_blocks(content, content_hash)
    end = document.element.body.sectPr
    end.addprevious(paragraph("Inhalt", "TOCHeading", page_break=True))
    for line in contents(blocks):
        end.addprevious(line)
    draw(document, [{**blocks[0], "new_page": True}, *blocks[1:]])
    return _bytes(document)


def association_form_docx(content: dict, *, content_hash: str) -> bytes:
    """The standard form for the association as Word file."""
    content = clean(content)
    document = _document(content, content_hash, "Jahresbericht an den Verein")
    draw(document, association_blocks(content, content_hash, cover_facts(content, content_hash)))
    return _bytes(document)


def committee_report_docx(content: dict, *, content_hash: str) -> bytes:
    """The short version for a committee as Word file, landscape."""
    content = clean(content)
    document = _document(content, content_hash, "Kurzfassung für den Ausschuss", landscape=True)
    drawing = shares_by_field(content)
    slide = summary_blocks(content, drawing[:1])
    draw(document, _wide([*slide, *committee_blocks(content), *drawing[1:], *proof(content_hash)]))
    return _bytes(document)


def _frame(content: dict, content_hash: str, kind: str) -> dict:
    """Title, subtitle and what stands on every page."""
    town = content["municipality"]["name"]
    return {
        "title": content["title"] or "Jahresbericht",
        "author": town,
        "above_title": content["procedure"]["scheme"],
        "below_title": f"{town} · {kind} {content['period']['years']}",
        "subject": f"{kind} {content['period']['years']} · {short(town, 80)}",
        "mark": f"Fassung {content['version']['number']}",
        "footer": f"Prüfsumme {content_hash[:16]}…",
    }


def _document(content: dict, content_hash: str, kind: str, *, landscape: bool = False) -> WordDocument:
    frame = _frame(content, content_hash, kind)
    document = empty_document(title=frame["title"], author=frame["author"], day=_day(content))
    if landscape:
        section = document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    set_page_frame(document, head=frame["subject"], mark=frame["mark"], foot=frame["footer"])
    end = document.element.body.sectPr
    for text, style in (
        (frame["above_title"], "Tabellentitel"),
        (frame["title"], "Title"),
        (frame["below_title"], "Angabe"),
    ):
        end.addprevious(paragraph(text, style))
    return document


def _wide(blocks: list[dict]) -> list[dict]:
    """The same blocks with tables as wide as a page in landscape."""
    return [{**block, "page_width": WIDE} if block["kind"] == "table" else block for block in blocks]


def _day(content: dict) -> str:
    """The day that is written into the file instead of the clock's."""
    return content["version"]["key_date"]


def _bytes(document: WordDocument) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return without_clock(written.getvalue())
