"""Reads the judged queries of both halves: what was typed, and what each entry is worth as an answer."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .item import WORDED, Item

FOLDER = Path(__file__).parent
FILES = {"judged.toml": "tune", "judged_opened.toml": "tune", "judged_afresh.toml": "judge"}
"""A file belongs to one half, so that whoever builds the engine can leave the judging half closed."""
KINDS = ("inflection", "compound", "typo", "synonym", "mixed")
HALVES = ("tune", "judge")
CONDITIONS = (*WORDED, "any", "source")


@dataclass(frozen=True)
class Rule:
    """A grade for the entries named by `keys`, or for those whose fields say all that `conditions` ask for."""

    grade: int
    keys: frozenset[str]
    conditions: Mapping[str, tuple[str, ...]]

    def fits(self, item: Item) -> bool:
        if self.keys:
            return item.key in self.keys
        return all(_says(item, field, words) for field, words in self.conditions.items())


@dataclass(frozen=True)
class Query:
    """What somebody typed. `half` is "tune" or "judge": only the first may be looked at while the engine is built.

    A need is asked in one half only.
    """

    text: str
    kind: str
    need: str
    half: str
    rules: tuple[Rule, ...]

    def grades(self, items: Iterable[Item]) -> dict[str, int]:
        """Key and grade (1 to 3) of every item that answers this query at all."""
        found = {item.key: self._grade(item) for item in items}
        return {key: grade for key, grade in found.items() if grade}

    def _grade(self, item: Item) -> int:
        return next((rule.grade for rule in self.rules if rule.fits(item)), 0)


@cache
def judged_queries() -> tuple[Query, ...]:
    """All queries, the tuning half first, in the order of the files."""
    return tuple(
        Query(text=text, kind=kind, need=need, half=half_of(path), rules=tuple(map(_rule, table["judged"])))
        for path in map(FOLDER.joinpath, FILES)
        for need, table in tomllib.loads(path.read_text(encoding="utf-8")).items()
        for kind in table
        if kind != "judged"
        for text in table[kind]
    )


def half_of(path: Path) -> str:
    """The half that a file of judged queries is: "tune" or "judge"."""
    return FILES[path.name]


def _rule(written: Mapping) -> Rule:
    named = {name: value for name, value in written.items() if name != "grade"}
    conditions = {name: tuple(value) for name, value in named.items() if name in CONDITIONS}
    keys = frozenset(f"{name}/{each}" for name, value in named.items() if name not in CONDITIONS for each in value)
    if bool(keys) == bool(conditions):
        raise ValueError(f"A rule names either entries or words: {written}")
    return Rule(grade=written["grade"], keys=keys, conditions=conditions)


def _says(item: Item, field: str, words: tuple[str, ...]) -> bool:
    if field == "source":
        return item.source in words
    return any(word in item.words[field] for word in words)
