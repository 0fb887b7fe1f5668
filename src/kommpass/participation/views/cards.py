"""Pages about result cards: pin many, change one, count dots, make an idea of one."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommpass.audits.door import requires
from kommpass.participation import actions, queries
from kommpass.participation.forms import CardForm, CardsForm, VotesForm
from kommpass.participation.views.tabs import trail
from kommpass.participation.views.workshops import workshop_context
from kommpass.ui.pages import respond


@require_POST
@requires("card.write")
def cards_pin(request, workshop_id: int):
    workshop = get_object_or_404(queries.workshops(request.procedure), pk=workshop_id)
    form = CardsForm(request.POST, procedure=request.procedure)
    if not form.is_valid():
        return respond(request, "participation/workshop.html", workshop_context(request, workshop, form))
    actions.pin_cards(workshop=workshop, **form.cleaned_data, by=request.actor, at=timezone.now())
    return respond(request, "participation/workshop.html", {}, done=workshop)


@require_http_methods(["GET", "POST"])
@requires("card.write")
def card_edit(request, card_id: int):
    card = get_object_or_404(queries.cards(request.procedure), pk=card_id)
    initial = {name: getattr(card, name) for name in ("text", "kind", "votes", "edition")} | {"field": card.field_id}
    form = CardForm(request.POST or None, initial=initial, procedure=request.procedure)
    done = None
    if form.is_valid():
        data = form.cleaned_data
        seen = data.pop("edition")
        actions.edit_card(card=card, **data, seen=seen, by=request.actor, at=timezone.now())
        done = card.workshop
    context = _page(card.workshop, _("Karte ändern"), form)
    return respond(request, "participation/card_form.html", context | {"card": card}, done=done)


@require_POST
@requires("card.write")
def card_remove(request, card_id: int):
    card = get_object_or_404(queries.cards(request.procedure), pk=card_id)
    workshop = card.workshop
    actions.remove_card(card=card, by=request.actor, at=timezone.now())
    return respond(request, "participation/workshop.html", {}, done=workshop)


@require_http_methods(["GET", "POST"])
@requires("card.write")
def cards_vote(request, workshop_id: int):
    workshop = get_object_or_404(queries.workshops(request.procedure), pk=workshop_id)
    form = VotesForm(request.POST or None, cards=queries.cards_of(workshop))
    done = None
    if form.is_valid():
        actions.vote_cards(workshop=workshop, votes=form.votes, by=request.actor, at=timezone.now())
        done = workshop
    context = _page(workshop, _("Punkte eintragen"), form)
    context["intro"] = _("Wie viele Klebepunkte hat jede Karte bekommen?")
    return respond(request, "ui/form.html", context, done=done)


@require_POST
@requires("idea.write")
def card_to_idea(request, card_id: int):
    card = get_object_or_404(queries.cards(request.procedure), pk=card_id)
    actions.turn_into_idea(card=card, by=request.actor, at=timezone.now())
    return respond(request, "participation/workshop.html", {}, done=card.workshop)


def _page(workshop, title: str, form) -> dict:
    url = workshop.get_absolute_url()
    return {
        "form": form,
        "title": title,
        "kicker": workshop.title,
        "cancel_url": url,
        "breadcrumb": trail((workshop.title, url), (title, "")),
    }
