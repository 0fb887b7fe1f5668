"""The view over all rooms: phases with their gates, deadlines of everything, who still owes what."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kommpass.agreement import queries as agreement
from kommpass.assessment import queries as assessment
from kommpass.audits import queries as audits
from kommpass.audits.door import allowed
from kommpass.audits.models import Procedure, ProcedurePhase
from kommpass.bodies import queries as bodies
from kommpass.certification import queries as certification
from kommpass.cockpit.facts import facts
from kommpass.domain.deadlines import Deadline
from kommpass.domain.gates import Requirement, judge
from kommpass.domain.permissions import Actor, Role
from kommpass.implementation import queries as implementation
from kommpass.participation import queries as participation
from kommpass.people.addresses import in_town
from kommpass.people.models import Invitation, Organisation
from kommpass.reporting import queries as reporting
from kommpass.stocktaking import queries as stocktaking


@dataclass(frozen=True)
class PhaseView:
    """A phase as the bar draws it: its state today, its gate with what is there and what is needed."""

    phase: ProcedurePhase
    state: str
    gate: object | None
    requirements: tuple[Requirement, ...]

    @property
    def open_requirements(self) -> list[Requirement]:
        return [each for each in self.requirements if not each.met]

    @property
    def ready(self) -> bool:
        return not any(each.binding for each in self.open_requirements)


def phase_views(procedure: Procedure, today: date) -> list[PhaseView]:
    """All phases with their requirements. The facts are counted once for all gates."""
    counted = facts(procedure)
    drawn = []
    for phase in audits.phases(procedure):
        gate = procedure.scheme.gate_after(phase.key)
        drawn.append(
            PhaseView(
                phase=phase,
                state=phase.state_on(today),
                gate=gate,
                requirements=judge(gate.requires, counted) if gate else (),
            )
        )
    return drawn


def deadlines(procedure: Procedure, today: date) -> list[Deadline]:
    """The deadlines of everything (domain 1.12), the nearest first; what is done is not due."""
    found = [
        *_phases_end(procedure),
        *stocktaking.deadlines(procedure),
        *participation.deadlines(procedure),
        *bodies.deadlines(procedure),
        *agreement.deadlines(procedure, over=implementation.over(procedure)),
        *assessment.deadlines(procedure),
        *certification.deadlines(procedure, today),
        *implementation.deadlines(procedure),
        *reporting.deadlines(procedure, today),
        *invitations_expire(today),
    ]
    # A right that nobody used in time is no debt.
    due = (each.on_day(today) for each in found if each.due_on >= today or each.kind != "objection")
    return sorted(due, key=lambda each: (each.due_on, each.label))


def deadlines_of(by: Actor, procedure: Procedure, today: date) -> list[Deadline]:
    """What this actor is to see: those who steer see everything, others what is public in the house and their own."""
    found = deadlines(procedure, today)
    if by.has(Role.COORDINATOR):
        return found
    if by.has(Role.AUDITOR, Role.COUNCIL_OFFICE):
        return [each for each in found if each.kind != "invitation"]
    own = set(Organisation.objects.filter(pk__in=by.organisations).values_list("name", flat=True))
    seen = (each for each in found if each.kind in ("phase", "meeting") or each.responsible in own)
    pages = {"status": "implementation:own"}
    if not allowed(by, "agreement.view", procedure):  # a provider keeps its measures on a page of its own
        pages |= {"measure": "agreement:own", "step": "agreement:own"}
    return [replace(each, url=in_town(pages[each.kind])) if each.kind in pages else each for each in seen]


def _phases_end(procedure: Procedure) -> list[Deadline]:
    return [
        Deadline(
            phase.planned_until,
            _("Phase endet: %s") % phase.meaning.title,
            "phase",
            in_town("cockpit:phase", phase.key),
        )
        for phase in audits.phases(procedure)
        if phase.planned_until and not phase.closed_at
    ]


def invitations_expire(today: date) -> list[Deadline]:
    waiting = Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__date__gte=today)
    return [
        Deadline(
            localdate(each.expires_at),
            _("Einladung läuft ab: %s") % each.name,
            "invitation",
            in_town("people:overview"),
        )
        for each in waiting
    ]
