"""The contract of a round: fee, instalments, payments."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommpass.association import actions, queries
from kommpass.association.forms import (
    ContractForm,
    PaymentForm,
    ProposalForm,
    instalment_rows,
    proposed_rows,
)
from kommpass.association.forms.contracts import USUAL_MONTHS, USUAL_NUMBER
from kommpass.association.models import Contract
from kommpass.association.views.finding import one_of
from kommpass.association.views.ways import town_trail
from kommpass.audits.door import requires
from kommpass.audits.models import Procedure
from kommpass.municipalities.scope import within
from kommpass.ui.pages import respond


def contract_of(procedure: Procedure) -> Contract | None:
    return queries.everywhere(lambda: queries.contracts().filter(procedure=procedure).first())


@require_http_methods(["GET", "POST"])
@requires("contract.record", procedure=False)
def contract(request, audit_id: int):
    """Day and fee; below, the instalments with what was paid."""
    procedure = one_of(queries.procedures, pk=audit_id)
    known = contract_of(procedure)
    initial = {"signed_on": procedure.contract_signed_on}
    if known:
        initial = {"signed_on": known.signed_on, "fee": known.fee, "note": known.note}
    form, done = ContractForm(request.POST or None, initial=initial), None
    if form.is_valid():
        with within(procedure.municipality):
            actions.record_contract(procedure=procedure, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = request.path
    rows = list(known.instalments.all()) if known else []
    context = {
        "round": procedure,
        "place": procedure.municipality,
        "contract": known,
        "instalments": rows,
        "paid": sum(each.amount for each in rows if each.paid_on),
        "any_paid": any(each.paid_on for each in rows),
        "payment_form": PaymentForm(initial={"paid_on": timezone.localdate()}),
        "form": form,
        "fees": procedure.scheme.fees,
        "today": timezone.localdate(),
        "breadcrumb": town_trail(procedure.municipality, (_("Vertrag"), "")),
    }
    return respond(request, "association/contract.html", context, done=done)


@require_http_methods(["GET", "POST"])
@requires("contract.record", procedure=False)
def instalments(request, contract_id: int):
    """The instalments as rows; a proposal fills them evenly over two years."""
    found = one_of(queries.contracts, pk=contract_id)
    asked = ProposalForm(request.GET or None, initial=_usual(found))
    if request.method == "POST":
        rows = instalment_rows(request.POST, fee=found.fee)
    else:
        rows = instalment_rows(rows=_filled(found, asked), fee=found.fee)
    done = None
    if rows.is_valid():
        with within(found.procedure.municipality):
            actions.set_instalments(contract=found, instalments=rows.instalments, by=request.actor, at=timezone.now())
        done = _contract_page(found)
    place = found.procedure.municipality
    context = {
        "contract": found,
        "place": place,
        "rows": rows,
        "proposal": asked,
        "breadcrumb": town_trail(place, (_("Vertrag"), _contract_page(found)), (_("Raten"), "")),
    }
    return respond(request, "association/instalments.html", context, done=done)


def _usual(contract: Contract) -> dict:
    return {"number": USUAL_NUMBER, "first": contract.signed_on, "months": USUAL_MONTHS}


def _filled(contract: Contract, asked: ProposalForm) -> list:
    """What the rows show: what was asked for, else what is there, else the usual four instalments."""
    if asked.is_valid():
        return proposed_rows(contract.fee, **asked.cleaned_data)
    known = [(each.due_on, each.amount) for each in contract.instalments.all()]
    return known or proposed_rows(contract.fee, **_usual(contract))


def _contract_page(contract: Contract) -> str:
    return reverse("association:contract", args=[contract.procedure_id])


@require_POST
@requires("contract.record", procedure=False)
def paid(request, instalment_id: int):
    """An instalment was paid."""
    found = one_of(queries.instalments, pk=instalment_id)
    form = PaymentForm(request.POST)
    if not form.is_valid():
        place = found.contract.procedure.municipality
        context = {"title": _("Zahlung eintragen"), "kicker": place.name, "form": form}
        return respond(request, "ui/form.html", context | {"cancel_url": _contract_page(found.contract)})
    with within(found.contract.procedure.municipality):
        actions.note_payment(instalment=found, **form.cleaned_data, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done=_contract_page(found.contract))


@require_POST
@requires("contract.record", procedure=False)
def unpaid(request, instalment_id: int):
    """A payment was written down by mistake."""
    found = one_of(queries.instalments, pk=instalment_id)
    with within(found.contract.procedure.municipality):
        actions.take_back_payment(instalment=found, by=request.actor, at=timezone.now())
    return respond(request, "", {}, done=_contract_page(found.contract))
