"""Which input makes sense for the review."""

from kommpass.assessment.forms.board import DecideForm, ObjectionAnswerForm, RecuseForm
from kommpass.assessment.forms.office import (
    CheckForm,
    ConflictForm,
    ConflictOfForm,
    MembersForm,
    OpenCaseForm,
    ProofCheckForm,
    RecuseMemberForm,
    ReleaseForm,
)
from kommpass.assessment.forms.rubric import OpinionForm, ReportForm, ReviewForm, RubricForm
from kommpass.assessment.forms.town import FactsForm, ObjectionForm, ProofForm, SubmitForm

__all__ = [
    "CheckForm",
    "ConflictForm",
    "ConflictOfForm",
    "DecideForm",
    "FactsForm",
    "MembersForm",
    "ObjectionAnswerForm",
    "ObjectionForm",
    "OpenCaseForm",
    "OpinionForm",
    "ProofCheckForm",
    "ProofForm",
    "RecuseForm",
    "RecuseMemberForm",
    "ReleaseForm",
    "ReportForm",
    "ReviewForm",
    "RubricForm",
    "SubmitForm",
]
