"""Later changes of an adopted agreement: each kind needs its level, and every approval makes a new version."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.agreement import content, queries
from kommpass.agreement.actions.drafting import last_day
from kommpass.agreement.actions.freezing import next_number, seal
from kommpass.agreement.actions.numbers import renumber
from kommpass.agreement.actions.promising import adopt
from kommpass.agreement.models import Agreement, Amendment, Goal, Measure, Version
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.audits.models import Procedure
from kommpass.bodies.models import Body, Decision
from kommpass.domain.moments import DateRefused, PartialDate
from kommpass.domain.permissions import Actor, Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.people.models import Organisation

Kind, State, Level = Amendment.Kind, Amendment.State, Amendment.Level
WORDS = {"title", "description"}
DATES = {"start", "due"}
MEANS = {"funding", "staff_effort", "subject_to_budget"}
CHANGEABLE = {
    Kind.EDITORIAL: WORDS,
    Kind.WORDING: WORDS,
    Kind.DEADLINE_SHIFT: DATES,
    Kind.REPLACE: WORDS | DATES | MEANS,
    Kind.DROP: set(),
    Kind.ADD: WORDS | DATES | MEANS | {"goal", "responsible"},
}
"""What a kind of change may touch: else the level of one kind would be the back door to another."""


def level_of(procedure: Procedure, kind: str) -> str:
    """Who must agree to this kind of change: the town's own setting, else what the scheme proposes."""
    return procedure.municipality.amendment_levels.get(kind) or procedure.scheme.amendment_level(kind)


@transaction.atomic
def propose_amendment(
    *, procedure: Procedure, kind: str, measure: Measure | None, changes: Mapping, reason: str, by: Actor, at: datetime
) -> Amendment:
    """Propose a change of the agreement in force instead of silently missing a date."""
    permit(by, "amendment.propose", procedure)
    adoption = queries.adoptions(procedure).first()
    if adoption is None:
        raise NotPossible(_("Es gibt noch keine beschlossene Fassung. Bis dahin ändern Sie einfach den Entwurf."))
    if measure and not by.has(Role.COORDINATOR) and measure.responsible_id not in by.organisations:
        raise NotAllowed(_("Sie können nur Änderungen an Maßnahmen Ihrer eigenen Organisation vorschlagen."))
    _refuse_wrong_changes(kind, changes)
    _refuse_wrong_place(adoption.version, kind, measure, changes)
    amendment = Amendment.objects.create(
        base=adoption.version,
        kind=kind,
        level=level_of(procedure, kind),
        measure=measure,
        changes=dict(changes),
        reason=reason,
        proposed_by=by.name,
        proposed_at=at,
    )
    record(procedure, "amendment.propose", by=by, at=at, amendment=amendment.pk, kind=kind, reason=reason)
    return amendment


@transaction.atomic
def approve_amendment(
    *, amendment: Amendment, decision: Decision | None = None, note: str = "", by: Actor, at: datetime
) -> Version:
    """Approve at the level the kind needs: the version in force with this change is the next one in force.

    Only the approved change comes in. What else has been done to the draft, to names or to findings since the
    resolution is no part of it.
    """
    procedure = amendment.base.agreement.procedure
    permit(by, "amendment.approve", procedure)
    _still_open(amendment)
    _right_level(amendment, decision, by)
    newest = queries.adoptions(procedure).first()
    _refuse_wrong_place(newest.version, amendment.kind, amendment.measure, amendment.changes)
    version = _next_version(amendment, newest.version, by, at)
    decided_on = decision.decided_on if decision else timezone.localdate(at)
    adopt(
        version,
        decision=decision,
        approved_by=decision.body.name if decision else by.name,
        # Registered late, it does not reach behind the version it builds on.
        valid_from=max(decided_on, newest.valid_from),
        conditions=list(decision.conditions) if decision else [],
        at=at,
    )
    amendment.decision, amendment.result = decision, version
    _answer(amendment, State.APPROVED, note, by, at)
    record(
        procedure,
        "amendment.approve",
        by=by,
        at=at,
        amendment=amendment.pk,
        version=version.number,
        digest=version.digest,
    )
    return version


@transaction.atomic
def reject_amendment(*, amendment: Amendment, note: str, by: Actor, at: datetime) -> Amendment:
    """Say no, with a reason for those who proposed it."""
    procedure = amendment.base.agreement.procedure
    permit(by, "amendment.approve", procedure)
    _still_open(amendment)
    if not note.strip():
        raise NotPossible(_("Bitte geben Sie eine Begründung an, damit die anderen verstehen, warum es dabei bleibt."))
    _answer(amendment, State.REJECTED, note, by, at)
    record(procedure, "amendment.approve", by=by, at=at, amendment=amendment.pk, rejected=True, note=note)
    return amendment


def _answer(amendment: Amendment, state: str, note: str, by: Actor, at: datetime) -> None:
    amendment.state, amendment.answered_by, amendment.answered_at, amendment.answer_note = state, by.name, at, note
    amendment.save()


def _still_open(amendment: Amendment) -> None:
    if Amendment.objects.select_for_update().get(pk=amendment.pk).state != State.PROPOSED:
        raise NotPossible(_("Über diese Änderung ist schon entschieden."))


def _refuse_wrong_changes(kind: str, changes: Mapping) -> None:
    if unknown := set(changes) - CHANGEABLE[Kind(kind)]:
        raise NotPossible(_("Diese Angaben lassen sich so nicht ändern: %s") % ", ".join(sorted(unknown)))
    if kind != Kind.DROP and not changes:
        raise NotPossible(_("Bitte schreiben Sie, was sich ändern soll."))
    for name in DATES & set(changes):
        try:
            PartialDate.parse(changes[name])
        except DateRefused as refused:
            raise NotPossible(_(refused.message).format(**refused.values)) from None


def _refuse_wrong_place(version: Version, kind: str, measure: Measure | None, changes: Mapping) -> None:
    """The change must fit the version in force: its measure, or the goal of a new one, stands there."""
    if kind == Kind.ADD:
        goal = Goal.objects.filter(agreement=version.agreement, pk=changes.get("goal")).first()
        if goal is None or not changes.get("title"):
            raise NotPossible(_("Bitte nennen Sie den Titel und das Ziel, unter dem die neue Maßnahme stehen soll."))
    elif measure is None:
        raise NotPossible(_("Bitte wählen Sie die Maßnahme, um die es geht."))
    elif measure.dropped:
        raise NotPossible(_("Diese Maßnahme ist gestrichen. Bitte schlagen Sie eine neue Maßnahme vor."))
    if not content.holds(version.content, goal if kind == Kind.ADD else measure):
        raise NotPossible(
            _("Das steht nicht in der geltenden Fassung. Bis zum nächsten Beschluss gehört es in den Entwurf.")
        )


def _right_level(amendment: Amendment, decision: Decision | None, by: Actor) -> None:
    if amendment.level == Level.COORDINATOR:
        if not by.has(Role.COORDINATOR):
            raise NotAllowed(_("Diese Änderung genehmigt die Koordination."))
        return
    if decision is None or decision.result not in Decision.ADOPTING or decision.corrected_by.exists():
        raise NotPossible(
            _("Für diese Änderung braucht es einen zustimmenden Beschluss: %s.") % amendment.get_level_display()
        )
    if decision.paper.procedure_id != amendment.base.agreement.procedure_id:
        raise NotPossible(_("Dieser Beschluss gehört zu einem anderen Verfahren."))
    if decision.adoptions.exclude(version__kind=Version.Kind.AMENDMENT).exists():
        raise NotPossible(
            _(
                "Mit diesem Beschluss wurde die Zielvereinbarung angenommen. "
                "Die Änderung braucht einen eigenen Beschluss."
            )
        )
    if amendment.level == Level.COUNCIL and not decision.body.authoritative:
        raise NotPossible(_("Diese Änderung braucht einen Beschluss des Rates; ein Ausschuss genügt nicht."))
    if not decision.body.authoritative and decision.body.kind != Body.Kind.COMMITTEE:
        raise NotPossible(_("Diese Änderung braucht den Beschluss eines Ausschusses."))


def _next_version(amendment: Amendment, newest: Version, by: Actor, at: datetime) -> Version:
    """Bring the change into the draft, and into a copy of the version in force."""
    agreement, new = newest.agreement, amendment.kind == Kind.ADD
    changes = dict(amendment.changes)
    if new:
        amendment.measure = _add(agreement, changes)
    else:
        changes |= {"dropped": True} if amendment.kind == Kind.DROP else {}
        _change(amendment.measure, changes)
    built = content.amended(
        newest.content,
        number=next_number(agreement),
        kind=Version.Kind.AMENDMENT.value,
        reason=amendment.reason,
        frozen_on=timezone.localdate(at),
        measure=amendment.measure,
        changes=changes,
        new=new,
    )
    return seal(agreement=agreement, built=built, base=newest, by=by, at=at)


def _add(agreement: Agreement, changes: dict) -> Measure:
    goal = Goal.objects.get(agreement=agreement, pk=changes.pop("goal"))
    responsible = Organisation.objects.filter(pk=changes.pop("responsible", None)).first()
    last = goal.measures.order_by("position").last()
    measure = Measure.objects.create(
        agreement=agreement,
        goal=goal,
        position=last.position + 1 if last else 1,
        responsible=responsible,
        due_on=last_day(changes.get("due", "")),
        **changes,
    )
    renumber(agreement)
    measure.refresh_from_db(fields=["number"])
    return measure


def _change(measure: Measure, changes: dict) -> None:
    for name, value in changes.items():
        setattr(measure, name, value)
    measure.due_on = last_day(measure.due)
    measure.edition += 1
    measure.save(update_fields=[*changes, "due_on", "edition"])
