"""Changes that wait for a second pair of eyes: what would change, word by word, and yes or no."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kommpass.audits.door import allowed, requires
from kommpass.offers import actions
from kommpass.offers.forms.short import ReasonForm
from kommpass.offers.models import Offer
from kommpass.offers.queries import lists
from kommpass.offers.views.offers import in_words
from kommpass.offers.views.tabs import tabs, trail
from kommpass.ui.pages import respond


@require_GET
@requires("offer.write", procedure=False)
def proposals(request):
    """What waits: changes of offers that families read already, and new offers that were handed in."""
    context = {
        "proposals": list(lists.proposals(request.actor)),
        "handed_in": list(lists.editable(request.actor).filter(state=Offer.State.SUBMITTED)),
        "may_settle": allowed(request.actor, "proposal.settle"),
        "tabs": tabs(request, "proposals"),
    }
    return respond(request, "offers/proposals.html", context)


@require_GET
@requires("offer.write", procedure=False)
def proposal(request, proposal_id: int):
    found = get_object_or_404(lists.proposals(request.actor), pk=proposal_id)
    return respond(request, "offers/proposal.html", _context(request, found, ReasonForm()))


def _context(request, found, form) -> dict:
    return {
        "proposal": found,
        "offer": found.offer,
        "steps": in_words(found.offer.document, lists.as_proposed(found.offer, found)),
        "form": form,
        "may_settle": allowed(request.actor, "proposal.settle"),
        "breadcrumb": trail((_("Vorschläge"), reverse("offers:proposals")), (found.offer.title, "")),
    }


@require_POST
@requires("proposal.settle", procedure=False)
def accept(request, proposal_id: int):
    found = get_object_or_404(lists.proposals(request.actor), pk=proposal_id)
    offer = actions.accept_proposal(proposal=found, by=request.actor, at=timezone.now())
    return respond(request, "offers/proposals.html", {}, done=offer)


@require_POST
@requires("proposal.settle", procedure=False)
def decline(request, proposal_id: int):
    found = get_object_or_404(lists.proposals(request.actor), pk=proposal_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return respond(request, "offers/proposal.html", _context(request, found, form))
    actions.decline_proposal(proposal=found, **form.cleaned_data, by=request.actor, at=timezone.now())
    return respond(request, "offers/proposals.html", {}, done="offers:proposals")
