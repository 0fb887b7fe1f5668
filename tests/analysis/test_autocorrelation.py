"""Neighbours are read from outlines as they are drawn, and whether they are alike is no accident of one shuffle."""

import json
from itertools import permutations as arrangements
from itertools import product
from math import sqrt

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kommpass.analysis.autocorrelation import NothingToCompare, Pattern, local_moran, moran
from kommpass.analysis.neighbours import Contact, Neighbours, neighbours

LOR = "01_boundaries/berlin_lor/lor-planungsraeume-bis-2020.geojson"


def square(x: float, y: float, size: float = 1.0) -> dict:
    corners = [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]
    return {"type": "Polygon", "coordinates": [corners]}


def chequers(width: int, height: int) -> dict[str, dict]:
    return {f"{x}.{y}": square(x, y) for x, y in product(range(width), range(height))}


@st.composite
def linked_areas(draw, *, most: int = 12) -> Neighbours:
    areas = [f"area {number}" for number in range(draw(st.integers(4, most)))]
    pair = st.tuples(st.sampled_from(areas), st.sampled_from(areas)).filter(lambda two: two[0] != two[1])
    return Neighbours.of(areas, draw(st.lists(pair, min_size=2, max_size=30)))


def some_values(count: int, *, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=count).round(3)


# Neighbours


def test_a_border_makes_neighbours_and_a_corner_does_if_that_is_wanted():
    board = chequers(3, 3)
    assert neighbours(board, contact=Contact.BORDER).of_area("1.1") == ("0.1", "1.0", "1.2", "2.1")
    assert len(neighbours(board).of_area("1.1")) == 8
    assert neighbours(board).counts.tolist() == [3, 5, 3, 5, 8, 5, 3, 5, 3]


def test_a_long_border_is_seen_where_it_has_no_common_corner():
    """The large square's side has no corner where both small ones meet."""
    town = {"large": square(0, 0, 2), "south": square(2, 0), "north": square(2, 1)}
    assert neighbours(town, contact=Contact.BORDER).of_area("large") == ("south", "north")


def test_a_slanted_border_is_seen_where_it_has_no_common_corner():
    """A third of the way along a slanted line no coordinate is exact."""
    third = [1 / 3, 1 / 7 / 3]
    town = {
        "large": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1 / 7], [0, 1], [0, 0]]]},
        "west": {"type": "Polygon", "coordinates": [[[0, 0], [0, -1], third, [0, 0]]]},
        "east": {"type": "Polygon", "coordinates": [[third, [0, -1], [1, 1 / 7], third]]},
    }
    assert neighbours(town, contact=Contact.BORDER).of_area("large") == ("west", "east")


@pytest.mark.parametrize("shift", [-9e-7, -5e-7, 1e-9, 5e-7, 9e-7])
def test_a_gap_or_overlap_of_some_centimetres_parts_nobody(shift):
    town = {"west": square(0, 0), "east": square(1 + shift, 0)}
    for contact in Contact:
        assert neighbours(town, contact=contact).of_area("west") == ("east",)


def test_areas_on_both_sides_of_a_road_of_ten_metres_are_no_neighbours():
    assert neighbours({"west": square(0, 0), "east": square(1.0001, 0)}).alone == ("west", "east")


def test_an_area_within_another_one_is_its_neighbour():
    inner = square(1, 1)
    outer = {"type": "Polygon", "coordinates": [square(0, 0, 3)["coordinates"][0], inner["coordinates"][0]]}
    assert neighbours({"town": outer, "enclave": inner}, contact=Contact.BORDER).of_area("enclave") == ("town",)


def test_an_area_of_two_parts_has_the_neighbours_of_both():
    both = {"type": "MultiPolygon", "coordinates": [square(0, 0)["coordinates"], square(4, 0)["coordinates"]]}
    found = neighbours({"both": both, "a": square(1, 0), "b": square(3, 0)}, contact=Contact.BORDER)
    assert found.of_area("both") == ("a", "b") and found.of_area("a") == ("both",)


def test_what_is_no_area_is_refused():
    bow = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    for wrong in ({"type": "Point", "coordinates": [0, 0]}, bow, {"type": "Polygon", "coordinates": []}):
        with pytest.raises(ValueError, match="area wrong"):
            neighbours({"right": square(0, 0), "wrong": wrong})


def test_links_that_go_one_way_only_are_refused():
    one_way = Neighbours.of("ab", [("a", "b")]).links.copy()
    one_way[1, 0] = 0
    one_way.eliminate_zeros()
    with pytest.raises(ValueError, match="both ways"):
        Neighbours(("a", "b"), one_way)


def berlin(shared_data) -> dict[str, dict]:
    """By number in the file: one key of an area is there twice."""
    features = json.loads((shared_data / LOR).read_text(encoding="utf-8"))["features"]
    return {f"{place} {each['properties']['name']}": each["geometry"] for place, each in enumerate(features)}


def test_berlins_448_areas_all_have_neighbours(shared_data):
    found = {contact: neighbours(berlin(shared_data), contact=contact) for contact in Contact}
    assert {contact: each.links.nnz // 2 for contact, each in found.items()} == {
        Contact.BORDER: 1211,
        Contact.POINT: 1329,
    }
    assert found[Contact.BORDER].alone == found[Contact.POINT].alone == ()


def test_berlins_neighbours_are_those_of_libpysal_but_for_centimetres(shared_data):
    weights = pytest.importorskip(
        "libpysal.weights", reason="libpysal is not installed; with it neighbours are compared"
    )
    shapely = pytest.importorskip("shapely")
    areas = berlin(shared_data)
    outlines = [shapely.geometry.shape(each) for each in areas.values()]
    names = list(areas)
    told = {}
    for contact, kind in ((Contact.POINT, weights.Queen), (Contact.BORDER, weights.Rook)):
        theirs = kind.from_iterable(outlines, ids=names, silence_warnings=True).neighbors
        ours = neighbours(areas, contact=contact)
        pairs = {frozenset(two) for one in names for two in product([one], ours.of_area(one))}
        told[contact] = {tuple(sorted(each)) for each in pairs ^ {frozenset((a, b)) for a in theirs for b in theirs[a]}}
    assert told == {
        # Their corners lie apart by less than ten centimetres: a point for us, not for libpysal.
        Contact.POINT: {("345 Allende II", "349 Bölschestraße")},
        # They share a border of some centimetres: a point for us, a border for libpysal.
        Contact.BORDER: {("341 Kietzer Feld/Nachtheide", "348 Hirschgarten")},
    }


# Moran's I


def slow_moran(values, near: Neighbours) -> float:
    """From the definition, with loops."""
    mean = sum(values) / len(values)
    links = near.links.toarray()
    top = weights = 0.0
    for i, j in product(range(len(values)), repeat=2):
        if links[i, j]:
            weight = 1 / sum(links[i])
            top += weight * (values[i] - mean) * (values[j] - mean)
            weights += weight
    return len(values) / weights * top / sum((value - mean) ** 2 for value in values)


def slow_local_moran(values, near: Neighbours, place: int) -> float:
    mean = sum(values) / len(values)
    variance = sum((value - mean) ** 2 for value in values) / (len(values) - 1)
    around = [values[j] - mean for j in np.flatnonzero(near.links.toarray()[place])]
    return (values[place] - mean) / variance * sum(around) / len(around)


@settings(deadline=None)
@given(linked_areas(), st.integers(0, 1000))
def test_both_are_what_the_definition_says(near, seed):
    values = some_values(len(near.areas), seed=seed)
    assert moran(values, near, seed=1, permutations=9).value == pytest.approx(slow_moran(values, near), abs=1e-12)
    local = local_moran(values, near, seed=1, permutations=9)
    for place, area in enumerate(near.areas):
        if area in near.alone:
            assert np.isnan(local.values[place]) and local.patterns[place] is Pattern.NO_NEIGHBOURS
        else:
            assert local.values[place] == pytest.approx(slow_local_moran(values, near, place), abs=1e-12)


@settings(deadline=None, max_examples=30)
@given(linked_areas(), st.integers(0, 1000), st.sampled_from([-3.0, 0.5, 20.0]), st.integers(-50, 50))
def test_the_unit_of_the_values_does_not_matter(near, seed, factor, shift):
    values = some_values(len(near.areas), seed=seed)
    one, two = (moran(each, near, seed=4, permutations=99) for each in (values, factor * values + shift))
    assert (two.value, two.p) == (pytest.approx(one.value, abs=1e-9), one.p)


def test_a_chessboard_and_a_board_of_two_halves():
    near = neighbours(chequers(6, 6), contact=Contact.BORDER)
    black = np.array([(int(area[0]) + int(area[2])) % 2 for area in near.areas], dtype=float)
    halves = np.array([int(area[0]) < 3 for area in near.areas], dtype=float)
    chess, parted = moran(black, near, seed=1), moran(halves, near, seed=1)
    assert chess.value == pytest.approx(-1.0) and chess.p == 2 / 10_000
    # 8 corner and edge areas and 4 inner ones look over the border: 2 x (1/3 + 4 x 1/4 + 1/3) of 36 in each half.
    assert parted.value == pytest.approx(1 - 2 * 2 * (2 / 3 + 1) / 36 * 1.0, abs=1e-12) and parted.p == 2 / 10_000


def test_p_is_near_what_all_arrangements_give():
    near = Neighbours.of("abcdefg", list(zip("abcdef", "bcdefg", strict=True)))
    values = np.array([1.0, 1.5, 2.2, 2.0, 4.0, 3.1, 3.0])
    observed = slow_moran(values, near)
    every = [slow_moran(list(order), near) for order in arrangements(values)]
    above = np.mean([each >= observed - 1e-12 for each in every])
    assert moran(values, near, seed=1, permutations=20_000).p == pytest.approx(2 * above, abs=0.01)


def test_local_p_is_near_what_all_choices_of_neighbours_give():
    near = neighbours(chequers(4, 2), contact=Contact.BORDER)
    values = np.array([9.0, 8.0, 7.5, 2.0, 1.0, 3.0, 2.5, 0.5])
    found = local_moran(values, near, seed=1, permutations=20_000)
    scores = values - values.mean()
    for place, count in enumerate(near.counts):
        others = np.delete(scores, place)
        chances = np.array([scores[place] * sum(each) / count for each in arrangements(others, int(count))])
        own = scores[place] * (near.weights @ scores)[place]
        tail = min(np.mean(chances >= own - 1e-12), np.mean(chances <= own + 1e-12))
        assert found.p[place] == pytest.approx(min(1.0, 2 * tail), abs=0.02)


def test_adjusted_p_values_are_those_of_benjamini_and_hochberg():
    near = neighbours(chequers(7, 7))
    found = local_moran(some_values(49, seed=3), near, seed=1, permutations=999)
    order = np.argsort(found.p)
    expected = np.empty(49)
    least = 1.0
    for rank in range(49, 0, -1):
        least = min(least, found.p[order[rank - 1]] * 49 / rank)
        expected[order[rank - 1]] = least
    assert found.adjusted.tolist() == pytest.approx(expected.tolist())


def test_among_values_by_chance_hardly_an_area_stands_out_and_without_the_adjustment_many_do():
    near = neighbours(chequers(12, 12))
    out = [local_moran(some_values(144, seed=seed), near, seed=seed, permutations=999) for seed in range(12)]
    adjusted = [sum(each is not Pattern.NOT_SIGNIFICANT for each in one.patterns) for one in out]
    assert sum(count > 0 for count in adjusted) <= 3
    assert np.mean([(one.p <= 0.05).sum() for one in out]) > 4


def test_a_poor_quarter_stands_out_and_a_rich_street_within_it_does_too():
    near = neighbours(chequers(12, 12))
    values = some_values(144, seed=2) * 0.1
    place = {area: number for number, area in enumerate(near.areas)}
    for x, y in product(range(5), range(5)):
        values[place[f"{x}.{y}"]] += 3.0
    values[place["2.2"]] -= 3.5
    found = dict(zip(near.areas, local_moran(values, near, seed=1).patterns, strict=True))
    assert (found["1.1"], found["2.2"]) == (Pattern.HIGH_AMONG_HIGH, Pattern.LOW_AMONG_HIGH)
    mirrored = dict(zip(near.areas, local_moran(-values, near, seed=1).patterns, strict=True))
    assert (mirrored["1.1"], mirrored["2.2"]) == (Pattern.LOW_AMONG_LOW, Pattern.HIGH_AMONG_LOW)
    assert found["9.9"] is Pattern.NOT_SIGNIFICANT


@settings(deadline=None, max_examples=30)
@given(linked_areas(most=9), st.integers(0, 1000), st.integers(0, 3))
def test_an_area_without_value_is_as_if_it_were_not_there(near, seed, gap):
    values = some_values(len(near.areas), seed=seed)
    values[gap] = np.nan
    known = np.isfinite(values)
    rest = near.among(known)
    assume(rest.links.nnz)
    assert moran(values, near, seed=1, permutations=99) == moran(values[known], rest, seed=1, permutations=99)
    whole, part = (local_moran(v, n, seed=1, permutations=99) for v, n in ((values, near), (values[known], rest)))
    assert whole.patterns[gap] is Pattern.NO_VALUE and np.isnan([whole.values[gap], whole.p[gap]]).all()
    assert whole.adjusted[known].tolist() == pytest.approx(part.adjusted.tolist(), nan_ok=True)


def test_the_same_seed_gives_the_same_p_values():
    near = neighbours(chequers(5, 5))
    values = some_values(25, seed=9)
    one, again, other = (local_moran(values, near, seed=seed, permutations=199) for seed in (1, 1, 2))
    assert one.p.tolist() == again.p.tolist() != other.p.tolist()
    assert moran(values, near, seed=1) == moran(values, near, seed=1) != moran(values, near, seed=2)


def test_where_there_is_nothing_to_compare_it_says_so():
    near = Neighbours.of("abcd", [("a", "b"), ("b", "c")])
    for values in ([1, 1, 1, 1], [1, 2, np.nan, np.nan], [1, np.nan, 2, 3]):
        for figure in (moran, local_moran):
            with pytest.raises(NothingToCompare):
                figure(np.array(values, dtype=float), near, seed=1)
    with pytest.raises(ValueError, match="4 areas"):
        moran(np.array([1.0, 2.0, 3.0]), near, seed=1)


# The reference


def test_esda_finds_the_same_figures(shared_data):
    """I and every local I to 1e-12; p-values from other shuffles within what shuffles differ by."""
    esda = pytest.importorskip("esda", reason="esda is not installed; with it I is compared to 1e-12")
    weights = pytest.importorskip("libpysal.weights")
    near = neighbours(berlin(shared_data))
    noise = some_values(len(near.areas), seed=8)
    values = noise + 0.5 * (near.weights @ noise)
    theirs = weights.WSP(near.links).to_W(silence_warnings=True)
    theirs.transform = "r"
    whole, local = moran(values, near, seed=1), local_moran(values, near, seed=1)
    reference = esda.Moran(values, theirs, permutations=999)
    assert (whole.value, whole.expected) == (
        pytest.approx(reference.I, abs=1e-12),
        pytest.approx(reference.EI, abs=1e-12),
    )
    each = esda.Moran_Local(values, theirs, permutations=9999, seed=1)
    assert local.values == pytest.approx(each.Is, abs=1e-12)
    # esda 2 counts one side. Two shares p of 9,999 shuffles differ by sqrt(2 p (1 - p) / 9999) or so.
    for ours, other in zip(local.p, each.p_sim, strict=True):
        assert abs(ours / 2 - other) <= 5 * sqrt(2 * other * (1 - other) / 9999)
