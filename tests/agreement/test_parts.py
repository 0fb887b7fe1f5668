"""Targets of six kinds, days that are only partly known, formula cells, and where a measure comes from."""

import pytest

from kommpass.agreement import actions, content, queries
from kommpass.agreement.forms import IndicatorForm, MeasureForm, OriginForm, StepForm
from kommpass.domain.refusals import NotPossible
from kommpass.stocktaking.actions import write_finding
from tests.agreement.builders import COORDINATOR, draft, goal, measure, measures_of
from tests.conftest import NOON, TODAY
from tests.participation.builders import cards, idea, workshop


@pytest.fixture
def agreement(procedure):
    return draft(procedure)


def frozen_measures(agreement) -> list[dict]:
    return measures_of(
        content.build(agreement, number=1, kind="draft_for_council", reason="", frozen_on=TODAY, resolution=None)
    )


def form_for(agreement, under, **given) -> MeasureForm:
    data = {"title": "Familienbüro", "public": "on"} | given
    return MeasureForm(data, agreement=agreement, by=COORDINATOR, goal=under)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kind": "number", "value": "75", "unit": "Plätze", "by": "2027"}, "75 Plätze bis 2027"),
        ({"kind": "percentage", "value": "40", "by": "Kita-Jahr 2015/16"}, "40 % bis Kita-Jahr 2015/16"),
        ({"kind": "range", "low": "10", "high": "14", "unit": "Schulen", "by": "2027"}, "10 bis 14 Schulen bis 2027"),
        ({"kind": "date", "by": "Juni 2027", "text": "Familienbüro eröffnet"}, "Familienbüro eröffnet bis Juni 2027"),
        ({"kind": "yesno", "text": "Netzwerkkarte liegt vor"}, "Netzwerkkarte liegt vor"),
        ({"kind": "qualitative", "text": "Eltern fühlen sich gut beraten"}, "Eltern fühlen sich gut beraten"),
    ],
)
def test_a_target_of_each_kind_is_typed_and_frozen_in_words(agreement, given, words):
    of = measure(goal(agreement))
    form = IndicatorForm({"name": "Woran man es sieht", "baseline": "6"} | given)
    assert form.is_valid(), form.errors
    actions.add_indicator(measure=of, **form.indicator, by=COORDINATOR, at=NOON)
    assert frozen_measures(agreement)[0]["indicators"] == [
        {"name": "Woran man es sieht", "unit": given.get("unit", ""), "baseline": "6", "target": words, "source": ""}
    ]


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"kind": "number", "value": "viele"}, "value", "„viele“ ist keine Zahl."),
        ({"kind": "number"}, "value", "Bitte geben Sie eine Zahl ein."),
        ({"kind": "percentage", "value": "140"}, "value", "Ein Anteil liegt zwischen 0 und 100 %"),
        ({"kind": "range", "low": "14", "high": "10"}, "low", "Der kleinere Wert gehört an die erste Stelle"),
        ({"kind": "date"}, "by", "Bitte nennen Sie den Termin"),
        ({"kind": "qualitative"}, "text", "Bitte beschreiben Sie"),
        ({"kind": "number", "value": "1", "by": "31.02.2027"}, "by", "Den Tag „31.02.2027“ gibt es nicht."),
    ],
)
def test_a_target_that_cannot_be_is_answered_at_its_field(given, field, sentence):
    form = IndicatorForm({"name": "Indikator"} | given)
    assert not form.is_valid()
    assert list(form.errors) == [field]
    assert form.errors[field][0].startswith(sentence)


def test_an_unknown_kind_of_target_is_refused_with_a_sentence():
    form = IndicatorForm({"name": "Indikator", "kind": "formula"})
    assert list(form.errors) == ["kind"]


@pytest.mark.parametrize(
    ("typed", "stored", "last_day"),
    [
        ("2027", "2027", "2027-12-31"),
        ("März 2027", "2027-03", "2027-03-31"),
        ("02/2028", "2028-02", "2028-02-29"),
        ("31.12.2027", "2027-12-31", "2027-12-31"),
        ("2027-06-30", "2027-06-30", "2027-06-30"),
    ],
)
def test_a_deadline_may_be_a_day_a_month_or_a_year(agreement, typed, stored, last_day):
    under = goal(agreement)
    form = form_for(agreement, under, due=typed)
    assert form.is_valid(), form.errors
    made = actions.add_measure(goal=under, changes=form.changes, by=COORDINATOR, at=NOON)
    assert (made.due, made.due_on.isoformat()) == (stored, last_day)


@pytest.mark.parametrize("typed", ["31.02.2027", "29.02.2027", "13/2027", "2027-00-10"])
def test_a_day_that_does_not_exist_is_answered_with_a_sentence(agreement, typed):
    form = form_for(agreement, goal(agreement), due=typed)
    assert form.errors.keys() == {"due"}
    assert "gibt es nicht" in form.errors["due"][0]
    assert StepForm({"title": "Schritt", "due": typed}).errors.keys() == {"due"}


def test_a_deadline_before_the_beginning_is_refused(agreement):
    form = form_for(agreement, goal(agreement), start="Mai 2028", due="2027")
    assert form.errors == {"due": ["Die Frist liegt vor dem Beginn."]}


@pytest.mark.parametrize(("start", "due"), [("2027", "März 2027"), ("März 2027", "2027"), ("2027-03-01", "März 2027")])
def test_a_year_and_a_month_in_it_do_not_contradict_each_other(agreement, start, due):
    assert form_for(agreement, goal(agreement), start=start, due=due).is_valid()


def test_costs_are_typed_in_german_and_never_rounded(agreement):
    under = goal(agreement)
    form = form_for(agreement, under, cost_once="1.234,50", cost_yearly="2500000")
    assert form.is_valid(), form.errors
    actions.add_measure(goal=under, changes=form.changes, by=COORDINATOR, at=NOON)
    frozen = frozen_measures(agreement)[0]
    assert (frozen["cost_once"], frozen["cost_yearly"]) == ("1234.50", "2500000.00")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("viel", "„viel“ ist keine Zahl. Schreiben Sie zum Beispiel 1.234,5 oder 40."),
        ("=1+1", "„=1+1“ ist keine Zahl. Schreiben Sie zum Beispiel 1.234,5 oder 40."),
        ("-5", "Bitte geben Sie einen Betrag in Euro und Cent an, zum Beispiel 1.234,50."),
        ("1,005", "Bitte geben Sie einen Betrag in Euro und Cent an, zum Beispiel 1.234,50."),
        ("99999999999", "Bitte geben Sie einen Betrag in Euro und Cent an, zum Beispiel 1.234,50."),
    ],
)
def test_an_amount_that_cannot_be_is_answered_with_a_sentence(agreement, typed, sentence):
    assert form_for(agreement, goal(agreement), cost_once=typed).errors == {"cost_once": [sentence]}


def test_a_text_that_is_too_long_is_answered_with_its_length(agreement):
    form = form_for(agreement, goal(agreement), description="ä" * 20_001)
    assert form.errors == {
        "description": ["Dieser Text ist zu lang (20001 Zeichen). Höchstens 20000 Zeichen sind möglich."]
    }


def test_a_title_that_looks_like_a_formula_stays_a_text(agreement):
    under = goal(agreement)
    form = form_for(agreement, under, title="=HYPERLINK(A1)")
    assert form.is_valid(), form.errors
    actions.add_measure(goal=under, changes=form.changes, by=COORDINATOR, at=NOON)
    assert frozen_measures(agreement)[0]["title"] == "=HYPERLINK(A1)"


def test_steps_stand_in_their_order_and_go_one_by_one(agreement):
    of = measure(goal(agreement))
    first, second = (
        actions.add_step(measure=of, title=title, due=due, by=COORDINATOR, at=NOON)
        for title, due in (("Räume anmieten", "2027-05"), ("Stelle besetzen", "2027"))
    )
    assert [(each["title"], each["due"]) for each in frozen_measures(agreement)[0]["steps"]] == [
        ("Räume anmieten", "2027-05"),
        ("Stelle besetzen", "2027"),
    ]
    actions.drop_step(step=first, by=COORDINATOR, at=NOON)
    assert list(of.steps.all()) == [second]


def test_a_measure_keeps_the_words_of_what_it_comes_from(agreement, procedure):
    of = measure(goal(agreement))
    field = procedure.fields.first()
    need = write_finding(field=field, kind="need", text="Wartezeit von vier Monaten", by=COORDINATOR, at=NOON)
    card = cards(workshop(procedure), "Elterncafé")[0]
    wish = idea(procedure, "Mehr Bänke")
    for source in ({"finding": need}, {"card": card}, {"idea": wish}, {"idea": wish}):
        actions.add_origin(measure=of, **source, by=COORDINATOR, at=NOON)
    need.text = "inzwischen anders"
    need.save()
    assert frozen_measures(agreement)[0]["origins"] == [
        {"kind": "Befund", "text": "Wartezeit von vier Monaten"},
        {"kind": "Ergebniskarte", "text": "Elterncafé"},
        {"kind": "Idee", "text": "Mehr Bänke"},
    ]


def test_an_origin_needs_exactly_one_source(agreement, procedure):
    of = measure(goal(agreement))
    with pytest.raises(NotPossible, match="woher"):
        actions.add_origin(measure=of, by=COORDINATOR, at=NOON)
    assert OriginForm({}, procedure=procedure).errors["__all__"] == [
        "Bitte wählen Sie genau einen Befund, eine Karte oder eine Idee."
    ]


def test_quality_hints_say_what_is_missing_and_which_the_scheme_refuses(agreement, procedure):
    bare = measure(goal(agreement), "Betreuung verbessern", due="")
    bare = queries.measures(agreement).prefetch_related("indicators", "districts").get(pk=bare.pk)
    assert [(hint.key, refused) for hint, refused in queries.quality(bare, procedure)] == [
        ("specific", False),
        ("local", False),
        ("responsible", True),
        ("due", True),
        ("resources", False),
        ("indicator", False),
    ]


def test_other_goals_are_named_in_the_order_of_their_numbers(agreement):
    own = goal(agreement, "Eigenes")
    others = [goal(agreement, f"Ziel {number}") for number in range(2, 13)]
    measure(own, also_serves=[others[0], others[-1], others[8]])
    assert frozen_measures(agreement)[0]["also_serves"] == ["1.2", "1.10", "1.12"]
