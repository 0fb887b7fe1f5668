"""What a chart is when it is done, and how its SVG is written: escaped, without styles, the same bytes every time."""

import re
from dataclasses import dataclass

from kommpass.analysis.charts.paints import INK, Paint

FACES = "'Fira Sans', 'Noto Sans', sans-serif"
TEXT_SIZE = 14
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")
# XML 1.0 has no way to write these, not even escaped.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Drawing:
    """A finished chart. `width` and `height` are those of its viewBox: it has no size of its own and fills its place.

    `title` and `description` are plain text, for a caption and for the alternative text of a PDF.
    """

    svg: str
    width: int
    height: int
    title: str
    description: str


def framed(*content: str, key: str, width: int, height: int, title: str, description: str) -> Drawing:
    """The content as one image with its name and description. `key` makes the ids of a page's drawings different.

    A ValueError says that a key cannot be the beginning of an id.
    """
    if not NAME.match(key):
        raise ValueError(f"{key!r} cannot name a drawing: a letter first, then letters, digits, - and _")
    svg = element(
        "svg",
        element("title", escaped(title), id=f"{key}-title"),
        element("desc", escaped(description), id=f"{key}-description"),
        *content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        role="img",
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-description",
        font_family=FACES,
        font_size=TEXT_SIZE,
        **painted(fill=INK, also="drawing"),
    )
    return Drawing(svg, width, height, title, description)


def element(name: str, *content: str, **attributes: str | float | None) -> str:
    """An element; `content` is markup already, attribute values are escaped, and those that are None are left out.

    >>> element("text", escaped("Haus & Hof"), x=3.14159, text_anchor="end")
    '<text x="3.1" text-anchor="end">Haus &amp; Hof</text>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(_plain(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(content)}</{name}>" if content else f"<{name}{written}/>"


def painted(*, fill: Paint | None = None, stroke: Paint | None = None, also: str = "") -> dict[str, str]:
    """Colours as attributes, for a PDF, and as classes, with which a page's stylesheet overrules them."""
    classes = [also] if also else []
    found = {}
    if fill:
        classes.append(f"drawing-fill--{fill.name}")
        found["fill"] = fill.light
    if stroke:
        classes.append(f"drawing-stroke--{stroke.name}")
        found["stroke"] = stroke.light
        if not fill:
            found["fill"] = "none"
    return {"class_": " ".join(classes), **found}


def escaped(text: str) -> str:
    """Text for an element or an attribute.

    >>> escaped('<"A" & B>')
    '&lt;&quot;A&quot; &amp; B&gt;'
    """
    text = UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _plain(value: str | float) -> str:
    """A number with at most one decimal, as drawings need no more."""
    if isinstance(value, str):
        return value
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
