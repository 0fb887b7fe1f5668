"""The pages of this room as the town's people meet them, and as somebody attacks them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kommpass.domain.permissions import Role
from kommpass.municipalities.scope import within
from kommpass.participation.models import Attendance, Card, DefinitionAgreement, FamilyDefinition, Idea, Workshop
from kommpass.people.models import Membership
from tests.conftest import make_user, signed_in
from tests.participation.builders import cards, definition, held, idea, workshop

HOME = "/auental/participation/"
DAY = date(2024, 10, 1)


@pytest.fixture
def board(procedure):
    """A strategy workshop that took place."""
    return held(procedure, on=DAY)


def test_the_coordination_walks_from_the_plan_to_an_answered_idea(client_as, procedure):
    desk, field = client_as(Role.COORDINATOR), procedure.fields.first()
    desk.post(
        f"{HOME}workshops/new/",
        {"kind": "strategy", "title": "Strategieworkshop", "held_on": "2024-10-01", "starts": "14:00", "until": "18:00",
         "groups": ["families", "politics"]},
    )  # fmt: skip
    board = Workshop.objects.get()
    desk.post(f"{HOME}workshops/{board.pk}/attendance/", {"families": "12", "politics": "5", "youth": ""})
    pinned = {"kind": "idea", "field": field.pk, "texts": "- Bänke\n\n- Bus am Abend\n"}
    desk.post(f"{HOME}workshops/{board.pk}/cards/", pinned)
    bench = Card.objects.get(text="Bänke")
    desk.post(f"{HOME}workshops/{board.pk}/votes/", {f"card_{bench.pk}": "7"})
    desk.post(f"{HOME}cards/{bench.pk}/idea/")
    wish = Idea.objects.get()
    desk.post(f"{HOME}ideas/{wish.pk}/answer/", {"state": "taken_up", "reason": "", "public": "on", "edition": "1"})

    bench.refresh_from_db()
    wish.refresh_from_db()
    assert dict(Attendance.objects.values_list("group", "count")) == {"families": 12, "politics": 5}
    assert (bench.votes, wish.text, wish.field, wish.state, wish.public) == (7, "Bänke", field, "taken_up", True)
    page = desk.get(f"{HOME}workshops/{board.pk}/").content.decode()
    assert "17 Menschen" in page
    assert "7 Punkte" in page


def test_a_wording_is_proposed_and_agreed_on_its_page(client_as, procedure):
    desk = client_as(Role.COORDINATOR)
    desk.post(f"{HOME}definition/propose/", {"text": "Familie ist, wo Menschen füreinander sorgen."})
    wording = FamilyDefinition.objects.get()
    desk.post(f"{HOME}definition/{wording.pk}/agree/", {"agreed_on": "2024-10-01", "agreed_by": "Strategieworkshop"})
    assert DefinitionAgreement.objects.get().definition == wording
    assert "So ist es vereinbart" in desk.get(f"{HOME}definition/").content.decode()


def test_every_page_of_the_room_opens(client_as, board):
    (card,) = cards(board, "Bänke")
    wish, wording = idea(board.procedure), definition(board.procedure)
    definition(board.procedure, "Familie ist anders.")
    paths = ["", "workshops/new/", "workshops/new/?kind=kickoff", "ideas/", "ideas/?state=new", "ideas/new/"]
    paths += [f"workshops/{board.pk}/{part}" for part in ("", "edit/", "attendance/", "minutes/", "print/", "votes/")]
    paths += [f"cards/{card.pk}/edit/", f"ideas/{wish.pk}/", f"ideas/{wish.pk}/edit/", "definition/"]
    paths += ["definition/propose/", f"definition/{wording.pk}/agree/"]
    desk = client_as(Role.COORDINATOR)
    assert {path: desk.get(HOME + path).status_code for path in paths} == dict.fromkeys(paths, 200)


def test_a_council_member_reads_and_does_not_write(client_as, board):
    member = client_as(Role.COUNCIL_MEMBER)
    page = member.get(f"{HOME}workshops/{board.pk}/").content.decode()
    assert "Karten anpinnen" not in page
    assert member.get(f"{HOME}workshops/new/").status_code == 403
    assert member.post(f"{HOME}workshops/{board.pk}/cards/", {"texts": "x", "kind": "idea"}).status_code == 403
    assert Card.objects.count() == 0


def test_a_provider_does_not_see_the_room(client_as, procedure):
    assert client_as(Role.PROVIDER).get(HOME).status_code == 403


def test_the_workshops_and_ideas_of_another_town_do_not_exist(board, hasselgrund):
    (card,), wish = cards(board, "Bänke"), idea(board.procedure)
    user = make_user("nachbar@hasselgrund.example")
    with within(hasselgrund):
        Membership.objects.create(user=user, role=Role.COORDINATOR)
    neighbour = signed_in(user)
    for path in (f"workshops/{board.pk}/", f"ideas/{wish.pk}/", f"cards/{card.pk}/edit/"):
        assert neighbour.get(f"/hasselgrund/participation/{path}").status_code == 404
        assert neighbour.get(HOME + path).status_code == 403
    assert neighbour.post(f"/hasselgrund/participation/cards/{card.pk}/remove/").status_code == 404
    assert Card.objects.count() == 1


def test_an_unreadable_filter_shows_all_ideas(client_as, procedure):
    idea(procedure)
    page = client_as(Role.COORDINATOR).get(f"{HOME}ideas/?state=quatsch&field=999").content.decode()
    assert "Mehr Bänke am Spielplatz" in page


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [("\n \n", "mindestens eine Karte"), ("kurz\n" + "x" * 501, "Zeile 2 ist zu lang"), ("x\n" * 20_000, "höchstens")],
)
def test_cards_that_do_not_fit_come_back_with_a_sentence(client_as, board, texts, sentence):
    answer = client_as(Role.COORDINATOR).post(f"{HOME}workshops/{board.pk}/cards/", {"kind": "idea", "texts": texts})
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert Card.objects.count() == 0


def test_declining_without_a_reason_comes_back_and_writes_nothing(client_as, procedure):
    wish = idea(procedure)
    answer = client_as(Role.COORDINATOR).post(f"{HOME}ideas/{wish.pk}/answer/", {"state": "declined", "edition": "1"})
    wish.refresh_from_db()
    assert "Bitte begründen Sie" in answer.content.decode()
    assert wish.state == "new"


def test_two_who_answer_the_same_idea_meet_on_the_merge_page(client_as, procedure):
    desk, wish = client_as(Role.COORDINATOR), idea(procedure)
    answer = {"state": "declined", "edition": "1"}
    first = desk.post(f"{HOME}ideas/{wish.pk}/answer/", answer | {"reason": "Zu teuer."})
    second = desk.post(f"{HOME}ideas/{wish.pk}/answer/", answer | {"reason": "Gibt es schon."})
    assert (first.status_code, second.status_code) == (302, 409)
    assert "Gibt es schon." in second.content.decode()
    wish.refresh_from_db()
    assert wish.reason == "Zu teuer."


def test_a_double_click_plans_one_workshop(client_as, procedure):
    desk = client_as(Role.COORDINATOR)
    form = {"kind": "kickoff", "title": "Auftakt", "held_on": "2024-10-01", "once": "derselbe-Klick"}
    answers = [desk.post(f"{HOME}workshops/new/", form) for _ in range(2)]
    assert [each["Location"] for each in answers] == [f"{HOME}workshops/{Workshop.objects.get().pk}/"] * 2


def test_lists_ask_the_same_number_of_questions_for_one_and_for_many(client_as, procedure):
    desk = client_as(Role.COORDINATOR)
    board = workshop(procedure, on=DAY)

    def add(number: int) -> None:
        cards(board, f"Karte {number}", field=procedure.fields.first())
        idea(procedure, f"Idee {number}", field=procedure.fields.first())
        held(procedure, "forum", on=DAY)

    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            desk.get(HOME + path)
        return len(seen)

    paths = ("", "ideas/", f"workshops/{board.pk}/", f"workshops/{board.pk}/votes/", f"workshops/{board.pk}/print/")
    add(1)
    desk.get(HOME)
    before = {path: asked(path) for path in paths}
    for number in (2, 3, 4):
        add(number)
    assert {path: asked(path) for path in paths} == before
