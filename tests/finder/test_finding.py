"""Finding offers: filters with true numbers, ages, places, open now, old ones; the same on both databases."""

import io
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from kommpass.analysis.shelf import Choice, Shelf, select
from kommpass.domain.offers.content import Place
from kommpass.domain.schedules import Schedule
from kommpass.municipalities.models import District, Municipality
from kommpass.municipalities.scope import within
from kommpass.offers import actions
from kommpass.offers.models import IndexState, Location, Offer, SearchEntry
from kommpass.offers.queries.finding import Wish, find
from tests.conftest import NOON, actor
from tests.offers.builders import an_offer

BERLIN = ZoneInfo("Europe/Berlin")
DEED = {"by": actor(), "at": NOON}
TUESDAY = datetime(2026, 11, 3, 10, 30, tzinfo=BERLIN)
SQUARE = [[8.2, 51.8], [8.3, 51.8], [8.3, 51.9], [8.2, 51.9], [8.2, 51.8]]


def a_place(name: str, latitude: float | None = None, longitude: float | None = None, **barriers) -> Location:
    place = actions.add_location(name=name, street=f"{name}weg 1", latitude=latitude, longitude=longitude, **DEED)
    return actions.change_accessibility(location=place, states=barriers, **DEED) if barriers else place


def at(*places: Location) -> tuple[Place, ...]:
    return tuple(Place(str(each.key)) for each in places)


def titles(wish: Wish, now=TUESDAY) -> list[str]:
    known = {each.pk: each.title for each in Offer.objects.all()}
    return [known[key] for key in find(wish, now).offers]


def test_my_child_is_eight_months_old(auental):
    an_offer("Krabbelgruppe", min_months=6, max_months=18)
    an_offer("Vorlesestunde", min_months=48, max_months=83)
    an_offer("Elterncafé")
    assert titles(Wish(age=8)) == ["Elterncafé", "Krabbelgruppe"]


def test_a_baby_of_six_months_and_a_child_of_six_years_are_not_the_same(auental):
    an_offer("Krabbelgruppe", min_months=0, max_months=11)
    an_offer("Schulkinder", min_months=72, max_months=119)
    assert (titles(Wish(age=6)), titles(Wish(age=72))) == (["Krabbelgruppe"], ["Schulkinder"])


def test_within_a_filter_one_word_is_enough_and_filters_add_up(auental):
    an_offer("A", topics=("sport",), cost="free")
    an_offer("B", topics=("culture",), cost="paid")
    an_offer("C", topics=("money",), cost="free")
    assert titles(Wish(words={"topics": ("sport", "culture")})) == ["A", "B"]
    assert titles(Wish(words={"topics": ("sport", "culture"), "cost": ("free",)})) == ["A"]


def test_the_number_beside_a_word_is_what_choosing_it_gives(auental):
    for number, topics in enumerate([("sport",), ("sport", "culture"), ("money",), ("money", "sport")]):
        an_offer(f"Angebot {number}", topics=topics, cost="free" if number % 2 else "paid")
    for chosen in ({}, {"topics": ("money",)}, {"cost": ("free",)}, {"topics": ("culture",), "cost": ("free",)}):
        found = find(Wish(words=chosen), TUESDAY)
        for facet in ("topics", "cost"):
            for word, number in found.counts[facet].items():
                assert find(Wish(words={**chosen, facet: (word,)}), TUESDAY).total == number, (chosen, facet, word)


def test_the_district_follows_from_the_point_and_narrows_the_search(auental):
    north = District.objects.create(name="Nord", boundary={"type": "Polygon", "coordinates": [SQUARE]})
    an_offer("Drinnen", places=at(a_place("A", 51.85, 8.25)))
    an_offer("Draußen", places=at(a_place("B", 51.95, 8.25)))
    assert titles(Wish(districts=(north.pk,))) == ["Drinnen"]
    assert find(Wish(), TUESDAY).districts == {north.pk: 1}


def test_what_nobody_checked_is_not_barrier_free(auental):
    an_offer("Stufenlos", places=at(a_place("A", step_free="yes")))
    an_offer("Mit Stufen", places=at(a_place("B", step_free="no")))
    an_offer("Unbekannt", places=at(a_place("C")))
    assert titles(Wish(criteria=("step_free",))) == ["Stufenlos"]


def test_several_criteria_must_hold_at_the_same_place(auental):
    an_offer("Verteilt", places=at(a_place("A", step_free="yes"), a_place("B", toilet="yes")))
    an_offer("Beides", places=at(a_place("C", step_free="yes", toilet="yes")))
    assert titles(Wish(criteria=("step_free", "toilet"))) == ["Beides"]


def test_the_nearest_comes_first_and_what_is_too_far_does_not_come(auental):
    an_offer("Weit", places=at(a_place("A", 51.98, 8.30)))
    an_offer("Nah", places=at(a_place("B", 51.901, 8.30)))
    an_offer("Mittel", places=at(a_place("C", 51.91, 8.30)))
    found = find(Wish(near=(51.90, 8.30), within=2_000), TUESDAY)
    assert titles(Wish(near=(51.90, 8.30), within=2_000)) == ["Nah", "Mittel"]
    assert sorted(round(each, -1) for each in found.metres.values()) == [110.0, 1110.0]


def weekly(day: str, starts: str, ends: str, **rest) -> tuple[Schedule, ...]:
    return (Schedule(rule=f"FREQ=WEEKLY;BYDAY={day}", starts=starts, ends=ends, **rest),)


def test_open_now_knows_the_clock_and_the_public_holidays(auental):
    an_offer("Dienstags", times=weekly("TU", "10:00", "12:00"))
    an_offer("Nachmittags", times=weekly("TU", "14:00", "18:00"))
    an_offer("Über Nacht", times=weekly("MO", "22:00", "11:00"))
    assert titles(Wish(open_now=True)) == ["Dienstags", "Über Nacht"]
    all_saints_day = datetime(2027, 11, 1, 10, 30, tzinfo=BERLIN)
    an_offer("Montags", times=weekly("MO", "10:00", "12:00"))
    assert titles(Wish(open_now=True), all_saints_day) == []


def test_a_course_that_is_over_is_not_found_any_more(auental):
    an_offer("Bald vorbei", runs_until="2026-11-10")
    day = datetime(2026, 11, 10, 12, tzinfo=BERLIN)
    assert (titles(Wish(), day), titles(Wish(), day + timedelta(days=1))) == (["Bald vorbei"], [])


def test_an_event_is_found_until_its_day_is_over(auental):
    an_offer("Fest", times=(Schedule(kind="session", begins="2026-11-08", starts="14:00", ends="18:00"),))
    sunday = datetime(2026, 11, 8, 20, tzinfo=BERLIN)
    assert (titles(Wish(), sunday), titles(Wish(), sunday + timedelta(days=1))) == (["Fest"], [])


def test_what_nobody_confirmed_for_very_long_is_hidden_but_said(auental):
    an_offer("Krabbelgruppe")
    late = TUESDAY + timedelta(days=182 + 181)
    found = find(Wish(), late)
    assert (found.total, found.hidden_old, find(Wish(old_too=True), late).total) == (0, 1, 1)


def test_drafts_paused_and_ended_offers_are_not_found(auental):
    paused, ended = an_offer("Paused"), an_offer("Ended")
    actions.pause_offer(offer=paused, **DEED)
    actions.end_offer(offer=ended, **DEED)
    an_offer("Draft", state="draft")
    assert titles(Wish()) == []


def test_a_changed_offer_is_found_by_its_new_words_and_no_longer_by_its_old_ones(auental):
    offer = an_offer("Krabbelgruppe")
    actions.change_offer(offer=offer, content=offer.document.having(title="Trommelkurs"), **DEED)
    assert (titles(Wish(query="trommeln")), titles(Wish(query="krabbelgruppe"))) == (["Trommelkurs"], [])


def test_another_towns_offers_are_never_found(auental):
    an_offer("Krabbelgruppe")
    with within(Municipality.objects.create(name="Nachbarort", slug="nachbarort")):
        assert find(Wish(query="krabbelgruppe"), TUESDAY).total == 0


@given(st.lists(st.tuples(st.integers(0, 1400), st.integers(0, 1400)), max_size=30), st.integers(0, 1400))
def test_ages_fit_exactly_those_whose_span_holds_them(spans, age):
    spans = [(min(span), max(span)) for span in spans]
    none = np.zeros(0, np.int64)
    low, high = (np.array([span[end] for span in spans], np.int64) for end in (0, 1))
    count = np.zeros(len(spans), np.int64)
    shelf = Shelf(
        offers=np.arange(len(spans)), bits={}, min_months=low, max_months=high, due_day=count, last_day=count,
        provider=count, place_of=none, district=none, latitude=none.astype(float), longitude=none.astype(float),
        accessible=np.zeros((0, 0), bool),
    )  # fmt: skip
    found = select(shelf, Choice(age=age), np.ones(len(spans), bool)).fitting.tolist()
    assert found == [first <= age <= last for first, last in spans]


@pytest.mark.parametrize("number", [1, 30])
def test_a_search_asks_the_database_three_times_however_many_offers_there_are(
    auental, number, django_assert_max_num_queries
):
    for each in range(number):
        an_offer(f"Krabbelgruppe {each}", topics=("meeting",))
    find(Wish(query="gruppe"), TUESDAY)
    with django_assert_max_num_queries(3):
        assert find(Wish(query="gruppe", age=8, words={"topics": ("meeting",)}), TUESDAY).total == number


def test_what_has_only_some_of_the_words_stands_apart_and_is_counted_nowhere(auental):
    both = an_offer("Krabbelgruppe für Väter", topics=("meeting",))
    some = an_offer("Krabbelgruppe", topics=("sport",), cost="paid")
    found = find(Wish(query="krabbelgruppe väter"), TUESDAY)
    assert (found.offers, found.related, found.total) == ((both.pk,), (some.pk,), 1)
    assert (found.counts["topics"]["meeting"], found.counts["topics"]["sport"]) == (1, 0)
    assert find(Wish(query="krabbelgruppe väter", words={"cost": ("free",)}), TUESDAY).related == ()


def test_where_nothing_has_all_words_the_nearest_are_the_hits_and_it_is_said(auental):
    offer = an_offer("Krabbelgruppe")
    found = find(Wish(query="krabbelgruppe trompete"), TUESDAY)
    assert (found.offers, found.related, found.loosened) == ((offer.pk,), (), True)


def test_a_word_that_no_offer_has_any_more_does_not_stand_in_the_way_of_its_neighbour(auental):
    offer = an_offer("Trummelkurs")
    an_offer("Trommelkurs")
    assert titles(Wish(query="trummelkurs")) == ["Trummelkurs"]
    actions.change_offer(offer=offer, content=offer.document.having(title="Flötenkurs"), **DEED)
    assert titles(Wish(query="trummelkurs"))[0] == "Trommelkurs"


def test_an_update_with_other_rules_of_the_search_writes_the_index_anew_and_only_where_it_is_old(auental, hasselgrund):
    an_offer("Krabbelgruppe")
    with within(hasselgrund):
        an_offer("Elterncafé")
        state = IndexState.objects.get().version
    IndexState.objects.update(rules="1-older")
    SearchEntry.objects.filter(word="krabbelgrupp").delete()
    assert titles(Wish(query="Krabbelgruppe")) == []
    said = io.StringIO()
    call_command("reindex", if_needed=True, stdout=said)
    assert said.getvalue() == "Auental: 1 Angebote\n"
    assert titles(Wish(query="Krabbelgruppe")) == ["Krabbelgruppe"]
    with within(hasselgrund):
        assert IndexState.objects.get().version == state
    call_command("reindex", if_needed=True, stdout=said)
    assert said.getvalue() == "Auental: 1 Angebote\n"
