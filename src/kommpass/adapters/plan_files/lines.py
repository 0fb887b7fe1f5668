"""Reads one data line through the mapping: texts, dates, lights, and everything else as extra."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from kommpass.adapters.plan_files.cells import Line
from kommpass.adapters.plan_files.mapping import Mapping as Columns
from kommpass.adapters.plan_files.mapping import Round
from kommpass.adapters.plan_files.plan import ERROR, WARNING, PlanRow, PlanStatus, Problem
from kommpass.domain.moments import DateRefused, ImpossibleDate, PartialDate, UnreadableDate, parse_moment
from kommpass.domain.words import _

_PLACES = ("key", "parent", "level", "field", "strategic_goal", "goal", "title", "step")
_ATTRIBUTES = ("description", "responsible", "start", "due", "period", "priority", "light", "status")
_INTERPRETED = re.compile(
    r"q|hj|halbjahr|anfang|mitte|ende|jahr|ca|etwa|voraus|spät|\d{4}\s?[/–]\s?\d{2}", re.IGNORECASE
)
# Blanks are tried from their first one only: a cell of twenty thousand blanks takes no longer than a cell of words.
_BETWEEN = re.compile(r"(?<!\s)\s+(?:-|bis|/)\s+|(?:(?<!\s)\s+)?[–—]\s*|(?<=\b\d{4})[-/](?=\d{4}\b)", re.IGNORECASE)


class LineReader:
    """Knows headers and mapping, collects the problems of all lines."""

    def __init__(self, headers: Sequence[str], columns: Columns, problems: list[Problem]):
        self.headers, self.columns, self.problems = tuple(headers), columns, problems
        self._place = {header: place for place, header in enumerate(headers)}
        self._read = {columns.columns[name] for name in (*_PLACES, *_ATTRIBUTES) if name in columns.columns}
        for header, each in columns.statuses.items():
            self._read |= {header, each.light}

    def cell(self, line: Line, name: str) -> str:
        """The text in the column that the mapping knows as `name`."""
        return self.text(line, self.columns.columns.get(name, ""))

    def text(self, line: Line, header: str) -> str:
        return line.cells[self._place[header]] if header in self._place else ""

    def column(self, name: str) -> str:
        """The header of a column, for problems."""
        return self.columns.columns.get(name, "")

    def others(self, line: Line) -> dict[str, str]:
        """All cells that no attribute takes, by header."""
        return {
            header: text
            for header, text in zip(self.headers, line.cells, strict=True)
            if text and header not in self._read
        }

    def problem(self, where: str, name: str, message: str, severity: str = ERROR, **values: str) -> None:
        self.problems.append(Problem(where, self.column(name), message, severity, values))

    def row(self, line: Line, *, key: str, level: str, parent: str, title: str) -> PlanRow:
        """The row with all attributes; `light` and `status` are left to the caller."""
        extra = self.others(line)
        start, due = self._moments(line, extra)
        description = self.cell(line, "description")
        return PlanRow(
            key=key,
            level=level,
            parent=parent,
            title=" ".join(title.split()),
            description="" if description == title else description,
            responsible=self.cell(line, "responsible"),
            start=start,
            due=due,
            priority=self.cell(line, "priority"),
            extra=extra,
            where=line.where,
        )

    def _moments(self, line: Line, extra: dict[str, str]) -> tuple[PartialDate | None, PartialDate | None]:
        def read(name: str, text: str, end: bool) -> PartialDate | None:
            return read_moment(text, end, line.where, self.column(name), extra, self.problems)

        start = read("start", self.cell(line, "start"), False)
        due = read("due", self.cell(line, "due"), True)
        period = self.cell(line, "period")
        if period:
            first, last = split_period(period)
            start = start or (read("period", first, False) if first else None)
            due = due or (read("period", last, True) if last else None)
        if start and due and due.last_day < start.first_day:
            message = _("Die Frist {due} liegt vor dem Beginn {start}.")
            name = "due" if self.column("due") else "period"
            self.problem(line.where, name, message, WARNING, due=due.german, start=start.german)
        return start, due

    def light(self, line: Line, header: str, extra: dict[str, str]) -> str:
        """The light of a status entry; what nobody knows is kept in `extra`."""
        said = self.text(line, header)
        found = self.columns.light(said) if said else None
        if found is not None:
            return found
        if said:
            extra[header] = said
            message = _("Die Ampel „{said}“ ist nicht zugeordnet. Sie bleibt leer.")
        else:
            message = _("Die Ampel fehlt. Der Sachstand wird ohne Ampel übernommen.")
        self.problems.append(Problem(line.where, header, message, WARNING, {"said": said}))
        return ""

    def statuses(self, line: Line, row: PlanRow, extra: dict[str, str]) -> list[PlanStatus]:
        """The entries in the columns of a measure's own line, one for each report round."""
        found = []
        for header, each in self.columns.statuses.items():
            text, said = self.text(line, header), self.text(line, each.light)
            if text or said:
                light = self.light(line, each.light, extra) if each.light else ""
                found.append(status(row.key, each.label or header, each, light, text, line.where))
        text, said = self.cell(line, "status"), self.cell(line, "light")
        if text or said:
            light_header = self.column("light")
            light = self.light(line, light_header, extra) if light_header else ""
            label = self.column("status") or light_header
            found.append(PlanStatus(row.key, label, None, None, light, text, line.where))
        return found


def status(measure: str, label: str, found: Round, light: str, text: str, where: str) -> PlanStatus:
    """A status entry of a report round."""
    return PlanStatus(
        measure_key=measure,
        label=label,
        period_from=_edge(found.period_from, lambda moment: moment.first_day, end=False),
        period_until=_edge(found.period_until or found.period_from, lambda moment: moment.last_day, end=True),
        light=light,
        text=text,
        where=where,
    )


def _edge(text: str, side: Callable[[PartialDate], date], *, end: bool) -> date | None:
    return side(parse_moment(text, end=end)) if text else None


def read_moment(
    text: str, end: bool, where: str, column: str, extra: dict[str, str], problems: list[Problem]
) -> PartialDate | None:
    """A date, or None with a problem. Words that are no date, or more than a date, stay in `extra`."""
    if not text:
        return None
    try:
        moment = parse_moment(text, end=end)
    except ImpossibleDate as refused:
        problems.append(Problem(where, column, refused.message, ERROR, refused.values))
        return None
    except UnreadableDate:
        message = _("„{text}“ ist kein Datum. Es bleibt als weitere Angabe erhalten.")
        problems.append(Problem(where, column, message, WARNING, {"text": text[:60]}))
        extra[column] = text
        return None
    if _INTERPRETED.search(text):
        extra[column] = text
    return moment


def split_period(text: str) -> tuple[str, str]:
    """Beginning and end of a stretch of time.

    >>> split_period("2025 – 2027"), split_period("ab März 2026"), split_period("Q3 2027")
    (('2025', '2027'), ('ab März 2026', ''), ('Q3 2027', 'Q3 2027'))
    """
    if re.match(r"(?:ab|seit)\s", text, re.IGNORECASE):
        return text, ""
    if re.match(r"bis\s", text, re.IGNORECASE):
        return "", text
    try:
        parse_moment(text)
    except DateRefused:
        parts = _BETWEEN.split(text)
        return (parts[0], parts[1]) if len(parts) == 2 else ("", text)
    return text, text


def missing_columns(headers: Sequence[str], columns: Columns) -> list[str]:
    """Headers that the mapping names and the file does not have."""
    wanted = [*columns.columns.values(), *(each.light for each in columns.statuses.values() if each.light)]
    if not columns.is_tree:
        wanted += columns.statuses
    return [header for header in dict.fromkeys(wanted) if header not in headers]
