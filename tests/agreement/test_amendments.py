"""Later changes of an adopted agreement: by kind and level, each approval a new version, nothing else with it."""

from datetime import date

import pytest

from kommpass.agreement import queries
from kommpass.agreement.actions import reject_amendment
from kommpass.agreement.forms.amending import AmendmentForm
from kommpass.agreement.models import Measure
from kommpass.bodies.models import Body
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.domain.worddiff import compare_agreements
from kommpass.people.models import Organisation
from tests.agreement.builders import (
    COORDINATOR,
    OFFICE,
    accept,
    adopt,
    approve,
    committee,
    council,
    decide,
    draft,
    edit,
    freeze,
    goal,
    measure,
    measures_of,
    noon,
    numbers,
    paper,
    propose,
    resolved,
    table,
)
from tests.conftest import NOON, TODAY, actor, open_only
from tests.participation.builders import agree, definition


@pytest.fixture
def version(procedure, youth_office):
    return resolved(procedure, youth_office)


@pytest.fixture
def office(version) -> Measure:
    return version.agreement.measures.get(number="1.1.1")


def changed(old, new) -> list[tuple[str, str, str, str]]:
    """(number, attribute, old, new) of everything in which two versions differ."""
    found = compare_agreements(old.content, new.content)
    assert not (found.added or found.removed or found.moved or found.renumbered)
    rows = [("", each.name, each.old, each.new) for each in found.head]
    return rows + [
        (item.new.number, each.name, each.old, each.new) for item in found.changed for each in item.attributes
    ]


def paper_about_changes(procedure, reference="0300/2026"):
    return paper(procedure, reference, purpose="amendment", title="Änderung der Zielvereinbarung")


def test_a_shifted_deadline_makes_the_next_version_with_that_change_only(procedure, version, office):
    second = approve(propose(procedure, "deadline_shift", office, due="2028-06"))
    assert (second.number, second.kind, second.base, second.reason) == (
        2,
        "amendment",
        version,
        "Der Umbau dauert länger.",
    )
    assert changed(version, second) == [("1.1.1", "due", "2027", "2028-06")]
    office.refresh_from_db()
    assert (office.due, office.due_on) == ("2028-06", date(2028, 6, 30))
    assert queries.in_force(procedure, TODAY) == second


def test_what_nobody_approved_does_not_slip_into_the_next_version(procedure, version, office, youth_office):
    other = version.agreement.measures.get(number="1.1.2")
    open_only(procedure, Stage.TARGETING)
    version.agreement.procedure = other.agreement.procedure = procedure
    edit(other, title="Still umformuliert")
    measure(other.goal, "Noch nicht beschlossen", responsible=youth_office)
    youth_office.name = "Fachbereich Jugend"
    youth_office.save()
    agree(definition(procedure, "Familie ist anders."))
    open_only(procedure, Stage.IMPLEMENTATION)

    second = approve(propose(procedure, "deadline_shift", office, due="2028"))
    assert changed(version, second) == [("1.1.1", "due", "2027", "2028")]


def test_two_changes_build_on_each_other_in_whichever_order_they_are_approved(procedure, version, office):
    first = propose(procedure, "deadline_shift", office, due="2028")
    second = propose(procedure, "editorial", office, title="Familienbüro im Bürgerhaus")
    approve(second)
    last = approve(first)
    assert changed(version, last) == [
        ("1.1.1", "due", "2027", "2028"),
        ("1.1.1", "title", "Familienbüro im Bürgerhaus eröffnen", "Familienbüro im Bürgerhaus"),
    ]


@pytest.mark.parametrize(
    ("kind", "changes", "level"),
    [
        ("editorial", {"title": "Neu"}, "coordinator"),
        ("deadline_shift", {"due": "2028"}, "coordinator"),
        ("wording", {"title": "Neu"}, "committee"),
        ("replace", {"title": "Neu", "due": "2029"}, "committee"),
        ("drop", {}, "council"),
    ],
)
def test_the_scheme_says_who_must_agree(procedure, office, kind, changes, level):
    assert propose(procedure, kind, office, **changes).level == level


def test_a_change_that_changes_nothing_is_refused(procedure, office):
    with pytest.raises(NotPossible, match="was sich ändern soll"):
        propose(procedure, "editorial", office)


def test_the_towns_own_levels_come_before_those_of_the_scheme(procedure, office):
    procedure.municipality.amendment_levels = {"deadline_shift": "council"}
    amendment = propose(procedure, "deadline_shift", office, due="2028")
    assert amendment.level == "council"
    with pytest.raises(NotPossible, match="zustimmenden Beschluss"):
        approve(amendment)


def test_a_change_that_belongs_to_another_kind_is_refused(procedure, office):
    for kind, changes in (
        ("editorial", {"due": "2028"}),
        ("deadline_shift", {"title": "Ganz anders"}),
        ("drop", {"title": "Ganz anders"}),
        ("replace", {"acceptance": "accepted"}),
    ):
        with pytest.raises(NotPossible, match="lassen sich so nicht ändern"):
            propose(procedure, kind, office, **changes)


def test_a_committee_agrees_to_a_new_wording(procedure, version, office):
    amendment = propose(procedure, "wording", office, description="An fünf Tagen geöffnet.")
    decision = decide(paper_about_changes(procedure), committee(), on=date(2026, 10, 20))
    second = approve(amendment, decision, by=OFFICE)
    assert (second.adoption.approved_by, second.adoption.valid_from) == ("Jugendhilfeausschuss", date(2026, 10, 20))
    assert changed(version, second) == [("1.1.1", "description", "", "An fünf Tagen geöffnet.")]


def test_a_round_table_is_no_committee(procedure, office):
    table_ = committee("Runder Tisch")
    Body.objects.filter(pk=table_.pk).update(kind=Body.Kind.ROUND_TABLE)
    table_.refresh_from_db()
    amendment = propose(procedure, "wording", office, title="Neu")
    with pytest.raises(NotPossible, match="Ausschuss"):
        approve(amendment, decide(paper_about_changes(procedure), table_))


def test_what_needs_the_council_a_committee_cannot_approve(procedure, office):
    amendment = propose(procedure, "drop", office)
    with pytest.raises(NotPossible, match="ein Ausschuss genügt nicht"):
        approve(amendment, decide(paper_about_changes(procedure), committee()))


def test_a_rejecting_decision_approves_nothing(procedure, version, office):
    amendment = propose(procedure, "wording", office, title="Neu")
    with pytest.raises(NotPossible, match="zustimmenden Beschluss"):
        approve(amendment, decide(paper_about_changes(procedure), committee(), result="rejected"))
    assert list(version.agreement.versions.all()) == [version]


def test_the_resolution_of_the_agreement_itself_does_not_approve_a_later_change(procedure, version, office):
    amendment = propose(procedure, "drop", office)
    with pytest.raises(NotPossible, match="eigenen Beschluss"):
        approve(amendment, version.adoption.decision)


def test_only_the_coordination_approves_what_is_left_to_it(procedure, office):
    with pytest.raises(NotAllowed, match="genehmigt die Koordination"):
        approve(propose(procedure, "editorial", office, title="Neu"), by=OFFICE)


def test_a_rejected_change_changes_nothing(procedure, version, office):
    amendment = propose(procedure, "deadline_shift", office, due="2030")
    reject_amendment(amendment=amendment, note="Die Frist bleibt.", by=COORDINATOR, at=NOON)
    office.refresh_from_db()
    assert (office.due, list(version.agreement.versions.all())) == ("2027", [version])
    with pytest.raises(NotPossible, match="schon entschieden"):
        approve(amendment)


def test_a_rejection_needs_a_reason(procedure, office):
    amendment = propose(procedure, "deadline_shift", office, due="2030")
    with pytest.raises(NotPossible, match="Begründung"):
        reject_amendment(amendment=amendment, note=" ", by=COORDINATOR, at=NOON)


def test_a_change_is_decided_once(procedure, office):
    amendment = propose(procedure, "deadline_shift", office, due="2028")
    approve(amendment)
    with pytest.raises(NotPossible, match="schon entschieden"):
        approve(type(amendment).objects.get(pk=amendment.pk))


def test_a_dropped_measure_stays_visible_with_its_number(procedure, version, office):
    amendment = propose(procedure, "drop", office)
    second = approve(amendment, decide(paper_about_changes(procedure), council("Stadtrat"), on=date(2026, 10, 20)))
    assert [(each["number"], each["dropped"]) for each in measures_of(second.content)] == [
        ("1.1.1", True),
        ("1.1.2", False),
    ]
    assert changed(version, second) == [("1.1.1", "dropped", "nein", "ja")]
    assert [number for number, _title in numbers(version.agreement)] == ["1.1.1", "1.1.2"]
    assert [each.label.split()[0] for each in queries.deadlines(procedure)] == ["1.1.2"]


def test_a_dropped_measure_cannot_be_changed_again(procedure, version, office):
    approve(propose(procedure, "drop", office), decide(paper_about_changes(procedure), council("Stadtrat")))
    office.refresh_from_db()
    with pytest.raises(NotPossible, match="gestrichen"):
        propose(procedure, "deadline_shift", office, due="2029")


def test_a_new_measure_comes_last_under_its_goal(procedure, version, youth_office):
    under = version.agreement.goals.get()
    amendment = propose(
        procedure, "add", None, title="Babybesuche", due="2028", goal=under.pk, responsible=youth_office.pk
    )
    second = approve(amendment, decide(paper_about_changes(procedure), council("Stadtrat")))
    assert [(each["number"], each["title"], each["responsible"], each["due"]) for each in measures_of(second.content)][
        2:
    ] == [("1.1.3", "Babybesuche", "Jugendamt", "2028")]
    assert second.measure_count == 3
    amendment.refresh_from_db()
    made = amendment.measure
    assert (made.number, made.responsible, str(made.uid)) == (
        "1.1.3",
        youth_office,
        measures_of(second.content)[2]["id"],
    )


def test_a_new_measure_needs_a_title_and_a_goal_of_this_agreement(procedure, version):
    for changes in (
        {"title": "Babybesuche"},
        {"title": "Babybesuche", "goal": 999},
        {"goal": version.agreement.goals.get().pk},
    ):
        with pytest.raises(NotPossible):
            propose(procedure, "add", None, **changes)


def test_an_impossible_deadline_is_refused_with_a_sentence(procedure, office):
    with pytest.raises(NotPossible, match="Den Tag „2028-02-30“ gibt es nicht"):
        propose(procedure, "deadline_shift", office, due="2028-02-30")


def test_departments_propose_changes_of_their_own_measures_only(procedure, office, youth_office):
    own = actor(Role.CONTRIBUTOR, organisations=[youth_office])
    foreign = actor(Role.CONTRIBUTOR, organisations=[Organisation.objects.create(name="Schulamt")])
    assert propose(procedure, "deadline_shift", office, due="2028", by=own).state == "proposed"
    with pytest.raises(NotAllowed, match="Ihrer eigenen Organisation"):
        propose(procedure, "deadline_shift", office, due="2028", by=foreign)


def test_before_the_resolution_there_is_nothing_to_amend(procedure, youth_office):
    agreement_measure = accept(measure(goal(draft(procedure)), responsible=youth_office))
    open_only(procedure, Stage.IMPLEMENTATION)
    agreement_measure.agreement.procedure = procedure
    with pytest.raises(NotPossible, match="noch keine beschlossene Fassung"):
        propose(procedure, "deadline_shift", agreement_measure, due="2028")


def test_a_decision_registered_late_does_not_reach_behind_the_version_before(procedure, version, office):
    """The committee agreed on 20.10., the coordination shifted a date on 02.11., and only then somebody registers."""
    worded = propose(procedure, "wording", office, title="Familienbüro Mitte")
    decision = decide(paper_about_changes(procedure), committee(), on=date(2026, 10, 20))
    second = approve(propose(procedure, "deadline_shift", office, due="2028"), at=noon(date(2026, 11, 2)))
    third = approve(worded, decision, at=noon(date(2026, 11, 9)))
    assert [
        queries.in_force(procedure, day).number
        for day in (date(2026, 10, 19), date(2026, 10, 25), date(2026, 11, 2), date(2026, 11, 9))
    ] == [1, 1, 3, 3]
    assert (second.adoption.valid_from, third.adoption.valid_from) == (date(2026, 11, 2), date(2026, 11, 2))


def test_a_version_frozen_later_for_the_council_takes_over_from_the_amendments(procedure, version, office):
    approve(propose(procedure, "deadline_shift", office, due="2028"))
    open_only(procedure, Stage.COUNCIL)
    version.agreement.procedure = procedure
    third, again = freeze(version.agreement), paper(procedure, "0400/2026")
    table(third, again)
    adopt(third, decide(again, council("Stadtrat"), on=TODAY))
    assert queries.in_force(procedure, TODAY) == third
    assert measures_of(third.content)[0]["due"] == "2028"


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"kind": "deadline_shift"}, "due", "Bitte nennen Sie die neue Frist."),
        ({"kind": "wording"}, "title", "Bitte schreiben Sie, wie es künftig heißen soll."),
        ({"kind": "editorial", "title": "Neu", "due": "2028"}, "due", "gehört nicht zu dieser Art der Änderung."),
        ({"kind": "deadline_shift", "due": "31.02.2028"}, "due", "gibt es nicht"),
    ],
)
def test_the_form_says_what_is_missing(version, office, given, field, sentence):
    form = AmendmentForm({"reason": "Weil.", **given}, agreement=version.agreement, measure=office)
    assert list(form.errors) == [field]
    assert sentence in form.errors[field][0]
