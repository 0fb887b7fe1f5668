"""Meetings of the board: several towns on one agenda; a member sees the own cases and of others not even the town."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from kommpass.assessment import actions as assessment
from kommpass.association import actions
from kommpass.association.models import BoardItem, BoardMeeting
from kommpass.audits.models import JournalEntry
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.municipalities.across import across_municipalities
from kommpass.municipalities.scope import within
from kommpass.people.models import InstallationRole, User
from kommpass.people.queries import actor as actor_of
from tests.association.builders import OFFICE, adopted, before_the_board, officer, submitted
from tests.conftest import NOON, TODAY, actor, signed_in
from tests.journeys.afterwards import ASSOCIATION, BOARD, board_member
from tests.journeys.story import noon, town

DAY = date(2026, 9, 1)


@pytest.fixture
def cases(db):
    """Three towns before the board: Ahaus and Borken with both members, Coesfeld with Karl alone."""
    found = {}
    for name in ("Ahaus", "Borken"):
        with town(name, name.lower(), population=30_000, begins=DAY) as procedure:
            found[name] = before_the_board(adopted(procedure, DAY), DAY).case
    with town("Coesfeld", "coesfeld", population=30_000, begins=DAY) as procedure:
        submission = submitted(adopted(procedure, DAY), DAY).submission
        assessment.check_submission(submission=submission, complete=True, by=ASSOCIATION, at=noon(DAY))
        karl = board_member(BOARD[1])
        found["Coesfeld"] = assessment.open_case(submission=submission, members=[karl], by=ASSOCIATION, at=noon(DAY))
    return found


@pytest.fixture
def meeting(cases):
    """All three on one agenda: Coesfeld first."""
    planned = actions.plan_board_meeting(held_on=TODAY, place="Bochum", by=OFFICE, at=NOON)
    wanted = [cases[name] for name in ("Coesfeld", "Ahaus", "Borken")]
    actions.set_agenda(meeting=planned, cases=wanted, by=OFFICE, at=NOON)
    return planned


def agenda_of(meeting) -> list[tuple[str, int]]:
    with across_municipalities():
        rows = meeting.items.order_by("position", "pk")
        return list(rows.values_list("municipality__name", "position"))


def seen(person, meeting) -> list[str]:
    """Which of the three towns this person finds on the page, the print and the list, wherever."""
    browser = signed_in(person)
    paths = ("", f"{meeting.pk}/", f"{meeting.pk}/print/")
    told = "".join(browser.get(f"/association/board/{path}").content.decode() for path in paths)
    return [name for name in ("Ahaus", "Borken", "Coesfeld") if name in told]


def ilse() -> User:
    return board_member(BOARD[0])


def test_the_office_plans_a_meeting_and_orders_cases_of_several_towns(cases):
    browser = signed_in(officer())
    answer = browser.post("/association/board/add/", {"held_on": "2027-03-01", "place": "Bochum", "note": "Um zehn"})
    page = answer.headers["Location"]
    numbers = {f"case-{cases['Ahaus'].pk}": "2", f"case-{cases['Coesfeld'].pk}": "1", f"case-{cases['Borken'].pk}": ""}
    meeting = BoardMeeting.objects.get()
    assert browser.post(page, numbers).headers["Location"] == f"/association/board/{meeting.pk}/"
    assert agenda_of(meeting) == [("Coesfeld", 1), ("Ahaus", 2)]

    shown = browser.get(f"/association/board/{meeting.pk}/").content.decode()
    assert shown.index("Coesfeld") < shown.index("Ahaus") and "Borken" not in shown
    assert f'href="/ahaus/assessment/cases/{cases["Ahaus"].pk}/"' in shown
    assert "Um zehn" in browser.get(f"/association/board/{meeting.pk}/print/").content.decode()
    with within(cases["Ahaus"].municipality):
        assert JournalEntry.objects.get(action="board.plan").details == {"held_on": "2027-03-01", "position": 2}


def test_the_office_sees_all_items_and_a_member_only_the_own_ones(meeting):
    assert seen(officer(), meeting) == ["Ahaus", "Borken", "Coesfeld"]
    assert seen(ilse(), meeting) == ["Ahaus", "Borken"]


def test_a_recused_member_does_not_even_read_the_name_of_the_town(meeting, cases):
    with within(cases["Ahaus"].municipality):
        assessment.recuse(case=cases["Ahaus"], reviewer=ilse(), reason="Verwandt", by=ASSOCIATION, at=noon(TODAY))
    assert seen(ilse(), meeting) == ["Borken"]
    page = signed_in(ilse()).get(f"/association/board/{meeting.pk}/").content.decode()
    assert '<span class="agenda__place" aria-hidden="true">1</span>' in page
    assert "1 Fall auf der Tagesordnung" in signed_in(ilse()).get("/association/board/").content.decode()


def test_a_member_with_a_seat_on_one_case_finds_nothing_of_the_others(meeting, cases):
    greta = board_member("Greta Neu")
    with within(cases["Borken"].municipality):
        assessment.seat_members(case=cases["Borken"], members=[greta], by=ASSOCIATION, at=noon(TODAY))
    assert seen(greta, meeting) == ["Borken"]
    assert seen(board_member("Otto Ohne"), meeting) == []


def test_an_officer_who_is_recused_neither_sees_nor_moves_that_case(meeting, cases):
    both = officer()
    InstallationRole.objects.create(user=both, role=Role.REVIEW_BOARD)
    with within(cases["Ahaus"].municipality):
        assessment.recuse(case=cases["Ahaus"], reviewer=both, reason="Verwandt", by=ASSOCIATION, at=noon(TODAY))
    assert seen(both, meeting) == ["Borken", "Coesfeld"]
    browser = signed_in(both)
    page = f"/association/board/{meeting.pk}/agenda/"
    assert "Ahaus" not in browser.get(page).content.decode()
    browser.post(page, {f"case-{cases['Ahaus'].pk}": "1", f"case-{cases['Borken'].pk}": "1"})
    assert agenda_of(meeting) == [("Borken", 1), ("Ahaus", 2)]


def test_what_is_not_named_any_more_comes_off_the_agenda_and_the_town_keeps_a_note(meeting, cases):
    actions.set_agenda(meeting=meeting, cases=[cases["Borken"], cases["Coesfeld"]], by=OFFICE, at=NOON)
    assert agenda_of(meeting) == [("Borken", 1), ("Coesfeld", 2)]
    with within(cases["Ahaus"].municipality):
        told = JournalEntry.objects.filter(action="board.plan").order_by("sequence").values_list("details", flat=True)
        assert [each["position"] for each in told] == [2, 0]


def test_two_clicks_are_one(meeting, cases):
    wanted = [cases[name] for name in ("Coesfeld", "Ahaus", "Borken")]
    with across_municipalities():
        before = JournalEntry.objects.count()
    actions.set_agenda(meeting=meeting, cases=wanted, by=OFFICE, at=NOON)
    assert actions.plan_board_meeting(held_on=TODAY, place="Bochum", by=OFFICE, at=NOON) == meeting
    with across_municipalities():
        assert (JournalEntry.objects.count(), BoardItem.objects.count()) == (before, 3)


def test_a_meeting_moves_and_the_towns_on_its_agenda_know(meeting, cases):
    browser = signed_in(officer())
    page = f"/association/board/{meeting.pk}/"
    answer = browser.post(f"{page}edit/", {"held_on": "2027-04-01", "place": "Herten", "note": ""})
    assert answer.headers["Location"] == page
    meeting.refresh_from_db()
    assert (meeting.held_on, meeting.place) == (date(2027, 4, 1), "Herten")
    with within(cases["Borken"].municipality):
        last = JournalEntry.objects.filter(action="board.plan").order_by("-sequence").first()
        assert last.details == {"held_on": "2027-04-01", "position": 3}


def test_a_decided_and_announced_case_needs_no_meeting_any_more(cases):
    planned = actions.plan_board_meeting(held_on=TODAY, by=OFFICE, at=NOON)
    with within(cases["Ahaus"].municipality):
        decided_on = DAY + timedelta(days=1)
        decision = assessment.decide(
            case=cases["Ahaus"], decided_on=decided_on, text="Gut.", by=actor_of(ilse()), at=noon(decided_on)
        )
        assessment.release_decision(decision=decision, by=ASSOCIATION, at=noon(decided_on))
    page = signed_in(officer()).get(f"/association/board/{planned.pk}/agenda/").content.decode()
    assert ("Borken" in page, "Ahaus" in page) == (True, False)


def test_planning_is_for_the_office_alone(meeting):
    browser = signed_in(ilse())
    paths = ("add/", f"{meeting.pk}/edit/", f"{meeting.pk}/agenda/")
    assert [browser.get(f"/association/board/{path}").status_code for path in paths] == [403] * 3
    for role in sorted(set(Role) - {Role.ASSOCIATION_OFFICE}):
        with pytest.raises(NotAllowed):
            actions.plan_board_meeting(held_on=TODAY, by=actor(role), at=NOON)


def test_two_clicks_plan_one_meeting_and_none_is_put_in_the_place_of_another(db):
    plan = {"held_on": TODAY, "place": "Bochum"}
    first, again = (actions.plan_board_meeting(**plan, by=OFFICE, at=NOON) for _click in range(2))
    assert first == again
    other = actions.plan_board_meeting(held_on=TODAY, place="Essen", by=OFFICE, at=NOON)
    with pytest.raises(NotPossible, match="schon eine andere Sitzung geplant"):
        actions.change_board_meeting(meeting=other, **plan, by=OFFICE, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        BoardMeeting.objects.create(**plan, planned_by="Zweiter Klick", planned_at=NOON)


@pytest.mark.parametrize("number", ["0", "-1", "100", "viel", "9" * 40, "\0"])
def test_a_place_that_is_no_number_gets_a_sentence(meeting, cases, number):
    browser = signed_in(officer())
    answer = browser.post(f"/association/board/{meeting.pk}/agenda/", {f"case-{cases['Ahaus'].pk}": number})
    assert (answer.status_code, "error-summary" in answer.content.decode()) == (200, True)
    assert len(agenda_of(meeting)) == 3


def test_meetings_to_come_stand_first(db):
    today = timezone.localdate()
    for days in (-5, 40, 3):
        actions.plan_board_meeting(held_on=today + timedelta(days=days), by=OFFICE, at=NOON)
    page = signed_in(officer()).get("/association/board/").content.decode()
    places = [page.index(f"{today + timedelta(days=days):%d.%m.%Y}") for days in (3, 40, -5)]
    assert places == sorted(places)


def test_a_member_is_led_to_the_own_cases_of_all_towns_what_waits_first(cases):
    karl = board_member(BOARD[1])
    start = signed_in(karl).get("/accounts/start/")
    assert start["Location"] == "/association/board/"
    page = signed_in(karl).get(start["Location"]).content.decode()
    own = page[page.index("Ihre Begutachtungen") : page.index("Nächste Sitzungen")]
    assert re.findall(r'href="(/[^"]*)"', own) == [
        f"/{name.lower()}/assessment/cases/{cases[name].pk}/" for name in ("Coesfeld", "Ahaus", "Borken")
    ]
    assert own.count("Ihr Votum fehlt") == 1
    assert own.index("Coesfeld") < own.index("Ihr Votum fehlt") < own.index("Ahaus")
    assert "Ihre Begutachtungen" not in signed_in(officer()).get("/association/board/").content.decode()
