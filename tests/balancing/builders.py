"""Builders for the end of a round: an adopted agreement, words on its measures, a balance, and the next round."""

from datetime import date
from decimal import Decimal

from kommpass.agreement import actions as agreement
from kommpass.agreement.models import Agreement, Goal, Measure
from kommpass.audits import actions as audits
from kommpass.audits.models import Procedure
from kommpass.balancing import actions
from kommpass.balancing.models import Balance
from kommpass.domain.phases import Stage
from kommpass.domain.targets import RangeTarget
from kommpass.implementation import actions as implementation
from kommpass.implementation.actions import Reading
from kommpass.implementation.models import StatusRound
from kommpass.people.models import Organisation
from tests.agreement.builders import COUNCIL_DAY, accept, adopt, council, decide, draft, freeze, goal, measure, table
from tests.agreement.builders import paper as paper_of
from tests.conftest import NOON, actor, open_only

COORDINATOR = actor()
DEED = {"by": COORDINATOR, "at": NOON}
FIRST, LAST = date(2026, 1, 1), date(2026, 10, 31)


def adopted(procedure: Procedure, owner: Organisation) -> Agreement:
    """Three goals in two fields: a centre with two measures, care with one, and roads with one; the council agreed."""
    drawn = draft(procedure)
    centre = goal(drawn, "Jeder Stadtteil hat ein Familienzentrum", strategic_goal=_strategic(drawn))
    care = goal(drawn, "Betreuung passt zur Arbeit")
    roads = goal(drawn, "Wege sind sicher", field=2)
    for under, title in (
        (centre, "Familienbüro eröffnen"),
        (centre, "Elterncafés einrichten"),
        (care, "Randzeiten abdecken"),
        (roads, "Schulwege prüfen"),
    ):
        accept(measure(under, title, responsible=owner, public=True))
    first = drawn.measures.get(title="Elterncafés einrichten")
    target = RangeTarget(Decimal(10), Decimal(14), "Cafés")
    agreement.add_indicator(measure=first, name="Cafés", target=target, unit="Cafés", **DEED)
    accept(first)
    version, about = freeze(drawn), paper_of(procedure)
    table(version, about)
    adopt(version, decide(about, council(), on=COUNCIL_DAY))
    open_only(procedure, Stage.IMPLEMENTATION, Stage.BALANCING)
    drawn.procedure = procedure
    return drawn


def _strategic(drawn: Agreement):
    return agreement.add_strategic_goal(
        agreement=drawn, field=drawn.procedure.fields.get(number=1), text="Familien finden Rat.", **DEED
    )


def goal_named(procedure: Procedure, title: str) -> Goal:
    return Goal.objects.get(agreement__procedure=procedure, title__contains=title)


def measure_named(procedure: Procedure, title: str) -> Measure:
    return Measure.objects.get(agreement__procedure=procedure, title=title)


def asked(procedure: Procedure) -> StatusRound:
    return implementation.open_round(
        procedure=procedure, title="Statusrunde 2026", period_from=FIRST, period_until=LAST,
        due_on=date(2026, 12, 1), **DEED,
    )  # fmt: skip


def said(procedure: Procedure) -> StatusRound:
    """The office is open, five cafés are there, nobody has said anything of the rest; the first goal is reached."""
    round_ = asked(procedure)
    report = {"round": round_, **DEED}
    implementation.report_progress(
        measure=measure_named(procedure, "Familienbüro eröffnen"), state="done", light="green", **report
    )
    cafes = measure_named(procedure, "Elterncafés einrichten")
    implementation.report_progress(
        measure=cafes, state="in_progress", light="yellow", text="Es fehlen Räume.", expected="2028",
        readings=[Reading(cafes.indicators.get(), Decimal(5), as_of="2026-10")], **report,
    )  # fmt: skip
    implementation.judge_goal(
        goal=goal_named(procedure, "Familienzentrum"), achievement="largely", text="Acht von neun Bezirken.", **DEED
    )
    return round_


VERDICTS = {"Familienzentrum": "continue", "Betreuung": "dropped", "Wege": "done"}


def decided(procedure: Procedure, **verdicts: str) -> Balance:
    """Every goal decided: the centre goes on, care is dropped, roads are done."""
    balance = actions.open_balance(procedure=procedure, **DEED)
    for title, verdict in (VERDICTS | verdicts).items():
        actions.decide_goal(
            balance=balance, goal=goal_named(procedure, title), verdict=verdict, reason=f"Weil: {title}.", **DEED
        )
    return balance


def next_round(procedure: Procedure, rung: str = "advanced") -> Procedure:
    """The balance closed, the round ended, and the next one begun and being drafted."""
    actions.close_balance(balance=decided(procedure), **DEED)
    actions.end_round(procedure=procedure, reason="Die Bilanz liegt vor.", **DEED)
    begun = audits.start_procedure(
        scheme_key=procedure.scheme_key, scheme_version=procedure.scheme_version, rung=rung, title="Zweiter Durchgang",
        **DEED,
    )  # fmt: skip
    return open_only(begun, Stage.STOCKTAKING, Stage.TARGETING)
