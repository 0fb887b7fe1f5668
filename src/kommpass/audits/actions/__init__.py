"""What people can do with a procedure: begin it, plan it, let it rest, shape its fields, move it to a newer scheme."""

from kommpass.audits.actions.procedures import (
    end_procedure,
    lapse_procedure,
    pause_procedure,
    resume_procedure,
    sign_contract,
    start_procedure,
    withdraw_procedure,
)
from kommpass.audits.actions.shape import (
    choose_themes,
    merge_fields,
    name_project_lead,
    open_phase,
    plan_phase,
    upgrade_scheme,
)

__all__ = [
    "choose_themes",
    "end_procedure",
    "lapse_procedure",
    "merge_fields",
    "name_project_lead",
    "open_phase",
    "pause_procedure",
    "plan_phase",
    "resume_procedure",
    "sign_contract",
    "start_procedure",
    "upgrade_scheme",
    "withdraw_procedure",
]
