"""Auditors: licensed, without a conflict of interest, one at a time; whoever is replaced reads nothing more."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kommpass.assessment import actions as assessment
from kommpass.assessment.models import DeclaredConflict
from kommpass.assessment.queries import conflict_of_auditor
from kommpass.association import actions, queries
from kommpass.association.models import AuditorLicence, Contract
from kommpass.association.queries.auditors import licence_state
from kommpass.audits import actions as audits
from kommpass.audits.models import JournalEntry, Procedure
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.municipalities.scope import within
from kommpass.people.models import InstallationRole, Membership
from kommpass.people.queries import actor as actor_of
from tests.association.builders import OFFICE, adopted, auditors_here, before_the_board, contract, led, licensed
from tests.conftest import NOON, TODAY, actor, make_user, member, signed_in
from tests.journeys.afterwards import board_member

PLUS = {"scheme_key": "familienbewusst_plus", "scheme_version": "2020.1", "rung": "basic", "title": "Plus"}


def assign(procedure, person, at=NOON):
    return actions.assign_auditor(procedure=procedure, person=person, by=OFFICE, at=at)


def mandate(procedure) -> str:
    return f"/association/procedures/mandates/{procedure.pk}/"


def test_an_auditor_is_assigned_on_the_page_and_may_read_the_town(procedure, office):
    aude = licensed()
    assert led(office.post(mandate(procedure), {"person": aude.pk})) == "/association/procedures/towns/auental/"
    procedure.refresh_from_db()
    assert (procedure.auditor_name, auditors_here()) == ("Aude Prüfer", ["Aude Prüfer"])
    assert signed_in(aude).get("/auental/").status_code == 200


def test_replacing_an_auditor_ends_the_access_of_the_one_before(procedure, office):
    aude, bernd = licensed(), licensed("bernd@audit.example", "Bernd Neu")
    assign(procedure, aude)
    browser = signed_in(aude)
    assert browser.get("/auental/agreement/").status_code == 200
    office.post(mandate(procedure), {"person": bernd.pk})
    assert auditors_here() == ["Bernd Neu"]
    assert [browser.get(f"/auental/{page}").status_code for page in ("", "agreement/", "stocktaking/")] == [403] * 3
    assert Membership.objects.get(user=aude).ended_at is not None


def test_two_schemes_may_have_two_auditors_at_once(procedure):
    aude, bernd = licensed(), licensed("bernd@audit.example", "Bernd Neu")
    plus = audits.start_procedure(**PLUS, by=actor(), at=NOON)
    for each, person in ((procedure, aude), (plus, bernd)):
        contract(each, Decimal(100), TODAY)
        assign(each, person)
    assert auditors_here() == ["Aude Prüfer", "Bernd Neu"]
    assign(plus, aude)
    assert auditors_here() == ["Aude Prüfer"]


def test_two_clicks_are_one(procedure):
    aude = licensed()
    assert assign(procedure, aude) == assign(procedure, aude)
    assert JournalEntry.objects.filter(action="auditor.assign").count() == 1


def test_a_contract_knows_the_auditor_whoever_came_first(procedure):
    aude = licensed()
    assign(procedure, aude)
    assert contract(procedure, Decimal(100), TODAY).auditor == aude
    bernd = licensed("bernd@audit.example", "Bernd Neu")
    assign(procedure, bernd)
    assert Contract.objects.get().auditor == bernd


@pytest.mark.parametrize("given", [None, {"until": TODAY - timedelta(days=1)}, {"since": TODAY + timedelta(days=1)}])
def test_without_a_valid_licence_nobody_is_assigned(procedure, given):
    person = licensed(**given) if given else make_user()
    with pytest.raises(NotPossible, match="keine gültige Zulassung"):
        assign(procedure, person)
    assert auditors_here() == []


def conflict_declared(procedure, person):
    assessment.declare_conflict(person=person, reason="Ihr Bruder ist dort Kämmerer.", by=OFFICE, at=NOON)


def role_in_the_town(procedure, person):
    Membership.objects.create(user=person, role=Role.CONTRIBUTOR, ended_at=NOON)


def seat_on_a_case(procedure, person):
    InstallationRole.objects.create(user=person, role=Role.REVIEW_BOARD)
    told = before_the_board(adopted(procedure, TODAY), TODAY)
    assessment.seat_members(case=told.case, members=[person], by=OFFICE, at=NOON)


@pytest.mark.parametrize(
    ("too_near", "sentence"),
    [
        (conflict_declared, "Ihr Bruder ist dort Kämmerer."),
        (role_in_the_town, "Hat oder hatte in dieser Kommune eine andere Rolle."),
        (seat_on_a_case, "Begutachtet diese Kommune."),
    ],
)
def test_whoever_is_too_near_cannot_be_assigned_and_the_page_says_why(procedure, office, too_near, sentence):
    aude = licensed()
    too_near(procedure, aude)
    with pytest.raises(NotPossible, match=sentence):
        assign(procedure, aude)
    page = office.get(mandate(procedure)).content.decode()
    assert sentence in page and "Niemand kann beauftragt werden" in page
    assert office.post(mandate(procedure), {"person": aude.pk}).status_code == 200
    assert "Aude Prüfer" not in auditors_here()
    (candidate,) = queries.candidates(TODAY)
    assert candidate.conflict == conflict_of_auditor(aude.pk)


def test_a_conflict_that_is_over_hinders_nobody(procedure):
    aude = licensed()
    conflict_declared(procedure, aude)
    assessment.end_conflict(conflict=DeclaredConflict.objects.get(), by=OFFICE, at=NOON)
    assert assign(procedure, aude).user == aude


def test_a_conflict_with_one_town_is_none_with_the_next(procedure, hasselgrund):
    aude = licensed()
    with within(hasselgrund):
        conflict_declared(procedure, aude)
    assert assign(procedure, aude).user == aude


def test_an_auditor_may_go_on_while_the_round_rests(procedure):
    Procedure.objects.update(state="paused")
    assert assign(Procedure.objects.get(), licensed()).role == Role.AUDITOR


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ASSOCIATION_OFFICE}))
def test_nobody_else_licenses_or_assigns(procedure, role):
    aude = licensed()
    with pytest.raises(NotAllowed):
        actions.assign_auditor(procedure=procedure, person=aude, by=actor(role), at=NOON)
    with pytest.raises(NotAllowed):
        actions.license_auditor(person=aude, since=TODAY, by=actor(role), at=NOON)


@pytest.mark.parametrize(
    ("since", "until", "state"),
    [
        (-10, None, "valid"), (-10, 400, "valid"), (-10, 40, "ending"), (0, 0, "ending"), (-10, -1, "over"),
        (1, None, "coming"), (1, 5, "coming"),
    ],
)  # fmt: skip
def test_what_a_licence_is_worth_on_a_day(since, until, state):
    days = {"since": TODAY + timedelta(days=since), "until": None if until is None else TODAY + timedelta(days=until)}
    assert licence_state(AuditorLicence(**days), TODAY) == state


def test_a_licence_is_given_renewed_and_ended(office):
    person, today = make_user("aude@audit.example", "Aude Prüfer"), timezone.localdate()
    page = f"/association/auditors/{person.pk}/"
    assert office.get(page).status_code == 404
    given = {"email": "AUDE@audit.example", "since": "2020-01-01", "until": today.isoformat(), "note": "Schulung"}
    assert led(office.post("/association/auditors/add/", given)) == page
    assert "läuft bald aus" in office.get("/association/auditors/").content.decode()

    office.post(page, {"since": "2020-01-01", "until": "", "note": ""})
    assert AuditorLicence.objects.get().until is None
    office.post(f"{page}end/")
    assert AuditorLicence.objects.get().until == today


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"email": "niemand@nirgends.example", "since": "2020-01-01"}, "gibt es noch kein Konto"),
        ({"email": "aude@audit.example", "since": "2020-01-01", "until": "2019-01-01"}, "endet, bevor sie beginnt"),
        ({"email": "schon@audit.example", "since": "2020-01-01"}, "hat schon eine Zulassung"),
        ({"email": "x\0y", "since": "9" * 50}, "error-summary"),
    ],
)
def test_a_licence_that_cannot_be_given_says_why(office, given, sentence):
    make_user("aude@audit.example", "Aude Prüfer")
    licensed("schon@audit.example", "Schon Da")
    assert sentence in office.post("/association/auditors/add/", given).content.decode()
    assert AuditorLicence.objects.count() == 1


def test_who_guides_without_a_licence_stands_out_on_the_list_and_on_the_first_page(procedure, office):
    member(Role.AUDITOR, name="Ohne Papier")
    for page in ("auditors/", "procedures/", "procedures/towns/auental/"):
        assert "Ohne Papier" in office.get(f"/association/{page}").content.decode(), page
    assert "Ohne Papier hat keine gültige Zulassung" in office.get("/association/procedures/").content.decode()


def test_conflicts_are_declared_and_ended_on_the_page_of_the_auditor(procedure, office, hasselgrund):
    aude = licensed()
    page = f"/association/auditors/{aude.pk}/"
    assert led(office.post(f"{page}conflicts/", {"town": hasselgrund.pk, "reason": "Wohnt dort."})) == page
    assert "Wohnt dort." in office.get(page).content.decode()
    with within(hasselgrund):
        conflict = DeclaredConflict.objects.get()
        assert JournalEntry.objects.get(action="conflict.declare").details["person"] == "Aude Prüfer"
    assert led(office.post(f"/association/auditors/conflicts/{conflict.pk}/end/")) == page
    assert office.post(f"/association/auditors/conflicts/{conflict.pk}/end/").status_code == 404
    assert "error-summary" in office.post(f"{page}conflicts/", {"town": "9" * 30, "reason": ""}).content.decode()


def test_a_member_of_the_board_declares_nothing_for_an_auditor(procedure, hasselgrund):
    aude, judge = licensed(), board_member("Ilse Brandner")
    answer = signed_in(judge).post(
        f"/association/auditors/{aude.pk}/conflicts/", {"town": hasselgrund.pk, "reason": "Nein"}
    )
    assert answer.status_code == 403
    assert actor_of(judge).has(Role.REVIEW_BOARD)


def test_the_list_goes_out_as_a_table(procedure, office):
    assign(procedure, licensed(name="=Aude()"), at=timezone.now())
    told = office.get("/association/auditors/table.csv").content.decode("utf-8-sig").splitlines()
    assert told[1] == "'=Aude();zugelassen;01.01.2015;;Auental;"


def test_an_auditor_of_one_town_sees_nothing_of_another(procedure, hasselgrund):
    aude = licensed()
    assign(procedure, aude)
    with within(hasselgrund):
        audits.start_procedure(
            scheme_key=procedure.scheme_key, scheme_version=procedure.scheme_version, rung="basic", title="Audit",
            by=actor(), at=NOON,
        )  # fmt: skip
    assert signed_in(aude).get("/hasselgrund/").status_code == 403
