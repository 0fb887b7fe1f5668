"""From the frozen version to the resolution: tabled, changed in the chain, recommended, adopted."""

import pytest

from kommpass.agreement import actions, documents, queries
from kommpass.agreement.models import Adoption, Version
from kommpass.bodies import actions as bodies
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.domain.refusals import NotAllowed, NotPossible
from tests.agreement.builders import (
    AUDITOR,
    COORDINATOR,
    COUNCIL_DAY,
    OFFICE,
    adopt,
    committee,
    council,
    decide,
    edit,
    freeze,
    measures_of,
    paper,
    small_draft,
    table,
)
from tests.conftest import NOON, actor, open_only


@pytest.fixture
def version(procedure, youth_office) -> Version:
    return freeze(small_draft(procedure, youth_office))


@pytest.fixture
def about(procedure, version):
    found = paper(procedure)
    table(version, found)
    return found


def amend(agreement, about, reason="Der Ausschuss verkürzt die Frist.") -> Version:
    return actions.amend_in_council(agreement=agreement, paper=about, reason=reason, by=OFFICE, at=NOON)


def test_what_the_council_adopts_is_named_with_body_day_paper_and_hash(procedure, version, about):
    adoption = adopt(version, decide(about, council(), manner="unanimous", votes_yes=18, votes_no=0, votes_abstain=0))
    assert (adoption.approved_by, adoption.valid_from, adoption.conditions) == ("Rat", COUNCIL_DAY, [])
    assert documents.content_with_resolution(Version.objects.get(pk=version.pk))["resolution"] == {
        "body": "Rat",
        "date": "2026-10-07",
        "paper": "0123/2026",
        "result": "beschlossen",
        "votes": "18:0:0",
        "conditions": [],
    }
    assert queries.in_force(procedure, COUNCIL_DAY) == version


def test_a_resolution_subject_to_budget_carries_its_condition(version, about):
    adoption = adopt(version, decide(about, council(), conditions=["unter Haushaltsvorbehalt"]))
    assert adoption.conditions == ["unter Haushaltsvorbehalt"]
    pdf = documents.content_with_resolution(Version.objects.get(pk=version.pk))
    assert pdf["resolution"]["conditions"] == ["unter Haushaltsvorbehalt"]


def test_a_change_in_the_chain_makes_a_new_version_on_the_same_paper(version, about):
    agreement = version.agreement
    edit(agreement.measures.first(), due="2026-12")
    second = amend(agreement, about)
    assert (second.number, second.kind, second.base, second.reason) == (
        2,
        "amended",
        version,
        "Der Ausschuss verkürzt die Frist.",
    )
    assert [each.version.number for each in about.tablings.order_by("pk")] == [1, 2]
    assert [measures_of(each.content)[0]["due"] for each in (version, second)] == ["2027", "2026-12"]
    about.refresh_from_db()
    assert about.subject_version == second.pk


def test_the_last_version_of_the_paper_is_adopted_and_no_earlier_one(version, about):
    second = amend(version.agreement, about)
    decision = decide(about, council())
    with pytest.raises(NotPossible, match="Angenommen ist die letzte Fassung der Vorlage"):
        adopt(version, decision)
    assert adopt(second, decision).version == second


def test_changes_of_the_council_itself_are_frozen_after_its_decision(version, about):
    decision = decide(about, council(), result="adopted_with_changes", changes_text="Frist verkürzt")
    with pytest.raises(NotPossible, match="mit Änderungen beschlossen"):
        adopt(version, decision)
    edit(version.agreement.measures.first(), due="2026-12")
    second = amend(version.agreement, about, "Der Rat verkürzt die Frist.")
    assert adopt(second, decision).version == second


def test_after_a_decision_without_changes_the_chain_is_closed(version, about):
    decide(about, council())
    with pytest.raises(NotPossible, match="schon beschlossen"):
        amend(version.agreement, about)


def test_after_the_adoption_the_chain_is_closed(version, about):
    adopt(version, decide(about, council()))
    with pytest.raises(NotPossible, match="schon beschlossen"):
        amend(version.agreement, about)


def test_a_paper_without_a_version_cannot_be_amended(procedure, version):
    with pytest.raises(NotPossible, match="noch keine Fassung"):
        amend(version.agreement, paper(procedure))


def test_a_committee_cannot_adopt(version, about):
    with pytest.raises(NotPossible, match="zuständigen Gremiums"):
        adopt(version, decide(about, committee()))


@pytest.mark.parametrize("result", ["rejected", "noted"])
def test_a_decision_that_does_not_agree_adopts_nothing(version, about, result):
    with pytest.raises(NotPossible, match="zustimmender Beschluss"):
        adopt(version, decide(about, council(), result=result))
    assert not Adoption.objects.exists()


def test_a_decision_about_another_paper_adopts_nothing(procedure, version, about):
    other = decide(paper(procedure, "0999/2026", purpose="other", title="Spielplätze"), council())
    with pytest.raises(NotPossible, match="lag dem Gremium mit dieser Vorlage nicht vor"):
        adopt(version, other)


def test_a_decision_that_was_corrected_adopts_nothing(version, about):
    wrong = decide(about, council())
    bodies.correct_decision(
        decision=wrong,
        correction_reason="Der Rat hat abgelehnt.",
        decided_on=COUNCIL_DAY,
        reference=about.reference,
        result="rejected",
        by=OFFICE,
        at=NOON,
    )
    with pytest.raises(NotPossible, match="berichtigt"):
        adopt(version, wrong)


def test_a_version_is_adopted_once(version, about):
    decision = decide(about, council())
    adopt(version, decision)
    with pytest.raises(NotPossible, match="bereits als angenommen"):
        adopt(version, decision)


def test_an_older_version_cannot_be_adopted_after_a_newer_one(procedure, version, about):
    newer, again = freeze(version.agreement), paper(procedure, "0200/2026")
    table(newer, again)
    rat = council()
    adopt(newer, decide(again, rat))
    with pytest.raises(NotPossible, match="neuere Fassung"):
        adopt(version, decide(about, rat))


def test_a_decision_needs_the_number_of_its_paper(procedure, version):
    without = paper(procedure, "")
    table(version, without)
    with pytest.raises(NotPossible, match="Nummer der Vorlage"):
        decide(without, council())


def test_a_paper_of_another_round_cannot_carry_the_version(procedure, version):
    foreign = paper(procedure)
    foreign.procedure_id = procedure.pk + 1
    with pytest.raises(NotPossible, match="anderen Verfahren"):
        table(version, foreign)
    with pytest.raises(NotPossible, match="anderen Verfahren"):
        amend(version.agreement, foreign)


def test_nothing_is_adopted_outside_of_the_council_phase(procedure, version, about):
    decision = decide(about, council())
    open_only(procedure, Stage.IMPLEMENTATION)
    version.agreement.procedure = procedure
    with pytest.raises(NotAllowed, match="anderen Phase"):
        adopt(version, decision)


def test_the_auditor_recommends_and_a_later_word_stands_beside_the_first(version):
    for verdict, text in (("return", "Zwei Fristen fehlen."), ("recommend", "Jetzt ist sie rund.")):
        actions.recommend_version(version=version, verdict=verdict, text=text, by=AUDITOR, at=NOON)
    assert sorted(version.recommendations.values_list("verdict", "text", "by_name")) == [
        ("recommend", "Jetzt ist sie rund.", "Aude Prüfer"),
        ("return", "Zwei Fristen fehlen.", "Aude Prüfer"),
    ]
    with pytest.raises(NotAllowed):
        actions.recommend_version(version=version, verdict="recommend", text="", by=COORDINATOR, at=NOON)


def test_a_remark_is_answered_and_changes_nothing(version):
    mayor = actor(Role.COUNCIL_MEMBER, name="Rita Rat")
    remark = actions.write_remark(version=version, text="Warum erst 2027?", about="1.1.1", by=mayor, at=NOON)
    actions.answer_remark(remark=remark, answer="Der Umbau dauert.", by=COORDINATOR, at=NOON)
    remark.refresh_from_db()
    assert (remark.about, remark.by_name, remark.answer, remark.answered_by) == (
        "1.1.1",
        "Rita Rat",
        "Der Umbau dauert.",
        "Vera Beispiel",
    )
    with pytest.raises(NotAllowed):
        actions.write_remark(version=version, text="Ich auch", by=COORDINATOR, at=NOON)
