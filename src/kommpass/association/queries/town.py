"""Everything the office may know of one town on one page. Asked inside of that town."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kommpass.assessment.queries import readable_submissions, standing_check
from kommpass.association.models import Contract
from kommpass.association.queries.auditors import AuditorLine, auditors
from kommpass.association.queries.certificates import Holding, holdings
from kommpass.association.queries.contracts import contracts
from kommpass.association.queries.decisions import TownCondition, announced, conditions_of
from kommpass.association.queries.known import Known, known
from kommpass.association.queries.overview import ProcedureLine, procedure_lines
from kommpass.association.queries.reports import ReportLine, in_order
from kommpass.association.queries.work import Task, open_work
from kommpass.audits.models import Procedure
from kommpass.certification.queries import Standing
from kommpass.domain.permissions import Actor
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.people.addresses import into_town


@dataclass(frozen=True)
class SubmissionLine:
    """A submission: when it came, whether it is complete, what was announced."""

    number: int
    submitted_at: object
    version: int
    state: str
    kind: str
    url: str


@dataclass
class ProcedureSheet:
    """A procedure of the town with what the association keeps and what it received."""

    procedure: Procedure
    line: ProcedureLine
    bar: list[dict]
    contract: Contract | None = None
    submissions: list[SubmissionLine] = field(default_factory=list)
    certificates: list[tuple[Standing, str]] = field(default_factory=list)
    reports: list[ReportLine] = field(default_factory=list)
    conditions: list[TownCondition] = field(default_factory=list)


@dataclass(frozen=True)
class TownSheet:
    """The page of a town."""

    town: Municipality
    sheets: list[ProcedureSheet]
    holdings: list[Holding]
    work: list[Task]
    guides: list[AuditorLine]
    public_url: str
    assessment_url: str
    certification_url: str


def town_sheet(town: Municipality, by: Actor, today: date) -> TownSheet:
    """The whole page in a number of queries that does not depend on how much happened."""
    with within(town):
        facts = known(today)
        sheets = _sheets(facts)
        for each in contracts():
            sheets[each.procedure_id].contract = each
        for procedure, line in _submissions(town, by):
            sheets[procedure].submissions.append(line)
        for each in facts.standings:
            url = into_town(town, "certification:certificate", each.certificate.pk)
            sheets[each.certificate.procedure_id].certificates.append((each, url))
        for report in in_order(facts.standings, facts.received, today):
            sheets[report.procedure.pk].reports.append(report)
        for condition in conditions_of(facts.decisions, today):
            sheets[condition.procedure.pk].conditions.append(condition)
        guides = [each for each in auditors(today) if each.towns]
        return TownSheet(
            town=town,
            sheets=list(sheets.values()),
            holdings=holdings(facts.standings, today),
            work=open_work(by, facts),
            guides=guides,
            public_url=into_town(town, "portal:home"),
            assessment_url=into_town(town, "assessment:overview"),
            certification_url=into_town(town, "certification:overview"),
        )


def _sheets(facts: Known) -> dict[int, ProcedureSheet]:
    lines = {each.drawn.key: each.drawn for each in procedure_lines(facts)}
    rows = Procedure.objects.select_related("municipality").prefetch_related("phases")
    return {each.pk: ProcedureSheet(each, lines[each.pk], _bar(each, facts.today)) for each in rows}


def _bar(procedure: Procedure, today: date) -> list[dict]:
    """The phases as the bar draws them."""
    return [
        {
            "label": procedure.scheme.phase(phase.key).title,
            "state": phase.state_on(today),
            "dates": f"{localdate(phase.closed_at):%m/%Y}" if phase.closed_at else "",
        }
        for phase in procedure.phases.all()
    ]


def _submissions(town: Municipality, by: Actor) -> list[tuple[int, SubmissionLine]]:
    decisions = {}
    for decision in announced():
        decisions.setdefault(decision.case.submission_id, decision)
    found = readable_submissions(by).defer("canonical", "letter")
    return [
        (
            each.procedure_id,
            SubmissionLine(
                each.number,
                each.submitted_at,
                each.version.number,
                *_state(standing_check(each), decisions.get(each.pk), hasattr(each, "case")),
                into_town(town, "assessment:submission", each.pk),
            ),
        )
        for each in found
    ]


def _state(check, decision, before_board: bool) -> tuple[str, str]:
    """How far a submission is, in a word and a tone."""
    if decision is not None:
        return decision.get_outcome_display(), "success" if decision.granting else "warning"
    if before_board:
        return _("beim Gutachterausschuss"), "info"
    if check is None:
        return _("noch nicht geprüft"), "warning"
    return (_("vollständig"), "info") if check.complete else (_("unvollständig, zurück an die Kommune"), "neutral")
