"""Everybody's calendar: a secret address that is told once, and behind it all deadlines of a person in all towns."""

import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from kommpass.audits import actions as audits
from kommpass.audits.models import Procedure
from kommpass.config.quiet_log import WithoutTokens
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed
from kommpass.implementation import actions as implementation
from kommpass.municipalities.scope import within
from kommpass.notices import actions
from kommpass.people.models import CalendarKey, Invitation, Membership, User
from kommpass.people.queries import actor as actor_of
from kommpass.stocktaking import actions as stocktaking
from kommpass.town_hall.actions.invitations import digest
from tests.agreement import builders as agreed
from tests.conftest import actor, make_user, member, queries_of, signed_in
from tests.notices.builders import status_round

pytestmark = pytest.mark.django_db
PAGE = "/accounts/calendar/"


def in_days(number: int):
    return timezone.localdate() + timedelta(days=number)


def token_of(person: User) -> str:
    return actions.make_calendar_key(person=person, by=actor_of(person), at=timezone.now())


def feed(token: str, **headers):
    return Client().get(f"/calendar/{token}/kommpass.ics", headers=headers)


def events(person: User) -> list:
    """What a calendar program reads."""
    return list(Calendar.from_ical(feed(token_of(person)).content).walk("VEVENT"))


def summaries(person: User) -> list[str]:
    return [str(each["summary"]) for each in events(person)]


def bundle(procedure, organisation, *, due_in: int, title: str = "Fragen", place: int = 0):
    return stocktaking.create_bundle(
        procedure=procedure, organisation=organisation, title=title,
        question_keys=[procedure.scheme.questions[place].key], due_on=in_days(due_in), by=actor(),
        at=timezone.now() - timedelta(days=90),
    )  # fmt: skip


@pytest.fixture
def vera(procedure) -> User:
    return member(Role.COORDINATOR, email="vera@auental.example")


@pytest.fixture
def kim(db) -> User:
    """Somebody with an account and without a town: the test stands outside of all towns, like the page."""
    return make_user("kim@verein.example", "Kim")


def address_on(page) -> str:
    """The address as the page tells it once."""
    text = page.content.decode()
    return text.split("readonly>http://127.0.0.1:8000")[1].split("<")[0] if "kommpass.ics" in text else ""


def test_the_page_is_for_people_who_are_signed_in(db):
    for method in (Client().get, Client().post):
        answer = method(PAGE)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/accounts/login/?next={PAGE}")
    assert Client().post(f"{PAGE}end/").status_code == 302


def test_an_address_is_made_told_once_and_works(kim):
    browser = signed_in(kim)
    assert "Noch hat Ihr Kalender keine Adresse" in browser.get(PAGE).content.decode()
    address = address_on(browser.post(PAGE))
    assert Client().get(address).status_code == 200
    later = browser.get(PAGE)
    assert address_on(later) == "" and "Ihr Kalender hat eine Adresse, angelegt am" in later.content.decode()
    assert address.split("/")[2] not in later.content.decode()
    assert CalendarKey.objects.get().token_digest == digest(address.split("/")[2])


def test_a_new_address_replaces_the_old_one_and_the_last_click_counts(kim):
    browser = signed_in(kim)
    first, second = address_on(browser.post(PAGE)), address_on(browser.post(PAGE))
    assert [Client().get(each).status_code for each in (first, second)] == [404, 200]
    assert CalendarKey.objects.count() == 1


def test_who_ends_the_calendar_ends_it_at_once_and_may_click_twice(kim):
    browser = signed_in(kim)
    address = address_on(browser.post(PAGE))
    for _click in range(2):
        answer = browser.post(f"{PAGE}end/", follow=True)
        assert answer.redirect_chain == [(PAGE, 302)]
        assert "Die Adresse Ihres Kalenders gilt nicht mehr." in answer.content.decode()
    assert Client().get(address).status_code == 404
    assert not CalendarKey.objects.exists()


def test_nobody_makes_or_ends_the_calendar_of_somebody_else(vera):
    token = token_of(vera)
    other = actor_of(make_user("ulf@auental.example", "Ulf"))
    for action in (actions.make_calendar_key, actions.end_calendar_key):
        with pytest.raises(NotAllowed, match="Einen Kalender legt jede Person nur für sich selbst an"):
            action(person=vera, by=other, at=timezone.now())
    assert feed(token).status_code == 200


@pytest.mark.parametrize("token", ["x", "0" * 64, "ä" * 50, "%00", "..", "a" * 5000, "' OR 1=1 --"])
def test_an_address_that_nobody_made_does_not_exist(vera, token):
    token_of(vera)
    assert feed(token).status_code == 404


def test_the_digest_is_no_key(vera):
    assert feed(digest(token_of(vera))).status_code == 404


def test_who_may_not_sign_in_any_more_has_no_calendar(vera):
    token = token_of(vera)
    User.objects.filter(pk=vera.pk).update(is_active=False)
    assert feed(token).status_code == 404


def test_the_feed_is_a_private_file_without_cookies_that_is_sent_only_when_it_changed(vera, procedure, youth_office):
    token = token_of(vera)
    answer = feed(token)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert not answer.cookies
    same = feed(token, if_none_match=answer.headers["ETag"])
    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", answer.headers["ETag"])
    bundle(procedure, youth_office, due_in=9)
    assert feed(token, if_none_match=answer.headers["ETag"]).status_code == 200


def test_the_feed_can_only_be_read(vera):
    path = f"/calendar/{token_of(vera)}/kommpass.ics"
    assert [getattr(Client(), verb)(path).status_code for verb in ("post", "put", "delete")] == [405] * 3


def test_the_language_of_the_program_changes_nothing(vera, procedure, youth_office):
    bundle(procedure, youth_office, due_in=9)
    token = token_of(vera)
    assert feed(token).content == feed(token, accept_language="en").content


def test_when_nothing_is_due_the_calendar_is_empty_and_valid(vera):
    assert events(vera) == []
    assert "Ihr Kalender ist leer und füllt sich von selbst." in signed_in(vera).get(PAGE).content.decode()


def test_an_entry_says_what_is_due_whom_it_concerns_and_where(vera, procedure, youth_office):
    found = bundle(procedure, youth_office, due_in=9, title="Kita, Größe; Plätze")
    (event,) = events(vera)
    link = f"http://127.0.0.1:8000/auental/stocktaking/bundle/{found.pk}/"
    assert (str(event["summary"]), event.decoded("dtstart")) == (
        "Auental: Fragenpaket „Kita, Größe; Plätze“ beantworten", in_days(9),
    )  # fmt: skip
    assert (str(event["description"]), str(event["url"])) == (f"Jugendamt\n{link}", link)
    assert event["categories"].cats == ["Auental", "Frist"]


def test_what_is_overdue_stays_and_says_so(vera, procedure, youth_office):
    bundle(procedure, youth_office, due_in=-3)
    assert summaries(vera) == ["Überfällig: Auental: Fragenpaket „Fragen“ beantworten"]


def test_an_entry_keeps_its_mark_while_its_words_change(vera, procedure, youth_office):
    round_ = status_round(procedure, youth_office, due_in=60)
    before = {str(each["uid"]): str(each["summary"]) for each in events(vera) if "Sachstand" in each["summary"]}
    first = round_.asked.select_related("measure__agreement__procedure").first()
    implementation.report_progress(
        round=round_, measure=first.measure, state="done", light="green", by=actor(), at=timezone.now()
    )
    after = {str(each["uid"]): str(each["summary"]) for each in events(vera) if "Sachstand" in each["summary"]}
    assert before.keys() == after.keys() and before != after
    assert list(after.values()) == ["Auental: Sachstand melden: noch 1 von 2 Maßnahmen"]


def test_a_measure_that_is_done_is_due_no_more(vera, procedure, youth_office):
    round_ = status_round(procedure, youth_office, due_in=60)
    measures = [each for each in summaries(vera) if "1.1." in each]
    assert len(measures) == 2
    for asked, state in zip(
        round_.asked.select_related("measure__agreement__procedure"), ("done", "in_progress"), strict=True
    ):
        implementation.report_progress(
            round=round_, measure=asked.measure, state=state, light="green", by=actor(), at=timezone.now()
        )
    assert [each for each in summaries(vera) if "1.1." in each] == measures[1:]


def test_no_two_entries_share_a_mark(vera, procedure, youth_office):
    for place in range(3):
        bundle(procedure, youth_office, due_in=9, place=place)
    for name in ("Kim 1", "Kim 2", "Lou"):
        Invitation.objects.create(
            email="neu@x.example", name=name, role="auditor", token_digest=digest(name),
            invited_by="Vera", invited_at=timezone.now(), expires_at=timezone.now() + timedelta(days=14),
        )  # fmt: skip
    marks = [str(each["uid"]) for each in events(vera)]
    assert len(marks) == len(set(marks)) == 6
    assert all(each.endswith("@127.0.0.1") for each in marks)


def test_everybody_finds_what_they_see_in_the_cockpit_and_nothing_else(procedure, vera, youth_office, provider):
    bundle(procedure, youth_office, due_in=9, title="Jugend")
    bundle(procedure, provider, due_in=9, title="Kinderschutz", place=1)
    office = member(Role.CONTRIBUTOR, organisation=youth_office, email="amt@auental.example")
    council = member(Role.COUNCIL_MEMBER, email="rat@auental.example")
    stranger = make_user("fremd@anderswo.example")
    own = "Auental: Fragenpaket „Jugend“ beantworten"
    assert summaries(vera) == [own, "Auental: Fragenpaket „Kinderschutz“ beantworten"]
    assert [summaries(each) for each in (office, council, stranger)] == [[own], [], []]


def test_an_auditor_has_all_towns_in_one_calendar(procedure, vera, hasselgrund, youth_office):
    aude = member(Role.AUDITOR, email="aude@verein.example")
    bundle(procedure, youth_office, due_in=9)
    with within(hasselgrund):
        Membership.objects.create(user=aude, role=Role.AUDITOR)
        other = audits.start_procedure(
            scheme_key=procedure.scheme_key, scheme_version=procedure.scheme_version, rung="basic", title="Audit",
            by=actor(), at=timezone.now(),
        )  # fmt: skip
        other.phases.filter(position=1).update(planned_until=in_days(4))
    found = events(aude)
    assert [str(each["summary"]).split(":")[0] for each in found] == ["Hasselgrund", "Auental"]
    assert "/hasselgrund/phases/" in str(found[0]["url"])
    Membership.objects.filter(user=aude).update(ended_at=timezone.now())
    assert [each.split(":")[0] for each in summaries(aude)] == ["Hasselgrund"]


def test_two_schemes_at_once_both_stand_in_the_calendar(procedure, vera):
    other = Procedure.objects.create(
        scheme_key=procedure.scheme_key, scheme_version=procedure.scheme_version, scheme_digest=procedure.scheme_digest,
        round=7, rung="basic", title="Das andere Siegel", started_at=timezone.now(),
    )  # fmt: skip
    for phase in procedure.phases.filter(position=1):
        other.phases.create(key=phase.key, position=1, opened_at=timezone.now(), planned_until=in_days(5))
    procedure.phases.filter(position=1).update(planned_until=in_days(5))
    marks = [str(each["uid"]) for each in events(vera)]
    assert len(marks) == len(set(marks)) == 2


def test_a_procedure_that_rests_is_quiet(procedure, vera, youth_office):
    bundle(procedure, youth_office, due_in=9)
    audits.pause_procedure(procedure=procedure, reason="Haushaltssperre", by=actor(), at=timezone.now())
    assert summaries(vera) == []


def test_the_page_shows_what_comes_next(vera, procedure, youth_office):
    for place in range(10):
        bundle(procedure, youth_office, due_in=9 + place, title=f"Paket {place}", place=place)
    page = signed_in(vera).get(PAGE).content.decode()
    assert "10 Fristen, hier die ersten." in page
    assert [f"Paket {place}" in page for place in range(10)] == [True] * 8 + [False] * 2


def test_the_profile_leads_to_the_calendar(kim):
    assert f'href="{PAGE}"' in signed_in(kim).get("/accounts/profile/").content.decode()


def test_the_deadlines_of_a_town_lead_to_the_calendar(vera):
    assert f'href="{PAGE}"' in signed_in(vera).get("/auental/calendar/").content.decode()


def test_the_log_holds_no_key(caplog, vera):
    token = token_of(vera)
    actions.end_calendar_key(person=vera, by=actor_of(vera), at=timezone.now())
    with caplog.at_level(logging.WARNING, "django.request"):
        feed(token)
    (entry,) = [each for each in caplog.records if each.name == "django.request"]
    WithoutTokens().filter(entry)
    assert entry.getMessage() == "Not Found: /calendar/…/kommpass.ics"


@pytest.mark.parametrize("number", [1, 50])
def test_fifty_deadlines_cost_as_many_queries_as_one(procedure, vera, youth_office, number):
    goal = agreed.goal(agreed.draft(procedure))
    for place in range(number):
        agreed.measure(goal, f"Maßnahme {place}", responsible=youth_office)
    token = token_of(vera)
    with CaptureQueriesContext(connection) as captured:
        answer = feed(token)
    assert answer.content.count(b"BEGIN:VEVENT") == number
    assert queries_of(captured) == 29
