"""Every list of this room asks the database equally often for two towns and for fifty."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kommpass.association.models import BoardMeeting, Ceremony
from tests.association import light
from tests.association.builders import licensed, officer
from tests.conftest import queries_of, signed_in
from tests.journeys.afterwards import board_member

OFFICE_PAGES = (
    "procedures/", "procedures/table.csv", "procedures/towns/ort-001/", "reports/", "reports/table.csv", "conditions/",
    "conditions/table.csv", "auditors/", "auditors/table.csv", "board/", "board/{meeting}/", "board/{meeting}/agenda/",
    "board/{meeting}/print/", "ceremonies/", "ceremonies/{ceremony}/", "ceremonies/{ceremony}/table.csv", "practice/",
    "practice/?q=buero", "practice/table.csv", "statistics/", "statistics/table.csv", "schemes/",
    "schemes/familiengerechte_kommune/2026.1/upgrades/",
)  # fmt: skip


@pytest.fixture
def crowd(db):
    """Who is needed to make towns, and the first two of them."""
    now, today = timezone.now(), timezone.localdate()
    made = {
        "judge": board_member("Ilse Brandner"),
        "guide": licensed(),
        "meeting": BoardMeeting.objects.create(held_on=today, planned_by="V", planned_at=now),
        "ceremony": Ceremony.objects.create(title="Fest", held_on=today, planned_by="V", planned_at=now),
    }
    light.towns(2, **made)
    return made


def asked(browser: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path).status_code == 200, path
    return queries_of(captured)


def test_two_towns_or_fifty_the_number_of_queries_is_the_same(crowd):
    keys = {"meeting": crowd["meeting"].pk, "ceremony": crowd["ceremony"].pk}
    office, judge = signed_in(officer()), signed_in(crowd["judge"])
    visits = [(office, f"/association/{page.format(**keys)}") for page in OFFICE_PAGES]
    visits += [
        (judge, f"/association/board/{page}") for page in ("", f"{keys['meeting']}/", f"{keys['meeting']}/print/")
    ]
    visits += [(Client(), f"/register/{page}") for page in ("", "register.json", "register.csv")]
    few = {path: asked(browser, path) for browser, path in visits}
    light.towns(48, **crowd)
    many = {path: asked(browser, path) for browser, path in visits}
    assert many == few
    assert max(many.values()) < 45
