"""Carries the plan of a throw-away town out: adopted, asked about in three rounds, judged and remarked upon."""

from datetime import date

from _town import COORDINATOR, NOON, WORDS

from kommpass.agreement import actions
from kommpass.agreement.actions.promising import adopt
from kommpass.agreement.models import Agreement, Indicator
from kommpass.domain.phases import Stage
from kommpass.implementation.models import (
    AuditorView,
    GoalJudgement,
    IndicatorReading,
    SelfAssessment,
    StatusRemark,
    StatusRound,
)
from kommpass.reporting import actions as reporting
from kommpass.reporting.models import Report

YEARS = (2023, 2024, 2025)
SAID = (
    ("in_progress", "green"),
    ("done", "green"),
    ("in_progress", "yellow"),
    ("not_started", "red"),
    ("replaced", "green"),
)


def carry_out(agreement: Agreement) -> None:
    """Adopt the plan, and say everything of every measure that can be said: three rounds, values, views, remarks."""
    procedure = agreement.procedure
    version = actions.freeze_version(agreement=agreement, by=COORDINATOR, at=NOON)
    adopt(version, approved_by="Rat", valid_from=date(2023, 1, 1), at=NOON)
    for phase in procedure.phases.all():
        if phase.stage is Stage.IMPLEMENTATION:
            procedure.phases.filter(pk=phase.pk).update(opened_at=NOON)
    procedure.forget()
    measures = list(agreement.measures.order_by("pk"))
    for year in YEARS:
        _round(agreement, year, measures)
    AuditorView.objects.bulk_create(
        AuditorView(measure=each, stance="doubts", text=WORDS, by_name="Aude Prüfer", at=NOON) for each in measures
    )
    StatusRemark.objects.bulk_create(
        StatusRemark(measure=each, text=WORDS, public=public, by_id=2, by_name="Rat Sam", at=NOON)
        for each in measures
        for public in (True, False)
    )
    GoalJudgement.objects.bulk_create(
        GoalJudgement(goal=each, achievement="partly", text=WORDS, by_name="Vera Beispiel", at=NOON)
        for each in agreement.goals.all()
    )


def _round(agreement: Agreement, year: int, measures: list) -> None:
    asked = StatusRound.objects.create(
        procedure=agreement.procedure, title=f"Statusrunde {year}", due_on=date(year, 12, 31), opened_at=NOON,
        opened_by="Vera Beispiel", closed_at=NOON, period_from=date(year, 1, 1), period_until=date(year, 12, 31),
    )  # fmt: skip
    said = SelfAssessment.objects.bulk_create(
        SelfAssessment(
            round=asked, measure=each, state=SAID[place % 5][0], light=SAID[place % 5][1], text=WORDS * 3,
            expected="2028-06" if SAID[place % 5][1] == "yellow" else "",
            by_id=1, by_name="Fachbereich", via="link", at=NOON,
        )
        for place, each in enumerate(measures)
    )  # fmt: skip
    of_measure = {each.measure_id: each for each in said}
    IndicatorReading.objects.bulk_create(
        IndicatorReading(
            indicator=each, assessment=of_measure[each.measure_id], value=year - 2000, as_of=str(year),
            source="Schulamt", at=NOON,
        )
        for each in Indicator.objects.filter(measure__in=measures).order_by("pk")
    )  # fmt: skip


def begin(agreement: Agreement) -> Report:
    """An annual report on the last year, with a text in every section."""
    report = reporting.begin_report(
        procedure=agreement.procedure, title="Jahresbericht 2025", period_from=date(2025, 1, 1),
        period_until=date(2025, 12, 31), by=COORDINATOR, at=NOON,
    )  # fmt: skip
    for section in agreement.procedure.scheme.report_template:
        reporting.write_narrative(report=report, section=section.key, text=WORDS * 5, by=COORDINATOR, at=NOON)
    for field in agreement.procedure.fields.all():
        reporting.write_narrative(report=report, field=field, text=WORDS * 5, by=COORDINATOR, at=NOON)
    return report
