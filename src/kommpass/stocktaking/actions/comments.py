"""Comments on an answer: a note among coordination and auditor, or a question back to the respondents."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.audits.models import Procedure
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.stocktaking.models import Answer, AnswerComment


@transaction.atomic
def comment_answer(
    *, procedure: Procedure, question_key: str, text: str, asks: bool = False, by: Actor, at: datetime
) -> AnswerComment:
    """Write a comment. With `asks` the respondents see it as a question back."""
    permit(by, "answer.comment", procedure)
    if not text.strip():
        raise NotPossible(_("Bitte schreiben Sie Ihre Anmerkung."))
    procedure.scheme.question(question_key)
    answer, _created = Answer.objects.get_or_create(procedure=procedure, question_key=question_key)
    comment = AnswerComment.objects.create(answer=answer, text=text, asks=asks, written_at=at, written_by_name=by.name)
    record(procedure, "answer.comment", by=by, at=at, question=question_key, comment=comment.pk, text=text, asks=asks)
    return comment


@transaction.atomic
def resolve_comment(*, comment: AnswerComment, by: Actor, at: datetime) -> AnswerComment:
    """Mark a comment as dealt with. It stays readable."""
    procedure = comment.answer.procedure
    permit(by, "answer.comment", procedure)
    latest = AnswerComment.objects.select_for_update().get(pk=comment.pk)
    if latest.resolved_at:
        raise NotPossible(_("Diese Anmerkung ist schon erledigt."))
    comment.resolved_at, comment.resolved_by_name = at, by.name
    comment.save(update_fields=["resolved_at", "resolved_by_name"])
    record(
        procedure,
        "answer.comment",
        by=by,
        at=at,
        question=comment.answer.question_key,
        comment=comment.pk,
        resolved=True,
    )
    return comment
