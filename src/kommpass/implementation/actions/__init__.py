"""What people do while measures are carried out: ask, report, look at it from outside, remark, judge goals."""

from kommpass.implementation.actions.asking import ask_owners, close_round, open_round
from kommpass.implementation.actions.looking import answer_remark, judge_goal, write_remark, write_view
from kommpass.implementation.actions.reporting import Reading, confirm_unchanged, report_progress
from kommpass.implementation.actions.shifting import propose_shift
from kommpass.implementation.actions.taking_over import take_over_history

__all__ = [
    "Reading",
    "answer_remark",
    "ask_owners",
    "close_round",
    "confirm_unchanged",
    "judge_goal",
    "open_round",
    "propose_shift",
    "report_progress",
    "take_over_history",
    "write_remark",
    "write_view",
]
