"""The page of the family definition: the one that holds, all wordings with their differences, and the next one."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommpass.audits.door import allowed, requires
from kommpass.participation import actions, queries
from kommpass.participation.forms import AgreeForm, DefinitionForm
from kommpass.participation.models import Card
from kommpass.participation.views.tabs import tabs, trail
from kommpass.ui.pages import respond


@require_GET
@requires("participation.view")
def definition(request):
    wordings = list(queries.definitions(request.procedure))
    # Each wording beside the one before it; the first has none.
    earlier = [*wordings[1:], None]
    may_agree = allowed(request.actor, "definition.agree", request.procedure)
    agreed = next((each for each in wordings if hasattr(each, "agreement")), None)
    context = {
        "agreed": agreed,
        "steps": [
            {
                "wording": each,
                "before": before,
                "pieces": [(piece.kind, piece.text) for piece in queries.difference(before, each)] if before else None,
                "may_agree": may_agree and each.number > (agreed.number if agreed else 0),
            }
            for each, before in zip(wordings, earlier, strict=False)
        ],
        "cards": queries.cards_of_kind(request.procedure, Card.Kind.FAMILY_DEFINITION)[:50],
        "may_propose": allowed(request.actor, "definition.propose", request.procedure),
        "tabs": tabs("definition", unanswered=queries.unanswered(request.procedure)),
    }
    return respond(request, "participation/definition.html", context)


@require_http_methods(["GET", "POST"])
@requires("definition.propose")
def definition_propose(request):
    last = queries.latest_definition(request.procedure)
    initial = {"text": last.text if last else "", "edition": last.number if last else None}
    form = DefinitionForm(request.POST or None, initial=initial)
    done = None
    if form.is_valid():
        data = form.cleaned_data
        seen = data.pop("edition")
        actions.propose_definition(procedure=request.procedure, **data, seen=seen, by=request.actor, at=timezone.now())
        done = "participation:definition"
    context = {
        "form": form,
        "title": _("Familienbegriff vorschlagen"),
        "intro": _("Jeder Vorschlag wird eine eigene Fassung. Frühere Fassungen bleiben lesbar."),
        "submit_label": _("Fassung vorschlagen"),
        "cancel_url": reverse("participation:definition"),
        "breadcrumb": trail((_("Familienbegriff"), reverse("participation:definition")), (_("Vorschlagen"), "")),
    }
    return respond(request, "ui/form.html", context, done=done)


@require_http_methods(["GET", "POST"])
@requires("definition.agree")
def definition_agree(request, definition_id: int):
    found = get_object_or_404(queries.definitions(request.procedure), pk=definition_id)
    form = AgreeForm(request.POST or None, definition=found, today=timezone.localdate())
    done = None
    if form.is_valid():
        actions.agree_definition(definition=found, **form.cleaned_data, by=request.actor, at=timezone.now())
        done = "participation:definition"
    context = {
        "form": form,
        "definition": found,
        "title": _("Familienbegriff als vereinbart eintragen"),
        "kicker": _("Fassung %d") % found.number,
        "submit_label": _("Vereinbart"),
        "cancel_url": reverse("participation:definition"),
        "breadcrumb": trail((_("Familienbegriff"), reverse("participation:definition")), (_("Vereinbaren"), "")),
    }
    return respond(request, "participation/definition_agree.html", context, done=done)
