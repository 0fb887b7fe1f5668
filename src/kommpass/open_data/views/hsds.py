"""HSDS 3.1: the directory for other programs, in pages and one by one."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_http_methods

from kommpass.audits.door import public
from kommpass.open_data import endpoints
from kommpass.open_data.answering import answer, for_programs, json_answer, json_text
from kommpass.open_data.asked import read
from kommpass.open_data.endpoints import JSON, Endpoint
from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.hsds.services import service as service_row
from kommpass.open_data.listings import places, words
from kommpass.open_data.listings.organizations import Organizations, provider_of, with_services
from kommpass.open_data.listings.pages import Listing, lines, page
from kommpass.open_data.listings.places import Places
from kommpass.open_data.listings.services import Services
from kommpass.open_data.parameters import Unreadable, read_uuid
from kommpass.open_data.profile import about
from kommpass.open_data.queries.rows import read_rows, texts_of
from kommpass.open_data.queries.visible import visible

NDJSON = "application/x-ndjson"


@for_programs
@require_GET
@public
def root(request):
    return answer(request, lambda seen: json_answer(about(Frame.of(request.municipality, seen))))


@for_programs
@require_http_methods(["GET", "POST"])
@public
def services(request):
    return _list(request, endpoints.SERVICES, Services)


@for_programs
@require_GET
@public
def service(request, key: str):
    return _one(request, key, endpoints.SERVICE, _service)


def _service(key: str, frame: Frame, _asked) -> dict[str, Any] | None:
    rows = read_rows(visible(frame.today).filter(key=key), frame.today, full=True)
    return service_row(rows[0], frame, full=True, texts=texts_of(rows[0].pk)) if rows else None


@for_programs
@require_http_methods(["GET", "POST"])
@public
def service_at_locations(request):
    return _list(request, endpoints.PLACES, Places)


@for_programs
@require_GET
@public
def service_at_location(request, key: str):
    return _one(request, key, endpoints.PLACE, _service_at_location)


def _service_at_location(key: str, frame: Frame, _asked) -> dict[str, Any] | None:
    spot = places.spot_of(key, frame)
    return next(iter(places.entries([spot], frame, full=True)), None) if spot else None


@for_programs
@require_http_methods(["GET", "POST"])
@public
def organizations(request):
    return _list(request, endpoints.ORGANIZATIONS, Organizations)


@for_programs
@require_GET
@public
def organization(request, key: str):
    return _one(request, key, endpoints.ORGANIZATION_ONE, _organization)


def _organization(key: str, frame: Frame, asked) -> dict[str, Any] | None:
    found = provider_of(key, frame)
    return with_services([found], frame, full_service=asked["full_service"])[0] if found else None


@for_programs
@require_http_methods(["GET", "POST"])
@public
def taxonomies(request):
    return _list(request, endpoints.TAXONOMIES, words.Taxonomies)


@for_programs
@require_GET
@public
def taxonomy(request, key: str):
    return _one(request, key, endpoints.TAXONOMY_ONE, lambda key, frame, _asked: words.taxonomy_of(key, frame))


@for_programs
@require_http_methods(["GET", "POST"])
@public
def taxonomy_terms(request):
    return _list(request, endpoints.TERMS, words.Terms)


@for_programs
@require_GET
@public
def taxonomy_term(request, key: str):
    return _one(request, key, endpoints.TERM_ONE, lambda key, frame, _asked: words.term_of(key, frame))


@for_programs
@require_GET
@public
def nowhere(request):
    """Any other address here: a program does not want the page that people get."""
    raise Http404


def _list(request, endpoint: Endpoint, make: Callable[[Frame, dict], Listing]) -> HttpResponseBase:
    asked = read(endpoint, request)

    def draw(seen) -> HttpResponseBase:
        listing = make(Frame.of(request.municipality, seen, detail=False), asked)
        if asked["format"] == "ndjson":
            return StreamingHttpResponse(_lines(listing, request.municipality, asked), content_type=NDJSON)
        return HttpResponse(_page(listing, asked), content_type=JSON)

    return answer(request, draw, endpoint.name, asked)


def _lines(listing: Listing, town, asked: dict[str, Any]) -> Iterator[bytes]:
    if asked.get("minimal"):
        return iter([f"{json_text(each)}\n".encode() for each in listing.minimal()])
    return lines(listing, town)


def _page(listing: Listing, asked: dict[str, Any]) -> bytes:
    if asked.get("minimal"):
        every = [json_text(each).encode() for each in listing.minimal()]
        return page(every, len(every), 1, max(len(every), 1))
    number, size = asked["page"], asked["per_page"]
    return page(*listing.texts((number - 1) * size, size), number, size)


def _one(request, written: str, endpoint: Endpoint, find: Callable[[str, Frame, dict], dict | None]) -> HttpResponse:
    asked = read(endpoint, request)
    try:
        key = read_uuid(written)
    except Unreadable:
        raise Http404 from None

    def draw(seen) -> HttpResponse:
        found = find(key, Frame.of(request.municipality, seen), asked)
        if found is None:
            raise Http404
        return json_answer(found)

    return answer(request, draw, endpoint.name, asked, may_be_missing=True)
