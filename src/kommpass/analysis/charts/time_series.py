"""What a line chart is drawn from: series by year with their gaps, breaks, and the pieces a line falls into."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kommpass.analysis.charts.gaps import Gap, Value
from kommpass.analysis.charts.wording import Wording

Point = tuple[int, Decimal]


@dataclass(frozen=True)
class Series:
    """One line: its name and its values by year."""

    name: str
    values: Mapping[int, Value]

    @property
    def points(self) -> list[Point]:
        """The years with a number, in order."""
        return [(year, value) for year, value in sorted(self.values.items()) if not isinstance(value, Gap)]

    def years_of(self, gap: Gap) -> list[int]:
        return sorted(year for year, value in self.values.items() if value is gap)


@dataclass(frozen=True)
class Break:
    """From this year on something is counted otherwise; `label` says what."""

    year: int
    label: str


def over(years: Sequence[int], series: Series) -> Series:
    """The same series with an entry for every year; where it had none, its value is missing."""
    return Series(series.name, {year: series.values.get(year, Gap.MISSING) for year in years})


def pieces(series: Series, breaks: Sequence[Break]) -> list[list[Point]]:
    """The points that one line may connect: none across a gap, and none across a break.

    >>> line = Series("A", {2019: Decimal(1), 2020: Decimal(2), 2021: Gap.HIDDEN, 2022: Decimal(3), 2023: Decimal(4)})
    >>> [[year for year, _value in piece] for piece in pieces(line, [Break(2023, "Zensus")])]
    [[2019, 2020], [2022], [2023]]
    """
    found: list[list[Point]] = [[]]
    before: int | None = None
    for year, value in sorted(series.values.items()):
        broken = before is not None and any(before < each.year <= year for each in breaks)
        if broken or isinstance(value, Gap):
            found.append([])
        if not isinstance(value, Gap):
            found[-1].append((year, value))
        before = year
    return [piece for piece in found if piece]


def told(series: Series, unit: str, wording: Wording) -> str:
    """A series in words: where it begins and ends, and where it has gaps."""
    ends = dict([series.points[0], series.points[-1]]) if series.points else {}
    parts = [wording.in_year.format(value=wording.number(value, unit), year=year) for year, value in ends.items()]
    for gap in Gap:
        if years := series.years_of(gap):
            parts.append(wording.gap_in_years.format(gap=wording.gap(gap), years=", ".join(map(str, years))))
    return f"{series.name}: {'; '.join(parts) or wording.no_values}."
