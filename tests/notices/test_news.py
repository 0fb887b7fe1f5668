"""Whoever is concerned hears of it at once: letters that follow from the journal, sent when the deed is really done."""

from datetime import date

import pytest
from django.core import mail

from kommpass.assessment import actions as assessment
from kommpass.domain.deeds import DEEDS
from kommpass.domain.permissions import Role
from kommpass.notices.news import ALL
from kommpass.people.addresses import in_town
from kommpass.people.queries import actor as actor_of
from tests.conftest import member
from tests.journeys.afterwards import ASSOCIATION, BOARD, award, board_member, decide, review, submit
from tests.journeys.story import COORDINATION, noon
from tests.journeys.test_bad_oeynhausen import AWARDED, DECIDED, SUBMITTED, audit  # noqa: F401 - a fixture

OFFICE, LEAD = "office@verein.example", "lead@badoey.example"


@pytest.fixture
def told(audit, settings, django_capture_on_commit_callbacks):  # noqa: F811
    """Do something and read the letters: pairs of address and subject."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    member(Role.ASSOCIATION_OFFICE, email=OFFICE)
    member(Role.COORDINATOR, email=LEAD)

    def after(deed):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            made = deed()
        return made, [(letter.to[0], letter.subject) for letter in mail.outbox]

    return after


def test_the_office_hears_of_a_submission_and_the_town_of_its_check(audit, told):  # noqa: F811
    submission, letters = told(lambda: submit(audit, on=SUBMITTED))
    assert letters == [(OFFICE, "Bad Oeynhausen hat Unterlagen zur Begutachtung eingereicht.")]

    def check():
        assessment.check_submission(
            submission=submission,
            complete=False,
            note="Es fehlt die Niederschrift.",
            by=ASSOCIATION,
            at=noon(SUBMITTED),
        )

    _none, letters = told(check)
    assert letters == [(LEAD, "Bad Oeynhausen: Ihrer Einreichung fehlt noch etwas. Was, steht auf der Seite.")]
    assert "Niederschrift" not in mail.outbox[0].body


def test_members_hear_of_their_case_and_nobody_outside_of_a_decision_before_it_is_announced(audit, told):  # noqa: F811
    submission, _letters = told(lambda: submit(audit, on=SUBMITTED))
    case, letters = told(lambda: review(submission, on=SUBMITTED))
    seats = {board_member(name).email for name in BOARD}
    assert {to for to, subject in letters if "liegt Ihnen zur Begutachtung vor" in subject} == seats

    def only_decide():
        return assessment.decide(
            case=case, decided_on=DECIDED, text="Ja.", by=actor_of(board_member(BOARD[0])), at=noon(DECIDED)
        )

    decision, letters = told(only_decide)
    assert letters == []
    _release, letters = told(lambda: assessment.release_decision(decision=decision, by=ASSOCIATION, at=noon(DECIDED)))
    assert letters == [(LEAD, "Bad Oeynhausen: Über das Zertifikat ist entschieden.")]


def test_the_town_hears_of_its_certificate_once(audit, told):  # noqa: F811
    decide(review(submit(audit, on=SUBMITTED), on=SUBMITTED), on=DECIDED)
    _made, letters = told(lambda: award(audit, on=AWARDED, valid_from="2020-10-27", valid_until="2023-11"))
    assert letters == [(LEAD, "Bad Oeynhausen: Ihr Zertifikat ist ausgestellt.")]


def test_a_deed_that_fails_writes_no_letter(audit, told):  # noqa: F811
    def fail():
        with pytest.raises(Exception, match="noch nicht eingereicht werden"):
            assessment.submit(procedure=audit, by=COORDINATION, at=noon(date(2020, 10, 9)))

    assert told(fail) == (None, [])


def test_every_news_listens_to_an_entry_that_exists_and_leads_to_a_page(audit):  # noqa: F811
    assert {each.action for each in ALL} <= set(DEEDS)
    assert [each.page for each in ALL if not in_town(each.page)] == []
