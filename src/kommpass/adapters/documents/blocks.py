"""The few kinds of blocks that a document is made of; PDF and Word draw the same ones, so they say the same.

A block is a plain dictionary (it goes to typst as JSON) with a `kind` and ready German texts.
"""

from kommpass.adapters.documents.clean_text import paragraphs


def heading(level: int, text: str, *, listed: bool = True, anchor: str = "", new_page: bool = False) -> dict:
    """A heading; `listed` ones stand in the table of contents, `anchor` is where a link may lead."""
    place = {"listed": listed, "anchor": anchor, "new_page": new_page}
    return {"kind": "heading", "level": level, "text": text or "ohne Titel", **place}


def chapter(title: str, text: str | None) -> list[dict]:
    """A chapter of running text; nothing when nobody wrote one."""
    return [heading(1, title), prose(text)] if paragraphs(text) else []


def prose(text: str | None, *, stays: bool = False) -> dict:
    """Running text in paragraphs; one that `stays` is not parted from the block after it."""
    return {"kind": "prose", "paragraphs": paragraphs(text), "stays": stays}


def highlight(text: str) -> dict:
    """A sentence that stands out, such as a strategic goal or a proposed resolution."""
    return {"kind": "highlight", "paragraphs": paragraphs(text)}


def bullets(items: list[str]) -> dict:
    """A list of points."""
    return {"kind": "bullets", "items": [item for item in items if item.strip()]}


def attributes(subject: str, rows: list[tuple[str, list[str]]]) -> dict:
    """A table of two columns, what and which; rows without a value are left out."""
    kept = [[label, lines] for label, values in rows if (lines := [value for value in values if value])]
    return {"kind": "attributes", "subject": subject, "rows": kept}


def table(caption: str, header: list[str], rows: list[list], widths: list[int]) -> dict:
    """A table with one header row; a cell is a text, a traffic light or a link (see below)."""
    return {"kind": "table", "caption": caption, "header": header, "rows": rows, "widths": widths}


def light_cell(light: str, text: str) -> dict:
    """A cell with a coloured dot and the colour's name, so that nobody depends on seeing the colour."""
    return {"light": light, "text": text}


def link_cell(text: str, anchor: str) -> dict:
    """A cell that leads to the heading with this anchor."""
    return {"anchor": anchor, "text": text}


def signatures(lines: list[str]) -> dict:
    """Empty lines to sign on, each with who signs below it."""
    return {"kind": "signatures", "lines": lines}
