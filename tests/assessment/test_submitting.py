"""The auditor's word, what a submission needs, and whether it is complete: every refusal has its sentence."""

import pytest

from kommpass.agreement.models import Adoption
from kommpass.assessment import actions, queries
from kommpass.assessment.models import AuditorReport, CompletenessCheck, ReviewCase, Submission
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import GateClosed, NotAllowed, NotPossible
from kommpass.people.models import Membership
from tests.agreement.builders import freeze, small_draft
from tests.assessment.builders import (
    AUDITOR,
    COORDINATOR,
    ILSE,
    KARL,
    OFFICE,
    PAGE,
    REVIEWING,
    adopted,
    ago,
    agreed,
    announced,
    answered,
    board_member,
    complete,
    days,
    decided,
    granted,
    judged,
    judgements,
    opened,
    posted,
    reported,
    submitted,
    text,
)
from tests.conftest import actor, member, open_only, signed_in


def have(procedure) -> list[tuple[int, int]]:
    return [(each.have, each.need) for each in queries.requirements(procedure)]


def test_the_page_and_the_action_judge_the_same_requirements(procedure, youth_office, coordinator):
    small_draft(procedure, youth_office)
    open_only(procedure, *REVIEWING)
    assert have(procedure) == [(0, 1), (0, 1), (0, 1), (1, 1)]
    page = text(coordinator.get(f"{PAGE}submit/"))
    assert page.count(">0 von 1<") == 3 and "Jetzt einreichen" not in page
    answer = coordinator.post(f"{PAGE}submit/", {"letter": ""})
    assert (answer.status_code, text(answer).count(">0 von 1<")) == (409, 3)
    assert "Stellungnahme der Auditorin oder des Auditors, mit Empfehlung" in text(answer)
    assert not Submission.objects.exists()


def test_a_recommendation_to_return_is_no_recommendation(procedure, youth_office):
    adopted(procedure, youth_office)
    reported(procedure, verdict="return")
    assert have(procedure) == [(1, 1), (1, 1), (0, 1), (1, 1)]
    reported(procedure, verdict="conditions", at=ago(1))
    assert have(procedure) == [(1, 1)] * 4


def test_a_version_that_was_amended_without_the_council_cannot_be_submitted(procedure, youth_office):
    """The resolution with date and paper number belongs to the submission."""
    version = adopted(procedure, youth_office)
    reported(procedure)
    following = freeze(version.agreement)
    Adoption.objects.create(version=following, valid_from=days(0), approved_by="Koordination", at=ago(0))
    assert have(procedure)[:3] == [(1, 1), (0, 1), (0, 1)]


def test_nothing_is_submitted_while_something_waits(procedure, youth_office):
    adopted(procedure, youth_office)
    first = submitted(procedure)
    with pytest.raises(GateClosed) as refused:
        actions.submit(procedure=procedure, by=COORDINATOR, at=ago(1))
    assert [each.label for each in refused.value.missing] == ["Keine Einreichung, über die noch nicht entschieden ist"]
    actions.check_submission(submission=first, complete=False, note="Es fehlt etwas.", by=OFFICE, at=ago(1))
    assert actions.submit(procedure=procedure, by=COORDINATOR, at=ago(0)).number == 2


def test_after_a_return_the_town_submits_anew(procedure, youth_office, coordinator):
    granted(procedure, youth_office, verdict="return")
    page = text(coordinator.get(PAGE))
    assert "zurückgegeben" in page and "Unterlagen einreichen" in page and "Was die Einreichung braucht" in page
    assert coordinator.post(f"{PAGE}submit/", {"letter": ""}).status_code == 302
    assert Submission.objects.count() == 2


def test_a_double_click_submits_once(procedure, youth_office, coordinator):
    adopted(procedure, youth_office)
    reported(procedure)
    locations = [coordinator.post(f"{PAGE}submit/", {"once": "abc", "letter": ""})["Location"] for _click in "12"]
    assert (len(set(locations)), Submission.objects.count()) == (1, 1)


def test_a_new_report_takes_the_place_of_the_one_before_and_the_form_begins_with_it(
    procedure, youth_office, auditor, coordinator
):
    adopted(procedure, youth_office)
    reported(procedure)
    page = text(auditor.get(f"{PAGE}report/"))
    assert "liegt schon eine Stellungnahme vor" in page and "Guter Weg." in page
    auditor.post(f"{PAGE}report/", posted(procedure, verdict="conditions", text="Mit Auflagen."))
    assert [each.verdict for each in AuditorReport.objects.all()] == ["conditions", "recommend"]
    assert queries.standing_report(queries.adopted_version(procedure)).text == "Mit Auflagen."
    assert "mit Auflagen empfohlen" in text(coordinator.get(PAGE))


def test_without_an_adopted_version_there_is_nothing_to_report_on(procedure, auditor):
    open_only(procedure, *REVIEWING)
    assert "Noch keine beschlossene Fassung" in text(auditor.get(f"{PAGE}report/"))
    answer = auditor.post(f"{PAGE}report/", posted(procedure))
    assert (answer.status_code, "Es gibt noch keine beschlossene Fassung" in text(answer)) == (409, True)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"mandate": {}}, "Es fehlt noch ein Urteil oder eine Begründung zu: Auftrag des Rates."),
        ({"mandate": {"answer": "partly"}}, "Es fehlt noch eine Begründung zu: Auftrag des Rates."),
        ({"mandate": {"answer": "1=1"}}, "Es fehlt noch ein Urteil oder eine Begründung zu: Auftrag des Rates."),
        ({"verdict": "maybe"}, "Bitte wählen Sie, was Sie im Ganzen empfehlen."),
    ],
)
def test_the_action_refuses_an_incomplete_report_and_names_the_criterion(procedure, youth_office, given, sentence):
    adopted(procedure, youth_office)
    verdict = given.pop("verdict", "recommend")
    with pytest.raises(NotPossible) as refused:
        actions.write_auditor_report(
            procedure=procedure, judgements=judgements(procedure) | given, verdict=verdict, text="x", by=AUDITOR,
            at=ago(1),
        )  # fmt: skip
    assert refused.value.sentence == sentence


def test_the_check_says_what_is_missing(procedure, youth_office, office):
    adopted(procedure, youth_office)
    submission = submitted(procedure)
    address = f"{PAGE}submissions/{submission.pk}/check/"
    page = text(office.post(address, {"complete": "no"}))
    assert "Bitte schreiben Sie, was noch fehlt, damit die Kommune es nachreichen kann." in page
    assert "Was fehlt – Bitte schreiben Sie" in page
    assert "Sind die Unterlagen vollständig? –" in text(office.post(address, {}))
    assert not CompletenessCheck.objects.exists()
    with pytest.raises(NotPossible, match="was noch fehlt"):
        actions.check_submission(submission=submission, complete=False, note=" ", by=OFFICE, at=ago(1))


def test_what_was_checked_once_can_be_checked_anew_until_the_board_has_it(procedure, youth_office, office):
    adopted(procedure, youth_office)
    submission = submitted(procedure)
    address = f"{PAGE}submissions/{submission.pk}/"
    office.post(f"{address}check/", {"complete": "no", "note": "Die Unterschrift fehlt."})
    assert "Die Unterschrift fehlt." in text(office.get(address))
    office.post(f"{address}check/", {"complete": "yes"})
    page = text(office.get(address))
    assert "Vollständig, geprüft am" in page and "Begutachtung eröffnen" in page and "Frühere Prüfungen" in page
    office.post(f"{address}case/", {"members": [board_member(ILSE).pk]})
    answer = office.post(f"{address}check/", {"complete": "yes"})
    assert (answer.status_code, "läuft schon die Begutachtung" in text(answer)) == (409, True)


def test_a_case_is_opened_with_members_who_are_not_too_near(procedure, youth_office, office):
    adopted(procedure, youth_office)
    near, declared = board_member("Nora Nah"), board_member("Dora Darf")
    Membership.objects.create(user=near, role=Role.CONTRIBUTOR, ended_at=ago(1000))
    actions.declare_conflict(person=declared, reason="Berät die Stadt.", by=OFFICE, at=ago(50))
    submission = complete(submitted(procedure))
    address = f"{PAGE}submissions/{submission.pk}/"
    page = text(office.get(address))
    assert "Nora Nah (nicht möglich: Hat oder hatte in dieser Kommune eine Rolle.)" in page
    assert "Dora Darf (nicht möglich: Berät die Stadt.)" in page
    for person, sentence in ((near, "Hat oder hatte"), (declared, "Berät die Stadt.")):
        answer = office.post(f"{address}case/", {"members": [board_member(KARL).pk, person.pk]})
        assert (answer.status_code, f"{person} ist nicht möglich: {sentence}" in text(answer)) == (200, True)
        with pytest.raises(NotPossible, match=f"{person} kann diese Kommune nicht begutachten: {sentence}"):
            actions.open_case(submission=Submission.objects.get(), members=[person], by=OFFICE, at=ago(1))
    assert not ReviewCase.objects.exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Bitte wählen Sie mindestens ein Mitglied des Gutachterausschusses."),
        ({"members": ["9" * 24]}, "9" * 24),
        ({"members": ["a\x00b"]}, "Wählen Sie"),
        ({"due_on": "2020-01-01"}, "Dieser Tag ist schon vorbei."),
        ({"due_on": "31.02.2027"}, "Bitte ein gültiges Datum eingeben."),
    ],
)
def test_a_case_is_not_opened_with_wrong_input(procedure, youth_office, office, given, sentence):
    adopted(procedure, youth_office)
    submission = complete(submitted(procedure))
    answer = office.post(f"{PAGE}submissions/{submission.pk}/case/", given)
    assert answer.status_code == 200
    assert sentence in text(answer) or "keine gültige Auswahl" in text(answer)
    assert not ReviewCase.objects.exists()


def test_somebody_from_outside_of_the_board_gets_no_seat(procedure, youth_office, office):
    adopted(procedure, youth_office)
    submission, stranger = complete(submitted(procedure)), member(Role.PROVIDER)
    answer = office.post(f"{PAGE}submissions/{submission.pk}/case/", {"members": [stranger.pk]})
    assert (answer.status_code, ReviewCase.objects.count()) == (200, 0)
    with pytest.raises(NotPossible, match="gehört nicht zum Gutachterausschuss"):
        actions.open_case(submission=submission, members=[stranger], by=OFFICE, at=ago(1))


def test_an_unchecked_submission_and_one_before_the_board_are_not_opened(procedure, youth_office):
    adopted(procedure, youth_office)
    submission, ilse = submitted(procedure), [board_member(ILSE)]
    with pytest.raises(NotPossible, match="zuerst fest, dass die Unterlagen vollständig sind"):
        actions.open_case(submission=submission, members=ilse, by=OFFICE, at=ago(1))
    opened(submission)
    with pytest.raises(NotPossible, match="läuft schon die Begutachtung"):
        actions.open_case(submission=Submission.objects.get(), members=ilse, by=OFFICE, at=ago(1))
    with pytest.raises(NotPossible, match="hat schon einen Sitz"):
        actions.seat_members(case=submission.case, members=ilse, by=OFFICE, at=ago(1))


def test_further_members_are_seated_by_page(procedure, youth_office, office):
    adopted(procedure, youth_office)
    case = opened(submitted(procedure), ILSE)
    karl = board_member(KARL)
    assert "(nicht möglich: Hat schon einen Sitz.)" in text(office.get(f"{PAGE}cases/{case.pk}/"))
    office.post(f"{PAGE}cases/{case.pk}/seats/", {"members": [karl.pk]})
    assert [str(each.reviewer) for each in queries.seats(case)] == [ILSE, KARL]


ONLY_FOR = {
    Role.AUDITOR: {"report/"},
    Role.COORDINATOR: {"submit/", "opinions/1/", "conditions/1/report/", "decisions/1/objection/"},
    Role.ASSOCIATION_OFFICE: {
        "submissions/1/check/", "submissions/1/case/", "cases/1/seats/", "cases/1/seats/second/",
        "decisions/1/release/", "proofs/1/check/", "cases/1/recuse/", "cases/1/recuse/member/", "conflicts/",
        "conflicts/1/end/",
    },
    Role.REVIEW_BOARD: {
        "cases/1/review/", "cases/1/review/draft/", "cases/1/opinion/", "cases/1/decide/", "objections/1/answer/",
        "cases/1/recuse/", "cases/1/recuse/member/", "conflicts/", "conflicts/1/end/",
    },
}  # fmt: skip
ONLY_FOR[Role.AUDITOR] |= {"conflicts/", "conflicts/1/end/"}


@pytest.mark.parametrize("role", Role, ids=str)
def test_a_deed_is_refused_to_everybody_whose_it_is_not(procedure, youth_office, role):
    adopted(procedure, youth_office)
    browser = signed_in(member(role))
    every = set().union(*ONLY_FOR.values())
    refused = {path for path in every if browser.post(f"{PAGE}{path}", {}).status_code == 403}
    assert refused == every - ONLY_FOR.get(role, set())


def test_the_time_of_the_review_must_have_come(procedure, youth_office, auditor):
    adopted(procedure, youth_office)
    open_only(procedure)
    answer = auditor.post(f"{PAGE}report/", posted(procedure))
    assert (answer.status_code, "gehört zu einer anderen Phase" in text(answer)) == (403, True)
    with pytest.raises(NotAllowed):
        actions.submit(procedure=procedure, by=actor(Role.COUNCIL_OFFICE), at=ago(1))


def test_everything_the_submission_needs_is_shown_before_it_is_handed_over(procedure, youth_office, coordinator):
    version = adopted(procedure, youth_office)
    reported(procedure)
    page = text(coordinator.get(f"{PAGE}submit/"))
    for words in (
        version.digest, "Rat, 07.10.2026, Vorlage 0123/2026", "Stellungnahme von Aude Prüfer: empfohlen",
        "Fragen beantwortet", "Nicht dabei:",
    ):  # fmt: skip
        assert words in page


def test_a_decision_that_waits_blocks_the_next_submission_until_it_is_announced(procedure, youth_office):
    adopted(procedure, youth_office)
    case = judged(opened(submitted(procedure)))
    answered(agreed(case, verdict="return"))
    decision = decided(case)
    assert have(procedure)[3] == (0, 1)
    announced(decision)
    assert have(procedure)[3] == (1, 1)
