"""The time series (Zeitreihe): one to five lines with their names beside them, gaps, breaks, and the town's mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kommpass.analysis.charts.drawing import TEXT_SIZE, Drawing, element, escaped, framed, painted
from kommpass.analysis.charts.gaps import Gap, gap_look, patterns
from kommpass.analysis.charts.lettering import LINE_HEIGHT, apart, shortened, width_of, wrapped
from kommpass.analysis.charts.paints import EDGE, GROUND, INK, LINE, MUTED, SERIES, Paint
from kommpass.analysis.charts.scales import ticks
from kommpass.analysis.charts.time_series import Break, Series, over, pieces, told
from kommpass.analysis.charts.wording import GERMAN, Wording, short

WIDTH = 460
LEAST_HEIGHT = 220
SMALL = 13
HEAD, BREAK_ROW, STRIP, FOOT = 22, 18, 16, 22
# Between the plot and the names: room for a leading line and the sign of the series.
BEFORE_NAME, SIGN = 14, 18
WIDEST_NAME = 132
NAME_GAP = 4
DASHES = "6 4"


@dataclass(frozen=True)
class _Line:
    """A series with its looks; `shape` is the place of its marker, None for the mean, which has dashes."""

    series: Series
    paint: Paint
    shape: int | None


@dataclass(frozen=True)
class _Plot:
    """From years and values to places."""

    years: list[int]
    axis: list[Decimal]
    left: float
    right: float
    top: float
    bottom: float

    def x(self, year: float) -> float:
        first, last = self.years[0], self.years[-1]
        share = (year - first) / (last - first) if last > first else 0.5
        inset = 8
        return self.left + inset + share * (self.right - self.left - 2 * inset)

    def y(self, value: Decimal) -> float:
        low, high = self.axis[0], self.axis[-1]
        return self.bottom - float((value - low) / (high - low)) * (self.bottom - self.top)


@dataclass(frozen=True)
class _Name:
    """What stands beside a line: its lines of text, and the height it would like to stand at."""

    line: _Line
    texts: list[str]
    wanted: float

    @property
    def height(self) -> float:
        return len(self.texts) * TEXT_SIZE * LINE_HEIGHT + NAME_GAP


def line_chart(
    series: Sequence[Series],
    *,
    key: str,
    title: str,
    unit: str = "",
    mean: Series | None = None,
    breaks: Sequence[Break] = (),
    wording: Wording = GERMAN,
) -> Drawing:
    """Up to five series, and the town's mean as a dashed line. Lines stop at gaps and at breaks.

    A year that one series has and another has not is missing in that one. Hidden years are hatched in a strip below
    the plot, one for each series that has any. The axis begins at zero unless all values are far from it, and says so.
    Breaks outside of the years are left out. A ValueError says that there is no series or no year, or too many series.
    """
    if not 1 <= len(series) <= len(SERIES):
        raise ValueError(f"a line chart has one to {len(SERIES)} lines, not {len(series)}")
    given = [*series, *([mean] if mean else [])]
    years = sorted({year for each in given for year in each.values})
    if not years:
        raise ValueError("a line chart needs a year")
    lines = [_Line(over(years, each), SERIES[place], place) for place, each in enumerate(series)]
    if mean:
        lines.append(_Line(over(years, mean), INK, None))
    breaks = sorted((each for each in breaks if years[0] < each.year <= years[-1]), key=lambda each: each.year)
    plot = _plot(lines, years, len(breaks), unit, wording)
    names = _names(lines, plot, unit, wording)
    strips = [line for line in lines if line.series.years_of(Gap.HIDDEN)]
    foot = plot.bottom + 6 + STRIP * len(strips)
    drawn = [
        _axis(plot, unit, wording),
        _year_axis(plot, foot),
        *(_break(each, plot, HEAD + place * BREAK_ROW, foot) for place, each in enumerate(breaks)),
        *(_strip(line, plot, plot.bottom + 6 + place * STRIP, key, wording) for place, line in enumerate(strips)),
        *(_curve(line, plot, breaks, unit, wording) for line in lines),
        _name_column(names, plot),
    ]
    return framed(
        patterns(key, 6),
        *drawn,
        key=key,
        width=WIDTH,
        height=round(foot + FOOT),
        title=title,
        description=_description(lines, years, breaks, plot, unit, wording),
    )


def _plot(lines: Sequence[_Line], years: list[int], breaks: int, unit: str, wording: Wording) -> _Plot:
    axis = _axis_of([value for line in lines for _year, value in line.series.points])
    left = max(width_of(wording.number(tick), SMALL) for tick in axis) + 10
    texts = [text for line in lines for text in _texts(line, years[-1], unit, wording)]
    widest = max(width_of(text, TEXT_SIZE) for text in texts)
    if any(line.series.years_of(Gap.HIDDEN) for line in lines):  # the word behind the strip stands below short names
        widest = max(widest, width_of(wording.hidden, SMALL))
    right = WIDTH - widest - BEFORE_NAME - SIGN
    top = HEAD + BREAK_ROW * breaks + 6
    names = sum(len(_texts(line, years[-1], unit, wording)) * TEXT_SIZE * LINE_HEIGHT + NAME_GAP for line in lines)
    return _Plot(years, axis, left, right, top, top + max(LEAST_HEIGHT, names))


def _axis_of(values: Sequence[Decimal]) -> list[Decimal]:
    """From zero, except where all values keep further from it than they are apart, twice over."""
    low, high = min(values, default=Decimal(0)), max(values, default=Decimal(1))
    if (low > 0 and high - low > low / 2) or low == high > 0:
        low = Decimal(0)
    if (high < 0 and high - low > -high / 2) or low == high < 0:
        high = Decimal(0)
    return ticks(low, high)


def _axis(plot: _Plot, unit: str, wording: Wording) -> str:
    grid = "".join(f"M{plot.left:.1f} {plot.y(tick):.1f}H{plot.right:.1f}" for tick in plot.axis)
    numbers = [
        element("text", escaped(wording.number(tick)), x=plot.left - 6, y=plot.y(tick) + 4) for tick in plot.axis
    ]
    head = wording.in_unit.format(unit=unit) if unit else ""
    if plot.axis[0] > 0 or plot.axis[-1] < 0:
        head = f"{head}{' · ' if head else ''}{wording.not_from_zero}"
    return (
        element("path", d=grid, stroke_width=1, **painted(stroke=LINE))
        + element("g", *numbers, text_anchor="end", font_size=SMALL, **painted(fill=MUTED))
        + (element("text", escaped(head), x=0, y=12, font_size=SMALL, **painted(fill=MUTED)) if head else "")
    )


def _year_axis(plot: _Plot, foot: float) -> str:
    line = element(
        "path", d=f"M{plot.left:.1f} {plot.bottom:.1f}H{plot.right:.1f}", stroke_width=1, **painted(stroke=EDGE)
    )
    texts = [element("text", str(year), x=plot.x(year), y=foot + 12, text_anchor="middle") for year in _labelled(plot)]
    return line + element("g", *texts, font_size=SMALL, **painted(fill=MUTED))


def _labelled(plot: _Plot) -> list[int]:
    """The years that are written out: the last, and as many before it as have room at an even distance."""
    first, last = plot.years[0], plot.years[-1]
    room = width_of("2000 ", SMALL)
    for step in (1, 2, 5, 10, 20, 50):
        years = list(range(last, first - 1, -step))
        if len(years) == 1 or plot.x(years[0]) - plot.x(years[1]) >= room:
            return sorted(years)
    return [last]


def _break(each: Break, plot: _Plot, top: float, foot: float) -> str:
    """A dashed line before the year, and what has changed in a row of its own above the plot.

    Texts stand right of their lines and each lower than the one before, so that no line crosses a text.
    """
    x = plot.x(each.year - 0.5)
    text = shortened(f"{each.year}: {each.label}", SMALL, WIDTH - x - 5)
    way = f"M{x:.1f} {top + 2:g}V{foot:.1f}"
    line = element("path", d=way, stroke_width=1.4, stroke_dasharray="2 3", **painted(stroke=EDGE))
    return line + element("text", escaped(text), x=x + 5, y=top + 12, font_size=SMALL)


def _strip(line: _Line, plot: _Plot, top: float, key: str, wording: Wording) -> str:
    """The hidden years of one series, hatched, with its sign before and the word behind."""
    step = (plot.right - plot.left - 16) / max(plot.years[-1] - plot.years[0], 1)
    width = min(16.0, max(4.0, step * 0.8))
    boxes = [
        element("rect", x=plot.x(year) - width / 2, y=top, width=width, height=10, **gap_look(key, Gap.HIDDEN))
        for year in line.series.years_of(Gap.HIDDEN)
    ]
    word = element("text", escaped(wording.hidden), x=plot.right + BEFORE_NAME + SIGN, y=top + 9, font_size=SMALL)
    return element("g", *boxes, _sign(line, plot.right + BEFORE_NAME, top + 5), word, **painted(fill=MUTED))


def _curve(line: _Line, plot: _Plot, breaks: Sequence[Break], unit: str, wording: Wording) -> str:
    ways = [
        "M" + "L".join(f"{plot.x(year):.1f} {plot.y(value):.1f}" for year, value in piece)
        for piece in pieces(line.series, breaks)
        if len(piece) > 1
    ]
    dashes = DASHES if line.shape is None else None
    way = element("path", d="".join(ways), stroke_width=2.2, stroke_dasharray=dashes, **painted(stroke=line.paint))
    markers = [
        _marker(line.shape, plot.x(year), plot.y(value), f"{line.series.name} {year}: {wording.number(value, unit)}")
        for year, value in line.series.points
        if line.shape is not None or _stands_alone(line.series, year, breaks)
    ]
    look = painted(fill=line.paint, stroke=GROUND)
    return (way if ways else "") + (element("g", *markers, stroke_width=1.2, **look) if markers else "")


def _stands_alone(series: Series, year: int, breaks: Sequence[Break]) -> bool:
    return any(len(piece) == 1 and piece[0][0] == year for piece in pieces(series, breaks))


def _marker(shape: int | None, x: float, y: float, title: str = "") -> str:
    """Disc, square, triangle, diamond, cross: to be told apart without colour. The mean has a small disc."""
    content = (element("title", escaped(title)),) if title else ()
    if shape in (0, None):
        return element("circle", *content, cx=x, cy=y, r=4.4 if shape == 0 else 3)
    ways = ("m-4-4h8v8h-8z", "m0-5.4 5.2 9.4h-10.4z", "m0-5.8 5.8 5.8-5.8 5.8-5.8-5.8z",
            "m-1.7-5.4h3.4v3.7h3.7v3.4h-3.7v3.7h-3.4v-3.7h-3.7v-3.4h3.7z")  # fmt: skip
    return element("path", *content, d=f"M{x:.1f} {y:.1f}{ways[(shape or 1) - 1]}")


def _sign(line: _Line, x: float, y: float) -> str:
    """The sign of a series for its name: its marker, or a piece of dashed line."""
    if line.shape is None:
        way = f"M{x - 2:.1f} {y:.1f}h16"
        return element("path", d=way, stroke_width=2.2, stroke_dasharray=DASHES, **painted(stroke=line.paint))
    return element("g", _marker(line.shape, x + 6, y), **painted(fill=line.paint))


def _texts(line: _Line, last_year: int, unit: str, wording: Wording) -> list[str]:
    """The name in one or two lines, and the value of the last year behind it if there is room, else below."""
    texts = wrapped(line.series.name, TEXT_SIZE, WIDEST_NAME, 2)
    value = wording.shown(line.series.values[last_year], short(unit))
    longer = f"{texts[-1]} {value}"
    return [*texts[:-1], longer] if width_of(longer, TEXT_SIZE) <= WIDEST_NAME else [*texts, value]


def _names(lines: Sequence[_Line], plot: _Plot, unit: str, wording: Wording) -> list[_Name]:
    return [
        _Name(
            line,
            _texts(line, plot.years[-1], unit, wording),
            plot.y(line.series.points[-1][1]) if line.series.points else plot.bottom,
        )
        for line in lines
    ]


def _name_column(names: Sequence[_Name], plot: _Plot) -> str:
    middles = apart([name.wanted for name in names], [name.height for name in names], plot.top, plot.bottom)
    return "".join(_name(name, middle, plot) for name, middle in zip(names, middles, strict=True))


def _name(name: _Name, middle: float, plot: _Plot) -> str:
    x = plot.right + BEFORE_NAME
    first = middle - (len(name.texts) - 1) * TEXT_SIZE * LINE_HEIGHT / 2
    texts = [
        element("text", escaped(text), x=x + SIGN, y=first + 5 + place * TEXT_SIZE * LINE_HEIGHT)
        for place, text in enumerate(name.texts)
    ]
    lead = ""
    if name.line.series.points:
        year, value = name.line.series.points[-1]
        y = plot.y(value)
        way = f"M{plot.x(year) + 7:.1f} {y:.1f}L{plot.right + 2:.1f} {y:.1f}L{x:.1f} {middle:.1f}"
        lead = element("path", d=way, stroke_width=0.8, **painted(stroke=EDGE))
    return element("g", lead, _sign(name.line, x, first), *texts)


def _description(
    lines: Sequence[_Line], years: list[int], breaks: Sequence[Break], plot: _Plot, unit: str, wording: Wording
) -> str:
    sentences = [wording.lines_of.format(number=len(lines), first_year=years[0], last_year=years[-1])]
    sentences += [told(line.series, unit, wording) for line in lines]
    sentences += [wording.break_in.format(year=each.year, label=each.label) for each in breaks]
    if plot.axis[0] > 0 or plot.axis[-1] < 0:
        sentences.append(wording.not_from_zero)
    return " ".join(sentences)
