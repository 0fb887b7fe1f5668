"""What was ever said of a measure or a goal, by whomever, and what was promised of it."""

from collections.abc import Iterable

from django.db.models import QuerySet

from kommpass.agreement.content import measures_in
from kommpass.agreement.models import Agreement, Measure, Version
from kommpass.audits.models import Procedure
from kommpass.domain.moments import PartialDate
from kommpass.domain.permissions import Actor, Role
from kommpass.implementation.models import AuditorView, GoalJudgement, IndicatorReading, SelfAssessment, StatusRemark

LONGEST_CHAIN = 10


def history(measure: Measure) -> QuerySet[SelfAssessment]:
    """Everything that was ever said of a measure, the newest first; of a shared one also where it was first agreed."""
    return (
        SelfAssessment.objects.filter(measure__in=[measure.pk, measure.shared_from_id or measure.pk])
        .select_related("round")
        .prefetch_related("readings__indicator")
        .order_by("-round__period_until", "-pk")
    )


def readings(measures_: Iterable[int]) -> dict[int, list[IndicatorReading]]:
    """The values of the indicators of these measures, oldest first, by indicator."""
    found: dict[int, list[IndicatorReading]] = {}
    rows = IndicatorReading.objects.filter(indicator__measure__in=list(measures_)).order_by("at", "pk")
    for each in sorted(rows, key=lambda each: PartialDate.parse(each.as_of).last_day):
        found.setdefault(each.indicator_id, []).append(each)
    return found


def views(measure: Measure) -> QuerySet[AuditorView]:
    return measure.auditor_views.select_related("round")


def remarks(procedure: Procedure, by: Actor) -> QuerySet[StatusRemark]:
    """What council members asked: the house reads all; nobody outside reads any but public ones (the portal)."""
    if not by.has(Role.COORDINATOR, Role.COUNCIL_MEMBER, Role.COUNCIL_OFFICE, Role.AUDITOR, Role.CONTRIBUTOR):
        return StatusRemark.objects.none()
    return StatusRemark.objects.filter(measure__agreement__procedure=procedure).select_related("measure")


def open_remarks(procedure: Procedure) -> int:
    return StatusRemark.objects.filter(measure__agreement__procedure=procedure, answered_at=None).count()


def judgements(agreement: Agreement) -> dict[int, GoalJudgement]:
    """The newest judgement of each goal (key of the goal -> judgement). One query."""
    found: dict[int, GoalJudgement] = {}
    for each in GoalJudgement.objects.filter(goal__agreement=agreement).order_by("at", "pk"):
        found[each.goal_id] = each
    return found


def predecessors(measure: Measure) -> list[tuple[Measure, SelfAssessment | None]]:
    """The same measure in earlier rounds of the audit, the nearest first, each with the last word on it."""
    found: list[tuple[Measure, SelfAssessment | None]] = []
    while (key := measure.predecessor_id) and len(found) < LONGEST_CHAIN:
        measure = Measure.objects.select_related("agreement__procedure").get(pk=key)
        found.append((measure, history(measure).first()))
    return found


def promise(version: Version | None, measure: Measure) -> dict | None:
    """What a frozen version says of this measure; None if it does not stand there."""
    found = measures_in(version.content) if version else []
    return next((each for each in found if each["id"] == str(measure.uid)), None)
