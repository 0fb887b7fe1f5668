"""Hints on the wording of measures."""

import pytest

from kommpass.domain.quality import HINT_KEYS, MeasureFacts, hints, vague_words

GOOD = MeasureFacts(
    title="Familienbüro im Rathaus eröffnen",
    description="Eine halbe Stelle berät Familien an vier Tagen der Woche.",
    responsible=True,
    due=True,
    resources=True,
    indicator=True,
    target_groups=True,
    due_year=2027,
    last_year=2028,
)


def test_a_good_measure_gets_no_hint():
    assert hints(GOOD) == ()


def test_an_empty_measure_gets_every_hint_once_and_in_order():
    assert tuple(hint.key for hint in hints(MeasureFacts("Familien"))) == HINT_KEYS


@pytest.mark.parametrize(
    "title",
    [
        "Die Betreuung in den Stadtteilen verbessern und ausbauen",
        "Ein Konzept für Spielplätze wird zeitnah geprüft und vorgelegt",
        "Das Ehrenamt in Vereinen gegebenenfalls stärker unterstützen",
        "Eltern sollen bis 2027 nach Möglichkeit mehr gefördert werden",
    ],
)
def test_vague_words_without_a_figure_ask_for_something_specific(title):
    (hint,) = hints(MeasureFacts(**{**vars(GOOD), "title": title, "description": ""}))
    assert hint.key == "specific"
    assert hint.sentence.endswith("lässt offen, was genau geschieht. Nennen Sie, was am Ende anders ist.")


def test_a_figure_makes_a_vague_word_specific_but_a_year_does_not():
    text = "Betreuung in Kitas um {} verbessern, für alle Stadtteile"
    found = [hints(MeasureFacts(**{**vars(GOOD), "title": text.format(by)})) for by in ("40 Plätze", "2027")]
    assert [tuple(hint.key for hint in each) for each in found] == [(), ("specific",)]


@pytest.mark.parametrize("text", ["Sprachförderung in Kitas", "Förderprogramm", "Möglichkeitenraum", "Stärkegrad"])
def test_names_of_things_are_not_vague(text):
    assert vague_words(text) == ()


def test_a_deadline_after_the_end_of_the_agreement_is_named():
    (hint,) = hints(MeasureFacts(**{**vars(GOOD), "due_year": 2031}))
    assert (hint.key, hint.sentence) == (
        "due",
        "Die Frist 2031 liegt nach dem Ende der Zielvereinbarung (2028).",
    )
