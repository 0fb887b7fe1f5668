"""Builds what is frozen: the whole agreement as plain, canonical content (kommpass/agreement/1).

Reads the draft in a constant number of queries, whatever its size.
"""

from datetime import date
from decimal import Decimal

from django.utils.translation import override

from kommpass.agreement import queries
from kommpass.agreement.content_parts import parts_of
from kommpass.agreement.models import Agreement, Goal, Measure
from kommpass.participation.queries import agreed_definition
from kommpass.stocktaking.models import Finding

FORMAT = "kommpass/agreement/1"
PARTS = ("partners", "districts", "also_serves", "steps", "indicators", "origins", "status")


def build(
    agreement: Agreement, *, number: int, kind: str, reason: str, frozen_on: date, resolution: dict | None
) -> dict:
    """The content of a version. Documents, pages and comparisons read this and nothing else."""
    # A frozen text does not depend on who presses the button: the document speaks German.
    with override("de"):
        return _build(agreement, number, kind, reason, frozen_on, resolution)


def _build(agreement, number, kind, reason, frozen_on, resolution) -> dict:
    procedure = agreement.procedure
    scheme, town = procedure.scheme, procedure.municipality
    themes = {module.key: str(module.title) for module in scheme.modules}
    of_goal: dict[int, list[dict]] = {}
    parts = parts_of(agreement)
    for measure in queries.measures(agreement).select_related(None).select_related("responsible", "post"):
        of_goal.setdefault(measure.goal_id, []).append(_measure(measure, themes, parts.get(measure.pk, {})))
    findings = _findings(procedure)
    definition = agreed_definition(procedure)
    return {
        "format": FORMAT,
        "title": agreement.title,
        "municipality": {"name": town.name, "ags": town.ags},
        "procedure": {
            "title": procedure.title,
            "round": procedure.round,
            "rung": str(scheme.rung(procedure.rung).title),
            "scheme": str(scheme.title),
            "scheme_version": scheme.version,
        },
        "version": {"number": number, "frozen_on": frozen_on.isoformat(), "kind": kind, "reason": reason},
        "project_lead": _lead(procedure),
        "auditor": procedure.auditor_name,
        "preamble": agreement.preamble,
        "family_definition": definition.text if definition else "",
        "process": agreement.process,
        "budget_clause": agreement.budget_clause,
        "fields": [
            {
                "id": f"field-{'-'.join(field.covers)}",
                "number": str(field.number),
                "title": field.title,
                "strengths": findings.get(field.pk, {}).get("strength", []),
                "needs": findings.get(field.pk, {}).get("need", []),
                "strategic_goals": [
                    {
                        "id": str(strategic.uid) if strategic else f"none-{'-'.join(field.covers)}",
                        "text": strategic.text if strategic else "",
                        "goals": [_goal(goal, of_goal.get(goal.pk, [])) for goal in goals],
                    }
                    for strategic, goals in groups
                ],
            }
            for field, groups in queries.outline(agreement)
        ],
        "resolution": resolution,
    }


def amended(
    content: dict, *, number: int, kind: str, reason: str, frozen_on: date, measure: Measure, changes: dict, new: bool
) -> dict:
    """The content of the version in force with one approved change, and with nothing else that happened since.

    `content` is changed and returned. A dropped measure stays in its place with its number.
    """
    content["version"] = {"number": number, "frozen_on": frozen_on.isoformat(), "kind": kind, "reason": reason}
    content["resolution"] = None
    goals = goals_in(content)
    if new:
        goal = next(each for each in goals if each["id"] == str(measure.goal.uid))
        with override("de"):
            made = _measure(measure, {}, {})
        goal["measures"].append(made | {"number": f"{goal['number']}.{len(goal['measures']) + 1}"})
        return content
    frozen = next(each for goal in goals for each in goal["measures"] if each["id"] == str(measure.uid))
    frozen |= changes
    return content


def holds(content: dict, thing: Goal | Measure) -> bool:
    """Does this goal or measure stand in the frozen content?"""
    return any(str(thing.uid) == each["id"] for goal in goals_in(content) for each in (goal, *goal["measures"]))


def measures_in(content: dict) -> list[dict]:
    """All measures of the frozen content, in its order."""
    return [each for goal in goals_in(content) for each in goal["measures"]]


def goals_in(content: dict) -> list[dict]:
    """All goals of the frozen content, in its order."""
    return [goal for field in content["fields"] for group in field["strategic_goals"] for goal in group["goals"]]


def _findings(procedure) -> dict[int, dict[str, list[str]]]:
    """Strengths and needs by field, as they read today."""
    found: dict[int, dict[str, list[str]]] = {}
    for finding in Finding.objects.filter(procedure=procedure).order_by("position", "pk"):
        found.setdefault(finding.field_id, {}).setdefault(finding.kind, []).append(finding.text)
    return found


def _lead(procedure) -> str:
    post = procedure.project_lead
    if post is None:
        return ""
    return f"{post.holder.name}, {post.title}" if post.holder else str(post)


def _goal(goal: Goal, measures: list[dict]) -> dict:
    return {
        "id": str(goal.uid),
        "number": goal.number,
        "title": goal.title,
        "description": goal.description,
        "measures": measures,
    }


def _measure(measure: Measure, themes: dict[str, str], parts: dict[str, list]) -> dict:
    return {
        "id": str(measure.uid),
        "number": measure.number,
        "title": measure.title,
        "description": measure.description,
        "responsible": measure.responsible.name if measure.responsible else "",
        "post": measure.post.title if measure.post else "",
        "outside": bool(measure.responsible and measure.responsible.outside),
        "start": measure.start,
        "due": measure.due,
        "target_groups": list(measure.target_groups),
        "themes": [themes.get(key, key) for key in measure.themes],
        "cost_once": _money(measure.cost_once),
        "cost_yearly": _money(measure.cost_yearly),
        "funding": measure.funding,
        "subject_to_budget": measure.subject_to_budget,
        "staff_effort": measure.staff_effort,
        "priority": measure.priority,
        "external_key": measure.external_key,
        "more": {name: str(value) for name, value in measure.more.items()},
        "public": measure.public,
        "dropped": measure.dropped,
        "references": list(measure.references),
        **{name: parts.get(name, []) for name in PARTS},
    }


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else format(amount, "f")
