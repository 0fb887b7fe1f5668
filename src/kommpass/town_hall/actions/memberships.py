"""The end of somebody's part in a town: roles end, nothing is deleted."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.permissions import Actor, Role
from kommpass.domain.refusals import NotPossible
from kommpass.people import queries
from kommpass.people.models import Membership


@transaction.atomic
def end_membership(*, membership: Membership, by: Actor, at: datetime) -> Membership:
    """End one role of one person. The last coordinator stays until there is a successor."""
    permit(by, "people.end")
    # First the lock on all coordinators, so that two of them cannot end each other at the same moment.
    coordinators = list(queries.coordinators().select_for_update(of=("self",)).order_by("pk"))
    latest = Membership.objects.select_for_update().get(pk=membership.pk)
    if latest.ended_at:
        raise NotPossible(_("Diese Rolle ist schon beendet."))
    if latest.role == Role.COORDINATOR and len(coordinators) == 1:
        raise NotPossible(
            _("Das ist die letzte Koordination dieser Kommune. Bitte laden Sie zuerst eine Nachfolge ein.")
        )
    latest.ended_at = at
    latest.save(update_fields=["ended_at"])
    record(None, "people.end", by=by, at=at, membership=latest.pk, person=latest.user_id, role=latest.role)
    return latest
