"""The pages of this room as the town's people meet them, and as somebody attacks them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kommpass.bodies.models import Body, Consultation, Decision, Meeting, Paper
from kommpass.domain.permissions import Role
from kommpass.municipalities.scope import within
from kommpass.people.models import Membership
from tests.bodies.builders import committee, council, decision, paper_about, station
from tests.conftest import make_user, signed_in

DAY = date(2024, 10, 1)
HOME = "/auental/bodies/"


@pytest.fixture
def last(procedure):
    return station(paper_about(procedure), council(), "decision", on=DAY)


def test_the_office_leads_a_paper_from_draft_to_decision(client_as, procedure, youth_office):
    office, rat = client_as(Role.COUNCIL_OFFICE), council()
    answer = office.post(
        f"{HOME}papers/new/",
        {"title": "Teilnahme am Audit", "purpose": "participation", "reference": "V/2026/1", "public": "on",
         "lead": youth_office.pk, "contributing": [youth_office.pk], "proposed_resolution": "Der Rat beschließt …"},
    )  # fmt: skip
    paper = Paper.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{HOME}papers/{paper.pk}/")
    office.post(f"{HOME}papers/{paper.pk}/stations/", {"body": rat.pk, "role": "decision", "meeting_on": "2024-10-01"})
    deciding = Consultation.objects.get()
    office.post(f"{HOME}stations/{deciding.pk}/agenda/")
    office.post(
        f"{HOME}stations/{deciding.pk}/decision/",
        {"decided_on": "2024-10-01", "reference": "V/2026/1", "result": "adopted", "wording": "Der Rat beschließt …",
         "manner": "unanimous", "votes_yes": "18", "votes_no": "0", "votes_abstain": "0",
         "conditions": "unter Haushaltsvorbehalt\n"},
    )  # fmt: skip
    resolved = Decision.objects.get()
    assert (resolved.votes, resolved.conditions) == ("18:0:0", ["unter Haushaltsvorbehalt"])
    page = office.get(f"{HOME}papers/{paper.pk}/").content.decode()
    assert "einstimmig (18:0:0)" in page
    assert "unter Haushaltsvorbehalt" in page


def test_every_page_of_the_room_opens(client_as, last):
    office = client_as(Role.COUNCIL_OFFICE)
    other = paper_about(last.paper.procedure, reference="2")
    decision(station(other, last.body, "decision", on=DAY), on=DAY, reference="2")
    resolved, meeting = Decision.objects.get(), Meeting.objects.first()
    paths = ["", "decisions/", "meetings/", "list/", "list/new/", "papers/new/", f"papers/{last.paper_id}/"]
    paths += [f"papers/{last.paper_id}/edit/", f"papers/{last.paper_id}/print/", f"stations/{last.pk}/edit/"]
    paths += [f"stations/{last.pk}/result/", f"stations/{last.pk}/decision/", f"decisions/{resolved.pk}/correct/"]
    paths += [f"list/{meeting.body_id}/", f"list/{meeting.body_id}/edit/", f"papers/{resolved.paper_id}/"]
    assert {path: office.get(HOME + path).status_code for path in paths} == dict.fromkeys(paths, 200)


def test_a_council_member_reads_and_does_not_write(client_as, last):
    member = client_as(Role.COUNCIL_MEMBER)
    assert member.get(HOME).status_code == 200
    assert member.get(f"{HOME}papers/new/").status_code == 403
    assert member.post(f"{HOME}stations/{last.pk}/decision/", {"reference": "1"}).status_code == 403
    assert "Beschluss eintragen" not in member.get(f"{HOME}papers/{last.paper_id}/").content.decode()


def test_a_provider_does_not_see_the_room_and_a_stranger_is_led_to_the_log_in(client_as, client, last):
    assert client_as(Role.PROVIDER).get(HOME).status_code == 403
    assert client.get(HOME).status_code == 302


def test_the_papers_of_another_town_do_not_exist(last, hasselgrund):
    user = make_user("nachbar@hasselgrund.example")
    with within(hasselgrund):
        Membership.objects.create(user=user, role=Role.COUNCIL_OFFICE)
    neighbour = signed_in(user)
    assert neighbour.get(f"/hasselgrund/bodies/papers/{last.paper_id}/").status_code == 404
    assert neighbour.post(f"/hasselgrund/bodies/stations/{last.pk}/drop/").status_code == 404
    assert neighbour.get(f"{HOME}papers/{last.paper_id}/").status_code == 403
    assert Consultation.objects.count() == 1


def test_a_decision_in_the_future_comes_back_with_everything_that_was_typed(client_as, last):
    answer = client_as(Role.COUNCIL_OFFICE).post(
        f"{HOME}stations/{last.pk}/decision/",
        {"decided_on": "2199-01-01", "reference": "V/1", "result": "adopted", "wording": "Mein langer Text"},
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Ein Beschluss kann nicht in der Zukunft liegen." in page
    assert "Mein langer Text" in page
    assert Decision.objects.count() == 0


@pytest.mark.parametrize("day", ["31.02.2026", "0226-10-01", "morgen"])
def test_an_impossible_day_of_a_meeting_is_refused(client_as, last, day):
    answer = client_as(Role.COUNCIL_OFFICE).post(f"{HOME}list/{last.body_id}/meetings/", {"held_on": day})
    assert answer.status_code == 200
    assert Meeting.objects.count() == 1


def test_a_text_of_ten_megabytes_is_refused_with_a_sentence(client_as, procedure):
    answer = client_as(Role.COUNCIL_OFFICE).post(
        f"{HOME}papers/new/", {"title": "A", "purpose": "other", "facts_text": "x" * 10_000_000}
    )
    assert answer.status_code == 200
    assert "höchstens 20000 Zeichen" in answer.content.decode()
    assert Paper.objects.count() == 0


def test_two_editors_meet_on_the_merge_page_and_nothing_is_lost(client_as, last):
    office, paper = client_as(Role.COUNCIL_OFFICE), last.paper
    form = {"purpose": "participation", "reference": "20140656", "public": "on", "edition": "1"}
    first = office.post(f"{HOME}papers/{paper.pk}/edit/", form | {"title": "Erste Fassung"})
    second = office.post(f"{HOME}papers/{paper.pk}/edit/", form | {"title": "Zweite Fassung"})
    assert (first.status_code, second.status_code) == (302, 409)
    assert "Zweite Fassung" in second.content.decode()
    assert Paper.objects.get().title == "Erste Fassung"


def test_a_double_click_registers_one_paper(client_as, procedure):
    office = client_as(Role.COUNCIL_OFFICE)
    form = {"title": "Einmal", "purpose": "other", "once": "derselbe-Klick"}
    answers = [office.post(f"{HOME}papers/new/", form) for _ in range(2)]
    assert [each["Location"] for each in answers] == [f"{HOME}papers/{Paper.objects.get().pk}/"] * 2


def test_the_same_body_is_not_entered_twice(client_as, procedure):
    council()
    form = {"name": "rat", "kind": "council", "members_count": "0"}
    answer = client_as(Role.COUNCIL_OFFICE).post(f"{HOME}list/new/", form)
    assert "gibt es schon" in answer.content.decode()
    assert Body.objects.count() == 1


def test_the_overview_asks_the_same_number_of_questions_for_one_and_for_many_papers(client_as, procedure):
    office, rat, youth = client_as(Role.COUNCIL_OFFICE), council(), committee()

    def add(number: int) -> None:
        paper = paper_about(procedure, reference=str(number))
        station(paper, youth, on=DAY)
        decision(station(paper, rat, "decision", on=DAY), on=DAY, reference=str(number), skipped_reason="eilig")

    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            office.get(HOME + path)
        return len(seen)

    add(1)
    office.get(HOME)
    before = {path: asked(path) for path in ("", "decisions/", "list/", "meetings/")}
    for number in (2, 3, 4):
        add(number)
    assert {path: asked(path) for path in before} == before
