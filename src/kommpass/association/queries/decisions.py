"""What was announced to the towns in scope: the standing decision of each procedure, and its conditions."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from kommpass.assessment.models import ConditionReport, ReviewDecision
from kommpass.assessment.queries import ConditionLine, announced_lines
from kommpass.audits.models import Procedure
from kommpass.certification.models import Certificate
from kommpass.domain.deadlines import SOON
from kommpass.municipalities.models import Municipality


def announced() -> QuerySet[ReviewDecision]:
    """All announced decisions in scope, the newest first, each with its conditions. Six queries."""
    reports = ConditionReport.objects.select_related("check_result")
    return (
        ReviewDecision.objects.filter(release__isnull=False)
        .select_related("municipality", "release", "objection", "case__submission__procedure__municipality")
        .defer("text", "case__submission__canonical", "case__submission__letter")
        .prefetch_related(
            Prefetch("conditions__reports", reports),
            Prefetch("certificates", Certificate.objects.defer("canonical").prefetch_related("steps")),
        )
        .order_by("-release__at", "-pk")
    )


def released() -> list[ReviewDecision]:
    """Of each procedure the decision that counts: the newest one that was announced."""
    chosen: dict[int, ReviewDecision] = {}
    for each in announced():
        chosen.setdefault(each.case.submission.procedure_id, each)
    return list(chosen.values())


def waiting_conditions(decision: ReviewDecision) -> list[ConditionLine]:
    """What still holds the certificate back."""
    return [each for each in announced_lines(decision) if each.condition.blocking and not each.met]


@dataclass(frozen=True)
class TownCondition:
    """A condition of a town with its deadline: what was announced, and how far it is."""

    town: Municipality
    procedure: Procedure
    number: int
    text: str
    due_on: date
    blocking: bool
    state: str
    """open, waiting (shown, nobody looked yet), met or overdue."""
    soon: bool


def conditions(today: date) -> list[TownCondition]:
    """The conditions of all standing decisions in scope."""
    return conditions_of(released(), today)


def conditions_of(decisions: list[ReviewDecision], today: date) -> list[TownCondition]:
    """First what is open, by its deadline; then what is met."""
    found = [
        TownCondition(
            town=decision.municipality,
            procedure=decision.case.submission.procedure,
            number=line.condition.number,
            text=line.condition.text,
            due_on=line.condition.due_on,
            blocking=line.condition.blocking,
            state="overdue" if line.state == "open" and line.condition.due_on < today else line.state,
            soon=line.state == "open" and today <= line.condition.due_on <= today + SOON,
        )
        for decision in decisions
        for line in announced_lines(decision)
    ]
    return sorted(found, key=lambda each: (each.state == "met", each.due_on, each.town.name, each.number))
