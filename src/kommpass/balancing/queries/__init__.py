"""What can be seen at the end of a round, and what goes on in the next one; by subject."""

from kommpass.balancing.queries.balance import (
    GoalLine,
    IndicatorLine,
    balance_of,
    continued,
    counts,
    goal_lines,
    open_measures,
    requirements,
    requirements_of,
    sealed_balance,
    undecided,
)
from kommpass.balancing.queries.renewing import (
    CarriedGoal,
    Earlier,
    chain,
    chain_of_goal,
    may_carry_over,
    next_rungs,
    preview,
    sharing_procedures,
)

__all__ = [
    "CarriedGoal",
    "Earlier",
    "GoalLine",
    "IndicatorLine",
    "balance_of",
    "chain",
    "chain_of_goal",
    "continued",
    "counts",
    "goal_lines",
    "may_carry_over",
    "next_rungs",
    "open_measures",
    "preview",
    "requirements",
    "requirements_of",
    "sealed_balance",
    "sharing_procedures",
    "undecided",
]
