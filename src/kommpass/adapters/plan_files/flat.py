"""Reads a flat table: a line for each measure, field and goal in columns, repeated or blank for "same"."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kommpass.adapters.plan_files.cells import Line
from kommpass.adapters.plan_files.levels import parents_first
from kommpass.adapters.plan_files.lines import LineReader
from kommpass.adapters.plan_files.mapping import Mapping
from kommpass.adapters.plan_files.plan import WARNING, Plan, PlanRow, PlanStatus, Problem
from kommpass.domain.words import _

_UPPER = ("field", "strategic_goal", "goal")
_PREFIX = {"field": "feld", "strategic_goal": "strategie", "goal": "ziel", "step": "schritt"}


@dataclass
class FlatPlan:
    """What has been read so far, and where we stand: the current field, goals and measure."""

    reader: LineReader
    default_field: str = ""
    rows: list[PlanRow] = field(default_factory=list)
    statuses: list[PlanStatus] = field(default_factory=list)
    current: dict[str, str] = field(default_factory=dict)
    known: dict[tuple[str, str, str], str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    measure: PlanRow | None = None

    def begin(self, default_field: str) -> None:
        """A new sheet: what was said on the last one no longer holds."""
        self.default_field, self.measure = default_field, None
        self.current.clear()

    def take(self, line: Line) -> None:
        if self._is_heading(line):
            self._enter("field", next(filter(None, line.cells)), line.where)
            return
        said = {level: self.reader.cell(line, level) for level in _UPPER}
        for level in _UPPER:
            if said[level]:
                self._enter(level, said[level], line.where)
        title, step = self.reader.cell(line, "title"), self.reader.cell(line, "step")
        key = self.reader.cell(line, "key")
        if step and self._continues(title, key):
            self._add_step(line, step)
        elif title:
            self._add_measure(line, title, key)
            if step:
                self._add_step(replace(line, cells=("",) * len(line.cells)), step)
        elif sum(map(bool, line.cells)) > sum(map(bool, said.values())):
            self.reader.problem(line.where, "title", _("Der Titel der Maßnahme fehlt."))

    def _is_heading(self, line: Line) -> bool:
        """A lone text in a table without a field column, not in the title's: "Handlungsfeld 1: Kinder"."""
        if self.reader.column("field") or sum(map(bool, line.cells)) != 1:
            return False
        return not self.reader.cell(line, "title") and not self.reader.cell(line, "goal")

    def _continues(self, title: str, key: str) -> bool:
        measure = self.measure
        return measure is not None and title in ("", measure.title) and key in ("", measure.key)

    def _enter(self, level: str, title: str, where: str) -> None:
        """Go to this field or goal; the ones below are left."""
        place = _UPPER.index(level)
        for lower in _UPPER[place + 1 :]:
            self.current.pop(lower, None)
        parent = self._parent(_UPPER[:place])
        name = (level, parent, " ".join(title.split()).casefold())
        if name not in self.known:
            self.known[name] = f"{_PREFIX[level]}:{len(self.known) + 1}"
            short = " ".join(title.split())
            self.rows.append(PlanRow(self.known[name], level, parent, short, where=where))
        if self.known[name] != self.current.get(level):
            self.measure = None
        self.current[level] = self.known[name]

    def _parent(self, levels: Sequence[str]) -> str:
        """The nearest of these levels; a table that names no field gets one."""
        for level in reversed(levels):
            if level in self.current:
                return self.current[level]
        if not levels:
            return ""
        self._enter_default()
        return self.current["field"]

    def _enter_default(self) -> None:
        if not self.default_field:
            message = _("Die Datei nennt kein Handlungsfeld. Die Maßnahmen stehen unter „{name}“.")
            name = _("Ohne Handlungsfeld")
            self.reader.problems.append(Problem("", "", message, WARNING, {"name": name}))
            self.default_field = name
        self._enter("field", self.default_field, "")

    def _add_measure(self, line: Line, title: str, key: str) -> None:
        if key and key in self.numbers:
            message = _("Die Nummer „{key}“ gibt es schon: {first}.")
            self.reader.problem(line.where, "key", message, key=key, first=self.numbers[key])
            return
        own = key or f"zeile:{line.where.rpartition(' ')[2]}"
        if not key and own in self.numbers:
            own = f"{own}:{len(self.rows)}"
        self.numbers[own] = line.where
        row = self.reader.row(line, key=own, level="measure", parent=self._parent(_UPPER), title=title)
        extra = dict(row.extra)
        self.statuses += self.reader.statuses(line, row, extra)
        self.measure = replace(row, extra=extra)
        self.rows.append(self.measure)

    def _add_step(self, line: Line, title: str) -> None:
        measure = self.measure
        assert measure is not None
        key = f"{_PREFIX['step']}:{len(self.rows) + 1}"
        row = self.reader.row(line, key=key, level="step", parent=measure.key, title=title)
        extra = dict(row.extra)
        for each in self.reader.statuses(line, row, extra):
            extra[each.label] = each.text or each.light
        self.rows.append(replace(row, extra=extra))


def read_flat(sections: Sequence[tuple[str, Sequence[Line]]], headers: Sequence[str], columns: Mapping) -> Plan:
    """The plan of flat tables with the same headers; each comes with its field where no column names one."""
    problems: list[Problem] = []
    plan = FlatPlan(LineReader(headers, columns, problems))
    for default_field, lines in sections:
        plan.begin(default_field)
        for line in lines:
            plan.take(line)
    return Plan(
        rows=parents_first(plan.rows),
        statuses=tuple(plan.statuses),
        problems=tuple(problems),
        mapping_used=columns,
        headers=tuple(headers),
        lines_read=sum(len(lines) for _default, lines in sections),
    )
