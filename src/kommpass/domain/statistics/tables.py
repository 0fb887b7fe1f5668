"""Tables: areas in rows or columns, one figure or many in a row; each figure gets what its row and column say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kommpass.domain.statistics.facts import NO_AREA, NO_TIME, UNKNOWN_SIGN, Fact, Facts, close
from kommpass.domain.statistics.findings import CellError
from kommpass.domain.statistics.frames import column_names, data_rows
from kommpass.domain.statistics.grids import Grid
from kommpass.domain.statistics.headings import Groups, Heading, heading_of
from kommpass.domain.statistics.indents import BESIDE, indent, paths
from kommpass.domain.statistics.recipe import Layout, Recipe, RecipeRefused
from kommpass.domain.statistics.signs import SIGNS, Reader, Status, UnknownSign, looks_like_number
from kommpass.domain.statistics.times import time_of
from kommpass.domain.statistics.vocabulary import is_total
from kommpass.domain.words import _

_NO_COLUMN = _("Die Spalte „{name}“ gibt es in dieser Tabelle nicht. Vorhanden sind: {names}.")
_NO_VALUES = _("In dieser Tabelle ist keine Spalte mit Zahlen genannt.")
_WHEN = _("Bitte sagen Sie, für welche Zeit die Zahlen gelten. In der Tabelle steht es nicht.")
_NO_NAME = _("Für diese Zahl ist kein Merkmal genannt.")
_BRACKETS = "KLAMMERN"


@dataclass(frozen=True)
class RowKey:
    """What a row says of all its figures."""

    code: str = ""
    name: str = ""
    kind: str = ""
    time: str = ""
    when: str = ""
    measure: str = ""
    unit: str = ""
    quality: str = ""
    groups: Groups = ()
    total: bool = False


class Table:
    """A sheet with a recipe. Raises `RecipeRefused` where the recipe names columns that the sheet does not have."""

    def __init__(self, grid: Grid, recipe: Recipe):
        self.grid, self.recipe = grid, recipe
        self.names = column_names(grid, recipe.header)
        self._places = {name: place for place, name in enumerate(self.names)}
        self.rows = data_rows(grid, recipe.header)
        for name in (*recipe.columns_named, *recipe.values):
            self._place(name)
        besides = {*recipe.columns_named, *recipe.aside}
        self.values = [self._place(name) for name in recipe.values or self.names if name not in besides]
        if not self.values:
            raise RecipeRefused(_NO_VALUES)
        self.headings = {place: self._heading(self.names[place]) for place in self.values}
        self._measures = self._paths(recipe.measure_column)
        self._indented = {name for name in recipe.area_name if any(indent(text) for text in self.column(name))}

    def _place(self, name: str) -> int:
        if name not in self._places:
            raise RecipeRefused(_NO_COLUMN, name=name, names=", ".join(self.names)[:300])
        return self._places[name]

    def column(self, name: str) -> list[str]:
        place = self._place(name)
        return [cells[place] for _number, cells in self.rows]

    def _heading(self, name: str) -> Heading:
        if name in self.recipe.headings:
            return self.recipe.headings[name]
        if self.recipe.layout is Layout.TRANSPOSED:
            return Heading(area=name)
        return Heading() if self.recipe.layout is Layout.LONG else heading_of(name)

    def _paths(self, column: str) -> Mapping[str, str]:
        return paths(self.column(column))[0] if column else {}

    def key_of(self, cells: Sequence[str]) -> RowKey:
        recipe = self.recipe
        code = "".join(cells[self._places[name]].strip() for name in recipe.area_code)
        name, kind = self._area_name(cells)
        when = self._cell(cells, recipe.time_column)
        label = cells[self._places[recipe.measure_column]] if recipe.measure_column else ""
        groups = tuple((dimension, self._cell(cells, column)) for dimension, column in recipe.groups.items())
        whole = not code and not name and bool(recipe.area)
        if whole:
            name = recipe.area
        return RowKey(
            code,
            name,
            self._cell(cells, recipe.area_kind) or kind,
            time_of(when),
            when,
            self._measures.get(label, label.strip()),
            self._cell(cells, recipe.unit_column),
            self._cell(cells, recipe.quality_column),
            groups,
            (whole and bool(recipe.area_code or recipe.area_name))
            or is_total(name)
            or is_total(code)
            or any(not group or is_total(group) for _dimension, group in groups),
        )

    def _cell(self, cells: Sequence[str], column: str) -> str:
        return cells[self._places[column]].strip() if column else ""

    def _area_name(self, cells: Sequence[str]) -> tuple[str, str]:
        """The name, and the level where several columns or blanks at the beginning tell it."""
        for column in reversed(self.recipe.area_name):
            if (text := cells[self._places[column]]).strip():
                level = f"Stufe {indent(text)}" if column in self._indented else ""
                return text.strip(), column if len(self.recipe.area_name) > 1 else level
        return "", ""

    def is_heading(self, cells: Sequence[str]) -> bool:
        """Whether a row between the others only heads those below: one text, and not a single figure."""
        said = {cell.strip() for cell in cells if cell.strip()}
        if len(said) > 1 or len(cells) < 2:
            return False
        if any(cells[place].strip() for place in self.values):  # only where one text lies over all cells, merged
            text = cells[0].strip()
            return all(cells) and not looks_like_number(text) and text not in SIGNS
        return not any(cells[self._places[name]].strip() for name in self.recipe.area_code)


def read_table(grid: Grid, recipe: Recipe) -> Facts:
    """The facts of a table. Raises `RecipeRefused` where the recipe does not fit or nothing tells the time."""
    table = Table(grid, recipe)
    headings = table.headings.values()
    if not (recipe.time or recipe.time_column or all(heading.time for heading in headings)):
        raise RecipeRefused(_WHEN)
    found = Facts()
    read = Reader(recipe.decimal, recipe.signs)
    found.cells.header = (len(grid.rows) - len(table.rows)) * grid.width
    said = len(set(recipe.columns_named))
    for number, cells in table.rows:
        if table.is_heading(cells):
            found.cells.header += grid.width
            continue
        found.cells.said += said
        found.cells.aside += grid.width - said - len(table.values)
        key = table.key_of(cells)
        for place in table.values:
            _add(found, table, number, place, cells[place], key, read)
    return close(found, grid)


def _add(found: Facts, table: Table, number: int, place: int, text: str, key: RowKey, read: Reader) -> None:
    """One figure more, or one error."""
    grid, recipe, heading = table.grid, table.recipe, table.headings[place]

    def wrong(message: str, **values: object) -> None:
        found.errors.append(CellError(grid.sheet, number, grid.places[place], message, values))

    try:
        reading = read(text)
    except UnknownSign:
        return wrong(UNKNOWN_SIGN, text=text)
    time = key.time or heading.time or ("" if key.when else recipe.time)
    measure = BESIDE.join(part for part in (key.measure, heading.measure) if part) or recipe.measure
    name = heading.area or key.name
    if not time:
        return wrong(NO_TIME, text=key.when)
    if not (name or key.code):
        return wrong(NO_AREA)
    if not measure:
        return wrong(_NO_NAME)
    status = reading.status
    if key.quality == _BRACKETS and status is Status.VALUE:
        status = Status.LIMITED
    found.facts.append(
        Fact(
            area_code=key.code,
            area_name=name,
            area_kind=key.kind,
            time=time,
            measure=measure,
            unit=key.unit or heading.unit or recipe.unit or reading.unit,
            groups=key.groups + heading.groups,
            value=reading.value,
            status=status,
            quality=key.quality or reading.quality,
            total=key.total or is_total(heading.area),
            sheet=grid.sheet,
            row=number,
            column=grid.places[place],
        )
    )
    return None
