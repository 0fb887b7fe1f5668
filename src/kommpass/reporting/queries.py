"""Reports and where they stand: what is being written, what is sealed, what is public, what is due."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from kommpass.agreement.queries import agreement_of
from kommpass.audits.models import Procedure
from kommpass.certification.queries import holding
from kommpass.domain.deadlines import Deadline
from kommpass.domain.gates import Requirement
from kommpass.domain.moments import PartialDate
from kommpass.implementation import queries as implementation
from kommpass.people.addresses import in_town
from kommpass.reporting.models import Narrative, Report, ReportStep, SealedReport

Kind = ReportStep.Kind
PUBLIC_FROM = (Kind.NOTED, Kind.SUBMITTED, Kind.ACCEPTED)
"""A report is public once it has left the desk: when a body took note of it, or when it went to the association."""


def reports(procedure: Procedure) -> QuerySet[Report]:
    """The reports of a procedure, the newest period first, each with its sealed versions and their steps."""
    return procedure.reports.select_related("procedure__municipality").prefetch_related("sealed__steps")


def sealed_reports(procedure: Procedure) -> QuerySet[SealedReport]:
    return (
        SealedReport.objects.filter(report__procedure=procedure)
        .select_related("report__procedure__municipality")
        .prefetch_related("steps")
        .defer("canonical", "public_canonical")
        .order_by("-report__period_until", "-number")
    )


def latest(report: Report) -> SealedReport | None:
    """The newest sealed version of a report."""
    return report.sealed.defer("canonical", "public_canonical").prefetch_related("steps").first()


@dataclass(frozen=True)
class Way:
    """Where a sealed report stands: noted by a body, and its place with the association."""

    noted: bool
    state: str
    steps: tuple[ReportStep, ...]

    @property
    def public(self) -> bool:
        return any(each.kind in PUBLIC_FROM for each in self.steps)


def way(sealed: SealedReport) -> Way:
    """`state`: sealed, submitted, returned or accepted."""
    steps = tuple(sorted(sealed.steps.all(), key=lambda each: each.pk))
    moved = [each.kind for each in steps if each.kind != Kind.NOTED]
    return Way(any(each.kind == Kind.NOTED for each in steps), moved[-1] if moved else "sealed", steps)


def published(day: date) -> SealedReport | None:
    """The newest report of the town that everybody may read, whichever round it belongs to."""
    out = ReportStep.objects.filter(sealed=OuterRef("pk"), kind__in=PUBLIC_FROM, on__lte=day)
    return (
        SealedReport.objects.filter(Exists(out))
        .select_related("report__procedure__municipality")
        .defer("canonical")
        .order_by("-report__period_until", "-number")
        .first()
    )


def published_reports(day: date) -> QuerySet[SealedReport]:
    """All public reports, newest first; of each only its newest public version."""
    out = ReportStep.objects.filter(sealed=OuterRef("pk"), kind__in=PUBLIC_FROM, on__lte=day)
    later = SealedReport.objects.filter(Exists(out), report=OuterRef("report"), number__gt=OuterRef("number"))
    return (
        SealedReport.objects.filter(Exists(out))
        .exclude(Exists(later))
        .select_related("report__procedure")
        .defer("canonical", "public_canonical")
        .order_by("-report__period_until")
    )


def requirements(report: Report) -> list[Requirement]:
    """What sealing needs; what is only recommended does not hold it back."""
    procedure = report.procedure
    agreement = agreement_of(procedure)
    rows = implementation.standings(agreement, report.period_until, until=report.period_until) if agreement else []
    judged = implementation.judgements(agreement) if agreement else {}
    written = {each.section for each in report.narratives.exclude(text="").filter(field=None)}
    sections = procedure.scheme.report_template
    return [
        Requirement(_("Beschlossene Maßnahmen, über die zu berichten ist"), len(rows), 1, "agreement"),
        Requirement(
            _("Maßnahmen mit einer Rückmeldung"),
            sum(each.assessment is not None for each in rows),
            max(1, len(rows)),
            "implementation",
            binding=False,
        ),
        Requirement(
            _("Ziele mit einem Urteil, ob sie erreicht sind"),
            len(judged),
            max(1, len({each.measure.goal_id for each in rows})),
            "implementation",
            binding=False,
        ),
        Requirement(
            _("Geschriebene Abschnitte"),
            sum(each.key in written for each in sections),
            max(1, len(sections)),
            "reporting",
            binding=False,
        ),
    ]


def narratives(report: Report) -> dict[tuple[str, int | None], Narrative]:
    return {(each.section, each.field_id): each for each in report.narratives.all()}


def due_periods(procedure: Procedure, today: date) -> list[date]:
    """The days on which the certificate wants a report: every `report_months` after it began, while it holds."""
    found = holding(today, [procedure])
    if found is None:
        return []
    begins, end = found.certificate.valid_from_on, found.certificate.valid_until_on
    months, days = procedure.municipality.report_months or 12, []
    for number in range(1, 61):
        place = begins.year * 12 + begins.month - 1 + number * months
        day = PartialDate(place // 12, place % 12 + 1).last_day
        if (end and day > end) or day.year > today.year + 1:
            break
        days.append(day)
    return days


def covered_until(procedure: Procedure) -> date | None:
    """Up to which day reports have gone to the association."""
    submitted = ReportStep.objects.filter(sealed__report=OuterRef("pk"), kind__in=[Kind.SUBMITTED, Kind.ACCEPTED])
    last = procedure.reports.filter(Exists(submitted)).order_by("-period_until").first()
    return last.period_until if last else None


def deadlines(procedure: Procedure, today: date) -> list[Deadline]:
    """The reports that are due: one for each period of the certificate that no submitted report covers yet."""
    covered, url = covered_until(procedure), in_town("reporting:overview")
    found = [
        Deadline(day, _("Jahresbericht einreichen"), "report", url)
        for day in due_periods(procedure, today)
        if covered is None or _later(day, covered)
    ]
    returned = [each for each in sealed_reports(procedure) if way(each).state == Kind.RETURNED and _is_latest(each)]
    found += [Deadline(today, _("Zurückgegebenen Bericht berichtigen: %s") % each, "report", url) for each in returned]
    return found


def _later(due_on: date, covered: date) -> bool:
    """A report up to the end of a year covers what was due in the first months of the next one."""
    return (due_on - covered).days > 183


def _is_latest(sealed: SealedReport) -> bool:
    return not SealedReport.objects.filter(report=sealed.report_id, number__gt=sealed.number).exists()


def counts(procedure: Procedure) -> dict[str, int]:
    """The fact of this room for gates: reports that a body noted and the association received."""
    step = ReportStep.objects.filter(sealed__report=OuterRef("pk"))
    found = procedure.reports.filter(
        Exists(step.filter(kind=Kind.NOTED)), Exists(step.filter(kind__in=[Kind.SUBMITTED, Kind.ACCEPTED]))
    )
    return {"annual_reports": found.count()}
