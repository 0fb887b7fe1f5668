"""A missed night, a mail server that refuses or breaks off, a killed run, two runs at once: each reminder once."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from kommpass.audits.models import JournalEntry
from kommpass.bodies import actions as bodies
from kommpass.domain.permissions import Role
from kommpass.notices.actions import Outcome, reminding
from kommpass.notices.models import SentReminder
from tests.agreement.builders import OFFICE, council, paper
from tests.conftest import make_user, member
from tests.notices.builders import NOW, TODAY, bundle, days, remind, sent_on, status_round
from tests.notices.mail_server import ACCEPT, FORGET, HANG_UP, REFUSE, running

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def mail_server(settings):
    """A real mail server, to which everything goes."""
    with running() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@pytest.fixture
def three(procedure, youth_office):
    """Three mailboxes that owe a bundle each, and their letters of invitation out of the way."""
    for place in range(3):
        bundle(procedure, youth_office, due_in=3, place=place, email=f"amt{place}@auental.example")
    return [f"amt{place}@auental.example" for place in range(3)]


def taken(server) -> list[str]:
    return sorted(each["To"] for each in server.letters)


def test_a_letter_arrives_with_umlauts_and_asks_for_no_absence_note(procedure, youth_office, mail_server):
    bundle(procedure, youth_office, due_in=3)
    assert remind() == Outcome(sent=1)
    (letter,) = mail_server.letters
    assert (letter["To"], letter["Auto-Submitted"]) == ("jugendamt@auental.example", "auto-generated")
    assert letter["Subject"] == "Erinnerung zum Audit in Auental: 1 Sache wartet auf Sie"
    assert "Fragenpaket „Paket 0“ (Jugendamt): bitte bis zum" in letter.get_content()


def test_who_was_refused_gets_the_letter_the_next_time_and_nobody_gets_two(three, mail_server):
    mail_server.moods[:] = [ACCEPT, REFUSE, HANG_UP]
    assert remind() == Outcome(sent=1, failed=2)
    assert SentReminder.objects.count() == 1
    assert remind(NOW + MINUTE) == Outcome(sent=2)
    assert remind(NOW + 2 * MINUTE) == Outcome()
    assert taken(mail_server) == three


def test_without_any_mail_server_nothing_is_claimed(three, mail_server, settings):
    settings.EMAIL_PORT = 9  # nobody listens there
    assert remind() == Outcome(failed=3)
    assert not SentReminder.objects.exists() and not JournalEntry.objects.filter(action="reminder.send").exists()
    settings.EMAIL_PORT = mail_server.port
    assert remind(NOW + days(1)) == Outcome(sent=3)


def test_a_letter_that_was_taken_without_a_word_comes_twice_as_one_and_the_same(procedure, youth_office, mail_server):
    """Whether it arrived cannot be known: both bear the same mark, and mailboxes show them as one."""
    bundle(procedure, youth_office, due_in=3)
    mail_server.moods[:] = [FORGET]
    assert remind() == Outcome(failed=1)
    assert remind(NOW + MINUTE) == Outcome(sent=1)
    first, second = mail_server.letters
    assert first["Message-ID"] == second["Message-ID"]


def test_other_reminders_make_another_letter(procedure, youth_office, mail_server):
    bundle(procedure, youth_office, due_in=0)
    assert sent_on(0, 1) == [1, 1]
    first, second = mail_server.letters
    assert first["Message-ID"] != second["Message-ID"]


class Killed(BaseException):
    """The process is ended from outside: nothing catches it."""


class MailProgram(EmailBackend):
    """Treats the letters of a run as it is told; what it delivers stands in mail.outbox."""

    meanwhile = staticmethod(lambda: None)

    def send_messages(self, messages):
        type(self).meanwhile()
        return super().send_messages(messages)


@pytest.fixture
def meanwhile(settings, monkeypatch):
    """Say what happens between the claim of a letter and its delivery."""
    settings.EMAIL_BACKEND = f"{__name__}.MailProgram"

    def happens(deed) -> None:
        monkeypatch.setattr(MailProgram, "meanwhile", staticmethod(deed))

    return happens


def kill() -> None:
    raise Killed


def nothing() -> None:
    """The letter simply goes out."""


def test_a_run_that_is_killed_after_the_claim_is_taken_up_after_an_hour_and_not_before(three, meanwhile):
    meanwhile(kill)
    with pytest.raises(Killed):
        remind()
    assert [each.sent_at for each in SentReminder.objects.all()] == [None]
    meanwhile(nothing)
    assert [remind(NOW + minutes * MINUTE).sent for minutes in (5, 61, 62, 200)] == [2, 1, 0, 0]
    assert sorted(letter.to[0] for letter in mail.outbox) == three


def test_a_second_run_that_begins_while_the_first_one_sends_takes_what_is_left(three, meanwhile):
    outcomes = []

    def again() -> None:
        meanwhile(nothing)
        outcomes.append(remind())

    meanwhile(again)
    outcomes.append(remind())
    assert outcomes == [Outcome(sent=2), Outcome(sent=1)]
    assert sorted(letter.to[0] for letter in mail.outbox) == three


def test_a_slow_mail_server_makes_no_claim_look_abandoned(three, meanwhile, monkeypatch):
    """A run of more than an hour: each claim bears the moment at which it was made."""
    monkeypatch.setattr(reminding, "monotonic", iter([0.0, 1.0, 2000.0, 4000.0]).__next__)
    remind()
    claims = SentReminder.objects.order_by("claimed_at").values_list("claimed_at", flat=True)
    assert [(each - NOW).seconds for each in claims] == [1, 2000, 4000]


HEAD, DEPUTY, LEAD = "leitung@auental.example", "vertretung@auental.example", "vera@auental.example"


@pytest.fixture
def a_month_with_everything(procedure, youth_office, post):
    """A status round due on the second Wednesday, a paper due on the third Monday, and all who hear of it."""
    post.holder, post.deputy = make_user(HEAD, "Lea Leitung"), make_user(DEPUTY, "Veit Vertretung")
    post.save()
    member(Role.COORDINATOR, email=LEAD)
    status_round(procedure, youth_office, due_in=9, post=post)
    bodies.add_station(
        paper=paper(procedure, "0200/2026"), body=council("Hauptausschuss"), role="decision",
        meeting_on=TODAY + days(14 + 21), by=OFFICE, at=NOW,
    )  # fmt: skip


def good(at, meanwhile) -> None:
    meanwhile(nothing)
    remind(at)


def missed(at, meanwhile) -> None:
    """Nothing runs that night."""


def twice(at, meanwhile) -> None:
    good(at, meanwhile)
    good(at, meanwhile)


def refused(at, meanwhile) -> None:
    meanwhile(refuse)
    remind(at)


def refuse() -> None:
    raise OSError("the mail server is down")


def every_other(at, meanwhile) -> None:
    """One letter goes out, the next one is refused, and so on."""
    calls = []

    def now_and_then() -> None:
        calls.append(1)
        if len(calls) % 2 == 0:
            refuse()

    meanwhile(now_and_then)
    remind(at)


def killed(at, meanwhile) -> None:
    meanwhile(kill)
    try:
        remind(at)
    except Killed:
        return


def killed_and_soon_again(at, meanwhile) -> None:
    killed(at, meanwhile)
    good(at + 5 * MINUTE, meanwhile)


NIGHTS = some.lists(
    some.sampled_from([good, missed, twice, refused, every_other, killed, killed_and_soon_again]), max_size=26
)


@given(NIGHTS)
@example([missed] * 26)
@example([killed] * 26)
@example([twice] * 26)
@example([killed, good] * 13)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_at_night_each_reminder_goes_out_once(a_month_with_everything, meanwhile, nights):
    with transaction.atomic():
        mail.outbox.clear()
        for day, night in enumerate(nights):
            night(NOW + days(day), meanwhile)
        good(NOW + days(28), meanwhile)
        _each_once(nights)
        before = len(mail.outbox)
        twice(NOW + days(29), meanwhile)
        assert len(mail.outbox) == before
        transaction.set_rollback(True)


def _each_once(nights: list) -> None:
    entries = JournalEntry.objects.filter(action="reminder.send")
    told = [each for entry in entries.order_by("sequence") for each in entry.details["reminders"]]
    counted = Counter(each["kind"] for each in told)
    # Nobody was written to without an entry in the ledger and in the journal, and nothing stands there twice.
    assert len(mail.outbox) == entries.count()
    assert not SentReminder.objects.filter(sent_at=None).exists()
    assert SentReminder.objects.count() == len(told) == len({tuple(sorted(each.items())) for each in told})
    # What is still open in the end was told; what was only to be told before its day, if a run could do it in time.
    assert counted["status_overdue"] == counted["status_deputy"] == counted["status_lead"] == 1
    in_time = any(night in (good, twice) for day, night in enumerate(nights) if day < 9 and day % 7 < 5)
    assert counted["status_due"] == 1 if in_time else counted["status_due"] <= 1
    assert 1 <= counted["deadline"] <= 2
    if any(night in (good, twice) for day, night in enumerate(nights) if day < 15 and day % 7 < 5):
        assert counted["deadline"] == 2
