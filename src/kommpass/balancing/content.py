"""What a closed balance says (kommpass/balance/1)."""

from datetime import date

from django.utils.translation import override

from kommpass.balancing.models import Balance
from kommpass.balancing.queries import GoalLine, goal_lines

FORMAT = "kommpass/balance/1"


def build(balance: Balance, *, closed_on: date) -> dict:
    """Every goal with its result and with what becomes of it."""
    procedure = balance.procedure
    with override("de"):
        return {
            "format": FORMAT,
            "municipality": {"name": procedure.municipality.name, "ags": procedure.municipality.ags},
            "procedure": {"title": procedure.title, "round": procedure.round, "rung": str(procedure.rung_title)},
            "closed_on": closed_on.isoformat(),
            "text": balance.text,
            "goals": [_goal(each) for each in goal_lines(procedure, closed_on)],
        }


def _goal(line: GoalLine) -> dict:
    judgement, decided = line.judgement, line.balance
    return {
        "id": str(line.goal.uid),
        "number": line.goal.number,
        "title": line.goal.title,
        "field": line.goal.field.title,
        "measures": line.counted.total,
        "done": line.counted.done,
        "achievement": str(judgement.get_achievement_display()) if judgement else "",
        "why": judgement.text if judgement else "",
        "verdict": decided.verdict if decided else "",
        "verdict_label": str(decided.get_verdict_display()) if decided else "",
        "reason": decided.reason if decided else "",
        "indicators": [
            {"name": each.name, "target": each.target, "value": each.value, "unit": each.unit, "as_of": each.as_of}
            for each in line.indicators
        ],
    }
