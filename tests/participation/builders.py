"""Builders for workshops, cards and ideas, named after what they make."""

from datetime import date

from kommpass.domain.permissions import Role
from kommpass.participation import actions
from tests.conftest import NOON, actor

COORDINATOR = actor(Role.COORDINATOR)
PAST, COMING = date(2026, 10, 1), date(2026, 12, 1)


def workshop(procedure, kind: str = "strategy", *, on: date = PAST, title: str = "Strategieworkshop", **more):
    return actions.plan_workshop(
        procedure=procedure, kind=kind, title=title, held_on=on, by=COORDINATOR, at=NOON, **more
    )


def held(procedure, kind: str = "strategy", *, on: date = PAST, **counts: int):
    """A workshop that took place; twelve families were there unless it says otherwise."""
    planned = workshop(procedure, kind, on=on, title=f"Termin {kind}")
    return actions.record_attendance(workshop=planned, counts=counts or {"families": 12}, by=COORDINATOR, at=NOON)


def cards(board, *texts: str, kind: str = "idea", field=None):
    return actions.pin_cards(workshop=board, texts=texts, kind=kind, field=field, by=COORDINATOR, at=NOON)


def idea(procedure, text: str = "Mehr Bänke am Spielplatz", **more):
    return actions.write_idea(
        procedure=procedure, text=text, source=more.pop("source", "voice"), by=COORDINATOR, at=NOON, **more
    )


def definition(procedure, text: str = "Familie ist, wo Menschen füreinander sorgen.", **more):
    return actions.propose_definition(procedure=procedure, text=text, by=COORDINATOR, at=NOON, **more)


def agree(wording, *, on: date = PAST):
    return actions.agree_definition(
        definition=wording, agreed_on=on, agreed_by="Strategieworkshop", by=COORDINATOR, at=NOON
    )
