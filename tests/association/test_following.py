"""What towns owe after the award: reports from due to accepted, and conditions with their deadlines."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kommpass.assessment import actions as assessment
from kommpass.assessment.models import Condition
from kommpass.association import queries
from kommpass.domain.validity import months_before
from kommpass.municipalities.models import Municipality
from kommpass.reporting import actions as reporting
from kommpass.reporting.queries import deadlines
from tests.association.builders import adopted, certified, decided, reported
from tests.journeys.afterwards import ASSOCIATION
from tests.journeys.story import COORDINATION, noon, town

TODAY = timezone.localdate()
AWARDED = months_before(TODAY, 26)
UNTIL = f"{TODAY.year + 2}-10"


@pytest.fixture
def ahaus(db):
    with town("Ahaus", "ahaus", population=39_000, begins=AWARDED) as procedure:
        yield certified(adopted(procedure, AWARDED), AWARDED, UNTIL)


def lines() -> list[tuple[str, str]]:
    return [(each.state, each.town.name) for each in queries.everywhere(queries.reports, TODAY)]


def test_what_is_late_and_what_comes_next_is_what_the_town_sees(ahaus):
    owed = [each for each in queries.everywhere(queries.reports, TODAY)]
    assert [each.state for each in owed] == ["late", "late", "due"]
    seen = [each.due_on for each in deadlines(ahaus.procedure, TODAY)]
    assert [each.due_on for each in owed] == seen[: len(owed)]


def test_a_report_goes_its_way(ahaus, office):
    sealed = reported(ahaus, TODAY.year - 1)
    assert ("submitted", "Ahaus") in lines()
    page = office.get("/association/reports/").content.decode()
    assert f'href="/ahaus/reports/received/{sealed.pk}/"' in page and "1 eingereicht, zu prüfen" in page
    assert office.get(f"/ahaus/reports/received/{sealed.pk}/").status_code == 200

    reporting.return_report(sealed=sealed, note="Bitte ergänzen", by=ASSOCIATION, at=noon(TODAY))
    assert ("returned", "Ahaus") in lines() and ("submitted", "Ahaus") not in lines()
    again = reporting.seal_report(report=sealed.report, reason="Ergänzt", by=COORDINATION, at=noon(TODAY))
    assert ("returned", "Ahaus") in lines()
    reporting.submit_report(sealed=again, by=COORDINATION, at=noon(TODAY))
    reporting.accept_report(sealed=again, by=ASSOCIATION, at=noon(TODAY))
    assert [state for state, _town in lines() if state in ("submitted", "returned", "accepted")] == ["accepted"]


def test_a_report_that_is_being_written_or_only_sealed_is_not_there(ahaus, office):
    reported(ahaus, TODAY.year - 1, send=False)
    assert {state for state, _town in lines()} == {"late", "due"}
    for page in ("reports/", "reports/table.csv", "procedures/towns/ahaus/"):
        assert f"Bericht {TODAY.year - 1}" not in office.get(f"/association/{page}").content.decode()


@pytest.mark.parametrize(
    ("query", "states"), [("state=late", {"überfällig"}), ("state=due", {"steht an"}), ("q=borken", set())]
)
def test_reports_are_narrowed_down_and_go_out_as_a_table(ahaus, office, query, states):
    rows = office.get(f"/association/reports/table.csv?{query}").content.decode("utf-8-sig").splitlines()[1:]
    assert {row.split(";")[5] for row in rows} == states
    page = office.get(f"/association/reports/?{query}").content.decode()
    assert ("Kein passender Bericht" in page) == (not states)


def with_conditions(*days: int):
    return [
        {"text": f"Auflage in {day} Tagen", "due_on": TODAY + timedelta(days=day), "blocking": day < 0} for day in days
    ]


@pytest.fixture
def borken(db):
    with town("Borken", "borken", population=42_000, begins=AWARDED) as procedure:
        told = adopted(procedure, AWARDED)
        on = AWARDED + timedelta(days=1)
        yield decided(told, on, verdict="conditions", conditions=with_conditions(-3, 5, 200))


def test_conditions_stand_by_their_deadlines(borken, office):
    found = queries.everywhere(queries.conditions, TODAY)
    assert [(each.state, each.soon, each.blocking) for each in found] == [
        ("overdue", False, True), ("open", True, False), ("open", False, False),
    ]  # fmt: skip
    page = office.get("/association/conditions/").content.decode()
    assert "vor der Verleihung zu erfüllen" in page and 'href="/borken/assessment/"' in page


def test_a_proof_waits_and_a_condition_is_met(borken):
    condition = Condition.objects.order_by("number").first()
    shown = assessment.report_condition(condition=condition, text="Getan", by=COORDINATION, at=noon(TODAY))
    assert [each.state for each in queries.everywhere(queries.conditions, TODAY)] == ["waiting", "open", "open"]
    assessment.check_condition(report=shown, met=False, note="Noch nicht", by=ASSOCIATION, at=noon(TODAY))
    assert [each.state for each in queries.everywhere(queries.conditions, TODAY)] == ["overdue", "open", "open"]
    shown = assessment.report_condition(condition=condition, text="Jetzt", by=COORDINATION, at=noon(TODAY))
    assessment.check_condition(report=shown, met=True, by=ASSOCIATION, at=noon(TODAY))
    assert [each.state for each in queries.everywhere(queries.conditions, TODAY)] == ["open", "open", "met"]


def test_conditions_of_a_decision_that_is_not_announced_are_not_there(db, office):
    with town("Borken", "borken", population=42_000, begins=AWARDED) as procedure:
        told = adopted(procedure, AWARDED)
        on = AWARDED + timedelta(days=1)
        decided(told, on, release=False, verdict="conditions", conditions=with_conditions(5))
    assert queries.everywhere(queries.conditions, TODAY) == []
    assert "Auflage in 5" not in office.get("/association/conditions/table.csv").content.decode()


def test_conditions_are_narrowed_down_and_go_out_as_a_table(borken, office):
    rows = office.get("/association/conditions/table.csv?state=overdue").content.decode("utf-8-sig").splitlines()
    assert rows[1:] == [
        "Borken;Audit familiengerechte Kommune;1;Auflage in -3 Tagen;"
        f"{TODAY - timedelta(days=3):%d.%m.%Y};ja;überfällig"
    ]
    assert Municipality.objects.count() == 1
