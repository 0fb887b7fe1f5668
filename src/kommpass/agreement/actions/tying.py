"""Tying offers to measures: whoever looks at a promise sees what families got, and the other way round."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.agreement.models import Measure, MeasureOffer
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.offers.models import Offer


@transaction.atomic
def tie_offer(*, measure: Measure, offer: Offer, role: str, by: Actor, at: datetime) -> MeasureOffer:
    """Say that an offer carries out a measure or contributes to it. Saying it again changes the role."""
    procedure = measure.agreement.procedure
    permit(by, "measure.tie", procedure)
    if role not in MeasureOffer.Role.values:
        raise NotPossible(_("Bitte sagen Sie, ob das Angebot die Maßnahme umsetzt oder zu ihr beiträgt."))
    tie, _new = MeasureOffer.objects.update_or_create(measure=measure, offer=offer, defaults={"role": role})
    record(procedure, "measure.tie", by=by, at=at, measure=measure.pk, offer=offer.pk, role=role)
    return tie


@transaction.atomic
def untie_offer(*, tie: MeasureOffer, by: Actor, at: datetime) -> None:
    """The two have nothing to do with each other (any more)."""
    procedure = tie.measure.agreement.procedure
    permit(by, "measure.tie", procedure)
    record(procedure, "measure.tie", by=by, at=at, measure=tie.measure_id, offer=tie.offer_id, role="")
    tie.delete()
