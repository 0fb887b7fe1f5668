"""Providers: the list, one with its offers, and what families read about it."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommpass.audits.door import allowed, requires
from kommpass.domain.permissions import Role
from kommpass.offers import actions
from kommpass.offers.forms.short import NewProviderForm, ProviderForm
from kommpass.offers.queries import lists
from kommpass.offers.views.tabs import tabs, trail
from kommpass.ui.pages import respond

PER_PAGE = 50


@require_GET
@requires("offers.view", procedure=False)
def providers(request):
    found = lists.providers().order_by("organisation__name")
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "may_add": allowed(request.actor, "provider.edit") and request.actor.has(Role.COORDINATOR),
        "tabs": tabs(request, "providers"),
    }
    return respond(request, "offers/providers.html", context)


@require_GET
@requires("offers.view", procedure=False)
def provider(request, provider_id: int):
    found = get_object_or_404(lists.providers(), pk=provider_id)
    offers = lists.offers(request.actor).filter(provider=found)
    context = {
        "provider": found,
        "page": Paginator(offers, PER_PAGE).get_page(request.GET.get("page")),
        "mine": lists.editable_providers(request.actor).filter(pk=found.pk).exists(),
        "breadcrumb": trail((_("Träger"), reverse("offers:providers")), (str(found), "")),
    }
    return respond(request, "offers/provider.html", context)


@require_http_methods(["GET", "POST"])
@requires("provider.edit", procedure=False)
def provider_new(request):
    form = NewProviderForm(request.POST or None, may_trust=request.actor.has(Role.COORDINATOR))
    done = None
    if form.is_valid():
        data = form.cleaned_data
        data.pop("edition")
        done = actions.add_provider(**data, by=request.actor, at=timezone.now())
    context = {
        "form": form,
        "title": _("Träger anlegen"),
        "intro": _(
            "Ein Träger ist eine Organisation, die Angebote macht. "
            "Neue Organisationen legen Sie unter „Menschen und Stellen“ an."
        ),
        "cancel_url": reverse("offers:providers"),
        "breadcrumb": trail((_("Träger"), reverse("offers:providers")), (_("Anlegen"), "")),
    }
    return respond(request, "ui/form.html", context, done=done)


@require_http_methods(["GET", "POST"])
@requires("provider.edit", procedure=False)
def provider_edit(request, provider_id: int):
    found = get_object_or_404(lists.editable_providers(request.actor), pk=provider_id)
    may_trust = request.actor.has(Role.COORDINATOR)
    initial = {name: getattr(found, name) for name in (*ProviderForm.Meta.fields, "edition")}
    form = ProviderForm(request.POST or None, initial=initial, may_trust=may_trust)
    done = None
    if form.is_valid():
        data = form.cleaned_data
        seen = data.pop("edition")
        done = actions.change_provider(provider=found, **data, seen=seen, by=request.actor, at=timezone.now())
    context = {
        "form": form,
        "title": _("Träger ändern"),
        "kicker": str(found),
        "cancel_url": found.get_absolute_url(),
        "breadcrumb": trail((str(found), found.get_absolute_url()), (_("Ändern"), "")),
    }
    return respond(request, "ui/form.html", context, done=done)
