"""Which input makes sense while measures are carried out."""

from kommpass.implementation.forms.answering import AnswerForm
from kommpass.implementation.forms.filters import ProgressFilter
from kommpass.implementation.forms.looking import JudgementForm, RemarkAnswerForm, RemarkForm, ViewForm
from kommpass.implementation.forms.rounds import AskForm, RoundForm

__all__ = [
    "AnswerForm",
    "AskForm",
    "JudgementForm",
    "ProgressFilter",
    "RemarkAnswerForm",
    "RemarkForm",
    "RoundForm",
    "ViewForm",
]
