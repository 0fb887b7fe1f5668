"""Walks a frozen agreement from field to measure, in the order and with the numbers it was frozen with."""

from collections.abc import Iterator
from dataclasses import dataclass

from kommpass.adapters.documents.wording import short


@dataclass(frozen=True)
class Place:
    """A measure (Maßnahme) and where it stands in the agreement."""

    field: dict
    strategic_goal: str
    goal: dict
    measure: dict


def measures_of(content: dict) -> Iterator[Place]:
    """Every measure of the agreement, each with its field, strategic goal and goal."""
    for field, strategic_goal, goal in goals_of(content):
        for measure in goal.get("measures") or []:
            yield Place(field, strategic_goal, goal, measure)


def goals_of(content: dict) -> Iterator[tuple[dict, str, dict]]:
    """Every goal (Ziel) with its field and strategic goal, also those without measures."""
    for field in content.get("fields") or []:
        for strategic in field.get("strategic_goals") or []:
            for goal in strategic.get("goals") or []:
                yield field, strategic.get("text") or "", goal


def frozen_on(content: dict) -> str:
    """The day the version was frozen, as ISO text."""
    return (content.get("version") or {}).get("frozen_on") or ""


def subject_of(content: dict) -> str:
    """What the page headers call the document: the kind of paper and the town."""
    town = (content.get("municipality") or {}).get("name") or ""
    return f"Zielvereinbarung · {short(town, 80)}" if town else "Zielvereinbarung"
