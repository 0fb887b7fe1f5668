"""Dates that are expected later than adopted: to be proposed as a change."""

from collections.abc import Iterable
from dataclasses import dataclass

from kommpass.agreement.models import Amendment, Measure
from kommpass.audits.models import Procedure
from kommpass.implementation.models import SelfAssessment
from kommpass.implementation.queries.standings import MeasureStanding


@dataclass(frozen=True)
class LateDate:
    """A measure whose owner expects a later date than was adopted: to be proposed as a change."""

    measure: Measure
    expected: str
    assessment: SelfAssessment


def late_dates(rows: Iterable[MeasureStanding]) -> list[LateDate]:
    return [LateDate(each.measure, each.later, each.assessment) for each in rows if each.later and each.measure.due]


def proposed_shifts(procedure: Procedure) -> set[int]:
    """The measures (their keys) for which another date is proposed and not decided on."""
    waiting = Amendment.objects.filter(
        base__agreement__procedure=procedure, kind=Amendment.Kind.DEADLINE_SHIFT, state=Amendment.State.PROPOSED
    )
    return set(waiting.values_list("measure", flat=True))
