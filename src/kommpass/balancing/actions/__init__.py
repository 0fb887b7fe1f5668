"""What is done at the end of a round: draw the balance, close it, end the round, carry over, share."""

from kommpass.balancing.actions.balance import close_balance, decide_goal, open_balance, write_balance
from kommpass.balancing.actions.renewing import carry_over, end_round
from kommpass.balancing.actions.sharing import share_measure

__all__ = [
    "carry_over",
    "close_balance",
    "decide_goal",
    "end_round",
    "open_balance",
    "share_measure",
    "write_balance",
]
