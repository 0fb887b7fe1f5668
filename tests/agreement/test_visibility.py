"""Who sees which version: the house all of them, the council what is tabled, association and board none."""

import pytest

from kommpass.agreement import actions, queries
from kommpass.domain.permissions import Role
from kommpass.municipalities.scope import within
from tests.agreement.builders import (
    COORDINATOR,
    adopt,
    approve,
    council,
    decide,
    freeze,
    paper,
    propose,
    resolved,
    small_draft,
    table,
)
from tests.conftest import NOON, actor, member, signed_in

PAGE = "/auental/agreement/"


@pytest.fixture
def three(procedure, youth_office):
    """Version 1 is adopted, version 2 is on a paper, version 3 is only frozen."""
    agreement = small_draft(procedure, youth_office)
    versions = [freeze(agreement) for _ in range(3)]
    first, second = paper(procedure), paper(procedure, "0200/2026")
    table(versions[0], first)
    table(versions[1], second)
    adopt(versions[0], decide(first, council()))
    return versions


@pytest.mark.parametrize(
    ("role", "numbers"),
    [
        (Role.COORDINATOR, [3, 2, 1]),
        (Role.CONTRIBUTOR, [3, 2, 1]),
        (Role.COUNCIL_OFFICE, [3, 2, 1]),
        (Role.AUDITOR, [3, 2, 1]),
        (Role.COUNCIL_MEMBER, [2, 1]),
    ],
)
def test_each_role_sees_its_versions_in_list_and_look_up(procedure, three, role, numbers):
    assert [each.number for each in queries.versions(procedure, actor(role))] == numbers
    client = signed_in(member(role))
    status = {number: client.get(f"{PAGE}versions/{number}/").status_code for number in (1, 2, 3)}
    assert status == {number: 200 if number in numbers else 404 for number in (1, 2, 3)}
    assert client.get(f"{PAGE}versions/3/download.json").status_code == (200 if 3 in numbers else 404)
    assert client.get(f"{PAGE}versions/1/compare/2/").status_code == (200 if 2 in numbers else 404)


@pytest.mark.parametrize("role", [Role.PROVIDER, Role.STATISTICS_UNIT, Role.REVIEW_BOARD, Role.ASSOCIATION_OFFICE])
def test_who_works_with_something_else_sees_no_version(procedure, three, role):
    assert list(queries.versions(procedure, actor(role))) == []
    client = signed_in(member(role))
    pages = ("versions/", "versions/1/", "versions/1/download.pdf", "versions/as-of/", "amendments/")
    assert {name: client.get(PAGE + name).status_code for name in pages} == dict.fromkeys(pages, 403)


def test_strangers_are_led_to_the_log_in(three, client):
    page = client.get(f"{PAGE}versions/1/")
    assert (page.status_code, page["Location"].startswith("/accounts/")) == (302, True)


def test_the_version_of_another_town_does_not_exist_here(three, hasselgrund):
    with within(hasselgrund):
        stranger = signed_in(member(Role.COORDINATOR, email="carla@hasselgrund.example"))
    assert stranger.get(f"{PAGE}versions/1/").status_code == 403
    assert stranger.get("/hasselgrund/agreement/versions/1/").status_code == 404


def test_what_council_members_ask_stays_in_the_town(three):
    asking = actor(Role.COUNCIL_MEMBER, name="Rita Rat")
    actions.write_remark(version=three[0], text="Geheime Frage?", by=asking, at=NOON)
    shown = {
        role: "Geheime Frage?" in signed_in(member(role)).get(f"{PAGE}versions/1/").content.decode()
        for role in (Role.COORDINATOR, Role.COUNCIL_MEMBER, Role.REVIEW_BOARD, Role.ASSOCIATION_OFFICE)
    }
    assert [role for role, seen in shown.items() if seen] == [Role.COORDINATOR, Role.COUNCIL_MEMBER]


def test_proposed_and_rejected_changes_stay_in_the_house(procedure, youth_office):
    version = resolved(procedure, youth_office)
    measure = version.agreement.measures.get(number="1.1.1")
    propose(procedure, "deadline_shift", measure, due="2029")
    rejected = propose(procedure, "deadline_shift", measure, due="2030")
    actions.reject_amendment(amendment=rejected, note="Nein.", by=COORDINATOR, at=NOON)
    approved = propose(procedure, "deadline_shift", measure, due="2028")
    approve(approved)
    for role, count in (
        (Role.COORDINATOR, 3),
        (Role.COUNCIL_OFFICE, 3),
        (Role.COUNCIL_MEMBER, 1),
    ):
        assert queries.amendments(procedure, actor(role)).count() == count
    page = signed_in(member(Role.COUNCIL_MEMBER)).get(f"{PAGE}amendments/").content.decode()
    assert ("2028" in page, "2029" in page, "2030" in page) == (True, False, False)


def test_the_council_office_sees_the_draft_and_the_council_does_not(procedure, youth_office):
    small_draft(procedure, youth_office)
    assert signed_in(member(Role.COUNCIL_OFFICE)).get(PAGE).status_code == 200
    assert signed_in(member(Role.COUNCIL_MEMBER)).get(PAGE).status_code == 403
