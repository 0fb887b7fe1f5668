"""Builds what is frozen: the whole agreement as plain, canonical content (kommpass/agreement/1).

Reads the draft in a constant number of queries, whatever its size.
"""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from kommpass.agreement import queries
from kommpass.agreement.models import Agreement, Goal, Measure
from kommpass.domain.targets import describe, from_json
from kommpass.participation.queries import agreed_definition
from kommpass.stocktaking.models import Finding

FORMAT = "kommpass/agreement/1"


def build(agreement: Agreement, *, number: int, kind: str, reason: str, frozen_on: date, resolution: dict | None) -> dict:
    """The content of a version. Documents, pages and comparisons read this and nothing else."""
    # A frozen text does not depend on who presses the button: the document speaks German.
    with override("de"):
        return _build(agreement, number, kind, reason, frozen_on, resolution)


def _build(agreement, number, kind, reason, frozen_on, resolution) -> dict:
    procedure = agreement.procedure
    scheme, town = procedure.scheme, procedure.municipality
    themes = {module.key: str(module.title) for module in scheme.modules}
    of_goal: dict[int, list[dict]] = {}
    for measure in queries.with_details(queries.measures(agreement)):
        of_goal.setdefault(measure.goal_id, []).append(_measure(measure, themes))
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


def _measure(measure: Measure, themes: dict[str, str]) -> dict:
    return {
        "id": str(measure.uid),
        "number": measure.number,
        "title": measure.title,
        "description": measure.description,
        "responsible": measure.responsible.name if measure.responsible else "",
        "post": measure.post.title if measure.post else "",
        "outside": bool(measure.responsible and measure.responsible.outside),
        "partners": [partner.name for partner in measure.partners.all()],
        "start": measure.start,
        "due": measure.due,
        "target_groups": list(measure.target_groups),
        "districts": [district.name for district in measure.districts.all()],
        "themes": [themes.get(key, key) for key in measure.themes],
        "cost_once": _money(measure.cost_once),
        "cost_yearly": _money(measure.cost_yearly),
        "funding": measure.funding,
        "subject_to_budget": measure.subject_to_budget,
        "staff_effort": measure.staff_effort,
        "priority": measure.priority,
        "public": measure.public,
        "dropped": measure.dropped,
        "references": list(measure.references),
        "indicators": [
            {
                "name": each.name,
                "unit": each.unit,
                "baseline": each.baseline,
                "target": describe(from_json(each.target)),
                "source": each.source,
            }
            for each in measure.indicators.all()
        ],
        "steps": [{"id": str(step.uid), "title": step.title, "due": step.due} for step in measure.steps.all()],
        "origins": [{"kind": str(origin.kind), "text": origin.text} for origin in measure.origins.all()],
        "also_serves": sorted(goal.number for goal in measure.also_serves.all()),
        "status": [
            {
                "label": each.label,
                "period": _period(each.period_from, each.period_until),
                "light": each.light,
                "text": each.text,
            }
            for each in measure.statuses.all()
        ],
    }


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else format(amount, "f")


def _period(first: date, last: date) -> str:
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}/{last.year}"
    return _("%(first)s bis %(last)s") % {"first": f"{first:%d.%m.%Y}", "last": f"{last:%d.%m.%Y}"}
