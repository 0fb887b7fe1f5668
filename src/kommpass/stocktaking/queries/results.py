"""The result of a scored scheme: points per field, the share needed in this size class, reached or not."""

from dataclasses import dataclass
from decimal import Decimal

from kommpass.audits.models import Procedure
from kommpass.domain.scoring import Score, SizeClass, radar, score
from kommpass.stocktaking.given import in_our_words
from kommpass.stocktaking.models import Answer
from kommpass.stocktaking.queries.answers import confirmed_values


@dataclass(frozen=True)
class FieldResult:
    """A field of the scheme with its points. Without a maximum the town can do nothing there."""

    title: str
    score: Score


@dataclass(frozen=True)
class Result:
    """All fields, the sum, and the size class whose minimum share is asked for."""

    fields: tuple[FieldResult, ...]
    total: Score
    size_class: SizeClass
    size_class_title: str
    outside: int
    open: int

    @property
    def missing(self) -> Decimal:
        return self.total.missing


def result(procedure: Procedure) -> Result | None:
    """The result of a scored scheme; None for a scheme that does not count points. Two queries."""
    scheme, scoring = procedure.scheme, procedure.scheme.scoring
    if scoring is None:
        return None
    answers = confirmed_values(procedure)
    outside = set(
        Answer.objects.filter(procedure=procedure, kind=Answer.Kind.OUTSIDE, confirmed=True).values_list(
            "question_key", flat=True
        )
    )
    size_class = scoring.size_class(population=procedure.municipality.population)
    minimum = size_class.minimum_percent
    spokes = radar(
        scoring,
        [each.key for each in scheme.fields],
        scheme.questions,
        answers,
        minimum_percent=minimum,
        outside=outside,
    )
    return Result(
        fields=tuple(FieldResult(in_our_words(scheme.field(each.field).title), each.score) for each in spokes),
        total=score(scoring, scheme.questions, answers, minimum_percent=minimum, outside=outside),
        size_class=size_class,
        size_class_title=str(size_class.title),
        outside=len(outside),
        open=sum(1 for each in scheme.questions if each.key not in answers and each.key not in outside),
    )
