"""After the log-in: the way into the right house, and a person's own account."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommpass.audits.door import public
from kommpass.domain.permissions import Role
from kommpass.domain.words import _ as word
from kommpass.people import queries
from kommpass.people.addresses import door_of, of_installation
from kommpass.town_hall import actions
from kommpass.town_hall.forms import ProfileForm
from kommpass.ui.pages import respond

PAGES = {
    Role.ADMINISTRATOR: ("association:installation", word("Installation verwalten")),
    Role.ASSOCIATION_OFFICE: ("association:overview", word("Kommunen und Verfahren")),
    Role.REVIEW_BOARD: ("association:board", word("Gutachterausschuss")),
}


@require_GET
@public
@login_required
def home(request):
    """Leads to the only place somebody has, or offers all of them."""
    ways = [(town.name, door_of(town)) for town in queries.towns_of(request.user)]
    ways += [(label, of_installation(name)) for name, label in _pages(request.user)]
    if len(ways) == 1:
        return HttpResponseRedirect(ways[0][1])
    return respond(request, "town_hall/home.html", {"ways": ways})


def _pages(user) -> list[tuple[str, str]]:
    held = queries.installation_roles_of(user)
    return [(name, _(label)) for role, (name, label) in PAGES.items() if role in held]


@require_http_methods(["GET", "POST"])
@public
@login_required
def profile(request):
    form = ProfileForm(request.POST or None, initial={"name": request.user.name, "phone": request.user.phone})
    if form.is_valid():
        actions.change_profile(user=request.user, **form.cleaned_data)
        messages.success(request, _("Ihre Angaben sind gespeichert."))
        return redirect("profile")
    kinds = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {
        "form": form,
        "has_app": Authenticator.Type.TOTP in kinds,
        "keys": kinds.count(Authenticator.Type.WEBAUTHN),
        "has_codes": Authenticator.Type.RECOVERY_CODES in kinds,
    }
    return respond(request, "town_hall/profile.html", context)


@require_http_methods(["GET", "POST"])
@public
def no_sign_up(request):
    """Nobody opens an account by themselves: a sentence instead of a form."""
    return respond(request, "town_hall/no_sign_up.html", {}, status=403)


@public
def closed(request, **kwargs):
    """Pages of the log-in package that this house does not use."""
    raise Http404
