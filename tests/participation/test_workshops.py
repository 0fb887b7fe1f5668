"""Workshops, who came, cards, ideas and the facts that gates count from them."""

from datetime import time

import pytest

from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible, Stale
from kommpass.participation import actions, queries
from kommpass.participation.models import Attendance, Card, Workshop
from tests.conftest import NOON, TODAY, actor
from tests.participation.builders import COMING, COORDINATOR, PAST, agree, cards, definition, held, idea, workshop


def test_a_workshop_counts_once_its_day_has_come_and_people_were_counted(procedure):
    facts = ("kickoff_workshops", "strategy_workshops", "target_workshops")
    workshop(procedure, "target")
    workshop(procedure, "target", on=COMING)
    held(procedure, "kickoff")
    assert [queries.counts(procedure, TODAY)[fact] for fact in facts] == [1, 0, 0]


def test_only_formats_with_the_people_concerned_count_as_participation(procedure):
    held(procedure, "kickoff", families=40)
    held(procedure, "forum", families=30, politics=5)
    held(procedure, "event", youth=25, administration=3)
    held(procedure, "survey", seniors=120)
    facts = queries.counts(procedure, TODAY)
    assert (facts["participation_formats"], facts["people_reached"]) == (3, 175)


def test_people_cannot_be_counted_before_they_came(procedure):
    with pytest.raises(NotPossible, match="war noch nicht"):
        held(procedure, on=COMING)
    assert Attendance.objects.count() == 0


def test_counting_again_replaces_the_numbers_and_zero_takes_a_group_out(procedure):
    board = held(procedure, families=12, politics=4)
    actions.record_attendance(workshop=board, counts={"families": 15, "politics": 0}, by=COORDINATOR, at=NOON)
    assert list(Attendance.objects.values_list("group", "count")) == [("families", 15)]


@pytest.mark.parametrize("counts", [{"families": -1}, {"marsians": 3}])
def test_a_count_that_cannot_be_is_refused(procedure, counts):
    with pytest.raises(NotPossible):
        actions.record_attendance(workshop=workshop(procedure), counts=counts, by=COORDINATOR, at=NOON)
    assert Attendance.objects.count() == 0


def test_a_workshop_does_not_end_before_it_starts(procedure):
    with pytest.raises(NotPossible, match="Ende liegt vor dem Beginn"):
        workshop(procedure, starts=time(17), until=time(14))
    assert Workshop.objects.count() == 0


def test_the_auditor_records_a_workshop_but_not_a_format_of_the_town(procedure):
    auditor = actor(Role.AUDITOR)
    actions.record_attendance(workshop=workshop(procedure), counts={"politics": 5}, by=auditor, at=NOON)
    with pytest.raises(NotAllowed):
        actions.record_attendance(workshop=workshop(procedure, "forum"), counts={"families": 5}, by=auditor, at=NOON)


def test_many_cards_are_pinned_at_once_and_none_twice(procedure):
    board, field = workshop(procedure), procedure.fields.first()
    cards(board, "Mehr Kitaplätze", "Spielplätze", "Mehr Kitaplätze", "  ", kind="need", field=field)
    cards(board, "Spielplätze", "Bus am Abend", kind="need", field=field)
    found = queries.cards_of_kind(procedure, "need").values_list("text", flat=True)
    assert list(found) == ["Mehr Kitaplätze", "Spielplätze", "Bus am Abend"]


def test_cards_with_more_dots_hang_higher_and_cards_without_field_last(procedure):
    board, field = workshop(procedure), procedure.fields.first()
    (loose,) = cards(board, "Ohne Feld")
    low, high = cards(board, "Wenig", "Viel", field=field)
    actions.vote_cards(workshop=board, votes={high.pk: 9, low.pk: 2}, by=COORDINATOR, at=NOON)
    assert list(queries.cards_of(board)) == [high, low, loose]


def test_a_card_becomes_one_idea_however_often_somebody_clicks(procedure):
    (card,) = cards(workshop(procedure), "Familienbüro eröffnen", field=procedure.fields.first())
    first = actions.turn_into_idea(card=card, by=COORDINATOR, at=NOON)
    second = actions.turn_into_idea(card=card, by=COORDINATOR, at=NOON)
    assert (first, first.field, first.source) == (second, card.field, "workshop")
    with pytest.raises(NotPossible, match="schon etwas geworden"):
        actions.remove_card(card=card, by=COORDINATOR, at=NOON)


def test_a_card_that_went_into_the_agreement_stays_on_the_board(procedure):
    (card,) = cards(workshop(procedure), "Leitziel", kind="strategic_goal")
    actions.note_use(card=card, turned_into="strategic_goal", turned_into_id=5, by=COORDINATOR, at=NOON)
    with pytest.raises(NotPossible):
        actions.remove_card(card=card, by=COORDINATOR, at=NOON)
    assert Card.objects.get().turned_into == "strategic_goal"


def test_two_who_change_the_same_card_do_not_overwrite_each_other(procedure):
    (card,) = cards(workshop(procedure), "Alt")
    change = {"kind": "idea", "field": None, "votes": 0, "seen": 1, "by": COORDINATOR, "at": NOON}
    actions.edit_card(card=Card.objects.get(), text="Neu", **change)
    with pytest.raises(Stale):
        actions.edit_card(card=card, text="Anders", **change)
    assert Card.objects.get().text == "Neu"


def test_an_idea_is_declined_only_with_a_reason(procedure):
    wish = idea(procedure)
    with pytest.raises(NotPossible, match="begründen"):
        actions.answer_idea(idea=wish, state="declined", public=True, by=COORDINATOR, at=NOON)
    actions.answer_idea(idea=wish, state="declined", reason="Gibt es schon.", public=True, by=COORDINATOR, at=NOON)
    wish.refresh_from_db()
    assert (wish.state, wish.reason, wish.answered_at) == ("declined", "Gibt es schon.", NOON)
    assert (list(queries.public_ideas(procedure)), queries.unanswered(procedure)) == ([wish], 0)


def test_a_department_writes_ideas_and_does_not_answer_them(procedure):
    department = actor(Role.CONTRIBUTOR)
    wish = actions.write_idea(procedure=procedure, text="Idee", source="staff", by=department, at=NOON)
    with pytest.raises(NotAllowed):
        actions.answer_idea(idea=wish, state="taken_up", public=False, by=department, at=NOON)


def test_cards_and_ideas_are_where_goals_come_from(procedure):
    cards(workshop(procedure), "Bedarf", kind="need")
    cards(Workshop.objects.get(), "Stärke", kind="strength")
    kept, declined = idea(procedure, "Bleibt"), idea(procedure, "Fällt weg")
    actions.answer_idea(idea=declined, state="declined", reason="nein", public=False, by=COORDINATOR, at=NOON)
    assert [(each["kind"], each["text"]) for each in queries.origins(procedure)] == [
        ("card", "Bedarf"),
        ("idea", kept.text),
    ]


def test_a_coming_workshop_is_a_deadline_and_an_uncounted_one_a_reminder(procedure):
    workshop(procedure, on=COMING, title="Zielworkshop")
    workshop(procedure, on=PAST, title="Auftakt")
    held(procedure)
    assert [(each.due_on, each.label) for each in queries.deadlines(procedure, TODAY)] == [
        (PAST, "Teilnahme eintragen: Auftakt"),
        (COMING, "Zielworkshop"),
    ]


def test_all_facts_are_counted_by_name(procedure):
    held(procedure, "strategy")
    held(procedure, "forum", families=3)
    agree(definition(procedure))
    idea(procedure)
    assert queries.counts(procedure, TODAY) == {
        "kickoff_workshops": 0,
        "strategy_workshops": 1,
        "target_workshops": 0,
        "family_definitions": 1,
        "participation_formats": 1,
        "people_reached": 3,
        "ideas": 1,
    }
