"""Aachen 2015: twelve goals, adopted "unter Haushaltsvorbehalt": decided is not funded."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document

from kommpass.agreement import documents
from kommpass.agreement.models import Version
from kommpass.bodies.models import Body
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.people.models import Organisation
from tests.conftest import member, signed_in
from tests.journeys.story import (
    add_body,
    add_goal,
    add_measure,
    adopt,
    advise,
    begin,
    draft_paper,
    freeze,
    open_draft,
    resolve,
    town,
)

DRAFTED, HEARING, COUNCIL = date(2014, 10, 1), date(2015, 1, 20), date(2015, 1, 28)
CLAUSE = "unter Haushaltsvorbehalt"
DEPARTMENTS = ("FB 20", "FB 36", "FB 45", "FB 50", "FB 56", "FB 61", "FB 64", "E 49")


@pytest.fixture
def aachen(db):
    with town("Aachen", "aachen", population=245_000, begins=date(2013, 10, 1)) as procedure:
        begin(procedure, Stage.TARGETING, Stage.COUNCIL, on=DRAFTED)
        yield procedure


def test_aachen_resolves_twelve_goals_subject_to_budget(aachen):
    departments = [Organisation.objects.create(name=name) for name in DEPARTMENTS]
    draft = open_draft(aachen, on=DRAFTED)
    for each in range(12):
        goal = add_goal(draft, each % 6 + 1, f"Ziel {each + 1}", on=DRAFTED)
        add_measure(
            goal, f"Maßnahme zu Ziel {each + 1}", departments[each % 8], due="2017", on=DRAFTED, subject_to_budget=True
        )
    version = freeze(draft, on=DRAFTED)
    paper = draft_paper(version, "FB 45/0001/WP17", on=DRAFTED, contributing=departments)
    advise(paper, add_body("Kinder- und Jugendausschuss", on=DRAFTED), on=HEARING, role="hearing", manner="unanimous")
    council = add_body("Rat der Stadt Aachen", kind=Body.Kind.COUNCIL, on=DRAFTED)
    adoption = adopt(version, resolve(paper, council, on=COUNCIL, conditions=[CLAUSE]), on=COUNCIL)

    assert (version.goal_count, adoption.valid_from, adoption.conditions) == (12, COUNCIL, [CLAUSE])
    assert documents.content_with_resolution(Version.objects.get())["resolution"] == {
        "body": "Rat der Stadt Aachen",
        "date": "2015-01-28",
        "paper": "FB 45/0001/WP17",
        "result": "beschlossen",
        "votes": "",
        "conditions": [CLAUSE],
    }
    word = Document(BytesIO(documents.make_paper(paper, "docx")))
    said = "\n".join(
        [each.text for each in word.paragraphs]
        + [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    )
    assert [
        each for each in (*DEPARTMENTS, CLAUSE, "Kinder- und Jugendausschuss", "28.01.2015") if each not in said
    ] == []

    browser = signed_in(member(Role.COUNCIL_MEMBER, email="rat@aachen.example"))
    page = browser.get("/aachen/agreement/versions/1/").content.decode()
    assert "Beschlossen: Rat der Stadt Aachen, 28.01.2015" in page and CLAUSE in page
