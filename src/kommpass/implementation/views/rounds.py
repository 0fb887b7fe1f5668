"""A round of asking: begin it, write to people, see who answered, end it; and old statuses as rounds."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommpass.audits.door import allowed, requires
from kommpass.domain.permissions import Role
from kommpass.implementation import actions, queries
from kommpass.implementation.forms import AskForm, RoundForm
from kommpass.implementation.models import StatusRequest, StatusRound
from kommpass.implementation.periods import propose
from kommpass.ui.pages import respond

PER_PAGE = 50


@require_http_methods(["GET", "POST"])
@requires("round.open")
def round_open(request):
    """Begin a round. What the form proposes follows from the last round and the certificate."""
    procedure, today = request.procedure, timezone.localdate()
    proposal = propose(procedure, today)
    form = RoundForm(request.POST if request.method == "POST" else None, initial=vars(proposal), today=today)
    done = None
    if form.is_valid():
        done = actions.open_round(procedure=procedure, **form.cleaned_data, by=request.actor, at=timezone.now())
    running = queries.open_round(procedure)
    return respond(request, "implementation/round_form.html", {"form": form, "running": running}, done=done)


@require_GET
@requires("progress.view")
def round_page(request, round_id: int):
    """Who was asked, who has answered how much, and who cannot be reached."""
    return respond(request, "implementation/round.html", _context(request, _round(request, round_id)))


def _round(request, round_id: int) -> StatusRound:
    found = get_object_or_404(queries.rounds(request.procedure), pk=round_id)
    found.procedure = request.procedure
    return found


def _context(request, found: StatusRound) -> dict:
    asked = list(queries.requests(found))
    measures = sum(each.measure_count for each in asked)
    answered = sum(each.answered_count for each in asked)
    steers = request.actor.has(Role.COORDINATOR)
    return {
        "round": found,
        "page": Paginator(asked, PER_PAGE).get_page(request.GET.get("page")),
        "measures": measures,
        "answered": answered,
        "people": len(asked),
        "finished": sum(each.answered_count == each.measure_count for each in asked),
        "silent": [each for each in asked if not each.email],
        "not_written": sum(not each.asked_at for each in asked if each.email),
        "not_asked": queries.asked_here(found.procedure.agreement).filter(responsible=None)
        if steers and found.open
        else [],
        "steers": steers,
        "may_ask": found.open and allowed(request.actor, "round.ask", request.procedure),
        "may_close": found.open and allowed(request.actor, "round.close", request.procedure),
        "may_report": found.open and steers and allowed(request.actor, "progress.report", request.procedure),
    }


@require_POST
@requires("round.ask")
def round_ask(request, round_id: int):
    """Send the mails: to all, to the chosen ones, or only to those who still owe an answer."""
    found = _round(request, round_id)
    form = AskForm(request.POST, asked=queries.requests(found))
    if not form.is_valid():
        context = _context(request, found) | {"ask_form": form}
        return respond(request, "implementation/round.html", context, status=422)
    chosen = list(form.chosen)
    silent = actions.ask_owners(round=found, requests=chosen, by=request.actor, at=timezone.now())
    if sent := len(chosen) - len(silent):
        text = ngettext("%d E-Mail ist unterwegs.", "%d E-Mails sind unterwegs.", sent) % sent
        messages.success(request, text)
    for each in silent:
        messages.warning(request, _without_address(each))
    if not chosen:
        messages.info(request, _("Es haben schon alle geantwortet."))
    return respond(request, "", {}, done=found)


def _without_address(asked: StatusRequest) -> str:
    return _("%s hat keine E-Mail-Adresse. Sie können die Angaben selbst eintragen.") % asked.name


@require_POST
@requires("round.close")
def round_close(request, round_id: int):
    """End the round. What nobody answered stays open and visible."""
    found = actions.close_round(round=_round(request, round_id), by=request.actor, at=timezone.now())
    messages.success(request, _("Die Statusrunde ist abgeschlossen."))
    return respond(request, "", {}, done=found)


@require_POST
@requires("history.take_over")
def take_over(request):
    """Make rounds of the statuses that came with an imported plan."""
    made = actions.take_over_history(procedure=request.procedure, by=request.actor, at=timezone.now())
    text = ngettext("%d frühere Statusrunde ist übernommen.", "%d frühere Statusrunden sind übernommen.", len(made))
    messages.success(request, text % len(made))
    return respond(request, "", {}, done="implementation:overview")
