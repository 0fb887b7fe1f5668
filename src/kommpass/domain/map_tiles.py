"""Map tiles: where an installation gets them from, and which squares lie behind a drawing."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from math import floor, log2
from urllib.parse import urlsplit

PIXELS = 256
LAST_ZOOM = 22
MOST_TILES = 64
PLACES = ("{z}", "{x}", "{y}")


@dataclass(frozen=True)
class Tile:
    """One of the 2^zoom by 2^zoom squares of the world, counted from the north-west."""

    zoom: int
    column: int
    row: int


@dataclass(frozen=True)
class TileSource:
    """Where tiles come from: a template of addresses or of files, whom to name, and which zoom levels there are."""

    template: str
    attribution: str
    link: str = ""
    least_zoom: int = 0
    most_zoom: int = 18

    @property
    def is_folder(self) -> bool:
        return not self.template.startswith(("http://", "https://"))

    @property
    def key(self) -> str:
        """A short name that changes with the template: pictures of another source are never mixed in."""
        return sha256(self.template.encode()).hexdigest()[:12]

    def address(self, tile: Tile) -> str:
        """Where this tile lies: an address, or the path of a file."""
        filled = self.template.removeprefix("file://").removeprefix("file:")
        for place, number in zip(PLACES, (tile.zoom, tile.column, tile.row), strict=True):
            filled = filled.replace(place, str(number))
        return filled


def tile_source(template: str, attribution: str, link: str = "", zooms: str = "0-18") -> TileSource | None:
    """What the settings say; None without a template. ValueError says in a sentence what does not fit.

    >>> tile_source("file:/srv/tiles/{z}/{x}/{y}.png", "© Stadt Auental").address(Tile(12, 2141, 1362))
    '/srv/tiles/12/2141/1362.png'
    """
    if not template:
        return None
    if missing := [place for place in PLACES if template.count(place) != 1]:
        raise ValueError(f"expected an address or a path with {{z}}, {{x}} and {{y}}, each once; look at {missing[0]}")
    if "{" in template.replace("{z}", "").replace("{x}", "").replace("{y}", ""):
        raise ValueError(f"knows {{z}}, {{x}} and {{y}} only, found {template}")
    _refuse_unknown_place(template)
    if not attribution.strip():
        raise ValueError("needs KOMMPASS_MAP_ATTRIBUTION: whose map it is stands below every map")
    if link and urlsplit(link).scheme not in {"http", "https"}:
        raise ValueError(f"KOMMPASS_MAP_ATTRIBUTION_LINK: expected an address with https://, found {link}")
    return TileSource(template, attribution.strip(), link, *_zooms(zooms))


def _refuse_unknown_place(template: str) -> None:
    """An address whose host is fixed, or a path from the root."""
    parts = urlsplit(template)
    if parts.scheme in {"http", "https"}:
        if not parts.hostname or "{" in parts.netloc:
            raise ValueError(f"expected a host without places to fill, found {parts.netloc or template}")
    elif not template.removeprefix("file://").removeprefix("file:").startswith("/"):
        raise ValueError(f"expected https://…, or a path from the root as in file:/srv/tiles/…, found {template}")


def _zooms(written: str) -> tuple[int, int]:
    least, _, most = written.partition("-")
    if not (least.strip().isdecimal() and most.strip().isdecimal() and int(least) <= int(most) <= LAST_ZOOM):
        raise ValueError(f"KOMMPASS_MAP_ZOOMS: expected two numbers up to {LAST_ZOOM} as in 0-18, found {written}")
    return int(least), int(most)


@dataclass(frozen=True)
class Window:
    """A part of the world (0 to 1 from the north-west, Web Mercator), and how many pixels wide it is drawn."""

    west: float
    north: float
    east: float
    south: float
    pixels: float


def tiles_behind(window: Window, source: TileSource) -> tuple[Tile, ...]:
    """The tiles of the zoom that fits best, by rows. None where they would be too many.

    >>> source = TileSource("/srv/{z}/{x}/{y}.png", "© Stadt", most_zoom=1)
    >>> [(each.column, each.row) for each in tiles_behind(Window(0.4, 0.4, 0.6, 0.45, 900), source)]
    [(0, 0), (1, 0)]
    """
    fitting = round(log2(window.pixels / PIXELS / max(window.east - window.west, 1e-9)))
    for zoom in range(max(source.least_zoom, min(fitting, source.most_zoom)), source.least_zoom - 1, -1):
        if (count := _count(window, zoom)) and count <= MOST_TILES:
            return tuple(_at(window, zoom))
    return ()


def _sides(window: Window, zoom: int) -> tuple[range, range]:
    most = 2**zoom
    columns = range(max(0, floor(window.west * most)), min(most - 1, floor(window.east * most)) + 1)
    return columns, range(max(0, floor(window.north * most)), min(most - 1, floor(window.south * most)) + 1)


def _count(window: Window, zoom: int) -> int:
    columns, rows = _sides(window, zoom)
    return len(columns) * len(rows)


def _at(window: Window, zoom: int) -> Iterator[Tile]:
    columns, rows = _sides(window, zoom)
    return (Tile(zoom, column, row) for row in rows for column in columns)
