"""Reads the database extracts of LocalZero: towns and their trees of tasks (Django fixtures as JSON)."""

import json
from collections import Counter
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kommpass.adapters.plan_files.cells import clean
from kommpass.adapters.plan_files.levels import Branch, check_tree, levels_of, parents_first, settle_parents
from kommpass.adapters.plan_files.lines import read_moment
from kommpass.adapters.plan_files.mapping import Mapping
from kommpass.adapters.plan_files.plan import (
    ERROR,
    MAX_ROWS,
    WARNING,
    FileRefused,
    Plan,
    PlanRow,
    PlanStatus,
    Problem,
)
from kommpass.adapters.plan_files.text_tables import decode
from kommpass.domain.moments import DateRefused, parse_moment
from kommpass.domain.words import _

CITY, TASK = "cpmonitor.city", "cpmonitor.task"
STEP = 4
"""Characters of `path` for each floor of the tree."""

STATUS_WORDS = {
    0: ("", _("unbekannt")),
    2: ("green", _("in Arbeit")),
    4: ("green", _("abgeschlossen")),
    6: ("yellow", _("verzögert oder fehlt")),
    8: ("red", _("gescheitert")),
}
_ASSESSMENTS = {1: 2, 2: 2, 3: 6, 4: 8, 5: 8, 6: 8}
"""Older extracts hold an assessment (ahead, as planned, delayed, insufficient, failed…) and a progress."""
_FINISHED = 4

_STRUCTURE = {"path", "depth", "numchild", "city", "title"}
_READ = {"description", "responsible_organ", "planned_start", "planned_completion"}
_STATUS = {"execution_status", "execution_assessment", "execution_progress", "execution_justification"}
_LABELS = {
    "summary": _("Kurztext"),
    "teaser": _("Kurztext"),
    "plan_assessment": _("Bewertung der Planung"),
    "execution_justification": _("Begründung des Umsetzungsstands"),
    "execution_completion": _("Grad der Umsetzung"),
    "execution_assessment": _("Bewertung der Umsetzung"),
    "execution_progress": _("Fortschritt"),
    "actual_start": _("Tatsächlicher Beginn"),
    "actual_completion": _("Tatsächliches Ende"),
    "responsible_organ_explanation": _("Erläuterung zur Zuständigkeit"),
    "supporting_ngos": _("Unterstützende Organisationen"),
    "internal_information": _("Interne Hinweise"),
    "draft_mode": _("Entwurf"),
    "frontpage": _("Auf der Startseite"),
    "source": _("Quelle"),
    "slugs": _("Adresse"),
    "introduction": _("Einleitung"),
    "assessment_administration": _("Bewertung der Verwaltung"),
    "assessment_action_plan": _("Bewertung des Aktionsplans"),
    "assessment_status": _("Bewertung des Umsetzungsstands"),
}
_STATUS_LABEL = _("Umsetzungsstand")


@dataclass(frozen=True)
class Task:
    """One task as it stands in the file."""

    where: str
    fields: AnyMapping[str, Any]

    @property
    def path(self) -> str:
        return str(self.fields.get("path") or "")

    def text(self, name: str) -> str:
        value = self.fields.get(name)
        if value is None or value is False or value == "":
            return ""
        return "ja" if value is True else str(value)


def read_localzero(content: bytes, city: str = "") -> Plan:
    """The plan of one town. With several towns in the file, `city` (name or slug) must say which."""
    records = _records(content)
    towns = {each["pk"]: _fields(each) for each in records if each["model"] == CITY}
    chosen = _choose(towns, city)
    places = [(f"Eintrag {place}", each) for place, each in enumerate(records, 1)]
    tasks = [
        Task(where, _fields(each))
        for where, each in places
        if each["model"] == TASK and _fields(each).get("city") == chosen
    ]
    problems: list[Problem] = []
    tasks = [_cleaned(task, problems) for task in tasks]
    branches = [Branch(task.path, task.path[:-STEP], task.where) for task in tasks]
    problems += check_tree(branches, "path", "path")
    problems += [Problem(task.where, "title", _("Der Titel fehlt.")) for task in tasks if not task.text("title")]
    if any(each.severity == ERROR for each in problems):
        return Plan(problems=tuple(problems), lines_read=len(tasks))
    problems += _left_out(records, chosen)
    return _plan(tasks, branches, towns[chosen], problems)


def _records(content: bytes) -> list[dict[str, Any]]:
    text, _problems = decode(content)
    try:
        records = json.loads(text)
    except RecursionError:
        raise FileRefused(Problem("", "", _("Die JSON-Datei ist zu tief verschachtelt."))) from None
    except json.JSONDecodeError as error:
        where = f"Zeile {error.lineno}, Zeichen {error.colno}"
        raise FileRefused(Problem(where, "", _("Die Datei ist kein gültiges JSON."))) from None
    except ValueError:
        raise FileRefused(Problem("", "", _("Die Datei ist kein gültiges JSON."))) from None
    fits = isinstance(records, list) and all(_is_record(each) for each in records)
    if not fits or not any(each["model"] == TASK for each in records):
        raise FileRefused(Problem("", "", _("Die JSON-Datei ist kein Auszug aus LocalZero (Städte und Maßnahmen).")))
    if len(records) > MAX_ROWS:
        message = _("Die Datei hat mehr als {limit} Einträge. Bitte teilen Sie sie auf.")
        raise FileRefused(Problem("", "", message, ERROR, {"limit": MAX_ROWS}))
    return list(records)


def _is_record(each: Any) -> bool:
    return (
        isinstance(each, dict)
        and isinstance(each.get("model"), str)
        and isinstance(each.get("fields"), dict)
        and isinstance(each.get("pk"), (int, str))
    )


def _fields(record: AnyMapping[str, Any]) -> AnyMapping[str, Any]:
    fields: AnyMapping[str, Any] = record["fields"]
    return fields


def _choose(towns: AnyMapping[Any, AnyMapping[str, Any]], city: str) -> Any:
    """The key of the town that is meant. Raises `FileRefused` with the names to choose from."""
    names = tuple(str(fields.get("name") or key) for key, fields in towns.items())
    wanted = city.strip().casefold()
    found = [
        key
        for key, fields in towns.items()
        if not wanted or wanted in (str(fields.get(name) or "").casefold() for name in ("name", "slug"))
    ]
    if len(found) == 1:
        return found[0]
    if not towns:
        raise FileRefused(Problem("", "", _("Die Datei enthält keine Stadt.")))
    message = _("Die Datei enthält mehrere Städte. Bitte wählen Sie eine: {names}.")
    if wanted:
        message = _("Die Stadt „{city}“ ist in der Datei nicht eindeutig zu finden. Enthalten sind: {names}.")
    values = {"names": ", ".join(names), "city": city}
    raise FileRefused(Problem("", "", message, ERROR, values), choices=names)


def _cleaned(task: Task, problems: list[Problem]) -> Task:
    fields = dict(task.fields)
    for name, value in task.fields.items():
        if isinstance(value, str):
            fields[name], noticed = clean(value, task.where, name)
            problems += noticed
    return Task(task.where, fields)


def _left_out(records: Sequence[AnyMapping[str, Any]], chosen: Any) -> list[Problem]:
    """Charts, checklists and groups of this town are no part of a plan: say so."""
    others = Counter(
        each["model"].rpartition(".")[2]
        for each in records
        if each["model"] not in (CITY, TASK) and _fields(each).get("city") == chosen
    )
    if not others:
        return []
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items()))
    message = _("Diese Einträge gehören nicht zu Zielen und Maßnahmen und werden nicht übernommen: {kinds}.")
    return [Problem("", "", message, WARNING, {"kinds": kinds})]


def _plan(
    tasks: Sequence[Task], branches: Sequence[Branch], town: AnyMapping[str, Any], problems: list[Problem]
) -> Plan:
    levels, _unknown = levels_of(branches, {})
    parents = {each.parent for each in branches}
    rows: list[PlanRow] = []
    statuses: list[PlanStatus] = []
    day = _last_update(town)
    for task in tasks:
        level = levels[task.path]
        row = _row(task, level, problems)
        rows.append(row)
        if level == "field" and task.path not in parents and _speaks_as_measure(task):
            row = replace(row, key=f"{task.path}/M", level="measure", parent=task.path)
            rows[-1] = PlanRow(task.path, "field", "", row.title, where=row.where)
            rows.append(row)
            message = _("„{title}“ steht für sich allein und wird Handlungsfeld und Maßnahme zugleich.")
            problems.append(Problem(task.where, "", message, WARNING, {"title": row.title[:60]}))
        if row.level == "measure":
            statuses += _status(task, row.key, day)
        else:
            rows[-1] = replace(row, extra={**row.extra, **_status_as_extra(task)})
    settled, misplaced = settle_parents(rows)
    return Plan(
        rows=parents_first([replace(row, parent=settled[row.key]) for row in rows]),
        statuses=tuple(statuses),
        problems=(*problems, *misplaced),
        mapping_used=Mapping(),
        lines_read=len(tasks),
        about={_LABELS.get(name, name): str(text) for name, text in town.items() if text and name in _LABELS},
    )


def _row(task: Task, level: str, problems: list[Problem]) -> PlanRow:
    extra = {
        _LABELS.get(name, name): task.text(name)
        for name in task.fields
        if name not in _STRUCTURE | _READ | _STATUS and task.text(name)
    }
    extra |= _older(task)
    row = PlanRow(
        key=task.path,
        level=level,
        parent=task.path[:-STEP],
        title=" ".join(task.text("title").split()),
        description=task.text("description"),
        responsible=task.text("responsible_organ"),
        start=read_moment(task.text("planned_start"), False, task.where, "planned_start", extra, problems),
        due=read_moment(task.text("planned_completion"), True, task.where, "planned_completion", extra, problems),
        where=task.where,
    )
    if row.start and row.due and row.due.last_day < row.start.first_day:
        message = _("Die Frist {due} liegt vor dem Beginn {start}.")
        values = {"due": row.due.german, "start": row.start.german}
        problems.append(Problem(task.where, "planned_completion", message, WARNING, values))
    return replace(row, extra=extra)


def _speaks_as_measure(task: Task) -> bool:
    names = (
        "planned_start",
        "planned_completion",
        "responsible_organ",
        "actual_start",
        "execution_justification",
    )
    return bool(_code(task)) or any(task.text(name) for name in names)


def _code(task: Task) -> int:
    """The status code of today, also for older extracts."""
    code = task.fields.get("execution_status")
    if code is None:
        code = _ASSESSMENTS.get(task.fields.get("execution_assessment") or 0, 0)
        if code == 2 and task.fields.get("execution_progress") == _FINISHED:
            code = 4
    return code if isinstance(code, int) else 0


def _older(task: Task) -> dict[str, str]:
    return {
        _LABELS[name]: task.text(name)
        for name in ("execution_assessment", "execution_progress")
        if task.fields.get(name)
    }


def _status(task: Task, measure: str, day: date | None) -> list[PlanStatus]:
    """The status as of the town's last update; unknown without a reason is no status."""
    code, reason = _code(task), task.text("execution_justification")
    if not code and not reason:
        return []
    light, word = STATUS_WORDS.get(code, ("", str(code)))
    text = "\n\n".join(part for part in (word, reason) if part)
    return [PlanStatus(measure, _STATUS_LABEL, day, day, light, text, task.where)]


def _status_as_extra(task: Task) -> dict[str, str]:
    found = _status(task, "", None)
    return {_STATUS_LABEL: found[0].text} if found else {}


def _last_update(town: AnyMapping[str, Any]) -> date | None:
    try:
        return parse_moment(str(town.get("last_update") or "")).last_day
    except DateRefused:
        return None
