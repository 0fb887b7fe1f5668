"""How other programs are answered: from any site, without cookie and session, in JSON, and not twice."""

import json
from collections.abc import Callable, Iterable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import override

from kommpass.adapters.documents.clean_text import clean
from kommpass.open_data.endpoints import JSON
from kommpass.open_data.queries.state import State, state
from kommpass.open_data.refused import Refused, problem
from kommpass.open_data.remembered import keep_answer, known_answer

KEPT_SECONDS = 60
ESCAPED_CONTROLS = ("\\u00", "\\b", "\\f")
MORE_METHODS = ("HEAD", "OPTIONS")


def for_programs(view):
    """Declare an address for other programs: any site may ask (CORS), texts are German, mistakes are JSON.

    A POST here reads, so it needs no token against forged forms.
    """

    @wraps(view)
    def at_the_counter(request, *args, **kwargs):
        asked = request.method
        if asked == "HEAD":
            request.method = "GET"
        response = _answer(view, request, "GET" if asked == "HEAD" else asked, args, kwargs)
        request.method = asked
        return _without_body(response) if asked == "HEAD" else response

    at_the_counter.csrf_exempt = True
    return at_the_counter


def _answer(view, request, method: str, args, kwargs) -> HttpResponseBase:
    try:
        with override("de"):
            # Any other method than those of the view is answered by its own decorator, with 405.
            response = view(request, *args, **kwargs)
    except Refused as refused:
        response = problem(refused.status, refused.sentence, refused.errors)
    except SuspiciousOperation:
        response = problem(400, "The body is larger than what is read here.")
    except Http404:
        response = problem(404, "There is nothing with this id here.")
    if response.status_code == 405:
        allowed = response.headers["Allow"]
        sentence = f"This address answers {allowed}."
        response = HttpResponse(status=204) if method == "OPTIONS" else problem(405, sentence)
        response.headers["Allow"] = ", ".join([allowed, *MORE_METHODS])
    return _for_every_site(response)


def _for_every_site(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
    response.headers["Content-Language"] = "de"
    if response.status_code == 204:
        response.headers["Access-Control-Allow-Methods"] = response.headers["Allow"]
        response.headers["Access-Control-Allow-Headers"] = "Content-Type, If-None-Match, If-Modified-Since"
        response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _without_body(response: HttpResponseBase) -> HttpResponseBase:
    if not response.streaming:
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
    else:
        response.streaming_content = iter(())
    return response


def answer(
    request, draw: Callable[[State], HttpResponseBase], *asked: Any, may_be_missing: bool = False
) -> HttpResponseBase:
    """What `draw` makes of the state of the directory, or "not modified" for those who have it.

    `asked` is everything that was asked for. What may be missing is looked up before anybody is told "not modified".
    """
    seen = state(timezone.localdate())
    tag, changed = _tag(request, seen, asked), int(seen.modified.timestamp())
    response = None
    if _is_sure_to_be_there(request, may_be_missing):
        response = get_conditional_response(request, etag=tag, last_modified=changed)
    if response is None:
        response = known_answer(tag) or _kept(tag, draw(seen))
        if request.method == "GET":
            response = get_conditional_response(request, etag=tag, last_modified=changed, response=response)
    response.headers["ETag"] = tag
    response.headers["Last-Modified"] = http_date(changed)
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    return response


def _is_sure_to_be_there(request, may_be_missing: bool) -> bool:
    """May "not modified" be said without looking? Every tag but "*" was given out by us for this very address."""
    known = request.headers.get("If-None-Match", "")
    return request.method == "GET" and ("*" not in known if known else not may_be_missing)


def _kept(tag: str, response: HttpResponseBase) -> HttpResponseBase:
    """What is read in the middle of a transaction may never have happened, so it is not remembered."""
    if not connection.in_atomic_block:
        keep_answer(tag, response)
    return response


def _tag(request, seen: State, asked: Iterable[Any]) -> str:
    """A name for this answer in this state. For POST the question stands in the body, so it counts and not the path."""
    parts = (settings.VERSION, settings.BASE_URL, request.path, seen.marks, *asked)
    return f'"{sha256(repr(parts).encode()).hexdigest()[:32]}"'


def json_text(value: Any) -> str:
    """JSON without characters that no document may hold. Marked-up texts stay texts: JSON has no markup."""
    made = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # Looking at the whole is a hundred times cheaper than walking through all values, and finds too much at worst.
    if not made.isprintable() or any(mark in made for mark in ESCAPED_CONTROLS):
        made = json.dumps(clean(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return made


def json_answer(value: Any, content_type: str = JSON) -> HttpResponse:
    return HttpResponse(json_text(value), content_type=content_type)
