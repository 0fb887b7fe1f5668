"""What steering makes of the directory: rules of what every district is to have, the chain's transitions, letters."""

from functools import partial

from kommpass.demo.walk.diary import Diary
from kommpass.demo.walk.town import TownOnItsWay
from kommpass.offers.actions import add_coverage_rule, add_transition, ask_due_providers
from kommpass.offers.models import Transition


def note_steering(diary: Diary, told: dict) -> None:
    """Rules and transitions on their days; and the day on which providers were last asked for what is due."""
    walk = diary.walk
    for each in told["rule"]:
        about = {name: each[name] for name in ("title", "facility", "need") if name in each}
        diary.note(each["ago"], lambda about=about: add_coverage_rule(**about, **walk.now), hour=16)
    for each in told["transition"]:
        diary.note(each["ago"], partial(_add_transition, walk, each), hour=16)
    if "asked" in told:
        diary.note(told["asked"], lambda: ask_due_providers(**walk.now), hour=8)


def _add_transition(walk: TownOnItsWay, told: dict) -> Transition:
    hands = {hand: walk.marks[f"provider {told[hand]}"] for hand in ("giver", "taker") if hand in told}
    said = {name: told[name] for name in ("title", "form", "note", "gap") if name in told}
    return add_transition(from_phase=told["from"], to_phase=told["to"], **said, **hands, **walk.now)
