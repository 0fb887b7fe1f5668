"""Answers beside their questions: what a form, a field page and an export draw."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, QuerySet

from kommpass.audits.catalogue import scheme_of
from kommpass.audits.models import FieldOfAction, Procedure
from kommpass.domain.permissions import Actor
from kommpass.domain.schemes import Option, Question, Scheme
from kommpass.domain.worddiff import word_diff
from kommpass.stocktaking.given import Given, in_our_words, shown
from kommpass.stocktaking.models import Answer, AnswerComment, QuestionBundle
from kommpass.stocktaking.queries.bundles import sees_all

Kind = Answer.Kind


@dataclass
class Entry:
    """One question with its answer, as a page shows it. `answer` may be a row that is not stored yet."""

    question: Question
    answer: Answer
    scheme: Scheme

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def anchor(self) -> str:
        return f"frage-{self.question.key.replace('.', '-')}"

    @property
    def text(self) -> str:
        return in_our_words(self.question.text)

    @property
    def help(self) -> str:
        return in_our_words(self.question.help)

    @property
    def evidence(self) -> str:
        return in_our_words(self.question.evidence)

    @property
    def target_groups(self) -> list[str]:
        return [in_our_words(self.scheme.target_group(key).title) for key in self.question.target_groups]

    @cached_property
    def options(self) -> tuple[Option, ...]:
        return self.scheme.options_of(self.question)

    @property
    def shown(self) -> str:
        return shown(self.question, self.scheme, Given.of(self.answer))

    @property
    def previous(self) -> dict:
        return self.answer.previous

    @cached_property
    def _before(self) -> tuple[str, str]:
        """Question and answer of the last round in the language of the page, as far as its scheme is still known."""
        then = self.previous
        try:
            scheme = scheme_of(self.scheme.key, then["scheme_version"])
            question = scheme.question(self.key)
        except KeyError:
            return then.get("question", ""), then.get("shown", "")
        given = Given(then["kind"], then["value"], then["reason"], then["provided_by"])
        return in_our_words(question.text), shown(question, scheme, given)

    @property
    def previous_shown(self) -> str:
        return self._before[1]

    @property
    def changed(self) -> list[tuple[str, str]]:
        """Word by word what is different from the last round; empty if nothing is, or nothing was said yet."""
        return [] if self.answer.kind == Kind.OPEN else difference(self.previous_shown, self.shown)

    @property
    def reworded(self) -> list[tuple[str, str]]:
        """Word by word how the question itself was reworded since the last round."""
        return difference(self._before[0], self.text)

    @property
    def open_questions_back(self) -> list[AnswerComment]:
        return [each for each in self.comments if each.asks and not each.resolved_at]

    @cached_property
    def comments(self) -> list[AnswerComment]:
        return list(self.answer.comments.all()) if self.answer.pk else []


def difference(before: str, now: str) -> list[tuple[str, str]]:
    """Word by word what became of a text, as pairs that c-diff draws; empty if there is nothing to compare."""
    if not before or before == now:
        return []
    return [(piece.kind, piece.text) for piece in word_diff(before, now)]


def answers(actor: Actor, procedure: Procedure) -> QuerySet[Answer]:
    """The answers this actor may read: all of them, or those in the bundles of their organisations."""
    rows = Answer.objects.filter(procedure=procedure)
    if not sees_all(actor):
        rows = rows.filter(bundle__organisation__in=actor.organisations)
    return rows.select_related("bundle__organisation").prefetch_related(
        Prefetch("comments", queryset=AnswerComment.objects.order_by("written_at", "pk"))
    )


def entries(procedure: Procedure, questions: Iterable[Question], rows: Iterable[Answer]) -> list[Entry]:
    """Questions with their answers; a question without a row gets an empty one that is not stored."""
    by_key = {row.question_key: row for row in rows}
    return [
        Entry(
            question,
            by_key.get(question.key) or Answer(procedure=procedure, question_key=question.key),
            procedure.scheme,
        )
        for question in questions
    ]


def entries_of_bundle(bundle: QuestionBundle) -> list[Entry]:
    """The questions of a bundle in the scheme's order, with answers and comments: two queries however many."""
    rows = list(bundle.answers.prefetch_related(Prefetch("comments", queryset=AnswerComment.objects.order_by("pk"))))
    keys = {row.question_key for row in rows}
    return entries(bundle.procedure, [each for each in bundle.procedure.scheme.questions if each.key in keys], rows)


def entries_of_field(actor: Actor, field: FieldOfAction) -> list[Entry]:
    procedure = field.procedure
    questions = [each for each in procedure.scheme.questions if each.field in field.covers]
    rows = answers(actor, procedure).filter(question_key__in=[each.key for each in questions])
    return entries(procedure, questions, rows)


def answer_to(actor: Actor, procedure: Procedure, key: str) -> Entry | None:
    """One question with its answer, or None if the scheme has no such question."""
    question = next((each for each in procedure.scheme.questions if each.key == key), None)
    if question is None:
        return None
    return entries(procedure, [question], answers(actor, procedure).filter(question_key=key))[0]


def confirmed_values(procedure: Procedure) -> dict[str, str]:
    rows = Answer.objects.filter(procedure=procedure, kind=Kind.VALUE, confirmed=True)
    return dict(rows.values_list("question_key", "value"))


def previous_answers(procedure: Procedure) -> list[Entry]:
    """What the last round said, for every question that was answered then. Empty without a predecessor."""
    before = procedure.predecessor
    if before is None or before.scheme_key != procedure.scheme_key:
        return []
    rows = {
        row.question_key: row for row in Answer.objects.filter(procedure=before, confirmed=True).exclude(kind=Kind.OPEN)
    }
    return [
        Entry(question, rows[question.key], before.scheme)
        for question in before.scheme.questions
        if question.key in rows
    ]


def prefilled(procedure: Procedure) -> bool:
    """Whether the answers of the last round were already taken over. Costs nothing in a first round."""
    return bool(procedure.predecessor_id) and procedure.answers.exclude(previous={}).exists()
