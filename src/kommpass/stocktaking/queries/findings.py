"""Strengths and needs of each field, and the answers from which one could be made."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from kommpass.audits.models import FieldOfAction, Procedure
from kommpass.domain.permissions import Actor
from kommpass.stocktaking.models import Answer, FieldAnalysis, Finding
from kommpass.stocktaking.queries.answers import Entry
from kommpass.stocktaking.queries.bundles import sees_all


@dataclass(frozen=True)
class Candidate:
    """An answer that suggests a finding: a need where action is needed, a strength where the answer is yes."""

    entry: Entry
    kind: str

    @property
    def label(self) -> str:
        return Finding.Kind(self.kind).label


def findings(actor: Actor, procedure: Procedure) -> QuerySet[Finding]:
    """The findings this actor may read: coordination and auditor write them."""
    rows = Finding.objects.filter(procedure=procedure).select_related("field")
    return rows if sees_all(actor) else rows.none()


def analyses(actor: Actor, procedure: Procedure) -> QuerySet[FieldOfAction]:
    """The fields whose analysis this actor may read."""
    return procedure.fields.all() if sees_all(actor) else procedure.fields.none()


def analysis_of(field: FieldOfAction) -> FieldAnalysis:
    """The analysis of a field; one that is not stored yet if nobody has begun."""
    found = FieldAnalysis.objects.filter(field=field).first()
    return found or FieldAnalysis(procedure=field.procedure, field=field)


def candidates(entries: Iterable[Entry], written: Iterable[Finding]) -> list[Candidate]:
    """Confirmed answers that suggest a finding and are named in none yet. No query."""
    named = {(each.kind, key) for each in written for key in each.question_keys}
    found = []
    for entry in entries:
        kind = suggests(entry)
        if kind and (kind, entry.key) not in named:
            found.append(Candidate(entry, kind))
    return found


def first_draft(entry: Entry) -> str:
    """The first wording of a finding that is made out of an answer. It is there to be edited."""
    draft = f"{entry.text} {entry.shown}"
    return f"{draft}\n{entry.answer.comment}" if entry.answer.comment else draft


def suggests(entry: Entry) -> str:
    """ "need", "strength" or nothing. A high class (Hoher Standard) is not asked for: any plain yes is a strength."""
    answer = entry.answer
    if not answer.done:
        return ""
    if answer.action_needed:
        return Finding.Kind.NEED
    if answer.kind == Answer.Kind.VALUE and entry.question.answer in ("yesno", "yes_partly_no"):
        return {"yes": Finding.Kind.STRENGTH, "no": Finding.Kind.NEED}.get(answer.value, "")
    return ""
