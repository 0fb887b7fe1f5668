"""Lays long texts on several pages, so that no page is heavy: by number and by weight."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from django.core.paginator import Page, Paginator

MOST_ROWS = 25
MOST_BYTES = 50_000


class Sheet(Page):
    """A page that knows which rows of the whole it shows."""

    def start_index(self) -> int:
        return self.paginator.bounds[self.number - 1] + 1 if self.paginator.count else 0

    def end_index(self) -> int:
        return self.paginator.bounds[self.number]


class Sheets(Paginator):
    """Django's paginator with pages of unequal length: a page ends when it is full or heavy."""

    def __init__(self, rows: Sequence, *, most_rows: int = MOST_ROWS, most_bytes: int = MOST_BYTES):
        super().__init__(rows, most_rows)
        self.bounds = _bounds([_weight(row) for row in rows], most_rows, most_bytes)

    @property
    def num_pages(self) -> int:
        return len(self.bounds) - 1

    def page(self, number):
        number = self.validate_number(number)
        return Sheet(self.object_list[self.bounds[number - 1] : self.bounds[number]], number, self)


def _weight(row: object) -> int:
    return len(json.dumps(row, ensure_ascii=False, default=str).encode())


def _bounds(weights: list[int], most_rows: int, most_bytes: int) -> list[int]:
    """Where the pages begin and end.

    >>> _bounds([4, 4, 4, 9, 1], most_rows=3, most_bytes=10)
    [0, 2, 3, 5]
    """
    bounds, rows, heavy = [0], 0, 0
    for place, weight in enumerate(weights):
        if rows and (rows == most_rows or heavy + weight > most_bytes):
            bounds.append(place)
            rows, heavy = 0, 0
        rows, heavy = rows + 1, heavy + weight
    return [*bounds, len(weights)]


def field_rows(field: dict) -> list[dict]:
    """A public field as rows for `Sheets`: one per measure, one for a goal without any; heads come with the first."""
    rows = []
    for group in field["strategic_goals"]:
        group_head = {"id": group["id"], "text": group["text"], "continued": False}
        for goal in group["goals"] or [None]:
            goal_head = goal and {**goal, "measures": len(goal["measures"]), "continued": False}
            for measure in (goal["measures"] if goal else []) or [None]:
                rows.append({"group": group_head, "goal": goal_head, "measure": measure})
                goal_head = goal_head and {**goal_head, "description": "", "continued": True}
                group_head = {**group_head, "text": "", "continued": True}
    return rows


def regrouped(rows: Sequence[dict]) -> list[dict]:
    """The rows of one page as groups of goals with their measures, for the template."""
    return [{**run[0]["group"], "goals": _goals(run)} for run in _runs(rows, "group")]


def _goals(rows: list[dict]) -> list[dict]:
    with_goal = [row for row in rows if row["goal"]]
    return [
        {**run[0]["goal"], "measures": [row["measure"] for row in run if row["measure"]]}
        for run in _runs(with_goal, "goal")
    ]


def _runs(rows: Sequence[dict], part: str) -> Iterator[list[dict]]:
    """Neighbouring rows that share their group or goal."""
    for _key, run in groupby(rows, key=lambda row: row[part]["id"]):
        yield list(run)
