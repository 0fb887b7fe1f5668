"""Points: what answers earn, what is needed by size of town, and what is taken out of the maximum."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommpass.domain.scoring import (
    AnswerShare,
    Score,
    ScoreClass,
    Scoring,
    SizeClass,
    maximum_points,
    needed_points,
    radar,
    score,
)


@dataclass(frozen=True)
class Asked:
    key: str
    field: str
    weight: str


SCORING = Scoring(
    classes=(ScoreClass("high", "Hoher Standard", 5), ScoreClass("standard", "Standard", 4)),
    answers=(AnswerShare("yes", 100), AnswerShare("partly", 50), AnswerShare("no", 0)),
    size_classes=(
        SizeClass("small", "unter 5.000", 45, 0, 5000),
        SizeClass("medium", "ab 5.000", 50, 5000, None),
        SizeClass("county_town", "Große Kreisstadt", 60, status="large_county_town"),
        SizeClass("independent", "Kreisfreie Stadt", 65, status="independent_town"),
    ),
    max_points=14,
)
QUESTIONS = (
    Asked("1.1", "living", "high"),
    Asked("1.2", "living", "standard"),
    Asked("2.1", "work", "high"),
    Asked("2.2", "work", ""),
)


def test_the_needed_points_of_the_original_are_rounded_up():
    assert [needed_points(857, percent) for percent in (45, 50, 60, 65)] == [386, 429, 515, 558]


def test_a_town_that_can_reach_420_of_500_points_needs_210_and_315():
    assert [needed_points(420, percent) for percent in (50, 75)] == [210, 315]


def test_a_yes_earns_all_a_partly_half_and_a_no_or_no_answer_nothing():
    answers = {"1.1": "partly", "1.2": "yes", "2.1": "no", "2.2": "yes"}
    assert score(SCORING, QUESTIONS, answers, minimum_percent=45) == Score(Decimal("6.5"), 14, 7)
    assert score(SCORING, QUESTIONS, {}, minimum_percent=45) == Score(Decimal(0), 14, 7)


def test_half_a_point_short_is_short():
    short, enough = Score(Decimal("385.5"), 857, 386), Score(Decimal(386), 857, 386)
    assert (short.reached, short.missing, short.percent) == (False, Decimal("0.5"), 44)
    assert (enough.reached, enough.missing, enough.percent) == (True, Decimal(0), 45)


def test_what_the_county_does_is_taken_out_of_the_maximum_and_of_the_points():
    answers = {"1.1": "yes", "1.2": "yes", "2.1": "yes"}
    assert score(SCORING, QUESTIONS, answers, minimum_percent=50, outside={"2.1"}) == Score(Decimal(9), 9, 5)
    assert maximum_points(SCORING, QUESTIONS, outside={"2.1"}) == 9


def test_the_net_diagram_has_a_spoke_for_every_field_with_the_minimum():
    spokes = radar(SCORING, ["work", "living"], QUESTIONS, {"1.1": "yes"}, minimum_percent=60, outside={"2.1"})
    assert [(each.field, each.score, each.minimum_percent) for each in spokes] == [
        ("work", Score(Decimal(0), 0, 0), 60),
        ("living", Score(Decimal(5), 9, 6), 60),
    ]


def test_a_town_that_can_earn_nothing_has_reached_nothing():
    nothing = score(SCORING, [], {}, minimum_percent=45)
    assert (nothing.share, nothing.percent, nothing.reached) == (0.0, 0, False)


@pytest.mark.parametrize(
    ("population", "status", "minimum"),
    [
        (0, "", 45),
        (4_999, "", 45),
        (5_000, "", 50),
        (400_000, "", 50),
        (30_000, "large_county_town", 60),
        (53_000, "independent_town", 65),
        (30_000, "unknown_status", 50),
    ],
)
def test_status_goes_before_size(population, status, minimum):
    assert SCORING.size_class(population=population, status=status).minimum_percent == minimum


ANSWERS = st.sampled_from(["yes", "partly", "no", "", "unsinn"])
RANK = {"yes": 2, "partly": 1, "no": 0}
SHEETS = st.fixed_dictionaries({each.key: ANSWERS for each in QUESTIONS})
OUTSIDE = st.sets(st.sampled_from([each.key for each in QUESTIONS]))


@given(SHEETS, OUTSIDE, st.integers(0, 100))
def test_the_share_is_always_between_nothing_and_all(answers, outside, minimum):
    counted = score(SCORING, QUESTIONS, answers, minimum_percent=minimum, outside=outside)
    assert 0 <= counted.share <= 1
    assert 0 <= counted.percent <= 100
    assert 0 <= counted.needed <= counted.maximum <= SCORING.max_points


@given(SHEETS, st.sampled_from(QUESTIONS), ANSWERS, OUTSIDE)
def test_a_better_answer_never_costs_points(answers, question, other, outside):
    better = {**answers, question.key: max(answers[question.key], other, key=lambda each: RANK.get(each, 0))}
    before, after = (score(SCORING, QUESTIONS, each, minimum_percent=50, outside=outside) for each in (answers, better))
    assert after.points >= before.points


@given(SHEETS, OUTSIDE)
def test_the_spokes_add_up_to_the_whole(answers, outside):
    whole = score(SCORING, QUESTIONS, answers, minimum_percent=50, outside=outside)
    spokes = radar(SCORING, ["living", "work"], QUESTIONS, answers, minimum_percent=50, outside=outside)
    assert sum(each.score.points for each in spokes) == whole.points
    assert sum(each.score.maximum for each in spokes) == whole.maximum


@given(st.integers(0, 5_000), st.integers(0, 100))
def test_the_needed_points_are_the_smallest_whole_number_that_reaches_the_share(maximum, percent):
    needed = needed_points(maximum, percent)
    assert needed * 100 >= maximum * percent > (needed - 1) * 100


@given(st.integers(0, 10_000_000))
def test_every_population_has_exactly_one_size_class(population):
    assert len([each for each in SCORING.size_classes if not each.status and each.fits(population)]) == 1
