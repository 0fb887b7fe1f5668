"""The thematic map (Themenkarte): areas in classes, with hatching for hidden ones and dots where there is no value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kommpass.analysis.charts.drawing import FACES, Drawing, element, escaped, framed, painted
from kommpass.analysis.charts.gaps import SPACING, Gap, dotted, hatched, pattern_of, patterns
from kommpass.analysis.charts.outlines import Outline, Outlines
from kommpass.analysis.charts.paints import EDGE, GROUND, ON_SHADES, SHADES, shade_places
from kommpass.analysis.charts.wording import GERMAN, Wording

Class = int | Gap
LETTER_SIZES = (34, 26, 20, 15, 12)
# Half of the diagonal of a digit of Fira Sans, and half of its height, in parts of its size.
DIGIT_REACH, DIGIT_RISE = 0.47, 0.345
LETTER_MARGIN = 2
SWATCH_WIDTH, SWATCH_HEIGHT = 30, 20


@dataclass(frozen=True)
class LegendEntry:
    """One line of the legend: a small SVG with the colour (and number) of the map, what it means, how many areas."""

    swatch: str
    label: str
    count: int


def thematic_map(
    outlines: Outlines,
    shown: Mapping[str, Class],
    labels: Sequence[str],
    *,
    key: str,
    title: str,
    released: Mapping[str, str] | None = None,
    wording: Wording = GERMAN,
) -> Drawing:
    """Every area of `outlines` in its class. `shown`: by key, its place in `labels`, or why it has none.

    `released`: texts that stand behind the class in the title of an area, such as "12,3 %"; only of areas in a class.
    A ValueError names areas without a class, classes without a label, and texts about hidden areas.
    """
    released = released or {}
    _check(outlines, shown, labels, released)
    groups = [_group(outlines, shown, place, labels, key, released, wording) for place in _kinds(labels)]
    # Rings of holes may run either way round: what lies within two rings is outside.
    drawn = element("g", *groups, fill_rule="evenodd", stroke_width=1.8 * outlines.grain, **painted(stroke=GROUND))
    around = element("path", d=outlines.around, stroke_width=2.4, **painted(stroke=EDGE))
    numbers = [_numbers(outlines, shown, place, len(labels)) for place in range(len(labels))]
    return framed(
        patterns(key, round(SPACING * outlines.grain)),
        element("g", drawn, around, stroke_linejoin="round"),
        *numbers,
        key=key,
        width=outlines.width,
        height=outlines.height,
        title=title,
        description=_description(outlines, shown, labels, wording),
    )


def legend(shown: Mapping[str, Class], labels: Sequence[str], *, wording: Wording = GERMAN) -> list[LegendEntry]:
    """The classes in order, each with its number of areas, then hidden and missing if there are any."""
    chosen = list(shown.values())
    classes = [
        LegendEntry(_swatch(place, len(labels)), label, chosen.count(place)) for place, label in enumerate(labels)
    ]
    gaps = [LegendEntry(_gap_swatch(gap), _label(gap, labels, wording), chosen.count(gap)) for gap in Gap]
    return [*classes, *(entry for entry in gaps if entry.count)]


def _kinds(labels: Sequence[str]) -> list[Class]:
    return [*range(len(labels)), *Gap]


def _label(place: Class, labels: Sequence[str], wording: Wording) -> str:
    return wording.gap(place) if isinstance(place, Gap) else labels[place]


def _check(outlines: Outlines, shown: Mapping[str, Class], labels: Sequence[str], released: Mapping[str, str]) -> None:
    keys = {area.key for area in outlines.areas}
    if wrong := keys ^ shown.keys():
        raise ValueError(f"outlines and classes speak of different areas: {', '.join(sorted(wrong))}")
    if wrong := {key for key, place in shown.items() if not isinstance(place, Gap) and not 0 <= place < len(labels)}:
        raise ValueError(f"there is no such class: {', '.join(sorted(wrong))}")
    if wrong := {key for key in released if isinstance(shown.get(key, Gap.HIDDEN), Gap)}:
        raise ValueError(f"there is nothing to say of areas without a value: {', '.join(sorted(wrong))}")


def _group(
    outlines: Outlines,
    shown: Mapping[str, Class],
    place: Class,
    labels: Sequence[str],
    key: str,
    released: Mapping[str, str],
    wording: Wording,
) -> str:
    areas = [area for area in outlines.areas if shown[area.key] == place]
    if not areas:
        return ""
    label = _label(place, labels, wording)
    paths = [element("path", _title(area, label, released.get(area.key, "")), d=area.path) for area in areas]
    if isinstance(place, Gap):
        return element("g", *paths, fill=pattern_of(key, place))
    return element("g", *paths, **painted(fill=SHADES[shade_places(len(labels))[place]]))


def _title(area: Outline, label: str, released: str) -> str:
    return element("title", escaped(f"{area.name}: {label}{f' ({released})' if released else ''}"))


def _numbers(outlines: Outlines, shown: Mapping[str, Class], place: int, classes: int) -> str:
    """The number of a class in each of its areas that has room for it."""
    sized: dict[int, list[str]] = {}
    for area in outlines.areas:
        size = _letter_size(area.room) if shown[area.key] == place else 0
        if size:
            text = element("text", str(place + 1), x=round(area.x), y=round(area.y + DIGIT_RISE * size))
            sized.setdefault(size, []).append(text)
    groups = [element("g", *texts, font_size=size) for size, texts in sorted(sized.items())]
    paint = painted(fill=ON_SHADES[shade_places(classes)[place]])
    return element("g", *groups, text_anchor="middle", font_weight=600, aria_hidden="true", **paint) if groups else ""


def _letter_size(room: float) -> int:
    """The largest size in which a digit lies within a circle with this radius, or 0."""
    return next((size for size in LETTER_SIZES if DIGIT_REACH * size + LETTER_MARGIN <= room), 0)


def _swatch(place: int, classes: int) -> str:
    shade = shade_places(classes)[place]
    box = element("rect", width=SWATCH_WIDTH, height=SWATCH_HEIGHT, rx=3, **painted(fill=SHADES[shade]))
    number = element(
        "text",
        str(place + 1),
        x=SWATCH_WIDTH / 2,
        y=SWATCH_HEIGHT / 2 + DIGIT_RISE * 14,
        text_anchor="middle",
        font_weight=600,
        **painted(fill=ON_SHADES[shade]),
    )
    return _small(box, number)


def _gap_swatch(gap: Gap) -> str:
    width, height = SWATCH_WIDTH - 2, SWATCH_HEIGHT - 2
    marks = hatched(width, height, 6) if gap is Gap.HIDDEN else dotted(width, height, 6)
    box = element("rect", width=width, height=height, **painted(fill=GROUND, stroke=EDGE))
    return _small(element("g", box, marks, transform="translate(1 1)"))


def _small(*content: str) -> str:
    return element(
        "svg",
        *content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {SWATCH_WIDTH} {SWATCH_HEIGHT}",
        width=SWATCH_WIDTH,
        height=SWATCH_HEIGHT,
        aria_hidden="true",
        font_family=FACES,
        font_size=14,
    )


def _description(outlines: Outlines, shown: Mapping[str, Class], labels: Sequence[str], wording: Wording) -> str:
    chosen = list(shown.values())
    counts = [f"{_label(kind, labels, wording)}: {chosen.count(kind)}" for kind in _kinds(labels) if kind in chosen]
    return f"{wording.map_of.format(number=len(outlines.areas))} {'; '.join(counts)}."
