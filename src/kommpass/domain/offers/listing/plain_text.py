"""Turns a text with HTML into plain text: paragraphs stay, tags and scripts go, entities become signs."""

import re
from html import unescape
from html.parser import HTMLParser

_DROPPED = {"script", "style", "head", "title", "template", "noscript", "iframe", "object", "svg"}
_PARAGRAPHS = {"p", "div", "section", "article", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}
_LINES = {"br", "tr", "dt", "dd", "hr"}
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31}\d?);")
MOST_LAYERS = 3
"""Some exports escape their HTML once more; who escaped it four times meant it."""


def plain_text(text: str) -> str:
    """The words of a text. A "<" that begins no tag stays.

    >>> plain_text("<p>Kaffee &amp; Kuchen</p><script>alert(1)</script><ul><li>Mo<li>Di</ul> f&uuml;r Kinder < 3")
    'Kaffee & Kuchen\\n\\n- Mo\\n- Di\\n\\nfür Kinder < 3'
    """
    for _layer in range(MOST_LAYERS):
        if _TAG.search(text):
            reader = _Reader()
            reader.feed(text)
            reader.close()
            text = reader.text()
        elif _ENTITY.search(text):
            text = unescape(text)
        else:
            break
    return tidy(text)


def tidy(text: str) -> str:
    """No blanks at the ends of lines, one between words, and one empty line at most."""
    if "\n" not in text and "\r" not in text:
        return " ".join(text.split())
    lines = [" ".join(line.split()) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """The same on one line, for names and addresses."""
    return " ".join(plain_text(text).split())


class _Reader(HTMLParser):
    """Collects the words between the tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.dropping: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED:
            self.dropping.append(tag)
        elif not self.dropping:
            self._breaks(tag)
            if tag == "li":
                self.parts.append("\n- ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.dropping:
            self._breaks(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.dropping:
            del self.dropping[self.dropping.index(tag) :]
        elif not self.dropping:
            self._breaks(tag)

    def handle_data(self, data: str) -> None:
        if not self.dropping:
            # A line end inside of HTML is a blank: only tags make lines.
            self.parts.append(re.sub(r"\s+", " ", data))

    def _breaks(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self.parts.append("\n\n")
        elif tag in _LINES:
            self.parts.append("\n")

    def text(self) -> str:
        return "".join(self.parts)
