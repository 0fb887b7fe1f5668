"""The draft: numbers, goals, measures, who may edit what, two editors, dropping."""

import pytest

from kommpass.agreement import actions, queries
from kommpass.agreement.models import Goal, Measure
from kommpass.audits.models import JournalEntry
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible, Stale
from kommpass.municipalities.models import District
from kommpass.participation.models import Card, Workshop
from kommpass.people.models import Organisation
from tests.agreement.builders import AUDITOR, COORDINATOR, accept, draft, edit, goal, measure, numbers
from tests.conftest import NOON, actor


@pytest.fixture
def agreement(procedure):
    return draft(procedure)


@pytest.fixture
def schools(auental):
    return Organisation.objects.create(name="Schulamt")


@pytest.fixture
def youth(youth_office):
    return actor(Role.CONTRIBUTOR, organisations=[youth_office], name="Jana Amt")


def strategic(agreement, text, *, field=1):
    return actions.add_strategic_goal(
        agreement=agreement, field=agreement.procedure.fields.get(number=field), text=text, by=COORDINATOR, at=NOON
    )


def test_the_draft_is_opened_once(procedure):
    assert draft(procedure) == draft(procedure)


def test_numbers_follow_field_goal_and_measure(agreement):
    second = goal(agreement, "Zweites Feld", field=2)
    first = goal(agreement, "Erstes Feld")
    other = goal(agreement, "Noch ein Ziel")
    for under, title in [(second, "D"), (first, "A"), (other, "C"), (first, "B")]:
        measure(under, title)
    assert numbers(agreement) == [("1.1.1", "A"), ("1.1.2", "B"), ("1.2.1", "C"), ("2.1.1", "D")]
    assert [(each.number, each.title) for each in queries.goals(agreement)] == [
        ("1.1", "Erstes Feld"),
        ("1.2", "Noch ein Ziel"),
        ("2.1", "Zweites Feld"),
    ]


def test_the_list_stands_in_the_order_of_the_numbers_when_strategic_goals_reorder_the_goals(agreement):
    first, second = strategic(agreement, "Steuern"), strategic(agreement, "Vernetzen")
    free = goal(agreement, "Ohne Leitziel")
    late = goal(agreement, "Zum zweiten Leitziel", strategic_goal=second)
    early = goal(agreement, "Zum ersten Leitziel", strategic_goal=first)
    for under in (free, late, early):
        measure(under, under.title)
    assert numbers(agreement) == [
        ("1.1.1", "Zum ersten Leitziel"),
        ("1.2.1", "Zum zweiten Leitziel"),
        ("1.3.1", "Ohne Leitziel"),
    ]
    assert [each.number for each in queries.goals(agreement)] == ["1.1", "1.2", "1.3"]


def test_numbers_close_up_when_a_measure_is_dropped_and_when_one_moves(agreement):
    one, two = goal(agreement, "Eins"), goal(agreement, "Zwei")
    gone, stays, moves = measure(one, "A"), measure(one, "B"), measure(two, "C")
    actions.drop_measure(measure=gone, reason="doppelt", by=COORDINATOR, at=NOON)
    assert numbers(agreement) == [("1.1.1", "B"), ("1.2.1", "C")]
    actions.move_measure(measure=moves, goal=one, by=COORDINATOR, at=NOON)
    assert numbers(agreement) == [("1.1.1", "B"), ("1.1.2", "C")]
    assert not Measure.objects.filter(pk=gone.pk).exists()
    assert stays.pk


def test_a_goal_that_changes_its_field_takes_its_measures_along(agreement):
    moved = goal(agreement, "Zieht um")
    measure(moved, "A")
    actions.edit_goal(goal=moved, changes={"field": agreement.procedure.fields.get(number=3)}, by=COORDINATOR, at=NOON)
    assert numbers(agreement) == [("3.1.1", "A")]


def test_a_goal_cannot_stand_under_the_strategic_goal_of_another_field(agreement):
    other = strategic(agreement, "Steuern", field=2)
    with pytest.raises(NotPossible, match="anderen Handlungsfeld"):
        goal(agreement, strategic_goal=other)
    assert not Goal.objects.exists()


def test_a_dropped_strategic_goal_leaves_its_goals_in_the_field(agreement):
    gone = strategic(agreement, "Steuern")
    stays = goal(agreement, strategic_goal=gone)
    actions.drop_strategic_goal(goal=gone, by=COORDINATOR, at=NOON)
    stays.refresh_from_db()
    assert (stays.strategic_goal, stays.number) == (None, "1.1")


def test_a_goal_with_measures_cannot_be_dropped(agreement):
    full = goal(agreement)
    measure(full)
    with pytest.raises(NotPossible, match="stehen noch Maßnahmen"):
        actions.drop_goal(goal=full, by=COORDINATOR, at=NOON)


def test_an_empty_goal_is_dropped_and_the_numbers_close_up(agreement):
    empty, stays = goal(agreement, "Leer"), goal(agreement, "Bleibt")
    actions.drop_goal(goal=empty, by=COORDINATOR, at=NOON)
    stays.refresh_from_db()
    assert stays.number == "1.1"


def test_a_measure_stands_under_one_goal_and_serves_others(agreement):
    own, other = goal(agreement, "Eigenes"), goal(agreement, "Anderes", field=2)
    shared = measure(own, "Netzwerk", also_serves=[other])
    assert list(shared.also_serves.all()) == [other]
    assert list(other.served_by.all()) == [shared]
    assert numbers(agreement) == [("1.1.1", "Netzwerk")]


def test_a_department_adds_edits_and_drops_its_own_measures_only(agreement, youth, youth_office, schools):
    under = goal(agreement)
    own = measure(under, "Babybesuche", responsible=youth_office, by=youth)
    foreign = measure(under, "Ganztag", responsible=schools)
    edit(own, title="Willkommensbesuche", by=youth)

    refused = "Maßnahmen Ihrer eigenen Organisation"
    with pytest.raises(NotAllowed, match=refused):
        measure(under, "Für andere", responsible=schools, by=youth)
    with pytest.raises(NotAllowed, match=refused):
        measure(under, "Für niemanden", by=youth)
    with pytest.raises(NotAllowed, match=refused):
        edit(foreign, title="Umbenannt", by=youth)
    with pytest.raises(NotAllowed, match=refused):
        edit(own, responsible=schools, by=youth)
    with pytest.raises(NotAllowed, match=refused):
        actions.move_measure(measure=foreign, goal=under, by=youth, at=NOON)
    with pytest.raises(NotAllowed, match=refused):
        actions.add_step(measure=foreign, title="Schritt", by=youth, at=NOON)
    with pytest.raises(NotAllowed, match=refused):
        actions.drop_measure(measure=foreign, reason="", by=youth, at=NOON)
    assert list(queries.writable(agreement, youth)) == [own]
    assert numbers(agreement) == [("1.1.1", "Willkommensbesuche"), ("1.1.2", "Ganztag")]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Etwas anderes"},
        {"description": "An fünf statt an drei Tagen."},
        {"due": "2028"},
        {"start": "2027-03"},
        {"cost_once": 10_000},
        {"cost_yearly": 5_000},
    ],
)
def test_what_the_owner_agreed_to_and_is_now_different_must_be_asked_again(agreement, youth, youth_office, changes):
    agreed = accept(measure(goal(agreement), responsible=youth_office), youth)
    edit(agreed, **changes)
    agreed.refresh_from_db()
    assert (agreed.acceptance, agreed.accepted_at, agreed.accepted_by) == ("open", None, "")


def test_a_new_owner_must_be_asked(agreement, youth, youth_office, schools):
    agreed = accept(measure(goal(agreement), responsible=youth_office), youth)
    edit(agreed, responsible=schools)
    agreed.refresh_from_db()
    assert (agreed.responsible, agreed.acceptance) == (schools, "open")


def test_what_does_not_concern_the_owner_leaves_the_agreement(agreement, youth, youth_office):
    agreed = accept(measure(goal(agreement), responsible=youth_office), youth)
    edit(agreed, internal_note="mit Kämmerei klären", public=False, priority="hoch")
    edit(agreed, title=agreed.title, due=agreed.due)
    agreed.refresh_from_db()
    assert (agreed.acceptance, agreed.accepted_by) == ("accepted", "Jana Amt")


def test_a_changed_target_or_step_must_be_asked_again_too(agreement, youth, youth_office):
    agreed = accept(measure(goal(agreement), responsible=youth_office), youth)
    actions.add_step(measure=agreed, title="Räume anmieten", due="2027-05", by=COORDINATOR, at=NOON)
    agreed.refresh_from_db()
    assert agreed.acceptance == "open"


def test_two_editors_of_different_attributes_lose_nothing(agreement):
    both = measure(goal(agreement), "Familienbüro")
    other = Measure.objects.get(pk=both.pk)
    edit(both, seen=1, title="Familienbüro Mitte")
    with pytest.raises(Stale) as stale:
        edit(other, seen=1, title="Familienbüro Nord", due="2028")
    assert [(each.label, each.yours, each.theirs) for each in stale.value.conflicts] == [
        ("Maßnahme", "Familienbüro Nord", "Familienbüro Mitte"),
        ("Frist", "2028", "2027"),
    ]
    both.refresh_from_db()
    assert (both.title, both.due, both.due_on.isoformat(), both.edition) == (
        "Familienbüro Mitte",
        "2027",
        "2027-12-31",
        2,
    )


def test_a_stale_edit_of_an_accepted_measure_names_only_what_people_can_choose(agreement, youth, youth_office):
    agreed = accept(measure(goal(agreement), responsible=youth_office), youth)
    edit(agreed, seen=1, funding="Haushalt 2027")
    with pytest.raises(Stale) as stale:
        edit(Measure.objects.get(pk=agreed.pk), seen=1, due="2028", funding="")
    assert [each.label for each in stale.value.conflicts] == ["Frist", "Finanzierung"]


def test_from_a_page_that_is_behind_partners_are_added_and_none_is_taken_away(
    agreement, youth_office, schools, provider
):
    both = measure(goal(agreement), partners=[schools])
    edit(both, seen=1, partners=[schools, provider])
    both.refresh_from_db()
    assert both.edition == 2
    edit(Measure.objects.get(pk=both.pk), seen=1, partners=[youth_office, schools])
    assert {each.name for each in both.partners.all()} == {"Jugendamt", "Schulamt", "Kinderschutzbund Auental"}
    edit(Measure.objects.get(pk=both.pk), seen=3, partners=[])
    assert not both.partners.exists()


def test_the_journal_tells_old_and_new_wording_and_districts(agreement):
    one = measure(goal(agreement), "Familienbüro")
    district = District.objects.get(name="Bezirk 1")
    edit(one, title="Familienbüro Mitte", districts=[district])
    entry = JournalEntry.objects.last()
    assert (entry.action, entry.details["changes"]) == (
        "measure.write",
        {
            "title": {"old": "Familienbüro", "new": "Familienbüro Mitte"},
            "districts": {"old": [], "new": ["Bezirk 1"]},
        },
    )


def test_the_texts_around_the_goals_are_edited_with_an_edition(agreement):
    actions.edit_agreement(
        agreement=agreement, changes={"preamble": "In Auental leben Familien gern."}, seen=1, by=AUDITOR, at=NOON
    )
    with pytest.raises(Stale):
        actions.edit_agreement(agreement=agreement, changes={"preamble": "Anders."}, seen=1, by=COORDINATOR, at=NOON)
    agreement.refresh_from_db()
    assert (agreement.preamble, agreement.edition) == ("In Auental leben Familien gern.", 2)


def test_a_card_of_the_strategy_workshop_becomes_a_strategic_goal_and_remembers_it(procedure):
    day = NOON.date()
    workshop = Workshop.objects.create(procedure=procedure, kind="strategy", title="Strategieworkshop", held_on=day)
    card = Card.objects.create(workshop=workshop, kind="strategic_goal", text="Kein Kind geht verloren.")
    agreement = actions.open_agreement(procedure=procedure, by=actor(), at=NOON)
    field = procedure.fields.first()

    goal = actions.add_strategic_goal(agreement=agreement, field=field, card=card, by=actor(), at=NOON)

    card.refresh_from_db()
    assert (goal.text, card.turned_into, card.turned_into_id) == ("Kein Kind geht verloren.", "strategic_goal", goal.pk)
    assert list(queries.strategic_cards(procedure, field)) == []
