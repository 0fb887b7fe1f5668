"""Gives the rows of a tree their levels, and finds what cannot be a tree."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kommpass.adapters.plan_files.mapping import LEVELS
from kommpass.adapters.plan_files.plan import ERROR, WARNING, PlanRow, Problem
from kommpass.domain.words import _

LEVEL_NAMES = {
    "field": _("Handlungsfeld"),
    "strategic_goal": _("strategisches Ziel"),
    "goal": _("Ziel"),
    "measure": _("Maßnahme"),
    "step": _("Arbeitsschritt"),
}
_BY_DEPTH = {
    2: ("field", "measure"),
    3: ("field", "goal", "measure"),
    4: ("field", "goal", "measure", "step"),
}
_LEVEL_WORDS = {
    "handlungsfeld": "field",
    "feld": "field",
    "field": "field",
    "strategisches ziel": "strategic_goal",
    "leitziel": "strategic_goal",
    "oberziel": "strategic_goal",
    "strategic_goal": "strategic_goal",
    "ziel": "goal",
    "handlungsziel": "goal",
    "goal": "goal",
    "maßnahme": "measure",
    "massnahme": "measure",
    "measure": "measure",
    "schritt": "step",
    "arbeitsschritt": "step",
    "step": "step",
}


@dataclass(frozen=True)
class Branch:
    """An item before it has a level: its key, its parent's key or "", and what the level column says."""

    key: str
    parent: str
    where: str
    said: str = ""


def check_tree(branches: Sequence[Branch], key_column: str, parent_column: str) -> list[Problem]:
    """Missing and double keys, parents that do not exist, circles."""
    problems: list[Problem] = []
    first: dict[str, Branch] = {}
    for each in branches:
        if not each.key:
            problems.append(Problem(each.where, key_column, _("Die Nummer fehlt.")))
        elif each.key in first:
            message = _("Die Nummer „{key}“ gibt es schon: {first}.")
            values = {"key": each.key, "first": first[each.key].where}
            problems.append(Problem(each.where, key_column, message, ERROR, values))
        else:
            first[each.key] = each
    for each in branches:
        if each.parent and each.parent not in first:
            message = _("„{parent}“, zu dem diese Zeile gehören soll, gibt es in der Datei nicht.")
            problems.append(Problem(each.where, parent_column, message, ERROR, {"parent": each.parent[:60]}))
    problems += _circles(first, parent_column)
    return problems


def _circles(branches: Mapping[str, Branch], column: str) -> list[Problem]:
    """One problem for each circle, at its first row."""
    problems = []
    settled: set[str] = set()
    for start in branches:
        way: list[str] = []
        key = start
        while key in branches and key not in settled and key not in way:
            way.append(key)
            key = branches[key].parent
        if key in way:
            circle = " → ".join([*way[way.index(key) :], key])
            message = _("Die Zeilen gehören im Kreis zueinander: {circle}.")
            values = {"circle": circle[:200]}
            problems.append(Problem(branches[key].where, column, message, ERROR, values))
        settled.update(way)
    return problems


def depths(branches: Iterable[Branch]) -> dict[str, int]:
    """How deep each key stands, from 1. The tree must have been checked."""
    parents = {each.key: each.parent for each in branches}
    found: dict[str, int] = {}
    for start in parents:
        way = []
        key = start
        while key and key not in found:
            way.append(key)
            key = parents[key]
        depth = found.get(key, 0)
        for each in reversed(way):
            depth += 1
            found[each] = depth
    return found


def levels_of(
    branches: Sequence[Branch], said: Mapping[str, str], level_column: str = ""
) -> tuple[dict[str, str], list[Problem]]:
    """The level of each key: from the level column, else from the depth.

    By depth: fields, goals, measures, steps, as far as there are floors; an item without children, that is no
    field, is a measure. `said` (levels of a mapping) overrules, with "1", "2"… for depths, or with the words
    of the level column.
    """
    deep = depths(branches)
    parents = {each.parent for each in branches}
    floors = _BY_DEPTH.get(max([2, *deep.values()]), LEVELS)
    words = {**_LEVEL_WORDS, **{word.casefold(): level for word, level in said.items()}}
    levels: dict[str, str] = {}
    problems = []
    for each in branches:
        depth = deep[each.key]
        by_depth = floors[min(depth, len(floors)) - 1]
        if by_depth in ("strategic_goal", "goal") and each.key not in parents:
            by_depth = "measure"
        levels[each.key] = words.get(each.said.casefold(), "") if each.said else said.get(f"{depth}", by_depth)
        if not levels[each.key]:
            message = _("Die Ebene „{said}“ ist nicht zugeordnet.")
            problems.append(Problem(each.where, level_column, message, ERROR, {"said": each.said[:60]}))
    return levels, problems


def settle_parents(rows: Sequence[PlanRow]) -> tuple[dict[str, str], list[Problem]]:
    """Whom each row hangs under: deeper steps go to their measure; what cannot hang so is a problem."""
    by_key = {row.key: row for row in rows}
    parents, problems = {}, []
    for row in rows:
        parent = row.parent
        while row.level == "step" and parent and by_key[parent].level == "step":
            parent = by_key[parent].parent
        if parent != row.parent:
            message = _("Unter einem Arbeitsschritt ist kein Platz: Die Zeile wird ein Schritt der Maßnahme.")
            problems.append(Problem(row.where, "", message, WARNING))
        parents[row.key] = parent
        if wrong := _misplaced(row, by_key.get(parent)):
            problems.append(wrong)
    return parents, problems


def _misplaced(row: PlanRow, parent: PlanRow | None) -> Problem | None:
    name = LEVEL_NAMES[row.level]
    if parent is None:
        if row.level == "field":
            return None
        message = _("Die Zeile ({level}) gehört zu keinem Handlungsfeld.")
        return Problem(row.where, "", message, ERROR, {"level": name})
    fits = LEVELS.index(parent.level) < LEVELS.index(row.level)
    if fits and (parent.level == "measure") == (row.level == "step"):
        return None
    message = _("Die Zeile ({level}) kann nicht unter „{parent}“ ({parent_level}) stehen.")
    values = {"level": name, "parent": parent.title[:60], "parent_level": LEVEL_NAMES[parent.level]}
    return Problem(row.where, "", message, ERROR, values)


def parents_first(rows: Sequence[PlanRow]) -> tuple[PlanRow, ...]:
    """Depth first, siblings in the order of the file."""
    children: dict[str, list[PlanRow]] = {}
    for row in rows:
        children.setdefault(row.parent, []).append(row)
    ordered: list[PlanRow] = []
    waiting = list(reversed(children.get("", [])))
    while waiting:
        row = waiting.pop()
        ordered.append(row)
        waiting += reversed(children.get(row.key, []))
    return tuple(ordered)
