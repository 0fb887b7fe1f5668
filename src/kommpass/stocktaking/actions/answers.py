"""Answering: many answers at once from a form, one alone, and those of the last round as a beginning."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.audits.models import Procedure
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.stocktaking.given import Given
from kommpass.stocktaking.models import Answer, QuestionBundle
from kommpass.stocktaking.queries import Entry, previous_answers

Kind = Answer.Kind


@dataclass(frozen=True)
class Said:
    """One answer of a form: what was given, and which state its page had shown (`seen`, a fingerprint).

    `holds` says that a prefilled or suggested answer holds as it is.
    """

    given: Given
    seen: str | None = None
    holds: bool = False


@dataclass
class Saved:
    """What became of a form: the answers that were written, and those that somebody else wrote meanwhile."""

    history: dict[str, dict] = field(default_factory=dict)
    conflicts: dict[str, Answer] = field(default_factory=dict)

    @property
    def changed(self) -> list[str]:
        return list(self.history)


@transaction.atomic
def save_answers(*, bundle: QuestionBundle, said: Mapping[str, Said], by: Actor, at: datetime) -> Saved:
    """Keep the answers of a bundle (question key -> what was said). Untouched ones are left alone.

    Two people may fill in the same bundle: what only one of them touched is kept, and where both wrote, the
    second is asked (`conflicts`) and nothing is overwritten.
    """
    permit(by, "bundle.answer", bundle.procedure)
    bundle.state = QuestionBundle.objects.select_for_update().get(pk=bundle.pk).state
    if not bundle.writable_by(by):
        raise NotPossible(
            _(
                "Dieses Fragenpaket wurde schon abgegeben. "
                "Wenn Sie etwas ändern möchten, wenden Sie sich bitte an die Koordination."
            )
        )
    saved = _save(bundle.answers.select_for_update().filter(question_key__in=said), said, by, at)
    if saved.changed:
        record(bundle.procedure, "bundle.answer", by=by, at=at, bundle=bundle.pk, answers=saved.history)
    return saved


@transaction.atomic
def answer_question(*, procedure: Procedure, question_key: str, said: Said, by: Actor, at: datetime) -> Saved:
    """The coordination answers one question herself, whether or not it lies in a bundle."""
    permit(by, "bundle.create", procedure)
    procedure.scheme.question(question_key)
    Answer.objects.get_or_create(procedure=procedure, question_key=question_key)
    rows = Answer.objects.select_for_update().filter(procedure=procedure, question_key=question_key)
    if Answer.objects.filter(
        procedure=procedure, question_key=question_key, bundle__state=QuestionBundle.State.CLOSED
    ).exists():
        raise NotPossible(
            _(
                "Das Fragenpaket dieser Frage ist abgeschlossen. "
                "Geben Sie es zurück, wenn die Antwort noch zu ändern ist."
            )
        )
    saved = _save(rows, {question_key: said}, by, at)
    if saved.changed:
        record(procedure, "bundle.answer", by=by, at=at, answers=saved.history)
    return saved


def _save(rows: Iterable[Answer], said: Mapping[str, Said], by: Actor, at: datetime) -> Saved:
    saved, written = Saved(), []
    for row in rows:
        new, old = said[row.question_key], Given.of(row)
        touched = new.seen is None or new.given.fingerprint != new.seen
        if touched and new.given != old and new.seen not in (None, old.fingerprint):
            saved.conflicts[row.question_key] = row
        elif (touched and new.given != old) or (new.holds and not row.confirmed and new.given == old):
            saved.history[row.question_key] = _difference(old, new.given)
            written.append(_filled(row, new.given, by, at))
    names = [*Given.__dataclass_fields__, "confirmed", "answered_at", "answered_by_name", "edition"]
    Answer.objects.bulk_update(written, names, batch_size=200)
    return saved


def _filled(row: Answer, given: Given, by: Actor, at: datetime) -> Answer:
    for name, value in given.as_dict.items():
        setattr(row, name, value)
    row.confirmed, row.answered_at, row.answered_by_name = True, at, by.name
    row.edition += 1
    return row


def _difference(old: Given, new: Given) -> dict:
    """What the journal keeps of a change: only what differs, old and new."""
    before, after = old.as_dict, new.as_dict
    return {name: {"old": before[name], "new": after[name]} for name in after if before[name] != after[name]}


@transaction.atomic
def prefill_answers(*, procedure: Procedure, by: Actor, at: datetime) -> list[str]:
    """Begin with the answers of the last round: unconfirmed, with what was said then beside them.

    What was already answered in this round stays; only the comparison is added. Comments and the mark
    "Handlungsbedarf" are not taken over: those are to be judged anew.
    """
    permit(by, "answer.prefill", procedure)
    before = previous_answers(procedure)
    if not before:
        raise NotPossible(_("Es gibt keinen früheren Durchgang, aus dem sich Antworten übernehmen lassen."))
    asked = {question.key: question for question in procedure.scheme.questions}
    rows = {row.question_key: row for row in Answer.objects.select_for_update().filter(procedure=procedure)}
    taken, new, old = [], [], []
    for entry in before:
        if entry.key not in asked:
            continue
        row = rows.get(entry.key) or Answer(procedure=procedure, question_key=entry.key)
        (old if row.pk else new).append(row)
        row.previous = _remembered(entry)
        untouched = row.kind == Kind.OPEN or not row.confirmed
        if untouched and _fits(entry, procedure):
            answer = entry.answer
            row.kind, row.value, row.reason = answer.kind, answer.value, answer.reason
            row.provided_by, row.sources, row.confirmed = answer.provided_by, answer.sources, False
            taken.append(entry.key)
    Answer.objects.bulk_create(new)
    Answer.objects.bulk_update(
        old, ["previous", "kind", "value", "reason", "provided_by", "sources", "confirmed"], batch_size=200
    )
    record(procedure, "answer.prefill", by=by, at=at, predecessor=procedure.predecessor_id, questions=taken)
    return taken


def _fits(entry: Entry, procedure: Procedure) -> bool:
    """Whether an old value can still be an answer: the kind of answer may have changed with the scheme."""
    if entry.answer.kind != Kind.VALUE:
        return True
    now, then = procedure.scheme.question(entry.key), entry.question
    options = {option.key for option in procedure.scheme.options_of(now)}
    return now.answer == then.answer and now.unit == then.unit and (not options or entry.answer.value in options)


def _remembered(entry: Entry) -> dict:
    """The last round's answer as it stood there, with the question as it was worded then."""
    procedure, answer = entry.answer.procedure, entry.answer
    return {
        "round": procedure.round,
        "year": localdate(answer.answered_at or procedure.started_at).year,
        "scheme_version": procedure.scheme_version,
        "question": str(entry.question.text),
        "shown": entry.shown,
        "sources": answer.sources,
        "comment": answer.comment,
        "action_needed": answer.action_needed,
        **{name: getattr(answer, name) for name in ("kind", "value", "reason", "provided_by")},
    }
