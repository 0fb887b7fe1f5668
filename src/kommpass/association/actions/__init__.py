"""What administrator and office do: towns, contracts, auditors, meetings of the board, ceremonies."""

from kommpass.association.actions.auditors import assign_auditor, license_auditor
from kommpass.association.actions.ceremonies import (
    change_ceremony,
    invite_to_ceremony,
    plan_ceremony,
    take_off_ceremony,
)
from kommpass.association.actions.contracts import note_payment, record_contract, set_instalments, take_back_payment
from kommpass.association.actions.meetings import change_board_meeting, plan_board_meeting, set_agenda
from kommpass.association.actions.towns import create_town

__all__ = [
    "assign_auditor",
    "change_board_meeting",
    "change_ceremony",
    "create_town",
    "invite_to_ceremony",
    "license_auditor",
    "note_payment",
    "plan_board_meeting",
    "plan_ceremony",
    "record_contract",
    "set_agenda",
    "set_instalments",
    "take_back_payment",
    "take_off_ceremony",
]
