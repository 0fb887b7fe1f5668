"""The table of an uploaded list as it is kept between the steps, and its rows as entries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kommpass.adapters.offer_files import Note, Sheet, guess_key
from kommpass.domain.offers.listing import Entry, Recipe, key_of_row, read_row, recipe_from_dict
from kommpass.domain.offers.listing.own_table import is_own_table
from kommpass.offers.models import ImportRun


def packed(sheets: Iterable[Sheet]) -> dict[str, Any]:
    """The sheets of a file as they are kept, with the fullest one chosen. Shapes are not: offers have points.

    Our own workbook explains its columns on a sheet that has more rows than a small town has offers.
    """
    kept = [_sheet(each) for each in sheets]
    sizes = [(is_own_table(each["columns"]), len(each["rows"])) for each in kept]
    return {"sheets": kept, "sheet": sizes.index(max(sizes))}


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "columns": list(sheet.columns),
        "rows": [
            [row.number, [row.values.get(column, "") for column in sheet.columns], row.point and list(row.point)]
            for row in sheet.rows
        ],
        "notes": [note(each) for each in sheet.notes],
        "key": guess_key(sheet) or "",
    }


def note(each: Note) -> dict[str, Any]:
    """A note of the reader as it is kept: its translatable parts."""
    values = {name: value if isinstance(value, int) else str(value) for name, value in each.values.items()}
    return {"message": each.message, "values": values, "row": each.row, "column": each.column}


@dataclass(frozen=True)
class KeptTable:
    """The chosen sheet of a run. `rows` are number, values by column, point."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    notes: Sequence[Mapping[str, Any]]
    key: str
    names: tuple[str, ...]
    chosen: int
    recipe: Recipe | None

    @classmethod
    def of(cls, run: ImportRun) -> "KeptTable":
        table = run.table
        sheet = table["sheets"][table["sheet"]]
        recipe = table.get("recipe")
        return cls(
            name=sheet["name"],
            columns=tuple(sheet["columns"]),
            rows=sheet["rows"],
            notes=sheet["notes"],
            key=sheet["key"],
            names=tuple(each["name"] for each in table["sheets"]),
            chosen=table["sheet"],
            recipe=recipe_from_dict(recipe) if recipe else None,
        )

    def values(self) -> dict[str, list[str]]:
        """Each column with all its values."""
        return {column: [row[1][place] for row in self.rows] for place, column in enumerate(self.columns)}

    def read(self, places: Iterable[int], recipe: Recipe) -> list[Entry]:
        """What the rows at these places say, each for itself."""
        return [self._entry(self.rows[place], recipe) for place in places]

    def rows_of(self, recipe: Recipe) -> dict[str, list[int]]:
        """The places of the rows that each key has, in the order of the list. Much quicker than reading the rows."""
        found: dict[str, list[int]] = {}
        for place, row in enumerate(self.rows):
            found.setdefault(key_of_row(self._values(row), recipe), []).append(place)
        return found

    def _entry(self, row: Sequence[Any], recipe: Recipe) -> Entry:
        number, _values, point = row
        return read_row(number, self._values(row), (point[0], point[1]) if point else None, recipe)

    def _values(self, row: Sequence[Any]) -> dict[str, str]:
        return dict(zip(self.columns, row[1], strict=True))

    def places(self) -> dict[int, int]:
        """Where the row with a number stands."""
        return {row[0]: place for place, row in enumerate(self.rows)}
