"""What stands in the cells of statistics: numbers in any spelling, and signs that must not become each other."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommpass.domain.statistics.decimals import Certainty, decimal_of
from kommpass.domain.statistics.signs import COMMA, DOT, SIGNS, Reader, Status, UnknownSign

german, english = Reader(COMMA), Reader(DOT)


@pytest.mark.parametrize(
    ("text", "value", "status"),
    [
        ("-", 0, Status.NOTHING),
        ("–", 0, Status.NOTHING),
        (".", None, Status.SECRET),
        ("*", None, Status.SECRET),
        ("/", None, Status.UNRELIABLE),
        ("x", None, Status.MEANINGLESS),
        ("...", None, Status.LATER),
        ("…", None, Status.LATER),
        ("()", None, Status.LIMITED),
        ("(12,5)", Decimal("12.5"), Status.LIMITED),
        ("(–3)", -3, Status.LIMITED),
        ("", None, Status.MISSING),
        ("  \u00a0", None, Status.MISSING),
        ("0", 0, Status.VALUE),
    ],
)
def test_every_sign_of_the_offices_keeps_its_own_meaning(text, value, status):
    assert german(text)[:2] == (value, status)


@pytest.mark.parametrize(
    "text", ["1.234.567,5", "1 234 567,5", "1\u00a0234\u202f567,5", "1’234’567,5", "1234567,5", " +1234567,5 "]
)
def test_a_number_is_the_same_however_its_thousands_are_parted(text):
    assert german(text)[:2] == (Decimal("1234567.5"), Status.VALUE)


@pytest.mark.parametrize("text", ["−5", "–5", "-5"])
def test_a_minus_may_be_any_dash(text):
    assert german(text).value == -5


def test_english_numbers_have_a_point_and_may_begin_with_it():
    assert [english(text).value for text in ("1,234.5", "-.51435292", "5e-05")] == [
        Decimal("1234.5"),
        Decimal("-0.51435292"),
        Decimal("0.00005"),
    ]


def test_percent_and_quality_are_kept_beside_the_number():
    assert german("12,5 %")[2:] == ("", "%")
    assert german("1 234 p")[:3] == (1234, Status.VALUE, "p")
    assert german("98r").quality == "r"


@pytest.mark.parametrize(
    "text", ["k.A.", "1.23", "12.5", "1 23", "1.2345", "007", "(5", "5)", "--", "1,2,3", "NaN", "١"]
)
def test_what_is_no_number_and_no_sign_is_told_and_not_guessed(text):
    with pytest.raises(UnknownSign):
        german(text)


def test_a_sheet_may_have_signs_of_its_own():
    read = Reader(COMMA, {"k.A.": Status.MISSING, "–": Status.SECRET})
    assert (read("k.A.").status, read("–").value, read("–").status) == (Status.MISSING, None, Status.SECRET)


def test_zero_is_less_than_half_only_where_the_sheet_says_so():
    sign = Reader(COMMA, {"0": Status.LESS_THAN_HALF})
    assert [sign(text).status for text in ("0", "0,0", "-", "0,1")] == [
        Status.LESS_THAN_HALF,
        Status.LESS_THAN_HALF,
        Status.NOTHING,
        Status.VALUE,
    ]
    assert german("0,0").status is Status.VALUE


numbers = st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, allow_infinity=False, places=3)


@given(numbers, st.sampled_from([".", " ", "\u00a0", "\u202f", ""]))
def test_a_number_written_by_german_rules_is_read_back(number, blank):
    text = f"{abs(number):,.3f}".replace(",", "_").replace(".", ",").replace("_", blank)
    assert german(("-" if number < 0 else "") + text).value == number


@given(numbers)
def test_a_number_written_by_english_rules_is_read_back(number):
    assert english(f"{number:,.3f}").value == number


@given(st.text(max_size=8))
def test_any_text_is_a_number_or_a_sign_or_an_error(text):
    try:
        reading = german(text)
    except UnknownSign as unknown:
        assert unknown.text == text
    else:
        has_number = reading.status in (Status.VALUE, Status.NOTHING, Status.LESS_THAN_HALF)
        assert (reading.value is not None) == has_number or reading.status is Status.LIMITED


@given(st.sampled_from(list(SIGNS)), st.sampled_from([COMMA, DOT]))
def test_signs_mean_the_same_beside_either_decimal_sign(sign, decimal):
    assert Reader(decimal)(sign).status is SIGNS[sign]


def test_the_decimal_sign_is_judged_by_all_figures_and_doubt_is_said():
    assert decimal_of(["1.234", "0,5"], DOT) == (COMMA, Certainty.SHOWN)
    assert decimal_of(["1,234", "0.5"], COMMA) == (DOT, Certainty.SHOWN)
    assert decimal_of(["1.234"], COMMA) == (COMMA, Certainty.OPEN)
    assert decimal_of(["0,5", "0,6", "0.7"], COMMA) == (COMMA, Certainty.BOTH)
    assert decimal_of(["5", "-"], DOT) == (DOT, Certainty.NONE)
