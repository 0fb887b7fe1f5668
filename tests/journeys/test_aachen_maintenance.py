"""Aachen 2018: certificates of 2010 and 2015, run out in 03/2018; the council chooses the lighter maintenance rung."""

from datetime import date

import pytest

from kommpass.audits import actions as audits
from kommpass.audits.models import Procedure
from kommpass.balancing import queries as balancing
from kommpass.bodies import actions as bodies
from kommpass.bodies.models import Body
from kommpass.certification import queries as certification
from kommpass.cockpit.actions import close_phase
from kommpass.cockpit.facts import facts
from kommpass.cockpit.queries import phase_views
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.domain.refusals import GateClosed
from kommpass.domain.validity import CertificateState
from kommpass.participation import actions as participation
from kommpass.people.models import Post
from tests.conftest import member, signed_in
from tests.journeys.afterwards import balance, certify, department, renew
from tests.journeys.story import (
    COORDINATION,
    OFFICE,
    add_body,
    add_goal,
    add_measure,
    adopt,
    advise,
    begin,
    draft_paper,
    freeze,
    noon,
    open_draft,
    resolve,
    town,
)

HEARING, COUNCIL = date(2018, 12, 4), date(2018, 12, 12)
LATER = (Stage.STOCKTAKING, Stage.TARGETING, Stage.COUNCIL, Stage.REVIEW, Stage.AWARD, Stage.IMPLEMENTATION)


def certified(procedure: Procedure, *, drafted: date, council: date, awarded: date, until: str) -> None:
    """One round of Aachen: a goal, adopted, certified."""
    begin(procedure, *LATER, Stage.BALANCING, on=drafted)
    goal = add_goal(open_draft(procedure, on=drafted), 1, "Familien in allen Vierteln", on=drafted)
    add_measure(goal, "Familienzentren ausbauen", department("FB 45"), due=str(council.year + 2), on=drafted)
    version = freeze(goal.agreement, on=drafted)
    body = Body.objects.filter(kind="council").first() or add_body("Rat der Stadt Aachen", kind="council", on=drafted)
    paper = draft_paper(version, f"FB 45/{council.year}", on=drafted)
    adopt(version, resolve(paper, body, on=council), on=council)
    certify(procedure, submitted=council, decided=awarded, awarded=awarded, valid_until=until)


@pytest.fixture
def second(db):
    """Two rounds. The end of the first term is not known and assumed; the second ran out in March 2018."""
    with town("Aachen", "aachen", population=245_000, begins=date(2009, 10, 1)) as first:
        certified(first, drafted=date(2010, 1, 11), council=date(2010, 5, 5), awarded=date(2010, 9, 1), until="2015-01")
        balance(first, dict.fromkeys(first.agreement.goals.all(), "continue"), on=date(2013, 6, 3))
        procedure = renew(first, "advanced", "Audit Aachen: zweiter Durchgang", on=date(2013, 10, 1))
        certified(
            procedure, drafted=date(2014, 10, 1), council=date(2015, 1, 28), awarded=date(2015, 3, 16), until="2018-03"
        )
        yield procedure


def decide_to_go_on(procedure: Procedure) -> None:
    """The committee is heard on 04.12.2018, the council decides on 12.12.2018 how to go on."""
    paper = bodies.draft_paper(
        procedure=procedure, title="Erhaltungszertifikat", purpose="continuation", reference="FB 45/0520/WP17",
        by=OFFICE, at=noon(date(2018, 11, 12)),
    )  # fmt: skip
    committee = add_body("Kinder- und Jugendausschuss", on=date(2018, 11, 12))
    advise(paper, committee, on=HEARING, role="hearing", manner="unanimous")
    resolve(paper, Body.objects.get(kind="council"), on=COUNCIL)


@pytest.fixture
def third(second):
    goals = second.agreement.goals.all()
    balance(second, dict.fromkeys(goals, "continue"), on=date(2018, 10, 1))
    decide_to_go_on(second)
    return renew(second, "maintenance", "Audit Aachen: Erhaltungszertifikat", on=date(2019, 1, 7))


def test_the_certificate_had_run_out_when_the_council_decided(second):
    states = {
        day: certification.standings(day)[0].state
        for day in (date(2018, 3, 31), date(2018, 4, 1), COUNCIL)
    }  # fmt: skip
    assert states == {
        date(2018, 3, 31): CertificateState.EXPIRING,
        date(2018, 4, 1): CertificateState.LAPSED,
        COUNCIL: CertificateState.LAPSED,
    }
    assert certification.holding(COUNCIL) is None


def test_after_two_rungs_the_lighter_ones_fit(second):
    assert [each.key for each in balancing.next_rungs(second)] == ["maintenance", "permanent", "advanced"]


def test_the_gate_of_the_balance_asks_for_the_decision_of_the_council(second):
    goals = second.agreement.goals.all()
    balance(second, dict.fromkeys(goals, "continue"), on=date(2018, 10, 1))
    phase = second.phases.get(key="balancing")
    phase.procedure = second
    with pytest.raises(GateClosed):
        close_phase(phase=phase, by=COORDINATION, at=noon(HEARING))
    decide_to_go_on(second)
    assert facts(second)["continuation_decisions"] == 1
    assert close_phase(phase=phase, by=COORDINATION, at=noon(COUNCIL)).closed_at == noon(COUNCIL)


def test_the_maintenance_round_has_no_questionnaire_and_no_strategy_workshop(third):
    keys = [each.key for each in third.phases.all()]
    assert keys == [
        "commitment", "kickoff", "participation", "targeting", "council", "review", "award", "implementation",
        "balancing",
    ]  # fmt: skip
    asked = {
        rule.fact for each in phase_views(third, COUNCIL) if each.gate for rule in each.gate.requires
    }  # fmt: skip
    assert (
        asked & {"questions_answered", "bundles_closed", "analyses", "strategy_workshops", "family_definitions"}
        == set()
    )
    assert (third.round, str(third.rung_title), third.predecessor.rung) == (3, "Erhaltungszertifikat", "advanced")


def test_its_gates_open_without_them_one_phase_after_the_other(third):
    day = date(2019, 2, 4)
    deed = {"by": COORDINATION, "at": noon(day)}
    paper = bodies.draft_paper(
        procedure=third,
        title="Teilnahme",
        purpose="participation",
        reference="FB 45/0521/WP17",
        by=OFFICE,
        at=noon(day),
    )
    resolve(paper, Body.objects.get(kind="council"), on=day)
    audits.sign_contract(procedure=third, signed_on=day, auditor_name="Aude Prüfer", **deed)
    post = Post.objects.create(organisation=department("FB 45"), title="Leitung")
    audits.name_project_lead(procedure=third, post=post, **deed)
    close(third, "commitment", **deed)
    workshop = participation.plan_workshop(procedure=third, kind="kickoff", title="Auftakt", held_on=day, **deed)
    participation.write_minutes(workshop=workshop, minutes="Es ging los.", **deed)
    participation.record_attendance(workshop=workshop, counts={"families": 12}, **deed)
    close(third, "kickoff", **deed)
    opened = [each.key for each in third.phases.filter(opened_at__isnull=False, closed_at=None)]
    assert opened == ["participation"]


def close(procedure: Procedure, key: str, **deed) -> None:
    phase = procedure.phases.get(key=key)
    phase.procedure = procedure
    close_phase(phase=phase, **deed)


def test_the_page_of_the_balance_offers_the_goals_and_no_questionnaire(third):
    begin(third, Stage.KICKOFF, Stage.TARGETING, on=date(2019, 3, 4))
    page = signed_in(member(Role.COORDINATOR, email="vera@aachen.example")).get("/aachen/balance/").content.decode()
    assert "1 Ziel übernehmen" in page and "Antworten übernehmen" not in page
