"""Who a family is: each wording is a row of its own, and agreeing on one is a row too. Neither is ever changed."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.audits.models import Procedure
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import Conflict, NotPossible, Stale
from kommpass.participation.models import DefinitionAgreement, FamilyDefinition
from kommpass.participation.queries import latest_definition


@transaction.atomic
def propose_definition(
    *, procedure: Procedure, text: str, reason: str = "", seen: int | None = None, by: Actor, at: datetime
) -> FamilyDefinition:
    """Propose a wording. `seen` is the number of the wording it starts from; behind it means a merge page."""
    permit(by, "definition.propose", procedure)
    Procedure.objects.select_for_update().get(pk=procedure.pk)
    last = latest_definition(procedure)
    if last and last.text == text:
        return last
    if seen is not None and last and seen != last.number:
        sentence = _("Inzwischen gibt es eine andere Fassung. Ihr Text ist nicht verloren: Was soll gelten?")
        raise Stale(sentence, [Conflict("text", _("Wortlaut"), text, last.text)], last.number)
    definition = FamilyDefinition.objects.create(
        procedure=procedure,
        number=last.number + 1 if last else 1,
        text=text,
        reason=reason,
        proposed_at=at,
        proposed_by=by.name,
    )
    record(
        procedure, "definition.propose", by=by, at=at, number=definition.number, text=text, reason=reason,
        before=last.text if last else "",
    )  # fmt: skip
    return definition


@transaction.atomic
def agree_definition(
    *, definition: FamilyDefinition, agreed_on: date, agreed_by: str, by: Actor, at: datetime
) -> DefinitionAgreement:
    """Write down who agreed on this wording, and when. It holds until another wording is agreed."""
    procedure = definition.procedure
    permit(by, "definition.agree", procedure)
    if agreed_on > timezone.localdate(at):
        raise NotPossible(_("Dieser Tag liegt in der Zukunft. Bitte prüfen Sie ihn."))
    if DefinitionAgreement.objects.filter(definition=definition).exists():
        raise NotPossible(_("Diese Fassung ist schon vereinbart."))
    newer = FamilyDefinition.objects.filter(procedure=procedure, number__gt=definition.number)
    if newer.filter(agreement__isnull=False).exists():
        raise NotPossible(_("Eine neuere Fassung ist schon vereinbart. Bitte schlagen Sie diesen Wortlaut neu vor."))
    agreement = DefinitionAgreement.objects.create(
        definition=definition, agreed_on=agreed_on, agreed_by=agreed_by, registered_at=at, registered_by=by.name
    )
    record(
        procedure, "definition.agree", by=by, at=at, number=definition.number, agreed_on=agreed_on, agreed_by=agreed_by
    )
    return agreement
