"""Others look at it: the auditor's view, questions of the council, and whether a goal is reached. Separate records."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.agreement.models import Goal, Measure
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.implementation import queries
from kommpass.implementation.models import AuditorView, GoalJudgement, StatusRemark


@transaction.atomic
def write_view(*, measure: Measure, stance: str, text: str = "", by: Actor, at: datetime) -> AuditorView:
    """How the auditor sees it. What the owner said stays as it is."""
    procedure = measure.agreement.procedure
    permit(by, "auditor_view.write", procedure)
    if stance != AuditorView.Stance.SHARES and not text.strip():
        raise NotPossible(_("Bitte begründen Sie, warum Sie es anders sehen."))
    view = AuditorView.objects.create(
        measure=measure,
        round=queries.rounds(procedure).first(),
        stance=stance,
        text=text.strip(),
        by_name=by.name,
        at=at,
    )
    record(procedure, "auditor_view.write", by=by, at=at, measure=measure.pk, stance=stance)
    return view


@transaction.atomic
def write_remark(*, measure: Measure, text: str, public: bool = False, by: Actor, at: datetime) -> StatusRemark:
    """A member of the council asks or disputes; public ones stand on the town's page, with their answer."""
    procedure = measure.agreement.procedure
    permit(by, "status_remark.write", procedure)
    remark = StatusRemark.objects.create(measure=measure, text=text, public=public, by_id=by.id, by_name=by.name, at=at)
    record(procedure, "status_remark.write", by=by, at=at, measure=measure.pk, remark=remark.pk, public=public)
    return remark


@transaction.atomic
def answer_remark(*, remark: StatusRemark, answer: str, by: Actor, at: datetime) -> StatusRemark:
    """The coordination answers. The question stays as it was asked."""
    procedure = remark.measure.agreement.procedure
    permit(by, "status_remark.answer", procedure)
    if not answer.strip():
        raise NotPossible(_("Bitte schreiben Sie eine Antwort."))
    remark.answer, remark.answered_by, remark.answered_at = answer.strip(), by.name, at
    remark.save(update_fields=["answer", "answered_by", "answered_at"])
    record(procedure, "status_remark.answer", by=by, at=at, remark=remark.pk)
    return remark


@transaction.atomic
def judge_goal(*, goal: Goal, achievement: str, text: str, by: Actor, at: datetime) -> GoalJudgement:
    """Whether a goal is reached: never computed from its measures, always with a reason."""
    procedure = goal.agreement.procedure
    permit(by, "goal.judge", procedure)
    if not text.strip():
        raise NotPossible(_("Bitte begründen Sie, woran Sie das sehen."))
    judgement = GoalJudgement.objects.create(
        goal=goal, achievement=achievement, text=text.strip(), by_name=by.name, at=at
    )
    record(procedure, "goal.judge", by=by, at=at, goal=goal.pk, achievement=achievement)
    return judgement
