"""Herten 2013: five fields instead of six, and inclusion as a theme that lives in field 1."""

from datetime import date

import pytest

from kommpass.agreement import actions as agreement
from kommpass.audits import actions as audits
from kommpass.bodies.models import Body
from kommpass.domain.phases import Stage
from kommpass.domain.refusals import NotPossible
from kommpass.people.models import Organisation
from kommpass.stocktaking.queries import progress
from tests.agreement.builders import measures_of
from tests.journeys.story import (
    COORDINATION,
    add_body,
    add_goal,
    add_measure,
    adopt,
    advise,
    begin,
    draft_paper,
    field,
    freeze,
    noon,
    open_draft,
    resolve,
    town,
)

BEGUN, DRAFTED, COUNCIL = date(2011, 9, 1), date(2013, 2, 4), date(2013, 5, 15)
MERGED = "Wohnumfeld und Lebensqualität in Verbindung mit Senioren und Generationen"


@pytest.fixture
def herten(db):
    """Fields 5 and 6 are merged and inclusion is chosen before the stocktaking begins."""
    with town("Herten", "herten", population=61_000, begins=BEGUN) as procedure:
        audits.merge_fields(
            procedure=procedure,
            fields=[field(procedure, 5), field(procedure, 6)],
            title=MERGED,
            by=COORDINATION,
            at=noon(BEGUN),
        )
        audits.choose_themes(procedure=procedure, themes=["inclusion"], by=COORDINATION, at=noon(BEGUN))
        begin(procedure, Stage.TARGETING, Stage.COUNCIL, on=DRAFTED)
        yield procedure


def test_herten_has_five_fields_and_no_question_is_lost(herten):
    assert [(each.number, each.covers) for each in herten.fields.all()] == [
        (1, ["steering"]),
        (2, ["work_and_care"]),
        (3, ["education"]),
        (4, ["advice"]),
        (5, ["living", "generations"]),
    ]
    assert sum(each.tally.total for each in progress(herten)) == len(herten.scheme.questions)


def test_inclusion_is_a_theme_of_measures_in_field_1_and_no_sixth_field(herten):
    town_hall = Organisation.objects.create(name="Stabsstelle Inklusion")
    draft = open_draft(herten, on=DRAFTED)
    steering = add_goal(
        draft, 1, "Inklusion ist Aufgabe aller Fachbereiche", on=DRAFTED, strategic="Herten steuert familiengerecht."
    )
    housing = add_goal(draft, 5, "Jung und Alt wohnen gern nebeneinander", on=DRAFTED)
    add_measure(
        steering, "Foren zur Inklusion veranstalten", town_hall, due="2013-10", on=DRAFTED, themes=["inclusion"]
    )
    add_measure(housing, "Stadtteilprofile für den Norden", town_hall, due="2014", on=DRAFTED, also_serves=[steering])

    version = freeze(draft, on=DRAFTED)
    content = version.content
    assert [(each["number"], each["title"]) for each in content["fields"]][-1] == ("5", MERGED)
    assert [(each["number"], each["themes"], each["also_serves"]) for each in measures_of(content)] == [
        ("1.1.1", ["Inklusion"], []),
        ("5.1.1", [], ["1.1"]),
    ]
    council = add_body("Rat der Stadt Herten", kind=Body.Kind.COUNCIL, on=DRAFTED)
    paper = draft_paper(version, "13/076", on=DRAFTED)
    advise(paper, add_body("Jugendhilfeausschuss", on=DRAFTED), on=date(2013, 5, 2))
    adoption = adopt(version, resolve(paper, council, on=COUNCIL), on=COUNCIL)
    assert adoption.valid_from == COUNCIL


def test_once_there_are_goals_the_fields_stay_as_they_are(herten):
    draft = open_draft(herten, on=DRAFTED)
    goal = add_goal(draft, 4, "Beratung findet jede Familie", on=DRAFTED)
    begin(herten, Stage.STOCKTAKING, on=DRAFTED)
    with pytest.raises(NotPossible, match="stehen schon Ziele"):
        audits.merge_fields(
            procedure=herten,
            fields=[field(herten, 3), field(herten, 4)],
            title="Bildung und Beratung",
            by=COORDINATION,
            at=noon(DRAFTED),
        )
    agreement.drop_goal(goal=goal, by=COORDINATION, at=noon(DRAFTED))
    assert herten.fields.count() == 5
