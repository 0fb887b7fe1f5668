"""How much room letters take, and where labels go so that none lies on another."""

import re
from collections.abc import Sequence

LINE_HEIGHT = 1.2
# The widest of regular and semi-bold Fira Sans, in parts of the size; the tests look into the typeface itself.
WIDTHS = {
    letter: width
    for width, letters in (
        (0.3, "ijlI!',.:; \N{NO-BREAK SPACE}·’"),
        (0.36, "fJ()[]`{}"),
        (0.42, "rt-|²³"),
        (0.5, '17cszF"*?„“'),
        (0.58, "02345689aegkvxyCELSTVXZ#$+/<=>^_~äéè–−±"),
        (0.62, "bdhnopquABPRYöüÄß€"),
        (0.66, "DGK"),
        (0.72, "HNOQUÖÜ"),
        (0.8, "wM&—…"),
    )
    for letter in letters
}
WIDEST = 1.1
SHORTENED = "…"
PIECE = re.compile(r"\s*[^\s/-]+[/-]*|\s*[/-]+")


def width_of(text: str, size: float) -> float:
    """At most so wide, in units of the drawing.

    >>> round(width_of("Zentrum", 10), 1)
    41.9
    """
    return size * sum(WIDTHS.get(letter, 0.95 if letter in "mW%" else WIDEST) for letter in text)


def shortened(text: str, size: float, width: float) -> str:
    """The beginning of a text that has room, with an ellipsis where something is left out."""
    if width_of(text, size) <= width:
        return text
    while text and width_of(text + SHORTENED, size) > width:
        text = text[:-1]
    return text.rstrip(" -") + SHORTENED


def wrapped(text: str, size: float, width: float, most: int) -> list[str]:
    """A text in at most so many lines, broken at blanks, hyphens and slashes; the last is shortened if there is more.

    >>> wrapped("Neustadt-Neuschönefeld", 14, 120, 2)
    ['Neustadt-', 'Neuschönefeld']
    """
    lines = [""]
    for piece in PIECE.findall(text):
        longer = lines[-1] + piece
        if lines[-1] and len(lines) < most and width_of(longer.strip(), size) > width:
            lines.append(piece.lstrip())
        else:
            lines[-1] = longer
    return [shortened(line.strip(), size, width) for line in lines]


def apart(wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Middles of labels near where they are wanted, none overlapping, all between top and bottom if they have room.

    >>> apart([50, 52, 90], [16, 16, 16], 0, 100)
    [50, 66.0, 90]
    """
    order = sorted(range(len(wanted)), key=lambda place: (wanted[place], place))
    found, free = [0.0] * len(wanted), top
    for place in order:
        found[place] = max(wanted[place], free + heights[place] / 2)
        free = found[place] + heights[place] / 2
    limit = bottom
    for place in reversed(order):
        found[place] = min(found[place], limit - heights[place] / 2)
        limit = found[place] - heights[place] / 2
    return found
