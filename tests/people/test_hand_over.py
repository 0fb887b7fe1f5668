"""The hand-over: everything moves at once, and nothing is forgotten."""

import pytest
from django.test import Client

from kommpass.audits.models import JournalEntry
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotPossible
from kommpass.municipalities.scope import within
from kommpass.people import queries
from kommpass.people.duties import Duty, _sources, duties, duty_source
from kommpass.people.models import Membership, Organisation, Post
from kommpass.town_hall import actions
from kommpass.town_hall.actions.hand_over import estate_of
from tests.conftest import NOON, actor, make_user, member, signed_in


@pytest.fixture
def vera(auental):
    return member(Role.COORDINATOR, email="vera@auental.example", name="Vera Geht")


@pytest.fixture
def karl(auental):
    return member(Role.AUDITOR, email="karl@auental.example", name="Karl Kommt")


@pytest.fixture
def estate(vera, karl, youth_office, post):
    """Vera holds one post, deputises on two (one of them Karl's), has a second role and an open invitation."""
    post.holder, post.deputy = vera, karl
    post.save()
    Post.objects.create(organisation=youth_office, title="Planung", deputy=vera)
    Post.objects.create(organisation=youth_office, title="Statistik", holder=karl, deputy=vera)
    Membership.objects.create(user=vera, role=Role.CONTRIBUTOR, organisation=youth_office)
    by = actor()
    invitation = actions.invite_person(email="x@y.example", name="X", role=Role.AUDITOR, by=by, at=NOON)
    invitation.inviter = vera
    invitation.save()
    return invitation


def roles_of(person) -> list[str]:
    return sorted(queries.members().filter(user=person).values_list("role", flat=True))


def test_everything_moves_in_one_step(vera, karl, estate):
    actions.hand_over(leaving=vera, successor=karl, by=actor(), at=NOON)

    assert list(Post.objects.order_by("title").values_list("title", "holder", "deputy")) == [
        ("Leitung Jugendamt", karl.pk, None),
        ("Planung", None, karl.pk),
        ("Statistik", karl.pk, None),
    ]
    assert (roles_of(vera), roles_of(karl)) == ([], ["auditor", "contributor", "coordinator"])
    estate.refresh_from_db()
    assert estate.inviter == karl
    assert estate_of(vera).empty
    assert JournalEntry.objects.last().action == "people.hand_over"


def test_the_roles_of_the_leaving_person_end_and_stay_visible(vera, karl, estate):
    actions.hand_over(leaving=vera, successor=karl, by=actor(), at=NOON)

    assert list(Membership.objects.filter(user=vera).values_list("ended_at", flat=True)) == [NOON, NOON]


def test_a_role_that_both_have_is_not_doubled(vera, karl):
    Membership.objects.create(user=karl, role=Role.COORDINATOR)
    actions.hand_over(leaving=vera, successor=karl, by=actor(), at=NOON)

    assert roles_of(karl) == ["auditor", "coordinator"]


def test_the_preview_shows_everything_and_moves_nothing(vera, karl, estate):
    browser = signed_in(vera)

    page = browser.get("/auental/people/hand-over/", {"leaving": vera.pk, "successor": karl.pk}).content.decode()

    for words in ("Leitung Jugendamt", "Planung", "Koordination", "Fachbereich, Jugendamt", "Jetzt übergeben"):
        assert words in page
    assert roles_of(vera) == ["contributor", "coordinator"]


def test_the_button_moves_and_leads_to_a_page_for_the_successor(vera, karl, estate):
    other = member(Role.COORDINATOR, email="dritte@auental.example", name="Dritte Person")

    response = signed_in(other).post("/auental/people/hand-over/", {"leaving": vera.pk, "successor": karl.pk})

    assert response["Location"] == f"/auental/people/persons/{karl.pk}/"
    page = signed_in(other).get(response["Location"]).content.decode()
    assert "Leitung Jugendamt" in page and "Karl Kommt" in page


def test_who_hands_over_their_own_work_is_led_out(vera, karl):
    browser = signed_in(vera)

    response = browser.post("/auental/people/hand-over/", {"leaving": vera.pk, "successor": karl.pk})

    assert response["Location"] == "/accounts/start/"
    assert "in keiner Kommune" in browser.get("/accounts/start/").content.decode()
    assert browser.get("/auental/people/").status_code == 403


def test_a_successor_who_is_not_here_yet_must_be_invited_first(vera, hasselgrund):
    with within(hasselgrund):
        foreigner = member(Role.AUDITOR, email="fremd@hasselgrund.example")
    with pytest.raises(NotPossible):
        actions.hand_over(leaving=vera, successor=foreigner, by=actor(), at=NOON)

    signed_in(vera).post("/auental/people/hand-over/", {"leaving": vera.pk, "successor": foreigner.pk})

    assert roles_of(vera) == ["coordinator"] and roles_of(foreigner) == []


def test_nobody_succeeds_themselves(vera):
    with pytest.raises(NotPossible):
        actions.hand_over(leaving=vera, successor=vera, by=actor(), at=NOON)


def test_what_somebody_holds_in_another_town_stays_there(vera, karl, hasselgrund):
    with within(hasselgrund):
        Membership.objects.create(user=vera, role=Role.AUDITOR)
        house = Organisation.objects.create(name="Bauamt")
        Post.objects.create(organisation=house, title="Leitung", holder=vera)

    actions.hand_over(leaving=vera, successor=karl, by=actor(), at=NOON)

    with within(hasselgrund):
        assert roles_of(vera) == ["auditor"]
        assert Post.objects.get().holder == vera


def test_upper_rooms_add_their_duties(vera, post):
    @duty_source
    def bundles(person):
        yield Duty("Fragenpaket", f"Betreuung für {person.name}", due_on=NOON.date())

    try:
        assert [duty.kind for duty in duties(vera)] == ["Fragenpaket", "Rolle"]
    finally:
        _sources.remove(bundles)


def test_ones_own_duties_are_open_to_oneself_those_of_others_are_not(karl, vera):
    assert "Auditorin" in signed_in(karl).get("/auental/people/duties/").content.decode()
    assert signed_in(karl).get(f"/auental/people/persons/{vera.pk}/").status_code == 403


def test_people_of_other_towns_have_no_duties_page_here(vera):
    outsider = make_user("fremd@anderswo.example")
    assert signed_in(vera).get(f"/auental/people/persons/{outsider.pk}/").status_code == 404


def test_a_stranger_is_led_to_the_log_in_and_back(vera):
    response = Client().get("/auental/people/hand-over/")
    assert response["Location"] == "/accounts/login/?next=%2Fauental%2Fpeople%2Fhand-over%2F"
