"""The view over all rooms: phases with their gates, deadlines of everything, who still owes what."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from kommpass.agreement import queries as agreement
from kommpass.audits import queries as audits
from kommpass.audits.models import Procedure, ProcedurePhase
from kommpass.bodies import queries as bodies
from kommpass.cockpit.facts import facts
from kommpass.domain.gates import Requirement, judge
from kommpass.participation import queries as participation
from kommpass.people.models import Invitation
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


@dataclass(frozen=True)
class Deadline:
    """Something that is due, with the way to it. Sorted by day."""

    due_on: date
    label: str
    kind: str
    url: str = ""
    responsible: str = ""
    state: str = ""


SOON = timedelta(days=14)


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
        _deadline(
            today, phase.planned_until, _("Phase endet: %s") % phase.meaning.title, "phase",
            reverse("cockpit:phase", args=[phase.key]),
        )
        for phase in audits.phases(procedure)
        if phase.planned_until and not phase.closed_at
    ]
    for each in stocktaking.deadlines(procedure):
        found.append(_deadline(today, each.due_on, each.label, "bundle", each.url, each.responsible))
    for each in participation.deadlines(procedure):
        found.append(_deadline(today, each.on, each.label, "workshop", each.url))
    for each in bodies.deadlines(procedure):
        found.append(_deadline(today, each["on"], each["label"], each["kind"], each["url"]))
    for on, measure in agreement.deadlines(procedure):
        who = str(measure.responsible or "")
        found.append(_deadline(today, on, str(measure), "measure", reverse("agreement:measure", args=[measure.pk]), who))
    for each in Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__date__gte=today):
        label = _("Einladung läuft ab: %s") % each.name
        found.append(_deadline(today, each.expires_at.date(), label, "invitation", reverse("people:overview")))
    return sorted(found, key=lambda each: (each.due_on, each.label))


def _deadline(today: date, due_on: date, label: str, kind: str, url: str, responsible: str = "") -> Deadline:
    state = "overdue" if due_on < today else "soon" if due_on <= today + SOON else ""
    return Deadline(due_on, str(label), kind, url, responsible, state)
