"""Transitions of the prevention chain: the list, a new one, one that is changed or taken off."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommpass.audits.door import allowed, requires
from kommpass.domain.offers.vocabularies import LIFE_PHASES
from kommpass.offers.actions import steering as actions
from kommpass.offers.forms.steering import TransitionForm
from kommpass.offers.queries.steering import phases
from kommpass.offers.views.steering.tabs import tabs, trail
from kommpass.ui.pages import respond

PER_PAGE = 50


@require_GET
@requires("prevention.view", procedure=False)
def transitions(request):
    """All transitions along the chain."""
    found = phases.transitions()
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "gaps": sum(each.gap for each in found),
        "may_write": allowed(request.actor, "prevention.write"),
        "tabs": tabs("transitions"),
    }
    return respond(request, "offers/steering/transitions.html", context)


@require_http_methods(["GET", "POST"])
@requires("prevention.write", procedure=False)
def transition_new(request):
    """A new transition; a link from the matrix says between which phases."""
    asked = {"from_phase": request.GET.get("from", ""), "to_phase": request.GET.get("to", "")}
    initial = {name: key for name, key in asked.items() if key in LIFE_PHASES.places}
    form = TransitionForm(request.POST or None, initial=initial)
    done = None
    if form.is_valid():
        data = form.cleaned_data
        data.pop("edition")
        actions.add_transition(**data, by=request.actor, at=timezone.now())
        done = "offers:transitions"
    return respond(request, "offers/steering/transition_form.html", _page(form, _("Übergang beschreiben")), done=done)


@require_http_methods(["GET", "POST"])
@requires("prevention.write", procedure=False)
def transition_edit(request, transition_id: int):
    found = get_object_or_404(phases.every_transition(), pk=transition_id)
    initial = {name: getattr(found, name) for name in (*TransitionForm.Meta.fields, "edition")}
    form = TransitionForm(request.POST or None, initial=initial)
    done = None
    if form.is_valid():
        data = form.cleaned_data
        seen = data.pop("edition")
        actions.change_transition(transition=found, **data, seen=seen, by=request.actor, at=timezone.now())
        done = "offers:transitions"
    context = _page(form, _("Übergang ändern")) | {"transition": found}
    return respond(request, "offers/steering/transition_form.html", context, done=done)


@require_POST
@requires("prevention.write", procedure=False)
def transition_remove(request, transition_id: int):
    found = get_object_or_404(phases.every_transition(), pk=transition_id)
    actions.remove_transition(transition=found, by=request.actor, at=timezone.now())
    return respond(request, "offers/steering/transitions.html", {}, done="offers:transitions")


def _page(form: TransitionForm, title: str) -> dict:
    return {
        "form": form,
        "title": title,
        "intro": _(
            "Ein Übergang sagt, wer Familien von einer Lebensphase in die nächste begleitet: "
            "wer übergibt, wer übernimmt, in welcher Form. Auch dass niemand es tut, gehört aufgeschrieben."
        ),
        "cancel_url": reverse("offers:transitions"),
        "breadcrumb": trail((_("Übergänge"), reverse("offers:transitions")), (title, "")),
    }
