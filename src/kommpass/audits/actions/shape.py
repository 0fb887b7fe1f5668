"""The shape of a procedure: planned dates, fields merged, themes, project lead, scheme version."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.audits.catalogue import scheme_of
from kommpass.audits.door import permit
from kommpass.audits.editions import save_edition
from kommpass.audits.journal import record
from kommpass.audits.models import FieldOfAction, Procedure, ProcedurePhase
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.domain.schemes import SchemeChanges, changes
from kommpass.people.models import Post


@transaction.atomic
def plan_phase(
    *, phase: ProcedurePhase, planned_from: date | None, planned_until: date | None, by: Actor, at: datetime
) -> ProcedurePhase:
    """Set the planned dates of a phase. Phases may overlap; an end before its beginning may not be."""
    permit(by, "procedure.plan", phase.procedure)
    if planned_from and planned_until and planned_until < planned_from:
        raise NotPossible(_("Das geplante Ende liegt vor dem Beginn."))
    phase.planned_from, phase.planned_until = planned_from, planned_until
    phase.save(update_fields=["planned_from", "planned_until"])
    record(phase.procedure, "procedure.plan", by=by, at=at, phase=phase.key, start=planned_from, end=planned_until)
    return phase


@transaction.atomic
def open_phase(*, phase: ProcedurePhase, by: Actor, at: datetime) -> ProcedurePhase:
    """Begin a phase. An earlier one need not be over: only gates block, and they stand at the end of a phase."""
    permit(by, "phase.open", phase.procedure)
    if phase.opened_at:
        raise NotPossible(_("Diese Phase hat schon begonnen."))
    phase.opened_at = at
    phase.save(update_fields=["opened_at"])
    phase.procedure.forget()
    record(phase.procedure, "phase.open", by=by, at=at, phase=phase.key)
    return phase


@transaction.atomic
def name_project_lead(*, procedure: Procedure, post: Post, by: Actor, at: datetime) -> Procedure:
    permit(by, "procedure.plan", procedure)
    procedure.project_lead = post
    procedure.save(update_fields=["project_lead"])
    record(procedure, "procedure.plan", by=by, at=at, project_lead=post.pk)
    return procedure


@transaction.atomic
def choose_themes(
    *, procedure: Procedure, themes: Sequence[str], seen: int | None = None, by: Actor, at: datetime
) -> Procedure:
    """Choose the cross-cutting themes (modules of the scheme)."""
    permit(by, "procedure.configure", procedure)
    known = {module.key for module in procedure.scheme.modules}
    if unknown := set(themes) - known:
        raise NotPossible(_("Dieses Querschnittsthema gibt es nicht: %s") % ", ".join(sorted(unknown)))
    changed = save_edition(procedure, seen, {"themes": sorted(themes)})
    if changed:
        record(procedure, "procedure.configure", by=by, at=at, themes=procedure.themes)
    return procedure


@transaction.atomic
def merge_fields(
    *, procedure: Procedure, fields: Sequence[FieldOfAction], title: str, by: Actor, at: datetime
) -> FieldOfAction:
    """Make one field of action out of several, as Herten did. The numbers close up; the questions follow."""
    permit(by, "procedure.configure", procedure)
    ordered = sorted(fields, key=lambda field: field.number)
    if len(ordered) < 2:
        raise NotPossible(_("Zum Zusammenlegen braucht es mindestens zwei Handlungsfelder."))
    if any(_in_use(field) for field in ordered[1:]):
        raise NotPossible(
            _("In einem dieser Handlungsfelder stehen schon Ziele oder Befunde. Bitte verschieben Sie diese zuerst.")
        )
    kept, *gone = ordered
    kept.title, kept.covers = title, [key for field in ordered for key in field.covers]
    kept.save(update_fields=["title", "covers"])
    procedure.fields.filter(pk__in=[field.pk for field in gone]).delete()
    for number, field in enumerate(procedure.fields.order_by("number"), start=1):
        if field.number != number:
            field.number = number
            field.save(update_fields=["number"])
    record(procedure, "procedure.configure", by=by, at=at, merged=kept.covers, title=title)
    return kept


def _in_use(field: FieldOfAction) -> bool:
    return any(
        relation.related_model.objects.filter(**{relation.field.name: field}).exists()
        for relation in FieldOfAction._meta.related_objects
    )


def preview_upgrade(procedure: Procedure, version: str) -> SchemeChanges:
    """What a newer version of the scheme would change for this running procedure. Writes nothing."""
    return changes(procedure.scheme, scheme_of(procedure.scheme_key, version))


@transaction.atomic
def upgrade_scheme(*, procedure: Procedure, version: str, by: Actor, at: datetime) -> Procedure:
    """Move a running procedure to a newer scheme version. Old answers stay readable."""
    permit(by, "scheme.upgrade", procedure)
    new = scheme_of(procedure.scheme_key, version)
    if new.version <= procedure.scheme_version:
        raise NotPossible(_("Das Verfahren steht schon auf dieser oder einer neueren Fassung."))
    before = procedure.scheme_version
    procedure.scheme_version, procedure.scheme_digest = new.version, new.digest
    procedure.save(update_fields=["scheme_version", "scheme_digest"])
    procedure.__dict__.pop("scheme", None)
    procedure.forget()
    known = set(procedure.phases.values_list("key", flat=True))
    ProcedurePhase.objects.bulk_create(
        ProcedurePhase(procedure=procedure, key=phase.key, position=position)
        for position, phase in enumerate(new.phases)
        if phase.key not in known and phase.key in new.rung(procedure.rung).phases
    )
    record(procedure, "scheme.upgrade", by=by, at=at, before=before, after=new.version)
    return procedure
