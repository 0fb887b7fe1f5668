"""Writing a report and sealing it: a snapshot that nobody can change; a correction is the next version."""

from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.editions import save_edition
from kommpass.audits.journal import record
from kommpass.audits.models import FieldOfAction, Procedure
from kommpass.domain.canonical import canonical_json
from kommpass.domain.gates import missing
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import GateClosed, NotPossible
from kommpass.reporting import content, queries
from kommpass.reporting.models import Narrative, Report, SealedReport
from kommpass.reporting.public import public_view


@transaction.atomic
def begin_report(
    *,
    procedure: Procedure,
    title: str,
    period_from: date,
    period_until: date,
    due_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Report:
    """Begin a report; several years may be one. Periods do not overlap."""
    permit(by, "report.write", procedure)
    if period_until < period_from:
        raise NotPossible(_("Der Zeitraum endet, bevor er beginnt."))
    same = procedure.reports.filter(period_from__lte=period_until, period_until__gte=period_from).first()
    if same:
        raise NotPossible(_("Dieser Zeitraum überschneidet sich mit dem Bericht „%s“.") % same)
    report = Report.objects.create(
        procedure=procedure,
        title=title,
        period_from=period_from,
        period_until=period_until,
        due_on=due_on,
        created_at=at,
        created_by=by.name,
    )
    record(procedure, "report.write", by=by, at=at, report=report.pk, title=title, period=report.years)
    return report


@transaction.atomic
def write_narrative(
    *,
    report: Report,
    text: str,
    section: str = "",
    field: FieldOfAction | None = None,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Narrative:
    """Write the text of a section of the scheme's template, or of a field of action."""
    permit(by, "report.write", report.procedure)
    known = {each.key for each in report.procedure.scheme.report_template}
    if (section in known) == (field is not None):
        raise NotPossible(_("Diesen Abschnitt gibt es in dem Bericht nicht."))
    narrative, new = Narrative.objects.get_or_create(report=report, section=section, field=field)
    if save_edition(narrative, None if new else seen, {"text": text}):
        where = section or f"field {field.number}"
        record(report.procedure, "report.write", by=by, at=at, report=report.pk, section=where)
    return narrative


@transaction.atomic
def seal_report(
    *, report: Report, reason: str = "", key_date: date | None = None, by: Actor, at: datetime
) -> SealedReport:
    """Seal the report as it stands. Later words, texts and changes do not touch it any more.

    `key_date` is the day at which is looked (default: the end of the period). A second version is a correction
    and says why it was made.
    """
    permit(by, "report.seal", report.procedure)
    Report.objects.select_for_update().get(pk=report.pk)
    agreement = queries.agreement_behind(report)
    if shut := missing([queries.adopted_measures(agreement)]):
        raise GateClosed(_("Der Bericht kann noch nicht festgeschrieben werden. Es fehlt noch etwas:"), shut)
    last = report.sealed.order_by("-number").values_list("number", flat=True).first() or 0
    if last and not reason.strip():
        raise NotPossible(_("Bitte schreiben Sie, warum Sie den Bericht berichtigen."))
    day = key_date or report.period_until
    if day < report.period_from:
        raise NotPossible(_("Der Stichtag liegt vor dem Zeitraum des Berichts."))
    if day > timezone.localdate(at):
        raise NotPossible(_("Der Stichtag liegt in der Zukunft."))
    built = content.build(report, agreement, number=last + 1, reason=reason.strip(), key_date=day)
    canonical = canonical_json(built)
    sealed = SealedReport.objects.create(
        report=report,
        number=built["version"]["number"],
        reason=reason.strip(),
        canonical=canonical,
        digest=sha256(canonical.encode()).hexdigest(),
        public_canonical=canonical_json(public_view(built)),
        summary=built["summary"],
        measure_count=built["summary"]["total"],
        key_date=day,
        sealed_at=at,
        sealed_by=by.name,
    )
    record(
        report.procedure,
        "report.seal",
        by=by,
        at=at,
        report=report.pk,
        version=sealed.number,
        digest=sealed.digest,
        reason=reason,
    )
    return sealed
