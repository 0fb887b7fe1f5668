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


TONES = {
    "good": ("#1f7a3d", "#ffffff"),
    "brand": ("#1d4b8f", "#ffffff"),
    "calm": ("#aab6c8", "#18213a"),
    "sun": ("#e0a800", "#18213a"),
    "bad": ("#b3261e", "#ffffff"),
    "empty": ("#eef1f6", "#18213a"),
}
"""Fill and writing of a part of a bar. No two parts that stand side by side differ by their hue alone."""
LONGEST_ALT = 1200


def chart(title: str, parts: list[tuple[str, str]], rows: list[tuple[str, list[int]]], *, subject: str) -> list[dict]:
    """Bars made of parts (tone, label), one for each row; and the same numbers as a table, which says all there is.

    Whoever cannot see the drawing hears the numbers as its alternative text.
    """
    drawn = {
        "kind": "chart",
        "title": title,
        "alt": _spoken(title, parts, rows),
        "parts": [{"label": label, "fill": TONES[tone][0], "ink": TONES[tone][1]} for tone, label in parts],
        "rows": [{"label": label, "values": values} for label, values in rows],
    }
    header = [subject, *(label for _tone, label in parts), "zusammen"]
    numbers = [[label, *(str(value) for value in values), str(sum(values))] for label, values in rows]
    return [drawn, table(f"{title}: die Zahlen", header, numbers, [5, *([2] * len(parts)), 2])]


def _spoken(title: str, parts: list[tuple[str, str]], rows: list[tuple[str, list[int]]]) -> str:
    told = []
    for label, values in rows:
        known = [f"{value} {name}" for (_tone, name), value in zip(parts, values, strict=True) if value]
        told.append(f"{label}: {', '.join(known) or 'nichts'}")
    words = f"Balkendiagramm {title}. {'; '.join(told)}."
    return words if len(words) <= LONGEST_ALT else f"Balkendiagramm {title}. Die Zahlen stehen in der Tabelle danach."


def tiles(items: list[tuple[str, str, str]]) -> dict:
    """Big numbers side by side: number, what it counts, a note below it."""
    return {
        "kind": "tiles",
        "items": [{"number": number, "label": label, "note": note} for number, label, note in items],
    }
