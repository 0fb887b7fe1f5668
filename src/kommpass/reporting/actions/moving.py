"""The way of a sealed report: a body takes note, the association receives it, returns or accepts it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.bodies.models import Consultation
from kommpass.domain.consultations import StationState
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.reporting import queries
from kommpass.reporting.models import ReportStep, SealedReport

Kind = ReportStep.Kind


@transaction.atomic
def note_report(*, sealed: SealedReport, station: Consultation, by: Actor, at: datetime) -> ReportStep:
    """A body took note of the report: the station of its paper says when and where."""
    permit(by, "report.note", sealed.report.procedure)
    if station.paper.procedure_id != sealed.report.procedure_id:
        raise NotPossible(_("Diese Beratung gehört zu einem anderen Verfahren."))
    if station.state not in (StationState.NOTED, StationState.DECIDED):
        raise NotPossible(_("Das Gremium hat den Bericht noch nicht zur Kenntnis genommen."))
    if station.meeting_on < timezone.localdate(sealed.sealed_at):
        raise NotPossible(_("Diese Sitzung war, bevor der Bericht festgeschrieben wurde."))
    if sealed.steps.filter(kind=Kind.NOTED, station=station).exists():
        raise NotPossible(_("Diese Kenntnisnahme ist schon eingetragen."))
    return _step(sealed, Kind.NOTED, "report.note", on=station.meeting_on, station=station, by=by, at=at)


@transaction.atomic
def submit_report(*, sealed: SealedReport, note: str = "", by: Actor, at: datetime) -> ReportStep:
    """Send the newest sealed version to the association."""
    permit(by, "report.submit", sealed.report.procedure)
    _refuse_older(sealed)
    if queries.way(sealed).state in (Kind.SUBMITTED, Kind.ACCEPTED):
        raise NotPossible(_("Dieser Bericht ist schon eingereicht."))
    if queries.way(sealed).state == Kind.RETURNED:
        raise NotPossible(_("Dieser Bericht kam zurück. Bitte berichtigen Sie ihn in einer neuen Fassung."))
    return _step(sealed, Kind.SUBMITTED, "report.submit", on=timezone.localdate(at), note=note, by=by, at=at)


@transaction.atomic
def return_report(
    *, sealed: SealedReport, note: str, remarks: Sequence[tuple[str, str]] = (), by: Actor, at: datetime
) -> ReportStep:
    """The association asks back: what is to be put right, measure by measure (number, remark)."""
    permit(by, "report.review", sealed.report.procedure)
    _refuse_unless_submitted(sealed)
    if not note.strip():
        raise NotPossible(_("Bitte schreiben Sie, was noch fehlt oder unklar ist."))
    told = [[number, text.strip()] for number, text in remarks if text.strip()]
    return _step(
        sealed,
        Kind.RETURNED,
        "report.review",
        on=timezone.localdate(at),
        note=note.strip(),
        remarks=told,
        by=by,
        at=at,
    )


@transaction.atomic
def accept_report(*, sealed: SealedReport, note: str = "", by: Actor, at: datetime) -> ReportStep:
    """The association accepts the report."""
    permit(by, "report.review", sealed.report.procedure)
    _refuse_unless_submitted(sealed)
    return _step(sealed, Kind.ACCEPTED, "report.review", on=timezone.localdate(at), note=note, by=by, at=at)


def _refuse_older(sealed: SealedReport) -> None:
    if queries.latest(sealed.report) != sealed:
        raise NotPossible(_("Es gibt eine neuere Fassung dieses Berichts."))


def _refuse_unless_submitted(sealed: SealedReport) -> None:
    if queries.way(sealed).state != Kind.SUBMITTED:
        raise NotPossible(_("Dieser Bericht liegt dem Verein nicht zur Prüfung vor."))


def _step(
    sealed: SealedReport,
    kind: str,
    action: str,
    *,
    on: date,
    note: str = "",
    remarks: list | None = None,
    station: Consultation | None = None,
    by: Actor,
    at: datetime,
) -> ReportStep:
    step = ReportStep.objects.create(
        sealed=sealed, kind=kind, note=note, remarks=remarks or [], station=station, on=on, by_name=by.name, at=at
    )
    record(
        sealed.report.procedure,
        action,
        by=by,
        at=at,
        report=sealed.report_id,
        version=sealed.number,
        step=kind,
        on=on,
    )
    return step
