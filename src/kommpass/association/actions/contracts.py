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
from kommpass.domain.instalments import CENT
from kommpass.domain.permissions import Actor, Role
from kommpass.domain.refusals import NotPossible
from kommpass.people.models import Membership, User

LARGEST_FEE = Decimal(10) ** 8


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
    if fee >= LARGEST_FEE or fee % CENT:
        raise NotPossible(_("Bitte geben Sie den Kostenbeitrag in Euro und ganzen Cent an."))
    Procedure.objects.select_for_update().get(pk=procedure.pk)
    known = Contract.objects.filter(procedure=procedure).first()
    if known and (known.signed_on, known.fee, known.note) == (signed_on, fee, note):
        return known
    if known and fee != known.fee and known.instalments.filter(paid_on__isnull=False).exists():
        raise NotPossible(_("Es ist schon eine Rate bezahlt. Der Kostenbeitrag lässt sich nicht mehr ändern."))
    given = {"signed_on": signed_on, "fee": fee, "note": note, "by_name": by.name, "at": at}
    contract, _new = Contract.objects.update_or_create(
        procedure=procedure, defaults=given, create_defaults=given | {"auditor": _guide(procedure)}
    )
    # The gate of the contract phase asks the procedure, whoever wrote it down first.
    procedure.contract_signed_on = signed_on
    procedure.save(update_fields=["contract_signed_on"])
    record(procedure, "contract.record", by=by, at=at, signed_on=signed_on, fee=fee)
    return contract


def _guide(procedure: Procedure) -> User | None:
    """Who guides the town already, if the auditor was assigned before the contract was written down."""
    running = Membership.objects.filter(role=Role.AUDITOR, ended_at=None, user__name=procedure.auditor_name)
    newest = running.select_related("user").order_by("-since", "-pk").first()
    return newest.user if newest else None


@transaction.atomic
def set_instalments(
    *, contract: Contract, instalments: Sequence[tuple[date, Decimal]], by: Actor, at: datetime
) -> list[Instalment]:
    """Lay down the instalments (day, amount); together they are the fee. Once one is paid they stay as they are."""
    permit(by, "contract.record", contract.procedure)
    Contract.objects.select_for_update().get(pk=contract.pk)
    known = list(contract.instalments.order_by("number"))
    if known and [(each.due_on, each.amount) for each in known] == sorted(instalments):
        return known
    if any(each.paid_on for each in known):
        raise NotPossible(_("Es ist schon eine Rate bezahlt. Die Raten lassen sich nicht mehr ändern."))
    if any(amount <= 0 for _due, amount in instalments):
        raise NotPossible(_("Eine Rate ist größer als null."))
    if sum((amount for _due, amount in instalments), Decimal(0)) != contract.fee:
        raise NotPossible(_("Die Raten ergeben zusammen nicht den Kostenbeitrag."))
    if any(amount % CENT for _due, amount in instalments):
        raise NotPossible(_("Bitte geben Sie jede Rate in Euro und ganzen Cent an."))
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
    """Note that an instalment was paid. The same word twice is one word."""
    permit(by, "contract.record", instalment.contract.procedure)
    known = Instalment.objects.select_for_update().get(pk=instalment.pk)
    if known.paid_on == paid_on:
        return known
    if known.paid_on:
        raise NotPossible(_("Diese Rate ist schon bezahlt."))
    if paid_on > timezone.localdate(at):
        raise NotPossible(_("Das liegt in der Zukunft."))
    return _paid(instalment, paid_on, by, at)


@transaction.atomic
def take_back_payment(*, instalment: Instalment, by: Actor, at: datetime) -> Instalment:
    """The payment was written down by mistake: the instalment is open again, and the journal keeps both."""
    permit(by, "contract.record", instalment.contract.procedure)
    known = Instalment.objects.select_for_update().get(pk=instalment.pk)
    return _paid(instalment, None, by, at) if known.paid_on else known


def _paid(instalment: Instalment, paid_on: date | None, by: Actor, at: datetime) -> Instalment:
    instalment.paid_on = paid_on
    instalment.save(update_fields=["paid_on"])
    record(
        instalment.contract.procedure, "contract.record", by=by, at=at, instalment=instalment.number, paid_on=paid_on
    )
    return instalment
