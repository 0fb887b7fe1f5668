"""How a sheet of statistics is read (Rezept): where its header lies, what columns mean, what holds for all of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from kommpass.domain.statistics.headings import Heading, heading_from
from kommpass.domain.statistics.signs import COMMA, DOT, Status
from kommpass.domain.words import _


class Layout(StrEnum):
    FLAT_FILE = "flat_file"
    OLD_FLAT_FILE = "old_flat_file"
    LONG = "long"
    WIDE = "wide"
    TRANSPOSED = "transposed"


FLAT = (Layout.FLAT_FILE, Layout.OLD_FLAT_FILE)

LAYOUT_LABELS = {
    Layout.FLAT_FILE: _("Flat-File der Statistikämter (ffcsv)"),
    Layout.OLD_FLAT_FILE: _("Flat-File der Statistikämter, Aufbau bis 2024"),
    Layout.LONG: _("lange Tabelle: jede Zeile nennt Gebiet, Zeit, Merkmal und einen Wert"),
    Layout.WIDE: _("breite Tabelle: Gebiete in den Zeilen, Merkmale oder Jahre in den Spalten"),
    Layout.TRANSPOSED: _("gestürzte Tabelle: Gebiete in den Spalten"),
}


class RecipeRefused(ValueError):
    """A recipe that cannot be used, at all or for this sheet; `message` with `values` is a German sentence."""

    def __init__(self, message: str, **values: object):
        super().__init__(message.format(**values))
        self.message, self.values = message, values


@dataclass(frozen=True)
class Recipe:
    """Columns are named by their whole header ("Bevölkerung / weiblich"), so a column may move.

    `header` are the numbers of the header rows; where the figures end is looked for in each sheet anew. Several
    `area_code` columns are joined to one code; of several `area_name` columns the last that is filled names the area.
    `groups`: dimension -> column. `values` are the columns with figures, () for all that have no other meaning, so
    that a new year is not lost; `headings` say what such a column means where its header does not. `time`, `measure`,
    `unit` and `area` hold for every figure that says nothing of its own. A flat file needs only `decimal` and `signs`,
    and `regions`: the codes of the variables that are areas.
    """

    layout: Layout
    decimal: str = COMMA
    signs: Mapping[str, Status] = field(default_factory=dict)
    header: tuple[int, ...] = ()
    area_code: tuple[str, ...] = ()
    area_name: tuple[str, ...] = ()
    area_kind: str = ""
    time_column: str = ""
    measure_column: str = ""
    unit_column: str = ""
    quality_column: str = ""
    groups: Mapping[str, str] = field(default_factory=dict)
    values: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    headings: Mapping[str, Heading] = field(default_factory=dict)
    time: str = ""
    measure: str = ""
    unit: str = ""
    area: str = ""
    regions: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            **{name: value for name, value in vars(self).items() if value or name == "layout"},
            "layout": self.layout.value,
            "signs": {sign: status.value for sign, status in self.signs.items()},
            "groups": dict(self.groups),
            "headings": {column: heading.to_json() for column, heading in self.headings.items()},
            **{name: list(getattr(self, name)) for name in _LISTS},
        }

    @property
    def columns_named(self) -> tuple[str, ...]:
        """All columns that say what the figures are, by role."""
        single = (self.area_kind, self.time_column, self.measure_column, self.unit_column, self.quality_column)
        return tuple(name for name in (*self.area_code, *self.area_name, *single, *self.groups.values()) if name)


_LISTS = ("header", "area_code", "area_name", "values", "aside", "regions")
_BROKEN = _("Das Rezept ist nicht lesbar: „{name}“ hat einen Inhalt, den wir nicht kennen.")


def recipe_from_json(raw: Mapping[str, Any]) -> Recipe:
    """The inverse of `Recipe.to_json`. Raises `RecipeRefused`.

    >>> recipe = Recipe(Layout.WIDE, signs={"*": Status.SECRET}, header=(1,), area_code=("PLR-ID",), time="2021")
    >>> recipe_from_json(recipe.to_json()) == recipe
    True
    """
    known = {each.name for each in fields(Recipe)}
    for name in raw:
        if name not in known:
            raise RecipeRefused(_BROKEN, name=name)
    said: dict[str, Any] = {}
    for name, value in raw.items():
        try:
            said[name] = _read(name, value)
        except (TypeError, ValueError, AttributeError, KeyError):
            raise RecipeRefused(_BROKEN, name=name) from None
    if "layout" not in said:
        raise RecipeRefused(_BROKEN, name="layout")
    return Recipe(**said)


def _read(name: str, value: Any) -> Any:
    if name == "layout":
        return Layout(value)
    if name == "signs":
        return {_text(sign): Status(status) for sign, status in value.items()}
    if name == "groups":
        return {_text(dimension): _text(column) for dimension, column in value.items()}
    if name == "headings":
        return {_text(column): heading_from(heading) for column, heading in value.items()}
    if name == "header":
        return tuple(_number(each) for each in value)
    if name in _LISTS:
        if not isinstance(value, list | tuple):
            raise TypeError(name)
        return tuple(_text(each) for each in value)
    if name == "decimal" and value not in (COMMA, DOT):
        raise ValueError(value)
    return _text(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError("number expected")
    return value
