"""What people can do in the stocktaking."""

from kommpass.stocktaking.actions.answers import Said, Saved, answer_question, prefill_answers, save_answers
from kommpass.stocktaking.actions.bundles import (
    close_bundle,
    create_bundle,
    pass_on_bundle,
    remind_bundle,
    return_bundle,
    submit_bundle,
)
from kommpass.stocktaking.actions.comments import comment_answer, resolve_comment
from kommpass.stocktaking.actions.findings import (
    accept_analysis,
    edit_finding,
    remove_finding,
    write_analysis,
    write_finding,
)

__all__ = [
    "Said",
    "Saved",
    "accept_analysis",
    "answer_question",
    "close_bundle",
    "comment_answer",
    "create_bundle",
    "edit_finding",
    "pass_on_bundle",
    "prefill_answers",
    "remind_bundle",
    "remove_finding",
    "resolve_comment",
    "return_bundle",
    "save_answers",
    "submit_bundle",
    "write_analysis",
    "write_finding",
]
