"""The population pyramid (Alterspyramide): two sexes, age groups from young below to old above."""

from collections.abc import Sequence
from dataclasses import dataclass

from kommpass.analysis.charts.drawing import TEXT_SIZE, Drawing, element, escaped, framed, painted
from kommpass.analysis.charts.gaps import Gap, Value, gap_look, patterns
from kommpass.analysis.charts.lettering import shortened, width_of
from kommpass.analysis.charts.paints import INK, MUTED, SERIES, SUNKEN, Paint
from kommpass.analysis.charts.wording import GERMAN, Wording

WIDTH = 420
HEAD, ROW, BAR_HEIGHT = 28, 22, 17
AROUND_LABEL, BESIDE_VALUE = 10, 6
VALUE_SIZE = 13
WIDEST_LABEL = 120
GAP_LENGTH = 40
TEXT_DROP = 13


@dataclass(frozen=True)
class AgeGroup:
    """One row: "6 bis 9", and the number of people on the left and on the right."""

    label: str
    left: Value
    right: Value


@dataclass(frozen=True)
class _Side:
    """One half: where bars begin, in which direction they grow, and how they look."""

    start: float
    direction: int
    room: float
    per_person: float
    paint: Paint

    def box(self, length: float) -> dict[str, float]:
        return {"x": self.start if self.direction > 0 else self.start - length, "width": length}


def pyramid(
    groups: Sequence[AgeGroup],
    *,
    key: str,
    title: str,
    left: str,
    right: str,
    unit: str = "",
    wording: Wording = GERMAN,
) -> Drawing:
    """`groups` from young to old, with the names of both sides. Both have the same scale, from nothing on.

    `unit` is a sign such as %, none for people.

    A hidden number has a hatched bar, always of the same length, and the word for hidden; a missing one has dots.
    A ValueError says that a number is negative.
    """
    values = [value for group in groups for value in (group.left, group.right)]
    known = [value for value in values if not isinstance(value, Gap)]
    if any(value < 0 for value in known):
        raise ValueError("there are no fewer people than none")
    sides = _sides(groups, [wording.shown(value, unit) for value in values], float(max(known, default=0)))
    rows = [_row(group, HEAD + place * ROW, sides, key, unit, wording) for place, group in enumerate(reversed(groups))]
    heads = [_head(name, side) for name, side in zip((left, right), sides, strict=True)]
    return framed(
        patterns(key, 8),
        *heads,
        *rows,
        key=key,
        width=WIDTH,
        height=HEAD + len(groups) * ROW,
        title=title,
        description=_description(groups, left, right, unit, wording),
    )


def _sides(groups: Sequence[AgeGroup], texts: Sequence[str], largest: float) -> tuple[_Side, _Side]:
    widest = max((width_of(group.label, TEXT_SIZE) for group in groups), default=0.0)
    middle = min(widest, WIDEST_LABEL) + 2 * AROUND_LABEL
    value = max((width_of(text, VALUE_SIZE) for text in texts), default=0.0) + BESIDE_VALUE
    room = (WIDTH - middle) / 2 - value
    per_person = room / largest if largest else 0.0
    return (
        _Side((WIDTH - middle) / 2, -1, room, per_person, SERIES[0]),
        _Side((WIDTH + middle) / 2, 1, room, per_person, SERIES[1]),
    )


def _head(name: str, side: _Side) -> str:
    anchor = "start" if side.direction > 0 else "end"
    text = shortened(name, TEXT_SIZE, side.room)
    return element("text", escaped(text), x=side.start, y=16, text_anchor=anchor, font_weight=600)


def _row(group: AgeGroup, top: float, sides: tuple[_Side, _Side], key: str, unit: str, wording: Wording) -> str:
    text = shortened(group.label, TEXT_SIZE, WIDEST_LABEL)
    label = element("text", escaped(text), x=WIDTH / 2, y=top + TEXT_DROP, text_anchor="middle")
    bars = [
        _bar(value, wording.shown(value, unit), top, side, key)
        for value, side in zip((group.left, group.right), sides, strict=True)
    ]
    return element("g", label, *bars)


def _bar(value: Value, text: str, top: float, side: _Side, key: str) -> str:
    track = element("rect", y=top, height=BAR_HEIGHT, **side.box(side.room), **painted(fill=SUNKEN))
    if isinstance(value, Gap):
        length, look = float(GAP_LENGTH), gap_look(key, value)
    else:
        length, look = float(value) * side.per_person, painted(fill=side.paint)
    bar = element("rect", y=top, height=BAR_HEIGHT, **side.box(length), **look)
    number = element(
        "text",
        escaped(text),
        x=side.start + side.direction * (length + BESIDE_VALUE),
        y=top + TEXT_DROP,
        font_size=VALUE_SIZE,
        text_anchor="start" if side.direction > 0 else "end",
        **painted(fill=MUTED if isinstance(value, Gap) else INK),
    )
    return track + bar + number


def _description(groups: Sequence[AgeGroup], left: str, right: str, unit: str, wording: Wording) -> str:
    rows = [f"{group.label}: {wording.shown(group.left, unit)}, {wording.shown(group.right, unit)}" for group in groups]
    return f"{wording.pyramid_of.format(number=len(groups), left=left, right=right)} {'; '.join(rows)}."
