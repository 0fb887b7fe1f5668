"""Judging alone, then together; and the town's look at the facts."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.assessment import queries
from kommpass.assessment.actions.submitting import refuse_incomplete
from kommpass.assessment.models import Consensus, FactualAnswer, Review, ReviewCase, ReviewDraft, Seat
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.domain.rubrics import CONDITIONS, settled


def own_seat(case: ReviewCase, by: Actor) -> Seat:
    """The seat of whoever acts; without one, or recused, nobody judges."""
    seat = queries.seat_of(case, by)
    if seat is None:
        raise NotAllowed(_("Sie haben in diesem Fall keinen Sitz."))
    return seat


def first_seat(case: ReviewCase, by: Actor) -> Seat:
    """The seat of somebody who judges from the beginning; those who answer an objection judge nothing else."""
    seat = own_seat(case, by)
    if seat.second:
        raise NotAllowed(_("Ihr Sitz ist für einen Widerspruch: Sie urteilen nur über ihn."))
    return seat


@transaction.atomic
def save_review_draft(
    *, case: ReviewCase, judgements: Mapping, verdict: str = "", text: str = "", by: Actor, at: datetime
) -> ReviewDraft:
    """Keep what is written so far. It may be incomplete, and nobody else reads it."""
    permit(by, "review.write", case.procedure)
    queries.locked(case)
    seat = first_seat(case, by)
    _refuse_handed_in(seat)
    draft, _new = ReviewDraft.objects.update_or_create(
        seat=seat,
        defaults={
            "judgements": settled(case.procedure.scheme.rubric, judgements),
            "verdict": verdict,
            "text": text,
            "saved_at": at,
        },
    )
    record(case.procedure, "review.write", by=by, at=at, submission=case.submission.number, draft=True)
    return draft


@transaction.atomic
def hand_in_review(
    *, case: ReviewCase, judgements: Mapping, verdict: str, text: str = "", by: Actor, at: datetime
) -> Review:
    """Hand in the own judgement. It is sealed; the others read it when all have handed in."""
    permit(by, "review.write", case.procedure)
    queries.locked(case)
    seat = first_seat(case, by)
    _refuse_handed_in(seat)
    refuse_incomplete(case.procedure, judgements, verdict)
    review = Review.objects.create(
        seat=seat, judgements=settled(case.procedure.scheme.rubric, judgements), verdict=verdict, text=text, at=at
    )
    ReviewDraft.objects.filter(seat=seat).delete()
    record(case.procedure, "review.write", by=by, at=at, submission=case.submission.number)
    return review


def _refuse_handed_in(seat: Seat) -> None:
    if Review.objects.filter(seat=seat).exists():
        raise NotPossible(_("Sie haben Ihr Votum schon abgegeben. Es lässt sich nicht mehr ändern."))


@transaction.atomic
def write_opinion(
    *,
    case: ReviewCase,
    judgements: Mapping,
    verdict: str,
    text: str,
    conditions: Sequence[Mapping] = (),
    answer_by: date,
    by: Actor,
    at: datetime,
) -> Consensus:
    """Write down what the board agrees on. The town checks its facts; a new opinion replaces the one before.

    `conditions` are mappings with text, due_on (date) and blocking.
    """
    permit(by, "opinion.write", case.procedure)
    queries.locked(case)
    first_seat(case, by)
    if not queries.all_handed_in(case):
        raise NotPossible(_("Das Gutachten entsteht erst, wenn alle Mitglieder ihr Votum abgegeben haben."))
    if not queries.rewritable(queries.standing_decision(case)):
        raise NotPossible(_("Über diesen Fall ist schon entschieden."))
    refuse_incomplete(case.procedure, judgements, verdict)
    _refuse_wrong_conditions(verdict, conditions, timezone.localdate(at))
    if answer_by < timezone.localdate(at):
        raise NotPossible(_("Der Tag, bis zu dem die Kommune antworten kann, ist schon vorbei."))
    last = queries.standing_opinion(case)
    opinion = Consensus.objects.create(
        case=case,
        number=last.number + 1 if last else 1,
        judgements=settled(case.procedure.scheme.rubric, judgements),
        verdict=verdict,
        text=text,
        conditions=[
            {"text": each["text"], "due_on": each["due_on"].isoformat(), "blocking": bool(each.get("blocking"))}
            for each in conditions
        ],
        answer_by=answer_by,
        by_id=by.id,
        by_name=by.name,
        at=at,
    )
    record(case.procedure, "opinion.write", by=by, at=at, submission=case.submission.number, opinion=opinion.number)
    return opinion


def _refuse_wrong_conditions(verdict: str, conditions: Sequence[Mapping], today: date) -> None:
    if verdict == CONDITIONS and not conditions:
        raise NotPossible(_("Bitte nennen Sie die Auflagen, jede mit ihrer Frist."))
    if verdict != CONDITIONS and conditions:
        raise NotPossible(_("Auflagen gehören zu der Empfehlung mit Auflagen."))
    if any(not each["text"].strip() for each in conditions):
        raise NotPossible(_("Eine Auflage hat keinen Text."))
    if any(each["due_on"] < today for each in conditions):
        raise NotPossible(_("Die Frist einer Auflage liegt in der Vergangenheit."))


@transaction.atomic
def answer_opinion(*, opinion: Consensus, corrections: str = "", by: Actor, at: datetime) -> FactualAnswer:
    """The town says whether the facts are right. It does not discuss the judgement here."""
    permit(by, "opinion.answer", opinion.case.procedure)
    queries.locked(opinion.case)
    if FactualAnswer.objects.filter(opinion=opinion).exists():
        raise NotPossible(_("Die Sachprüfung ist schon beantwortet."))
    if opinion.decisions.exists():
        # Whether the board has decided is not told before it is announced; it decides only after this time.
        raise NotPossible(_("Die Frist für die Sachprüfung ist abgelaufen."))
    answer = FactualAnswer.objects.create(opinion=opinion, corrections=corrections.strip(), by_name=by.name, at=at)
    record(
        opinion.case.procedure, "opinion.answer", by=by, at=at, opinion=opinion.number, corrections=bool(corrections)
    )
    return answer
