"""What people can do in this room: keep bodies and meetings, write papers, lead them through, register decisions."""

from kommpass.bodies.actions.bodies import add_body, add_meeting, drop_meeting, edit_body
from kommpass.bodies.actions.decisions import correct_decision, register_decision
from kommpass.bodies.actions.papers import draft_paper, edit_paper, name_subject
from kommpass.bodies.actions.results import put_on_agenda, record_result, take_back_result, take_off_agenda
from kommpass.bodies.actions.stations import add_station, drop_station, plan_station

__all__ = [
    "add_body",
    "add_meeting",
    "add_station",
    "correct_decision",
    "draft_paper",
    "drop_meeting",
    "drop_station",
    "edit_body",
    "edit_paper",
    "name_subject",
    "plan_station",
    "put_on_agenda",
    "record_result",
    "register_decision",
    "take_back_result",
    "take_off_agenda",
]
