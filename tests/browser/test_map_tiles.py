"""The map with pictures behind the districts in a real browser: at the right place, from our address, and missing."""

from base64 import b64encode
from math import hypot
from pathlib import Path

import pytest
from pyproj import Transformer

from tests.adapters.tile_server import TileServer
from tests.browser.house import another_door
from tests.browser.looking import Observer, look_at

MAP = "/auental/public/offers/map/"
PLACES = "/auental/api/offers.geojson"
HALF_THE_WORLD = 20037508.342789244  # metres, EPSG:3857
# The middle of all that is black, in the page's own pixels.
BLACK = """async (shot) => {
  const picture = await createImageBitmap(await (await fetch(shot)).blob())
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext('2d')
  canvas.drawImage(picture, 0, 0)
  const { data } = canvas.getImageData(0, 0, picture.width, picture.height)
  let count = 0, x = 0, y = 0
  for (let at = 0; at < data.length; at += 4) {
    if (Math.max(data[at], data[at + 1], data[at + 2]) > 8) continue
    count += 1
    x += (at / 4) % picture.width
    y += Math.floor(at / 4 / picture.width)
  }
  return [count, x / count + 0.5, y / count + 0.5]
}"""
# How far two pictures differ in the colour that differs most (0 to 255); 255 if one is bigger than the other.
DIFFERENCE = """async (shots) => {
  const seen = []
  for (const shot of shots) {
    const picture = await createImageBitmap(await (await fetch(shot)).blob())
    const canvas = new OffscreenCanvas(picture.width, picture.height).getContext('2d')
    canvas.drawImage(picture, 0, 0)
    seen.push(canvas.getImageData(0, 0, picture.width, picture.height).data)
  }
  const [first, second] = seen
  if (first.length !== second.length) return 255
  return first.reduce((most, each, at) => Math.max(most, Math.abs(each - second[at])), 0)
}"""
# Beside a group that is blended Chromium smooths the edges of letters in another way: up to 14.
UNSEEN = 20
POINTS = """() => {
  const frame = document.querySelector('.town-map__drawing').getBoundingClientRect()
  const middle = box => [box.x + box.width / 2 - frame.x, box.y + box.height / 2 - frame.y]
  return [...document.querySelectorAll('.town-map__point')].map(each => middle(each.getBoundingClientRect()))
}"""
PICTURES_ALONE = ".town-map__point, .town-map__number, .town-map__area { visibility: hidden }"


@pytest.fixture(scope="module")
def tiles():
    with TileServer().running() as server:
        yield server


@pytest.fixture(scope="module")
def door(house, tiles):
    """The demo with this tile server as its source."""
    settings = {"KOMMPASS_MAP_TILES": tiles.template, "KOMMPASS_MAP_ATTRIBUTION": "© Landesvermessung"}
    with another_door(house, **settings) as url:
        yield url


def drawing(page):
    """The map on the screen, all pictures loaded or given up."""
    page.wait_for_load_state("networkidle")
    return page.locator(".town-map__drawing")


def shot_of(page) -> str:
    return f"data:image/png;base64,{b64encode(drawing(page).screenshot()).decode()}"


def difference(page, other) -> int:
    return page.evaluate(DIFFERENCE, [shot_of(page), shot_of(other)])


def zoom_on(page) -> int:
    return int(page.locator(".town-map__tiles image").first.get_attribute("href").split("/")[-4])


def places(page) -> list[tuple[float, float]]:
    """Longitude and latitude of everything that the town has on the map."""
    features = page.request.get(PLACES).json()["features"]
    return [tuple(each["geometry"]["coordinates"]) for each in features if each["geometry"]]


def pixel_of(place: tuple[float, float], zoom: int) -> tuple[str, tuple[int, int]]:
    """In which tile a place lies, and at which of its pixels: reckoned by PROJ."""
    east, north = Transformer.from_crs(4326, 3857, always_xy=True).transform(*place)
    column = (east + HALF_THE_WORLD) / (2 * HALF_THE_WORLD) * 2**zoom
    row = (HALF_THE_WORLD - north) / (2 * HALF_THE_WORLD) * 2**zoom
    return f"/{zoom}/{int(column)}/{int(row)}.png", (int(column % 1 * 256), int(row % 1 * 256))


def test_a_place_on_the_picture_lies_below_its_point_on_the_map(visit, house, tiles, door):
    page = visit(base_url=door, bypass_csp=True)
    page.goto(MAP)
    spots = [pixel_of(each, zoom_on(page)) for each in places(page)]
    tile, pixel = next(spot for spot in spots if all(30 < each < 226 for each in spot[1]))
    tiles.marks = {tile: pixel}
    stranger = visit(base_url=door, bypass_csp=True)  # nothing kept in this browser
    for kept in (Path(house.environment["KOMMPASS_VAR"]) / "tiles").glob("*/*"):
        kept.unlink()
    stranger.goto(MAP)
    points = stranger.evaluate(POINTS)
    stranger.add_style_tag(content=PICTURES_ALONE)
    count, x, y = stranger.evaluate(BLACK, shot_of(stranger))
    assert count > 1000
    assert min(hypot(x - left, y - top) for left, top in points) < 1.5


def test_the_map_with_pictures_is_sound_and_asks_nobody_else(visit, door):
    page = visit(base_url=door)
    observer = Observer(page, door)
    page.goto(MAP)
    drawing(page)
    assert page.locator(".town-map__tiles image").count() > 3
    assert page.get_by_text("© Landesvermessung").is_visible()
    plain = visit(bypass_csp=True)
    plain.goto(MAP)
    assert difference(plain, page) > UNSEEN
    assert look_at(page, observer, "finder:tile").about() == []


def test_without_any_picture_the_map_looks_as_if_there_were_no_source(visit, house):
    with TileServer().running() as gone:
        template = gone.template
    settings = {"KOMMPASS_MAP_TILES": template, "KOMMPASS_MAP_ATTRIBUTION": "© Landesvermessung"}
    plain = visit(bypass_csp=True)
    plain.goto(MAP)
    with another_door(house, **settings) as url:
        page = visit(base_url=url)
        page.goto(MAP)
        assert difference(plain, page) < UNSEEN


def test_without_network_the_map_shows_its_districts_and_no_torn_pictures(visit, door):
    plain = visit(bypass_csp=True)
    plain.goto(MAP)
    page = visit(base_url=door)
    page.goto(MAP)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    drawing(page)
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.context.set_offline(True)
    page.goto(MAP)
    assert difference(plain, page) < UNSEEN
