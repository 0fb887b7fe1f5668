"""Tiles come from a real server of this machine, well-behaved and not, or from a folder; what was fetched is kept."""

import os
import time

import pytest
from tests.adapters.tile_server import TileServer, png

from kommpass.adapters.map_tiles import Store, asking, fetching, images, picture
from kommpass.adapters.map_tiles.keeping import ASK_AGAIN_SECONDS, FRESH_SECONDS
from kommpass.domain.map_tiles import Tile, TileSource

TILE = Tile(12, 2142, 1358)
AGENT = "Kommpass/0 (+https://audit.example.de)"


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(asking, "SECONDS_TO_ANSWER", 0.4)
    monkeypatch.setattr(asking, "SECONDS_IN_ALL", 0.6)
    with TileServer().running() as server:
        yield server


@pytest.fixture
def source(server):
    return TileSource(server.template, "© Stadt Auental")


@pytest.fixture
def store(tmp_path, source):
    return Store(tmp_path, source.key)


@pytest.fixture
def fetch(source, store):
    return lambda tile=TILE: picture(source, tile, store, AGENT)


def age(store: Store, seconds: float) -> None:
    for path in store.folder.glob("*/*"):
        os.utime(path, (time.time() - seconds,) * 2)


def test_a_tile_is_fetched_once_and_kept(fetch, server):
    assert [fetch(), fetch()] == [images.Picture(png(), "image/png")] * 2
    assert (server.asked, server.agents) == (["/12/2142/1358.png"], [AGENT])


@pytest.mark.parametrize("behaviour", ["nothing", "page", "drawing", "disguised", "huge", "elsewhere"])
def test_what_is_no_picture_is_not_shown_and_not_asked_for_again(fetch, server, behaviour):
    with TileServer().running() as stranger:
        server.behaviour, server.elsewhere = behaviour, f"{stranger.url}/12/1/1.png"
        assert [fetch(), fetch()] == [None, None]
        assert (len(server.asked), stranger.asked) == (1, [])


@pytest.mark.parametrize("behaviour", ["error", "forbidden", "silent", "dripping", "half"])
def test_a_source_in_trouble_is_left_alone_for_a_minute(fetch, server, store, behaviour):
    server.behaviour = behaviour
    begun = time.monotonic()
    assert fetch() is None
    assert time.monotonic() - begun < 10
    asked = len(server.asked)
    assert [fetch(), fetch(Tile(12, 2143, 1358)), len(server.asked)] == [None, None, asked]
    server.behaviour = "well"
    age(store, 61)
    assert fetch() is not None


@pytest.mark.parametrize("behaviour", ["moved", "circle"])
def test_nobody_is_sent_on_to_another_address(fetch, server, behaviour):
    server.behaviour = behaviour
    assert [fetch(), server.asked] == [None, ["/12/2142/1358.png"]]


def test_a_source_that_is_gone_leaves_what_was_kept(fetch, server, store):
    fetch()
    age(store, FRESH_SECONDS + 1)
    server.stop()
    assert fetch() == images.Picture(png(), "image/png")


def test_an_old_picture_is_fetched_anew(fetch, server, store):
    fetch()
    age(store, FRESH_SECONDS + 1)
    fetch()
    assert len(server.asked) == 2


def test_an_old_picture_is_better_than_a_page_of_somebody_else(fetch, server, store):
    fetch()
    age(store, FRESH_SECONDS + 1)
    server.behaviour = "page"
    assert [fetch(), fetch()] == [images.Picture(png(), "image/png")] * 2
    assert len(server.asked) == 2


def test_a_tile_that_was_missing_is_asked_for_again_after_an_hour(fetch, server, store):
    server.behaviour = "nothing"
    fetch()
    server.behaviour = "well"
    age(store, ASK_AGAIN_SECONDS + 1)
    assert fetch() is not None


def test_the_oldest_pictures_go_when_there_are_too_many(tmp_path):
    kept = Store(tmp_path, "source", most_bytes=3 * len(png()))
    for number in range(5):
        kept.write(Tile(12, number, 0), images.Picture(png(), "image/png"))
        age(kept, 100 - number) if number < 2 else None
    assert [number for number in range(5) if kept.read(Tile(12, number, 0))] == [2, 3, 4]


def test_a_folder_that_cannot_be_written_costs_the_picture_and_nothing_else(source, tmp_path):
    (tmp_path / "occupied").write_text("a file where the folder should be")
    assert picture(source, TILE, Store(tmp_path / "occupied", source.key), AGENT) is None


def test_nobody_waits_long_when_all_turns_are_taken(fetch, server, monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS_TO_WAIT", 0.05)
    for _each in range(fetching.ASKING_AT_ONCE):
        fetching._turns.acquire()
    try:
        assert (fetch(), server.asked) == (None, [])
    finally:
        for _each in range(fetching.ASKING_AT_ONCE):
            fetching._turns.release()


def test_a_folder_of_the_town_needs_no_server(tmp_path):
    (tmp_path / "12" / "2142").mkdir(parents=True)
    (tmp_path / "12" / "2142" / "1358.png").write_bytes(png())
    (tmp_path / "12" / "2142" / "1359.png").write_text("<svg/>")
    store = Store(tmp_path / "kept", "folder")
    for template in (f"file:{tmp_path}", f"file://{tmp_path}", str(tmp_path)):
        source = TileSource(f"{template}/{{z}}/{{x}}/{{y}}.png", "© Stadt Auental")
        found = [picture(source, Tile(12, 2142, row), store, AGENT) for row in (1358, 1359, 1360)]
        assert found == [images.Picture(png(), "image/png"), None, None]
    assert not store.folder.exists()
