"""The register of facilities: what stands in which district, what every district is to have, and what is nowhere."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kommpass.audits.models import JournalEntry
from kommpass.domain.offers.content import Capacity
from kommpass.domain.offers.prevention_chain import UNKNOWN, coverage
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible, Stale
from kommpass.municipalities.models import District
from kommpass.municipalities.scope import within
from kommpass.offers import actions as offers
from kommpass.offers.actions import steering as actions
from kommpass.offers.models import CoverageRule, Offer
from kommpass.offers.queries import shelves
from kommpass.offers.queries.steering.register import facilities, judged, register
from kommpass.people.models import Membership
from tests.conftest import NOON, actor, make_user, queries_of, signed_in
from tests.offers.builders import COORDINATOR, a_location, a_provider, an_offer, with_boundary

HOME = "/auental/offers/prevention/register/"
TODAY = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def nothing_kept():
    """Tests take their town back; what is kept in memory of it must not meet the next one."""
    shelves._kept.clear()


def a_facility(title: str, kind: str = "family_centre", *, district: District | None = None, **content) -> Offer:
    """A facility in a district with a boundary, else at an address without a point."""
    place = a_location(f"Haus {title}", district=district)
    return an_offer(title, facility=kind, topics=(), at_places=(place,), **content)


def a_rule(title: str = "Jeder Stadtteil hat mindestens ein Familienzentrum", **about) -> CoverageRule:
    return actions.add_coverage_rule(title=title, facility="family_centre", **about, by=COORDINATOR, at=NOON)


# What is there.


def test_a_facility_is_an_offer_with_a_kind_and_an_offer_without_one_is_none(auental):
    centre = a_facility("Familienzentrum Nord", district=with_boundary(1))
    an_offer("Krabbelgruppe")
    assert register(TODAY).chosen() == [centre.pk]


def test_facilities_stand_by_kind_then_district_then_name_and_those_without_a_district_come_last(auental):
    first, second = with_boundary(1), with_boundary(2)
    nowhere = a_facility("Aa", "daycare_centre")
    late = a_facility("Ab", "daycare_centre", district=second)
    early = [a_facility(title, "daycare_centre", district=first) for title in ("Zz", "Zy")]
    office = a_facility("Ac", "neighbourhood_office", district=first)
    found = register(TODAY)
    assert found.chosen() == [early[1].pk, early[0].pk, late.pk, nowhere.pk, office.pk]
    assert found.chosen("daycare_centre", UNKNOWN) == [nowhere.pk]


def test_a_facility_without_a_point_is_not_lost(auental):
    with_boundary(1)
    a_facility("Familienzentrum ohne Punkt")
    online = an_offer("Online-Beratung", facility="counselling_centre", formats=("online",))
    found = register(TODAY)
    assert found.matrix.columns == {UNKNOWN: 2}
    assert found.chosen("counselling_centre", UNKNOWN) == [online.pk]


def test_a_line_of_the_register_tells_kind_places_accessibility_and_capacity(auental):
    district = with_boundary(1)
    offer = a_facility("Kita", "daycare_centre", district=district, capacity=Capacity(maximum=60))
    place = offer.places.get().location
    offers.change_accessibility(location=place, states={"step_free": "yes", "lift": "no"}, by=COORDINATOR, at=NOON)
    (line,) = facilities([offer.pk])
    assert (line.kind, line.capacity) == ("Kita", "60 Plätze")
    assert [(each.location.district, each.known, each.of) for each in line.places] == [(district, 2, 12)]


# What every district is to have.


def test_a_rule_names_the_districts_that_lack_a_family_centre(auental):
    for number in range(1, 10):
        with_boundary(number)
    for number in (1, 2, 3, 5, 6, 7, 9):
        a_facility(f"Familienzentrum {number}", district=District.objects.get(name=f"Bezirk {number}"))
    a_rule()
    (found,) = judged(register(TODAY))
    assert [each.label for each in found.missing] == ["Bezirk 4", "Bezirk 8"]
    assert (found.together.have, found.together.need, found.unplaced) == (7, 9, 0)


def test_two_of_a_kind_in_one_district_do_not_help_another(auental):
    first, _second = with_boundary(1), with_boundary(2)
    for title in ("Eins", "Zwei"):
        a_facility(title, district=first)
    a_rule(need=2)
    (found,) = judged(register(TODAY))
    assert {each.label: (each.have, each.need) for each in found.districts}["Bezirk 1"] == (2, 2)
    assert len(found.missing) == 8


def test_a_facility_that_stands_nowhere_meets_no_rule_and_is_named(auental):
    a_facility("Familienzentrum ohne Punkt")
    a_rule()
    (found,) = judged(register(TODAY))
    assert (len(found.missing), found.unplaced) == (9, 1)


def test_a_paused_facility_does_not_cover_its_district(auental):
    district = with_boundary(1)
    offer = a_facility("Familienzentrum", district=district)
    offers.pause_offer(offer=offer, by=COORDINATOR, at=NOON)
    a_rule()
    (found,) = judged(register(TODAY))
    assert "Bezirk 1" in [each.label for each in found.missing]


def test_a_town_without_districts_has_nothing_to_judge(auental):
    District.objects.all().delete()
    a_rule()
    (found,) = judged(register(TODAY))
    assert (found.districts, found.missing) == ((), [])


def test_the_districts_that_lack_most_come_first():
    found = coverage({"1": "Mitte", "2": "Nord", "3": "Süd"}, {"1": 3, "2": 1}, 2)
    assert [(each.label, each.missing) for each in found] == [("Süd", 2), ("Nord", 1), ("Mitte", 0)]


# Rules are written down.


def test_a_rule_asks_for_a_kind_that_there_is_and_for_at_least_one(auental):
    for wrong in ({"facility": "castle"}, {"facility": "library", "need": 0}, {"facility": "library", "need": 101}):
        with pytest.raises(NotPossible):
            actions.add_coverage_rule(title="Regel", **wrong, by=COORDINATOR, at=NOON)
    assert not CoverageRule.objects.exists()


def test_a_rule_is_changed_by_one_at_a_time_and_every_change_is_in_the_journal(auental):
    rule = a_rule()
    actions.change_coverage_rule(rule=rule, need=2, seen=1, by=COORDINATOR, at=NOON)
    with pytest.raises(Stale):
        actions.change_coverage_rule(rule=rule, need=3, seen=1, by=COORDINATOR, at=NOON)
    actions.remove_coverage_rule(rule=rule, by=COORDINATOR, at=NOON)
    entries = JournalEntry.objects.filter(action="prevention.write").order_by("sequence")
    assert [each.details.get("new") or each.details.get("changed") or "removed" for each in entries] == [
        True, ["need"], "removed",
    ]  # fmt: skip


def test_only_the_coordination_makes_rules(auental):
    for role in (Role.CONTRIBUTOR, Role.AUDITOR, Role.COUNCIL_MEMBER, Role.PROVIDER):
        with pytest.raises(NotAllowed):
            actions.add_coverage_rule(title="x", facility="library", by=actor(role), at=NOON)


# Pages.


def test_the_register_shows_what_is_there_and_names_what_is_missing(client_as, auental):
    a_facility("Familienzentrum Nord", district=with_boundary(1), provider=a_provider("Caritas"))
    a_facility("Familienzentrum irgendwo")
    a_rule()
    page = client_as(Role.COORDINATOR).get(HOME).content.decode()
    for said in ("Familienzentrum Nord", "Caritas", "nicht zugeordnet", "In 1 von 9 Stadtteilen erfüllt.",
                 "Es fehlt in:", "Bezirk 2, Bezirk 3", "1 von 1", "0 von 1", "nicht bekannt"):  # fmt: skip
        assert said in page, said


def test_the_register_is_narrowed_by_kind_and_district_and_nonsense_narrows_nothing(client_as, auental):
    district = with_boundary(1)
    a_facility("Familienzentrum Nord", district=district)
    a_facility("Kita irgendwo", "daycare_centre")
    desk = client_as(Role.COORDINATOR)

    def listed(query: str) -> list[str]:
        page = desk.get(f"{HOME}?{query}").content.decode().split('id="facilities"')[1]
        return [title for title in ("Familienzentrum Nord", "Kita irgendwo") if title in page]

    assert listed("kind=daycare_centre") == listed("district=unknown") == ["Kita irgendwo"]
    assert listed(f"district={district.pk}") == ["Familienzentrum Nord"]
    assert listed("kind=burg&district=%00&page=x") == ["Familienzentrum Nord", "Kita irgendwo"]


def test_an_empty_register_says_what_to_do(client_as, auental):
    page = client_as(Role.COORDINATOR).get(HOME).content.decode()
    assert "Noch keine Regel" in page
    assert "Noch keine Einrichtung" in page
    assert "hat noch keine Stadtteile" not in page


def test_a_town_without_districts_is_told_where_to_make_them(client_as, auental):
    District.objects.all().delete()
    a_rule()
    page = client_as(Role.COORDINATOR).get(HOME).content.decode()
    assert "hat noch keine Stadtteile" in page
    assert "Stadtteile anlegen" in page
    assert "Ohne Stadtteile lässt sich diese Regel nicht prüfen." in page


def test_a_rule_is_made_changed_and_removed_on_its_pages(client_as, auental):
    desk = client_as(Role.COORDINATOR)
    said = {"title": "Ein Jugendzentrum überall", "facility": "youth_centre", "need": "1"}
    assert "von 1 bis 100" in desk.post(f"{HOME}rules/new/", said | {"need": "0"}).content.decode()
    assert desk.post(f"{HOME}rules/new/", said).status_code == 302
    rule = CoverageRule.objects.get()
    edit = f"{HOME}rules/{rule.pk}/edit/"
    assert desk.post(edit, said | {"need": "2", "edition": "1"}).status_code == 302
    assert desk.post(edit, said | {"need": "3", "edition": "1"}).status_code == 409
    rule.refresh_from_db()
    assert (rule.need, rule.edition) == (2, 2)
    assert desk.get(edit).status_code == 200
    desk.post(f"{HOME}rules/{rule.pk}/remove/")
    assert not CoverageRule.objects.exists()


def test_an_auditor_reads_the_register_and_makes_no_rule(client_as, auental):
    rule, reader = a_rule(), client_as(Role.AUDITOR)
    assert reader.get(HOME).status_code == 200
    assert "Regel aufstellen" not in reader.get(HOME).content.decode()
    assert reader.post(f"{HOME}rules/new/", {"title": "x"}).status_code == 403
    assert reader.post(f"{HOME}rules/{rule.pk}/remove/").status_code == 403


def test_the_rules_of_another_town_do_not_exist(auental, hasselgrund):
    rule = a_rule("Überall eine Bücherei")
    user = make_user("nachbar@hasselgrund.example")
    with within(hasselgrund):
        Membership.objects.create(user=user, role=Role.COORDINATOR)
    neighbour = signed_in(user)
    there = "/hasselgrund/offers/prevention/register/"
    assert neighbour.get(f"{there}rules/{rule.pk}/edit/").status_code == 404
    assert neighbour.post(f"{there}rules/{rule.pk}/remove/").status_code == 404
    assert rule.title not in neighbour.get(there).content.decode()


def test_the_register_asks_as_often_for_forty_facilities_as_for_two(client_as, auental):
    district = with_boundary(1)
    for number in range(2):
        a_facility(f"Haus {number}", district=district)
    a_rule()
    desk = client_as(Role.COORDINATOR)

    def asked() -> int:
        desk.get(HOME)  # what is kept from the first visit on
        with CaptureQueriesContext(connection) as seen:
            desk.get(HOME)
        return queries_of(seen)

    before = asked()
    for number in range(2, 40):
        a_facility(f"Haus {number}", "daycare_centre", district=district, provider=a_provider(f"Träger {number % 9}"))
    for number in range(4):
        a_rule(f"Regel {number}")
    assert asked() == before
    assert before <= 20
