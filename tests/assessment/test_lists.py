"""Lists cost the same for one thing and for many; and one town is not the other."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kommpass.assessment import actions, queries
from kommpass.assessment.models import ReviewCase
from kommpass.audits import actions as audits
from kommpass.audits.catalogue import newest
from kommpass.domain.permissions import Role
from kommpass.municipalities.scope import within
from kommpass.people.models import InstallationRole, Membership, Organisation
from tests.assessment.builders import (
    COORDINATOR,
    ILSE,
    KARL,
    MIRA,
    OFFICE,
    PAGE,
    adopted,
    ago,
    agreed,
    announced,
    answered,
    board_member,
    by,
    days,
    decided,
    granted,
    hand_in,
    judged,
    objected,
    opened,
    submitted,
    text,
)
from tests.conftest import AUDIT, NOON, make_user, member, queries_of, signed_in


def cost(browser, path: str) -> int:
    with CaptureQueriesContext(connection) as counted:
        assert browser.get(path).status_code == 200
    return queries_of(counted)


def once_more(procedure, *, day: int) -> None:
    """Another submission of the same agreement: judged, decided, announced, objected to, with a proof."""
    case = judged(opened(submitted(procedure, at=ago(day)), at=ago(day)))
    opinion = agreed(case, at=ago(day - 1), answer_by=days(14))
    answered(opinion, at=ago(day - 1))
    decision = announced(decided(case, at=ago(day - 2)), at=ago(day - 2))
    condition = decision.conditions.get()
    actions.report_condition(condition=condition, text="Erledigt", by=COORDINATOR, at=ago(day - 2))
    objected(decision, at=ago(day - 2))


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.COUNCIL_MEMBER, Role.ASSOCIATION_OFFICE, Role.REVIEW_BOARD])
def test_the_first_page_costs_the_same_for_one_submission_and_for_six(procedure, youth_office, role):
    adopted(procedure, youth_office)
    once_more(procedure, day=40)
    browser = signed_in(board_member(ILSE) if role == Role.REVIEW_BOARD else member(role))
    browser.get(PAGE)
    few = cost(browser, PAGE)
    for day in (35, 30, 25, 20, 15):
        once_more(procedure, day=day)
    assert cost(browser, PAGE) == few
    assert few <= 30


def test_the_page_of_a_case_costs_the_same_for_two_members_and_for_eight(procedure, youth_office, office):
    adopted(procedure, youth_office)
    case = judged(opened(submitted(procedure)))
    address = f"{PAGE}cases/{case.pk}/"
    office.get(address)
    few = cost(office, address)
    for number in range(6):
        name = f"Nummer Mitglied{number}"
        actions.seat_members(case=case, members=[board_member(name)], by=OFFICE, at=ago(20))
        hand_in(case, name)
    assert cost(office, address) == few
    assert few <= 35


def test_choosing_members_costs_the_same_for_a_small_board_and_for_a_large_one(procedure, youth_office, office):
    adopted(procedure, youth_office)
    submission = submitted(procedure)
    actions.check_submission(submission=submission, complete=True, by=OFFICE, at=ago(9))
    board_member(ILSE)
    address = f"{PAGE}submissions/{submission.pk}/"
    office.get(address)
    few = cost(office, address)
    for number in range(30):
        board_member(f"Viele Mitglied{number}")
    assert cost(office, address) == few


def test_many_conflicts_come_in_pages(procedure, office):
    people = [board_member(f"Viele Mitglied{number}") for number in range(51)]
    for each in people[:1]:
        actions.declare_conflict(person=each, reason="Nah", by=OFFICE, at=ago(1))
    office.get(f"{PAGE}conflicts/")
    few = cost(office, f"{PAGE}conflicts/")
    for each in people[1:50]:
        actions.declare_conflict(person=each, reason="Nah", by=OFFICE, at=ago(1))
    assert cost(office, f"{PAGE}conflicts/") == few
    actions.declare_conflict(person=people[50], reason="Die eine mehr", by=OFFICE, at=ago(2))
    pages = [text(office.get(f"{PAGE}conflicts/?page={number}")).count(">besteht<") for number in ("1", "2", "zwei")]
    assert pages == [50, 1, 50]


@pytest.fixture
def elsewhere(hasselgrund):
    """The same in another town: submitted and before the board."""
    with within(hasselgrund):
        begun = audits.start_procedure(
            scheme_key=AUDIT, scheme_version=newest(AUDIT).version, rung="basic", title="Audit Hasselgrund",
            by=COORDINATOR, at=NOON,
        )  # fmt: skip
        begun.phases.update(opened_at=NOON)
        begun.forget()
        owner = Organisation.objects.create(name="Jugendamt", short="51")
        decision = granted(begun, owner, verdict="conditions")
        auditor = make_user("aude@hasselgrund.example", "Aude Hasselgrund")
        for role in (Role.AUDITOR, Role.COORDINATOR):
            Membership.objects.create(user=auditor, role=role)
    return hasselgrund, decision, auditor


def test_an_auditor_of_one_town_sees_nothing_of_another(procedure, youth_office, elsewhere):
    _town, theirs, auditor = elsewhere
    decision = granted(procedure, youth_office, verdict="conditions")
    browser = signed_in(auditor)
    submission = decision.case.submission
    paths = ("", "report/", f"submissions/{submission.pk}/", f"submissions/{submission.pk}/download.json")
    assert [browser.get(f"{PAGE}{path}").status_code for path in paths] == [403] * 4
    there = "/hasselgrund/assessment/"
    assert browser.get(f"{there}submissions/{theirs.case.submission_id}/").status_code == 200
    found = [
        browser.get(f"{there}{path}").status_code
        for path in (f"submissions/{submission.pk}/", f"opinions/{decision.opinion_id}/",
                     f"decisions/{decision.pk}/objection/", f"submissions/{submission.pk}/download.pdf")
    ]  # fmt: skip
    assert found == [404] * 4


def test_office_and_board_find_a_case_only_in_its_own_town(
    procedure, youth_office, elsewhere, office, browser_of_member
):
    _town, theirs, _auditor = elsewhere
    ours = granted(procedure, youth_office)
    for browser in (office, browser_of_member(ILSE)):
        assert browser.get(f"{PAGE}cases/{ours.case_id}/").status_code == 200
        assert browser.get(f"/hasselgrund/assessment/cases/{theirs.case_id}/").status_code == 200
        for path in (f"cases/{theirs.case_id}/", f"submissions/{theirs.case.submission_id}/"):
            assert browser.get(f"{PAGE}{path}").status_code == 404


def test_who_is_recused_in_one_town_judges_in_the_other(procedure, youth_office, elsewhere):
    town, theirs, _auditor = elsewhere
    adopted(procedure, youth_office)
    case = opened(submitted(procedure), ILSE, KARL, MIRA)
    actions.recuse(case=case, reviewer=board_member(ILSE), reason="Wohnt hier.", by=OFFICE, at=ago(1))
    assert list(queries.cases(by(ILSE))) == []
    with within(town):
        assert list(queries.cases(by(ILSE))) == [ReviewCase.objects.get(pk=theirs.case_id)]


def test_somebody_at_the_office_who_also_judges_reads_nothing_before_all_are_in(
    procedure, youth_office, browser_of_member
):
    adopted(procedure, youth_office)
    case = opened(submitted(procedure))
    InstallationRole.objects.create(user=board_member(KARL), role=Role.ASSOCIATION_OFFICE)
    hand_in(case, ILSE)
    page = text(browser_of_member(KARL).get(f"{PAGE}cases/{case.pk}/"))
    assert "MARKE-VOTUM" not in page and "Votum schreiben" in page
    judged(case, KARL)
    assert text(browser_of_member(KARL).get(f"{PAGE}cases/{case.pk}/")).count("MARKE-VOTUM-ILSE") == 2
