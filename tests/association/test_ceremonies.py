"""Ceremonies: many towns at once, each with its certificate and so many people."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kommpass.association import actions
from kommpass.association.models import Ceremony, CeremonyGuest
from kommpass.audits.models import JournalEntry
from kommpass.certification import actions as certification
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.municipalities.across import across_municipalities
from tests.association.builders import OFFICE, adopted, certified
from tests.conftest import actor
from tests.journeys.afterwards import ASSOCIATION
from tests.journeys.story import noon, town

NOW, TODAY = timezone.now(), timezone.localdate()
AWARDED = TODAY - timedelta(days=60)
PLAN = {"title": "Fest", "held_on": TODAY + timedelta(days=30)}


@pytest.fixture
def ahaus(db):
    with town("Ahaus", "ahaus", population=39_000, begins=AWARDED) as procedure:
        yield certified(adopted(procedure, AWARDED), AWARDED, f"{TODAY.year + 2}-10").certificate


@pytest.fixture
def fest(db):
    return actions.plan_ceremony(**PLAN, by=OFFICE, at=NOW)


def test_a_ceremony_is_planned_and_towns_are_invited_with_their_certificates(ahaus, office):
    given = {"title": "Fest", "held_on": PLAN["held_on"].isoformat(), "place": "Herten", "note": "Einlass um eins"}
    page = office.post("/association/ceremonies/add/", given).headers["Location"].removeprefix("/ahaus")
    assert ahaus.number in office.get(page).content.decode()
    assert office.post(f"{page}invite/", {"certificate": ahaus.pk, "people": "4"}).status_code == 302
    assert office.post(f"{page}invite/", {"certificate": ahaus.pk, "people": "6"}).status_code == 302
    shown = office.get(page).content.decode()
    assert "Zurzeit gibt es kein Zertifikat" in shown and 'value="6"' in shown
    listed = office.get(f"{page}print/").content.decode()
    assert "Ahaus" in listed and "6 Personen" in listed
    table = office.get(f"{page}table.csv").content.decode("utf-8-sig").splitlines()
    assert table[1] == f"Ahaus;{ahaus.number};Audit familiengerechte Kommune;Grundzertifikat;6"
    told = JournalEntry.objects.filter(action="ceremony.plan").order_by("sequence").values_list("details", flat=True)
    assert [each["people"] for each in told] == [4, 6]


def test_a_town_that_does_not_come_is_taken_off_and_may_be_invited_elsewhere(ahaus, fest, office):
    guest = actions.invite_to_ceremony(ceremony=fest, certificate=ahaus, people=2, by=OFFICE, at=NOW)
    other = actions.plan_ceremony(title="Herbst", held_on=date(2031, 1, 1), by=OFFICE, at=NOW)
    with pytest.raises(NotPossible, match="schon bei einer anderen Verleihung"):
        actions.invite_to_ceremony(ceremony=other, certificate=ahaus, by=OFFICE, at=NOW)
    assert office.post(f"/association/ceremonies/guests/{guest.pk}/drop/").status_code == 302
    assert office.post(f"/association/ceremonies/guests/{guest.pk}/drop/").status_code == 404
    assert actions.invite_to_ceremony(ceremony=other, certificate=ahaus, by=OFFICE, at=NOW).ceremony == other


def test_two_clicks_are_one(ahaus, fest):
    assert actions.plan_ceremony(**PLAN, by=OFFICE, at=NOW) == fest
    for _click in range(2):
        actions.invite_to_ceremony(ceremony=fest, certificate=ahaus, people=3, by=OFFICE, at=NOW)
    with across_municipalities():
        assert (CeremonyGuest.objects.count(), Ceremony.objects.count()) == (1, 1)
        assert JournalEntry.objects.filter(action="ceremony.plan").count() == 1


def test_a_ceremony_moves_and_the_towns_that_come_know(ahaus, fest, office):
    actions.invite_to_ceremony(ceremony=fest, certificate=ahaus, people=3, by=OFFICE, at=NOW)
    page = f"/association/ceremonies/{fest.pk}/"
    answer = office.post(f"{page}edit/", {"title": "Fest", "held_on": "2031-05-01", "place": "", "note": ""})
    assert answer.headers["Location"].endswith(page)
    last = JournalEntry.objects.filter(action="ceremony.plan").order_by("-sequence").first()
    assert last.details["held_on"] == "2031-05-01"


def test_a_ceremony_is_not_put_on_the_day_of_the_same_one(fest, office):
    other = actions.plan_ceremony(title="Fest", held_on=TODAY + timedelta(days=60), by=OFFICE, at=NOW)
    answer = office.post(f"/association/ceremonies/{other.pk}/edit/", {"title": "Fest", "held_on": PLAN["held_on"]})
    assert (answer.status_code, "schon geplant" in answer.content.decode()) == (409, True)
    assert Ceremony.objects.get(pk=other.pk).held_on != PLAN["held_on"]


def test_a_withdrawn_or_old_certificate_is_not_offered(ahaus, fest, office):
    certification.note_step(
        certificate=ahaus, kind="withdrawn", effective_on=TODAY, reason="Anlass", by=ASSOCIATION, at=noon(TODAY)
    )
    assert ahaus.number not in office.get(f"/association/ceremonies/{fest.pk}/").content.decode()
    assert office.post(f"/association/ceremonies/{fest.pk}/invite/", {"certificate": ahaus.pk}).status_code == 200
    with across_municipalities():
        assert not CeremonyGuest.objects.exists()


@pytest.mark.parametrize(
    "given", [{}, {"certificate": "9" * 40, "people": "1"}, {"certificate": "\0", "people": "-1"}, {"people": "10000"}]
)
def test_a_forged_invitation_gets_a_sentence(ahaus, fest, office, given):
    answer = office.post(f"/association/ceremonies/{fest.pk}/invite/", given)
    assert (answer.status_code, "error-summary" in answer.content.decode()) == (200, True)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ASSOCIATION_OFFICE}))
def test_nobody_else_plans_a_ceremony(db, role):
    with pytest.raises(NotAllowed):
        actions.plan_ceremony(**PLAN, by=actor(role), at=NOW)


@pytest.mark.parametrize("page", ["", "print/", "edit/", "table.csv"])
def test_what_does_not_exist_is_404(office, page):
    assert office.get(f"/association/ceremonies/7/{page}").status_code == 404
