"""What the review stores: what was submitted, who judges it and who must not, what was decided, what came of it."""

from kommpass.assessment.models.deciding import (
    Condition,
    ConditionCheck,
    ConditionReport,
    Objection,
    ObjectionAnswer,
    Release,
    ReviewDecision,
)
from kommpass.assessment.models.reviewing import (
    Consensus,
    DeclaredConflict,
    FactualAnswer,
    Recusal,
    Review,
    ReviewCase,
    ReviewDraft,
    Seat,
)
from kommpass.assessment.models.submitting import AuditorReport, CompletenessCheck, Submission

__all__ = [
    "AuditorReport",
    "CompletenessCheck",
    "Condition",
    "ConditionCheck",
    "ConditionReport",
    "Consensus",
    "DeclaredConflict",
    "FactualAnswer",
    "Objection",
    "ObjectionAnswer",
    "Recusal",
    "Release",
    "Review",
    "ReviewCase",
    "ReviewDecision",
    "ReviewDraft",
    "Seat",
    "Submission",
]
