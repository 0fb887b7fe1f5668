"""The settings of the town: three forms on one page, each saved by itself."""

from django.contrib import messages
from django.forms.models import model_to_dict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommpass.audits.door import allowed, requires
from kommpass.municipalities.models import District, Municipality
from kommpass.municipalities.scope import town
from kommpass.people.addresses import in_town
from kommpass.town_hall import actions
from kommpass.town_hall.forms import DistrictForm, RulesForm, TownForm
from kommpass.town_hall.forms.organisations import changes
from kommpass.ui.pages import respond


@require_GET
@requires("town.view", procedure=False)
def settings(request):
    return _page(request)


@require_http_methods(["GET", "POST"])
@requires("town.configure", procedure=False)
def town_edit(request):
    form = TownForm(request.POST or None, initial=_initial())
    if not form.is_valid():
        return _page(request, town_form=form)
    seen = form.cleaned_data["edition"]
    actions.configure_town(changes=changes(form), seen=seen, by=request.actor, at=timezone.now())
    return _saved(request)


@require_http_methods(["GET", "POST"])
@requires("town.configure", procedure=False)
def rules_edit(request):
    form = RulesForm(request.POST or None, town=_town())
    if not form.is_valid():
        return _page(request, rules_form=form)
    seen = form.cleaned_data["edition"]
    actions.configure_town(changes=form.changes(), seen=seen, by=request.actor, at=timezone.now())
    return _saved(request)


@require_http_methods(["GET", "POST"])
@requires("town.configure", procedure=False)
def district_add(request):
    form = DistrictForm(request.POST or None)
    done = None
    if form.is_valid():
        actions.add_district(**form.cleaned_data, by=request.actor, at=timezone.now())
        messages.success(request, _("Der Stadtteil ist angelegt."))
        done = "people:settings"
    return _district(request, form, _("Stadtteil anlegen"), done)


@require_http_methods(["GET", "POST"])
@requires("town.configure", procedure=False)
def district_edit(request, district_id: int):
    district = get_object_or_404(District.objects.all(), pk=district_id)
    form = DistrictForm(request.POST or None, district=district, initial=model_to_dict(district))
    done = None
    if form.is_valid():
        actions.rename_district(district=district, **form.cleaned_data, by=request.actor, at=timezone.now())
        messages.success(request, _("Der Stadtteil ist gespeichert."))
        done = "people:settings"
    return _district(request, form, _("Stadtteil bearbeiten"), done)


def _town() -> Municipality:
    """The row as it is now: the one in scope was read when the request began."""
    return Municipality.objects.get(pk=town().pk)


def _initial() -> dict:
    here = _town()
    return model_to_dict(here) | {"edition": here.edition}


def _page(request, town_form=None, rules_form=None):
    context = {
        "town_form": town_form or TownForm(initial=_initial()),
        "rules_form": rules_form or RulesForm(town=_town()),
        "districts": District.objects.all(),
        "may_configure": allowed(request.actor, "town.configure", request.procedure),
    }
    return respond(request, "town_hall/settings.html", context)


def _saved(request):
    messages.success(request, _("Die Einstellungen sind gespeichert."))
    return respond(request, "town_hall/settings.html", {}, done="people:settings")


def _district(request, form, title, done):
    context = {
        "title": title,
        "form": form,
        "cancel_url": in_town("people:settings"),
        "breadcrumb": [(_("Einstellungen"), in_town("people:settings")), (title, "")],
    }
    return respond(request, "ui/form.html", context, done=done)
