"""The balance of a round: every goal with what was said of it, and what is still to be decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kommpass.agreement.models import Goal, Indicator, Measure
from kommpass.agreement.queries import agreement_of, goals
from kommpass.audits.models import Procedure
from kommpass.balancing.models import Balance, GoalBalance, SealedBalance
from kommpass.domain.gates import Requirement
from kommpass.domain.progress import ENDED, MeasureState, Tally
from kommpass.domain.targets import describe, from_json
from kommpass.implementation import queries as implementation
from kommpass.implementation.models import GoalJudgement
from kommpass.implementation.queries import MeasureStanding, tally_of


def balance_of(procedure: Procedure) -> Balance | None:
    return Balance.objects.filter(procedure=procedure).select_related("sealed").first()


def sealed_balance(procedure: Procedure) -> SealedBalance | None:
    return SealedBalance.objects.filter(balance__procedure=procedure).first()


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator with the newest value: what was to be reached, and where it stands."""

    name: str
    target: str
    value: str
    unit: str
    as_of: str


@dataclass(frozen=True)
class GoalLine:
    """A goal at the end of its round: measures counted, the newest judgement, values, and what becomes of it."""

    goal: Goal
    counted: Tally
    judgement: GoalJudgement | None
    balance: GoalBalance | None
    rows: tuple[MeasureStanding, ...]
    indicators: tuple[IndicatorLine, ...] = ()


def goal_lines(procedure: Procedure, today: date) -> list[GoalLine]:
    """All goals in the order of the document. A constant number of queries."""
    agreement = agreement_of(procedure)
    if agreement is None:
        return []
    agreement.procedure = procedure
    rows = implementation.standings(agreement, today)
    of_goal: dict[int, list[MeasureStanding]] = {}
    for each in rows:
        of_goal.setdefault(each.measure.goal_id, []).append(each)
    judged = implementation.judgements(agreement)
    decided = {each.goal_id: each for each in GoalBalance.objects.filter(goal__agreement=agreement)}
    indicators = _indicators(rows)
    return [
        GoalLine(
            goal,
            tally_of(of_goal.get(goal.pk, [])),
            judged.get(goal.pk),
            decided.get(goal.pk),
            tuple(of_goal.get(goal.pk, [])),
            tuple(line for each in of_goal.get(goal.pk, []) for line in indicators.get(_source(each.measure), [])),
        )
        for goal in goals(agreement)
    ]


def _source(measure: Measure) -> int:
    """Where a measure is reported on: a shared one where it was first agreed."""
    return measure.shared_from_id or measure.pk


def _indicators(rows: Iterable[MeasureStanding]) -> dict[int, list[IndicatorLine]]:
    """The indicators of these measures that have a value, each with the newest one, by measure. Two queries."""
    keys = {_source(each.measure) for each in rows}
    values = implementation.readings(keys)
    found: dict[int, list[IndicatorLine]] = {}
    for each in Indicator.objects.filter(measure__in=keys).order_by("position", "pk"):
        if known := values.get(each.pk):
            newest = known[-1]
            value = str(newest)
            unit = each.unit or ("%" if each.target["kind"] == "percentage" and not newest.words else "")
            line = IndicatorLine(each.name, describe(from_json(each.target)), value, unit, newest.as_of)
            found.setdefault(each.measure_id, []).append(line)
    return found


def requirements(procedure: Procedure, today: date) -> list[Requirement]:
    """What closing the balance needs: a decision with a reason for every goal."""
    return requirements_of(goal_lines(procedure, today))


def requirements_of(lines: list[GoalLine]) -> list[Requirement]:
    """The same for lines that are there already."""
    return [
        Requirement(
            _("Ziele, zu denen entschieden ist, wie es weitergeht"),
            sum(each.balance is not None for each in lines),
            max(1, len(lines)),
            "balancing",
        ),
        Requirement(
            _("Ziele mit einem Urteil, ob sie erreicht sind"),
            sum(each.judgement is not None for each in lines),
            max(1, len(lines)),
            "implementation",
            binding=False,
        ),
    ]


def undecided(procedure: Procedure) -> int:
    """How many goals of a balance that is not closed still wait for a decision; 0 before it was begun."""
    balance = balance_of(procedure)
    if balance is None or hasattr(balance, "sealed"):
        return 0
    return Goal.objects.filter(agreement__procedure=procedure, balance=None).count()


def continued(procedure: Procedure) -> QuerySet[Goal]:
    """The goals of a round that go on in the next one."""
    return Goal.objects.filter(agreement__procedure=procedure, balance__verdict=GoalBalance.Verdict.CONTINUE).order_by(
        "field__number", "position", "pk"
    )


def open_measures(goal_keys: list[int], procedure: Procedure) -> list[Measure]:
    """The measures of these goals that are not over: what is done or was given up is not done again."""
    words = implementation.newest(procedure.agreement)
    found = Measure.objects.filter(goal__in=goal_keys, dropped=False).select_related("goal", "responsible", "post")
    over = {key for key, word in words.items() if MeasureState(word.state) in ENDED}
    return [each for each in found.order_by("goal", "position", "pk") if _source(each) not in over]


def counts(procedure: Procedure) -> dict[str, int]:
    """The facts of this room."""
    return {
        "goals_balanced": GoalBalance.objects.filter(goal__agreement__procedure=procedure).count(),
        "balances": SealedBalance.objects.filter(balance__procedure=procedure).count(),
    }
