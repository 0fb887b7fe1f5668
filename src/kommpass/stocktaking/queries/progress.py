"""How far the stocktaking is: counted per question, summed up per field, per bundle and as facts of the cockpit."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from kommpass.audits.models import FieldOfAction, Procedure
from kommpass.stocktaking.models import Answer, AnswerComment, FieldAnalysis, Finding, QuestionBundle

Kind = Answer.Kind


@dataclass(frozen=True)
class Tally:
    """How many questions stand how. `unconfirmed` is prefilled or suggested and counts as open."""

    total: int = 0
    answered: int = 0
    unknown: int = 0
    not_applicable: int = 0
    outside: int = 0
    unconfirmed: int = 0

    @property
    def done(self) -> int:
        return self.answered + self.unknown + self.not_applicable + self.outside

    @property
    def open(self) -> int:
        return self.total - self.done

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means that nothing is open."""
        return 100 * self.done // self.total if self.total else 0


def tally(rows: Iterable[tuple[str, bool]], total: int | None = None) -> Tally:
    """Count (kind, confirmed) pairs. `total` may be more than there are rows: the rest is open."""
    kinds = list(rows)
    done = [kind for kind, confirmed in kinds if confirmed]
    return Tally(
        total=len(kinds) if total is None else total,
        answered=done.count(Kind.VALUE),
        unknown=done.count(Kind.UNKNOWN),
        not_applicable=done.count(Kind.NOT_APPLICABLE),
        outside=done.count(Kind.OUTSIDE),
        unconfirmed=sum(1 for kind, confirmed in kinds if not confirmed and kind != Kind.OPEN),
    )


def in_total(fields: "Iterable[FieldProgress]") -> Tally:
    """All fields as one."""
    tallies = [each.tally for each in fields]
    return Tally(*(sum(getattr(each, name) for each in tallies) for name in Tally.__dataclass_fields__))


@dataclass(frozen=True)
class FieldProgress:
    """One field of action: its questions, how many lie in a bundle, its findings and its analysis."""

    field: FieldOfAction
    tally: Tally
    delegated: int
    strengths: int
    needs: int
    analysis: FieldAnalysis | None


def field_of(fields: Iterable[FieldOfAction], scheme_field: str) -> FieldOfAction | None:
    """The town's field that covers a field of the scheme."""
    return next((each for each in fields if scheme_field in each.covers), None)


def progress(procedure: Procedure) -> list[FieldProgress]:
    """All fields of action in four queries."""
    rows = {
        key: (kind, confirmed, bundle)
        for key, kind, confirmed, bundle in procedure.answers.values_list("question_key", "kind", "confirmed", "bundle")
    }
    found = {
        (field, kind): number
        for field, kind, number in Finding.objects.filter(procedure=procedure)
        .order_by()
        .values_list("field", "kind")
        .annotate(number=Count("pk"))
    }
    analyses = {each.field_id: each for each in FieldAnalysis.objects.filter(procedure=procedure)}
    result = []
    for field in procedure.fields.all():
        keys = [each.key for each in procedure.scheme.questions if each.field in field.covers]
        given = [rows[key] for key in keys if key in rows]
        result.append(
            FieldProgress(
                field=field,
                tally=tally(((kind, confirmed) for kind, confirmed, _bundle in given), total=len(keys)),
                delegated=sum(1 for _kind, _confirmed, bundle in given if bundle),
                strengths=found.get((field.pk, Finding.Kind.STRENGTH), 0),
                needs=found.get((field.pk, Finding.Kind.NEED), 0),
                analysis=analyses.get(field.pk),
            )
        )
    return result


def bundle_tallies(bundles: Iterable[QuestionBundle]) -> dict[int, Tally]:
    """The tally of each of these bundles, in one query."""
    keys = [each.pk for each in bundles]
    rows: dict[int, list[tuple[str, bool]]] = {key: [] for key in keys}
    for bundle, kind, confirmed in Answer.objects.filter(bundle__in=keys).values_list("bundle", "kind", "confirmed"):
        rows[bundle].append((kind, confirmed))
    return {key: tally(kinds) for key, kinds in rows.items()}


def questions_back(bundles: Iterable[QuestionBundle]) -> dict[int, int]:
    """How many open questions back (Rückfragen) each of these bundles has, in one query."""
    return dict(
        AnswerComment.objects.filter(asks=True, resolved_at=None, answer__bundle__in=[each.pk for each in bundles])
        .order_by()
        .values_list("answer__bundle")
        .annotate(Count("pk"))
    )


def counts(procedure: Procedure) -> dict[str, int]:
    """The facts of this room that gates and cockpit ask for."""
    keys = {each.key for each in procedure.scheme.questions}
    answered = procedure.answers.filter(confirmed=True).exclude(kind=Kind.OPEN).values_list("question_key", flat=True)
    states = list(procedure.bundles.order_by().values_list("state", flat=True))
    return {
        "bundles": len(states),
        "bundles_closed": states.count(QuestionBundle.State.CLOSED),
        "questions": len(keys),
        "questions_answered": len(keys & set(answered)),
        "analyses": procedure.analyses.filter(accepted_at__isnull=False).count(),
        "fields": procedure.fields.count(),
    }
