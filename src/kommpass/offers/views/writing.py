"""The form of an offer: new, changed, or proposed."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommpass.audits.door import requires
from kommpass.domain.offers.content import OfferContent, Place
from kommpass.domain.permissions import Role
from kommpass.offers import actions
from kommpass.offers.forms.rows import Rows, place
from kommpass.offers.forms.writing import OfferForm
from kommpass.offers.queries import lists
from kommpass.offers.views.tabs import trail
from kommpass.ui.pages import respond


@require_http_methods(["GET", "POST"])
@requires("offer.write", procedure=False)
def offer_new(request):
    """A new offer of one of one's own providers. Who has several chooses; who has none is told what to do."""
    providers = list(lists.editable_providers(request.actor).order_by("organisation__name"))
    asked = request.POST.get("provider") or request.GET.get("provider") or ""
    chosen = next((each for each in providers if str(each.pk) == asked), providers[0] if len(providers) == 1 else None)
    form, rows = bound(request, OfferContent())
    done = None
    if request.method == "POST" and chosen is None:
        form.add_error(None, _("Bitte wählen Sie den Träger."))
    elif written(request, form, rows):
        done = actions.add_offer(provider=chosen, content=form.written, by=request.actor, at=timezone.now())
    context = {
        "form": form,
        "rows": rows,
        "providers": providers,
        "provider": chosen,
        "title": _("Neues Angebot"),
        "may_add_provider": request.actor.has(Role.COORDINATOR),
        "cancel_url": reverse("offers:overview"),
        "breadcrumb": trail((_("Neues Angebot"), "")),
    }
    return respond(request, "offers/write.html", context, done=done)


@require_http_methods(["GET", "POST"])
@requires("offer.write", procedure=False)
def offer_edit(request, offer_id: int):
    found = get_object_or_404(lists.editable(request.actor), pk=offer_id)
    form, rows = bound(request, lists.words_to_change(found, request.actor), edition=found.edition)
    done = None
    if written(request, form, rows):
        seen = form.cleaned_data["edition"]
        actions.change_offer(offer=found, content=form.written, seen=seen, by=request.actor, at=timezone.now())
        done = found
    context = {
        "form": form,
        "rows": rows,
        "offer": found,
        "provider": found.provider,
        "title": _("Angebot ändern"),
        "proposing": lists.proposes(found, request.actor),
        "cancel_url": found.get_absolute_url(),
        "breadcrumb": trail((found.title, found.get_absolute_url()), (_("Ändern"), "")),
    }
    return respond(request, "offers/write.html", context, done=done)


def bound(request, content: OfferContent, edition: int | None = None) -> tuple[OfferForm, Rows]:
    data = request.POST if request.method == "POST" else None
    return OfferForm(data, content=content, initial={"edition": edition}), Rows(data, content)


def written(request, form: OfferForm, rows: Rows) -> bool:
    """Is everything sensible? Then `form.written` is the document, and new places are written down."""
    if request.method != "POST" or not all([form.is_valid(), rows.is_valid()]):
        return False
    known = {"costs": rows.costs_written(), "contacts": rows.contacts_written()}
    named = tuple(Place(location=f"{number}", room=room) for number, (_row, room) in enumerate(rows.places_written()))
    if not form.say_problems(form.content(**known, places=named)):
        return False
    form.written = form.content(**known, places=_places(request, rows))
    return True


def _places(request, rows: Rows) -> tuple[Place, ...]:
    """The places of the rows. The same address is the same place, so nothing shared changes under others' feet."""
    made = {}
    for row, room in rows.places_written():
        location = actions.add_location(**row.address, by=request.actor, at=timezone.now())
        made.setdefault(location.pk, place(location, room))
    return tuple(made.values())
