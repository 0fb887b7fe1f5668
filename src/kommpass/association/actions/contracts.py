"""Contracts and their instalments: what was agreed, what is due, what was paid."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.association.models import Contract, Instalment
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.audits.models import Procedure
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible


@transaction.atomic
def record_contract(
    *, procedure: Procedure, signed_on: date, fee: Decimal, note: str = "", by: Actor, at: datetime
) -> Contract:
    """Note the contract of a round. A second call corrects it as long as nothing was paid."""
    permit(by, "contract.record", procedure)
    if signed_on > timezone.localdate(at):
        raise NotPossible(_("Der Vertrag kann nicht in der Zukunft unterschrieben worden sein."))
    if fee < 0:
        raise NotPossible(_("Ein Kostenbeitrag ist nicht kleiner als null."))
    known = Contract.objects.filter(procedure=procedure).first()
    if known and fee != known.fee and known.instalments.filter(paid_on__isnull=False).exists():
        raise NotPossible(_("Es ist schon eine Rate bezahlt. Der Kostenbeitrag lässt sich nicht mehr ändern."))
    contract, _new = Contract.objects.update_or_create(
        procedure=procedure,
        defaults={"signed_on": signed_on, "fee": fee, "note": note, "by_name": by.name, "at": at},
    )
    record(procedure, "contract.record", by=by, at=at, signed_on=signed_on, fee=fee)
    return contract


@transaction.atomic
def set_instalments(
    *, contract: Contract, instalments: Sequence[tuple[date, Decimal]], by: Actor, at: datetime
) -> list[Instalment]:
    """Lay down the instalments (day, amount); together they are the fee. Paid ones stay as they are."""
    permit(by, "contract.record", contract.procedure)
    if contract.instalments.filter(paid_on__isnull=False).exists():
        raise NotPossible(_("Es ist schon eine Rate bezahlt. Die Raten lassen sich nicht mehr ändern."))
    if sum((amount for _due, amount in instalments), Decimal(0)) != contract.fee:
        raise NotPossible(_("Die Raten ergeben zusammen nicht den Kostenbeitrag."))
    if any(amount <= 0 for _due, amount in instalments):
        raise NotPossible(_("Eine Rate ist größer als null."))
    contract.instalments.all().delete()
    made = Instalment.objects.bulk_create(
        Instalment(contract=contract, number=number, due_on=due_on, amount=amount)
        for number, (due_on, amount) in enumerate(sorted(instalments), start=1)
    )
    record(
        contract.procedure, "contract.record", by=by, at=at, instalments=[[each.due_on, each.amount] for each in made]
    )
    return made


@transaction.atomic
def note_payment(*, instalment: Instalment, paid_on: date, by: Actor, at: datetime) -> Instalment:
    """Note that an instalment was paid."""
    permit(by, "contract.record", instalment.contract.procedure)
    if instalment.paid_on:
        raise NotPossible(_("Diese Rate ist schon bezahlt."))
    if paid_on > timezone.localdate(at):
        raise NotPossible(_("Das liegt in der Zukunft."))
    instalment.paid_on = paid_on
    instalment.save(update_fields=["paid_on"])
    record(
        instalment.contract.procedure, "contract.record", by=by, at=at, instalment=instalment.number, paid_on=paid_on
    )
    return instalment
