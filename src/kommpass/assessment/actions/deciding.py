"""The decision of the board, taken now and announced later."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.assessment import queries
from kommpass.assessment.actions.reviewing import first_seat
from kommpass.assessment.models import Condition, Release, ReviewCase, ReviewDecision
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.domain.rubrics import CONDITIONS, GRANT

OUTCOMES = {GRANT: ReviewDecision.Outcome.GRANT, CONDITIONS: ReviewDecision.Outcome.CONDITIONS}


@transaction.atomic
def decide(*, case: ReviewCase, decided_on: date, text: str, by: Actor, at: datetime) -> ReviewDecision:
    """Decide as the standing opinion proposes, once its facts are checked or the time for that is over.

    Who wants to decide otherwise writes another opinion first. Nobody outside of the board learns of it yet.
    """
    permit(by, "review.decide", case.procedure)
    first_seat(case, by)
    queries.locked(case)
    opinion = queries.standing_opinion(case)
    if reason := queries.undecidable(opinion, timezone.localdate(at)):
        raise NotPossible(reason)
    if decided_on > timezone.localdate(at):
        raise NotPossible(_("Eine Entscheidung kann nicht in der Zukunft liegen."))
    if decided_on < timezone.localdate(opinion.at):
        raise NotPossible(_("Die Entscheidung kann nicht vor dem Gutachten liegen."))
    last = queries.standing_decision(case)
    decision = ReviewDecision.objects.create(
        case=case,
        number=last.number + 1 if last else 1,
        opinion=opinion,
        outcome=OUTCOMES.get(opinion.verdict, ReviewDecision.Outcome.RETURN),
        text=text,
        decided_on=decided_on,
        members=sorted(each.reviewer.name for each in queries.first_seats(case)),
        by_id=by.id,
        by_name=by.name,
        at=at,
    )
    for number, each in enumerate(opinion.conditions, start=1):
        Condition.objects.create(
            decision=decision,
            number=number,
            text=each["text"],
            due_on=date.fromisoformat(each["due_on"]),
            blocking=each["blocking"],
        )
    record(case.procedure, "review.decide", by=by, at=at, submission=case.submission.number, decision=decision.number)
    return decision


@transaction.atomic
def release_decision(
    *, decision: ReviewDecision, objection_until: date | None = None, by: Actor, at: datetime
) -> Release:
    """Announce a decision to the town. From now on it may object, and a certificate may be issued."""
    permit(by, "decision.release", decision.case.procedure)
    queries.locked(decision.case)
    if Release.objects.filter(decision=decision).exists():
        raise NotPossible(_("Diese Entscheidung ist schon bekanntgegeben."))
    if decision != queries.standing_decision(decision.case):
        raise NotPossible(_("Es gibt eine neuere Entscheidung zu diesem Fall."))
    until = objection_until or timezone.localdate(at) + timedelta(days=queries.OBJECTION_DAYS)
    if until < timezone.localdate(at):
        raise NotPossible(_("Die Frist für einen Widerspruch ist schon vorbei."))
    release = Release.objects.create(decision=decision, objection_until=until, by_name=by.name, at=at)
    record(
        decision.case.procedure,
        "decision.release",
        by=by,
        at=at,
        submission=decision.case.submission.number,
        outcome=decision.outcome,
        objection_until=until,
    )
    return release
