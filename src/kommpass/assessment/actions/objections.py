"""A town may object to an announced decision; somebody who did not judge it before answers."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.assessment import queries
from kommpass.assessment.actions.reviewing import own_seat
from kommpass.assessment.models import Objection, ObjectionAnswer, ReviewDecision
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotAllowed, NotPossible


@transaction.atomic
def raise_objection(*, decision: ReviewDecision, text: str, by: Actor, at: datetime) -> Objection:
    """Object to a decision, within the time it names."""
    procedure = decision.case.procedure
    permit(by, "objection.raise", procedure)
    queries.locked(decision.case)
    latest = ReviewDecision.objects.get(pk=decision.pk)
    if reason := queries.unobjectable(latest, timezone.localdate(at)):
        raise NotPossible(reason)
    objection = Objection.objects.create(decision=decision, text=text, by_name=by.name, at=at)
    record(procedure, "objection.raise", by=by, at=at, submission=decision.case.submission.number)
    return objection


@transaction.atomic
def answer_objection(*, objection: Objection, upheld: bool, text: str, by: Actor, at: datetime) -> ObjectionAnswer:
    """Answer as a second member. If it is upheld, the board writes a new opinion and decides anew."""
    case = objection.decision.case
    permit(by, "objection.answer", case.procedure)
    queries.locked(case)
    seat = own_seat(case, by)
    if not seat.second:
        raise NotAllowed(_("Über einen Widerspruch entscheidet ein Mitglied, das den Fall vorher nicht beurteilt hat."))
    if ObjectionAnswer.objects.filter(objection=objection).exists():
        raise NotPossible(_("Über diesen Widerspruch ist schon entschieden."))
    answer = ObjectionAnswer.objects.create(
        objection=objection, upheld=upheld, text=text, by_id=by.id, by_name=by.name, at=at
    )
    record(case.procedure, "objection.answer", by=by, at=at, submission=case.submission.number, upheld=upheld)
    return answer
