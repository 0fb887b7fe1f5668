"""The balance of a round: every goal with what was said of it, and what is still to be decided."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kommpass.agreement.models import Goal, Measure
from kommpass.agreement.queries import agreement_of, goals
from kommpass.audits.models import Procedure
from kommpass.balancing.models import Balance, GoalBalance, SealedBalance
from kommpass.domain.gates import Requirement
from kommpass.domain.progress import ENDED, MeasureState, Tally
from kommpass.implementation import queries as implementation
from kommpass.implementation.models import GoalJudgement
from kommpass.implementation.queries import MeasureStanding, tally_of


def balance_of(procedure: Procedure) -> Balance | None:
    return Balance.objects.filter(procedure=procedure).select_related("sealed").first()


def sealed_balance(procedure: Procedure) -> SealedBalance | None:
    return SealedBalance.objects.filter(balance__procedure=procedure).first()


@dataclass(frozen=True)
class GoalLine:
    """A goal at the end of its round: measures counted, the newest judgement, and what becomes of it."""

    goal: Goal
    counted: Tally
    judgement: GoalJudgement | None
    balance: GoalBalance | None
    rows: tuple[MeasureStanding, ...]


def goal_lines(procedure: Procedure, today) -> list[GoalLine]:
    """All goals in the order of the document. A constant number of queries."""
    agreement = agreement_of(procedure)
    if agreement is None:
        return []
    rows = implementation.standings(agreement, today)
    of_goal: dict[int, list[MeasureStanding]] = {}
    for each in rows:
        of_goal.setdefault(each.measure.goal_id, []).append(each)
    judged = implementation.judgements(agreement)
    decided = {each.goal_id: each for each in GoalBalance.objects.filter(goal__agreement=agreement)}
    return [
        GoalLine(
            goal,
            tally_of(of_goal.get(goal.pk, [])),
            judged.get(goal.pk),
            decided.get(goal.pk),
            tuple(of_goal.get(goal.pk, [])),
        )
        for goal in goals(agreement)
    ]


def requirements(procedure: Procedure, today) -> list[Requirement]:
    """What closing the balance needs: a decision with a reason for every goal."""
    lines = goal_lines(procedure, today)
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
    return [each for each in found.order_by("goal", "position", "pk") if each.pk not in over]


def chain(measure: Measure) -> list[Measure]:
    """The same measure in earlier rounds, the newest first."""
    found, last = [], measure
    while last.predecessor_id and len(found) < 20:
        last = Measure.objects.select_related("agreement__procedure").get(pk=last.predecessor_id)
        found.append(last)
    return found


def counts(procedure: Procedure) -> dict[str, int]:
    """The facts of this room."""
    return {
        "goals_balanced": GoalBalance.objects.filter(goal__agreement__procedure=procedure).count(),
        "balances": SealedBalance.objects.filter(balance__procedure=procedure).count(),
    }
