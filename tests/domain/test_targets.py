"""Targets of measures: read from forms, written in German, judged without floats."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommpass.domain.moments import PartialDate
from kommpass.domain.targets import (
    DateTarget,
    Direction,
    NumberTarget,
    PercentageTarget,
    QualitativeTarget,
    RangeTarget,
    TargetRefused,
    YesNoTarget,
    deadline,
    describe,
    format_decimal,
    from_form,
    from_json,
    judge,
    parse_decimal,
    to_json,
)

DECIMALS = st.decimals(-(10**9), 10**9, places=2, allow_nan=False)
UNITS = st.sampled_from(["", "Schulen", "Plätze"])
BYS = st.sampled_from(["", "2027", "2027-03", "Kita-Jahr 2015/16"])
TARGETS = st.one_of(
    st.builds(NumberTarget, DECIMALS, UNITS, BYS, st.sampled_from(Direction)),
    st.builds(PercentageTarget, st.decimals(0, 100, places=1), UNITS, BYS),
    st.builds(PercentageTarget, st.decimals(101, 500, places=1), UNITS, BYS, beyond_hundred=st.just(True)),
    st.tuples(DECIMALS, DECIMALS).map(sorted).map(lambda pair: RangeTarget(*pair, unit="Schulen", by="2027")),
    st.builds(DateTarget, st.just("2027-06"), UNITS),
    st.builds(YesNoTarget, UNITS, BYS),
    st.builds(QualitativeTarget, UNITS, BYS),
)


def test_delmenhorst_plans_ten_to_fourteen_schools_by_2027():
    target = from_form("range", low="10", high="14", unit="Schulen", by="2027")
    assert describe(target) == "10 bis 14 Schulen bis 2027"
    assert to_json(target) == {"kind": "range", "low": "10", "high": "14", "unit": "Schulen", "by": "2027"}
    judged = {value: judge(target, Decimal(6), Decimal(value)).value for value in (5, 6, 7, 10, 14, 15)}
    assert judged == {5: "not", 6: "not", 7: "partly", 10: "reached", 14: "reached", 15: "reached"}


def test_bochum_raises_the_care_rate_to_forty_percent_by_the_kita_year():
    target = from_form("percentage", value="40", by="bis Kita-Jahr 2015/16")
    assert describe(target) == "40 % bis Kita-Jahr 2015/16"
    assert deadline(target) == PartialDate(2016, 7)
    assert [judge(target, Decimal(32), Decimal(value)).value for value in ("32", "33.5", "40")] == [
        "not",
        "partly",
        "reached",
    ]


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (NumberTarget(Decimal("1234.5"), "Plätze", "2027-12-31"), "1234,5 Plätze bis 31.12.2027"),
        (NumberTarget(Decimal(12000)), "12.000"),
        (PercentageTarget(Decimal("2.5"), "der Kinder"), "2,5 % der Kinder"),
        (DateTarget("2027-06"), "bis Juni 2027"),
        (YesNoTarget("Familienbüro eröffnet", "2026"), "Familienbüro eröffnet bis 2026"),
        (YesNoTarget(), "Ja"),
        (
            QualitativeTarget("Eltern finden alle Angebote an einem Ort"),
            "Eltern finden alle Angebote an einem Ort",
        ),
    ],
)
def test_targets_read_as_sentences_do(target, words):
    assert describe(target) == words


@given(TARGETS)
def test_a_target_survives_json(target):
    assert from_json(json.loads(json.dumps(to_json(target)))) == target


@given(TARGETS)
def test_no_target_holds_a_float(target):
    assert not any(isinstance(value, float) for value in to_json(target).values())


@given(DECIMALS)
def test_a_number_survives_its_german_spelling(number):
    assert parse_decimal(format_decimal(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("2,5", "2.5"), ("1.234,5", "1234.5"), ("1 234", "1234"), ("-0,25", "-0.25"), ("1.234", "1234")],
)
def test_german_numbers_are_read(text, number):
    assert parse_decimal(text) == Decimal(number)


@pytest.mark.parametrize("text", ["2.5", "1,234,5", "zehn", "1e5", "", "NaN", "12.34", ",5", "9" * 16, "10-14"])
def test_what_is_no_german_number_is_refused(text):
    with pytest.raises(TargetRefused, match="ist keine Zahl"):
        parse_decimal(text)


@pytest.mark.parametrize(
    ("form", "field", "sentence"),
    [
        (
            {"kind": "range", "low": "14", "high": "10"},
            "low",
            "Der kleinere Wert gehört an die erste Stelle: 14 ist größer als 10.",
        ),
        ({"kind": "range", "low": "14"}, "high", "Bitte geben Sie eine Zahl ein."),
        (
            {"kind": "percentage", "value": "120"},
            "value",
            "Ein Anteil liegt zwischen 0 und 100 %, eingegeben wurden 120 %.",
        ),
        ({"kind": "date"}, "by", "Bitte nennen Sie den Termin, zum Beispiel „Juni 2027“."),
        ({"kind": "date", "by": "31.02.2027"}, "by", "Den Tag „31.02.2027“ gibt es nicht."),
        ({"kind": "number", "value": "3", "by": "bald"}, "by", "„bald“ ist kein Datum."),
        ({"kind": "qualitative"}, "text", "Bitte beschreiben Sie, was erreicht sein soll."),
        ({"kind": "mood"}, "kind", "Bitte wählen Sie eine Art des Zielwerts."),
        (
            {"kind": "number", "value": "3", "direction": "sideways"},
            "direction",
            "Bitte wählen Sie, ob mehr oder weniger besser ist.",
        ),
    ],
)
def test_a_form_that_cannot_be_true_is_refused_at_its_field(form, field, sentence):
    with pytest.raises(TargetRefused) as refused:
        from_form(**form)
    assert (refused.value.field, refused.value.sentence) == (field, sentence)


def test_more_than_a_hundred_percent_is_possible_if_somebody_says_so():
    assert describe(from_form("percentage", value="120", beyond_hundred=True)) == "120 %"


def test_where_less_is_better_the_baseline_says_so():
    target = NumberTarget(Decimal(5), "Wochen Wartezeit")
    assert [judge(target, Decimal(12), Decimal(value)).value for value in (12, 8, 5, 3)] == [
        "not",
        "partly",
        "reached",
        "reached",
    ]


def test_a_corridor_can_be_left_on_both_sides():
    target = RangeTarget(Decimal(18), Decimal(22), "Kinder", direction=Direction.WITHIN)
    assert [judge(target, Decimal(28), Decimal(value)).value for value in (24, 20, 16)] == [
        "partly",
        "reached",
        "partly",
    ]


def test_a_date_reached_too_late_counts_in_part():
    target = from_form("date", by="Juni 2027")
    days = [PartialDate(2027, 6, 30), PartialDate(2027, 7), None]
    assert [judge(target, None, day).value for day in days] == ["reached", "partly", "not_assessable"]


def test_without_a_value_nothing_is_judged_and_people_judge_words():
    assert judge(NumberTarget(Decimal(3)), None, None).value == "not_assessable"
    assert judge(YesNoTarget(), None, False).value == "not"
    assert judge(QualitativeTarget("Alle zufrieden"), None, "partly").value == "partly"
    assert judge(QualitativeTarget("Alle zufrieden"), None, Decimal(3)).value == "not_assessable"


@given(st.decimals(0, 1000, places=1), st.decimals(0, 1000, places=1), st.decimals(0, 1000, places=1))
def test_a_judgement_never_gets_worse_on_the_way_to_the_target(baseline, goal, value):
    target = NumberTarget(goal)
    worth = {"not": 0, "partly": 1, "reached": 2}
    nearer = (value + goal) / 2
    assert (
        worth[judge(target, baseline, nearer)] >= worth[judge(target, baseline, value)] or value > goal or value < goal
    )
    assert judge(target, baseline, goal) == "reached"
