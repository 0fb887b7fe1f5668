"""Whoever owes an answer is reminded once, kindly, in one letter; a bad night or a dead mail server loses nothing."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kommpass.adapters.holidays import is_quiet
from kommpass.agreement import actions as agreement_actions
from kommpass.audits import actions as audits
from kommpass.audits.models import JournalEntry, Procedure
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.domain.refusals import NotAllowed
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.notices.actions import Outcome, send_due_reminders
from kommpass.notices.models import SentReminder
from kommpass.notices.queries import due_reminders
from kommpass.stocktaking import actions as stocktaking
from kommpass.town_hall.actions import issue_link
from tests.conftest import actor, open_only, queries_of
from tests.notices.builders import KOMMPASS, NOW, bundle, days, measure_asked, mondays, remind, sent_on

pytestmark = pytest.mark.django_db


class DeadMailServer(EmailBackend):
    """Refuses everything."""

    def send_messages(self, messages):
        raise OSError("connection refused")


@pytest.fixture(autouse=True)
def a_working_monday(monkeypatch):
    """The command asks the clock of the machine: it shall not stand on a weekend."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def test_nothing_is_sent_when_nothing_is_due(procedure, youth_office, capsys):
    bundle(procedure, youth_office, due_in=15)
    assert remind() == Outcome()
    call_command("remind")
    assert mail.outbox == [] and capsys.readouterr().out == ""
    assert not SentReminder.objects.exists()


def test_a_bundle_is_reminded_once_before_and_once_after_its_day(procedure, youth_office):
    bundle(procedure, youth_office, due_in=14)
    assert sent_on(0, 0, 1, 14, 15, 15, 32) == [1, 0, 0, 0, 1, 0, 0]
    assert [each.kind for each in SentReminder.objects.order_by("pk")] == ["bundle_due", "bundle_overdue"]
    assert all("Paket 0" in letter.body for letter in mail.outbox)


def test_a_missed_night_loses_no_reminder(procedure, youth_office):
    bundle(procedure, youth_office, due_in=14)
    assert sent_on(9) == [1]


def test_a_new_day_for_the_same_bundle_is_reminded_again(procedure, youth_office):
    found = bundle(procedure, youth_office, due_in=3)
    remind()
    found.due_on = timezone.localdate(NOW) + days(10)
    found.save()
    assert sent_on(2) == [1]


def test_one_letter_for_all_that_one_address_owes(procedure, youth_office, provider):
    bundle(procedure, youth_office, due_in=3)
    bundle(procedure, youth_office, due_in=-2, place=1)
    bundle(procedure, provider, due_in=3, place=2, email="info@kinderschutzbund.example")
    measure_asked(procedure, youth_office)
    assert remind().sent == 2
    letters = {letter.to[0]: letter.body for letter in mail.outbox}
    assert set(letters) == {"jugendamt@auental.example", "info@kinderschutzbund.example"}
    for words in ("Paket 0", "Paket 1", "war fällig am", "1 Maßnahme für Jugendamt"):
        assert words in letters["jugendamt@auental.example"]
    assert (
        "Paket 2" in letters["info@kinderschutzbund.example"]
        and "Paket 0" not in letters["info@kinderschutzbund.example"]
    )


def test_the_link_in_the_letter_opens_the_bundle(procedure, youth_office, client):
    bundle(procedure, youth_office, due_in=3)
    remind()
    url = next(line.strip() for line in mail.outbox[0].body.splitlines() if "http" in line)
    assert client.get(url.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_what_was_handed_in_is_not_reminded(procedure, youth_office):
    found = bundle(procedure, youth_office, due_in=3)
    type(found).objects.filter(pk=found.pk).update(state="submitted", submitted_at=NOW)
    assert remind() == Outcome()


def test_who_was_written_to_today_is_reminded_tomorrow(procedure, youth_office):
    found = bundle(procedure, youth_office, due_in=3)
    stocktaking.remind_bundle(bundle=found, by=actor(), at=NOW)
    assert sent_on(0, 1) == [0, 1]


def test_a_bundle_without_any_address_is_left_to_the_coordination(procedure, youth_office):
    youth_office.email = ""
    youth_office.save()
    bundle(procedure, youth_office, due_in=3, email="")
    assert remind() == Outcome()


def test_measures_are_reminded_a_week_after_the_question_and_once(procedure, provider):
    measure = measure_asked(procedure, provider, days_ago=6)
    assert sent_on(0, 1, 2) == [0, 1, 0]
    letter = mail.outbox[0]
    assert letter.to == ["info@kinderschutzbund.example"] and "/auental/agreement/own/" in letter.body
    agreement_actions.answer_measure(
        measure=measure, accepted=True, by=actor(Role.PROVIDER, organisations=[provider]), at=NOW
    )
    assert remind(NOW + days(30)) == Outcome()


def test_the_letter_about_measures_uses_the_link_that_was_sent_before(procedure, provider, client):
    measure_asked(procedure, provider)
    issue_link(
        organisation=provider, purpose="measures", subject=0, email="leitung@kinderschutzbund.example",
        url_name="agreement:own-by-link", subject_line="Bitte bestätigen", text="Bitte", by=actor(), at=NOW - days(8),
    )  # fmt: skip
    remind()
    assert mail.outbox[0].to == ["leitung@kinderschutzbund.example"]
    url = next(line.strip() for line in mail.outbox[0].body.splitlines() if "http" in line)
    assert client.get(url.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_a_dead_mail_server_leaves_the_ledger_empty_and_the_next_run_sends(procedure, youth_office, settings, capsys):
    bundle(procedure, youth_office, due_in=3)
    alive, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.DeadMailServer"
    with pytest.raises(CommandError, match="Nicht gesendete Erinnerungen: 1"):
        call_command("remind")
    assert not SentReminder.objects.exists() and not JournalEntry.objects.filter(action="reminder.send").exists()
    settings.EMAIL_BACKEND = alive
    call_command("remind")
    assert len(mail.outbox) == 1
    assert capsys.readouterr().out == "Auental: gesendete Erinnerungen: 1\n"


def test_a_run_that_was_killed_half_way_is_taken_up_after_an_hour(procedure, youth_office):
    found = bundle(procedure, youth_office, due_in=3)
    SentReminder.objects.create(
        kind="bundle_due", subject=found.pk, recipient=found.email, due_on=found.due_on, claimed_at=NOW
    )
    later = [remind(NOW + timedelta(minutes=minutes)).sent for minutes in (5, 61, 130)]
    assert later == [0, 1, 0]


def test_the_journal_says_what_was_reminded_and_names_no_address(procedure, youth_office):
    found = bundle(procedure, youth_office, due_in=3)
    remind()
    entry = JournalEntry.objects.get(action="reminder.send")
    assert (entry.actor_name, entry.via) == ("Kommpass", "command")
    assert entry.details == {
        "reminders": [{"kind": "bundle_due", "subject": found.pk, "due_on": found.due_on.isoformat()}]
    }


def test_a_resting_procedure_reminds_nobody(procedure, youth_office):
    bundle(procedure, youth_office, due_in=3)
    audits.pause_procedure(procedure=procedure, reason="Haushaltssperre", by=actor(), at=NOW)
    call_command("remind")
    assert remind() == Outcome() and mail.outbox == []


def test_when_the_stocktaking_is_over_its_bundles_are_left_alone(procedure, youth_office):
    bundle(procedure, youth_office, due_in=-3)
    open_only(procedure, Stage.COUNCIL)
    assert remind() == Outcome()


def test_only_the_coordination_and_the_command_may_remind():
    with pytest.raises(NotAllowed):
        send_due_reminders(by=actor(Role.AUDITOR), at=NOW)


def test_the_command_goes_through_every_town_by_itself(procedure, youth_office, hasselgrund):
    bundle(procedure, youth_office, due_in=3)
    call_command("remind")
    assert [letter.to for letter in mail.outbox] == [["jugendamt@auental.example"]]
    with within(hasselgrund):
        assert not SentReminder.objects.exists()


def test_ten_bundles_cost_as_many_queries_as_one(procedure, youth_office):
    counted = []
    for place in range(10):
        bundle(procedure, youth_office, due_in=3, place=place)
        if place in (0, 9):
            with CaptureQueriesContext(connection) as captured:
                assert len(due_reminders(KOMMPASS, NOW)) == place + 1
            counted.append(queries_of(captured))
    assert counted[0] == counted[1] < 25


def test_the_subject_says_how_many_things_wait_and_the_lines_stand_under_headings(procedure, youth_office):
    bundle(procedure, youth_office, due_in=3)
    remind()
    bundle(procedure, youth_office, due_in=0, place=1)
    bundle(procedure, youth_office, due_in=-2, place=2)
    measure_asked(procedure, youth_office)
    remind()
    assert [letter.subject for letter in mail.outbox] == [
        "Erinnerung zum Audit in Auental: 1 Sache wartet auf Sie",
        "Erinnerung zum Audit in Auental: 3 Sachen warten auf Sie",
    ]
    lines = [line for line in mail.outbox[1].body.splitlines() if line and "http" not in line]
    assert [line.split(":")[0] for line in lines[2:7]] == [
        "Fragen, die auf Ihre Antwort warten",
        "- Fragenpaket „Paket 2“ (Jugendamt)",
        "- Fragenpaket „Paket 1“ (Jugendamt)",
        "Maßnahmen, die Sie übernehmen sollen",
        f"- 1 Maßnahme für Jugendamt, gefragt am {(NOW - days(8)):%d.%m.%Y}",
    ]
    assert lines[4].endswith("fällig heute, noch 1 Frage offen")


def test_nobody_is_written_to_on_a_weekend_and_nothing_is_lost(procedure, youth_office):
    """What falls due on a Saturday is reminded on the Monday after it."""
    bundle(procedure, youth_office, due_in=19)
    assert sent_on(4, 5, 6, 7, 8) == [0, 0, 0, 1, 0]


def test_a_holiday_of_the_own_state_is_quiet_and_one_of_another_is_not(auental, procedure, youth_office):
    bundle(procedure, youth_office, due_in=3)
    corpus_christi = next(
        monday + days(3)
        for monday in mondays()
        if is_quiet(monday.date() + days(3), "NW") and not is_quiet(monday.date() + days(3), "BE")
    )
    assert remind(corpus_christi).sent == 0
    Municipality.objects.filter(pk=auental.pk).update(state="BE")
    auental.refresh_from_db()
    assert remind(corpus_christi).sent == 1


def test_two_schemes_at_once_share_one_letter_that_names_the_procedure(procedure, youth_office):
    other = Procedure.objects.create(
        scheme_key=procedure.scheme_key, scheme_version=procedure.scheme_version, scheme_digest=procedure.scheme_digest,
        round=7, rung="basic", title="Das andere Siegel", started_at=NOW,
    )  # fmt: skip
    for phase in procedure.phases.all():
        other.phases.create(key=phase.key, position=phase.position, opened_at=NOW)
    bundle(procedure, youth_office, due_in=3)
    stocktaking.create_bundle(
        procedure=other, organisation=youth_office, title="Paket X", question_keys=[other.scheme.questions[0].key],
        due_on=timezone.localdate(NOW) + days(3), email="jugendamt@auental.example", by=actor(), at=NOW - days(20),
    )  # fmt: skip
    assert remind().sent == 1 and remind().sent == 0
    (letter,) = mail.outbox
    assert "Paket 0" in letter.body and "(Audit Auental)" in letter.body and "(Das andere Siegel)" in letter.body
    told = JournalEntry.objects.filter(action="reminder.send").order_by("sequence")
    assert [each.procedure for each in told] == [other, procedure]


def test_a_town_that_cannot_be_read_does_not_silence_the_others(procedure, youth_office, hasselgrund, capsys):
    bundle(procedure, youth_office, due_in=3)
    with within(hasselgrund):
        Procedure.objects.create(
            scheme_key="verloren", scheme_version="1", scheme_digest="0" * 64, rung="basic", title="Verloren",
            started_at=NOW,
        ).phases.create(key="x", position=1, opened_at=NOW)  # fmt: skip
    Municipality.objects.filter(pk=hasselgrund.pk).update(name="Aaa")
    with pytest.raises(CommandError, match="Ohne Erinnerungen wegen eines Fehlers: Aaa"):
        call_command("remind")
    assert capsys.readouterr().out == "Auental: gesendete Erinnerungen: 1\n"
