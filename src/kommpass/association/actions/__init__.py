"""What administrator and office do: towns, contracts, auditors, meetings of the board, ceremonies."""

from kommpass.association.actions.auditors import assign_auditor, license_auditor
from kommpass.association.actions.contracts import note_payment, record_contract, set_instalments
from kommpass.association.actions.meetings import (
    invite_to_ceremony,
    plan_board_meeting,
    plan_ceremony,
    set_agenda,
)
from kommpass.association.actions.towns import create_town

__all__ = [
    "assign_auditor",
    "create_town",
    "invite_to_ceremony",
    "license_auditor",
    "note_payment",
    "plan_board_meeting",
    "plan_ceremony",
    "record_contract",
    "set_agenda",
    "set_instalments",
]
