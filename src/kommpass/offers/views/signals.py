"""Words from families that something is not correct: what waits, and what became of it."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kommpass.audits.door import requires
from kommpass.offers import actions
from kommpass.offers.forms.short import AnswerForm
from kommpass.offers.models import Signal
from kommpass.offers.queries import lists
from kommpass.offers.views.tabs import tabs
from kommpass.ui.pages import respond

PER_PAGE = 50


@require_GET
@requires("signal.settle", procedure=False)
def signals(request):
    return respond(request, "offers/signals.html", _context(request))


def _context(request, form: AnswerForm | None = None) -> dict:
    found = lists.signals(request.actor)
    return {
        "waiting": list(found.filter(state=Signal.State.NEW)),
        "page": Paginator(found.filter(state=Signal.State.SETTLED), PER_PAGE).get_page(request.GET.get("page")),
        "form": form or AnswerForm(auto_id="answer_%s"),
        "tabs": tabs(request, "signals"),
    }


@require_POST
@requires("signal.settle", procedure=False)
def settle(request, signal_id: int):
    found = get_object_or_404(lists.signals(request.actor), pk=signal_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return respond(request, "offers/signals.html", _context(request, form))
    actions.settle_signal(signal=found, **form.cleaned_data, by=request.actor, at=timezone.now())
    return respond(request, "offers/signals.html", {}, done="offers:signals")
