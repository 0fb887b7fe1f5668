"""What the agreement room stores: the working draft, the frozen versions, and how a draft came in."""

from kommpass.agreement.models.changes import Amendment, Remark
from kommpass.agreement.models.imports import ImportRun, PendingUpload, WordTemplate
from kommpass.agreement.models.offers import MeasureOffer
from kommpass.agreement.models.plan import Agreement, Goal, Indicator, Measure, Origin, StatusEntry, Step, StrategicGoal
from kommpass.agreement.models.versions import Adoption, Recommendation, Tabling, Version

__all__ = [
    "Adoption",
    "Agreement",
    "Amendment",
    "Goal",
    "ImportRun",
    "Indicator",
    "Measure",
    "MeasureOffer",
    "Origin",
    "PendingUpload",
    "Recommendation",
    "Remark",
    "StatusEntry",
    "Step",
    "StrategicGoal",
    "Tabling",
    "Version",
    "WordTemplate",
]
