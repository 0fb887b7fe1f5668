"""Lays out the certificates of a town and the lapses between them: one line each, as a picture and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kommpass.certification.queries import Standing, lapses, running_lapse, steps_of
from kommpass.domain.validity import Gap, held, suspensions

WIDTH = 460
LINE, ABOVE, BAR = 46, 18, 18
MOST_TICKS = 8


@dataclass(frozen=True)
class Bar:
    """A piece of a line in the drawing: where it begins, how wide it is, and what it stands for."""

    kind: str
    x: str
    width: str


@dataclass(frozen=True)
class Row:
    """A certificate or a lapse (Lücke), with its bars and its height in the drawing."""

    standing: Standing | None
    gap: Gap | None
    running: bool
    bars: tuple[Bar, ...]
    top: int

    @property
    def text_y(self) -> int:
        return self.top + 13

    @property
    def bar_y(self) -> int:
        return self.top + ABOVE


@dataclass(frozen=True)
class Timeline:
    """Everything the page draws; `rows` are in the order of time, `ticks` pairs of place and year."""

    rows: tuple[Row, ...]
    ticks: tuple[tuple[str, int], ...]
    today_x: str
    height: int

    @property
    def axis_y(self) -> int:
        return self.height - 22

    @property
    def newest_first(self) -> list[Row]:
        return list(reversed(self.rows))

    @property
    def gaps(self) -> bool:
        return any(row.gap for row in self.rows)

    @property
    def pauses(self) -> bool:
        return any(bar.kind == "suspended" for row in self.rows for bar in row.bars)


def timeline(found: Sequence[Standing], today: date) -> Timeline:
    """The drawing for the certificates of one scheme, oldest first; a lapse stands between its two awards."""
    gone_on = running_lapse(found, today)
    parts: list[tuple[date, Standing | None, Gap | None]] = [
        *((each.certificate.valid_from_on, each, None) for each in found),
        *((gap.first_day, None, gap) for gap in [*lapses(found), *([gone_on] if gone_on else [])]),
    ]
    parts.sort(key=lambda part: part[0])
    scale = _Scale(parts[0][0], max([today, *(_end(each, today) for each in found)]))
    rows = tuple(
        Row(each, gap, gap is not None and gap is gone_on, _bars(each, gap, scale), number * LINE)
        for number, (_first, each, gap) in enumerate(parts)
    )
    return Timeline(rows, scale.ticks(), scale.x(today), len(rows) * LINE + 22)


class _Scale:
    """From days to places: whole years, from the first award to the last end."""

    def __init__(self, first: date, last: date):
        self.first, self.last = date(first.year, 1, 1), date(last.year, 12, 31)

    def at(self, day: date) -> float:
        inside = min(max(day, self.first), self.last + timedelta(days=1))
        return WIDTH * (inside - self.first).days / ((self.last - self.first).days + 1)

    def x(self, day: date) -> str:
        return f"{self.at(day):.1f}"

    def bar(self, kind: str, first: date, last: date | None) -> Bar:
        x, end = self.at(first), self.at((last or self.last) + timedelta(days=1))
        return Bar(kind, f"{x:.1f}", f"{max(end - x, 2):.1f}")

    def ticks(self) -> tuple[tuple[str, int], ...]:
        step = -(-(self.last.year - self.first.year + 1) // MOST_TICKS)
        years = range(self.first.year, self.last.year + 1, step)
        return tuple((self.x(date(year, 1, 1)), year) for year in years)


def _end(found: Standing, today: date) -> date:
    """A permanent award is drawn into the next year, because it goes on."""
    return found.certificate.valid_until_on or date(today.year + 1, 12, 31)


def _bars(found: Standing | None, gap: Gap | None, scale: _Scale) -> tuple[Bar, ...]:
    if gap is not None:
        return (scale.bar("gap", gap.first_day, gap.last_day),)
    term, steps = found.certificate.term, steps_of(found.certificate)
    counted = held(term, steps)
    promised = scale.bar("promised", term.first_day, term.last_day)
    if counted is None:
        return (promised,)
    pauses = (scale.bar("suspended", first, last) for first, last in suspensions(term, steps))
    return (promised, scale.bar("held", counted.first_day, counted.last_day), *pauses)
