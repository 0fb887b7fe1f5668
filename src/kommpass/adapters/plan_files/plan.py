"""What a plan file says, in our words: rows, status entries and problems, nothing dropped."""

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from datetime import date

from kommpass.adapters.plan_files.mapping import Mapping
from kommpass.domain.moments import PartialDate

ERROR, WARNING = "error", "warning"
MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000
MAX_CELL_CHARACTERS = 20_000
MAX_COLUMNS = 200


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where: "Blatt Ziele, Zeile 12", column "Frist". `sentence` is German.

    `message` and `values` are its translatable parts. With one "error" nothing may be imported.
    """

    where: str
    column: str
    message: str
    severity: str = ERROR
    values: AnyMapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return self.message.format(**self.values)

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.where, self.column and f"Spalte „{self.column}“") if part)
        return f"{place}: {self.sentence}" if place else self.sentence


class FileRefused(Exception):
    """The file as a whole cannot be read; carries the one problem, and what to choose from, if that helps."""

    def __init__(self, problem: Problem, choices: tuple[str, ...] = ()):
        super().__init__(problem.sentence)
        self.problem, self.choices = problem, choices


@dataclass(frozen=True)
class PlanRow:
    """One item of the plan. `level` is field, strategic_goal, goal, measure or step; `parent` is a key or "".

    A measure may hang directly under a field, where the file knows no goals. `extra` holds every other column
    of the row by its header, so that nothing is dropped.
    """

    key: str
    level: str
    parent: str
    title: str
    description: str = ""
    responsible: str = ""
    start: PartialDate | None = None
    due: PartialDate | None = None
    priority: str = ""
    extra: AnyMapping[str, str] = field(default_factory=dict)
    where: str = ""


@dataclass(frozen=True)
class PlanStatus:
    """One status entry of one measure (Sachstand). `light` is green, yellow, red or "" (not given)."""

    measure_key: str
    label: str
    period_from: date | None
    period_until: date | None
    light: str
    text: str
    where: str


@dataclass(frozen=True)
class Plan:
    """What was read. Rows come parents first, in the order of the file.

    `lines_read` counts the data lines (or records) of the file that belong to the plan; `descriptions` counts
    those that became the description of another row. `choices` are the towns or sheets to choose from.
    `about` holds what the file says about the plan as a whole.
    """

    rows: tuple[PlanRow, ...] = ()
    statuses: tuple[PlanStatus, ...] = ()
    problems: tuple[Problem, ...] = ()
    source: str = ""
    mapping_used: Mapping = field(default_factory=Mapping)
    headers: tuple[str, ...] = ()
    lines_read: int = 0
    descriptions: int = 0
    choices: tuple[str, ...] = ()
    about: AnyMapping[str, str] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(each for each in self.problems if each.severity == ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(each for each in self.problems if each.severity == WARNING)

    @property
    def importable(self) -> bool:
        """No error, and at least one row."""
        return not self.errors and bool(self.rows)

    def at_level(self, level: str) -> tuple[PlanRow, ...]:
        return tuple(row for row in self.rows if row.level == level)

    def meaning(self, row: PlanRow, name: str) -> str:
        """What the row says in the column that the mapping knows as `name` ("cost", "partners"…), or ""."""
        return row.extra.get(self.mapping_used.columns.get(name, ""), "")
