"""Taking up an invitation: opening the link changes nothing, the button does, and the link works once."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from kommpass.audits.door import public
from kommpass.domain.permissions import Role
from kommpass.municipalities.scope import town
from kommpass.people.accounts import person_with
from kommpass.people.addresses import door_of, of_installation
from kommpass.people.models import User
from kommpass.town_hall import actions
from kommpass.town_hall.actions.invitations import invitation_behind
from kommpass.town_hall.forms import AcceptForm
from kommpass.ui.pages import respond

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@sensitive_post_parameters("password", "again")
@never_cache
@require_http_methods(["GET", "POST"])
@public
def invitation(request, token: str):
    """Three cases: a new account (password), the invited person signed in (one button), somebody else."""
    now = timezone.now()
    invited = invitation_behind(token, now)
    known = person_with(invited.email)
    if known is None and not request.user.is_authenticated:
        return _new_account(request, token, invited, now)
    if known is not None and request.user.pk == known.pk:
        if request.method == "POST":
            with transaction.atomic():
                actions.accept_invitation(token=token, user=request.user, at=now)
            return _welcome(request)
        return respond(request, "town_hall/invitation.html", _context(invited, case="accept"))
    case = "other" if request.user.is_authenticated else "sign_in"
    context = _context(invited, case=case)
    context["login_url"] = f"{of_installation('account_login')}?{urlencode({'next': request.get_full_path()})}"
    context["logout_url"] = of_installation("account_logout")
    return respond(request, "town_hall/invitation.html", context, status=403 if request.method == "POST" else 200)


def _new_account(request, token, invited, now):
    form = AcceptForm(request.POST or None, person=User(email=invited.email, name=invited.name))
    if form.is_valid():
        with transaction.atomic():
            user = actions.accept_invitation(token=token, password=form.cleaned_data["password"], at=now)
        login(request, user, backend=BACKEND)
        return _welcome(request)
    return respond(request, "town_hall/invitation.html", _context(invited, case="new") | {"form": form})


def _context(invited, *, case: str) -> dict:
    return {"invitation": invited, "role": Role(invited.role).label, "case": case}


def _welcome(request):
    messages.success(request, _("Willkommen! Sie arbeiten jetzt in %s mit.") % town().name)
    return HttpResponseRedirect(door_of(town()))
