"""Bundles go out, come back and are closed."""

from datetime import timedelta

import pytest
from django.core import mail

from kommpass.audits.models import JournalEntry
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.people.duties import duties
from kommpass.people.models import ContributionLink
from kommpass.stocktaking import actions, queries
from kommpass.stocktaking.given import Given
from kommpass.stocktaking.models import Answer, QuestionBundle
from tests.conftest import NOON, TODAY, actor, member
from tests.stocktaking.conftest import AUDITOR, COORDINATOR, answer_all, keys_of, make_bundle, say, stored

State = QuestionBundle.State


def test_a_new_bundle_has_an_open_answer_for_every_question(procedure, youth_office):
    bundle = make_bundle(procedure, youth_office, ["1.01", "1.03"])
    assert list(bundle.answers.values_list("question_key", "kind", "confirmed")) == [
        ("1.01", "open", True),
        ("1.03", "open", True),
    ]


def test_creating_a_bundle_mails_the_link_to_the_organisation(
    procedure, youth_office, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        bundle = make_bundle(
            procedure, youth_office, email="jugendamt@auental.example", note="Bitte mit Zahlen von 2025."
        )
    letter = mail.outbox[0]
    assert letter.to == ["jugendamt@auental.example"]
    assert "/auental/stocktaking/link/" in letter.body
    assert "Bitte mit Zahlen von 2025." in letter.body
    link = ContributionLink.objects.get()
    assert (link.purpose, link.subject, link.organisation) == ("bundle", bundle.pk, youth_office)


def test_a_question_lies_in_one_bundle_only(procedure, youth_office, provider):
    make_bundle(procedure, youth_office, ["1.01"])
    with pytest.raises(NotPossible, match=r"1\.01"):
        make_bundle(procedure, provider, ["1.01", "1.03"])
    assert QuestionBundle.objects.count() == 1


def test_a_bundle_without_questions_or_with_foreign_ones_is_refused(procedure, youth_office):
    for keys in (["gibt-es-nicht"], ["1.01", "99.99"]):
        with pytest.raises(NotPossible):
            make_bundle(procedure, youth_office, keys)
    assert not QuestionBundle.objects.exists()


def test_a_deadline_in_the_past_is_refused(procedure, youth_office):
    with pytest.raises(NotPossible, match="Vergangenheit"):
        make_bundle(procedure, youth_office, due_on=TODAY - timedelta(days=1))


def test_in_a_town_without_youth_office_county_questions_are_suggested_as_the_countys(procedure, youth_office):
    town = procedure.municipality
    town.has_youth_office, town.county_name = False, "Kreis Hassel"
    town.save()
    county = next(each.key for each in procedure.scheme.questions if each.level == "county")
    own = next(each.key for each in procedure.scheme.questions if each.level == "municipality")
    bundle = make_bundle(procedure, youth_office, [county, own])
    rows = {row.question_key: (row.kind, row.provided_by, row.confirmed) for row in bundle.answers.all()}
    assert rows == {county: ("outside_competence", "Kreis Hassel", False), own: ("open", "", True)}
    assert queries.counts(procedure)["questions_answered"] == 0


def test_a_bundle_is_handed_in_only_when_every_question_has_an_answer(bundle, contributor):
    with pytest.raises(NotPossible, match="Noch offen"):
        actions.submit_bundle(bundle=bundle, by=contributor, at=NOON)
    answer_all(bundle, contributor)
    actions.submit_bundle(bundle=bundle, by=contributor, at=NOON)
    bundle.refresh_from_db()
    assert (bundle.state, bundle.submitted_by_name, bundle.submitted_at) == (State.SUBMITTED, "Jana Amt", NOON)


def test_a_bundle_cannot_be_handed_in_twice(bundle, contributor):
    answer_all(bundle, contributor)
    actions.submit_bundle(bundle=bundle, by=contributor, at=NOON)
    with pytest.raises(NotPossible, match="schon abgegeben"):
        actions.submit_bundle(bundle=bundle, by=contributor, at=NOON)


def test_after_handing_in_the_respondent_can_change_nothing(bundle, contributor):
    answer_all(bundle, contributor)
    actions.submit_bundle(bundle=bundle, by=contributor, at=NOON)
    with pytest.raises(NotPossible, match="schon abgegeben"):
        say(bundle, contributor, **{"1.01": Given(kind="value", value="yes")})
    assert stored(bundle.procedure, "1.01")["kind"] == "unknown"


def test_the_coordination_may_still_complete_a_submitted_bundle(bundle, contributor):
    answer_all(bundle, contributor)
    actions.submit_bundle(bundle=bundle, by=contributor, at=NOON)
    say(bundle, COORDINATOR, **{"1.01": Given(kind="value", value="yes")})
    assert stored(bundle.procedure, "1.01")["value"] == "yes"


def test_a_returned_bundle_carries_the_note_and_can_be_answered_again(
    bundle, contributor, django_capture_on_commit_callbacks
):
    answer_all(bundle, contributor)
    actions.submit_bundle(bundle=bundle, by=contributor, at=NOON)
    bundle.email = "jugendamt@auental.example"
    bundle.save()
    with django_capture_on_commit_callbacks(execute=True):
        actions.return_bundle(bundle=bundle, note="Bitte die Zahl der Plätze ergänzen.", by=COORDINATOR, at=NOON)
    assert "Bitte die Zahl der Plätze ergänzen." in mail.outbox[-1].body
    say(bundle, contributor, **{"1.01": Given(kind="value", value="yes")})
    bundle.refresh_from_db()
    assert (bundle.state, bundle.return_note) == (State.RETURNED, "Bitte die Zahl der Plätze ergänzen.")


def test_returning_needs_a_note_and_a_submitted_bundle(bundle, contributor):
    with pytest.raises(NotPossible, match="liegt schon"):
        actions.return_bundle(bundle=bundle, note="?", by=COORDINATOR, at=NOON)
    answer_all(bundle, contributor)
    actions.submit_bundle(bundle=bundle, by=contributor, at=NOON)
    with pytest.raises(NotPossible, match="was noch fehlt"):
        actions.return_bundle(bundle=bundle, note="  ", by=COORDINATOR, at=NOON)


def test_a_closed_bundle_stands_still_for_everybody(bundle):
    answer_all(bundle)
    actions.close_bundle(bundle=bundle, by=COORDINATOR, at=NOON)
    with pytest.raises(NotPossible):
        say(bundle, COORDINATOR, **{"1.01": Given(kind="value", value="yes")})
    assert queries.counts(bundle.procedure)["bundles_closed"] == 1


def test_a_bundle_with_open_questions_is_not_closed(bundle):
    with pytest.raises(NotPossible, match="noch 3 Fragen offen"):
        actions.close_bundle(bundle=bundle, by=COORDINATOR, at=NOON)


def test_passing_on_moves_the_bundle_keeps_the_answers_and_mails_the_colleague(
    bundle, contributor, provider, django_capture_on_commit_callbacks
):
    say(bundle, contributor, **{"1.01": Given(kind="value", value="yes")})
    with django_capture_on_commit_callbacks(execute=True):
        actions.pass_on_bundle(
            bundle=bundle, organisation=provider, email="leitung@kinderschutzbund.example", by=contributor, at=NOON
        )
    bundle.refresh_from_db()
    assert (bundle.organisation, bundle.email) == (provider, "leitung@kinderschutzbund.example")
    assert stored(bundle.procedure, "1.01")["value"] == "yes"
    assert mail.outbox[-1].to == ["leitung@kinderschutzbund.example"]
    assert not queries.bundles(contributor, bundle.procedure).exists()


def test_a_reminder_without_address_says_what_to_do(bundle):
    with pytest.raises(NotPossible, match="keine E-Mail-Adresse"):
        actions.remind_bundle(bundle=bundle, by=COORDINATOR, at=NOON)


def test_a_reminder_replaces_the_older_link(procedure, youth_office):
    bundle = make_bundle(procedure, youth_office, email="jugendamt@auental.example")
    actions.remind_bundle(bundle=bundle, by=COORDINATOR, at=NOON + timedelta(days=1))
    assert list(ContributionLink.objects.order_by("pk").values_list("revoked_at", flat=True)) == [
        NOON + timedelta(days=1),
        None,
    ]
    bundle.refresh_from_db()
    assert bundle.reminded_at == NOON + timedelta(days=1)


def test_only_the_coordination_creates_returns_and_closes(bundle, contributor, procedure, youth_office):
    for attempt in (
        lambda: actions.create_bundle(
            procedure=procedure, organisation=youth_office, title="x", question_keys=["2.01"], by=contributor, at=NOON
        ),
        lambda: actions.return_bundle(bundle=bundle, note="x", by=AUDITOR, at=NOON),
        lambda: actions.close_bundle(bundle=bundle, by=contributor, at=NOON),
        lambda: actions.remind_bundle(bundle=bundle, by=contributor, at=NOON),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_who_owes_names_the_open_questions_and_what_is_overdue(procedure, youth_office, provider):
    late = make_bundle(procedure, youth_office, ["1.01", "1.03"], due_on=TODAY + timedelta(days=1))
    later = make_bundle(procedure, provider, ["2.01"], due_on=TODAY + timedelta(days=9))
    say(late, **{"1.01": Given(kind="value", value="yes")})
    owed = [
        (each.organisation.name, each.bundle, each.open_questions, each.due_on, each.overdue)
        for each in queries.who_owes(procedure, TODAY + timedelta(days=2))
    ]
    assert owed == [
        ("Jugendamt", late, 1, TODAY + timedelta(days=1), True),
        ("Kinderschutzbund Auental", later, 1, TODAY + timedelta(days=9), False),
    ]
    assert [(each.due_on, each.responsible) for each in queries.deadlines(procedure)] == [
        (TODAY + timedelta(days=1), "Jugendamt"),
        (TODAY + timedelta(days=9), "Kinderschutzbund Auental"),
    ]


def test_the_facts_for_the_gates_have_the_names_of_the_scheme(bundle, procedure):
    say(bundle, **{"1.01": Given(kind="value", value="no"), "1.03": Given(kind="unknown")})
    assert queries.counts(procedure) == {
        "bundles": 1,
        "bundles_closed": 0,
        "questions": len(procedure.scheme.questions),
        "questions_answered": 2,
        "analyses": 0,
        "fields": procedure.fields.count(),
    }


def test_the_journal_keeps_old_and_new_of_an_answer(bundle, contributor):
    say(bundle, contributor, **{"1.01": Given(kind="value", value="yes")})
    say(bundle, contributor, **{"1.01": Given(kind="value", value="no", comment="Neu beraten")})
    entry = JournalEntry.objects.filter(action="bundle.answer").last()
    assert (entry.actor_name, entry.details["bundle"], entry.details["answers"]) == (
        "Jana Amt",
        bundle.pk,
        {"1.01": {"value": {"old": "yes", "new": "no"}, "comment": {"old": "", "new": "Neu beraten"}}},
    )


def test_a_provider_sees_its_own_bundles_and_no_others(bundle, procedure, provider):
    own = make_bundle(procedure, provider, ["2.01"])
    stranger = actor(Role.PROVIDER, organisations=[provider])
    assert list(queries.bundles(stranger, procedure)) == [own]
    assert list(queries.answers(stranger, procedure).values_list("question_key", flat=True)) == ["2.01"]


def test_keys_of_finds_questions_of_a_field(procedure):
    assert keys_of(procedure, field=procedure.scheme.fields[0].key)[0] == "1.01"
    assert Answer.Kind.OPEN == "open"


def test_open_bundles_stand_on_the_hand_over_page_of_whoever_answers_them(bundle, youth_office, contributor):
    person = member(Role.CONTRIBUTOR, organisation=youth_office)
    waiting = [(each.text, each.due_on) for each in duties(person) if each.kind == "Fragenpaket"]
    assert waiting == [("Fragen an das Jugendamt", bundle.due_on)]
    answer_all(bundle, contributor)
    actions.submit_bundle(bundle=bundle, by=contributor, at=NOON)
    assert "Fragenpaket" not in [each.kind for each in duties(person)]


def test_a_bundle_is_passed_on_three_times_a_day_and_no_more(bundle, contributor, youth_office, mailoutbox):
    def pass_on(hours: int) -> None:
        actions.pass_on_bundle(
            bundle=bundle,
            organisation=youth_office,
            email="a@b.example",
            by=contributor,
            at=NOON + timedelta(hours=hours),
        )

    for hour in range(3):
        pass_on(hour)
    with pytest.raises(NotPossible, match="mehrmals weitergegeben"):
        pass_on(4)
    pass_on(26)
    assert JournalEntry.objects.filter(action="bundle.pass_on").count() == 4
