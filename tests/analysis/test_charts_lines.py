"""Time series, pyramids and bars: gaps stay gaps, nothing overlaps, and the words say what the lines say."""

import json
import re
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommpass.analysis.charts.bars import Bar, bars
from kommpass.analysis.charts.gaps import Gap
from kommpass.analysis.charts.line_chart import line_chart
from kommpass.analysis.charts.pyramid import AgeGroup, pyramid
from kommpass.analysis.charts.time_series import Break, Series, pieces
from tests.analysis.chart_reading import SVG, read, texts_of, titles_of

names = st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüßABCDEFGHMNOW -/&<\"'", min_size=1, max_size=45)
numbers = st.decimals(min_value=-500, max_value=250_000, places=1)
counts = st.integers(0, 40_000).map(Decimal)
units = st.sampled_from(["", "%", "Fälle je 1.000 unter 21-Jährige"])


def values_of(kinds):
    return st.one_of(kinds, kinds, kinds, st.sampled_from(list(Gap)))


@st.composite
def series(draw) -> Series:
    first = draw(st.integers(2000, 2020))
    years = range(first, first + draw(st.integers(1, 24)))
    return Series(draw(names), {year: draw(values_of(numbers)) for year in years})


breaks = st.lists(st.builds(Break, st.integers(2000, 2030), names), max_size=3, unique_by=lambda each: each.year)
age_groups = st.lists(st.builds(AgeGroup, names, values_of(counts), values_of(counts)), min_size=1, max_size=22)
areas = st.lists(st.builds(Bar, names, values_of(numbers), st.booleans()), min_size=1, max_size=12)


def assert_legible(drawing):
    """No text lies on another or outside of the drawing."""
    texts = [text for text in texts_of(drawing) if text.text.strip()]
    over = [(one.text, other.text) for one, other in combinations(texts, 2) if one.overlaps(other)]
    assert over == []
    outside = [
        text for text in texts
        if text.left < -0.2 or text.top < -0.2 or text.right > drawing.width + 0.2 or text.bottom > drawing.height + 0.2
    ]  # fmt: skip
    assert outside == []


@settings(max_examples=60)
@given(st.lists(series(), min_size=1, max_size=5), st.none() | series(), breaks, units)
def test_no_text_of_a_time_series_lies_on_another(lines, mean, breaks, unit):
    assert_legible(line_chart(lines, key="lines", title="Verlauf", unit=unit, mean=mean, breaks=breaks))


@settings(max_examples=60)
@given(age_groups, names, names, st.sampled_from(["", "%"]))
def test_no_text_of_a_pyramid_lies_on_another(groups, left, right, unit):
    assert_legible(pyramid(groups, key="ages", title="Alter", left=left, right=right, unit=unit))


@settings(max_examples=60)
@given(areas, st.none() | st.tuples(names, numbers), units)
def test_no_text_of_bars_lies_on_another(rows, mean, unit):
    assert_legible(bars(rows, key="bars", title="Vergleich", unit=unit, mean=mean))


def youth_of_leipzig(shared_data) -> dict[str, Series]:
    file = shared_data / "02_population_social/leipzig_lis_api/leipzig-jugendquote.json"
    found: dict[str, dict[int, Decimal | Gap]] = {}
    for year, groups in json.loads(file.read_text())["data"].items():
        for row in groups["Jugendquote"]:
            found.setdefault(row["district"], {})[int(year)] = Decimal(str(row["value"]))
    return {name: Series(name, values) for name, values in found.items()}


def test_five_real_series_of_24_years_are_legible(shared_data):
    youth = youth_of_leipzig(shared_data)
    chosen = ["Plagwitz", "Zentrum", "Grünau-Mitte", "Neustadt-Neuschönefeld", "Sellerhausen-Stünz"]
    drawing = line_chart([youth[name] for name in chosen], key="youth", title="Jugendquote", unit="%")
    assert_legible(drawing)
    assert "Plagwitz: 16\xa0% im Jahr 2000; 20\xa0% im Jahr 2023." in drawing.description
    assert "Plagwitz 2023: 20\xa0%" in titles_of(drawing)


def test_all_areas_of_leipzig_as_bars_are_legible(shared_data):
    rows = [Bar(name, each.values[2023]) for name, each in youth_of_leipzig(shared_data).items()]
    drawing = bars(rows, key="youth", title="Jugendquote", unit="%", mean=("Stadt Leipzig", Decimal("20.5")))
    assert_legible(drawing)
    assert drawing.description.count(";") == 63


def strokes(drawing) -> list[str]:
    """The ways of the lines: those that are thick and not dashed."""
    return [
        path.get("d")
        for path in read(drawing).iter(f"{SVG}path")
        if path.get("stroke-width") == "2.2" and not path.get("stroke-dasharray")
    ]


def test_a_line_stops_at_a_hidden_year_and_at_a_missing_one():
    values = {2018: 1, 2019: 2, 2020: Gap.HIDDEN, 2021: 3, 2022: 4, 2023: Gap.MISSING, 2024: 5, 2025: 6}
    line = Series("A", {year: each if isinstance(each, Gap) else Decimal(each) for year, each in values.items()})
    (way,) = strokes(line_chart([line], key="a", title="A"))
    assert way.count("M") == 3


def test_a_year_that_only_another_series_has_is_a_gap():
    full = Series("voll", {year: Decimal(5) for year in (2019, 2020, 2021)})
    holed = Series("lückig", {year: Decimal(3) for year in (2019, 2021)})
    drawing = line_chart([full, holed], key="a", title="A")
    assert len(strokes(drawing)) == 1
    assert "lückig: 3 im Jahr 2019; 3 im Jahr 2021; kein Wert: 2020." in drawing.description


def test_a_line_stops_at_a_break_and_the_break_says_what_has_changed():
    line = Series("A", {year: Decimal(year) for year in range(2018, 2024)})
    drawing = line_chart([line], key="a", title="A", breaks=[Break(2021, "neue Zählung"), Break(1990, "lange her")])
    assert strokes(drawing)[0].count("M") == 2
    assert [text.text for text in texts_of(drawing) if ": " in text.text] == ["2021: neue Zählung"]
    assert "Umbruch 2021: neue Zählung." in drawing.description


def test_a_break_between_two_counts_parts_them_whichever_year_it_is_in():
    line = Series("A", {2010: Decimal(1), 2015: Decimal(2), 2020: Decimal(3)})
    assert [[year for year, _ in piece] for piece in pieces(line, [Break(2012, "Zensus")])] == [[2010], [2015, 2020]]


def test_the_mean_of_the_town_is_a_dashed_line():
    line, mean = (Series(name, {2020: Decimal(1), 2021: Decimal(2)}) for name in ("A", "Stadt"))
    drawing = line_chart([line], key="a", title="A", mean=mean)
    dashed = [each for each in read(drawing).iter(f"{SVG}path") if each.get("stroke-dasharray") == "6 4"]
    assert len(strokes(drawing)) == 1
    assert len(dashed) == 2, "the line, and its sign beside its name"


def test_each_series_has_a_marker_of_its_own_shape():
    lines = [Series(name, {2020: Decimal(place)}) for place, name in enumerate("ABCDE")]
    drawing = line_chart(lines, key="a", title="A")
    shapes = set()
    for element in read(drawing).iter():
        title = element.find(f"{SVG}title")
        if title is not None and element.tag != f"{SVG}svg":
            shapes.add(re.sub(r"^M\S+ [\d.]+", "", element.get("d", element.tag)))
    assert len(shapes) == 5


def test_an_axis_that_does_not_begin_at_zero_says_so():
    far = Series("Haushalte", {2020: Decimal(100_250), 2021: Decimal(103_177)})
    near = Series("Haushalte", {2020: Decimal(100_250), 2021: Decimal(3_177)})
    said = "Die Achse beginnt nicht bei null."
    drawn = [line_chart([each], key="a", title="A") for each in (far, near)]
    assert [said in drawing.description for drawing in drawn] == [True, False]
    assert [said in [text.text for text in texts_of(drawing)] for drawing in drawn] == [True, False]


@pytest.mark.parametrize(
    "lines", [[], [Series(str(place), {2020: Decimal(1)}) for place in range(6)], [Series("A", {})]]
)
def test_no_series_too_many_and_one_without_years_are_refused(lines):
    with pytest.raises(ValueError):
        line_chart(lines, key="a", title="A")


def rectangles(drawing, fill) -> set[tuple]:
    return {
        (each.get("width"), each.get("height")) for each in read(drawing).iter(f"{SVG}rect") if each.get("fill") == fill
    }


@given(st.lists(counts, min_size=2, max_size=6))
def test_a_hidden_bar_is_as_long_whatever_the_others_are(values):
    rows = [Bar("geheim", Gap.HIDDEN), *(Bar("offen", value) for value in values)]
    groups = [AgeGroup("0 bis 5", Gap.HIDDEN, value) for value in values]
    ages = pyramid(groups, key="a", title="A", left="Männer", right="Frauen")
    assert rectangles(bars(rows, key="a", title="A"), "url(#a-hidden)") == {("71", "16")}
    assert rectangles(ages, "url(#a-hidden)") == {("40", "17")}


def test_where_an_area_is_hidden_there_is_the_word_and_no_number():
    drawing = bars([Bar("Nord", Decimal(12)), Bar("Süd", Gap.HIDDEN)], key="a", title="A", unit="%")
    assert [text.text for text in texts_of(drawing)] == ["Nord", "12\xa0%", "Süd", "geheim"]
    assert drawing.description == "Balkendiagramm. Balken: 2. Nord: 12\xa0%; Süd: geheim."


def test_bars_stay_in_the_order_given():
    drawing = bars([Bar(name, Decimal(place)) for place, name in enumerate("CAB")], key="a", title="A")
    assert [text.text for text in texts_of(drawing)][::2] == ["C", "A", "B"]


def test_bars_below_zero_grow_to_the_left():
    drawing = bars([Bar("plus", Decimal(3)), Bar("minus", Decimal(-1))], key="a", title="A")
    plus, minus = [each for each in read(drawing).iter(f"{SVG}rect") if "bar" in each.get("class", "")]
    assert float(minus.get("x")) == 0
    assert float(minus.get("width")) == pytest.approx(float(plus.get("x")), abs=0.1)
    assert float(plus.get("width")) == pytest.approx(3 * float(minus.get("width")), abs=0.3)


def test_the_oldest_are_on_top_and_both_sides_have_the_same_scale():
    groups = [AgeGroup("0 bis 5", Decimal(100), Decimal(50)), AgeGroup("6 bis 9", Decimal(50), Decimal(25))]
    drawing = pyramid(groups, key="a", title="A", left="Männer", right="Frauen")
    assert [text.text for text in texts_of(drawing)] == [
        "Männer", "Frauen", "6 bis 9", "50", "25", "0 bis 5", "100", "50"
    ]  # fmt: skip
    found = {
        name: [float(each.get("width")) for each in read(drawing).iter(f"{SVG}rect") if name in each.get("class", "")]
        for name in ("series-1", "series-2")
    }
    assert found["series-1"] == pytest.approx([found["series-2"][1], 2 * found["series-2"][1]], abs=0.2)
    assert drawing.description == (
        "Alterspyramide, links Männer, rechts Frauen. Altersgruppen: 2. 0 bis 5: 100, 50; 6 bis 9: 50, 25."
    )


def test_fewer_people_than_none_are_refused():
    with pytest.raises(ValueError):
        pyramid([AgeGroup("0 bis 5", Decimal(-1), Decimal(0))], key="a", title="A", left="Männer", right="Frauen")
