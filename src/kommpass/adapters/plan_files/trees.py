"""Reads a table whose rows, or their numbers, name their parents: fields, goals, measures, reports."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kommpass.adapters.plan_files.cells import Line
from kommpass.adapters.plan_files.levels import (
    Branch,
    check_tree,
    levels_of,
    parents_first,
    settle_parents,
)
from kommpass.adapters.plan_files.lines import LineReader, status
from kommpass.adapters.plan_files.mapping import DESCRIPTION, Mapping, Round
from kommpass.adapters.plan_files.plan import ERROR, Plan, PlanRow, PlanStatus, Problem
from kommpass.domain.words import _


@dataclass(frozen=True)
class Report:
    """A line that speaks about another one: its key is that one's key with an ending such as "-1516"."""

    line: Line
    about: str
    ending: str
    round: Round


def is_outline(keys: Sequence[str]) -> bool:
    """Numbers such as 1, 1.1, 1.1.1 whose longer ones all continue a shorter one.

    >>> is_outline(["1", "1.1", "1.1.1", "2"]), is_outline(["1", "2"]), is_outline(["1.1", "1.2"])
    (True, False, False)
    """
    known = set(keys)
    deeper = [key for key in keys if "." in key]
    return bool(deeper) and all(key and (key.rpartition(".")[0] in known or "." not in key) for key in keys)


def read_tree(lines: Sequence[Line], headers: Sequence[str], columns: Mapping) -> Plan:
    """The plan of a table of parents: every line becomes a row, a report or a description."""
    problems: list[Problem] = []
    reader = LineReader(headers, columns, problems)
    items, reports = _sorted_out(lines, reader)
    branches = [_branch(line, reader) for line in items]
    about = {each.key for each in branches}
    problems += check_tree(branches, reader.column("key"), reader.column("parent"))
    problems += [_lost(each, reader) for each in reports if each.about not in about]
    if any(each.severity == ERROR for each in problems):
        return _plan((), (), problems, lines, headers, columns)
    levels, unknown = levels_of(branches, columns.levels, reader.column("level"))
    problems += unknown
    if unknown:
        return _plan((), (), problems, lines, headers, columns)
    rows, statuses = _rows(items, branches, levels, reader)
    rows, told, described = _tell(rows, reports, reader)
    parents, misplaced = settle_parents(rows)
    problems += misplaced
    if any(each.severity == ERROR for each in misplaced):
        return _plan((), (), problems, lines, headers, columns)
    settled = parents_first([replace(row, parent=parents[row.key]) for row in rows])
    return _plan(settled, [*statuses, *told], problems, lines, headers, columns, described)


def _plan(
    rows: Sequence[PlanRow],
    statuses: Sequence[PlanStatus],
    problems: Sequence[Problem],
    lines: Sequence[Line],
    headers: Sequence[str],
    columns: Mapping,
    described: int = 0,
) -> Plan:
    return Plan(
        rows=tuple(rows),
        statuses=tuple(statuses),
        problems=tuple(problems),
        mapping_used=columns,
        headers=tuple(headers),
        lines_read=len(lines),
        descriptions=described,
    )


def _sorted_out(lines: Sequence[Line], reader: LineReader) -> tuple[list[Line], list[Report]]:
    items: list[Line] = []
    reports: list[Report] = []
    endings = sorted(reader.columns.statuses, key=len, reverse=True)
    for line in lines:
        key = reader.cell(line, "key")
        ending = next((each for each in endings if key.endswith(each) and len(key) > len(each)), None)
        if ending is None:
            items.append(line)
        else:
            reports.append(Report(line, key.removesuffix(ending), ending, reader.columns.statuses[ending]))
    return items, reports


def _branch(line: Line, reader: LineReader) -> Branch:
    key = reader.cell(line, "key")
    parent = reader.cell(line, "parent") if reader.columns.is_tree else key.rpartition(".")[0]
    return Branch(key, parent, line.where, reader.cell(line, "level"))


def _lost(report: Report, reader: LineReader) -> Problem:
    message = _("„{parent}“, zu dem diese Zeile gehören soll, gibt es in der Datei nicht.")
    return Problem(report.line.where, reader.column("key"), message, ERROR, {"parent": report.about[:60]})


def _rows(
    items: Sequence[Line], branches: Sequence[Branch], levels: dict[str, str], reader: LineReader
) -> tuple[list[PlanRow], list[PlanStatus]]:
    rows: list[PlanRow] = []
    statuses: list[PlanStatus] = []
    for line, branch in zip(items, branches, strict=True):
        title = reader.cell(line, "title")
        if not title:
            reader.problem(line.where, "title", _("Der Titel fehlt."))
        level = levels[branch.key]
        row = reader.row(line, key=branch.key, level=level, parent=branch.parent, title=title)
        extra = dict(row.extra)
        if level == "measure" and not reader.columns.statuses:
            statuses += reader.statuses(line, row, extra)
        else:
            for name in ("light", "status"):
                if text := reader.cell(line, name):
                    extra[reader.column(name)] = text
        rows.append(replace(row, extra=extra))
    return rows, statuses


def _tell(
    rows: Sequence[PlanRow], reports: Sequence[Report], reader: LineReader
) -> tuple[list[PlanRow], list[PlanStatus], int]:
    """Give each report to its row: as description, as status entry, or, above the measures, as extra."""
    by_key = {row.key: row for row in rows}
    usual = _usual_titles(reports, reader)
    statuses: list[PlanStatus] = []
    described = 0
    for report in reports:
        row = by_key[report.about]
        title, text = reader.cell(report.line, "title"), reader.cell(report.line, "description")
        label = report.round.label or title
        extra = {**_differing(report, row, label, reader), **row.extra}
        if _squeezed(title) != usual[report.ending]:
            extra[f"{reader.column('title')} ({label})"] = title
        if report.round.becomes == DESCRIPTION:
            described += 1
            whole = "\n\n".join(part for part in (row.description, text) if part)
            by_key[row.key] = replace(row, description=whole, extra=extra)
            continue
        light = reader.light(report.line, reader.column("light"), extra) if reader.column("light") else ""
        statuses.append(status(row.key, label, report.round, light, text, report.line.where))
        by_key[row.key] = replace(row, extra=extra)
        if row.level != "measure":
            message = _("Ein Sachstand kann nur zu einer Maßnahme gehören, „{title}“ ist keine.")
            reader.problem(report.line.where, "key", message, title=row.title[:60])
    return [by_key[row.key] for row in rows], statuses, described


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _usual_titles(reports: Sequence[Report], reader: LineReader) -> dict[str, str]:
    """Titles of reports repeat the name of the round ("Sachstand 2013"): the usual one says nothing new."""
    titles: dict[str, Counter[str]] = {}
    for each in reports:
        titles.setdefault(each.ending, Counter())[_squeezed(reader.cell(each.line, "title"))] += 1
    return {ending: counted.most_common(1)[0][0] for ending, counted in titles.items()}


def _differing(report: Report, row: PlanRow, label: str, reader: LineReader) -> dict[str, str]:
    """What a report says otherwise than its row in the remaining columns."""
    said = reader.others(report.line)
    for name in ("priority", "responsible"):
        if reader.column(name) and reader.cell(report.line, name) != getattr(row, name):
            said[reader.column(name)] = reader.cell(report.line, name)
    return {f"{header} ({label})": text for header, text in said.items() if text and row.extra.get(header) != text}
