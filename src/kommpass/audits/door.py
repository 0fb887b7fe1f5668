"""The door that every view and every action passes: may this actor do this, now?"""

from functools import wraps
from urllib.parse import urlencode

from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from kommpass.audits.models import Procedure
from kommpass.audits.once import once
from kommpass.audits.queries import chosen, current
from kommpass.domain.permissions import NO_PROCEDURE, Actor, may
from kommpass.domain.refusals import NotAllowed
from kommpass.municipalities.scope import town
from kommpass.people.addresses import of_installation
from kommpass.people.links import open_link
from kommpass.people.queries import actor, link_actor
from kommpass.sockets import rules


def permit(by: Actor, action: str, procedure: Procedure | None = None) -> None:
    """Let an action through, or raise NotAllowed with the reason."""
    verdict = may(by, action, procedure.situation if procedure else NO_PROCEDURE, rules())
    if not verdict:
        raise NotAllowed(verdict.reason)


def allowed(by: Actor, action: str, procedure: Procedure | None = None) -> bool:
    """For menus and buttons: would the door open?"""
    return bool(may(by, action, procedure.situation if procedure else NO_PROCEDURE, rules()))


def requires(action: str, *, procedure: bool = True):
    """Declare what a view is for. Sets request.actor and request.procedure.

    Strangers are led to the log-in. With `procedure=True` (default) the view needs a procedure: without one
    it does not exist (404).
    """

    def declare(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            request.actor = actor(request.user)
            if not request.user.is_authenticated:
                return HttpResponseRedirect(_login(request))
            request.procedure = chosen(request.session) if town() else None
            if procedure and request.procedure is None:
                permit(request.actor, action)
                raise Http404
            permit(request.actor, action, request.procedure)
            return _answer(request, view, args, kwargs)

        guarded.requires = action
        return guarded

    return declare


def by_link(purpose: str, action: str, *, procedure_of=lambda link: current()):
    """Declare a view behind a contribution link (its first argument is the token). Sets request.link too.

    `procedure_of` says to which procedure the link belongs (default: the latest of the town). A link that is
    wrong, expired or of another town raises LinkClosed, which has its own page.
    """

    def declare(view):
        @wraps(view)
        def guarded(request, token, *args, **kwargs):
            request.link = open_link(token, purpose, timezone.now())
            request.actor, request.procedure = link_actor(request.link), procedure_of(request.link)
            permit(request.actor, action, request.procedure)
            return _answer(request, view, (token, *args), kwargs)

        guarded.requires = action
        guarded.by_link = purpose
        return guarded

    return declare


def public(view):
    """Declare a view that everybody may read, without account and without cookies.

    The procedure is looked up by the few public pages that speak of it: families and programs mostly ask for offers.
    """

    @wraps(view)
    def open_to_all(request, *args, **kwargs):
        request.actor = actor(request.user)
        request.procedure = SimpleLazyObject(lambda: current() if town() else None)
        return view(request, *args, **kwargs)

    open_to_all.public = True
    return open_to_all


def _answer(request, view, args, kwargs):
    if request.method != "POST":
        return view(request, *args, **kwargs)
    with transaction.atomic():
        return once(request, lambda: view(request, *args, **kwargs))


def _login(request) -> str:
    here = request.get_full_path()
    return f"{of_installation('account_login')}?{urlencode({'next': here})}"
