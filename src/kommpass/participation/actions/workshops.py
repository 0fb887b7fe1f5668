"""Workshops: plan them, count who came by group (never by name), write the minutes."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.editions import save_edition
from kommpass.audits.journal import record
from kommpass.audits.models import Procedure
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.participation.models import Attendance, Workshop


@transaction.atomic
def plan_workshop(
    *,
    procedure: Procedure,
    kind: str,
    title: str,
    held_on: date,
    starts: time | None = None,
    until: time | None = None,
    place: str = "",
    agenda: str = "",
    groups: Collection[str] = (),
    by: Actor,
    at: datetime,
) -> Workshop:
    """Plan a workshop or another format of participation. One that has been may be entered afterwards."""
    permit(by, "workshop.plan", procedure)
    _refuse_backwards(starts, until)
    workshop = Workshop.objects.create(
        procedure=procedure,
        kind=kind,
        title=title,
        held_on=held_on,
        starts=starts,
        until=until,
        place=place,
        agenda=agenda,
        groups=list(groups),
    )
    record(procedure, "workshop.plan", by=by, at=at, workshop=workshop.pk, kind=kind, title=title, held_on=held_on)
    return workshop


@transaction.atomic
def edit_workshop(*, workshop: Workshop, seen: int | None = None, by: Actor, at: datetime, **changes) -> Workshop:
    """Change the plan of a workshop. `changes` names its fields; the minutes have their own action."""
    permit(by, "workshop.plan", workshop.procedure)
    _refuse_backwards(changes.get("starts", workshop.starts), changes.get("until", workshop.until))
    before = {name: getattr(workshop, name) for name in changes}
    changed = save_edition(workshop, seen, changes)
    if changed:
        record(
            workshop.procedure,
            "workshop.plan",
            by=by,
            at=at,
            workshop=workshop.pk,
            before={name: before[name] for name in changed},
            after={name: changes[name] for name in changed},
        )
    return workshop


@transaction.atomic
def write_minutes(*, workshop: Workshop, minutes: str, seen: int | None = None, by: Actor, at: datetime) -> Workshop:
    permit(by, "workshop.record", workshop.procedure)
    before = workshop.minutes
    if save_edition(workshop, seen, {"minutes": minutes}):
        record(workshop.procedure, "workshop.record", by=by, at=at, workshop=workshop.pk, before=before, after=minutes)
    return workshop


@transaction.atomic
def record_attendance(*, workshop: Workshop, counts: Mapping[str, int | None], by: Actor, at: datetime) -> Workshop:
    """Write down how many people of each group were there. 0 or nothing takes a group out."""
    permit(by, "involvement.record" if workshop.is_format else "workshop.record", workshop.procedure)
    if workshop.held_on > timezone.localdate(at):
        raise NotPossible(_("Dieser Termin war noch nicht. Wie viele gekommen sind, tragen Sie bitte danach ein."))
    if unknown := set(counts) - set(Attendance.Group.values):
        raise NotPossible(_("Diese Gruppe gibt es nicht: %s") % ", ".join(sorted(unknown)))
    if any(count is not None and count < 0 for count in counts.values()):
        raise NotPossible(_("Weniger als niemand kann nicht gekommen sein."))
    before = {each.group: each.count for each in workshop.attendance.all()}
    for group, count in counts.items():
        if count:
            Attendance.objects.update_or_create(workshop=workshop, group=group, defaults={"count": count})
        else:
            workshop.attendance.filter(group=group).delete()
    after = {each.group: each.count for each in Attendance.objects.filter(workshop=workshop)}
    if before != after:
        action = "involvement.record" if workshop.is_format else "workshop.record"
        record(workshop.procedure, action, by=by, at=at, workshop=workshop.pk, people_before=before, people_after=after)
    return workshop


def _refuse_backwards(starts: time | None, until: time | None) -> None:
    if starts and until and until <= starts:
        raise NotPossible(_("Das Ende liegt vor dem Beginn."))
