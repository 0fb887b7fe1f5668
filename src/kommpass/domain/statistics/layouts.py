"""Understands a raw sheet: which layout it has, what its columns mean, and what is only guessed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from kommpass.domain.statistics.columns import Column, named, roles_of
from kommpass.domain.statistics.decimals import decimal_of, signs_of
from kommpass.domain.statistics.explaining import explain_flat_file, explain_table
from kommpass.domain.statistics.facts import Facts
from kommpass.domain.statistics.findings import Finding
from kommpass.domain.statistics.flat_files import REGION, columns_of, layout_of, read_flat_file
from kommpass.domain.statistics.frames import Frame, column_names, data_rows, frame_of
from kommpass.domain.statistics.grids import Grid, padded
from kommpass.domain.statistics.headings import AGE, Heading, heading_of
from kommpass.domain.statistics.recipe import FLAT, Layout, Recipe, RecipeRefused
from kommpass.domain.statistics.signs import Status
from kommpass.domain.statistics.tables import read_table
from kommpass.domain.statistics.times import time_in
from kommpass.domain.statistics.vocabulary import Role
from kommpass.domain.words import _

_WHOLE = _("insgesamt")
_NO_TABLE = _("Auf diesem Blatt ist keine Tabelle mit Zahlen zu erkennen.")


@dataclass(frozen=True)
class Understood:
    """`findings` say what the recipe means, in the order in which people should read it."""

    recipe: Recipe
    findings: tuple[Finding, ...]

    @property
    def doubts(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.doubt)


def understand(grid: Grid, areas: Collection[str] = ()) -> Understood:
    """A recipe for the sheet, and why. `areas` are codes and names of the town's areas, which make it surer.

    Raises `RecipeRefused` where there is no table with figures at all.
    """
    header = [name.strip() for name in padded(grid.rows[0][1], grid.width)] if grid.rows else []
    if layout := layout_of(header):
        return _flat_file(grid, layout)
    return _table(grid, frozenset(areas))


def facts(grid: Grid, recipe: Recipe) -> Facts:
    """All figures of the sheet, and an error for each cell that should be one. Raises `RecipeRefused`."""
    if recipe.layout in FLAT:
        return read_flat_file(grid, recipe)
    return read_table(grid, recipe)


def _flat_file(grid: Grid, layout: Layout) -> Understood:
    columns = columns_of(grid, layout)
    kinds: dict[str, None] = {}
    figures: list[str] = []
    for _number, cells in grid.rows[1:]:
        if len(cells) > columns.first:
            kinds.update(dict.fromkeys(cells[columns.first : columns.until : 4]))
            figures += [cells[figure.place] for figure in columns.figures if figure.place < len(cells)]
    decimal, certainty = decimal_of(figures, grid.decimal)
    regions = tuple(kind for kind in kinds if REGION.fullmatch(kind))
    recipe = Recipe(layout, decimal, {"0": Status.LESS_THAN_HALF}, regions=regions)
    return Understood(recipe, explain_flat_file(recipe, len(grid.rows) - 1, tuple(kinds), certainty))


def _table(grid: Grid, areas: frozenset[str]) -> Understood:
    frame = frame_of(grid)
    names = column_names(grid, frame.header)
    rows = data_rows(grid, frame.header)
    columns = [Column(name, [cells[place] for _number, cells in rows]) for place, name in enumerate(names)]
    roles = roles_of(columns, areas)
    values = named(roles, Role.VALUE)
    if not rows or not values:
        raise RecipeRefused(_NO_TABLE)
    layout = _layout_of(columns, roles, areas)
    figures = [cell for column in columns if column.name in values for cell in column.cells]
    decimal, certainty = decimal_of(figures, grid.decimal)
    recipe = Recipe(
        layout,
        decimal,
        signs_of(figures, names),
        frame.header,
        area_code=named(roles, Role.AREA_CODE),
        area_name=_levels(named(roles, Role.AREA_NAME), columns),
        area_kind=_only(roles, Role.AREA_KIND),
        time_column=_only(roles, Role.TIME),
        measure_column=_only(roles, Role.MEASURE),
        unit_column=_only(roles, Role.UNIT),
        quality_column=_only(roles, Role.QUALITY),
        groups={name: name for name in named(roles, Role.GROUP)},
        aside=named(roles, Role.ASIDE),
    )
    recipe, guesses = _completed(_turned(recipe, columns), frame, grid.sheet, values)
    return Understood(recipe, explain_table(grid, recipe, frame, certainty, guesses))


def _only(roles: dict[str, Role], role: Role) -> str:
    return next(iter(named(roles, role)), "")


def _levels(names: tuple[str, ...], columns: Sequence[Column]) -> tuple[str, ...]:
    """Columns with names from coarse to fine."""
    sizes = {column.name: len(column.distinct) for column in columns}
    return tuple(sorted(names, key=lambda name: sizes[name]))


def _layout_of(columns: Sequence[Column], roles: dict[str, Role], areas: frozenset[str]) -> Layout:
    values = named(roles, Role.VALUE)
    if sum(name in areas for name in values) * 2 > len(values):
        return Layout.TRANSPOSED
    if any(role is Role.AREA_CODE for role in roles.values()):
        return _long_or_wide(columns, roles)
    if all(name.isdecimal() and len(name) > 1 and not heading_of(name).time for name in values):
        return Layout.TRANSPOSED
    no_area = not any(role in (Role.AREA_CODE, Role.AREA_NAME) for role in roles.values())
    if (
        no_area
        and Role.MEASURE in roles.values()
        and not any(_says_value(name) or heading_of(name).time for name in values)
    ):
        return Layout.TRANSPOSED
    return _long_or_wide(columns, roles)


def _long_or_wide(columns: Sequence[Column], roles: dict[str, Role]) -> Layout:
    values = named(roles, Role.VALUE)
    spelled = [column for column in columns if column.name in values]
    is_long = len(spelled) == 1 and (Role.MEASURE in roles.values() or _says_value(spelled[0].name))
    return Layout.LONG if is_long else Layout.WIDE


def _says_value(name: str) -> bool:
    return heading_of(name).measure.casefold() in ("wert", "value", "werte", "messwert", "obs value", "zahl")


def _turned(recipe: Recipe, columns: Sequence[Column]) -> Recipe:
    """In a transposed table the labels of the rows are measures, or groups, and no areas."""
    if recipe.layout is not Layout.TRANSPOSED or not recipe.area_name:
        return recipe
    label = recipe.area_name[-1]
    return replace(recipe, area_name=(), measure_column=recipe.measure_column or label)


def _are_ages(names: Sequence[str]) -> bool:
    """Whether columns are called 0, 1, 2, 3: single years of age."""
    if len(names) < 3 or not all(name.isdecimal() and len(name) < 4 for name in names):
        return False
    return [int(name) for name in names] == list(range(int(names[0]), int(names[0]) + len(names)))


def _completed(recipe: Recipe, frame: Frame, sheet: str, values: Sequence[str]) -> tuple[Recipe, tuple[str, ...]]:
    """The recipe with what titles or the sheet's name tell of time and measure; and which of them is a guess."""
    guesses = []
    if recipe.layout is Layout.WIDE:
        if _are_ages(values):
            recipe = replace(recipe, headings={name: Heading(groups=((AGE, name),)) for name in values})
            guesses.append("ages")
        headings = [recipe.headings.get(name) or heading_of(name) for name in values]
    else:
        headings = [Heading()]
    if not recipe.time_column and not all(heading.time for heading in headings):
        time = next((time for text in (*frame.titles, sheet) if (time := time_in(text)[0])), "")
        recipe = replace(recipe, time=time)
        guesses.append("time")
    if not recipe.measure_column and not all(heading.measure for heading in headings):
        title = frame.titles[0] if frame.titles else sheet
        recipe = replace(recipe, measure=" ".join(time_in(title)[1].replace("_", " ").split()) or title)
        guesses.append("measure")
    if len(recipe.area_name) > 1 and not recipe.area_code:
        recipe = replace(recipe, area=_WHOLE)
    return recipe, tuple(guesses)
