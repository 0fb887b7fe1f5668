"""How a public page goes out: the same for everybody, cacheable, without a cookie, and not twice."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kommpass.people.addresses import door_of, of_installation

KEPT_SECONDS = 300


def publish(request, template: str, context: Mapping | Callable[[], Mapping], *marks: object):
    """Draw a public page. `marks` is everything the page depends on; a context that costs something comes as a call."""

    def draw() -> HttpResponse:
        known = context() if callable(context) else context
        return render(request, template, {**frame(request), **known})

    return answer(request, draw, template, *marks)


def answer(request, draw: Callable[[], HttpResponse], *marks: object) -> HttpResponse:
    """What `draw` makes, or "not modified" for those who have it. Caches on the way may keep it for five minutes."""
    tag = _etag(request, *marks)
    response = get_conditional_response(request, etag=tag) or draw()
    response["ETag"] = tag
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    return response


def _etag(request, *marks: object) -> str:
    """A name for this state of this page in this language."""
    town = request.municipality
    parts = (settings.VERSION, request.get_full_path(), get_language(), town and (town.name, town.edition), *marks)
    return f'"{sha256(repr(parts).encode()).hexdigest()[:32]}"'


def frame(request) -> dict:
    """The ways of the public pages. Nothing here depends on who is asking."""
    login = of_installation("account_login")
    if request.municipality is None:
        return {"home_url": of_installation("start"), "login_url": login}
    ways = (
        (_("Angebote"), "finder:find"),
        (_("Überblick"), "portal:home"),
        (_("Stand"), "portal:progress"),
        (_("Beschlüsse"), "portal:decisions"),
        (_("Fassungen"), "portal:history"),
        (_("Leichte Sprache"), "portal:easy"),
    )
    here = request.get_full_path().partition("?")[0]
    return {
        "home_url": reverse("portal:home"),
        "login_url": f"{login}?{urlencode({'next': door_of(request.municipality)})}",
        "public_links": [
            {"label": label, "url": reverse(name), "active": reverse(name) == here} for label, name in ways
        ],
    }
