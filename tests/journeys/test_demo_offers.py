"""The directory of the demo: a town in which every family finds something, with everything that keeps it true."""

from collections import Counter
from datetime import date

import pytest
import shapely
from django.test import Client, TestCase
from django.utils import timezone
from shapely.geometry import shape

from kommpass.audits.queries import broken_journal
from kommpass.demo.cast import settle
from kommpass.demo.clock import Clock
from kommpass.demo.stories import story
from kommpass.demo.walk.offers import keep_directory, read
from kommpass.demo.walk.offers_content import ages, day
from kommpass.demo.walk.town import TownOnItsWay
from kommpass.domain.offers.checks import hints
from kommpass.domain.offers.verification import Freshness
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.finder.drawing import district_areas
from kommpass.finder.wishes import Asked
from kommpass.municipalities.models import District, Municipality
from kommpass.municipalities.scope import within
from kommpass.offers.actions.districts import set_boundary
from kommpass.offers.models import (
    Confirmation,
    CoverageRule,
    IndexCard,
    Location,
    Offer,
    OfferText,
    Proposal,
    Provider,
    Signal,
    Transition,
)
from kommpass.offers.placing import district_of
from kommpass.offers.queries.duplicates import twins
from kommpass.offers.queries.finding import FACETS, Wish, find
from kommpass.offers.queries.lists import standings
from tests.conftest import NOON, actor

NOBODY_IN_TOWN_HAS_IT = {"facility": {"family_education_centre", "other"}, "cost": {"unknown"}}
SQUARE = {"type": "Polygon", "coordinates": [[[8.0, 51.0], [8.1, 51.0], [8.1, 51.1], [8.0, 51.1], [8.0, 51.0]]]}


def settled(slug: str, begins: int) -> TownOnItsWay:
    """A town of the demo with its people, in the days before its directory begins."""
    clock = Clock(timezone.localdate())
    clock.on(begins)
    town, cast = settle(story(slug, "people", clock.today), clock=clock)
    return TownOnItsWay(town=town, cast=cast, clock=clock)


def found(**wish):
    return find(Wish(**wish), timezone.now())


class DirectoryOfAuental(TestCase):
    """The directory of Auental, told without its audit: made once for all of these tests."""

    @classmethod
    def setUpTestData(cls):
        cls.walk = settled("auental", 290)
        with within(cls.walk.town):
            keep_directory(cls.walk)

    def setUp(self):
        inside = within(Municipality.objects.get(slug="auental"))
        inside.__enter__()
        self.addCleanup(inside.__exit__, None, None, None)

    def test_about_a_hundred_offers_of_many_providers_and_half_of_them_are_trusted(self):
        providers = Provider.objects.count()
        assert Offer.objects.filter(state="published").count() >= 90
        assert 14 <= providers <= 20
        assert 0.4 <= Provider.objects.filter(trusted=True).count() / providers <= 0.6

    def test_every_district_has_offers_and_every_place_lies_where_the_data_say(self):
        told = {each["name"]: each["district"] for each in read(self.walk)["location"]}
        lying = dict(Location.objects.values_list("name", "district__name"))
        assert lying == told
        counted = found().districts
        assert {each.name for each in District.objects.all() if counted.get(each.pk, 0) < 5} == set()

    def test_every_life_phase_has_offers(self):
        assert {key for key, number in found().counts["life_phases"].items() if number < 2} == set()

    def test_every_filter_finds_something_for_each_of_its_words(self):
        all_words = {
            name: {word.key for word in vocabulary.words} for name, vocabulary in FACETS.items() if name != "languages"
        }
        counts = found(old_too=True).counts
        empty = {name: {key for key in keys if not counts[name].get(key)} for name, keys in all_words.items()}
        assert {name: keys for name, keys in empty.items() if keys} == NOBODY_IN_TOWN_HAS_IT
        assert sum(1 for number in counts["languages"].values() if number) >= 15

    def test_accessibility_is_known_of_some_places_and_unknown_of_many(self):
        known = [each.accessibility for each in Location.objects.all()]
        states = Counter(criterion["state"] for each in known for criterion in each.values())
        assert min(states["yes"], states["no"]) >= 15
        assert sum(1 for each in known if not each) >= 10

    def test_families_find_what_they_look_for(self):
        titles = dict(Offer.objects.values_list("pk", "title"))
        asked = {"krabbelgruppe": "Krabbelgruppe", "schulden": "Schuldnerberatung", "beratung": "beratung"}
        for words, expected in asked.items():
            hits = [titles[key] for key in found(query=words).offers]
            assert any(expected in title for title in hits[:3]), (words, hits[:5])

    def test_the_map_has_an_area_for_each_district(self):
        drawn = district_areas(Asked(Wish()), found())
        assert [each.district.name for each in drawn["areas"]] == [each.name for each in District.objects.all()]
        assert all(each.path for each in drawn["areas"])
        assert len(drawn["points"]) >= 30

    def test_nothing_is_public_that_is_a_draft_or_waits(self):
        hidden = Offer.objects.filter(state__in=["draft", "submitted"])
        assert Counter(hidden.values_list("state", flat=True)) == {"draft": 3, "submitted": 1}
        assert not IndexCard.objects.filter(offer__in=hidden).exists()
        paths = [f"/auental/public/offers/{each.key}/" for each in hidden]
        assert {Client().get(path).status_code for path in paths} == {404}

    def test_it_shows_every_way_in_which_an_offer_may_stand(self):
        states = Counter(Offer.objects.values_list("state", flat=True))
        shown = list(Offer.objects.filter(state="published"))
        fresh = Counter(each.freshness for each in standings(shown, timezone.localdate()).values())
        assert (states["paused"], states["ended"]) == (1, 1)
        assert set(fresh) == set(Freshness)
        assert fresh[Freshness.CONFIRMED] > len(shown) / 2

    def test_offers_are_written_so_that_nothing_about_them_is_odd(self):
        odd = {
            offer.title: [each.sentence for each in hints(offer.document)]
            for offer in Offer.objects.filter(state__in=Offer.PUBLIC)
            if hints(offer.document)
        }
        assert odd == {}

    def test_everything_that_waits_for_somebody_is_there(self):
        assert Counter(Proposal.objects.values_list("state", flat=True)) == {
            "waiting": 2, "accepted": 1, "declined": 1,
        }  # fmt: skip
        assert Counter(Signal.objects.values_list("state", flat=True)) == {"new": 2, "settled": 1}
        assert Confirmation.objects.filter(way="link").exists()

    def test_two_offers_were_written_down_twice_by_two_providers(self):
        found_twice = [{each.first.title, each.second.title} for each in twins()[:2]]
        assert {"Krabbelgruppe Mühlenmäuse", "Mühlenmäuse – Krabbelgruppe im Mühlenfeldhaus"} in found_twice
        assert {"Repaircafé Weidenbruch", "Repaircafé im Nachbarschaftshaus Weidenbruch"} in found_twice

    def test_texts_in_other_languages_are_reviewed(self):
        texts = OfferText.objects.filter(state="reviewed")
        assert Counter(texts.values_list("language", flat=True)) == {
            "de-easy": 5, "en": 8, "tr": 2, "ar": 2, "uk": 2,
        }  # fmt: skip
        assert OfferText.objects.exclude(state="reviewed").count() == 0

    def test_steering_has_rules_and_a_chain_with_a_gap(self):
        assert (CoverageRule.objects.count(), Transition.objects.filter(gap=True).count()) == (2, 1)
        assert Transition.objects.count() >= 5

    def test_nothing_happens_after_today_and_the_journal_is_whole(self):
        assert not Offer.objects.filter(changed_at__gt=timezone.now()).exists()
        assert not Confirmation.objects.filter(at__gt=timezone.now()).exists()
        assert broken_journal() is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "begins", "published"), [("lindenau", 4, 6), ("hasselgrund", 2, 5), ("moorhausen", 4, 3)]
)
def test_the_smaller_towns_have_begun_a_directory_too(slug, begins, published):
    walk = settled(slug, begins)
    with within(walk.town):
        keep_directory(walk)
        told = {each["name"]: each["district"] for each in read(walk)["location"]}
        assert Offer.objects.filter(state="published").count() == published
        assert dict(Location.objects.values_list("name", "district__name")) == told
        assert found(query="krabbel").total == 1


@pytest.mark.parametrize("slug", ["auental", "lindenau", "hasselgrund", "moorhausen"])
def test_the_districts_of_a_town_leave_no_gap_and_do_not_overlap(slug):
    today = timezone.localdate()
    told = story(slug, "districts", today)["district"]
    areas = [shape({"type": "Polygon", "coordinates": [each["ring"]]}) for each in told]
    whole = shapely.coverage_union_all(areas)
    assert [each["name"] for each in told] == story(slug, "people", today)["districts"]
    assert all(each.is_valid for each in areas)
    assert shapely.coverage_is_valid(areas)
    assert (whole.geom_type, len(whole.interiors)) == ("Polygon", 0)


def test_days_are_counted_from_today_and_may_name_a_weekday():
    monday = date(2026, 11, 2)
    assert [day(monday, told) for told in ("+0", "-3", "MO+0", "SU+0", "SA+7", "TU-7")] == [
        date(2026, 11, 2), date(2026, 10, 30), date(2026, 11, 2), date(2026, 11, 8), date(2026, 11, 14),
        date(2026, 10, 27),
    ]  # fmt: skip


def test_ages_are_told_as_families_say_them():
    told = ["6 Monate bis 2 Jahre", "bis 12 Monate", "2 bis 5 Jahre", "ab 65 Jahre"]
    assert [ages(each) for each in told] == [(6, 35), (None, 12), (24, 71), (780, None)]


def test_a_boundary_moves_the_places_within_it(auental):
    first, second = District.objects.all()[:2]
    set_boundary(district=first, boundary=SQUARE, by=actor(), at=NOON)
    place = Location.objects.create(latitude=51.05, longitude=8.05, district=district_of((51.05, 8.05)))
    assert place.district == first
    set_boundary(district=first, boundary=None, by=actor(), at=NOON)
    place.refresh_from_db()
    assert place.district is None
    set_boundary(district=second, boundary=SQUARE, by=actor(), at=NOON)
    place.refresh_from_db()
    assert place.district == second


BOW_TIE = {"type": "Polygon", "coordinates": [[[8.0, 51.0], [8.1, 51.1], [8.1, 51.0], [8.0, 51.1], [8.0, 51.0]]]}


@pytest.mark.parametrize(
    "boundary",
    [
        {"type": "Point", "coordinates": [8.0, 51.0]},
        {"type": "Polygon", "coordinates": [[[8.0, 51.0]]]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": "hier"},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": [[[350_000, 5_700_000], [351_000, 5_700_000], [351_000, 5_701_000]]]},
        BOW_TIE,
        "Altstadt",
    ],
)
def test_a_boundary_that_is_none_is_refused_with_a_sentence(auental, boundary):
    district = District.objects.first()
    with pytest.raises(NotPossible, match="Grenze"):
        set_boundary(district=district, boundary=boundary, by=actor(), at=NOON)
    district.refresh_from_db()
    assert district.boundary is None


def test_only_who_configures_the_town_draws_boundaries(auental):
    with pytest.raises(NotAllowed):
        set_boundary(district=District.objects.first(), boundary=SQUARE, by=actor(Role.PROVIDER), at=NOON)
