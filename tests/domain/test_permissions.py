"""Who may do what, and when: the whole table beside a readable copy, and the important rules as sentences.

A changed right shows as a changed line of permission_matrix.csv. After looking at the difference:
python -m tests.domain.test_permissions
"""

import csv
import io
import sys
from pathlib import Path

import pytest

from kommpass.domain.deeds import DEEDS
from kommpass.domain.permissions import (
    INSTALLATION_ROLES,
    NO_PROCEDURE,
    NOBODY,
    ROLE_LABELS,
    RULES,
    TOWN_ROLES,
    WHILE_RESTING,
    Actor,
    Role,
    Situation,
    may,
)
from kommpass.domain.phases import Stage

MATRIX = Path(__file__).with_name("permission_matrix.csv")
HEAD = ["action", "role", *Stage, "resting", "before"]
EVERY_STAGE = Situation(stages=frozenset(Stage))
RESTING = Situation(stages=frozenset(Stage), running=False)


def somebody(*roles: Role) -> Actor:
    return Actor(id=1, name="Jemand", roles=frozenset(roles))


def during(*stages: Stage) -> Situation:
    return Situation(stages=frozenset(stages))


def matrix() -> str:
    """Every right there is: one line for each action and each role that has it at some time."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(HEAD)
    situations = [*(during(stage) for stage in Stage), RESTING, NO_PROCEDURE]
    for action in RULES:
        for role in Role:
            cells = ["yes" if may(somebody(role), action, each) else "-" for each in situations]
            if "yes" in cells:
                table.writerow([action, role, *cells])
    return out.getvalue()


def allowed_to(action: str, situation: Situation = EVERY_STAGE) -> set[Role]:
    return {role for role in Role if may(somebody(role), action, situation)}


def actions_of(role: Role, situation: Situation = EVERY_STAGE) -> set[str]:
    return {action for action in RULES if not RULES[action].everybody and may(somebody(role), action, situation)}


def test_every_right_is_as_it_was_agreed():
    agreed = MATRIX.read_text(encoding="utf-8")
    assert matrix().splitlines() == agreed.splitlines(), (
        "A right has changed. Read the difference; if it is meant, run: python -m tests.domain.test_permissions"
    )


def test_every_action_has_a_word_for_journal_and_handbook():
    assert [action for action in RULES if not DEEDS.get(action)] == []


def test_every_role_has_a_german_name_and_one_place():
    assert set(ROLE_LABELS) == set(Role) == set(TOWN_ROLES) | set(INSTALLATION_ROLES)
    assert not set(TOWN_ROLES) & set(INSTALLATION_ROLES)


def test_without_a_role_one_may_only_say_that_an_offer_is_no_longer_correct():
    assert [a for a in RULES if may(NOBODY, a) or may(somebody(), a, EVERY_STAGE)] == ["signal.send"]


def test_an_unknown_action_is_our_mistake_and_never_a_yes():
    with pytest.raises(KeyError):
        may(somebody(*Role), "measure.ad", EVERY_STAGE)


def test_every_refusal_is_a_german_sentence():
    situations = [*(during(stage) for stage in Stage), RESTING, NO_PROCEDURE, during()]
    verdicts = [may(somebody(role), action, each) for role in Role for action in RULES for each in situations]
    reasons = {verdict.reason for verdict in verdicts if not verdict}
    assert reasons == {
        "Ihre Rolle sieht diesen Schritt nicht vor.",
        "Dieser Schritt gehört zu einer anderen Phase des Verfahrens.",
        "Das Verfahren ruht oder ist beendet. Lesen können Sie alles, ändern lässt sich nichts.",
    }
    assert {verdict.reason for verdict in verdicts if verdict} == {""}


@pytest.mark.parametrize("action", [action for action, rule in RULES.items() if rule.writes])
def test_a_resting_procedure_refuses_every_change_with_its_reason(action):
    verdict = may(somebody(*Role), action, RESTING)
    if action in WHILE_RESTING:
        assert verdict
    else:
        assert (verdict.allowed, "ruht" in verdict.reason) == (False, True)


def test_a_resting_procedure_is_gone_on_with_or_ended_and_what_outlives_it_goes_on():
    going_on = {"procedure.start", "procedure.resume", "procedure.withdraw", "procedure.lapse", "procedure.end"}
    people = {"people.end", "people.hand_over", "auditor.assign", "contract.record", "conflict.declare"}
    certificate = {"certificate.change", "permanence.record", "condition.report", "condition.check"}
    late_reports = {"report.note", "report.submit", "report.review"}
    assert going_on | people | certificate | late_reports == WHILE_RESTING


@pytest.mark.parametrize("action", [action for action, rule in RULES.items() if not rule.writes])
def test_reading_does_not_depend_on_the_phase_or_on_whether_the_procedure_rests(action):
    asked = [during(), during(Stage.INITIATION), RESTING, NO_PROCEDURE]
    assert len({frozenset(allowed_to(action, each)) for each in asked}) == 1


def test_the_review_board_and_the_association_see_what_was_submitted_and_never_a_draft():
    inside = {each for each in RULES if each.startswith(("agreement.", "version.", "stocktaking.", "report.view"))}
    assert not (actions_of(Role.REVIEW_BOARD) | actions_of(Role.ASSOCIATION_OFFICE)) & inside
    assert actions_of(Role.REVIEW_BOARD) == {
        "assessment.view", "submission.view", "board.view", "case.recuse", "conflict.declare", "review.write",
        "opinion.write", "review.decide", "objection.answer",
    }  # fmt: skip


def test_the_office_prepares_and_announces_and_never_judges():
    judging = {"review.write", "opinion.write", "review.decide", "objection.answer"}
    assert not actions_of(Role.ASSOCIATION_OFFICE) & judging
    assert allowed_to("decision.release") == allowed_to("certificate.issue") == {Role.ASSOCIATION_OFFICE}
    assert set.union(*(allowed_to(each) for each in judging)) == {Role.REVIEW_BOARD}


def test_only_the_town_says_how_far_it_is_and_only_the_association_accepts_its_reports():
    assert allowed_to("progress.report") == {Role.COORDINATOR, Role.CONTRIBUTOR, Role.PROVIDER}
    assert allowed_to("report.seal") == {Role.COORDINATOR}
    assert allowed_to("report.review") == {Role.ASSOCIATION_OFFICE}
    assert allowed_to("auditor_view.write") == {Role.AUDITOR}


def test_council_members_read_and_remark_and_change_nothing():
    assert actions_of(Role.COUNCIL_MEMBER) == {
        "offers.view", "prevention.view",
        "procedure.view", "participation.view", "bodies.view", "version.view", "version.download", "remark.write",
        "assessment.view", "certificate.view", "logo.download", "progress.view", "status_remark.write", "report.view",
        "balance.view", "council.view",
    }  # fmt: skip


def test_council_members_do_not_read_the_working_draft():
    assert Role.COUNCIL_MEMBER not in allowed_to("agreement.view") | allowed_to("stocktaking.view")


def test_a_provider_answers_what_it_is_asked_and_sees_nothing_else_of_the_agreement():
    assert actions_of(Role.PROVIDER) == {
        "offers.view", "offers.own", "offer.write", "offer.publish", "offer.end", "offer.confirm", "offer.undo",
        "offer.translate", "provider.edit", "location.edit", "signal.settle",
        "procedure.view", "stocktaking.view", "bundle.answer", "bundle.submit", "measure.own", "measure.answer",
        "certificate.view", "progress.own", "progress.report",
    }  # fmt: skip


def test_a_department_writes_its_measures_but_neither_freezes_nor_closes_anything():
    assert not actions_of(Role.CONTRIBUTOR) & {
        "agreement.freeze", "agreement.adopt", "agreement.write", "goal.write", "phase.open", "phase.close",
        "bundle.create", "bundle.return", "bundle.close", "people.invite", "procedure.pause", "amendment.approve",
    }  # fmt: skip
    assert "measure.write" in actions_of(Role.CONTRIBUTOR)


def test_only_the_coordination_freezes_and_only_shortly_before_the_council():
    assert allowed_to("agreement.freeze") == {Role.COORDINATOR}
    when = [stage for stage in Stage if may(somebody(Role.COORDINATOR), "agreement.freeze", during(stage))]
    assert when == [Stage.TARGETING, Stage.COUNCIL]


def test_only_the_auditor_recommends_and_accepts_an_analysis():
    assert allowed_to("agreement.recommend") == allowed_to("analysis.accept") == {Role.AUDITOR}


def test_the_auditor_neither_freezes_nor_adopts_nor_registers_a_decision():
    assert not actions_of(Role.AUDITOR) & {
        "agreement.freeze", "agreement.adopt", "agreement.amend_in_council", "decision.register",
        "amendment.approve", "people.invite", "procedure.pause",
    }  # fmt: skip


def test_decisions_are_registered_by_council_office_or_coordination():
    assert allowed_to("decision.register") == {Role.COUNCIL_OFFICE, Role.COORDINATOR}
    assert allowed_to("agreement.adopt") == {Role.COUNCIL_OFFICE, Role.COORDINATOR}


def test_an_adopted_agreement_changes_by_amendment_only():
    after = during(Stage.REVIEW, Stage.AWARD, Stage.IMPLEMENTATION, Stage.BALANCING)
    drafting = ("agreement.write", "goal.write", "measure.write", "agreement.freeze", "agreement.import")
    assert [action for action in drafting if allowed_to(action, after)] == []
    assert allowed_to("amendment.propose", after) == {Role.COORDINATOR, Role.CONTRIBUTOR}
    assert allowed_to("amendment.approve", after) == {Role.COORDINATOR, Role.COUNCIL_OFFICE}


def test_the_stocktaking_is_over_when_the_council_decides():
    late = during(Stage.COUNCIL, Stage.REVIEW, Stage.AWARD, Stage.IMPLEMENTATION, Stage.BALANCING)
    assert [action for action in RULES if action.startswith("bundle.") and allowed_to(action, late)] == []


def test_the_administrator_keeps_the_house_and_reads_no_content():
    assert not actions_of(Role.ADMINISTRATOR) & {
        "procedure.view", "stocktaking.view", "participation.view", "agreement.view", "version.view",
        "bodies.view", "journal.view", "association.view", "submission.view",
    }  # fmt: skip
    assert allowed_to("town.create") == allowed_to("installation.view") == {Role.ADMINISTRATOR}


def test_the_statistics_unit_sees_the_procedure_and_nothing_personal():
    assert actions_of(Role.STATISTICS_UNIT) == {"procedure.view"}


def test_two_roles_together_may_what_either_may():
    both = somebody(Role.COUNCIL_MEMBER, Role.COUNCIL_OFFICE)
    together = {action for action in RULES if not RULES[action].everybody and may(both, action, EVERY_STAGE)}
    assert together == actions_of(Role.COUNCIL_MEMBER) | actions_of(Role.COUNCIL_OFFICE)


if __name__ == "__main__":
    MATRIX.write_text(matrix(), encoding="utf-8")
    sys.stdout.write(f"{MATRIX.name}: {len(matrix().splitlines()) - 1} lines\n")
