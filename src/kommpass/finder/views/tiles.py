"""The pictures behind the map, from our own address: no page of ours asks another server."""

from django.http import HttpResponse, HttpResponseNotFound
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET

from kommpass.audits.door import public
from kommpass.domain.map_tiles import Tile
from kommpass.finder.backdrop import NOTHING, tile_picture

KEPT_SECONDS = 7 * 86_400
ASK_AGAIN_SECONDS = 60


@require_GET
@public
def tile(request, source: str, zoom: int, column: int, row: int):
    """One picture of the map of this town; what is none of its map does not exist."""
    found = tile_picture(source, Tile(zoom, column, row))
    if found is None:
        return HttpResponseNotFound()
    response = HttpResponse(found.content, content_type=found.type)
    patch_cache_control(response, public=True, max_age=ASK_AGAIN_SECONDS if found is NOTHING else KEPT_SECONDS)
    return response
