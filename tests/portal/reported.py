"""Builders for public progress: an adopted agreement carried out and reported, with a marker in everything internal."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from kommpass.agreement.models import Measure
from kommpass.audits.models import Procedure
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.implementation import actions
from kommpass.implementation.actions import Reading
from kommpass.implementation.models import StatusRound
from kommpass.reporting import actions as reporting
from kommpass.reporting.models import SealedReport
from tests.conftest import NOON, actor, open_only
from tests.portal.builders import SECRET, adopt, draft, freeze

SECRETIVE = {"by": actor(name=f"{SECRET} Vera"), "at": NOON}
DAY = date(2026, 10, 31)


def carried_out(procedure: Procedure) -> StatusRound:
    """Adopted; the office is late, the guide is done, the internal measure is said to be done as well."""
    agreement = draft(procedure)
    adopt(freeze(agreement), on=date(2026, 3, 2))
    open_only(procedure, Stage.IMPLEMENTATION)
    round_ = actions.open_round(
        procedure=procedure, title=f"{SECRET} Runde", period_from=date(2026, 1, 1), period_until=DAY,
        due_on=timezone.localdate() + timedelta(days=20), **SECRETIVE,
    )  # fmt: skip
    office, hidden, guide = (
        Measure.objects.get(agreement__procedure=procedure, title__contains=title)
        for title in ("Familienbüro", "Interne", "Wegweiser")
    )
    report = {"round": round_, **SECRETIVE}
    actions.report_progress(
        measure=office, state="in_progress", light="yellow", text="Der Umbau dauert länger.", expected="2028-06",
        **report,
    )  # fmt: skip
    actions.report_progress(
        measure=guide, state="done", light="green", text="Liegt aus.",
        readings=[Reading(guide.indicators.get(), Decimal(450), as_of="2026-09", source=f"{SECRET} Quelle")], **report,
    )  # fmt: skip
    actions.report_progress(measure=hidden, state="done", light="green", text=f"{SECRET} Stand", **report)
    looked_at(office)
    actions.judge_goal(goal=office.goal, achievement="partly", text="Ein Ort ist da.", **SECRETIVE)
    return round_


def looked_at(measure: Measure) -> None:
    """The auditor's view, a public question with its answer, and one that is not public."""
    auditor, councillor = actor(Role.AUDITOR, name=f"{SECRET} A."), actor(Role.COUNCIL_MEMBER, name=f"{SECRET} R.")
    actions.write_view(measure=measure, stance="doubts", text=f"{SECRET} Zweifel", by=auditor, at=NOON)
    actions.write_remark(measure=measure, text=f"{SECRET} Frage", by=councillor, at=NOON)
    asked = actions.write_remark(measure=measure, text="Wann öffnet das Büro?", public=True, by=councillor, at=NOON)
    actions.answer_remark(remark=asked, answer="Im Sommer 2028.", **SECRETIVE)


def sealed(procedure: Procedure, *, title: str = "Bericht 2026", first=date(2026, 1, 1), last=DAY) -> SealedReport:
    report = reporting.begin_report(procedure=procedure, title=title, period_from=first, period_until=last, **SECRETIVE)
    for number, section in enumerate(procedure.scheme.report_template):
        if number == 0:
            reporting.write_narrative(report=report, section=section.key, text="Ein gutes Jahr.", **SECRETIVE)
    return reporting.seal_report(report=report, **SECRETIVE)


def published(procedure: Procedure, **more) -> SealedReport:
    """Sealed and sent to the association: from now on everybody may read its public part."""
    made = sealed(procedure, **more)
    reporting.submit_report(sealed=made, note=f"{SECRET} Anschreiben", **SECRETIVE)
    return made
