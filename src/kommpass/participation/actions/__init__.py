"""What people can do in this room: plan and record workshops, pin cards, keep ideas, agree on who a family is."""

from kommpass.participation.actions.cards import edit_card, note_use, pin_cards, remove_card, turn_into_idea, vote_cards
from kommpass.participation.actions.definitions import agree_definition, propose_definition
from kommpass.participation.actions.ideas import answer_idea, edit_idea, write_idea
from kommpass.participation.actions.workshops import edit_workshop, plan_workshop, record_attendance, write_minutes

__all__ = [
    "agree_definition",
    "answer_idea",
    "edit_card",
    "edit_idea",
    "edit_workshop",
    "note_use",
    "pin_cards",
    "plan_workshop",
    "propose_definition",
    "record_attendance",
    "remove_card",
    "turn_into_idea",
    "vote_cards",
    "write_idea",
    "write_minutes",
]
