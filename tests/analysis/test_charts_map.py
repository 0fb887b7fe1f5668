"""A thematic map says of every area what its class is, without colour too, and nothing of hidden ones."""

import gzip
import json
from collections import Counter
from decimal import Decimal

import pytest
from shapely import union_all
from shapely.affinity import translate
from shapely.geometry import box, mapping, shape

from kommpass.analysis.charts.classes import by_quantile
from kommpass.analysis.charts.gaps import Gap
from kommpass.analysis.charts.outlines import outlines
from kommpass.analysis.charts.thematic_map import legend, thematic_map
from tests.analysis.chart_reading import SVG, areas_of, polygon, read, texts_of, titles_of

BOUNDARIES = "01_boundaries"
LABELS = ["unter 10 %", "10 bis unter 20 %", "20 % und mehr"]


def square(place: int, side: float = 0.01) -> dict:
    return mapping(box(7 + place * side, 51, 7 + (place + 1) * side, 51 + side))


@pytest.fixture(scope="module")
def row_of_five():
    """Five squares side by side."""
    names = ["Nord", "Süd", "West", "Ost", "Mitte"]
    return outlines((str(place), name, square(place)) for place, name in enumerate(names))


def drawn(of, shown=None, **more):
    shown = shown or {"0": 0, "1": 1, "2": 2, "3": Gap.HIDDEN, "4": Gap.MISSING}
    return thematic_map(of, shown, LABELS, key="map", title="Kinder", **more)


@pytest.fixture
def leipzig(shared_data):
    features = json.loads((shared_data / BOUNDARIES / "leipzig_ortsteile/ortsteile.json").read_text())["features"]
    return [(each["properties"]["OT"], each["properties"]["Name"], each["geometry"]) for each in features]


@pytest.fixture
def berlin(shared_data):
    """The 448 planning areas; the file has one key twice, so the place in the file belongs to the key here."""
    file = shared_data / BOUNDARIES / "berlin_lor/lor-planungsraeume-bis-2020.geojson"
    features = json.loads(file.read_text())["features"]
    return [
        (f"{place}-{each['properties']['id']}", each["properties"]["name"], each["geometry"])
        for place, each in enumerate(features)
    ]


def halved(areas: list, wanted: int) -> list:
    """As many areas as wanted: the largest are cut in two, to stand for boundaries that are not at hand."""
    ordered = sorted(areas, key=lambda area: -shape(area[2]).area)
    more = wanted - len(areas)
    found = ordered[more:]
    for key, name, geometry in ordered[:more]:
        ground = shape(geometry)
        west, south, east, north = ground.bounds
        middle = (west + east) / 2
        for side, half in (("West", box(west, south, middle, north)), ("Ost", box(middle, south, east, north))):
            found.append((f"{key}/{side}", f"{name} {side}", mapping(ground.intersection(half))))
    return found


def spread(areas: list, classes: int) -> dict:
    """Every area in some class, some of them hidden or missing."""
    kinds = [*range(classes), *Gap]
    return {key: kinds[place % len(kinds)] for place, (key, _name, _geometry) in enumerate(areas)}


def test_every_area_is_called_by_its_name_and_its_class(row_of_five):
    assert sorted(titles_of(drawn(row_of_five))) == [
        "Mitte: kein Wert", "Nord: unter 10 %", "Ost: geheim", "Süd: 10 bis unter 20 %", "West: 20 % und mehr"
    ]  # fmt: skip


def test_a_number_stands_behind_the_class_where_it_is_given_as_released(row_of_five):
    titles = titles_of(drawn(row_of_five, released={"1": "12,3 %"}))
    assert "Süd: 10 bis unter 20 % (12,3 %)" in titles


@pytest.mark.parametrize("key", ["3", "4"])
def test_nothing_can_be_said_of_an_area_that_is_hidden_or_missing(row_of_five, key):
    with pytest.raises(ValueError, match=key):
        drawn(row_of_five, released={key: "2"})


@pytest.mark.parametrize(("keys", "place"), [("0", 0), ("012345", 0), ("01234", 3), ("01234", -1)])
def test_a_map_that_leaves_an_area_out_or_makes_one_or_its_class_up_is_refused(row_of_five, keys, place):
    with pytest.raises(ValueError):
        drawn(row_of_five, dict.fromkeys(keys, place))


def test_classes_have_numbers_hidden_areas_hatching_and_missing_ones_dots(row_of_five):
    drawing = drawn(row_of_five)
    assert [text.text for text in texts_of(drawing)] == ["1", "2", "3"]
    fills = {
        title: group.get("fill")
        for group in read(drawing).iter(f"{SVG}g")
        for title in (path.findtext(f"{SVG}title") for path in group.findall(f"{SVG}path"))
        if title
    }
    assert (fills["Ost: geheim"], fills["Mitte: kein Wert"]) == ("url(#map-hidden)", "url(#map-missing)")
    assert {each.get("id") for each in read(drawing).iter(f"{SVG}pattern")} == {"map-hidden", "map-missing"}
    assert len({fills["Nord: unter 10 %"], fills["Süd: 10 bis unter 20 %"], fills["West: 20 % und mehr"]}) == 3


def test_the_legend_counts_the_areas_of_each_class_and_names_gaps_only_if_there_are_any():
    shown = {"a": 0, "b": 2, "c": 2, "d": Gap.HIDDEN}
    assert [(entry.label, entry.count) for entry in legend(shown, LABELS)] == [
        ("unter 10 %", 1), ("10 bis unter 20 %", 0), ("20 % und mehr", 2), ("geheim", 1)
    ]  # fmt: skip


def test_the_description_says_what_the_colours_say(row_of_five):
    assert drawn(row_of_five).description == (
        "Karte. Gebiete: 5. unter 10 %: 1; 10 bis unter 20 %: 1; 20 % und mehr: 1; geheim: 1; kein Wert: 1."
    )


def test_north_is_up_and_east_is_right():
    found = outlines([("n", "Nord", square(0)), ("s", "Süd", mapping(translate(box(7, 51, 7.01, 51.01), 0.02, -0.02)))])
    north, south = found.areas
    assert north.y < south.y and north.x < south.x


def test_a_map_fits_into_its_frame_whether_wide_or_high():
    for geometry in (box(7, 51, 8, 51.1), box(7, 51, 7.1, 52)):
        found = outlines([("a", "A", mapping(geometry))])
        west, north, east, south = polygon(found.around).bounds
        assert max(found.width, found.height) == 1000
        assert 0 < west < east < found.width and 0 < north < south < found.height


def test_a_hole_stays_a_hole():
    ring = box(7, 51, 7.03, 51.03) - box(7.01, 51.01, 7.02, 51.02)
    found = outlines([("a", "Rund", mapping(ring)), ("b", "Insel", mapping(box(7.01, 51.01, 7.02, 51.02)))])
    around, island = (polygon(area.path) for area in found.areas)
    assert around.intersection(island).area == 0
    assert around.area == pytest.approx(8 * island.area, rel=0.02)


def test_an_area_too_small_to_be_drawn_is_a_dot_with_its_name():
    tiny = mapping(box(7.5, 51.5, 7.50001, 51.50001))
    found = outlines(
        [("a", "Stadt", mapping(box(7, 51, 8, 52) - box(7.5, 51.5, 7.50001, 51.50001))), ("b", "Insel", tiny)]
    )
    drawing = thematic_map(found, {"a": 0, "b": 1}, ["wenig", "viel"], key="map", title="Kinder")
    assert "Insel: viel" in titles_of(drawing)
    assert found.areas[1].path.endswith("h2v2h-2z")


@pytest.mark.parametrize(
    "areas",
    [
        [],
        [("a", "A", square(0)), ("a", "B", square(1))],
        [("a", "A", {"type": "Point", "coordinates": [7, 51]})],
        [("a", "A", {"type": "Polygon", "coordinates": []})],
        [("a", "A", {"type": "Polygon", "coordinates": [[[7, 51], [7, 51], [7, 51], [7, 51]]]})],
    ],
)
def test_what_cannot_be_drawn_is_refused(areas):
    with pytest.raises(ValueError):
        outlines(areas)


def test_the_same_map_has_the_same_bytes_in_whatever_order_classes_are_told(row_of_five):
    shown = {"0": 0, "1": 1, "2": 2, "3": Gap.HIDDEN, "4": Gap.MISSING}
    assert drawn(row_of_five, dict(reversed(shown.items()))) == drawn(row_of_five, shown)


def test_the_63_areas_of_leipzig_are_small_and_whole(leipzig):
    found = outlines(leipzig)
    drawing = thematic_map(found, spread(leipzig, 5), ["a", "b", "c", "d", "e"], key="map", title="Jugendquote")
    assert len(areas_of(drawing)) == 63
    assert len(gzip.compress(drawing.svg.encode())) < 12_000


def test_542_areas_of_berlin_leave_most_of_the_page_free(berlin):
    areas = halved(berlin, 542)
    drawing = thematic_map(outlines(areas), spread(areas, 7), list("abcdefg"), key="map", title="Kinder")
    assert len([title for title in titles_of(drawing) if title]) == 542
    assert len(gzip.compress(drawing.svg.encode())) < 40_000


@pytest.mark.parametrize("town", ["leipzig", "berlin"])
def test_neighbours_keep_their_border_when_it_is_made_simple(town, request):
    """Without gaps and without overlaps the areas together are as large as the town."""
    found = outlines(request.getfixturevalue(town))
    shapes = [polygon(area.path) for area in found.areas]
    together = sum(each.area for each in shapes)
    assert together == pytest.approx(union_all(shapes).area, rel=0.001)
    assert together == pytest.approx(polygon(found.around).area, rel=0.001)


@pytest.mark.parametrize("town", ["leipzig", "berlin"])
def test_every_number_lies_within_its_area(town, request):
    areas = request.getfixturevalue(town)
    found = outlines(areas)
    drawing = thematic_map(
        found, dict.fromkeys([area.key for area in found.areas], 0), ["alle"], key="map", title="Alle"
    )
    shapes = [polygon(area.path) for area in found.areas]
    numbers = texts_of(drawing)
    assert len(numbers) > len(areas) / 3
    assert all(any(shape.contains(number.digits) for shape in shapes) for number in numbers)


def test_leipzigs_youth_in_classes_is_what_the_table_says(leipzig, shared_data):
    file = shared_data / "02_population_social/leipzig_lis_api/leipzig-jugendquote.json"
    rows = json.loads(file.read_text())["data"]["2023"]["Jugendquote"]
    values = {row["district"]: Decimal(str(row["value"])) for row in rows}
    classes = by_quantile([values[name] for _key, name, _geometry in leipzig], 5)
    shown = {key: classes.place(values[name]) for key, name, _geometry in leipzig}
    labels = classes.labels(unit="%")
    titles = titles_of(thematic_map(outlines(leipzig), shown, labels, key="map", title="Jugendquote"))
    assert sorted(titles) == sorted(
        f"{name}: {labels[classes.place(values[name])]}" for _key, name, _geometry in leipzig
    )
    assert {entry.label: entry.count for entry in legend(shown, labels)} == Counter(
        labels[place] for place in shown.values()
    )
