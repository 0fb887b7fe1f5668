"""Where no number is shown: hidden or not there, and the hatching and the dots that say so without colour."""

from decimal import Decimal
from enum import StrEnum

from kommpass.analysis.charts.drawing import element, painted
from kommpass.analysis.charts.paints import EDGE, GROUND, HATCH


class Gap(StrEnum):
    """Why there is no number."""

    HIDDEN = "hidden"
    MISSING = "missing"


Value = Decimal | Gap
SPACING = 12


def patterns(key: str, spacing: float = SPACING) -> str:
    """Hatching for hidden and dots for missing, as definitions; `spacing` in units of the drawing."""
    return element("defs", _hatching(key, spacing), _dots(key, spacing))


def pattern_of(key: str, gap: Gap) -> str:
    """The fill that points to a pattern of `patterns`."""
    return f"url(#{key}-{gap})"


def gap_look(key: str, gap: Gap) -> dict[str, str]:
    """Attributes of a bar that stands for a gap: its pattern, with a line around."""
    return {**painted(stroke=EDGE), "fill": pattern_of(key, gap)}


def hatched(width: float, height: float, spacing: float) -> str:
    """Slanted lines over a rectangle at 0, 0 without a pattern, for a swatch that has no name of its own."""
    lines, offset = [], spacing / 2
    while offset < width + height:
        (x1, y1) = (offset, 0.0) if offset <= width else (width, offset - width)
        (x2, y2) = (0.0, offset) if offset <= height else (offset - height, height)
        lines.append(f"M{x1:g} {y1:g}L{x2:g} {y2:g}")
        offset += spacing
    return element("path", d="".join(lines), stroke_width=1.6, **painted(stroke=HATCH))


def dotted(width: float, height: float, spacing: float) -> str:
    """Dots over a rectangle at 0, 0, for a swatch."""
    columns, rows = round(width / spacing), round(height / spacing)
    spots = [
        element("circle", cx=(column + 0.5) * width / columns, cy=(row + 0.5) * height / rows, r=1.4)
        for row in range(rows)
        for column in range(columns)
    ]
    return element("g", *spots, **painted(fill=HATCH))


def _hatching(key: str, spacing: float) -> str:
    line = element("path", d=f"M0 0V{spacing:g}", stroke_width=spacing / 2.4, **painted(stroke=HATCH))
    return _pattern(key, Gap.HIDDEN, spacing, line, transform="rotate(45)")


def _dots(key: str, spacing: float) -> str:
    dot = element("circle", cx=spacing / 2, cy=spacing / 2, r=spacing / 6, **painted(fill=HATCH))
    return _pattern(key, Gap.MISSING, spacing, dot)


def _pattern(key: str, gap: Gap, spacing: float, mark: str, transform: str = "") -> str:
    ground = element("rect", width=spacing, height=spacing, **painted(fill=GROUND))
    return element(
        "pattern",
        ground,
        mark,
        id=f"{key}-{gap}",
        width=spacing,
        height=spacing,
        patternUnits="userSpaceOnUse",
        patternTransform=transform or None,
    )
