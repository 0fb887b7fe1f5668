"""Builders for goals, measures, versions and their way through the council, named after what they make."""

from datetime import UTC, date, datetime

from kommpass.agreement import actions, queries
from kommpass.agreement.models import Adoption, Agreement, Goal, Measure, Version
from kommpass.bodies import actions as bodies
from kommpass.bodies.models import Body, Decision, Paper
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from tests.conftest import NOON, actor, open_only

COORDINATOR = actor(Role.COORDINATOR)
AUDITOR = actor(Role.AUDITOR, name="Aude Prüfer")
OFFICE = actor(Role.COUNCIL_OFFICE, name="Sitzungsdienst")
COUNCIL_DAY = date(2026, 10, 7)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


def draft(procedure) -> Agreement:
    found = actions.open_agreement(procedure=procedure, by=COORDINATOR, at=NOON)
    found.procedure = procedure
    return found


def goal(agreement, title: str = "Jeder Stadtteil hat ein Familienzentrum", *, field: int = 1, **more) -> Goal:
    """A goal in the field with this number."""
    return actions.add_goal(
        agreement=agreement,
        field=agreement.procedure.fields.get(number=field),
        title=title,
        by=COORDINATOR,
        at=NOON,
        **more,
    )


def measure(under: Goal, title: str = "Familienbüro im Bürgerhaus eröffnen", *, by=COORDINATOR, **changes) -> Measure:
    """A measure, due in 2027 unless it says otherwise."""
    return actions.add_measure(goal=under, changes={"title": title, "due": "2027"} | changes, by=by, at=NOON)


def edit(of: Measure, *, seen=None, by=COORDINATOR, **changes) -> Measure:
    return actions.edit_measure(measure=of, changes=changes, seen=seen, by=by, at=NOON)


def accept(of: Measure, by=COORDINATOR) -> Measure:
    return actions.answer_measure(measure=of, accepted=True, by=by, at=NOON)


def small_draft(procedure, owner) -> Agreement:
    """One goal in field 1 with two measures of this owner, both accepted: ready to be frozen."""
    agreement = draft(procedure)
    under = goal(agreement)
    for title in ("Familienbüro im Bürgerhaus eröffnen", "Elterncafés in allen Bezirken"):
        accept(measure(under, title, responsible=owner))
    return agreement


def freeze(agreement, *, reason: str = "", at=NOON) -> Version:
    return actions.freeze_version(agreement=agreement, reason=reason, by=COORDINATOR, at=at)


def council(name: str = "Rat") -> Body:
    return bodies.add_body(name=name, kind=Body.Kind.COUNCIL, authoritative=True, by=OFFICE, at=NOON)


def committee(name: str = "Jugendhilfeausschuss") -> Body:
    return bodies.add_body(name=name, kind=Body.Kind.COMMITTEE, by=OFFICE, at=NOON)


def paper(
    procedure, reference: str = "0123/2026", *, purpose: str = "agreement", title: str = "Zielvereinbarung"
) -> Paper:
    return bodies.draft_paper(
        procedure=procedure, title=title, purpose=purpose, reference=reference, by=OFFICE, at=NOON
    )


def table(version: Version, on: Paper):
    return actions.table_version(version=version, paper=on, by=COORDINATOR, at=NOON)


def decide(about: Paper, body: Body, *, on: date = COUNCIL_DAY, result: str = "adopted", at=NOON, **more) -> Decision:
    """The body decides about the paper on this day."""
    station = bodies.add_station(paper=about, body=body, role="decision", meeting_on=on, by=OFFICE, at=at)
    return bodies.register_decision(
        station=station, decided_on=on, reference=about.reference, result=result, by=OFFICE, at=at, **more
    )


def adopt(version: Version, decision: Decision, *, at=NOON) -> Adoption:
    return actions.adopt_version(version=version, decision=decision, by=OFFICE, at=at)


def resolved(procedure, owner, *, on: date = COUNCIL_DAY, conditions=()) -> Version:
    """The small draft, adopted by the council on this day; the town has begun to carry it out."""
    version = freeze(small_draft(procedure, owner))
    about = paper(procedure)
    table(version, about)
    adopt(version, decide(about, council(), on=on, conditions=list(conditions)))
    open_only(procedure, Stage.IMPLEMENTATION)
    version.agreement.procedure = procedure
    return version


def propose(procedure, kind: str, of: Measure | None, *, by=COORDINATOR, at=NOON, **changes):
    return actions.propose_amendment(
        procedure=procedure, kind=kind, measure=of, changes=changes, reason="Der Umbau dauert länger.", by=by, at=at
    )


def approve(amendment, decision: Decision | None = None, *, by=COORDINATOR, at=NOON) -> Version:
    return actions.approve_amendment(amendment=amendment, decision=decision, by=by, at=at)


def measures_of(content: dict) -> list[dict]:
    """All measures of a frozen content, in its order."""
    return [
        measure
        for field in content["fields"]
        for group in field["strategic_goals"]
        for goal in group["goals"]
        for measure in goal["measures"]
    ]


def numbers(agreement) -> list[tuple[str, str]]:
    """Numbers and titles of the measures, in the order of the list."""
    return [(each.number, each.title) for each in queries.measures(agreement)]
