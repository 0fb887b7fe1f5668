"""The contract with the association: signed by the town, recorded by the office, paid in instalments."""

from decimal import Decimal

from kommpass.association import actions as association
from kommpass.association.models import Instalment
from kommpass.audits import actions as audits
from kommpass.demo.walk.town import TownOnItsWay


def sign(walk: TownOnItsWay, told: dict) -> None:
    """The town notes contract and auditor; the office records the fee and assigns the auditor."""
    walk.clock.on(told["noted"])
    audits.sign_contract(
        procedure=walk.procedure,
        signed_on=walk.clock.day(told["signed"]),
        auditor_name=walk.cast.people[told["auditor"]].name,
        **walk.now,
    )
    contract = association.record_contract(
        procedure=walk.procedure,
        signed_on=walk.clock.day(told["signed"]),
        fee=Decimal(told["fee"]),
        **walk.by("association"),
    )
    instalments = [(walk.clock.day(due), Decimal(amount)) for due, amount in told["instalments"]]
    association.set_instalments(contract=contract, instalments=instalments, **walk.by("association"))
    auditor = walk.cast.people[told["auditor"]]
    association.assign_auditor(procedure=walk.procedure, person=auditor, **walk.by("association"))
    walk.procedure.refresh_from_db(fields=["auditor_name"])
    walk.cast.people["auditor"] = auditor
    walk.cast.forget_rights()


def pay_what_is_due(walk: TownOnItsWay) -> None:
    """The town pays in time; the office notes it when it looks at the account next."""
    today = walk.clock().date()
    for each in Instalment.objects.filter(paid_on=None, due_on__lte=today).order_by("due_on", "pk"):
        association.note_payment(instalment=each, paid_on=each.due_on, **walk.by("association"))
