"""Auditors: who is licensed, and who guides which town, without a conflict of interest."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.assessment.queries import conflict_of_auditor
from kommpass.association.models import AuditorLicence, Contract
from kommpass.association.queries.auditors import may_guide
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
    """Give, renew or end a licence. It belongs to no town, and so to no journal."""
    permit(by, "auditor.assign")
    if until and until < since:
        raise NotPossible(_("Die Zulassung endet, bevor sie beginnt."))
    licence, _new = AuditorLicence.objects.update_or_create(
        person=person, defaults={"since": since, "until": until, "note": note}
    )
    return licence


@transaction.atomic
def assign_auditor(*, procedure: Procedure, person: User, by: Actor, at: datetime) -> Membership:
    """Let an auditor guide this round. Who did so before reads nothing more, unless they guide another round here."""
    permit(by, "auditor.assign", procedure)
    if not may_guide(AuditorLicence.objects.filter(person=person).first(), timezone.localdate(at)):
        raise NotPossible(_("%s hat keine gültige Zulassung.") % person)
    if reason := conflict_of_auditor(person.pk):
        raise NotPossible(
            _("%(name)s kann diese Kommune nicht begleiten: %(reason)s") % {"name": person, "reason": reason}
        )
    Procedure.objects.select_for_update().get(pk=procedure.pk)
    before = Membership.objects.filter(role=Role.AUDITOR, ended_at=None).exclude(user=person)
    ended = before.exclude(user__in=_guides_of_other_rounds(procedure)).update(ended_at=at)
    known = Membership.objects.filter(role=Role.AUDITOR, user=person, ended_at=None).first()
    membership = known or Membership.objects.create(role=Role.AUDITOR, user=person)
    Contract.objects.filter(procedure=procedure).update(auditor=person)
    if known is None or ended or procedure.auditor_name != person.name:
        procedure.auditor_name = person.name
        procedure.save(update_fields=["auditor_name"])
        record(procedure, "auditor.assign", by=by, at=at, auditor=person.name)
    return membership


def _guides_of_other_rounds(procedure: Procedure):
    """Two schemes may run at once, each with an auditor of its own."""
    running = Contract.objects.filter(procedure__state__in=[Procedure.State.RUNNING, Procedure.State.PAUSED])
    return running.exclude(procedure=procedure).filter(auditor__isnull=False).values("auditor")
