"""Flat files of the statistical offices (ffcsv): GENESIS, Regionalstatistik and Zensus, new structure and old.

New since 2024: one row for each figure, `statistics_code;...;time;{i}_variable_code;...;value;value_unit;...`. Old: the
same keys in German, and a column `CODE__Label__Einheit` for each measure. An attribute without a code is the whole of
its variable (Insgesamt). Rows in any order; lines that are no data may stand between them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kommpass.domain.statistics.facts import NO_TIME, UNKNOWN_SIGN, Fact, Facts, close
from kommpass.domain.statistics.findings import CellError
from kommpass.domain.statistics.grids import Grid, padded
from kommpass.domain.statistics.headings import Groups
from kommpass.domain.statistics.recipe import Layout, Recipe, RecipeRefused
from kommpass.domain.statistics.signs import Reader, Reading, Status, UnknownSign
from kommpass.domain.statistics.times import time_of
from kommpass.domain.statistics.vocabulary import is_total
from kommpass.domain.words import _

REGION = re.compile(r"DINSG|DLAND|REGBEZ|KREISE?|GEMEIN(?:DE)?|GEMVBD|VERBGEM|AMTGEM|SAMTG\w*|GEO[A-Z]{2}\w*|INSGES")
"""Codes of variables that are areas: Germany, states, districts, municipalities; those of the census begin with GEO."""

_NEW = ("{}_variable_code", "{}_variable_label", "{}_variable_attribute_code", "{}_variable_attribute_label")
_OLD = ("{}_Merkmal_Code", "{}_Merkmal_Label", "{}_Auspraegung_Code", "{}_Auspraegung_Label")
_MEASURE = re.compile(r"([A-Z0-9]+)__(.+?)__([^_]*)")
_BRACKETS = "KLAMMERN"
_NO_FLAT_FILE = _("In der Kopfzeile fehlt „{name}“. So ist das kein Flat-File der Statistikämter.")
_NO_MEASURE = _("Für diese Zahl ist kein Merkmal genannt. Vielleicht ist die Zeile abgeschnitten.")


class Figure(NamedTuple):
    """A column with figures. Old files say the measure in the header, new ones in every row (`measure` is "")."""

    place: int
    quality: int | None
    letter: str
    measure: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Columns:
    """Where everything stands: the cells of all variables from `first` to `until`, four for each, side by side.

    `said`: so many cells of a row say what the figures are. `labels`: code of a measure -> label, as the header has it.
    """

    time: int
    first: int
    until: int
    figures: tuple[Figure, ...]
    said: int
    labels: Mapping[str, str]


def layout_of(header: Sequence[str]) -> Layout | None:
    """Which kind of flat file begins with these names, if any."""
    names = set(header)
    if {"time", "value", "value_variable_code"} <= names:
        return Layout.FLAT_FILE
    return Layout.OLD_FLAT_FILE if {"Zeit", "1_Merkmal_Code"} <= names else None


def columns_of(grid: Grid, layout: Layout) -> Columns:
    """Raises `RecipeRefused` where a name is missing or stands elsewhere."""
    header = [name.strip() for name in padded(grid.rows[0][1], grid.width)]
    names = {name: place for place, name in enumerate(header)}
    new = layout is Layout.FLAT_FILE
    first = _place(names, "time" if new else "Zeit") + 1
    until = first
    while until < len(header) and header[until] == (keys := _keys(new, (until - first) // 4 + 1))[0]:
        if header[until : until + 4] != keys:
            raise RecipeRefused(_NO_FLAT_FILE, name=keys[-1])
        until += 4
    figures, labels = (_one_figure(grid, names), {}) if new else _figures(grid, header)
    if not figures or until == first:
        raise RecipeRefused(_NO_FLAT_FILE, name="CODE__Label__Einheit" if until > first else _keys(new, 1)[0])
    return Columns(first - 1, first, until, figures, len(header) - len(figures), labels)


def _keys(new: bool, number: int) -> list[str]:
    return [key.format(number) for key in (_NEW if new else _OLD)]


def _place(names: Mapping[str, int], name: str) -> int:
    if name not in names:
        raise RecipeRefused(_NO_FLAT_FILE, name=name)
    return names[name]


def _one_figure(grid: Grid, names: Mapping[str, int]) -> tuple[Figure, ...]:
    place = _place(names, "value")
    for step, name in enumerate(("value_unit", "value_variable_code", "value_variable_label"), 1):
        if _place(names, name) != place + step:
            raise RecipeRefused(_NO_FLAT_FILE, name=name)
    return (Figure(place, names.get("value_q"), grid.places[place]),)


def _figures(grid: Grid, header: Sequence[str]) -> tuple[tuple[Figure, ...], dict[str, str]]:
    found, labels = [], {}
    for place, name in enumerate(header):
        measure = _MEASURE.fullmatch(name)
        if measure and measure[3] != "q":
            stem = f"{measure[1]}__{measure[2]}__q"
            quality = header.index(stem) if stem in header else None
            found.append(Figure(place, quality, grid.places[place], measure[1], measure[3]))
            labels[measure[1]] = measure[2]
    return tuple(found), labels


class _Said:
    """What the cells beside the figures say; each combination is understood once and remembered."""

    def __init__(self, regions: Sequence[str], found: Facts):
        self._regions = regions
        self._found = found
        self.times: dict[str, str] = {}
        self.read: dict[tuple[str, ...], tuple[str, str, str, Groups, bool]] = {}
        self.measures: dict[tuple[str, ...], tuple[str, str]] = {}

    def time(self, text: str) -> str:
        self.times[text] = time_of(text)
        return self.times[text]

    def measure(self, told: tuple[str, ...]) -> tuple[str, str]:
        """Unit and code, of the three cells unit, code and label."""
        unit, code, label = told
        if code:
            self._found.measures[code] = label
        self.measures[told] = (unit, code)
        return unit, code

    def variables(self, cells: tuple[str, ...]) -> tuple[str, str, str, Groups, bool]:
        """Code, name and kind of the area, the groups, and whether it is a total; of four cells for each variable."""
        self.read[cells] = self._understood(cells)
        return self.read[cells]

    def _understood(self, cells: tuple[str, ...]) -> tuple[str, str, str, Groups, bool]:
        area = ("", "", "")
        groups = []
        for begin in range(0, len(cells), 4):
            variable, label, code, name = cells[begin : begin + 4]
            if variable in self._regions and not area[2]:
                area = (code, name, variable)
            elif variable:
                groups.append((variable, code))
                self._found.labels[variable, ""] = label
                if code:
                    self._found.labels[variable, code] = name
        total = any(not code for _dimension, code in groups) or is_total(area[1])
        return *area, tuple(groups), total


def read_flat_file(grid: Grid, recipe: Recipe) -> Facts:
    """The facts of a flat file; the header is its first row. Raises `RecipeRefused` for another kind of file."""
    columns = columns_of(grid, recipe.layout)
    found = Facts(measures=dict(columns.labels))
    _read_rows(grid, columns, Reader(recipe.decimal, recipe.signs), _Said(recipe.regions, found), found)
    read_rows = (grid.size - found.cells.header) // grid.width - 1
    found.cells.header += grid.width
    found.cells.said = read_rows * columns.said
    return close(found, grid)


def _read_rows(grid: Grid, columns: Columns, read: Reader, said: "_Said", found: Facts) -> None:
    """One loop without calls for what was seen before: such a file can have a million rows, nearly all cells repeat."""
    width, sheet, first, until = grid.width, grid.sheet, columns.first, columns.until
    new, known, add = tuple.__new__, read.known, found.facts.append
    for number, cells in grid.rows[1:]:
        if len(cells) != width:
            if _is_note(cells):
                found.cells.header += width
                continue
            cells = padded(cells, width)
        variables = tuple(cells[first:until])
        code, name, kind, groups, total = said.read.get(variables) or said.variables(variables)
        time = said.times.get(cells[columns.time]) or said.time(cells[columns.time])
        for place, quality_place, letter, measure, unit in columns.figures:
            reading = known.get(cells[place]) or _reading(read, cells[place])
            if not measure:
                told = tuple(cells[place + 1 : place + 4])
                unit, measure = said.measures.get(told) or said.measure(told)
            if reading is None or not time or not measure:
                found.errors.append(_error(grid, number, letter, cells[place], reading, time, cells[columns.time]))
                continue
            value, status, quality, _percent = reading
            if quality_place is not None and cells[quality_place]:
                quality = cells[quality_place]
                if quality == _BRACKETS and status is Status.VALUE:
                    status = Status.LIMITED
            add(new(Fact, (code, name, kind, time, measure, unit, groups, value, status, quality, total, sheet, number,
                           letter)))  # fmt: skip


def _reading(read: Reader, text: str) -> Reading | None:
    try:
        return read(text)
    except UnknownSign:
        return None


def _is_note(cells: Sequence[str]) -> bool:
    """A line that is no data: one cell with a text, and nothing else."""
    return not any(cell.strip() for cell in cells[1:])


def _error(grid: Grid, number: int, letter: str, text: str, reading: Reading | None, time: str, when: str) -> CellError:
    if reading is None:
        return CellError(grid.sheet, number, letter, UNKNOWN_SIGN, {"text": text})
    if not time:
        return CellError(grid.sheet, number, letter, NO_TIME, {"text": when})
    return CellError(grid.sheet, number, letter, _NO_MEASURE)
