"""Delmenhorst 2024-27: "10 bis 14 Grundschulen bis 2027" is a range, stays one, and is judged as one."""

from datetime import date
from decimal import Decimal

import pytest

from kommpass.agreement import actions as agreement
from kommpass.agreement import queries
from kommpass.agreement.forms import IndicatorForm
from kommpass.agreement.models import Version
from kommpass.bodies.models import Body
from kommpass.domain.phases import Stage
from kommpass.domain.targets import Outcome, from_json, judge
from kommpass.people.models import Organisation
from tests.agreement.builders import measures_of
from tests.journeys.story import (
    COORDINATION,
    add_body,
    add_goal,
    add_measure,
    adopt,
    begin,
    draft_paper,
    freeze,
    noon,
    open_draft,
    resolve,
    town,
)

DRAFTED, COUNCIL, LATER = date(2024, 5, 6), date(2024, 9, 10), date(2026, 3, 2)


@pytest.fixture
def delmenhorst(db):
    with town("Delmenhorst", "delmenhorst", population=83_000, begins=date(2023, 6, 1), state="NI") as procedure:
        begin(procedure, Stage.TARGETING, Stage.COUNCIL, on=DRAFTED)
        yield procedure


@pytest.fixture
def all_day(delmenhorst):
    """The measure on all-day schools, with its range."""
    schools = Organisation.objects.create(name="Fachdienst Schule")
    goal = add_goal(
        open_draft(delmenhorst, on=DRAFTED), 3, "Grundschulkinder sind den ganzen Tag gut aufgehoben", on=DRAFTED
    )
    made = add_measure(goal, "Ganztag an Grundschulen einrichten", schools, due="2027", on=DRAFTED)
    form = IndicatorForm(
        {"name": "Grundschulen im Ganztag", "baseline": "6", "kind": "range", "low": "10", "high": "14",
         "unit": "Grundschulen", "by": "2027"}
    )  # fmt: skip
    assert form.is_valid(), form.errors
    agreement.add_indicator(measure=made, **form.indicator, by=COORDINATION, at=noon(DRAFTED))
    agreement.answer_measure(measure=made, accepted=True, by=COORDINATION, at=noon(DRAFTED))
    return made


def test_the_range_of_delmenhorst_is_frozen_as_it_was_meant(all_day):
    version = freeze(all_day.agreement, on=DRAFTED)
    assert measures_of(version.content)[0]["indicators"] == [
        {
            "name": "Grundschulen im Ganztag",
            "unit": "Grundschulen",
            "baseline": "6",
            "target": "10 bis 14 Grundschulen bis 2027",
            "source": "",
        }
    ]


@pytest.mark.parametrize(
    ("schools", "outcome"),
    [(6, Outcome.NOT), (9, Outcome.PARTLY), (10, Outcome.REACHED), (14, Outcome.REACHED), (15, Outcome.REACHED)],
)
def test_the_range_is_reached_from_ten_schools_on(all_day, schools, outcome):
    indicator = all_day.indicators.get()
    assert judge(from_json(indicator.target), Decimal(indicator.baseline), Decimal(schools)) is outcome


def test_a_postponement_is_a_version_of_its_own_and_the_old_promise_stays_readable(delmenhorst, all_day):
    version = freeze(all_day.agreement, on=DRAFTED)
    council = add_body("Rat der Stadt Delmenhorst", kind=Body.Kind.COUNCIL, on=DRAFTED)
    adopt(version, resolve(draft_paper(version, "24/30/001", on=DRAFTED), council, on=COUNCIL), on=COUNCIL)

    begin(delmenhorst, Stage.IMPLEMENTATION, on=date(2025, 1, 2))
    amendment = agreement.propose_amendment(
        procedure=delmenhorst,
        kind="deadline_shift",
        measure=all_day,
        changes={"due": "2028"},
        reason="Zwei Mensen werden später fertig.",
        by=COORDINATION,
        at=noon(LATER),
    )
    agreement.approve_amendment(amendment=amendment, by=COORDINATION, at=noon(LATER))

    promised = {
        day: measures_of(queries.in_force(delmenhorst, day).content)[0]["due"]
        for day in (COUNCIL, date(2026, 3, 1), LATER)
    }
    assert promised == {COUNCIL: "2027", date(2026, 3, 1): "2027", LATER: "2028"}
    assert Version.objects.get(number=2).reason == "Zwei Mensen werden später fertig."
