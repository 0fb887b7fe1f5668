"""The facts of a sheet: each figure with its area, time, measure and groups, its sign and the cell it comes from."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from kommpass.domain.statistics.findings import CellError
from kommpass.domain.statistics.grids import Grid
from kommpass.domain.statistics.headings import Groups
from kommpass.domain.statistics.signs import Status
from kommpass.domain.words import _


class Fact(NamedTuple):
    """One figure. `value` is None where `status` says why there is none; empty texts mean that the file says nothing.

    A group with the code "" is the whole of its dimension (Insgesamt). `total` says that the figure sums up others of
    its file: a whole group, or an area that is the sum of others. `area_kind` tells levels apart (KREISE, Ortsteil).
    `column` is the letter of the column, or its key in JSON. The first seven fields say what the figure is.
    """

    area_code: str
    area_name: str
    area_kind: str
    time: str
    measure: str
    unit: str
    groups: Groups
    value: Decimal | None
    status: Status
    quality: str
    total: bool
    sheet: str
    row: int
    column: str


_IDENTITY = 7


@dataclass
class Cells:
    """What became of every cell of a sheet; together they are all cells, rows times columns.

    `header`: titles, names of columns, headings between rows and notes below. `said`: cells that say what the figures
    of their row are. `aside`: columns that are no figures and were left out. The others are facts or errors.
    """

    header: int = 0
    said: int = 0
    aside: int = 0
    facts: int = 0
    errors: int = 0

    @property
    def all(self) -> int:
        return self.header + self.said + self.aside + self.facts + self.errors


@dataclass
class Facts:
    """`labels`: dimension and code -> label, `measures`: code -> label, as far as the file has both."""

    facts: list[Fact] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    cells: Cells = field(default_factory=Cells)
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    measures: dict[str, str] = field(default_factory=dict)

    @property
    def areas(self) -> dict[tuple[str, str, str], None]:
        """Kind, code and name of all areas, in the order of the file."""
        return dict.fromkeys((fact.area_kind, fact.area_code, fact.area_name) for fact in self.facts)

    @property
    def times(self) -> list[str]:
        return sorted({fact.time for fact in self.facts})

    @property
    def statuses(self) -> dict[Status, int]:
        return dict(Counter(fact.status for fact in self.facts))


UNKNOWN_SIGN = _("„{text}“ ist weder eine Zahl noch ein bekanntes Zeichen.")
NO_TIME = _("Für diese Zahl ist keine Zeit zu erkennen ({text}).")
NO_AREA = _("Für diese Zahl ist kein Gebiet genannt.")
_TWICE = _(
    "Für „{area}“, {time}, „{measure}“ stehen hier mehrere Werte (Zeilen {rows}). Welcher gilt, ist nicht zu erkennen."
)


def close(found: Facts, grid: Grid) -> Facts:
    """Takes figures out that the file gives twice for the same thing, and counts. All cells are accounted for then."""
    if len({fact[:_IDENTITY] for fact in found.facts}) < len(found.facts):
        twice = _by_identity(found.facts)
        found.errors += [_error(fact, twice[fact[:_IDENTITY]]) for fact in found.facts if fact[:_IDENTITY] in twice]
        found.facts = [fact for fact in found.facts if fact[:_IDENTITY] not in twice]
    found.cells.facts, found.cells.errors = len(found.facts), len(found.errors)
    if found.cells.all != grid.size:
        raise AssertionError(f"{grid.size} cells in the sheet, {found.cells} accounted for")
    return found


def _by_identity(facts: Iterable[Fact]) -> dict[tuple[object, ...], list[int]]:
    """The rows of all figures that share their identity with another one."""
    rows: dict[tuple[object, ...], list[int]] = {}
    for fact in facts:
        rows.setdefault(fact[:_IDENTITY], []).append(fact.row)
    return {identity: numbers for identity, numbers in rows.items() if len(numbers) > 1}


def _error(fact: Fact, rows: list[int]) -> CellError:
    said = {
        "area": fact.area_name or fact.area_code,
        "time": fact.time,
        "measure": fact.measure,
        "rows": ", ".join(map(str, rows[:6])),
    }
    return CellError(fact.sheet, fact.row, fact.column, _TWICE, said)
