"""A status round reminds by itself: whoever owes an answer, then the deputy, at last the coordination; each once."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.implementation import actions as implementation
from kommpass.implementation.models import StatusRequest
from kommpass.notices.models import SentReminder
from kommpass.notices.queries import due_reminders
from kommpass.people.addresses import absolute, in_town
from kommpass.people.links import open_link
from kommpass.people.models import ContributionLink, Organisation, Post, User
from tests.conftest import actor, make_user, member, open_only, queries_of
from tests.notices.builders import KOMMPASS, NOW, TODAY, answer_all, days, remind, sent_on, status_round

pytestmark = pytest.mark.django_db
HEAD, DEPUTY, LEAD = "leitung@auental.example", "vertretung@auental.example", "vera@auental.example"


@pytest.fixture
def held(post) -> Post:
    """The post with a holder, who is asked, and a deputy."""
    post.holder, post.deputy = make_user(HEAD, "Lea Leitung"), make_user(DEPUTY, "Veit Vertretung")
    post.save()
    return post


def letters() -> list[tuple[str, str]]:
    """To whom, and under which heading the first line stands."""
    return [(each.to[0], each.body.split("Sie.\n\n")[1].split("\n")[0]) for each in mail.outbox]


def ledger() -> list[tuple[str, str]]:
    return list(SentReminder.objects.order_by("pk").values_list("kind", "recipient"))


def offices(number: int) -> list[Organisation]:
    return [
        Organisation.objects.create(name=f"Amt {each}", email=f"amt{each}@auental.example") for each in range(number)
    ]


def test_whoever_owes_an_answer_is_reminded_before_and_on_the_day(procedure, youth_office):
    status_round(procedure, youth_office, due_in=14)
    assert sent_on(0, 0, 1, 11, 14, 14, 15) == [1, 0, 0, 0, 1, 0, 0]
    assert ledger() == [("status_due", youth_office.email), ("status_overdue", youth_office.email)]
    assert letters() == [(youth_office.email, "Wie weit sind Ihre Maßnahmen?")] * 2
    assert f"- Stand von 2 Maßnahmen (Jugendamt): bitte bis zum {TODAY + days(14):%d.%m.%Y}" in mail.outbox[0].body
    assert "- Stand von 2 Maßnahmen (Jugendamt): fällig heute" in mail.outbox[1].body


def test_the_line_leads_to_the_newest_link_that_opens(procedure, youth_office):
    round_ = status_round(procedure, youth_office, due_in=3)
    implementation.ask_owners(round=round_, requests=round_.requests.all(), by=actor(), at=NOW - days(10))
    remind()
    url = next(line.strip() for line in mail.outbox[0].body.splitlines() if "http" in line)
    token = url.rstrip("/").rpartition("/")[2]
    assert url.startswith(absolute(in_town("implementation:by-link", "x")).removesuffix("x/"))
    assert open_link(token, "progress", NOW).issued_at == NOW - days(10)
    assert "Für persönliche Links brauchen Sie kein Konto" in mail.outbox[0].body


def test_when_the_link_has_expired_the_line_leads_to_the_account(procedure, youth_office):
    status_round(procedure, youth_office, due_in=3)
    ContributionLink.objects.update(expires_at=NOW)
    remind()
    assert "Bitte melden Sie sich mit Ihrem Konto an" in mail.outbox[0].body
    assert mail.outbox[0].to == [youth_office.email]


def test_who_has_answered_is_not_reminded(procedure, youth_office):
    answer_all(status_round(procedure, youth_office, due_in=3))
    assert sent_on(0, 3, 10, 17) == [0, 0, 0, 0]


def test_who_has_answered_in_part_is_told_how_much_is_missing(procedure, youth_office):
    round_ = status_round(procedure, youth_office, due_in=3)
    first = round_.asked.select_related("measure__agreement__procedure").first()
    implementation.report_progress(
        round=round_, measure=first.measure, state="done", light="green", by=actor(), at=NOW - days(1)
    )
    remind()
    assert "- Stand von 1 Maßnahme (Jugendamt): bitte bis zum" in mail.outbox[0].body


def test_nobody_is_reminded_who_was_not_asked_yet(procedure, youth_office):
    status_round(procedure, youth_office, due_in=3, ask=False)
    assert sent_on(0, 3, 10, 17) == [0, 0, 0, 0]


def test_who_was_asked_is_left_in_peace_for_a_week(procedure, youth_office):
    status_round(procedure, youth_office, due_in=14, asked_in=0)
    assert sent_on(1, 4, 7) == [0, 0, 1]


def test_who_was_asked_after_the_day_has_a_week_too_before_anything_goes_on(procedure, youth_office, held):
    member(Role.COORDINATOR, email=LEAD)
    round_ = status_round(procedure, youth_office, due_in=-10, asked_in=-20, post=held, ask=False)
    implementation.ask_owners(round=round_, requests=round_.requests.all(), by=actor(), at=NOW)
    assert sent_on(1, 4, 7, 11, 14, 18, 21) == [0, 0, 1, 0, 1, 0, 1]
    assert [to for to, _heading in letters()] == [HEAD, DEPUTY, LEAD]


def test_a_week_later_the_deputy_hears_of_it_and_two_weeks_later_the_coordination(procedure, youth_office, held):
    member(Role.COORDINATOR, email=LEAD)
    status_round(procedure, youth_office, due_in=0, post=held)
    assert sent_on(0, 4, 7, 8, 14, 15, 32) == [1, 0, 1, 0, 1, 0, 0]
    assert letters() == [
        (HEAD, "Wie weit sind Ihre Maßnahmen?"),
        (DEPUTY, "In Vertretung: Wie weit sind diese Maßnahmen?"),
        (LEAD, "Statusrunde: Wer noch nicht geantwortet hat"),
    ]
    assert "(Lea Leitung): war fällig am" in mail.outbox[1].body
    line = f"- „Sachstand“, erbeten bis zum {TODAY:%d.%m.%Y}: Es fehlen noch Antworten von Lea Leitung"
    assert line in mail.outbox[2].body


def test_a_run_after_three_weeks_without_any_sends_everything_once(procedure, youth_office, held):
    member(Role.COORDINATOR, email=LEAD)
    status_round(procedure, youth_office, due_in=0, post=held)
    assert sent_on(21, 21, 22) == [3, 0, 0]


@pytest.mark.parametrize("nobody", ["none", "gone", "asked already"])
def test_without_another_person_as_deputy_there_is_no_letter_to_one(procedure, youth_office, held, nobody):
    status_round(procedure, youth_office, due_in=0, post=held)
    if nobody == "none":
        Post.objects.update(deputy=None)
    elif nobody == "gone":
        User.objects.filter(email=DEPUTY).update(is_active=False)
    else:
        StatusRequest.objects.update(email=DEPUTY)
        ContributionLink.objects.update(email=DEPUTY)
    assert sent_on(0, 7, 14) == [1, 0, 0]


def test_the_coordination_gets_one_line_for_the_whole_round(procedure):
    member(Role.COORDINATOR, email=LEAD)
    round_ = status_round(procedure, *offices(7), due_in=0)
    assert sent_on(0, 14) == [7, 1]
    letter = mail.outbox[-1]
    (line,) = [each for each in letter.body.splitlines() if each.startswith("- ")]
    assert line.endswith("Amt 0, Amt 1, Amt 2, Amt 3, Amt 4 und 2 weitere")
    assert letter.to == [LEAD] and absolute(round_.get_absolute_url()) in letter.body


def test_when_the_round_is_closed_nobody_is_reminded_any_more(procedure, youth_office):
    round_ = status_round(procedure, youth_office, due_in=0)
    implementation.close_round(round=round_, by=actor(), at=NOW)
    assert sent_on(0, 7, 14) == [0, 0, 0]


def test_a_phase_without_rounds_expects_no_answer(procedure, youth_office):
    status_round(procedure, youth_office, due_in=0)
    open_only(procedure, Stage.TARGETING)
    assert sent_on(0, 7) == [0, 0]


@pytest.mark.parametrize("number", [1, 50])
def test_fifty_who_owe_cost_as_many_queries_as_one(procedure, number):
    status_round(procedure, *offices(number), due_in=0)
    with CaptureQueriesContext(connection) as captured:
        assert len(due_reminders(KOMMPASS, NOW)) == number
    assert queries_of(captured) == 14
