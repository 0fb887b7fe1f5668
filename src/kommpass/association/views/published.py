"""How the register goes out: the same for everybody, without a cookie, kept by caches for five minutes."""

from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language

KEPT_SECONDS = 300


def published(request, draw: Callable[[], HttpResponse], *marks: object) -> HttpResponse:
    """What `draw` makes, or "not modified" for those who have it. `marks` is everything it depends on."""
    parts = (settings.VERSION, request.get_full_path(), get_language(), *marks)
    tag = f'"{sha256(repr(parts).encode()).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=tag) or draw()
    response["ETag"] = tag
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    return response
