"""Where every town stands: only what was submitted or decided, never a draft.

The number of queries does not depend on the number of towns.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from kommpass.agreement.models import Adoption
from kommpass.assessment.models import ReviewDecision
from kommpass.assessment.queries import announced_lines
from kommpass.association.kinds_of_towns import federal_state
from kommpass.association.queries.certificates import Holding, holdings, of_procedure
from kommpass.association.queries.everywhere import everywhere
from kommpass.association.queries.known import Known, known
from kommpass.association.queries.reports import due
from kommpass.association.queries.work import Task, open_work
from kommpass.audits.models import Procedure, ProcedurePhase
from kommpass.certification.queries import Standing
from kommpass.domain.deadlines import Deadline
from kommpass.domain.permissions import Actor
from kommpass.domain.schemes import Words
from kommpass.domain.validity import HOLDING, CertificateState, Gap
from kommpass.municipalities.models import Municipality


@dataclass(frozen=True)
class ProcedureLine:
    """What the association may know of a procedure: where it stands, not what is written in it."""

    key: int
    scheme: Words
    rung: Words
    round: int
    state: str
    running: bool
    phases: tuple[Words, ...]
    adopted: bool
    auditor: str
    certificate: Standing | None = None
    next: Deadline | None = None

    @property
    def phase(self) -> Words | None:
        """The furthest phase that is open: where the round really is."""
        return self.phases[-1] if self.phases else None

    @property
    def earlier(self) -> int:
        """How many phases before it nobody has closed."""
        return max(0, len(self.phases) - 1)


@dataclass
class TownLine:
    """A town with its procedures, its certificates, and what waits for the office there."""

    town: Municipality
    procedures: list[ProcedureLine] = field(default_factory=list)
    holdings: list[Holding] = field(default_factory=list)
    work: list[Task] = field(default_factory=list)

    @property
    def federal_state(self) -> str:
        return federal_state(self.town.state)

    @property
    def states(self) -> set[CertificateState]:
        return {each.state for each in self.holdings}

    @property
    def gaps(self) -> list[Gap]:
        return [gap for each in self.holdings for gap in each.gaps]


@dataclass(frozen=True)
class Overview:
    """Everything the first page of the office shows."""

    lines: list[TownLine]
    work: list[Task]


def towns_with_procedures(by: Actor, today: date) -> Overview:
    """All towns with their procedures, newest round first, and all open work."""
    return everywhere(_overview, by, today)


def _overview(by: Actor, today: date) -> Overview:
    facts = known(today)
    work = open_work(by, facts)
    lines = {town.pk: TownLine(town) for town in Municipality.objects.all()}
    for line in procedure_lines(facts):
        lines[line.municipality].procedures.append(line.drawn)
    for each in holdings(facts.standings, today):
        lines[each.town.pk].holdings.append(each)
    for each in work:
        lines[each.town.pk].work.append(each)
    return Overview(list(lines.values()), work)


@dataclass(frozen=True)
class _Placed:
    """A line, and in which town it stands."""

    municipality: int
    drawn: ProcedureLine


def procedure_lines(facts: Known) -> list[_Placed]:
    """The procedures in scope, the newest round first."""
    rows = list(Procedure.objects.select_related("municipality").prefetch_related("phases"))
    adopted = set(Adoption.objects.values_list("version__agreement__procedure", flat=True).distinct())
    certificates, dues = of_procedure(facts.standings), deadlines(facts)
    return [
        _Placed(
            each.municipality_id,
            ProcedureLine(
                key=each.pk,
                scheme=each.scheme.title,
                rung=each.rung_title,
                round=each.round,
                state=each.get_state_display(),
                running=each.state == Procedure.State.RUNNING,
                phases=tuple(each.scheme.phase(phase.key).title for phase in open_phases(each.phases.all())),
                adopted=each.pk in adopted,
                auditor=each.auditor_name,
                certificate=certificates.get(each.pk),
                next=next(iter(dues.get(each.pk, ())), None),
            ),
        )
        for each in rows
    ]


def open_phases(phases: Iterable[ProcedurePhase]) -> list[ProcedurePhase]:
    return [phase for phase in phases if phase.opened_at and not phase.closed_at]


def deadlines(facts: Known) -> dict[int, list[Deadline]]:
    """What is due in each procedure and concerns the association, the nearest first; nothing of the inner work."""
    dues: dict[int, list[Deadline]] = defaultdict(list)
    for each in of_procedure(facts.standings).values():
        if each.holds and each.certificate.valid_until_on:
            dues[each.certificate.procedure_id].append(
                Deadline(each.certificate.valid_until_on, _("Zertifikat läuft aus"), "certificate")
            )
    for line in due(facts.standings, facts.received, facts.today):
        dues[line.procedure.pk].append(Deadline(line.due_on, _("Jahresbericht"), "report"))
    for decision in facts.decisions:
        dues[decision.case.submission.procedure_id] += _of_decision(decision, facts.today)
    for each in facts.unpaid:
        dues[each.contract.procedure_id].append(Deadline(each.due_on, _("Rate %d") % each.number, "instalment"))
    return {key: sorted((one.on_day(facts.today) for one in all_), key=_by_day) for key, all_ in dues.items()}


def _of_decision(decision: ReviewDecision, today: date) -> list[Deadline]:
    found = [
        Deadline(line.condition.due_on, _("Auflage %d") % line.condition.number, "condition")
        for line in announced_lines(decision)
        if not line.met
    ]
    until = decision.release.objection_until
    if not decision.granting and not hasattr(decision, "objection") and until >= today:
        found.append(Deadline(until, _("Widerspruch möglich bis"), "objection"))
    return found


def _by_day(each: Deadline) -> tuple[date, str]:
    return each.due_on, each.label


def tiles_of(lines: Sequence[TownLine]) -> dict[str, int]:
    """The numbers on top: towns, running rounds, and how many hold a certificate, soon or already without one."""
    leading = [each.state for line in lines for each in line.holdings]
    return {
        "towns": len(lines),
        "running": sum(each.running for line in lines for each in line.procedures),
        "holding": sum(each in HOLDING or each is CertificateState.CONDITIONS_OPEN for each in leading),
        "expiring": leading.count(CertificateState.EXPIRING),
        "lapsed": leading.count(CertificateState.LAPSED),
    }


def phases_of(lines: Sequence[TownLine]) -> list[tuple[Words, int]]:
    """How many running procedures stand in which phase, the fullest first: the picture below the table."""
    counted: dict[str, int] = defaultdict(int)
    words: dict[str, Words] = {}
    for line in lines:
        for each in line.procedures:
            if each.running and each.phase:
                counted[str(each.phase)] += 1
                words[str(each.phase)] = each.phase
    return sorted(((words[title], number) for title, number in counted.items()), key=lambda row: (-row[1], str(row[0])))
