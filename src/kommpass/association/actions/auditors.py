"""Auditors: who is licensed, and who guides which town, without a conflict of interest."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.assessment.queries import conflict_of_auditor
from kommpass.association.models import AuditorLicence, Contract
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.audits.models import Procedure
from kommpass.domain.permissions import Actor, Role
from kommpass.domain.refusals import NotPossible
from kommpass.people.models import Membership, User


@transaction.atomic
def license_auditor(
    *, person: User, since: date, until: date | None = None, note: str = "", by: Actor, at: datetime
) -> AuditorLicence:
    """Give or renew a licence. It belongs to no town, and so to no journal."""
    permit(by, "auditor.assign")
    if until and until < since:
        raise NotPossible(_("Die Zulassung endet, bevor sie beginnt."))
    licence, _new = AuditorLicence.objects.update_or_create(
        person=person, defaults={"since": since, "until": until, "note": note}
    )
    return licence


@transaction.atomic
def assign_auditor(*, procedure: Procedure, person: User, by: Actor, at: datetime) -> Membership:
    """Let an auditor guide this town. Who did so before keeps reading nothing."""
    permit(by, "auditor.assign", procedure)
    today = timezone.localdate(at)
    licence = AuditorLicence.objects.filter(person=person).first()
    if licence is None or licence.since > today or (licence.until and licence.until < today):
        raise NotPossible(_("%s hat keine gültige Zulassung.") % person)
    if reason := conflict_of_auditor(person.pk):
        raise NotPossible(
            _("%(name)s kann diese Kommune nicht begleiten: %(reason)s") % {"name": person, "reason": reason}
        )
    Membership.objects.filter(role=Role.AUDITOR, ended_at=None).exclude(user=person).update(ended_at=at)
    membership = Membership.objects.filter(role=Role.AUDITOR, user=person, ended_at=None).first()
    if membership is None:
        membership = Membership.objects.create(role=Role.AUDITOR, user=person)
    procedure.auditor_name = person.name
    procedure.save(update_fields=["auditor_name"])
    Contract.objects.filter(procedure=procedure).update(auditor=person)
    record(procedure, "auditor.assign", by=by, at=at, auditor=person.name)
    return membership
