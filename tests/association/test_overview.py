"""The first pages of the office: what waits today, where every town stands, and one town round by round."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kommpass.assessment import actions as assessment
from kommpass.assessment.models import Condition, Submission
from kommpass.association import queries
from kommpass.certification import actions as certification
from kommpass.people.queries import actor as actor_of
from kommpass.reporting import actions as reporting
from tests.association.builders import (
    OFFICE,
    adopted,
    before_the_board,
    certified,
    contract,
    decided,
    licensed,
    officer,
    reported,
    submitted,
)
from tests.conftest import signed_in
from tests.journeys.afterwards import ASSOCIATION, BOARD, board_member
from tests.journeys.story import COORDINATION, noon, town

TODAY = timezone.localdate()
LONG_AGO = TODAY - timedelta(days=700)
PAGE = "/association/procedures/"
LINK = re.compile(r'href="(/(?:ahaus|borken|association|verify|register)/[^"#]*)["#]')


@pytest.fixture
def ahaus(db):
    """A town that has begun, seen from outside."""
    with town("Ahaus", "ahaus", population=39_000, begins=LONG_AGO) as procedure:
        yield procedure


def tasks() -> list[tuple[str, str]]:
    """What waits for the office: town and sentence, in order."""
    found = queries.towns_with_procedures(OFFICE, TODAY)
    return [(each.town.name, each.due.label) for each in found.work]


def test_a_submission_goes_its_way_over_the_desk_of_the_office(ahaus):
    told = adopted(ahaus, LONG_AGO)
    assert tasks() == []
    submitted(told, LONG_AGO)
    assert tasks() == [("Ahaus", "Einreichung auf Vollständigkeit prüfen")]
    assessment.check_submission(submission=told.submission, complete=True, by=ASSOCIATION, at=noon(LONG_AGO))
    assert tasks() == [("Ahaus", "Begutachtung eröffnen")]


def test_an_incomplete_submission_waits_for_the_town_and_not_for_the_office(ahaus):
    told = submitted(adopted(ahaus, LONG_AGO), LONG_AGO)
    assessment.check_submission(
        submission=told.submission, complete=False, note="Es fehlt.", by=ASSOCIATION, at=noon(LONG_AGO)
    )
    assert tasks() == []


def test_missing_votes_are_a_task_once_their_day_is_over(ahaus):
    told = submitted(adopted(ahaus, LONG_AGO), LONG_AGO)
    assessment.check_submission(submission=told.submission, complete=True, by=ASSOCIATION, at=noon(LONG_AGO))
    members = [board_member(name) for name in BOARD]
    case = assessment.open_case(
        submission=told.submission, members=members, due_on=TODAY - timedelta(days=1), by=ASSOCIATION, at=noon(LONG_AGO)
    )
    assert tasks() == [("Ahaus", "An fehlende Voten erinnern")]
    for member in members:
        assessment.recuse(case=case, reviewer=member, reason="Verwandt", by=ASSOCIATION, at=noon(TODAY))
    assert tasks() == []


def test_a_decision_is_announced_and_then_the_certificate_is_issued(ahaus):
    told = decided(before_the_board(adopted(ahaus, LONG_AGO), LONG_AGO), LONG_AGO, release=False)
    assert tasks() == [("Ahaus", "Entscheidung bekanntgeben")]
    assessment.release_decision(decision=told.decision, by=ASSOCIATION, at=noon(LONG_AGO))
    assert tasks() == [("Ahaus", "Zertifikat ausstellen")]
    certified(told, LONG_AGO, f"{TODAY.year + 1}-10")
    assert tasks() == []


def test_a_blocking_condition_is_work_for_the_town_until_its_proof_lies_here(ahaus):
    condition = {"text": "Zuständige nennen", "due_on": TODAY + timedelta(days=40), "blocking": True}
    told = decided(adopted(ahaus, LONG_AGO), LONG_AGO, verdict="conditions", conditions=[condition])
    assert tasks() == []
    shown = assessment.report_condition(
        condition=Condition.objects.get(), text="Getan", by=COORDINATION, at=noon(TODAY)
    )
    assert tasks() == [("Ahaus", "Nachweis zu einer Auflage prüfen")]
    assessment.check_condition(report=shown, met=True, by=ASSOCIATION, at=noon(TODAY))
    assert tasks() == [("Ahaus", "Zertifikat ausstellen")]
    assert told.certificate is None


def test_an_objection_wants_a_second_member(ahaus):
    told = decided(adopted(ahaus, LONG_AGO), TODAY, verdict="return")
    assessment.raise_objection(decision=told.decision, text="Nein", by=COORDINATION, at=noon(TODAY))
    assert tasks() == [("Ahaus", "Zweites Mitglied für den Widerspruch einsetzen")]
    other = board_member("Greta Neu")
    assessment.seat_members(case=told.case, members=[other], second=True, by=ASSOCIATION, at=noon(TODAY))
    assert tasks() == []


def test_a_withdrawn_mistake_makes_room_for_a_new_certificate(ahaus):
    told = certified(adopted(ahaus, LONG_AGO), LONG_AGO, f"{TODAY.year + 1}-10")
    certification.note_step(
        certificate=told.certificate, kind="withdrawn", effective_on=LONG_AGO, reason="Falscher Tag", by=ASSOCIATION,
        at=noon(TODAY),
    )  # fmt: skip
    assert tasks() == [("Ahaus", "Zertifikat ausstellen")]


def test_a_report_waits_until_it_is_accepted(ahaus):
    told = certified(adopted(ahaus, LONG_AGO), LONG_AGO, f"{TODAY.year + 1}-10")
    sealed = reported(told, TODAY.year - 1)
    assert ("Ahaus", "Jahresbericht prüfen") in tasks()
    reporting.accept_report(sealed=sealed, by=ASSOCIATION, at=noon(TODAY))
    assert ("Ahaus", "Jahresbericht prüfen") not in tasks()


def test_every_link_of_the_office_leads_through_a_door_that_opens(db):
    with town("Ahaus", "ahaus", population=39_000, begins=LONG_AGO) as procedure:
        told = certified(decided(adopted(procedure, LONG_AGO), LONG_AGO), LONG_AGO, f"{TODAY.year + 1}-10")
        reported(told, TODAY.year - 1)
        contract(procedure, Decimal(100), LONG_AGO, (LONG_AGO, Decimal(100)))
    with town("Borken", "borken", population=0, begins=LONG_AGO) as other:
        submitted(adopted(other, LONG_AGO), LONG_AGO)
    browser, links = signed_in(officer()), set()
    pages = [PAGE, f"{PAGE}towns/ahaus/", f"{PAGE}towns/borken/"]
    for page in (*pages, "/association/reports/", "/association/conditions/", "/association/practice/"):
        links |= set(LINK.findall(browser.get(page).content.decode()))
    assert len([each for each in links if each.startswith(("/ahaus/", "/borken/"))]) > 6
    assert {each: status for each in sorted(links) if (status := browser.get(each).status_code) != 200} == {}


def test_the_overview_shows_rung_phase_certificate_and_the_next_deadline(ahaus):
    certified(adopted(ahaus, LONG_AGO), LONG_AGO, f"{TODAY.year + 1}-{TODAY.month:02}")
    page = signed_in(officer()).get(PAGE).content.decode()
    row = page.split('id="all-towns"')[1]
    for each in ("Ahaus", "Grundzertifikat", "1. Durchgang", "Umsetzung", "Zielvereinbarung beschlossen"):
        assert each in row
    assert "läuft bald aus" in row and "Jahresbericht" in row and "überfällig" in row


def test_a_lapse_stays_visible(ahaus):
    told = certified(adopted(ahaus, LONG_AGO), LONG_AGO, (LONG_AGO + timedelta(days=100)).isoformat()[:7])
    line = queries.towns_with_procedures(OFFICE, TODAY).lines[0]
    (holding,) = line.holdings
    assert (holding.state.value, holding.lapsed.first_day > told.certificate.valid_until_on) == ("lapsed", True)
    assert "ausgelaufen" in signed_in(officer()).get(f"{PAGE}towns/ahaus/").content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ahaus", ["Ahaus"]),
        ("q=BRÜHL", ["Brühl"]),
        ("q=bruehl", ["Brühl"]),
        ("federal_state=HE", ["Brühl"]),
        ("certificate=valid", ["Ahaus"]),
        ("waiting=yes", ["Brühl"]),
        ("q=nirgends", []),
        ("certificate=erfunden&federal_state=%00", ["Ahaus", "Brühl"]),
        ("page=99999999999999999999", ["Ahaus", "Brühl"]),
    ],
)
def test_the_list_is_narrowed_down_by_the_address(ahaus, query, found):
    certified(adopted(ahaus, LONG_AGO), LONG_AGO, f"{TODAY.year + 2}-10")
    with town("Brühl", "bruehl", population=44_000, state="HE", begins=LONG_AGO) as other:
        submitted(adopted(other, LONG_AGO), LONG_AGO)
    browser = signed_in(officer())
    page = browser.get(f"{PAGE}?{query}").content.decode().split('id="all-towns"')[1]
    assert [name for name in ("Ahaus", "Brühl") if f">{name}</a>" in page] == found
    table = browser.get(f"{PAGE}table.csv?{query}").content.decode("utf-8-sig").splitlines()[1:]
    assert [line.split(";")[0] for line in table] == found


def test_the_table_has_a_line_for_each_procedure(ahaus):
    certified(adopted(ahaus, LONG_AGO), LONG_AGO, f"{TODAY.year + 2}-10")
    told = signed_in(officer()).get(f"{PAGE}table.csv").content.decode("utf-8-sig").splitlines()
    assert told[0].startswith("Kommune;Bundesland;Einwohnerzahl;Verfahren;Durchgang;Stufe;Zustand;Phase")
    assert told[1].startswith("Ahaus;Nordrhein-Westfalen;39000;Audit familiengerechte Kommune;1;Grundzertifikat;läuft;")
    assert f";K-{LONG_AGO.year}-" in told[1] and f";gültig;Oktober {TODAY.year + 2};" in told[1]


def test_the_page_of_a_town_tells_its_story_round_by_round(ahaus):
    aude = licensed()
    told = certified(adopted(ahaus, LONG_AGO), LONG_AGO, f"{TODAY.year + 2}-10")
    contract(ahaus, Decimal(17_500), LONG_AGO, (LONG_AGO, Decimal(17_500)))
    from_office = signed_in(officer())
    from_office.post(f"{PAGE}mandates/{ahaus.pk}/", {"person": aude.pk})
    reported(told, TODAY.year - 1)
    page = from_office.get(f"{PAGE}towns/ahaus/").content.decode()
    for each in ("17.500,00 €", "Aude Prüfer", "Einreichung 1", "Zertifikat erteilt", told.certificate.number):
        assert each in page
    assert f"Bericht {TODAY.year - 1}" in page and "eingereicht, zu prüfen" in page
    assert f"/ahaus/assessment/submissions/{Submission.objects.get().pk}/" in page


def test_a_new_town_has_an_empty_page(hasselgrund):
    page = signed_in(officer()).get(f"{PAGE}towns/hasselgrund/").content.decode()
    assert "Noch kein Verfahren" in page


def test_a_member_of_the_board_sees_the_board_and_no_page_of_the_office(ahaus):
    browser = signed_in(board_member(BOARD[0]))
    office_pages = ("procedures/", "procedures/towns/ahaus/", "reports/", "conditions/", "auditors/", "ceremonies/")
    more = ("practice/", "statistics/", "schemes/", "procedures/table.csv", "reports/table.csv", "statistics/table.csv")
    assert {browser.get(f"/association/{page}").status_code for page in (*office_pages, *more)} == {403}
    assert browser.get("/association/board/").status_code == 200


def test_an_officer_who_is_recused_finds_no_work_on_that_case(ahaus):
    told = before_the_board(adopted(ahaus, LONG_AGO), LONG_AGO)
    decided(told, LONG_AGO, release=False)
    both = officer()
    assessment.recuse(case=told.case, reviewer=both, reason="Verwandt", by=ASSOCIATION, at=noon(TODAY))
    seen = [each.due.label for each in queries.towns_with_procedures(actor_of(both), TODAY).work]
    assert ("Entscheidung bekanntgeben" in seen, tasks()) == (False, [("Ahaus", "Entscheidung bekanntgeben")])
