"""Berlin-Lichtenberg: a motion from the council, "mit Änderungen beschlossen", and no votes counted."""

from datetime import date

import pytest

from kommpass.agreement import actions as agreement
from kommpass.agreement import queries
from kommpass.bodies import actions as bodies
from kommpass.bodies.models import Body
from kommpass.bodies.queries import counts, paper_content
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.domain.refusals import NotPossible
from kommpass.people.models import Organisation
from tests.agreement.builders import measures_of
from tests.conftest import member, signed_in
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

MOTION, JOINED, DRAFTED, COMMITTEE, COUNCIL = (
    date(2013, 1, 24), date(2013, 2, 21), date(2014, 11, 3), date(2015, 1, 14), date(2015, 1, 29)
)  # fmt: skip


@pytest.fixture
def lichtenberg(db):
    with town(
        "Lichtenberg", "lichtenberg", population=268_000, begins=MOTION, kind="district", state="BE"
    ) as procedure:
        yield procedure


@pytest.fixture
def assembly(lichtenberg):
    return add_body("Bezirksverordnetenversammlung", kind=Body.Kind.COUNCIL, on=MOTION)


@pytest.fixture
def family_committee(lichtenberg):
    return add_body("Ausschuss für Familie", on=MOTION)


def test_the_motion_to_take_part_is_decided_with_changes(lichtenberg, assembly, family_committee):
    motion = bodies.draft_paper(
        procedure=lichtenberg,
        title="Lichtenberg wird familiengerecht",
        purpose="participation",
        reference="DS/0581/VII",
        by=OFFICE,
        at=noon(MOTION),
    )
    advise(
        motion,
        family_committee,
        on=date(2013, 2, 12),
        role="recommendation",
        state="recommended_with_changes",
        changes_text="Bericht nach sechs Monaten",
    )
    decision = resolve(
        motion, assembly, on=JOINED, result="adopted_with_changes", changes_text="wie im Ausschuss", manner="majority"
    )
    assert (decision.votes, decision.voting) == ("", "mehrheitlich")
    assert counts(lichtenberg)["participation_decisions"] == 1


def test_what_the_assembly_adopted_is_the_changed_version(lichtenberg, assembly, family_committee):
    begin(lichtenberg, Stage.TARGETING, Stage.COUNCIL, on=DRAFTED)
    office = Organisation.objects.create(name="Jugendamt Lichtenberg")
    draft = open_draft(lichtenberg, on=DRAFTED)
    goal = add_goal(draft, 4, "Familien finden Rat an einem Ort", on=DRAFTED)
    family_office = add_measure(goal, "Familienbüro eröffnen", office, due="2018", on=DRAFTED)
    tabled = freeze(draft, on=DRAFTED, reason="Entwurf des Bezirksamts")
    paper = draft_paper(tabled, "DS/1590/VII", on=DRAFTED)

    advise(
        paper,
        family_committee,
        on=COMMITTEE,
        role="recommendation",
        state="recommended_with_changes",
        changes_text="Das Familienbüro soll bis Juli 2017 öffnen.",
    )
    agreement.edit_measure(measure=family_office, changes={"due": "2017-07"}, by=COORDINATION, at=noon(COMMITTEE))
    changed = agreement.amend_in_council(
        agreement=draft,
        paper=paper,
        reason="Das Familienbüro soll bis Juli 2017 öffnen.",
        by=OFFICE,
        at=noon(COMMITTEE),
    )
    decision = resolve(
        paper, assembly, on=COUNCIL, result="adopted_with_changes", changes_text="wie im Ausschuss", manner="majority"
    )
    with pytest.raises(NotPossible, match="Angenommen ist die letzte Fassung"):
        adopt(tabled, decision, on=COUNCIL)
    adopt(changed, decision, on=COUNCIL)

    assert queries.in_force(lichtenberg, COUNCIL) == changed
    assert [measures_of(each.content)[0]["due"] for each in (tabled, changed)] == ["2018", "2017-07"]
    assert [each["result"] for each in paper_content(paper)["chain"]] == [
        "mit Änderungen empfohlen",
        "mit Änderungen beschlossen, mehrheitlich",
    ]
    browser = signed_in(member(Role.COUNCIL_MEMBER, email="bvv@lichtenberg.example"))
    page = browser.get("/lichtenberg/agreement/versions/1/compare/2/").content.decode()
    assert "2018" in page and "2017" in page and "Frist" in page
