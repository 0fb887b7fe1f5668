"""Figures over towns: from what is public or decided, and never so small that a single town could be read from them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kommpass.association import queries
from kommpass.association.kinds_of_towns import size_of
from kommpass.association.queries.small_numbers import Figure, count_towns, mean_of, sum_of
from kommpass.audits.models import ProcedurePhase
from kommpass.domain.phases import Stage
from kommpass.municipalities.across import across_municipalities
from tests.association.builders import adopted, certified, officer, reported
from tests.conftest import signed_in
from tests.journeys.story import noon, town

TODAY = timezone.localdate()
BEGINS, ON = date(TODAY.year - 3, 1, 4), date(TODAY.year - 2, 1, 4)
NAMES = ("Ahaus", "Borken", "Coesfeld", "Dülmen")


def tell(number: int, *, first: int = 0, state: str = "done", **more) -> None:
    """So many towns with a certificate and a public report on two measures."""
    for name in NAMES[first : first + number]:
        with town(name, name.lower().replace("ü", "ue"), population=30_000, begins=BEGINS) as procedure:
            told = certified(adopted(procedure, ON, "Eins", "Zwei"), ON + timedelta(days=70), f"{TODAY.year + 2}-10")
            reported(told, TODAY.year - 1, state, **more)


def by_title(title: str) -> dict:
    found = queries.statistics(TODAY)
    (figures,) = (each for each in (*found.towns, found.durations) if each.title.startswith(title))
    return {str(each.label): each.value for each in figures.figures}


def measures() -> dict:
    (field,) = queries.statistics(TODAY).fields
    return {label: value for label, value, _tone in field.parts}


def test_with_three_towns_a_class_is_told_and_with_two_it_is_hidden(db):
    tell(2)
    assert by_title("Kommunen nach dem Zustand") == {"gültig": None}
    page = signed_in(officer()).get("/association/statistics/").content.decode()
    assert "unter 3 Kommunen:" in page and "Noch kein öffentlicher" not in page
    tell(1, first=2)
    assert by_title("Kommunen nach dem Zustand") == {"gültig": 3}


def test_measures_are_counted_by_field_and_state(db):
    tell(3)
    assert measures() == {
        "umgesetzt": 6, "in Arbeit": 0, "noch nicht begonnen": 0, "anders beendet": 0, "ohne Rückmeldung": 0,
    }  # fmt: skip


def test_a_state_that_few_towns_have_is_hidden_and_no_sum_gives_it_away(db):
    tell(3)
    with town("Dülmen", "duelmen", population=30_000, begins=BEGINS) as procedure:
        told = certified(adopted(procedure, ON, "Eins"), ON, f"{TODAY.year + 2}-10")
        reported(told, TODAY.year - 1, "in_progress")
    assert (measures()["umgesetzt"], measures()["in Arbeit"]) == (6, None)
    browser = signed_in(officer())
    page = browser.get("/association/statistics/").content.decode()
    table = page.split("Maßnahmen nach Handlungsfeld und Stand")[-1]
    assert "unter 3 Kommunen: in Arbeit" in table and ">7<" not in table
    rows = browser.get("/association/statistics/table.csv").content.decode("utf-8-sig")
    assert "in Arbeit;unter 3 Kommunen;Maßnahmen" in rows


def test_a_field_of_which_two_towns_report_is_only_named(db):
    tell(2)
    found = queries.statistics(TODAY)
    assert (found.fields, [str(each) for each in found.hidden_fields]) == (
        (), ["Steuerung, Vernetzung und Nachhaltigkeit"],
    )  # fmt: skip


def test_reports_that_are_not_public_do_not_count(db):
    tell(3, send=False)
    found = queries.statistics(TODAY)
    assert (found.fields, found.hidden_fields) == ((), ())


def test_how_long_phases_take_is_a_mean_over_towns(db):
    tell(3)
    assert by_title("So lange dauert es") == {
        "Vom Beginn bis zum Beschluss": (ON - BEGINS).days // 7, "Vom Beschluss bis zur Verleihung": 10,
    }  # fmt: skip


def test_a_phase_counts_when_it_is_over(db):
    tell(3)
    with across_municipalities():
        for place, phase in enumerate(ProcedurePhase.objects.filter(key="council").order_by("pk")):
            phase.closed_at = noon(ON + timedelta(days=7 * (place + 3)))
            phase.save()
    assert by_title("So lange dauert es")[str(Stage.COUNCIL.label)] == 4


@pytest.mark.parametrize(
    ("population", "key"),
    [(0, "unknown"), (1, "small"), (9_999, "small"), (10_000, "medium"), (99_999, "large"), (100_000, "city")],
)
def test_towns_are_sorted_by_the_number_of_their_people(population, key):
    assert size_of(population).key == key


def test_small_numbers_rules():
    assert count_towns({"a": [1, 2, 3], "b": [1], "c": []}, ("b", "a", "c")) == (Figure("b", None), Figure("a", 3))
    assert [sum_of(pairs) for pairs in ([(1, 1), (2, 1), (3, 1)], [(1, 9), (2, 9), (3, 0)], [], [(1, 0)])] == [
        3, None, 0, 0,
    ]  # fmt: skip
    assert [mean_of(pairs) for pairs in ([(1, 1), (2, 2), (3, 3)], [(1, 1), (1, 2), (1, 3)], [])] == [2, None, None]


def test_an_empty_installation_has_a_page(db):
    page = signed_in(officer()).get("/association/statistics/").content.decode()
    assert "Noch kein öffentlicher Jahresbericht" in page and "Noch keine Angaben" in page
