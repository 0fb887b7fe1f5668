"""Map tiles behind the districts: which ones a town's map shows, where they lie in the drawing, and their pictures."""

from dataclasses import dataclass

from django.conf import settings
from shapely.geometry import shape

from kommpass.adapters.map_tiles import Picture, Store, picture
from kommpass.domain.map_tiles import Tile, tiles_behind
from kommpass.finder.frame import Frame
from kommpass.municipalities.models import District
from kommpass.people.addresses import in_town

# A browser draws a torn picture where an address gives none; this one it draws as nothing, and the districts stay.
NOTHING = Picture(b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml")


@dataclass(frozen=True)
class Square:
    """A tile in the drawing: where it lies, how long its sides are, and our own address of its picture."""

    x: float
    y: float
    side: float
    url: str


def squares_behind(frame: Frame) -> list[Square]:
    """The tiles behind this drawing; none where the installation has no source."""
    source = settings.MAP_TILES
    return [_square(frame, tile, source.key) for tile in tiles_behind(frame.window, source)] if source else []


def _square(frame: Frame, tile: Tile, key: str) -> Square:
    side = frame.scale / 2**tile.zoom
    x, y = tile.column * side - frame.west * frame.scale, tile.row * side - frame.north * frame.scale
    url = in_town("finder:tile", key, tile.zoom, tile.column, tile.row)
    return Square(round(x, 2), round(y, 2), round(side, 2), url)


def tile_picture(key: str, tile: Tile) -> Picture | None:
    """The picture of a tile that the map of this town shows, or NOTHING while there is none.

    None for any other tile: nobody reads the world through us.
    """
    source = settings.MAP_TILES
    if source is None or key != source.key or tile not in _tiles_of_town():
        return None
    agent = f"Kommpass/{settings.VERSION} (+{settings.BASE_URL})"
    return picture(source, tile, Store(settings.VAR / "tiles", source.key), agent) or NOTHING


def _tiles_of_town() -> tuple[Tile, ...]:
    """One query. Not kept in memory: see `offers.placing`."""
    shapes = [shape(each) for each in District.objects.exclude(boundary=None).values_list("boundary", flat=True)]
    return tiles_behind(Frame.around(shapes).window, settings.MAP_TILES) if shapes else ()
