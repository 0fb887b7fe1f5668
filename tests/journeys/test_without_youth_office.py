"""Nordkirchen, and Hasselgrund like it: no youth office of its own, so the county's business is the county's."""

from datetime import date

import pytest

from kommpass.cockpit.actions import close_phase
from kommpass.cockpit.facts import facts
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.domain.refusals import GateClosed
from kommpass.people.models import Organisation
from kommpass.stocktaking import actions as stocktaking
from kommpass.stocktaking.actions import Said
from kommpass.stocktaking.given import Given
from kommpass.stocktaking.models import Answer
from kommpass.stocktaking.queries import in_total, progress
from tests.conftest import member, signed_in
from tests.journeys.story import AUDITOR, COORDINATION, begin, noon, town

ASKED, ANSWERED = date(2012, 9, 3), date(2012, 11, 30)
COUNTY = "Kreis Coesfeld"


@pytest.fixture
def nordkirchen(db):
    with town(
        "Nordkirchen",
        "nordkirchen",
        population=10_000,
        begins=date(2012, 2, 16),
        has_youth_office=False,
        county_name=COUNTY,
    ) as procedure:
        begin(procedure, Stage.STOCKTAKING, on=ASKED)
        yield procedure


@pytest.fixture
def bundle(nordkirchen):
    """All questions go to the one department there is."""
    return stocktaking.create_bundle(
        procedure=nordkirchen,
        organisation=Organisation.objects.create(name="Familienbüro"),
        title="Der ganze Fragebogen",
        question_keys=[each.key for each in nordkirchen.scheme.questions],
        due_on=ANSWERED,
        by=COORDINATION,
        at=noon(ASKED),
    )


def county_questions(procedure) -> set[str]:
    return {each.key for each in procedure.scheme.questions if each.level == "county"}


def stocktaking_phase(procedure):
    phase = procedure.phases.get(key="stocktaking")
    phase.procedure = procedure
    return phase


def test_questions_of_the_county_come_with_a_suggestion_that_nobody_has_confirmed(nordkirchen, bundle):
    suggested = bundle.answers.filter(kind=Answer.Kind.OUTSIDE)
    assert {each.question_key for each in suggested} == county_questions(nordkirchen) != set()
    assert set(suggested.values_list("provided_by", "confirmed")) == {(COUNTY, False)}
    assert facts(nordkirchen)["questions_answered"] == 0


def test_the_gate_of_the_stocktaking_can_be_met_without_a_youth_office(nordkirchen, bundle):
    with pytest.raises(GateClosed) as shut:
        close_phase(phase=stocktaking_phase(nordkirchen), by=COORDINATION, at=noon(ANSWERED))
    number = len(nordkirchen.scheme.questions)
    assert [(each.have, each.need) for each in shut.value.missing] == [(0, number), (0, 1), (0, 6)]

    county = county_questions(nordkirchen)
    said = {
        row.question_key: Said(
            Given.of(row) if row.question_key in county else Given(kind=Answer.Kind.UNKNOWN), holds=True
        )
        for row in bundle.answers.all()
    }
    stocktaking.save_answers(bundle=bundle, said=said, by=COORDINATION, at=noon(ANSWERED))
    stocktaking.close_bundle(bundle=bundle, by=COORDINATION, at=noon(ANSWERED))
    for field in nordkirchen.fields.all():
        stocktaking.write_finding(
            field=field, kind="strength", text=f"{COUNTY} und Gemeinde sprechen sich ab.", by=AUDITOR, at=noon(ANSWERED)
        )
        stocktaking.accept_analysis(field=field, by=AUDITOR, at=noon(ANSWERED))

    all_fields = in_total(progress(nordkirchen))
    assert (all_fields.outside, all_fields.open) == (len(county), 0)
    browser = signed_in(member(Role.COORDINATOR, email="leitung@nordkirchen.example"))
    assert browser.post("/nordkirchen/phases/stocktaking/close/").status_code == 302
    assert stocktaking_phase(nordkirchen).closed_at is not None


def test_the_page_of_the_phase_says_what_it_needs(nordkirchen, bundle):
    page = signed_in(member(Role.COORDINATOR, email="leitung@nordkirchen.example")).get(
        "/nordkirchen/phases/stocktaking/"
    )
    shown = page.content.decode()
    assert "Auswertungen je Handlungsfeld angenommen" in shown and "Fragen beantwortet" in shown
    assert page.status_code == 200
