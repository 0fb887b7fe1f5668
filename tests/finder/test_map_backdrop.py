"""The map with pictures behind the districts: they fit, come from us alone, and without them nothing is missing."""

import re
from itertools import pairwise

import pytest
from django.test import Client
from pyproj import Transformer

from kommpass.domain.map_tiles import TileSource
from kommpass.finder.backdrop import NOTHING, squares_behind
from kommpass.finder.frame import WIDTH, Frame
from kommpass.municipalities.models import District
from tests.adapters.tile_server import TileServer, png
from tests.offers.builders import a_location, an_offer, with_boundary

MAP = "/auental/public/offers/map/"
CHURCH = (7.0153, 51.4067)  # longitude, latitude
HALF_THE_WORLD = 20037508.342789244  # metres, EPSG:3857


@pytest.fixture
def server():
    with TileServer().running() as server:
        yield server


@pytest.fixture
def town(auental, settings, server, tmp_path):
    """Auental with two districts, and a source of tiles on this machine."""
    settings.VAR = tmp_path
    settings.MAP_TILES = TileSource(server.template, "© Landesvermessung", "https://example.de/licence", 0, 18)
    with_boundary(1)
    an_offer("Krabbelgruppe", at_places=(a_location(district=with_boundary(2)),))
    return auental


def frame() -> Frame:
    from_boundaries = [each.boundary["coordinates"][0] for each in District.objects.exclude(boundary=None)]
    corners = [corner for ring in from_boundaries for corner in ring]
    return Frame.around([_Bounds(corners)])


class _Bounds:
    def __init__(self, corners):
        longitudes, latitudes = zip(*corners, strict=True)
        self.bounds = min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def tiles_on(page: str) -> list[str]:
    return re.findall(r'<image href="([^"]+)"', page)


def read(path: str = MAP) -> str:
    return Client().get(path).content.decode()


def test_a_known_place_lies_where_the_projection_of_tiles_puts_it(town):
    """The same place reckoned by PROJ: its pixel in the whole world, and from there its square and its place in it."""
    east, north = Transformer.from_crs(4326, 3857, always_xy=True).transform(*CHURCH)
    ours = frame()
    squares = squares_behind(ours)
    zoom = int(squares[0].url.split("/")[-4])
    column = (east + HALF_THE_WORLD) / (2 * HALF_THE_WORLD) * 2**zoom
    row = (HALF_THE_WORLD - north) / (2 * HALF_THE_WORLD) * 2**zoom
    square = next(each for each in squares if each.url.endswith(f"/{zoom}/{int(column)}/{int(row)}/"))
    in_square = square.x + column % 1 * square.side, square.y + row % 1 * square.side
    assert in_square == pytest.approx(ours.at(*CHURCH), abs=0.05)


def test_squares_lie_side_by_side_and_cover_the_drawing(town):
    ours = frame()
    squares = squares_behind(ours)
    lefts, tops = sorted({each.x for each in squares}), sorted({each.y for each in squares})
    side = squares[0].side
    assert [b - a for a, b in pairwise(lefts)] == pytest.approx([side] * (len(lefts) - 1), abs=0.02)
    assert (lefts[0] <= 0, tops[0] <= 0) == (True, True)
    assert (lefts[-1] + side >= WIDTH, tops[-1] + side >= ours.height) == (True, True)


def test_every_picture_comes_from_our_own_address_and_says_how_long_it_may_be_kept(town, server):
    page = read()
    assert server.url not in page
    found = tiles_on(page)
    assert found
    for address in found:
        answer = Client().get(address)
        assert (address[:8], answer.status_code, answer.content) == ("/auental", 200, png())
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
        assert (answer["Cache-Control"], dict(answer.cookies)) == ("public, max-age=604800", {})
    assert len(server.asked) == len(found)


def test_whose_map_it_is_stands_below_it(town):
    page = read()
    assert '<a href="https://example.de/licence" rel="external noreferrer">© Landesvermessung</a>' in page


def test_the_policy_of_the_page_stays_as_strict_as_it_was(town):
    assert "img-src 'self' data:;" in Client().get(MAP)["Content-Security-Policy"] + ";"


def test_nobody_reads_other_parts_of_the_world_through_us(town, server):
    address = tiles_on(read())[0]
    start, key, zoom, column, row = re.fullmatch(r"(.*/tiles/)(\w+)/(\d+)/(\d+)/(\d+)/", address).groups()
    foreign = [
        f"{start}{key}/{zoom}/{int(column) + 40}/{row}/",
        f"{start}{key}/{int(zoom) + 1}/{2 * int(column)}/{2 * int(row)}/",
        f"{start}{key}/0/0/0/",
        f"{start}another/{zoom}/{column}/{row}/",
        f"{start}{key}/{zoom}/{column}/{'9' * 5000}/",
        f"{start}{key}/{zoom}/-1/{row}/",
        f"{start}{key}/{zoom}/{column}/..%2F..%2Fsecret_key/",
    ]
    assert [Client().get(each).status_code for each in foreign] == [404] * len(foreign)
    assert server.asked == []


@pytest.mark.parametrize("behaviour", ["nothing", "error", "page", "elsewhere"])
def test_without_pictures_the_page_is_the_same(town, server, behaviour):
    server.behaviour, server.elsewhere = behaviour, "http://127.0.0.1:9/"
    page = read()
    assert "town-map__area" in page
    answer = Client().get(tiles_on(page)[0])
    assert (answer.status_code, answer.content) == (200, NOTHING.content)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/svg+xml", "public, max-age=60")


def test_without_a_source_the_map_is_the_districts_alone(town, settings):
    settings.MAP_TILES = None
    page = read()
    assert ("town-map__area" in page, tiles_on(page), "Kartenbild" in page) == (True, [], False)


def test_drawing_the_page_asks_nobody(town, server):
    read()
    assert server.asked == []


def test_another_source_is_another_page_and_no_old_answer(town, settings):
    first = Client().get(MAP)
    settings.MAP_TILES = None
    again = Client().get(MAP, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again["ETag"] != first["ETag"]) == (200, True)


def test_a_town_without_boundaries_has_a_table_and_no_tiles(auental, settings, server, tmp_path):
    settings.VAR = tmp_path
    settings.MAP_TILES = TileSource(server.template, "© Landesvermessung")
    an_offer()
    assert tiles_on(read()) == []
    assert Client().get(f"/auental/public/offers/tiles/{settings.MAP_TILES.key}/0/0/0/").status_code == 404
