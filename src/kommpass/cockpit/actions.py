"""Leaving a phase: the gate is judged here, because only the cockpit can count everything."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.audits.models import ProcedurePhase
from kommpass.cockpit.facts import facts
from kommpass.domain.gates import judge, missing
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import GateClosed, NotPossible


@transaction.atomic
def close_phase(*, phase: ProcedurePhase, by: Actor, at: datetime) -> ProcedurePhase:
    """Close a phase and begin the next one, if its gate is open. Raises GateClosed with have and need."""
    procedure = phase.procedure
    permit(by, "phase.close", procedure)
    if not phase.opened_at:
        raise NotPossible(_("Diese Phase hat noch nicht begonnen."))
    if phase.closed_at:
        raise NotPossible(_("Diese Phase ist schon abgeschlossen."))
    gate = procedure.scheme.gate_after(phase.key)
    requirements = judge(gate.requires, facts(procedure)) if gate else ()
    if shut := missing(requirements):
        raise GateClosed(_("Diese Phase kann noch nicht abgeschlossen werden. Es fehlt noch etwas:"), shut)
    phase.closed_at = at
    phase.save(update_fields=["closed_at"])
    following = procedure.phases.filter(position__gt=phase.position).order_by("position").first()
    if following and not following.opened_at:
        following.opened_at = at
        following.save(update_fields=["opened_at"])
    procedure.forget()
    passed = [{"label": str(each.label), "have": each.have, "need": each.need} for each in requirements]
    record(procedure, "phase.close", by=by, at=at, phase=phase.key, requirements=passed)
    return phase
