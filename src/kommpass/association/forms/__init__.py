"""Which input makes sense for the office of the association and for the administrator."""

from kommpass.association.forms.auditors import AssignForm, ConflictForm, LicenceForm, NewLicenceForm
from kommpass.association.forms.contracts import (
    ContractForm,
    InstalmentRow,
    PaymentForm,
    ProposalForm,
    instalment_rows,
    proposed_rows,
)
from kommpass.association.forms.filters import (
    ConditionFilter,
    OverviewFilter,
    PracticeFilter,
    RegisterFilter,
    ReportFilter,
)
from kommpass.association.forms.meetings import AgendaForm, BoardMeetingForm, CeremonyForm, GuestForm
from kommpass.association.forms.schemes import CompareForm
from kommpass.association.forms.towns import NewTownForm

__all__ = [
    "AgendaForm",
    "AssignForm",
    "BoardMeetingForm",
    "CeremonyForm",
    "CompareForm",
    "ConditionFilter",
    "ConflictForm",
    "ContractForm",
    "GuestForm",
    "InstalmentRow",
    "LicenceForm",
    "NewLicenceForm",
    "NewTownForm",
    "OverviewFilter",
    "PaymentForm",
    "PracticeFilter",
    "ProposalForm",
    "RegisterFilter",
    "ReportFilter",
    "instalment_rows",
    "proposed_rows",
]
