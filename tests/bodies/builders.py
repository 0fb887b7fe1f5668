"""Builders for papers and their chains, named after what they make."""

from datetime import UTC, date, datetime

from kommpass.bodies import actions
from kommpass.bodies.models import Body
from kommpass.domain.permissions import Role
from tests.conftest import NOON, actor

OFFICE = actor(Role.COUNCIL_OFFICE, name="Sitzungsdienst")


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


def council(name: str = "Rat", *, members: int = 0) -> Body:
    return actions.add_body(
        name=name, short="Rat", kind=Body.Kind.COUNCIL, authoritative=True, members_count=members, by=OFFICE, at=NOON
    )


def committee(name: str = "Jugendhilfeausschuss", *, short: str = "JHA", members: int = 0) -> Body:
    return actions.add_body(name=name, short=short, members_count=members, by=OFFICE, at=NOON)


def paper_about(procedure, purpose: str = "participation", *, reference: str = "20140656", **more):
    more = {"title": "Teilnahme am Audit"} | more
    return actions.draft_paper(procedure=procedure, purpose=purpose, reference=reference, by=OFFICE, at=NOON, **more)


def station(paper, body, role: str = "recommendation", *, on: date | None = None, **more):
    return actions.add_station(paper=paper, body=body, role=role, meeting_on=on, by=OFFICE, at=NOON, **more)


def result(of, state: str = "recommended", *, at=NOON, **more):
    return actions.record_result(station=of, state=state, by=OFFICE, at=at, **more)


def decision(at_station, *, on: date, outcome: str = "adopted", reference: str = "20140656", at=NOON, **more):
    return actions.register_decision(
        station=at_station, decided_on=on, reference=reference, result=outcome, by=OFFICE, at=at, **more
    )
