"""Places: the list, one with its offers, address and point, and what is known of its accessibility."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommpass.audits.door import allowed, requires
from kommpass.domain.offers.vocabularies import ACCESSIBILITY
from kommpass.offers import actions
from kommpass.offers.forms.short import AccessibilityForm, LocationForm
from kommpass.offers.models import Location
from kommpass.offers.queries import lists
from kommpass.offers.views.tabs import tabs, trail
from kommpass.ui.pages import respond, search_words

PER_PAGE = 50


@require_GET
@requires("offers.view", procedure=False)
def locations(request):
    found = lists.locations()
    asked = search_words(request.GET)
    if asked:
        found = found.filter(name__icontains=asked) | found.filter(street__icontains=asked)
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "may_configure": allowed(request.actor, "town.configure"),
        "tabs": tabs(request, "locations"),
    }
    return respond(request, "offers/locations.html", context)


@require_GET
@requires("offers.view", procedure=False)
def location(request, location_id: int):
    found = get_object_or_404(lists.locations(), pk=location_id)
    offers = lists.offers(request.actor).filter(places__location=found)
    context = {
        "location": found,
        "offers": list(offers[:PER_PAGE]),
        "criteria": criteria(found),
        "may_edit": allowed(request.actor, "location.edit"),
        "breadcrumb": trail((_("Standorte"), reverse("offers:locations")), (str(found), "")),
    }
    return respond(request, "offers/location.html", context)


def criteria(found: Location) -> list[dict]:
    """Every criterion with what is known of it here: yes, no, or nothing."""
    return [
        {
            "label": _(word.label),
            **{"state": "", "checked_on": "", "source": ""},
            **found.accessibility.get(word.key, {}),
        }
        for word in ACCESSIBILITY.words
    ]


@require_http_methods(["GET", "POST"])
@requires("location.edit", procedure=False)
def location_edit(request, location_id: int):
    found = get_object_or_404(lists.locations(), pk=location_id)
    initial = {name: getattr(found, name) for name in (*LocationForm.Meta.fields, "edition")}
    form = LocationForm(request.POST or None, initial=initial)
    done = None
    if form.is_valid():
        data = form.cleaned_data
        seen = data.pop("edition")
        done = actions.change_location(location=found, **data, seen=seen, by=request.actor, at=timezone.now())
    return respond(request, "ui/form.html", _page(found, _("Standort ändern"), form), done=done)


@require_http_methods(["GET", "POST"])
@requires("location.edit", procedure=False)
def accessibility_edit(request, location_id: int):
    found = get_object_or_404(lists.locations(), pk=location_id)
    form = AccessibilityForm(request.POST or None, location=found)
    done = None
    if form.is_valid():
        done = actions.change_accessibility(
            location=found, states=form.states, source=form.cleaned_data["source"], by=request.actor, at=timezone.now()
        )
    context = _page(found, _("Barrierefreiheit"), form)
    context["intro"] = _("Was niemand geprüft hat, bleibt „nicht bekannt“: Das ist ehrlicher als ein Nein.")
    return respond(request, "ui/form.html", context, done=done)


def _page(found: Location, title: str, form) -> dict:
    return {
        "form": form,
        "title": title,
        "kicker": str(found),
        "cancel_url": found.get_absolute_url(),
        "breadcrumb": trail((str(found), found.get_absolute_url()), (title, "")),
    }
