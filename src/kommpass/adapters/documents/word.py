"""Writes the Word files of agreement and council paper, in the house's look or in a town's own template."""

import io

from docx.document import Document as WordDocument

from kommpass.adapters.documents.agreement_blocks import agreement_blocks, cover_facts
from kommpass.adapters.documents.clean_text import clean
from kommpass.adapters.documents.outline import frozen_on, subject_of
from kommpass.adapters.documents.own_template import fill
from kommpass.adapters.documents.paper_blocks import paper_blocks
from kommpass.adapters.documents.same_bytes import without_clock
from kommpass.adapters.documents.word_base import empty_document, set_page_frame
from kommpass.adapters.documents.word_blocks import contents, draw, paragraph
from kommpass.adapters.documents.wording import VERSION_KINDS


def agreement_docx(content: dict, template: bytes | None = None, *, content_hash: str, paper_mark: str = "") -> bytes:
    """The target agreement (Zielvereinbarung) as Word file; a `template` of the town decides the look."""
    content = clean(content)
    if template is not None:
        return fill(template, content=content, content_hash=content_hash, paper_mark=paper_mark)
    town = (content.get("municipality") or {}).get("name") or ""
    kind = (content.get("version") or {}).get("kind") or ""
    title = content.get("title") or "Zielvereinbarung"
    document = empty_document(title=title, author=town, day=frozen_on(content))
    set_page_frame(document, head=subject_of(content), mark=clean(paper_mark), foot=_foot(content_hash))
    above = (content.get("procedure") or {}).get("scheme") or ""
    below = " · ".join(filter(None, [town, VERSION_KINDS.get(kind, kind), clean(paper_mark)]))
    _draw_title(document, above, title, below)
    facts = [[label, [value]] for label, value in cover_facts(content, content_hash)]
    blocks = agreement_blocks(content, content_hash)
    draw(document, [{"kind": "attributes", "subject": "Zielvereinbarung", "rows": facts}])
    end = document.element.body.sectPr
    end.addprevious(paragraph("Inhalt", "TOCHeading", page_break=True))
    for line in contents(blocks):
        end.addprevious(line)
    draw(document, _first_on_new_page(blocks))
    return _bytes(document)


def council_paper_docx(
    paper: dict, content: dict, template: bytes | None = None, *, content_hash: str, paper_mark: str = ""
) -> bytes:
    """The council paper (Vorlage) about this version of the agreement as Word file."""
    paper, content = clean(paper), clean(content)
    if template is not None:
        return fill(template, content=content, paper=paper, content_hash=content_hash, paper_mark=paper_mark)
    town = (content.get("municipality") or {}).get("name") or ""
    title, reference = paper.get("title") or "Vorlage", f"Vorlage {paper.get('reference') or ''}".strip()
    document = empty_document(title=title, author=town, day=frozen_on(content))
    set_page_frame(
        document,
        head=f"{reference} · {subject_of(content)}",
        mark=clean(paper_mark),
        foot=_foot(content_hash),
    )
    _draw_title(document, reference, title, town)
    draw(document, paper_blocks(paper, content, content_hash))
    return _bytes(document)


def _draw_title(document: WordDocument, above: str, title: str, below: str) -> None:
    end = document.element.body.sectPr
    for text, style in ((above, "Tabellentitel"), (title, "Title"), (below, "Angabe")):
        if text:
            end.addprevious(paragraph(text, style))


def _first_on_new_page(blocks: list[dict]) -> list[dict]:
    """The same blocks, the first of them on a page of its own after the table of contents."""
    return [{**blocks[0], "new_page": True}, *blocks[1:]] if blocks else []


def _foot(content_hash: str) -> str:
    return f"Prüfsumme {content_hash[:16]}…" if content_hash else ""


def _bytes(document: WordDocument) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return without_clock(written.getvalue())
