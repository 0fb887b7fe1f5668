"""What goes on after a round: which rung fits next, which goals go along, what became of them before."""

from dataclasses import dataclass
from datetime import date

from kommpass.agreement.models import Goal, Measure
from kommpass.agreement.queries import agreement_of
from kommpass.audits.catalogue import newest
from kommpass.audits.door import allowed
from kommpass.audits.models import Procedure
from kommpass.audits.queries import procedures
from kommpass.balancing.models import GoalBalance
from kommpass.balancing.queries.balance import goal_lines
from kommpass.certification.models import Certificate
from kommpass.domain.permissions import Actor
from kommpass.domain.progress import ENDED
from kommpass.domain.schemes import Rung
from kommpass.implementation import queries as implementation
from kommpass.implementation.models import GoalJudgement, SelfAssessment
from kommpass.implementation.queries import LONGEST_CHAIN, MeasureStanding


def next_rungs(procedure: Procedure) -> list[Rung]:
    """The rungs that fit next: those whose earlier rung was awarded once, new ones first; else where everybody begins.

    A proposal only: association and town agree on the rung.
    """
    awarded = Certificate.objects.filter(procedure__scheme_key=procedure.scheme_key)
    reached = set(awarded.values_list("rung", flat=True))
    rungs = newest(procedure.scheme_key).rungs
    fitting = [each for each in rungs if each.needs_rung in reached]
    return sorted(fitting, key=lambda each: each.key in reached) or [each for each in rungs if not each.needs_rung]


@dataclass(frozen=True)
class CarriedGoal:
    """A goal of the last round as the next one sees it: what goes along, what is over, and whether it was taken."""

    goal: Goal
    balance: GoalBalance | None
    going: tuple[MeasureStanding, ...]
    over: tuple[MeasureStanding, ...]
    taken: bool

    @property
    def goes_on(self) -> bool:
        return self.balance is not None and self.balance.verdict == GoalBalance.Verdict.CONTINUE


def preview(procedure: Procedure, today: date) -> list[CarriedGoal]:
    """All goals of the last round: which go on with which measures, and what stays behind."""
    if procedure.predecessor is None:
        return []
    taken = set(Goal.objects.filter(agreement__procedure=procedure).values_list("predecessor", flat=True))
    return [
        CarriedGoal(
            line.goal,
            line.balance,
            tuple(each for each in line.rows if each.state not in ENDED),
            tuple(each for each in line.rows if each.state in ENDED),
            line.goal.pk in taken,
        )
        for line in goal_lines(procedure.predecessor, today)
    ]


def may_carry_over(procedure: Procedure, by: Actor) -> bool:
    """Goals are taken over into a draft: so somebody must be allowed to write one now."""
    return allowed(by, "goal.carry_over", procedure) and allowed(by, "agreement.write", procedure)


@dataclass(frozen=True)
class Earlier:
    """A goal or a measure in an earlier round, with what was last said of it there."""

    thing: Goal | Measure
    procedure: Procedure
    word: SelfAssessment | None = None
    judgement: GoalJudgement | None = None
    balance: GoalBalance | None = None


def chain(measure: Measure) -> list[Earlier]:
    """The same measure in earlier rounds with its last state there, the newest first."""
    return [Earlier(each, each.agreement.procedure, word=word) for each, word in implementation.predecessors(measure)]


def chain_of_goal(goal: Goal) -> list[Earlier]:
    """The same goal in earlier rounds, with the judgement on it and what was decided in the balance."""
    found: list[Earlier] = []
    while (key := goal.predecessor_id) and len(found) < LONGEST_CHAIN:
        goal = Goal.objects.select_related("agreement__procedure", "balance").get(pk=key)
        balance = getattr(goal, "balance", None)
        found.append(Earlier(goal, goal.agreement.procedure, judgement=goal.judgements.first(), balance=balance))
    return found


def sharing_procedures(measure: Measure, by: Actor) -> list[Procedure]:
    """The other schemes under whose goals this measure may be let count now: they run, and they are being drafted."""
    own = measure.agreement.procedure.scheme_key
    return [
        each
        for each in procedures()
        if each.scheme_key != own and allowed(by, "measure.share", each) and agreement_of(each) is not None
    ]
