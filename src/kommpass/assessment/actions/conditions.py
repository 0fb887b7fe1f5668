"""Conditions: the town shows how it met one, the office says whether that is enough."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.assessment.models import Condition, ConditionCheck, ConditionReport
from kommpass.assessment.queries import ConditionLine, locked
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible


@transaction.atomic
def report_condition(*, condition: Condition, text: str, by: Actor, at: datetime) -> ConditionReport:
    """Show how a condition was met."""
    procedure = condition.decision.case.procedure
    permit(by, "condition.report", procedure)
    locked(condition.decision.case)
    if not hasattr(condition.decision, "release"):
        raise NotPossible(_("Diese Entscheidung ist noch nicht bekanntgegeben."))
    line = ConditionLine(condition, list(condition.reports.all()))
    if line.met:
        raise NotPossible(_("Diese Auflage ist schon erfüllt."))
    if line.waiting:
        raise NotPossible(_("Ihr letzter Nachweis wird noch geprüft."))
    report = ConditionReport.objects.create(condition=condition, text=text, by_name=by.name, at=at)
    record(procedure, "condition.report", by=by, at=at, condition=condition.number)
    return report


@transaction.atomic
def check_condition(*, report: ConditionReport, met: bool, note: str = "", by: Actor, at: datetime) -> ConditionCheck:
    """Say whether what was shown meets the condition; a no says what is missing."""
    procedure = report.condition.decision.case.procedure
    permit(by, "condition.check", procedure)
    locked(report.condition.decision.case)
    if ConditionCheck.objects.filter(report=report).exists():
        raise NotPossible(_("Dieser Nachweis ist schon geprüft."))
    if not met and not note.strip():
        raise NotPossible(_("Bitte schreiben Sie, was noch fehlt."))
    check = ConditionCheck.objects.create(report=report, met=met, note=note.strip(), by_name=by.name, at=at)
    record(procedure, "condition.check", by=by, at=at, condition=report.condition.number, met=met)
    return check
