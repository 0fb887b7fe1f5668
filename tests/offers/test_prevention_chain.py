"""The prevention chain: what is counted once, what is not known, who hands over to whom, and the pages that show it."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from openpyxl import load_workbook

from kommpass.audits.models import JournalEntry
from kommpass.domain.offers.content import Contact
from kommpass.domain.offers.prevention_chain import EVERY, SHADES, UNKNOWN, count, neighbours, placed, shade
from kommpass.domain.offers.vocabularies import LIFE_PHASES, TOPICS
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible, Stale
from kommpass.municipalities.scope import within
from kommpass.offers import actions as offers
from kommpass.offers.actions import steering as actions
from kommpass.offers.models import Transition
from kommpass.offers.queries import shelves
from kommpass.offers.queries.steering import phases
from kommpass.offers.queries.steering.matrix import COLUMNS, Question, chain
from kommpass.people.models import Membership
from tests.conftest import NOON, actor, make_user, queries_of, signed_in
from tests.offers.builders import COORDINATOR, a_location, a_provider, an_offer, with_boundary

HOME = "/auental/offers/prevention/"
TODAY = date(2026, 11, 2)
ZERO_TO_SIX = {"min_months": 0, "max_months": 83}
sides = some.lists(
    some.tuples(
        some.lists(some.sampled_from(list(LIFE_PHASES.places)), max_size=3),
        some.lists(some.sampled_from(list(TOPICS.places)), max_size=3),
    ),
    max_size=12,
)

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(autouse=True)
def nothing_kept():
    """Tests take their town back; what is kept in memory of it must not meet the next one."""
    shelves._kept.clear()


def handing_over(title: str = "Von der Hebamme in die Frühen Hilfen", **about) -> Transition:
    said = {"from_phase": "birth", "to_phase": "under_three", "gap": True} | about
    return actions.add_transition(title=title, **said, by=COORDINATOR, at=NOON)


# The rule of counting.


@unhurried
@given(sides)
def test_all_offers_together_are_as_many_as_there_are(offers):
    assert count(offers).total == len(offers)


@unhurried
@given(sides)
def test_a_total_is_never_more_than_its_cells_together_and_never_less_than_the_largest_of_them(offers):
    found = count(offers)
    for row, total in found.rows.items():
        cells = [number for (own, _column), number in found.cells.items() if own == row]
        assert max(cells) <= total <= sum(cells)
    for column, total in found.columns.items():
        cells = [number for (_row, own), number in found.cells.items() if own == column]
        assert max(cells) <= total <= sum(cells)


@unhurried
@given(sides)
def test_totals_of_rows_together_are_at_least_all_offers_and_equal_where_each_has_one_phase(offers):
    found = count(offers)
    assert sum(found.rows.values()) >= found.total
    single = count([(rows[:1], columns) for rows, columns in offers])
    assert sum(single.rows.values()) == single.total


@unhurried
@given(sides, sides)
def test_two_directories_counted_together_are_their_sum(some_offers, others):
    together, first, second = count(some_offers + others), count(some_offers), count(others)
    assert together.cells == {
        cell: first.number(*cell) + second.number(*cell) for cell in first.cells.keys() | second.cells.keys()
    }


@unhurried
@given(sides, some.randoms())
def test_neither_the_order_of_offers_nor_a_word_said_twice_changes_a_number(offers, dice):
    mixed = [(rows * 2, columns[::-1]) for rows, columns in offers]
    dice.shuffle(mixed)
    assert count(mixed) == count(offers)


@unhurried
@given(sides)
def test_every_number_is_the_number_of_offers_that_its_page_would_list(offers):
    found = count(offers)
    for row in (EVERY, UNKNOWN, "under_three"):
        for column in (EVERY, UNKNOWN, "health"):
            inside = [
                rows for rows, columns in offers
                if row in {EVERY, *placed(rows)} and column in {EVERY, *placed(columns)}
            ]  # fmt: skip
            assert found.number(row, column) == len(inside)


@unhurried
@given(some.integers(0, 500), some.integers(0, 500))
def test_only_nothing_is_drawn_without_a_shade(number, more):
    most = number + more
    assert (shade(number, most) == 0) == (number == 0)
    assert shade(most, most) == (SHADES if most else 0)


def test_what_is_unknown_does_not_make_everything_else_look_pale():
    found = count([(("birth",), ("health",))] * 2 + [((), ("health",))] * 90 + [(("birth",), ())] * 80)
    assert found.most == 2


# The matrix of a town.


def test_an_offer_from_birth_to_six_stands_in_three_phases_and_is_one_offer(auental):
    an_offer("Elterncafé", topics=("meeting", "parenting"), **ZERO_TO_SIX)
    found = chain(Question(), TODAY).matrix
    assert {row: number for row, number in found.rows.items() if number} == dict.fromkeys(
        ("under_three", "three_to_six", "six_to_ten"), 1
    )
    assert (found.number("six_to_ten", "parenting"), found.number(column="parenting"), found.total) == (1, 1, 1)


def test_phases_that_somebody_chose_count_instead_of_ages(auental):
    an_offer("Elternkurs", life_phases=("birth",), **ZERO_TO_SIX)
    assert chain(Question(), TODAY).matrix.rows == {"birth": 1}


def test_an_offer_without_phase_and_age_is_unknown_and_neither_nothing_nor_everywhere(auental):
    an_offer("Offener Treff")
    found = chain(Question(), TODAY)
    assert (found.matrix.rows, found.inside(UNKNOWN, "meeting")) == ({UNKNOWN: 1}, list(found.offers))


def test_drafts_paused_ended_and_past_offers_do_not_count(auental):
    for state in ("draft", "paused", "ended"):
        an_offer(f"Angebot {state}", state=state)
    an_offer("Sommerfest", runs_until="2026-07-01")
    an_offer("Dauerhaft")
    found = chain(Question(), TODAY)
    assert (found.matrix.total, found.over) == (1, 1)


def test_an_offer_in_two_districts_counts_in_both_and_once_together(auental):
    first, second = with_boundary(1), with_boundary(2)
    an_offer("Zwei Orte", at_places=(a_location(district=first), a_location(district=second)))
    an_offer("Ohne Punkt", at_places=(a_location(),))
    an_offer("Ohne Ort")
    found = chain(Question("district"), TODAY).matrix
    assert found.columns == {str(first.pk): 1, str(second.pk): 1, UNKNOWN: 2}
    assert found.total == 3


def test_columns_of_levels_access_and_providers_count_what_each_offer_says(auental):
    school = a_provider("Grundschule", kind="school")
    an_offer("Lerntreff", provider=school, prevention=("universal", "selective"), access=("home_visit",))
    an_offer("Beratung", provider=a_provider("Jugendamt", kind="department"))
    found = {by: dict(chain(Question(by), TODAY).matrix.columns) for by in ("prevention", "access", "provider")}
    assert found == {
        "prevention": {"universal": 1, "selective": 1, UNKNOWN: 1},
        "access": {"home_visit": 1, UNKNOWN: 1},
        "provider": {"school": 1, "department": 1},
    }


def test_the_matrix_is_narrowed_to_a_group_to_what_is_free_and_to_what_is_known_to_have_no_steps(auental):
    hall, unknown = a_location("Halle"), a_location("Keller")
    offers.change_accessibility(location=hall, states={"step_free": "yes"}, by=COORDINATOR, at=NOON)
    an_offer("Vätertreff", target_groups=("fathers",), cost="free", at_places=(hall,))
    an_offer("Müttertreff", target_groups=("mothers",), cost="paid", at_places=(unknown,))
    questions = (Question(target_group="fathers"), Question(free=True), Question(step_free=True), Question())
    assert [chain(question, TODAY).matrix.total for question in questions] == [1, 1, 1, 2]


def test_without_steps_a_district_counts_only_places_that_have_none_themselves(auental):
    first, second = with_boundary(1), with_boundary(2)
    here, there = a_location(district=first), a_location(district=second)
    offers.change_accessibility(location=here, states={"step_free": "yes"}, by=COORDINATOR, at=NOON)
    offers.change_accessibility(location=there, states={"step_free": "no"}, by=COORDINATOR, at=NOON)
    an_offer("Zwei Orte", at_places=(here, there))
    assert chain(Question("district", step_free=True), TODAY).matrix.columns == {str(first.pk): 1}


def test_a_town_without_offers_has_a_matrix_of_nothing(auental):
    assert [chain(Question(by), TODAY).matrix.total for by in COLUMNS] == [0] * 5


# Transitions.


def test_transitions_between_neighbours_stand_between_them_and_all_others_apart(auental):
    beside = handing_over()
    back = handing_over("Zurück", from_phase="seniors", to_phase="care")
    skipping = handing_over("Springt", from_phase="birth", to_phase="six_to_ten")
    inside = handing_over("In der Kita", from_phase="three_to_six", to_phase="three_to_six")
    found, others = phases.between(phases.transitions())
    assert {pair: each for pair, each in found.items() if each} == {
        ("birth", "under_three"): [beside],
        ("care", "seniors"): [back],
    }
    assert others == [skipping, inside]


def test_a_transition_that_works_says_who_hands_over_to_whom(auental):
    with pytest.raises(NotPossible):
        handing_over(gap=False, giver=a_provider())
    whole = handing_over(gap=False, giver=a_provider("Klinik"), taker=a_provider("Jugendamt"), form="Brief")
    assert [each.action for each in JournalEntry.objects.filter(details__transition=whole.pk)] == ["prevention.write"]


def test_a_transition_leads_to_no_phase_that_nobody_knows(auental):
    with pytest.raises(NotPossible, match="steht nicht in der Liste"):
        handing_over(to_phase="elsewhere")


def test_a_changed_transition_is_written_down_and_one_that_stays_the_same_is_not(auental):
    handed = handing_over()
    for _twice in range(2):
        actions.change_transition(transition=handed, note="Es fehlt eine Lotsin.", seen=None, by=COORDINATOR, at=NOON)
    assert (handed.edition, JournalEntry.objects.filter(details__transition=handed.pk).count()) == (2, 2)


def test_two_who_change_a_transition_are_asked_and_nothing_is_lost(auental):
    handed = handing_over()
    actions.change_transition(transition=handed, note="Eins", seen=1, by=COORDINATOR, at=NOON)
    with pytest.raises(Stale) as told:
        actions.change_transition(transition=handed, note="Zwei", seen=1, by=COORDINATOR, at=NOON)
    assert [(each.yours, each.theirs) for each in told.value.conflicts] == [("Zwei", "Eins")]


def test_a_removed_transition_stays_in_the_journal(auental):
    actions.remove_transition(transition=handing_over("Weg damit"), by=COORDINATOR, at=NOON)
    assert not Transition.objects.exists()
    assert JournalEntry.objects.latest("sequence").details["title"] == "Weg damit"


def test_only_the_coordination_writes_the_chain(auental):
    for role in (Role.CONTRIBUTOR, Role.AUDITOR, Role.COUNCIL_MEMBER, Role.PROVIDER):
        with pytest.raises(NotAllowed):
            actions.add_transition(title="x", from_phase="birth", to_phase="birth", gap=True, by=actor(role), at=NOON)


# A life phase for the workshop.


def test_the_page_of_a_phase_tells_what_there_is_and_what_is_missing(auental):
    district = with_boundary(1)
    an_offer("Elterncafé", topics=("meeting",), at_places=(a_location(district=district),), **ZERO_TO_SIX)
    coming = handing_over()
    going = handing_over("In die Kita", from_phase="under_three", to_phase="three_to_six", gap=False,
                         giver=a_provider(), taker=a_provider("Kita"))  # fmt: skip
    found = phases.phase("under_three", TODAY)
    assert [(each.label, [offer.title for offer in each.offers]) for each in found.topics] == [
        ("Treffen und Austausch", ["Elterncafé"])
    ]
    assert (found.total, found.incoming, found.outgoing, found.gaps) == (1, [coming], [going], [coming])
    assert "Gesundheit" in found.without_topic
    assert found.without_district == [f"Bezirk {number}" for number in range(2, 10)]
    assert found.undescribed == []
    assert [pair[::2] for pair in phases.phase("three_to_six", TODAY).undescribed] == [("three_to_six", "six_to_ten")]


# Pages.


@pytest.fixture
def town(auental):
    """Some offers, one transition with a gap."""
    district = with_boundary(1)
    an_offer("Elterncafé", topics=("meeting",), at_places=(a_location(district=district),), cost="free", **ZERO_TO_SIX)
    an_offer("Offener Treff", contacts=(Contact("Büro", "0234 1234"),))
    handing_over()
    return auental


def test_every_page_of_the_chain_opens(client_as, town):
    handed = Transition.objects.get()
    paths = ["", "?by=district&free=on", "?by=unsinn&target_group=unsinn", "cell/", "cell/?phase=unknown"]
    paths += [f"?by={by}" for by in COLUMNS] + [f"phases/{key}/" for key in LIFE_PHASES.places]
    paths += ["cell/?phase=under_three&column=meeting&page=99", "transitions/", "transitions/new/?from=birth&to=x"]
    paths += [f"transitions/{handed.pk}/edit/", "matrix.csv", "matrix.xlsx?by=district"]
    desk = client_as(Role.COORDINATOR)
    assert {path: desk.get(HOME + path).status_code for path in paths} == dict.fromkeys(paths, 200)


def test_the_pages_of_a_town_without_anything_say_what_to_do(client_as, auental):
    desk = client_as(Role.COORDINATOR)
    pages = {path: desk.get(HOME + path).content.decode() for path in ("", "transitions/", "phases/birth/", "cell/")}
    assert "Noch kein veröffentlichtes Angebot" in pages[""]
    assert "Beginnen Sie mit den Übergängen" in pages["transitions/"]
    assert "Für diese Phase gibt es noch kein Angebot" in pages["phases/birth/"]
    assert "Hier ist nichts" in pages["cell/"]


def test_a_cell_that_does_not_exist_is_not_found(client_as, town):
    desk = client_as(Role.COORDINATOR)
    paths = ("cell/?phase=unsinn", "cell/?column=unsinn", "cell/?by=district&column=meeting", "phases/unsinn/")
    assert {desk.get(HOME + path).status_code for path in paths} == {404}


def test_a_number_leads_to_the_offers_that_it_counts(client_as, town):
    desk = client_as(Role.COORDINATOR)
    page = desk.get(f"{HOME}?free=on").content.decode()
    address = f"{HOME}cell/?by=topic&amp;free=on&amp;phase=under_three&amp;column=meeting"
    assert address in page
    listed = desk.get(address.replace("&amp;", "&")).content.decode()
    assert ("Elterncafé" in listed, "Offener Treff" in listed) == (True, False)


def test_zero_is_a_word_and_the_unknown_have_a_row(client_as, town):
    page = client_as(Role.COORDINATOR).get(HOME).content.decode()
    assert "nichts" in page
    assert "ohne Lebensphase und Alter" in page
    assert 'scope="row"' in page and 'scope="col"' in page


def test_what_was_left_out_stands_on_the_sheet_that_is_printed(client_as, town):
    page = client_as(Role.COORDINATOR).get(f"{HOME}?free=on&target_group=fathers").content.decode()
    assert "(nur für: Väter, nur kostenlose)" in page
    assert "Kein passendes Angebot" in page


def test_a_transition_is_described_changed_and_removed_on_its_pages(client_as, town):
    desk = client_as(Role.COORDINATOR)
    giver, taker = a_provider("Klinik"), a_provider("Jugendamt")
    said = {"title": "Nach der Geburt", "from_phase": "birth", "to_phase": "under_three"}
    refused = desk.post(f"{HOME}transitions/new/", said).content.decode()
    assert "Wer übergibt?" in refused and "Wer übernimmt?" in refused
    named = {"giver": giver.pk, "taker": taker.pk, "form": "Brief", "edition": 1}
    assert desk.post(f"{HOME}transitions/new/", said | named).status_code == 302
    handed = Transition.objects.get(title="Nach der Geburt")
    assert "Brief" in desk.get(HOME).content.decode()
    desk.post(f"{HOME}transitions/{handed.pk}/edit/", said | named | {"form": "", "taker": "", "gap": "on"})
    handed.refresh_from_db()
    assert (handed.form, handed.taker, handed.gap, handed.edition) == ("", None, True, 2)
    assert desk.post(f"{HOME}transitions/{handed.pk}/edit/", said | named).status_code == 409
    desk.post(f"{HOME}transitions/{handed.pk}/remove/")
    assert not Transition.objects.filter(pk=handed.pk).exists()


def test_the_file_says_what_the_page_says(client_as, town):
    desk = client_as(Role.COORDINATOR)
    lines = list(csv.reader(io.StringIO(desk.get(f"{HOME}matrix.csv").content.decode("utf-8-sig")), delimiter=";"))
    table = {line[0]: dict(zip(lines[0][1:], line[1:], strict=True)) for line in lines[1:]}
    assert table["0 bis 2 Jahre"]["Treffen und Austausch"] == "1"
    assert table["Angebote zusammen"]["Angebote zusammen"] == "2"
    book = load_workbook(io.BytesIO(desk.get(f"{HOME}matrix.xlsx?free=on").content))
    assert book.sheetnames == ["Matrix", "Übergänge", "Gezählt wurde"]
    rows = list(book["Matrix"].iter_rows(values_only=True))
    assert rows[-1][-1] == 1
    assert book["Übergänge"]["G2"].value == "ja"


@pytest.mark.parametrize("name", ["=1+1", "  +cmd|' /C calc'!A0", "＠SUM(A1)"])
def test_no_name_of_a_district_becomes_a_formula(client_as, auental, name):
    district = with_boundary(1)
    district.name = name
    district.save()
    desk = client_as(Role.COORDINATOR)
    head = desk.get(f"{HOME}matrix.csv?by=district").content.decode("utf-8-sig").splitlines()[0]
    assert f"'{name}" in head
    book = load_workbook(io.BytesIO(desk.get(f"{HOME}matrix.xlsx?by=district").content))
    assert book["Matrix"]["B1"].data_type == "s"


def test_an_auditor_and_the_council_read_and_do_not_write(client_as, town):
    handed = Transition.objects.get()
    for role in (Role.AUDITOR, Role.COUNCIL_MEMBER, Role.CONTRIBUTOR):
        reader = client_as(role)
        assert reader.get(HOME).status_code == 200
        assert "Übergang beschreiben" not in reader.get(HOME).content.decode()
        assert reader.get(f"{HOME}transitions/new/").status_code == 403
        assert reader.post(f"{HOME}transitions/{handed.pk}/remove/").status_code == 403
    assert client_as(Role.PROVIDER).get(HOME).status_code == 403
    assert Transition.objects.count() == 1


def test_the_chain_of_another_town_does_not_exist(town, hasselgrund):
    handed = Transition.objects.get()
    user = make_user("nachbar@hasselgrund.example")
    with within(hasselgrund):
        Membership.objects.create(user=user, role=Role.COORDINATOR)
    neighbour = signed_in(user)
    there = "/hasselgrund/offers/prevention/"
    assert neighbour.get(f"{there}transitions/{handed.pk}/edit/").status_code == 404
    assert neighbour.post(f"{there}transitions/{handed.pk}/remove/").status_code == 404
    assert "Elterncafé" not in neighbour.get(f"{there}cell/").content.decode()
    assert neighbour.get(HOME).status_code == 403


def test_the_chain_asks_as_often_for_forty_offers_as_for_two(client_as, town):
    desk = client_as(Role.COORDINATOR)
    paths = [f"?by={by}" for by in COLUMNS]
    paths += ["cell/?column=meeting", "phases/under_three/", "transitions/", "matrix.xlsx"]

    def asked(path: str) -> int:
        desk.get(HOME + path)  # what is kept from the first visit on
        with CaptureQueriesContext(connection) as seen:
            desk.get(HOME + path)
        return queries_of(seen)

    before = {path: asked(path) for path in paths}
    district = with_boundary(1)
    for number in range(38):
        an_offer(
            f"Angebot {number}", provider=a_provider(f"Träger {number % 7}"), topics=("meeting", "health"),
            at_places=(a_location(f"Ort {number % 5}", district=district),), **ZERO_TO_SIX,
        )  # fmt: skip
    for first, second in neighbours():
        handing_over(f"{first} {second}", from_phase=first, to_phase=second)
    assert {path: asked(path) for path in paths} == before
    assert max(before.values()) <= 20
