"""Bars to compare areas, each with its name above it and its number beside it, and the mean of the town across."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kommpass.analysis.charts.drawing import TEXT_SIZE, Drawing, element, escaped, framed, painted
from kommpass.analysis.charts.gaps import Gap, Value, gap_look, patterns
from kommpass.analysis.charts.lettering import shortened, width_of
from kommpass.analysis.charts.paints import BAR, EDGE, GROUND, INK, MUTED, SERIES, SUNKEN
from kommpass.analysis.charts.wording import GERMAN, Wording, short

WIDTH = 420
ROW, BAR_HEIGHT, BAR_TOP = 42, 16, 20
BEFORE_VALUE = 10
# As long as every other hidden or missing bar, whatever would be there.
GAP_LENGTH = 72
UNIT_HEAD, MEAN_HEAD = 22, 26
OVER = 4


@dataclass(frozen=True)
class Bar:
    """One area. `marked`: the one that the others are compared with."""

    name: str
    value: Value
    marked: bool = False


@dataclass(frozen=True)
class _Scale:
    """From numbers to places: `zero` is where bars begin."""

    zero: float
    per_unit: float
    end: float

    @classmethod
    def of(cls, numbers: Sequence[Decimal], room: float) -> "_Scale":
        low, high = min([*numbers, Decimal(0)]), max([*numbers, Decimal(0)])
        per_unit = room / float(high - low) if high > low else 0.0
        return cls(float(-low) * per_unit, per_unit, room)

    def at(self, number: Decimal) -> float:
        return self.zero + float(number) * self.per_unit


def bars(
    rows: Sequence[Bar],
    *,
    key: str,
    title: str,
    unit: str = "",
    mean: tuple[str, Decimal] | None = None,
    wording: Wording = GERMAN,
) -> Drawing:
    """The areas in the order given (no ranking is made here). `mean`: what it is called, and its value.

    A hidden area has a hatched bar, always of the same length, and the word for hidden; a missing one has dots.
    """
    texts = [wording.shown(row.value, short(unit)) for row in rows]
    room = WIDTH - BEFORE_VALUE - max((width_of(text, TEXT_SIZE) for text in texts), default=0.0)
    numbers = [row.value for row in rows if not isinstance(row.value, Gap)]
    scale = _Scale.of([*numbers, *([mean[1]] if mean else [])], room)
    unit_head = wording.in_unit.format(unit=unit) if unit and not short(unit) else ""
    above = UNIT_HEAD if unit_head else 0
    head = above + (MEAN_HEAD if mean else 0)
    tops = [head + place * ROW for place in range(len(rows))]
    drawn = [_row(row, text, top, scale, key) for row, text, top in zip(rows, texts, tops, strict=True)]
    return framed(
        patterns(key, 8),
        _unit(unit_head) if unit_head else "",
        *drawn,
        _over(scale.zero, tops, stroke_width=1.4, **painted(stroke=EDGE)) if scale.zero else "",
        _mean(mean[0], wording.number(mean[1], short(unit)), scale.at(mean[1]), above, tops) if mean else "",
        key=key,
        width=WIDTH,
        height=head + len(rows) * ROW,
        title=title,
        description=_description(rows, mean, unit, wording),
    )


def _row(row: Bar, text: str, top: float, scale: _Scale, key: str) -> str:
    weight = 600 if row.marked else None
    name = element("text", escaped(shortened(row.name, TEXT_SIZE, WIDTH)), x=0, y=top + 14, font_weight=weight)
    track = element("rect", x=0, y=top + BAR_TOP, width=scale.end, height=BAR_HEIGHT, rx=3, **painted(fill=SUNKEN))
    value = element(
        "text",
        escaped(text),
        x=WIDTH,
        y=top + BAR_TOP + 13,
        text_anchor="end",
        font_weight=None if isinstance(row.value, Gap) else 600,
        **painted(fill=MUTED if isinstance(row.value, Gap) else INK),
    )
    return element("g", name, track, _bar(row, top + BAR_TOP, scale, key), value)


def _bar(row: Bar, top: float, scale: _Scale, key: str) -> str:
    box = {"y": top, "height": BAR_HEIGHT, "rx": 3}
    if isinstance(row.value, Gap):
        start = min(scale.zero, scale.end - GAP_LENGTH)
        return element("rect", x=start + 0.5, width=GAP_LENGTH - 1, **box, **gap_look(key, row.value))
    start, end = sorted((scale.zero, scale.at(row.value)))
    return element("rect", x=start, width=end - start, **box, **painted(fill=SERIES[1] if row.marked else BAR))


def _unit(text: str) -> str:
    return element("text", escaped(shortened(text, 13, WIDTH)), x=0, y=13, font_size=13, **painted(fill=MUTED))


def _mean(name: str, number: str, x: float, above: float, tops: Sequence[float]) -> str:
    """The mean's line over every bar, and what it is, on top; names of areas are left free."""
    text = f"{shortened(name, TEXT_SIZE, WIDTH - width_of(number, TEXT_SIZE) - 12)} {number}"
    half = width_of(text, TEXT_SIZE) / 2
    middle = min(max(x, half), WIDTH - half)
    casing = _over(x, tops, stroke_width=5, **painted(stroke=GROUND))
    lines = _over(x, tops, stroke_width=2, stroke_dasharray="5 3", **painted(stroke=INK))
    tip = element("path", d=f"M{x:.1f} {above + MEAN_HEAD - 1:g}l-4-6h8z")
    head = element("text", escaped(text), x=middle, y=above + 14, text_anchor="middle")
    return element("g", head, tip, casing, lines)


def _over(x: float, tops: Sequence[float], **look: str | float) -> str:
    """An upright line over every bar, the names left free."""
    way = "".join(f"M{x:.1f} {top + BAR_TOP - OVER:g}v{BAR_HEIGHT + 2 * OVER}" for top in tops)
    return element("path", d=way, **look)


def _description(rows: Sequence[Bar], mean: tuple[str, Decimal] | None, unit: str, wording: Wording) -> str:
    parts = [f"{row.name}: {wording.shown(row.value, unit)}" for row in rows]
    if mean:
        parts.append(f"{mean[0]}: {wording.number(mean[1], unit)}")
    return f"{wording.bars_of.format(number=len(rows))} {'; '.join(parts)}."
