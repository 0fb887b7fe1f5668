"""Drawings can be told apart without colour vision, in light and dark, obey the page's strict rules and suit a PDF."""

import json
import math
import re
from decimal import Decimal
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

import pytest
import typst
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box, mapping

from kommpass.adapters.documents.fonts import font_folder
from kommpass.analysis.charts import paints
from kommpass.analysis.charts.bars import Bar, bars
from kommpass.analysis.charts.drawing import framed
from kommpass.analysis.charts.gaps import Gap
from kommpass.analysis.charts.lettering import width_of
from kommpass.analysis.charts.line_chart import line_chart
from kommpass.analysis.charts.outlines import outlines
from kommpass.analysis.charts.pyramid import AgeGroup, pyramid
from kommpass.analysis.charts.thematic_map import legend, thematic_map
from kommpass.analysis.charts.time_series import Break, Series
from kommpass.analysis.charts.wording import GERMAN
from tests.analysis.chart_reading import SVG, read

TOKENS = Path(__file__).parents[2] / "frontend/src/tokens.css"
TOKEN = re.compile(r"--([\w-]+): light-dark\(oklch\((.+?)\), oklch\((.+?)\)\);")
MODES = ["light", "dark"]
HOUSE_PAINTS = [each for each in vars(paints).values() if isinstance(each, paints.Paint) and each.token]

# How colours look without one kind of cone, on linear RGB: Machado, Oliveira and Fernandes 2009, table 1, severity 1.
EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
WILD = """<b>"Süd" & 'Nord'</b>\x00\x0b]]>"""


def linear(colour: str) -> list[float]:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""
    low, high = sorted(
        sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(each), strict=True))
        for each in (one, other)
    )
    return (high + 0.05) / (low + 0.05)


def oklab(red: float, green: float, blue: float) -> tuple[float, float, float]:
    """Ottosson 2020."""
    long = max(0, 0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = max(0, 0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = max(0, 0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def seen(colour: str, eyes: str) -> tuple[float, float, float]:
    parts = linear(colour)
    return oklab(*(sum(weight * part for weight, part in zip(row, parts, strict=True)) for row in EYES[eyes]))


def apart(one: str, other: str, eyes: str) -> float:
    """How different two colours look; 0.02 is what one just notices."""
    return math.dist(seen(one, eyes), seen(other, eyes))


def of_oklch(text: str) -> list[float]:
    lightness, chroma, hue = (float(part.rstrip("%")) for part in text.split())
    return [lightness / 100, chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))]


def shades(classes: int, mode: str) -> list[str]:
    return [getattr(paints.SHADES[place], mode) for place in paints.shade_places(classes)]


@pytest.fixture(scope="module")
def drawings():
    """One of each kind, with every part it can have and names that try to break out."""
    areas = outlines((str(place), f"{WILD}{place}", mapping(box(7 + place, 51, 8 + place, 52))) for place in range(4))
    shown = {"0": 0, "1": 1, "2": Gap.HIDDEN, "3": Gap.MISSING}
    values = {2019: Decimal(3), 2020: Gap.HIDDEN, 2021: Decimal("4.5"), 2022: Decimal(5)}
    lines = [Series(WILD + letter, values) for letter in "abcde"]
    rows = [Bar(WILD, Decimal(3), marked=True), Bar("minus", Decimal(-2)), *(Bar(gap, gap) for gap in Gap)]
    groups = [AgeGroup(WILD, Decimal(3), Gap.MISSING), AgeGroup("90", Gap.HIDDEN, Decimal(5))]
    named = {"title": WILD, "unit": WILD}
    return [
        thematic_map(areas, shown, [WILD, "viel"], key="map", title=WILD, released={"0": WILD}),
        line_chart(lines, key="lines", mean=lines[0], breaks=[Break(2021, WILD)], **named),
        bars(rows, key="bars", mean=(WILD, Decimal(1)), **named),
        pyramid(groups, key="ages", left=WILD, right=WILD, title=WILD),
    ]


def test_every_drawing_is_well_formed_whatever_names_are_like(drawings):
    for drawing in drawings:
        assert {each.tag.removeprefix(SVG) for each in read(drawing).iter()} <= {
            "svg", "title", "desc", "defs", "pattern", "g", "path", "rect", "circle", "text"
        }  # fmt: skip
        assert "<b>" in (read(drawing).findtext(f"{SVG}title") or "")


def test_every_drawing_is_an_image_with_a_name_and_a_description(drawings):
    for drawing in drawings:
        root = read(drawing)
        texts = {each.get("id"): each.text for each in root}
        assert root.get("role") == "img"
        assert texts[root.get("aria-describedby")] == drawing.description.replace("\0", "�").replace("\x0b", "�")
        assert texts[root.get("aria-labelledby")].startswith("<b>")
        assert root.get("viewBox") == f"0 0 {drawing.width} {drawing.height}"
        assert (root.get("width"), root.get("height")) == (None, None)


def test_a_strict_content_security_policy_has_nothing_to_refuse(drawings):
    """No style, no script, no handler, nothing from elsewhere: what points somewhere points into the drawing."""
    for drawing in drawings:
        root = read(drawing)
        ids = {each.get("id") for each in root.iter()}
        for name, value in (pair for each in root.iter() for pair in each.items()):
            assert name != "style" and not name.startswith("on") and "href" not in name
            if value.startswith("url("):
                assert value.removeprefix("url(#").removesuffix(")") in ids


def test_two_drawings_in_a_page_share_no_id(drawings):
    ids = [each.get("id") for drawing in drawings for each in read(drawing).iter() if each.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("key", ["", "1a", "a b", 'a"', "ä", "a\n"])
def test_a_key_that_is_no_name_is_refused(key):
    with pytest.raises(ValueError):
        framed(key=key, width=1, height=1, title="", description="")


def test_every_colour_of_a_drawing_stands_in_it_and_has_a_rule_for_pages(drawings):
    """Without the stylesheet, in a PDF, the literal colour counts; with it the class does."""
    rules = paints.stylesheet()
    for drawing in drawings:
        for element in read(drawing).iter():
            for name in filter(lambda each: each.startswith("drawing-"), element.get("class", "").split()):
                assert f".{name} {{" in rules
                assert re.fullmatch("#[0-9a-f]{6}", element.get("stroke" if "-stroke--" in name else "fill", ""))


@pytest.mark.parametrize(
    "paint", [each for each in vars(paints).values() if isinstance(each, paints.Paint) and each.token]
)
@pytest.mark.parametrize("mode", MODES)
def test_colours_that_stand_for_a_token_are_the_ones_of_the_house(paint, mode):
    tokens = {name: (light, dark) for name, light, dark in TOKEN.findall(TOKENS.read_text())}
    wanted = of_oklch(tokens[paint.token][MODES.index(mode)])
    assert math.dist(oklab(*linear(getattr(paint, mode))), wanted) < 0.01


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("classes", range(2, 8))
def test_numbers_on_classes_can_be_read(classes, mode):
    for place in paints.shade_places(classes):
        shade, number = (getattr(each[place], mode) for each in (paints.SHADES, paints.ON_SHADES))
        assert contrast(shade, number) >= 4.5


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("classes", range(2, 8))
@pytest.mark.parametrize("eyes", EYES)
def test_neighbouring_classes_look_different_and_keep_their_order(classes, mode, eyes):
    """Up to three have 3:1 to the next. Seven cannot (3^6 is more than black to white), and have numbers."""
    ramp = shades(classes, mode)
    assert all(apart(one, next_one, eyes) >= 0.08 for one, next_one in pairwise(ramp))
    assert all(contrast(one, next_one) >= (3 if classes <= 3 else 1.3) for one, next_one in pairwise(ramp))
    lightness = [seen(shade, eyes)[0] for shade in ramp]
    assert lightness == sorted(lightness, reverse=mode == "light")
    assert contrast(ramp[0], ramp[-1]) >= 9


@pytest.mark.parametrize("mode", MODES)
def test_lines_bars_hatching_and_edges_stand_out_from_the_ground(mode):
    grounds = [getattr(each, mode) for each in (paints.GROUND, paints.SUNKEN)]
    for paint in (*paints.SERIES, paints.BAR, paints.HATCH, paints.EDGE):
        assert all(contrast(getattr(paint, mode), ground) >= 3 for ground in grounds), paint.name
    for paint in (paints.INK, paints.MUTED):
        assert all(contrast(getattr(paint, mode), ground) >= 4.5 for ground in grounds), paint.name


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("eyes", EYES)
def test_any_two_lines_differ_in_colour_for_every_eye(mode, eyes):
    for one, other in combinations(paints.SERIES, 2):
        assert apart(getattr(one, mode), getattr(other, mode), eyes) >= 0.1


def test_legend_swatches_show_the_colours_and_the_patterns_of_the_map():
    entries = legend({"a": 0, "b": 1, "c": Gap.HIDDEN, "d": Gap.MISSING}, ["wenig", "viel"])
    assert [entry.swatch.count("drawing-fill--shade-0") for entry in entries] == [1, 0, 0, 0]
    assert [">2<" in entry.swatch for entry in entries] == [False, True, False, False]
    assert [entry.swatch.count("<circle") > 5 for entry in entries] == [False, False, False, True]
    assert "url(" not in "".join(entry.swatch for entry in entries), "a swatch stands outside of the map's definitions"


ALPHABET = "abcdefghijklmnopqrstuvwxyzäöüßéABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ0123456789 .,:;-–−%()/…'&<>\xa0"


@given(st.text(ALPHABET))
def test_letters_take_no_more_room_than_is_kept_for_them(text):
    if not (font_folder() / "FiraSans-SemiBold.ttf").is_file():
        pytest.skip(f"needs the typefaces in {font_folder()}")
    for face in ("Regular", "SemiBold"):
        font = faces(face)
        assert sum(font[ord(letter)] for letter in text) <= width_of(text, 1) + 1e-9


@cache
def faces(name: str) -> dict[int, float]:
    """The width of every letter of a face, in parts of its size."""
    font = TTFont(font_folder() / f"FiraSans-{name}.ttf")
    units, advances = font["head"].unitsPerEm, font["hmtx"]
    return {code: advances[glyph][0] / units for code, glyph in font.getBestCmap().items()}


def test_words_come_in_the_language_of_the_page():
    english = GERMAN.translated({"geheim": "secret"}.get, decimal_sign=".", thousands_sign=",")
    assert (english.hidden, english.number(Decimal("1234.5"))) == ("secret", "1,234.5")


def test_a_pdf_for_everybody_and_for_the_archive_takes_all_drawings(drawings):
    """As PDF/UA-1 and PDF/A-2a, with nothing but what stands in the drawings and the house's typeface."""
    source = b"""#set document(title: "Bericht")
        #set text(font: "Fira Sans", lang: "de")
        #for each in json(bytes(sys.inputs.drawings)) { image(bytes(each), format: "svg", width: 8cm, alt: "Karte") }"""
    clean = [drawing.svg.replace("�", "") for drawing in drawings]
    pdf = typst.compile(
        source,
        font_paths=[str(font_folder())] if font_folder().is_dir() else [],
        ignore_system_fonts=True,
        sys_inputs={"drawings": json.dumps(clean)},
        pdf_standards=["ua-1", "a-2a"],
    )
    assert pdf.startswith(b"%PDF") and b"pdfuaid" in pdf
