"""Owners answer for their measures: signed in, or by the link in their mail."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommpass.agreement import actions, queries
from kommpass.agreement.letters import ask_by_letter
from kommpass.agreement.models import Measure
from kommpass.agreement.views.draft import draft_of
from kommpass.audits.door import allowed, by_link, requires
from kommpass.people.models import Organisation
from kommpass.ui.pages import respond


@require_GET
@requires("agreement.view")
def acceptance(request):
    """Who has agreed to what: by organisation, with the way to ask."""
    agreement = draft_of(request)
    found = queries.measures(agreement).filter(responsible__isnull=False).order_by("responsible__name", "number")
    groups: dict[Organisation, list[Measure]] = {}
    for measure in found:
        groups.setdefault(measure.responsible, []).append(measure)
    context = {
        "groups": groups.items(),
        "without_owner": queries.measures(agreement).filter(responsible=None),
        "may_ask": allowed(request.actor, "measure.ask", request.procedure),
    }
    return respond(request, "agreement/acceptance.html", context)


@require_POST
@requires("measure.ask")
def ask(request):
    """Ask the chosen organisations: one mail each, with one link to all of their measures."""
    agreement = draft_of(request)
    chosen = Organisation.objects.filter(
        pk__in=[key for key in request.POST.getlist("organisation") if key.isdecimal() and len(key) < 19]
    )
    now = timezone.now()
    actions.ask_owners(agreement=agreement, organisations=chosen, by=request.actor, at=now)
    silent = [each for each in chosen if not ask_by_letter(each, by=request.actor, at=now)]
    for each in silent:
        messages.warning(request, _("%s hat keine E-Mail-Adresse. Bitte tragen Sie ein Funktionspostfach ein.") % each)
    if sent := len(chosen) - len(silent):
        text = ngettext("%d Organisation wurde angeschrieben.", "%d Organisationen wurden angeschrieben.", sent) % sent
        messages.success(request, text)
    return respond(request, "", {}, done="agreement:acceptance")


@require_GET
@requires("measure.own")
def own(request):
    """My measures: what my organisation is responsible for."""
    found = queries.own(request.procedure, request.actor)
    may_answer = allowed(request.actor, "measure.answer", request.procedure)
    return respond(request, "agreement/own.html", {"measures": found, "may_answer": may_answer})


@require_POST
@requires("measure.answer")
def answer(request, measure_id: int):
    measure = get_object_or_404(_answerable(request), pk=measure_id)
    _answer(request, measure)
    return respond(request, "", {}, done="agreement:own")


@require_http_methods(["GET", "POST"])
@by_link("measures", "measure.answer")
def own_by_link(request, token: str):
    """The same page for people without account. GET shows, POST answers one measure or all at once."""
    found = queries.own(request.procedure, request.actor)
    if request.method == "POST":
        for measure in _chosen(found, request.POST.get("measure", "")):
            _answer(request, measure)
        messages.success(request, _("Danke, Ihre Antwort ist angekommen."))
        return respond(request, "", {}, done=request.path)
    return respond(request, "agreement/own_by_link.html", {"measures": found, "link": request.link})


def _chosen(found, wanted: str):
    """One measure by its key, or all that are not accepted yet; what is not theirs does not exist."""
    if wanted == "all":
        return found.exclude(acceptance="accepted")
    return [get_object_or_404(found, pk=wanted if wanted.isdecimal() else 0)]


def _answerable(request):
    found = Measure.objects.filter(agreement__procedure=request.procedure).select_related("agreement__procedure")
    if request.actor.has("coordinator"):
        return found
    return found.filter(responsible__in=request.actor.organisations)


def _answer(request, measure: Measure) -> None:
    actions.answer_measure(
        measure=measure,
        accepted=request.POST.get("answer") == "accept",
        note=request.POST.get("note", "")[:2000].replace("\0", ""),
        by=request.actor,
        at=timezone.now(),
    )
