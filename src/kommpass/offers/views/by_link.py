"""The page behind the link in the mail: all offers of one provider, without account. GET shows, POST acts."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kommpass.audits.door import by_link
from kommpass.offers import actions
from kommpass.offers.forms.short import PassOnForm
from kommpass.offers.models import Offer, Signal
from kommpass.offers.queries import lists, upkeep
from kommpass.offers.showing import sections
from kommpass.offers.views.writing import bound, written
from kommpass.ui.pages import respond

PURPOSE = "offers"


def _no_procedure(link):
    """The directory belongs to the town, not to a round of its audit."""
    return None


@require_http_methods(["GET", "POST"])
@by_link(PURPOSE, "offer.confirm", procedure_of=_no_procedure)
def confirm(request, token: str):
    """Everything of this provider that families read. "All correct" is one click; what is not is changed alone."""
    found = list(upkeep.of_link(request.link))
    at = lists.standings(found, timezone.localdate())
    passing = PassOnForm()
    if request.method == "POST":
        if request.POST.get("do") == "pass_on":
            passing = PassOnForm(request.POST)
            if passing.is_valid():
                _pass_on(request, found, passing.cleaned_data["to"])
                return respond(request, "offers/by_link.html", {}, done=request.path)
        else:
            _confirm(request, found)
            return respond(request, "offers/by_link.html", {}, done=request.path)
    rows = sorted(((each, at[each.pk]) for each in found), key=lambda row: (row[1].due_on, row[0].title))
    context = {
        "token": token,
        "provider": request.link.organisation,
        "rows": [(each, standing, sections(each.document)) for each, standing in rows],
        "due": [each for each, standing in rows if standing.step != "nothing"],
        "passing": passing,
    }
    return respond(request, "offers/by_link.html", context)


def _confirm(request, found: list[Offer]) -> None:
    chosen = [each for each in found if str(each.pk) in request.POST.getlist("offer")]
    ended = [each for each in found if str(each.pk) == request.POST.get("ended", "")]
    now = timezone.now()
    for each in ended:
        actions.end_offer(offer=each, by=request.actor, at=now)
        messages.success(request, _("„%s“ ist beendet.") % each.title)
    if chosen and not ended:
        actions.confirm_offers(offers=chosen, by=request.actor, at=now)
        many = len(chosen)
        sentence = ngettext("Danke! %d Angebot ist bestätigt.", "Danke! %d Angebote sind bestätigt.", many) % many
        messages.success(request, sentence)


def _pass_on(request, found: list[Offer], to: str) -> None:
    """Somebody else answers for these offers: the family office hears whom to ask."""
    for each in found[:1]:
        text = _("Nicht zuständig für die Angebote dieses Trägers. Bitte fragen: %s") % to
        actions.send_signal(offer=each, kind=Signal.Kind.CONTACT, text=text, by=request.actor, at=timezone.now())
    messages.success(request, _("Danke! Das Familienbüro fragt künftig dort."))


@require_http_methods(["GET", "POST"])
@by_link(PURPOSE, "offer.write", procedure_of=_no_procedure)
def change(request, token: str, offer_id: int):
    """One offer to be changed through the link. Who is not trusted yet proposes."""
    found = get_object_or_404(upkeep.of_link(request.link), pk=offer_id)
    form, rows = bound(request, lists.words_to_change(found, request.actor), edition=found.edition)
    done = None
    back = reverse("offers:by-link", args=[token])
    if written(request, form, rows):
        seen = form.cleaned_data["edition"]
        actions.change_offer(offer=found, content=form.written, seen=seen, by=request.actor, at=timezone.now())
        messages.success(request, _("Danke! Ihre Änderung ist angekommen."))
        done = back
    context = {
        "form": form,
        "rows": rows,
        "offer": found,
        "provider": found.provider,
        "title": _("Angebot ändern"),
        "proposing": lists.proposes(found, request.actor),
        "cancel_url": back,
    }
    return respond(request, "offers/by_link_change.html", context, done=done)
