"""What the stories of real towns share: a town that begins its audit on a historic day, and its people."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

from kommpass.agreement import actions as agreement
from kommpass.agreement.models import Agreement, Goal, Measure, Version
from kommpass.audits import actions as audits
from kommpass.audits.models import FieldOfAction, Procedure
from kommpass.bodies import actions as bodies
from kommpass.bodies.models import Body, Paper
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.people.models import Organisation
from tests.conftest import actor

COORDINATION = actor(Role.COORDINATOR, name="Koordination")
OFFICE = actor(Role.COUNCIL_OFFICE, name="Sitzungsdienst")
AUDITOR = actor(Role.AUDITOR, name="Auditorin")


def noon(day: date) -> datetime:
    """Midday of a historic day: the moment that the actions write down."""
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


@contextmanager
def town(name: str, slug: str, *, population: int, begins: date, **more):
    """A town that begins its first round on this day; the story happens inside of it."""
    place = Municipality.objects.create(name=name, slug=slug, population=population, **more)
    with within(place):
        yield audits.start_procedure(
            scheme_key="familiengerechte_kommune",
            scheme_version="2025.1",
            rung="basic",
            title=f"Audit {name}",
            by=COORDINATION,
            at=noon(begins),
        )


def begin(procedure: Procedure, *stages: Stage, on: date) -> None:
    """Begin the phases of these stages; earlier ones may still run."""
    for phase in procedure.phases.all():
        phase.procedure = procedure
        if phase.stage in stages and not phase.opened_at:
            audits.open_phase(phase=phase, by=COORDINATION, at=noon(on))


def field(procedure: Procedure, number: int) -> FieldOfAction:
    return procedure.fields.get(number=number)


def open_draft(procedure: Procedure, *, on: date) -> Agreement:
    draft = agreement.open_agreement(procedure=procedure, by=COORDINATION, at=noon(on))
    draft.procedure = procedure
    return draft


def add_goal(draft: Agreement, number: int, title: str, *, on: date, strategic: str = "") -> Goal:
    """A goal in the field with this number, perhaps under a strategic goal of its own."""
    above = strategic and agreement.add_strategic_goal(
        agreement=draft, field=field(draft.procedure, number), text=strategic, by=COORDINATION, at=noon(on)
    )
    return agreement.add_goal(
        agreement=draft,
        field=field(draft.procedure, number),
        title=title,
        strategic_goal=above or None,
        by=COORDINATION,
        at=noon(on),
    )


def add_measure(goal: Goal, title: str, owner: Organisation, *, due: str, on: date, **changes) -> Measure:
    """A measure to which its owner has said yes."""
    made = agreement.add_measure(
        goal=goal, changes={"title": title, "responsible": owner, "due": due} | changes, by=COORDINATION, at=noon(on)
    )
    return agreement.answer_measure(measure=made, accepted=True, by=COORDINATION, at=noon(on))


def freeze(draft: Agreement, *, on: date, reason: str = "") -> Version:
    return agreement.freeze_version(agreement=draft, reason=reason, by=COORDINATION, at=noon(on))


def draft_paper(version: Version, reference: str, *, on: date, **more) -> Paper:
    """A paper with this version on it."""
    paper = bodies.draft_paper(
        procedure=version.agreement.procedure,
        title="Zielvereinbarung",
        purpose="agreement",
        reference=reference,
        by=OFFICE,
        at=noon(on),
        **more,
    )
    agreement.table_version(version=version, paper=paper, by=COORDINATION, at=noon(on))
    return paper


def add_body(name: str, *, kind: str = Body.Kind.COMMITTEE, on: date) -> Body:
    council = kind == Body.Kind.COUNCIL
    return bodies.add_body(name=name, kind=kind, authoritative=council, by=OFFICE, at=noon(on))


def advise(
    paper: Paper, body: Body, *, on: date, role: str = "preliminary", state: str = "recommended", **more
) -> None:
    """The body met on this day and said this."""
    station = bodies.add_station(paper=paper, body=body, role=role, meeting_on=on, by=OFFICE, at=noon(on))
    bodies.record_result(station=station, state=state, by=OFFICE, at=noon(on), **more)


def resolve(paper: Paper, body: Body, *, on: date, result: str = "adopted", **more):
    """The body decided on this day."""
    station = bodies.add_station(paper=paper, body=body, role="decision", meeting_on=on, by=OFFICE, at=noon(on))
    return bodies.register_decision(
        station=station, decided_on=on, reference=paper.reference, result=result, by=OFFICE, at=noon(on), **more
    )


def adopt(version: Version, decision, *, on: date):
    return agreement.adopt_version(version=version, decision=decision, by=OFFICE, at=noon(on))
