"""The life of a procedure as a whole: begin, sign, pause, go on, withdraw, lapse."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kommpass.audits.catalogue import scheme_of
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.audits.models import FieldOfAction, Procedure, ProcedurePhase
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible

State = Procedure.State


@transaction.atomic
def start_procedure(
    *,
    scheme_key: str,
    scheme_version: str,
    rung: str,
    title: str,
    by: Actor,
    at: datetime,
) -> Procedure:
    """Begin a round: pin the scheme version, lay out its phases and fields, open the first phase.

    The last round of the same scheme is its predecessor. Rounds of other schemes may run beside it.
    """
    permit(by, "procedure.start")
    scheme = scheme_of(scheme_key, scheme_version)
    running = Procedure.objects.filter(scheme_key=scheme_key, state__in=[State.RUNNING, State.PAUSED])
    if running.exists():
        raise NotPossible(_("Für dieses Verfahren läuft bereits ein Durchgang. Bitte schließen Sie ihn zuerst ab."))
    last = Procedure.objects.filter(scheme_key=scheme_key).order_by("-round").first()
    procedure = Procedure.objects.create(
        scheme_key=scheme_key,
        scheme_version=scheme_version,
        scheme_digest=scheme.digest,
        round=last.round + 1 if last else 1,
        rung=scheme.rung(rung).key,
        title=title,
        predecessor=last,
        started_at=at,
    )
    keys = scheme.rung(rung).phases
    ProcedurePhase.objects.bulk_create(
        ProcedurePhase(procedure=procedure, key=phase.key, position=position, opened_at=at if position == 0 else None)
        for position, phase in enumerate(phase for phase in scheme.phases if phase.key in keys)
    )
    FieldOfAction.objects.bulk_create(
        FieldOfAction(procedure=procedure, number=number, title=str(field.title), covers=[field.key])
        for number, field in enumerate(scheme.fields, start=1)
    )
    record(procedure, "procedure.start", by=by, at=at, scheme=scheme_key, version=scheme_version, rung=rung)
    return procedure


@transaction.atomic
def sign_contract(*, procedure: Procedure, signed_on: date, auditor_name: str, by: Actor, at: datetime) -> Procedure:
    """Note the contract with the association and the auditor it names."""
    permit(by, "procedure.plan", procedure)
    if signed_on > localdate(at):
        raise NotPossible(_("Der Vertrag kann nicht in der Zukunft unterschrieben worden sein."))
    procedure.contract_signed_on, procedure.auditor_name = signed_on, auditor_name
    procedure.save(update_fields=["contract_signed_on", "auditor_name"])
    record(procedure, "procedure.plan", by=by, at=at, contract_signed_on=signed_on, auditor=auditor_name)
    return procedure


def _change_state(
    procedure: Procedure, action: str, to: str, allowed: set[str], reason: str, by: Actor, at: datetime
) -> Procedure:
    permit(by, action, procedure)
    if procedure.state not in allowed:
        raise NotPossible(_("Das geht im jetzigen Zustand des Verfahrens nicht."))
    before, procedure.state, procedure.state_reason = procedure.state, to, reason
    procedure.save(update_fields=["state", "state_reason"])
    procedure.forget()
    record(procedure, action, by=by, at=at, before=before, after=to, reason=reason)
    return procedure


@transaction.atomic
def pause_procedure(*, procedure: Procedure, reason: str, by: Actor, at: datetime) -> Procedure:
    """Let the procedure rest: everything stays readable, nothing can be changed."""
    return _change_state(procedure, "procedure.pause", State.PAUSED, {State.RUNNING}, reason, by, at)


@transaction.atomic
def resume_procedure(*, procedure: Procedure, reason: str = "", by: Actor, at: datetime) -> Procedure:
    return _change_state(procedure, "procedure.resume", State.RUNNING, {State.PAUSED, State.LAPSED}, reason, by, at)


@transaction.atomic
def withdraw_procedure(*, procedure: Procedure, reason: str, by: Actor, at: datetime) -> Procedure:
    """The town leaves the procedure. What was done stays visible."""
    return _change_state(
        procedure, "procedure.withdraw", State.WITHDRAWN, {State.RUNNING, State.PAUSED}, reason, by, at
    )


@transaction.atomic
def end_procedure(*, procedure: Procedure, reason: str, by: Actor, at: datetime) -> Procedure:
    """The round is over: everything stays readable, and the next one may begin."""
    return _change_state(
        procedure, "procedure.end", State.ENDED, {State.RUNNING, State.PAUSED, State.LAPSED}, reason, by, at
    )


@transaction.atomic
def lapse_procedure(*, procedure: Procedure, reason: str, by: Actor, at: datetime) -> Procedure:
    """The term ran out before the next step was done; a lapse stays visible for ever."""
    return _change_state(procedure, "procedure.lapse", State.LAPSED, {State.RUNNING, State.PAUSED}, reason, by, at)
