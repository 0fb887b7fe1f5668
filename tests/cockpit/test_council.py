"""Mayor and council in two minutes: the figures are those of the report, and one asks right there."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kommpass.agreement.models import Measure, Remark
from kommpass.cockpit import council
from kommpass.domain.permissions import Role
from kommpass.domain.progress import Tally
from kommpass.implementation import actions as implementation
from kommpass.implementation.queries import tally_of
from kommpass.municipalities.models import District
from kommpass.reporting import actions as reporting
from tests.agreement.builders import accept, approve, goal, measure, propose
from tests.balancing.builders import DEED, adopted, measure_named, said
from tests.conftest import NOON, TODAY, actor, member, queries_of, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/auental/council/"


@pytest.fixture
def running(procedure, youth_office):
    """An adopted agreement of four measures, one done, one late with a reason; money on two of them."""
    drawn = adopted(procedure, youth_office)
    office, cafes = (measure_named(procedure, title) for title in ("Familienbüro eröffnen", "Elterncafés einrichten"))
    Measure.objects.filter(pk=office.pk).update(cost_once=Decimal(50_000), cost_yearly=Decimal(90_000))
    Measure.objects.filter(pk=cafes.pk).update(cost_once=Decimal(8_000), subject_to_budget=True)
    north, south = District.objects.order_by("code")[:2]
    office.districts.set([north, south])
    cafes.districts.set([south])
    said(procedure)
    return drawn.procedure


@pytest.fixture
def mayor(auental):
    return signed_in(member(Role.COUNCIL_MEMBER))


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def test_promised_done_late_and_costs_stand_on_one_page(running, mayor):
    page = text(mayor.get(PAGE))
    for words in ("Maßnahmen versprochen 4 für 3 Ziele", "umgesetzt 1 25 %", "verspätet oder gefährdet 1",
                  "einmalige Kosten 58.000 €",
                  "und 90.000 € im Jahr", "davon unter Haushaltsvorbehalt: 8.000 € und 0 € im Jahr",
                  "Beschlossen am 07.10.2026 (Rat)"):  # fmt: skip
        assert words in page, words


def test_what_is_late_says_why_and_until_when(running, mayor):
    rows = council.late(council.rows(running, TODAY))
    assert [(str(each.measure), each.measure.due, each.later, each.assessment.text) for each in rows] == [
        ("1.1.2 Elterncafés einrichten", "2027", "2028", "Es fehlen Räume.")
    ]
    page = text(mayor.get(PAGE))
    assert "1.1.2 Elterncafés einrichten verzögert 2027 2028 Es fehlen Räume." in page


def test_what_is_over_is_not_late_and_what_passed_its_date_is(running):
    later = date(2028, 1, 1)
    assert [str(each.measure) for each in council.late(council.rows(running, later))] == [
        "1.1.2 Elterncafés einrichten", "1.2.1 Randzeiten abdecken", "2.1.1 Schulwege prüfen",
    ]  # fmt: skip


def test_a_measure_in_two_districts_counts_in_both(running):
    rows = council.rows(running, TODAY)
    places = council.implementation.districts(running.agreement)
    bars = [(label, sum(part[1] for part in parts)) for label, parts, _way in council.by_district(rows, places)]
    assert bars == [("Bezirk 1", 1), ("Bezirk 2", 2), ("ohne Stadtteil, für alle", 2)]
    fields = [(label, sum(part[1] for part in parts)) for label, parts, _way in council.by_field(rows)]
    assert [number for _label, number in fields] == [3, 1]


def test_the_page_narrows_to_a_field_and_a_district(running, mayor):
    field = running.fields.get(number=1)
    south = District.objects.get(code="2")
    page = text(mayor.get(f"{PAGE}?field={field.pk}&district={south.pk}"))
    assert "Maßnahmen versprochen 2 für 1 Ziel" in page and "umgesetzt 1 50 %" in page
    for wrong in ("?field=999999", "?district=x", "?field=<b>", "?district=\0", "?page=viel"):
        assert "Maßnahmen versprochen 4" in text(mayor.get(f"{PAGE}{wrong}"))


def test_the_figures_are_those_of_the_report(running):
    report = reporting.begin_report(
        procedure=running, title="Bericht 2026", period_from=date(2026, 1, 1), period_until=date(2026, 10, 31), **DEED
    )
    sealed = reporting.seal_report(report=report, **DEED)
    assert Tally(**sealed.summary) == tally_of(council.rows(running, date(2026, 10, 31)))


def test_a_change_since_the_resolution_stands_with_its_approval_and_its_words(running, mayor):
    assert "Es gilt der Wortlaut, den der Rat beschlossen hat." in text(mayor.get(PAGE))
    change = propose(
        running, "editorial", measure_named(running, "Schulwege prüfen"), title="Schulwege gehen und prüfen"
    )
    approve(change)
    page = text(mayor.get(PAGE))
    assert "Fassung 2 , gilt seit 02.11.2026, genehmigt von: Vera Beispiel" in page
    assert "Der Umbau dauert länger." in page and "2.1.1 Schulwege gehen und prüfen" in page
    assert "/auental/agreement/versions/1/compare/2/" in mayor.get(PAGE).content.decode()


def test_one_asks_right_here_and_reads_the_answer(running, mayor):
    answer = mayor.post(f"{PAGE}ask/", {"about": "1.1.2", "text": "Woran hängt es?"})
    assert answer.headers["Location"] == f"{PAGE}#questions"
    assert [(each.about, each.text, each.version.number) for each in Remark.objects.all()] == [
        ("1.1.2", "Woran hängt es?", 1)
    ]
    implementation.write_remark(
        measure=measure_named(running, "Elterncafés einrichten"),
        text="Bis wann?",
        by=actor(Role.COUNCIL_MEMBER),
        at=NOON,
    )
    page = text(mayor.get(PAGE))
    assert "Woran hängt es?" in page and "Bis wann?" in page and "Noch ohne Antwort." in page
    signed_in(member(Role.COORDINATOR)).post(
        f"/auental/agreement/remarks/{Remark.objects.get().pk}/answer/", {"answer": "An den Räumen."}
    )
    assert "An den Räumen." in text(mayor.get(PAGE))


def test_a_double_click_asks_once_and_a_mistake_comes_back(running, mayor):
    for _click in range(2):
        mayor.post(f"{PAGE}ask/", {"text": "Woran hängt es?", "once": "eins"})
    assert Remark.objects.count() == 1
    for wrong in ("", "   ", "x" * 20_001, "a\0b"):
        assert mayor.post(f"{PAGE}ask/", {"text": wrong}).status_code == 200
    assert Remark.objects.count() == 1


def test_before_the_resolution_there_is_nothing_to_see_and_nothing_to_ask(procedure, mayor):
    page = text(mayor.get(PAGE))
    assert "Noch ist nichts beschlossen" in page
    assert mayor.post(f"{PAGE}ask/", {"text": "Und nun?"}).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.COORDINATOR, 200), (Role.AUDITOR, 200), (Role.COUNCIL_OFFICE, 200), (Role.CONTRIBUTOR, 403),
     (Role.PROVIDER, 403), (Role.ASSOCIATION_OFFICE, 403), (Role.REVIEW_BOARD, 403)],
)  # fmt: skip
def test_the_view_is_for_those_who_govern(running, role, status):
    browser = signed_in(member(role))
    assert browser.get(PAGE).status_code == status
    assert browser.post(f"{PAGE}ask/", {"text": "Und nun?"}).status_code == 403


def test_it_costs_the_same_for_four_measures_and_for_sixty(running, mayor, youth_office):
    def cost() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert mayor.get(PAGE).status_code == 200
        return queries_of(counted)

    mayor.get(PAGE)
    few = cost()
    under = running.agreement.goals.first()
    running.phases.filter(key="targeting").update(opened_at=NOON)
    running.forget()
    under.agreement.procedure = running
    for number in range(56):
        accept(measure(under, f"Maßnahme {number}", due="2020", responsible=youth_office))
    goal(under.agreement, "Noch ein Ziel")
    assert cost() == few
    assert few <= 45
