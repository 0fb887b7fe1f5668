"""What an owner expects becomes a proposed change of the agreement, instead of a date that silently goes by."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.agreement.actions import propose_amendment
from kommpass.agreement.models import Amendment, Measure
from kommpass.agreement.queries import locked
from kommpass.audits.door import permit
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.implementation import queries


@transaction.atomic
def propose_shift(*, measure: Measure, by: Actor, at: datetime) -> Amendment:
    """Propose the date that the newest word on a measure names; the owner's words are the reason."""
    agreement = measure.agreement
    permit(by, "amendment.propose", agreement.procedure)
    locked(agreement)
    if measure.pk in queries.proposed_shifts(agreement.procedure):
        raise NotPossible(_("Für diese Maßnahme ist schon eine neue Frist vorgeschlagen."))
    rows = queries.standings(agreement, timezone.localdate(at))
    late = next((each for each in queries.late_dates(rows) if each.measure == measure), None)
    if late is None:
        raise NotPossible(_("Zu dieser Maßnahme nennt niemand einen späteren Termin."))
    said_on = f"{timezone.localdate(late.assessment.at):%d.%m.%Y}"
    return propose_amendment(
        procedure=agreement.procedure,
        kind=Amendment.Kind.DEADLINE_SHIFT,
        measure=measure,
        changes={"due": late.expected},
        reason=late.assessment.text or _("Neuer Termin laut Sachstand vom %s.") % said_on,
        by=by,
        at=at,
    )
