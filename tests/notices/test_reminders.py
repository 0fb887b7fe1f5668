"""Whoever owes an answer is reminded once, kindly, in one letter; a bad night or a dead mail server loses nothing."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone

from kommpass.agreement import actions as agreement_actions
from kommpass.audits import actions as audits
from kommpass.audits.models import JournalEntry
from kommpass.domain.permissions import Actor, Role
from kommpass.domain.phases import Stage
from kommpass.domain.refusals import NotAllowed
from kommpass.municipalities.scope import within
from kommpass.notices.actions import Outcome, send_due_reminders
from kommpass.notices.models import SentReminder
from kommpass.notices.queries import due_reminders
from kommpass.stocktaking import actions as stocktaking
from kommpass.town_hall.actions import issue_link
from tests.conftest import actor, open_only

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(hour=11)
TODAY = timezone.localdate(NOW)
KOMMPASS = Actor(id=0, name="Kommpass", roles=frozenset({Role.COORDINATOR}), via="command")


class DeadMailServer(EmailBackend):
    """Refuses everything."""

    def send_messages(self, messages):
        raise OSError("connection refused")


def days(number: int) -> timedelta:
    return timedelta(days=number)


def bundle(procedure, organisation, *, due_in: int, place: int = 0, email: str = "jugendamt@auental.example"):
    """A bundle with one question, asked twenty days ago."""
    asked = NOW - days(20)
    return stocktaking.create_bundle(
        procedure=procedure, organisation=organisation, title=f"Paket {place}",
        question_keys=[procedure.scheme.questions[place].key], due_on=TODAY + days(due_in), email=email,
        by=actor(), at=asked,
    )  # fmt: skip


def measure_asked(procedure, organisation, *, days_ago: int = 8, title: str = "Familienbüro"):
    by = {"by": actor(), "at": NOW - days(days_ago)}
    agreement = agreement_actions.open_agreement(procedure=procedure, **by)
    field = procedure.fields.first()
    goal = agreement_actions.add_goal(agreement=agreement, field=field, title="Ein Ort", **by)
    measure = agreement_actions.add_measure(goal=goal, changes={"title": title, "responsible": organisation}, **by)
    agreement_actions.ask_owners(agreement=agreement, organisations=[organisation], **by)
    return measure


def remind(procedure, at=NOW) -> Outcome:
    return send_due_reminders(procedure=procedure, by=KOMMPASS, at=at)


def test_nothing_is_sent_when_nothing_is_due(procedure, youth_office, capsys):
    bundle(procedure, youth_office, due_in=15)
    assert remind(procedure) == Outcome()
    call_command("remind")
    assert mail.outbox == [] and capsys.readouterr().out == ""
    assert not SentReminder.objects.exists()


def test_a_bundle_is_reminded_once_before_and_once_after_its_day(procedure, youth_office):
    bundle(procedure, youth_office, due_in=14)
    outcomes = [remind(procedure, NOW + days(number)) for number in (0, 0, 1, 14, 15, 15, 40)]
    assert [each.sent for each in outcomes] == [1, 0, 0, 0, 1, 0, 0]
    assert [each.kind for each in SentReminder.objects.order_by("pk")] == ["bundle_due", "bundle_overdue"]
    assert all("Paket 0" in letter.body for letter in mail.outbox)


def test_a_missed_night_loses_no_reminder(procedure, youth_office):
    bundle(procedure, youth_office, due_in=14)
    assert remind(procedure, NOW + days(9)).sent == 1


def test_a_new_day_for_the_same_bundle_is_reminded_again(procedure, youth_office):
    found = bundle(procedure, youth_office, due_in=3)
    remind(procedure)
    found.due_on = TODAY + days(10)
    found.save()
    assert remind(procedure, NOW + days(2)).sent == 1


def test_one_letter_for_all_that_one_address_owes(procedure, youth_office, provider):
    bundle(procedure, youth_office, due_in=3)
    bundle(procedure, youth_office, due_in=-2, place=1)
    bundle(procedure, provider, due_in=3, place=2, email="info@kinderschutzbund.example")
    measure_asked(procedure, youth_office)
    assert remind(procedure).sent == 2
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
    remind(procedure)
    url = next(line.strip() for line in mail.outbox[0].body.splitlines() if "http" in line)
    assert client.get(url.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_what_was_handed_in_is_not_reminded(procedure, youth_office):
    found = bundle(procedure, youth_office, due_in=3)
    type(found).objects.filter(pk=found.pk).update(state="submitted", submitted_at=NOW)
    assert remind(procedure) == Outcome()


def test_who_was_written_to_today_is_reminded_tomorrow(procedure, youth_office):
    found = bundle(procedure, youth_office, due_in=3)
    stocktaking.remind_bundle(bundle=found, by=actor(), at=NOW)
    assert [remind(procedure, NOW + days(number)).sent for number in (0, 1)] == [0, 1]


def test_a_bundle_without_any_address_is_left_to_the_coordination(procedure, youth_office):
    youth_office.email = ""
    youth_office.save()
    bundle(procedure, youth_office, due_in=3, email="")
    assert remind(procedure) == Outcome()


def test_measures_are_reminded_a_week_after_the_question_and_once(procedure, provider):
    measure = measure_asked(procedure, provider, days_ago=6)
    assert [remind(procedure, NOW + days(number)).sent for number in (0, 1, 2)] == [0, 1, 0]
    letter = mail.outbox[0]
    assert letter.to == ["info@kinderschutzbund.example"] and "/auental/agreement/own/" in letter.body
    agreement_actions.answer_measure(
        measure=measure, accepted=True, by=actor(Role.PROVIDER, organisations=[provider]), at=NOW
    )
    assert remind(procedure, NOW + days(30)) == Outcome()


def test_the_letter_about_measures_uses_the_link_that_was_sent_before(procedure, provider, client):
    measure_asked(procedure, provider)
    issue_link(
        organisation=provider, purpose="measures", subject=0, email="leitung@kinderschutzbund.example",
        url_name="agreement:own-by-link", subject_line="Bitte bestätigen", text="Bitte", by=actor(), at=NOW - days(8),
    )  # fmt: skip
    remind(procedure)
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
    later = [remind(procedure, NOW + timedelta(minutes=minutes)).sent for minutes in (5, 61, 130)]
    assert later == [0, 1, 0]


def test_the_journal_says_what_was_reminded_and_names_no_address(procedure, youth_office):
    found = bundle(procedure, youth_office, due_in=3)
    remind(procedure)
    entry = JournalEntry.objects.get(action="reminder.send")
    assert (entry.actor_name, entry.via) == ("Kommpass", "command")
    assert entry.details == {
        "reminders": [{"kind": "bundle_due", "subject": found.pk, "due_on": found.due_on.isoformat()}]
    }


def test_a_resting_procedure_reminds_nobody(procedure, youth_office):
    bundle(procedure, youth_office, due_in=3)
    audits.pause_procedure(procedure=procedure, reason="Haushaltssperre", by=actor(), at=NOW)
    call_command("remind")
    assert mail.outbox == []
    with pytest.raises(NotAllowed):
        remind(procedure)


def test_when_the_stocktaking_is_over_its_bundles_are_left_alone(procedure, youth_office):
    bundle(procedure, youth_office, due_in=-3)
    open_only(procedure, Stage.COUNCIL)
    assert remind(procedure) == Outcome()


def test_only_the_coordination_and_the_command_may_remind(procedure):
    with pytest.raises(NotAllowed):
        send_due_reminders(procedure=procedure, by=actor(Role.AUDITOR), at=NOW)


def test_the_command_goes_through_every_town_by_itself(procedure, youth_office, hasselgrund):
    bundle(procedure, youth_office, due_in=3)
    call_command("remind")
    assert [letter.to for letter in mail.outbox] == [["jugendamt@auental.example"]]
    with within(hasselgrund):
        assert not SentReminder.objects.exists()


def test_ten_bundles_cost_as_many_queries_as_one(procedure, youth_office, django_assert_num_queries):
    bundle(procedure, youth_office, due_in=3)
    procedure.forget()
    with django_assert_num_queries(5):
        due_reminders(procedure, KOMMPASS, NOW)
    for place in range(1, 10):
        bundle(procedure, youth_office, due_in=3, place=place)
    procedure.forget()
    with django_assert_num_queries(5):
        due_reminders(procedure, KOMMPASS, NOW)
