"""The whole directory in one file: tables, map, catalogue."""

from collections.abc import Callable

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from kommpass.audits.door import public
from kommpass.municipalities.models import District
from kommpass.open_data import catalogue as catalogues
from kommpass.open_data import endpoints, geojson
from kommpass.open_data.answering import answer, for_programs, json_answer
from kommpass.open_data.endpoints import Endpoint
from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.hsds.tabular import tabular
from kommpass.open_data.queries.rows import OfferRow, read_rows
from kommpass.open_data.queries.visible import running, visible
from kommpass.open_data.tables.files import as_csv, as_xlsx


@for_programs
@require_GET
@public
def offers_geojson(request):
    def draw(seen):
        frame = Frame.of(request.municipality, seen)
        return json_answer(geojson.offers(_running(frame), frame), endpoints.GEOJSON)

    return answer(request, draw)


@for_programs
@require_GET
@public
def districts_geojson(request):
    def draw(seen):
        return json_answer(geojson.districts(Frame.of(request.municipality, seen)), endpoints.GEOJSON)

    return answer(request, draw)


@for_programs
@require_GET
@public
def offers_csv(request):
    return _file(request, endpoints.OFFERS_CSV, lambda frame: as_csv(_running(frame), frame), "angebote-{}.csv")


@for_programs
@require_GET
@public
def offers_xlsx(request):
    return _file(request, endpoints.OFFERS_XLSX, lambda frame: as_xlsx(_running(frame), frame), "angebote-{}.xlsx")


@for_programs
@require_GET
@public
def tabular_zip(request):
    def make(frame: Frame) -> bytes:
        offers = visible(frame.today).order_by("pk")
        return tabular(read_rows(offers, frame.today, full=True), frame)

    return _file(request, endpoints.TABULAR, make, "hsds-{}.zip")


@for_programs
@require_GET
@public
def catalogue(request):
    def draw(seen):
        frame = Frame.of(request.municipality, seen)
        known = District.objects.exclude(boundary=None).exists()
        made = catalogues.turtle(frame, seen.changed, with_districts=known)
        return HttpResponse(made, content_type="text/turtle; charset=utf-8")

    return answer(request, draw)


def _running(frame: Frame) -> list[OfferRow]:
    return read_rows(running(frame.today).order_by("pk"), frame.today, full=True)


def _file(request, endpoint: Endpoint, make: Callable[[Frame], bytes], name: str) -> HttpResponse:
    def draw(seen):
        kind = endpoint.content_type
        return HttpResponse(
            make(Frame.of(request.municipality, seen)),
            content_type=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
            headers={"Content-Disposition": f'attachment; filename="{name.format(request.municipality.slug)}"'},
        )

    return answer(request, draw)
