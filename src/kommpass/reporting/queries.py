"""Reports and where they stand: what is being written, what is sealed, what is public, what is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.agreement.models import Agreement
from kommpass.agreement.queries import adoptions, agreement_of
from kommpass.audits.models import Procedure
from kommpass.bodies.models import Consultation, Paper
from kommpass.bodies.queries import consultations
from kommpass.certification.models import Certificate
from kommpass.certification.queries import holding
from kommpass.domain.consultations import StationState
from kommpass.domain.deadlines import Deadline
from kommpass.domain.gates import Requirement
from kommpass.domain.moments import PartialDate
from kommpass.implementation import queries as implementation
from kommpass.people.addresses import in_town
from kommpass.reporting.models import Narrative, Report, ReportStep, SealedReport

Kind = ReportStep.Kind
PUBLIC_FROM = (Kind.NOTED, Kind.SUBMITTED, Kind.ACCEPTED)
"""A report is public once it has left the desk: when a body took note of it, or when it went to the association."""


def kept() -> QuerySet[SealedReport]:
    """All sealed reports of the town, whichever round they belong to, with their steps; without their contents."""
    return (
        SealedReport.objects.select_related("report__procedure__municipality")
        .prefetch_related("steps")
        .defer("canonical", "public_canonical")
        .order_by("-report__period_until", "-number")
    )


def with_content(found: QuerySet[SealedReport]) -> QuerySet[SealedReport]:
    """The same reports with what was sealed, and with the bodies that took note."""
    steps = ReportStep.objects.select_related("station__body", "station__paper")
    return found.defer(None).defer("public_canonical").prefetch_related(None).prefetch_related(Prefetch("steps", steps))


def received() -> QuerySet[SealedReport]:
    """What the association received from this town, and nothing else."""
    return kept().filter(Exists(ReportStep.objects.filter(sealed=OuterRef("pk"), kind=Kind.SUBMITTED)))


def all_reports() -> QuerySet[Report]:
    """The reports of the town, the newest period first, each with its sealed versions and their steps."""
    return Report.objects.select_related("procedure__municipality").prefetch_related(
        Prefetch("sealed", SealedReport.objects.defer("canonical", "public_canonical").prefetch_related("steps"))
    )


def reports(procedure: Procedure) -> QuerySet[Report]:
    """The reports of a procedure. Three queries."""
    return all_reports().filter(procedure=procedure)


def sealed_reports(procedure: Procedure) -> QuerySet[SealedReport]:
    return kept().filter(report__procedure=procedure)


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


@dataclass(frozen=True)
class Version:
    """A sealed report and its way: one line of a list."""

    sealed: SealedReport
    way: Way


@dataclass(frozen=True)
class OverviewRow:
    """A report with its sealed versions, the newest first."""

    report: Report
    versions: list[Version]

    @property
    def newest(self) -> Version | None:
        return self.versions[0] if self.versions else None


def overview_rows(found: Iterable[Report]) -> list[OverviewRow]:
    return [OverviewRow(each, [Version(sealed, way(sealed)) for sealed in each.sealed.all()]) for each in found]


def newest_of_each(found: Iterable[SealedReport]) -> list[Version]:
    """Of each report only its newest sealed version."""
    newest: dict[int, SealedReport] = {}
    for each in found:
        newest.setdefault(each.report_id, each)
    return [Version(each, way(each)) for each in newest.values()]


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


def agreement_behind(report: Report) -> Agreement | None:
    """The agreement a report is about; it knows its procedure without another query."""
    agreement = agreement_of(report.procedure)
    if agreement:
        agreement.procedure = report.procedure
    return agreement


def adopted_measures(agreement: Agreement | None) -> Requirement:
    """What sealing needs: without a resolution there is nothing to report on."""
    have = 0
    if agreement and adoptions(agreement.procedure).exists():
        have = implementation.reported_measures(agreement).count()
    return Requirement(_("Beschlossene Maßnahmen, über die zu berichten ist"), have, max(1, have), "agreement")


def requirements(report: Report) -> list[Requirement]:
    """What sealing needs; what is only recommended does not hold it back."""
    agreement = agreement_behind(report)
    rows = implementation.standings(agreement, report.period_until, until=report.period_until) if agreement else []
    judged = implementation.judgements(agreement) if agreement else {}
    written = {each.section for each in report.narratives.exclude(text="").filter(field=None)}
    sections = report.procedure.scheme.report_template
    return [
        adopted_measures(agreement),
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


def noting_stations(sealed: SealedReport) -> QuerySet[Consultation]:
    """Bodies that took note of a paper about a report since this one was sealed, and are not entered for it yet."""
    entered = ReportStep.objects.filter(sealed=sealed, kind=Kind.NOTED, station=OuterRef("pk"))
    return (
        consultations(sealed.report.procedure)
        .filter(
            paper__purpose=Paper.Purpose.REPORT,
            state__in=[StationState.NOTED, StationState.DECIDED],
            meeting_on__gte=timezone.localdate(sealed.sealed_at),
        )
        .exclude(Exists(entered))
        .order_by("-meeting_on", "pk")
    )


def narratives(report: Report) -> dict[tuple[str, int | None], Narrative]:
    return {(each.section, each.field_id): each for each in report.narratives.all()}


def due_periods(procedure: Procedure, today: date) -> list[date]:
    """The days on which the certificate wants a report: every `report_months` after it began, while it holds."""
    found = holding(today, [procedure])
    return report_days(found.certificate, procedure.municipality.report_months, today) if found else []


def report_days(certificate: Certificate, months: int, today: date) -> list[date]:
    """The same of one certificate that holds: for those who have it already."""
    begins, end, days = certificate.valid_from_on, certificate.valid_until_on, []
    for number in range(1, 61):
        place = begins.year * 12 + begins.month - 1 + number * (months or 12)
        day = PartialDate(place // 12, place % 12 + 1).last_day
        if (end and day > end) or day.year > today.year + 1:
            break
        days.append(day)
    return days


def owed(days: list[date], covered: date | None) -> list[date]:
    """Those of the days that no report covers yet, if reports went to the association up to the day `covered`."""
    return [day for day in days if covered is None or _later(day, covered)]


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
        for day in owed(due_periods(procedure, today), covered)
    ]
    newest = newest_of_each(sealed_reports(procedure))
    found += [
        Deadline(_returned_on(each.way), _("Zurückgegebenen Bericht berichtigen: %s") % each.sealed, "report", url)
        for each in newest
        if each.way.state == Kind.RETURNED
    ]
    return found


def _returned_on(stands: Way) -> date:
    """Since when it waits: a day that moved along with today would be a new deadline every morning."""
    return max(each.on for each in stands.steps if each.kind == Kind.RETURNED)


def _later(due_on: date, covered: date) -> bool:
    """A report up to the end of a year covers what was due in the first months of the next one."""
    return (due_on - covered).days > 183


def counts(procedure: Procedure) -> dict[str, int]:
    """The fact of this room for gates: reports that a body noted and the association received."""
    step = ReportStep.objects.filter(sealed__report=OuterRef("pk"))
    found = procedure.reports.filter(
        Exists(step.filter(kind=Kind.NOTED)), Exists(step.filter(kind__in=[Kind.SUBMITTED, Kind.ACCEPTED]))
    )
    return {"annual_reports": found.count()}
