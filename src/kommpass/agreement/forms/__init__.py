"""Which input makes sense for an agreement."""

from kommpass.agreement.forms.drafting import (
    AgreementForm,
    GoalForm,
    MeasureForm,
    NewStrategicGoalForm,
    StrategicGoalForm,
)
from kommpass.agreement.forms.filters import MeasureFilter
from kommpass.agreement.forms.parts import IndicatorForm, OriginForm, StepForm
from kommpass.agreement.forms.versions import (
    AdoptForm,
    AmendInCouncilForm,
    AnswerForm,
    AsOfForm,
    FreezeForm,
    PaperForm,
    RecommendForm,
    RemarkForm,
    TableForm,
    TemplateForm,
)

__all__ = [
    "AdoptForm",
    "AgreementForm",
    "AmendInCouncilForm",
    "AnswerForm",
    "AsOfForm",
    "FreezeForm",
    "GoalForm",
    "IndicatorForm",
    "MeasureFilter",
    "MeasureForm",
    "NewStrategicGoalForm",
    "OriginForm",
    "PaperForm",
    "RecommendForm",
    "RemarkForm",
    "StepForm",
    "StrategicGoalForm",
    "TableForm",
    "TemplateForm",
]
