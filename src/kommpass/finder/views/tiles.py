"""The pictures behind the map, from our own address: no page of ours asks another server."""

from django.http import HttpResponse, HttpResponseNotFound
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET

from kommpass.audits.door import public
from kommpass.domain.map_tiles import Tile
from kommpass.finder.backdrop import tile_picture

KEPT_SECONDS = 7 * 86_400
ASK_AGAIN_SECONDS = 60


@require_GET
@public
def tile(request, source: str, zoom: int, column: int, row: int):
    """One picture. Without one the map is the districts alone, so this answer is short and no page."""
    found = tile_picture(source, Tile(zoom, column, row))
    response = HttpResponse(found.content, content_type=found.type) if found else HttpResponseNotFound()
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS if found else ASK_AGAIN_SECONDS)
    return response
