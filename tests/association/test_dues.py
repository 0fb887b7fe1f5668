"""The calendars of the office and of the review board: all towns in one, and nothing that the role does not see."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kommpass.association import actions
from kommpass.domain.permissions import Role
from kommpass.people.dues import office_dues
from tests.association.builders import OFFICE, adopted, decided
from tests.conftest import make_user, member, queries_of
from tests.journeys import story
from tests.journeys.afterwards import award

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
CONDITION = {"text": "Ein Konzept für die Kitas", "due_on": date(2026, 4, 1), "blocking": False}


def a_town(name: str) -> None:
    """Certified with a condition since March 2024; of its fee a part is not paid, its report of 2025 is missing."""
    with story.town(name, name.lower(), population=20_000, begins=date(2023, 1, 2)) as procedure:
        deed = {"by": OFFICE, "at": story.noon(date(2023, 1, 3))}
        contract = actions.record_contract(procedure=procedure, signed_on=date(2023, 1, 2), fee=Decimal(10_000), **deed)
        first, _last = actions.set_instalments(
            contract=contract,
            instalments=[(date(2023, 2, 1), Decimal(4_000)), (date(2026, 5, 1), Decimal(6_000))],
            **deed,
        )
        actions.note_payment(instalment=first, paid_on=date(2023, 1, 3), **deed)
        decided(adopted(procedure, date(2024, 2, 1)), date(2024, 3, 1), verdict="conditions", conditions=[CONDITION])
        award(procedure, on=date(2024, 3, 15), valid_from="2024-03-15", valid_until="2028-03")


def plan() -> None:
    """A meeting and a ceremony to come, and one of each that is over."""
    deed = {"by": OFFICE, "at": story.noon(date(2026, 1, 5))}
    for day in (date(2026, 2, 2), date(2026, 6, 8)):
        actions.plan_board_meeting(held_on=day, place="Berlin", **deed)
        actions.plan_ceremony(title="Frühlingsfest", held_on=day, place="Bonn", **deed)


@pytest.fixture
def office(db):
    return member(Role.ASSOCIATION_OFFICE)


def told(person, day: date = DAY) -> list[tuple[str, str, str]]:
    return [(each.due_on.isoformat(), each.label, each.state) for each in office_dues(person, day)]


def test_the_office_finds_the_deadlines_of_all_towns_by_name(office):
    a_town("Auental")
    plan()
    assert told(office) == [
        ("2025-03-31", "Auental: Jahresbericht", "overdue"),
        ("2026-03-31", "Auental: Jahresbericht", ""),
        ("2026-04-01", "Auental: Auflage 1", ""),
        ("2026-05-01", "Auental: Rate 2 des Kostenbeitrags", ""),
        ("2026-06-08", "Sitzung des Gutachterausschusses", ""),
        ("2026-06-08", "Verleihung: Frühlingsfest", ""),
    ]


def test_each_line_leads_to_a_page_that_the_office_may_open(office, client):
    a_town("Auental")
    plan()
    client.force_login(office)
    pages = {each.url for each in office_dues(office, DAY)}
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_the_board_knows_when_it_meets_and_no_more(office):
    a_town("Auental")
    plan()
    assert told(member(Role.REVIEW_BOARD)) == [("2026-06-08", "Sitzung des Gutachterausschusses", "")]


def test_whoever_has_no_role_of_the_association_finds_nothing(office):
    a_town("Auental")
    plan()
    assert [told(each) for each in (member(Role.ADMINISTRATOR), make_user())] == [[], []]


def test_three_towns_cost_as_many_queries_as_one(office):
    counted = []
    for names in (["Auental"], ["Bachheim", "Chemtal"]):
        for name in names:
            a_town(name)
        with CaptureQueriesContext(connection) as captured:
            assert len(told(office)) in (4, 12)
        counted.append(queries_of(captured))
    assert counted[0] == counted[1] < 40
