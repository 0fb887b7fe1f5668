"""What an operator may write about map tiles, and which tiles lie behind a drawing."""

import pytest

from kommpass.domain.map_tiles import MOST_TILES, Tile, TileSource, Window, tile_source, tiles_behind

ADDRESS = "https://tiles.example.de/{z}/{y}/{x}.png"
TOWN = Window(west=0.5229, north=0.3307, east=0.5234, south=0.3312, pixels=900)


def test_a_source_knows_its_addresses_in_whatever_order():
    source = tile_source(ADDRESS, "© Land", "https://example.de/licence", "5-17")
    assert source == TileSource(ADDRESS, "© Land", "https://example.de/licence", 5, 17)
    assert source.address(Tile(12, 2142, 1358)) == "https://tiles.example.de/12/1358/2142.png"


def test_without_a_template_there_is_no_source():
    assert tile_source("", "© Land") is None


@pytest.mark.parametrize(
    ("template", "attribution", "link", "zooms", "said"),
    [
        ("https://tiles.example.de/{z}/{x}.png", "© Land", "", "0-18", "look at {y}"),
        ("https://tiles.example.de/{z}/{z}/{x}/{y}.png", "© Land", "", "0-18", "look at {z}"),
        ("https://{s}.example.de/{z}/{x}/{y}.png", "© Land", "", "0-18", "{z}, {x} and {y} only"),
        ("https://{x}.example.de/{z}/{y}.png", "© Land", "", "0-18", "host without places to fill"),
        ("tiles/{z}/{x}/{y}.png", "© Land", "", "0-18", "a path from the root"),
        ("ftp://tiles.example.de/{z}/{x}/{y}.png", "© Land", "", "0-18", "a path from the root"),
        (ADDRESS, " ", "", "0-18", "KOMMPASS_MAP_ATTRIBUTION"),
        (ADDRESS, "© Land", "javascript:alert(1)", "0-18", "KOMMPASS_MAP_ATTRIBUTION_LINK"),
        (ADDRESS, "© Land", "", "18-5", "KOMMPASS_MAP_ZOOMS"),
        (ADDRESS, "© Land", "", "0-40", "KOMMPASS_MAP_ZOOMS"),
        (ADDRESS, "© Land", "", "all", "KOMMPASS_MAP_ZOOMS"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(template, attribution, link, zooms, said):
    with pytest.raises(ValueError) as refused:
        tile_source(template, attribution, link, zooms)
    assert said in str(refused.value)


def test_tiles_are_about_as_big_as_they_are_drawn():
    found = tiles_behind(TOWN, tile_source(ADDRESS, "© Land"))
    side = TOWN.pixels / (TOWN.east - TOWN.west) / 2 ** found[0].zoom
    assert 181 <= side <= 362
    assert len(found) <= 36


def test_the_tiles_cover_the_whole_window():
    found = tiles_behind(TOWN, tile_source(ADDRESS, "© Land"))
    squares = 2 ** found[0].zoom
    columns, rows = sorted({each.column for each in found}), sorted({each.row for each in found})
    assert (columns[0] / squares <= TOWN.west, (columns[-1] + 1) / squares >= TOWN.east) == (True, True)
    assert (rows[0] / squares <= TOWN.north, (rows[-1] + 1) / squares >= TOWN.south) == (True, True)
    assert len(found) == len(columns) * len(rows)


def test_a_source_without_fine_tiles_gives_coarse_ones():
    assert {each.zoom for each in tiles_behind(TOWN, tile_source(ADDRESS, "© Land", zooms="0-9"))} == {9}


def test_a_source_with_fine_tiles_only_gives_none_rather_than_thousands():
    assert tiles_behind(TOWN, tile_source(ADDRESS, "© Land", zooms="18-19")) == ()


@pytest.mark.parametrize("tall", [0.0001, 0.0005, 0.005, 0.6])
def test_there_are_never_many(tall):
    window = Window(0.5229, 0.2, 0.5234, 0.2 + tall, 900)
    assert 0 < len(tiles_behind(window, tile_source(ADDRESS, "© Land"))) <= MOST_TILES
