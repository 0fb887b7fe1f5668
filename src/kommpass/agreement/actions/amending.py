"""Later changes of an adopted agreement: each kind needs its level, and every approval makes a new version."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.agreement import queries
from kommpass.agreement.actions.drafting import last_day
from kommpass.agreement.actions.freezing import seal_draft
from kommpass.agreement.actions.numbers import renumber
from kommpass.agreement.models import Adoption, Amendment, Goal, Measure, Version
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.audits.models import Procedure
from kommpass.bodies.models import Decision
from kommpass.domain.permissions import Actor, Role
from kommpass.domain.refusals import NotAllowed, NotPossible

Kind, State, Level = Amendment.Kind, Amendment.State, Amendment.Level
CHANGEABLE = ("title", "description", "start", "due", "funding", "staff_effort", "subject_to_budget", "goal")


def level_of(procedure: Procedure, kind: str) -> str:
    """Who must agree to this kind of change: the town's own setting, else what the scheme proposes."""
    return procedure.municipality.amendment_levels.get(kind) or procedure.scheme.amendment_level(kind)


@transaction.atomic
def propose_amendment(
    *, procedure: Procedure, kind: str, measure: Measure | None, changes: Mapping, reason: str, by: Actor, at: datetime
) -> Amendment:
    """Propose a change of the agreement in force instead of silently missing a date."""
    permit(by, "amendment.propose", procedure)
    base = queries.in_force(procedure, timezone.localdate(at))
    if base is None:
        raise NotPossible(_("Es gibt noch keine beschlossene Fassung. Bis dahin ändern Sie einfach den Entwurf."))
    if (kind == Kind.ADD) != (measure is None):
        raise NotPossible(_("Bitte wählen Sie die Maßnahme, um die es geht."))
    if measure and not by.has(Role.COORDINATOR) and measure.responsible_id not in by.organisations:
        raise NotAllowed(_("Sie können nur Änderungen an Maßnahmen Ihrer eigenen Organisation vorschlagen."))
    if unknown := set(changes) - set(CHANGEABLE):
        raise NotPossible(_("Diese Angaben lassen sich so nicht ändern: %s") % ", ".join(sorted(unknown)))
    amendment = Amendment.objects.create(
        base=base, kind=kind, level=level_of(procedure, kind), measure=measure, changes=dict(changes), reason=reason,
        proposed_by=by.name, proposed_at=at,
    )
    record(procedure, "amendment.propose", by=by, at=at, amendment=amendment.pk, kind=kind, reason=reason)
    return amendment


@transaction.atomic
def approve_amendment(*, amendment: Amendment, decision: Decision | None = None, note: str = "", by: Actor, at: datetime) -> Version:
    """Approve at the level the kind needs, change the draft, and freeze the result as a new version in force."""
    agreement = amendment.base.agreement
    procedure = agreement.procedure
    permit(by, "amendment.approve", procedure)
    _still_open(amendment)
    _right_level(amendment, decision, by)
    _apply(amendment, agreement)
    renumber(agreement)
    version = seal_draft(agreement=agreement, kind=Version.Kind.AMENDMENT, reason=amendment.reason, by=by, at=at)
    Adoption.objects.create(
        version=version,
        decision=decision,
        approved_by=decision.body.name if decision else by.name,
        valid_from=decision.decided_on if decision else timezone.localdate(at),
        conditions=list(decision.conditions) if decision else [],
        at=at,
    )
    amendment.state, amendment.decision, amendment.result = State.APPROVED, decision, version
    amendment.answered_by, amendment.answered_at, amendment.answer_note = by.name, at, note
    amendment.save()
    record(procedure, "amendment.approve", by=by, at=at, amendment=amendment.pk, version=version.number, digest=version.digest)
    return version


@transaction.atomic
def reject_amendment(*, amendment: Amendment, note: str, by: Actor, at: datetime) -> Amendment:
    procedure = amendment.base.agreement.procedure
    permit(by, "amendment.approve", procedure)
    _still_open(amendment)
    amendment.state, amendment.answered_by, amendment.answered_at, amendment.answer_note = State.REJECTED, by.name, at, note
    amendment.save()
    record(procedure, "amendment.approve", by=by, at=at, amendment=amendment.pk, rejected=True, note=note)
    return amendment


def _still_open(amendment: Amendment) -> None:
    if amendment.state != State.PROPOSED:
        raise NotPossible(_("Über diese Änderung ist schon entschieden."))


def _right_level(amendment: Amendment, decision: Decision | None, by: Actor) -> None:
    if amendment.level == Level.COORDINATOR:
        if not by.has(Role.COORDINATOR):
            raise NotAllowed(_("Diese Änderung genehmigt die Koordination."))
        return
    if decision is None or decision.result not in ("adopted", "adopted_with_changes"):
        raise NotPossible(_("Für diese Änderung braucht es einen zustimmenden Beschluss: %s.") % amendment.get_level_display())
    if decision.paper.procedure_id != amendment.base.agreement.procedure_id:
        raise NotPossible(_("Dieser Beschluss gehört zu einem anderen Verfahren."))
    if amendment.level == Level.COUNCIL and not decision.body.authoritative:
        raise NotPossible(_("Diese Änderung braucht einen Beschluss des Rates; ein Ausschuss genügt nicht."))


def _apply(amendment: Amendment, agreement) -> None:
    """Bring the approved change into the working draft."""
    changes = dict(amendment.changes)
    goal_key = changes.pop("goal", None)
    if amendment.kind == Kind.ADD:
        goal = Goal.objects.filter(agreement=agreement, pk=goal_key).first()
        if goal is None:
            raise NotPossible(_("Bitte nennen Sie das Ziel, unter dem die neue Maßnahme stehen soll."))
        last = goal.measures.order_by("position").last()
        amendment.measure = Measure.objects.create(
            agreement=agreement, goal=goal, position=last.position + 1 if last else 1,
            due_on=last_day(changes.get("due", "")), **changes,
        )
        return
    measure = amendment.measure
    if amendment.kind == Kind.DROP:
        measure.dropped = True
    for name, value in changes.items():
        setattr(measure, name, value)
    measure.due_on = last_day(measure.due)
    measure.edition += 1
    measure.save()
