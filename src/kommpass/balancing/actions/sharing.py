"""One measure, two schemes: it is agreed and reported on once, and counts in both."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.agreement.actions.numbers import renumber
from kommpass.agreement.models import Goal, Measure
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.balancing.actions.renewing import COPIED
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible


@transaction.atomic
def share_measure(*, measure: Measure, goal: Goal, by: Actor, at: datetime) -> Measure:
    """Let a measure of one scheme count under a goal of another. Its owner is asked and reports only once."""
    procedure = goal.agreement.procedure
    permit(by, "measure.share", procedure)
    source = measure.shared_from or measure
    if source.agreement.procedure.scheme_key == procedure.scheme_key:
        raise NotPossible(_("Diese Maßnahme gehört schon zu diesem Verfahren."))
    if Measure.objects.filter(shared_from=source, agreement=goal.agreement).exists():
        raise NotPossible(_("Diese Maßnahme zählt in diesem Verfahren schon mit."))
    last = goal.measures.order_by("position").last()
    copy = Measure.objects.create(
        agreement=goal.agreement,
        goal=goal,
        shared_from=source,
        position=last.position + 1 if last else 1,
        start=source.start,
        due=source.due,
        due_on=source.due_on,
        acceptance=source.acceptance,
        accepted_at=source.accepted_at,
        accepted_by=source.accepted_by,
        **{name: getattr(source, name) for name in COPIED},
    )
    copy.partners.set(source.partners.all())
    copy.districts.set(source.districts.all())
    renumber(goal.agreement)
    record(procedure, "measure.share", by=by, at=at, measure=copy.pk, shared_from=source.pk)
    return copy
