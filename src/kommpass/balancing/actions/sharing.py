"""One measure, two schemes: it is agreed and reported on once, and counts in both."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.agreement.actions.numbers import renumber
from kommpass.agreement.models import Goal, Measure
from kommpass.agreement.queries import locked
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.balancing.actions.copying import copy_links, copy_steps, facts_of
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible


@transaction.atomic
def share_measure(*, measure: Measure, goal: Goal, by: Actor, at: datetime) -> Measure:
    """Let a measure of one scheme count under a goal of another. Its owner is asked and reports only once."""
    procedure = goal.agreement.procedure
    permit(by, "measure.share", procedure)
    source = measure.shared_from or measure
    if source.dropped:
        raise NotPossible(_("Diese Maßnahme wurde gestrichen. Sie zählt in keinem Verfahren mehr."))
    if source.agreement.procedure.scheme_key == procedure.scheme_key:
        raise NotPossible(_("Diese Maßnahme gehört schon zu diesem Verfahren."))
    agreement = locked(goal.agreement)
    if Measure.objects.filter(shared_from=source, agreement=agreement).exists():
        raise NotPossible(_("Diese Maßnahme zählt in diesem Verfahren schon mit."))
    last = goal.measures.order_by("position").last()
    copy = Measure.objects.create(
        agreement=agreement,
        goal=goal,
        shared_from=source,
        promised=source.promised,
        position=last.position + 1 if last else 1,
        start=source.start,
        due=source.due,
        due_on=source.due_on,
        acceptance=source.acceptance,
        accepted_at=source.accepted_at,
        accepted_by=source.accepted_by,
        subject_to_budget=source.subject_to_budget,
        **facts_of(source, procedure),
    )
    copy_links(source, copy)
    copy_steps(source, copy)
    renumber(agreement)
    copy.refresh_from_db(fields=["number"])
    record(procedure, "measure.share", by=by, at=at, measure=copy.pk, shared_from=source.pk)
    return copy
