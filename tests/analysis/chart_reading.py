"""Reads drawings as a browser would: where texts stand, what an area is called, what shape it has."""

import re
from dataclasses import dataclass
from xml.etree import ElementTree

from shapely import union_all
from shapely.geometry import Polygon, box

from kommpass.analysis.charts.drawing import Drawing
from kommpass.analysis.charts.lettering import width_of

SVG = "{http://www.w3.org/2000/svg}"
RISE, FALL = 0.74, 0.22
"""How far letters of Fira Sans reach above and below their line, in parts of their size."""


@dataclass(frozen=True)
class Text:
    """One text with the rectangle it covers at most."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def digits(self) -> Polygon:
        """What digits cover of it: they stand on the line and are 0.69 of their size high."""
        size = (self.bottom - self.top) / (RISE + FALL)
        line = self.bottom - FALL * size
        return box(self.left, line - 0.69 * size, self.right, line)

    def overlaps(self, other: "Text") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def read(drawing: Drawing) -> ElementTree.Element:
    """The drawing as XML; it says so if it is none."""
    return ElementTree.fromstring(drawing.svg)


def texts_of(drawing: Drawing) -> list[Text]:
    return list(_texts(read(drawing), 14.0, "start"))


def _texts(element, size, anchor):
    size, anchor = float(element.get("font-size", size)), element.get("text-anchor", anchor)
    if element.tag == f"{SVG}text":
        text, x, y = element.text or "", float(element.get("x", 0)), float(element.get("y", 0))
        width = width_of(text, size)
        left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * width
        yield Text(text, left, y - RISE * size, left + width, y + FALL * size)
    for child in element:
        yield from _texts(child, size, anchor)


def titles_of(drawing: Drawing) -> list[str]:
    """The titles of the parts of a drawing, without its own."""
    return [each.text or "" for each in read(drawing).iter(f"{SVG}title")][1:]


def areas_of(drawing: Drawing) -> dict[str, Polygon]:
    """The areas of a map by their title."""
    paths = {path.find(f"{SVG}title"): path for path in read(drawing).iter(f"{SVG}path")}
    return {title.text: polygon(path.get("d")) for title, path in paths.items() if title is not None}


def polygon(path: str) -> Polygon:
    """What rings of relative steps enclose; a ring within a ring is a hole."""
    found = Polygon()
    for ring in re.findall(r"M(-?\d+) (-?\d+)l([^z]*)z", path):
        x, y, steps = int(ring[0]), int(ring[1]), [int(each) for each in re.findall(r"-?\d+", ring[2])]
        corners = [(x, y)]
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            corners.append((corners[-1][0] + dx, corners[-1][1] + dy))
        found = found.symmetric_difference(Polygon(corners).buffer(0))
    return union_all(found)
