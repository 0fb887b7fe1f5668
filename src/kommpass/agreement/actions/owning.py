"""Owners say yes or no to their measures before anything is frozen."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.agreement.models import Agreement, Measure
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.permissions import Actor, Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.people.models import Organisation

Acceptance = Measure.Acceptance


@transaction.atomic
def ask_owners(*, agreement: Agreement, organisations: Iterable[Organisation], by: Actor, at: datetime) -> int:
    """Mark the open measures of these organisations as asked; returns how many. The letter is the view's errand."""
    permit(by, "measure.ask", agreement.procedure)
    chosen = list(organisations)
    asked = agreement.measures.filter(responsible__in=chosen, acceptance=Acceptance.OPEN).update(
        acceptance=Acceptance.ASKED
    )
    record(agreement.procedure, "measure.ask", by=by, at=at, asked=[each.pk for each in chosen], measures=asked)
    return asked


@transaction.atomic
def answer_measure(*, measure: Measure, accepted: bool, note: str = "", by: Actor, at: datetime) -> Measure:
    """The owner's yes or no. A no needs a reason, so that the coordination knows what to change."""
    procedure = measure.agreement.procedure
    permit(by, "measure.answer", procedure)
    if not by.has(Role.COORDINATOR) and measure.responsible_id not in by.organisations:
        raise NotAllowed(_("Diese Maßnahme gehört zu einer anderen Organisation."))
    if measure.responsible_id is None:
        raise NotPossible(_("Für diese Maßnahme ist noch niemand zuständig."))
    if not accepted and not note.strip():
        raise NotPossible(_("Bitte schreiben Sie in einem Satz, warum Sie die Maßnahme nicht übernehmen können."))
    measure.acceptance = Acceptance.ACCEPTED if accepted else Acceptance.DECLINED
    measure.acceptance_note, measure.accepted_at, measure.accepted_by = note, at, by.name
    measure.save(update_fields=["acceptance", "acceptance_note", "accepted_at", "accepted_by"])
    record(procedure, "measure.answer", by=by, at=at, measure=measure.pk, accepted=accepted, note=note)
    return measure
