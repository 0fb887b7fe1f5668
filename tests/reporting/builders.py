"""Builders for a town that carries its agreement out and reports on it, named after what they make."""

from datetime import date, timedelta

from kommpass.agreement.models import Adoption, Goal, Indicator, Measure, Version
from kommpass.bodies import actions as bodies
from kommpass.bodies.models import Consultation
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.implementation import actions as implementation
from kommpass.implementation.models import (
    AuditorView,
    GoalJudgement,
    IndicatorReading,
    SelfAssessment,
    StatusRemark,
    StatusRound,
)
from kommpass.reporting import actions
from kommpass.reporting.models import Report, SealedReport
from tests.agreement.builders import AUDITOR, COORDINATOR, OFFICE, committee, draft, goal, resolved
from tests.conftest import NOON, actor, open_only

FIRST, LAST = date(2026, 1, 1), date(2026, 10, 31)
MEMBER = actor(Role.COUNCIL_MEMBER, name="Rita Rat")
ASSOCIATION = actor(Role.ASSOCIATION_OFFICE, name="Gesa Geschäft")


def at(day: date):
    return NOON.replace(year=day.year, month=day.month, day=day.day)


def carried_out(procedure, owner) -> Version:
    """The small agreement, adopted; its two measures reported on, one done and one late; seen and asked about."""
    version = resolved(procedure, owner)
    first, second = version.agreement.measures.order_by("number")
    asked = ask(procedure)
    say(asked, first, "done", text="Seit Mai geöffnet.")
    say(asked, second, "in_progress", light="yellow", text="Der Umbau dauert länger.", expected="2028-06")
    implementation.write_view(measure=second, stance="doubts", text="Die Stelle ist frei.", by=AUDITOR, at=NOON)
    implementation.write_remark(measure=second, text="Wann endlich?", public=True, by=MEMBER, at=NOON)
    implementation.write_remark(measure=second, text="Unter uns gefragt", public=False, by=MEMBER, at=NOON)
    implementation.judge_goal(goal=first.goal, achievement="partly", text="Ein Anfang.", by=COORDINATOR, at=NOON)
    return version


def ask(procedure, first: date = FIRST, last: date = LAST) -> StatusRound:
    return implementation.open_round(
        procedure=procedure, title="Sachstand", period_from=first, period_until=last,
        due_on=last + timedelta(days=28), by=COORDINATOR, at=NOON,
    )  # fmt: skip


def say(asked: StatusRound, measure: Measure, state: str, *, light: str = "green", text: str = "", **more):
    return implementation.report_progress(
        round=asked, measure=measure, state=state, light=light, text=text, by=COORDINATOR, at=NOON, **more
    )


def begin(procedure, first: date = FIRST, last: date = LAST, title: str = "Jahresbericht 2026") -> Report:
    return actions.begin_report(
        procedure=procedure, title=title, period_from=first, period_until=last, by=COORDINATOR, at=NOON
    )


def write(report: Report, text: str, *, seen: int | None = None, **where):
    return actions.write_narrative(report=report, text=text, seen=seen, **where, by=COORDINATOR, at=NOON)


def seal(report: Report, reason: str = "", **more) -> SealedReport:
    return actions.seal_report(report=report, reason=reason, by=COORDINATOR, at=NOON, **more)


def submit(sealed: SealedReport, note: str = ""):
    return actions.submit_report(sealed=sealed, note=note, by=COORDINATOR, at=NOON)


def send_back(sealed: SealedReport, note: str = "Bitte ergänzen.", remarks=()):
    return actions.return_report(sealed=sealed, note=note, remarks=remarks, by=ASSOCIATION, at=NOON)


def accept(sealed: SealedReport):
    return actions.accept_report(sealed=sealed, by=ASSOCIATION, at=NOON)


def everything_open(procedure):
    """All stages at once: so that a certificate can be given while reports are written."""
    return open_only(procedure, *Stage)


def noted(procedure, *, on: date, reference: str = "0300/2026", state: str = "noted") -> Consultation:
    """A committee that took note of a paper about a report on this day."""
    paper = bodies.draft_paper(
        procedure=procedure, title="Jahresbericht", purpose="report", reference=reference, by=OFFICE, at=NOON
    )
    station = bodies.add_station(
        paper=paper, body=committee(f"Ausschuss {reference}"), role="take_note", meeting_on=on, by=OFFICE, at=at(on)
    )
    if state != "planned":
        bodies.record_result(station=station, state=state, by=OFFICE, at=at(on))
    station.paper.procedure = procedure
    return station


def plan(procedure, owner, number: int) -> list[Measure]:
    """An adopted plan of so many measures, ten under a goal, written straight into the database."""
    agreement = draft(procedure)
    goals = [goal(agreement, f"Ziel {each}") for each in range(max(1, number // 10))]
    measures = Measure.objects.bulk_create(
        Measure(
            agreement=agreement, goal=goals[each % len(goals)], title=f"Maßnahme {each}", responsible=owner,
            position=each, number=f"1.1.{each}", due="2027", due_on=date(2027, 12, 31), acceptance="accepted",
            promised=True,
        )
        for each in range(number)
    )  # fmt: skip
    return adopt_and_report(procedure, owner, measures, goals)


def adopt_and_report(procedure, owner, measures: list[Measure], goals: list[Goal]) -> list[Measure]:
    """Adopted, and everything said of every measure: partner, value, state, view, two remarks."""
    version = Version.objects.create(
        agreement=measures[0].agreement, number=1, kind="draft_for_council", canonical="{}", digest="0" * 64,
        goal_count=len(goals), measure_count=len(measures), frozen_at=NOON, frozen_by="Vera",
    )  # fmt: skip
    Adoption.objects.create(version=version, approved_by="Rat", valid_from=FIRST, at=NOON)
    Measure.partners.through.objects.bulk_create(
        Measure.partners.through(measure=each, organisation=owner) for each in measures
    )
    indicators = Indicator.objects.bulk_create(
        Indicator(measure=each, name="Plätze", target={"kind": "qualitative", "text": "mehr"}, position=1)
        for each in measures
    )
    asked = StatusRound.objects.create(
        procedure=procedure, title="Sachstand", period_from=FIRST, period_until=LAST, due_on=LAST, opened_at=NOON,
        opened_by="Vera", closed_at=NOON,
    )  # fmt: skip
    said = SelfAssessment.objects.bulk_create(
        SelfAssessment(
            round=asked, measure=each, state="in_progress", light="yellow", text=f"Stand von {each.title}", by_id=1,
            by_name="Vera", via="account", at=NOON,
        )
        for each in measures
    )  # fmt: skip
    IndicatorReading.objects.bulk_create(
        IndicatorReading(indicator=one, assessment=word, value=7, as_of="2026", at=NOON)
        for one, word in zip(indicators, said, strict=True)
    )
    AuditorView.objects.bulk_create(
        AuditorView(measure=each, stance="doubts", text="Zweifel", by_name="Aude", at=NOON) for each in measures
    )
    StatusRemark.objects.bulk_create(
        StatusRemark(measure=each, text="Frage", public=public, by_id=2, by_name="Rita", at=NOON)
        for each in measures
        for public in (True, False)
    )
    GoalJudgement.objects.bulk_create(
        GoalJudgement(goal=each, achievement="partly", text="Teils", by_name="Vera", at=NOON) for each in goals
    )
    return measures


def measure_of(content: dict, number: str) -> dict:
    """A measure of a sealed content."""
    return next(
        each
        for field in content["fields"]
        for goal in field["goals"]
        for each in goal["measures"]
        if each["number"] == number
    )
