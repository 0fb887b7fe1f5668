"""A gate cannot be forced: closing a phase by its address says what there is and what is needed, and writes nothing."""

import re

import pytest

from kommpass.audits.models import JournalEntry, ProcedurePhase
from kommpass.cockpit.facts import facts
from kommpass.domain.gates import judge, missing
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from tests.conftest import member, signed_in

SO_FAR = list(Stage)[: list(Stage).index(Stage.COUNCIL) + 1]


@pytest.fixture
def coordinator(procedure):
    return signed_in(member(Role.COORDINATOR))


def rows() -> list:
    return list(ProcedurePhase.objects.order_by("pk").values())


def gated(procedure) -> list[str]:
    return [gate.phase for gate in procedure.scheme.gates if procedure.phases.filter(key=gate.phase).exists()]


def test_every_shut_gate_withstands_its_address_and_says_everything_that_is_missing(procedure, coordinator):
    procedure.phases.update(opened_at=procedure.started_at, closed_at=None)
    before, length = rows(), JournalEntry.objects.count()
    for key in gated(procedure):
        shut = missing(judge(procedure.scheme.gate_after(key).requires, facts(procedure)))
        answer = coordinator.post(f"/auental/phases/{key}/close/")
        page = " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())
        assert answer.status_code == 409
        assert [str(each.label) for each in shut if str(each.label) not in page] == []
        assert [each for each in shut if str(each.need) not in page] == []
    assert (rows(), JournalEntry.objects.count()) == (before, length)


def test_a_phase_that_has_not_begun_cannot_be_closed(procedure, coordinator):
    procedure.phases.update(opened_at=None, closed_at=None)
    first = procedure.phases.first()
    answer = coordinator.post(f"/auental/phases/{first.key}/close/")
    assert answer.status_code == 409
    assert "noch nicht begonnen" in answer.content.decode()


def test_a_phase_that_does_not_exist_is_404(procedure, coordinator):
    assert coordinator.post("/auental/phases/nirgends/close/").status_code == 404
    assert coordinator.get("/auental/phases/nirgends/").status_code == 404


def test_a_phase_without_a_gate_closes_once_and_the_next_one_begins(procedure, coordinator):
    free = next(each for each in procedure.phases.all() if not procedure.scheme.gate_after(each.key))
    procedure.phases.filter(position__gt=free.position).update(opened_at=None, closed_at=None)
    procedure.phases.filter(pk=free.pk).update(opened_at=procedure.started_at, closed_at=None)
    assert coordinator.post(f"/auental/phases/{free.key}/close/").status_code == 302
    following = procedure.phases.get(position=free.position + 1)
    free.refresh_from_db()
    assert (free.closed_at is not None, following.opened_at) == (True, free.closed_at)
    assert coordinator.post(f"/auental/phases/{free.key}/close/").status_code == 409


def test_a_resting_procedure_closes_no_phase(procedure, coordinator):
    coordinator.post("/auental/procedure/state/pause/", {"reason": "Haushaltssperre"})
    length = JournalEntry.objects.count()
    answer = coordinator.post(f"/auental/phases/{procedure.phases.first().key}/close/")
    assert (answer.status_code, "ruht" in answer.content.decode()) == (403, True)
    assert JournalEntry.objects.count() == length


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.COUNCIL_OFFICE, Role.COUNCIL_MEMBER, Role.PROVIDER])
def test_others_neither_close_nor_open_a_phase(procedure, role):
    browser = signed_in(member(role))
    key = procedure.phases.first().key
    before = rows()
    assert [browser.post(f"/auental/phases/{key}/{deed}/").status_code for deed in ("close", "open")] == [403, 403]
    assert rows() == before


def test_every_fact_a_gate_asks_for_up_to_the_resolution_is_counted_by_a_room(procedure):
    """A fact that nobody counts would keep the gate shut for ever."""
    from_the_rooms = facts(procedure)
    asked = {
        rule.fact
        for gate in procedure.scheme.gates if procedure.scheme.phase(gate.phase).stage in SO_FAR
        for rule in gate.requires
    }  # fmt: skip
    # Without a draft the agreement counts nothing yet; the town of tests/house has one.
    later = {"measures", "measures_with_owner", "measures_with_due", "measures_accepted", "outside_measures",
             "outside_measures_accepted", "strategic_goals", "goals", "quality_errors", "frozen_versions",
             "council_decisions", "recommendations"}  # fmt: skip
    assert sorted(asked - from_the_rooms.keys() - later) == []
