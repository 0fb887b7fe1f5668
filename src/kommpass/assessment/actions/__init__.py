"""What people do in the review: submit, check, judge alone, agree, decide, announce, meet conditions, object."""

from kommpass.assessment.actions.cases import declare_conflict, end_conflict, open_case, recuse, seat_members
from kommpass.assessment.actions.conditions import check_condition, report_condition
from kommpass.assessment.actions.deciding import decide, release_decision
from kommpass.assessment.actions.objections import answer_objection, raise_objection
from kommpass.assessment.actions.reviewing import (
    answer_opinion,
    hand_in_review,
    save_review_draft,
    write_opinion,
)
from kommpass.assessment.actions.submitting import check_submission, submit, write_auditor_report

__all__ = [
    "answer_objection",
    "answer_opinion",
    "check_condition",
    "check_submission",
    "decide",
    "declare_conflict",
    "end_conflict",
    "hand_in_review",
    "open_case",
    "raise_objection",
    "recuse",
    "release_decision",
    "report_condition",
    "save_review_draft",
    "seat_members",
    "submit",
    "write_auditor_report",
    "write_opinion",
]
