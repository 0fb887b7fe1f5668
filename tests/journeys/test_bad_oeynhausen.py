"""Bad Oeynhausen: handed over on 27.10.2020, valid until 11/2023; never "three years later"."""

from datetime import date

import pytest

from kommpass.agreement.models import Measure
from kommpass.balancing import actions as balancing
from kommpass.bodies.models import Body
from kommpass.certification import queries as certification
from kommpass.domain.phases import Stage
from kommpass.domain.validity import CertificateState
from kommpass.reporting.queries import way
from tests.journeys.afterwards import (
    ask,
    balance,
    certify,
    department,
    hand_over,
    renew,
    say,
    seal,
    take_note,
)
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

COUNCIL, SUBMITTED, DECIDED, AWARDED = date(2020, 10, 7), date(2020, 10, 8), date(2020, 10, 26), date(2020, 10, 27)


@pytest.fixture
def audit(db):
    with town("Bad Oeynhausen", "bad-oeynhausen", population=50_000, begins=date(2019, 1, 15)) as procedure:
        begin(
            procedure,
            Stage.TARGETING,
            Stage.COUNCIL,
            Stage.REVIEW,
            Stage.AWARD,
            Stage.IMPLEMENTATION,
            on=date(2020, 1, 20),
        )
        draft = open_draft(procedure, on=date(2020, 1, 20))
        goal = add_goal(draft, 1, "Kleinräumige Daten liegen vor", on=date(2020, 1, 20))
        add_measure(goal, "Familienbüro einrichten", department(), due="2022-06", on=date(2020, 2, 3))
        add_measure(goal, "Sozialraumdaten aufbereiten", department(), due="2023", on=date(2020, 2, 3))
        version = freeze(draft, on=date(2020, 2, 20))
        council = add_body("Rat", kind=Body.Kind.COUNCIL, on=date(2020, 2, 20))
        adopt(version, resolve(draft_paper(version, "112/2020", on=date(2020, 9, 1)), council, on=COUNCIL), on=COUNCIL)
        yield procedure


@pytest.fixture
def certificate(audit):
    return certify(audit, submitted=SUBMITTED, decided=DECIDED, awarded=AWARDED, valid_until="2023-11")


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2020, 10, 26), CertificateState.NOT_YET),
        (date(2020, 10, 27), CertificateState.VALID),
        (date(2022, 11, 29), CertificateState.VALID),
        (date(2022, 11, 30), CertificateState.EXPIRING),
        (date(2023, 10, 27), CertificateState.EXPIRING),
        (date(2023, 11, 30), CertificateState.EXPIRING),
        (date(2023, 12, 1), CertificateState.LAPSED),
    ],
)
def test_the_certificate_holds_until_the_month_the_award_names(certificate, day, state):
    assert certification.standing(certification.certificates().get(), day).state is state


def test_the_first_annual_report_is_sealed_noted_and_accepted(audit, certificate):
    first, second = Measure.objects.order_by("pk")
    asked = ask(audit, "Statusrunde 2021", date(2020, 10, 27), date(2021, 10, 31), on=date(2021, 11, 2))
    say(asked, first, "done", on=date(2021, 11, 8))
    say(
        asked,
        second,
        "in_progress",
        light="yellow",
        text="Die Stelle war frei.",
        expected="2024-03",
        on=date(2021, 11, 9),
    )
    sealed = seal(audit, "Jahresbericht 2021", date(2020, 10, 27), date(2021, 10, 31), on=date(2021, 12, 1))
    take_note(audit, sealed, add_body("Jugendhilfeausschuss", on=date(2021, 12, 1)), "140/2021", on=date(2021, 12, 8))
    hand_over(sealed, on=date(2021, 12, 9), accepted=date(2022, 1, 10))

    counted = {name: sealed.summary[name] for name in ("total", "done", "under_way", "yellow")}
    assert counted == {"total": 2, "done": 1, "under_way": 1, "yellow": 1}
    assert (way(sealed).noted, way(sealed).state) == (True, "accepted")


def test_the_second_round_begins_with_what_goes_on(audit, certificate):
    asked = ask(audit, "Statusrunde 2023", date(2020, 10, 27), date(2023, 4, 30), on=date(2023, 5, 2))
    done, open_ = Measure.objects.order_by("pk")
    say(asked, done, "done", on=date(2023, 5, 8))
    begin(audit, Stage.BALANCING, on=date(2023, 5, 8))
    balance(audit, {done.goal: "continue"}, on=date(2023, 6, 1))
    following = renew(audit, "advanced", "Audit Bad Oeynhausen: zweiter Durchgang", on=date(2023, 7, 1))
    begin(following, Stage.STOCKTAKING, on=date(2023, 8, 1))

    (goal,) = balancing.carry_over(procedure=following, by=COORDINATION, at=noon(date(2023, 8, 2)))

    carried = [(each.title, each.due, each.acceptance, each.predecessor) for each in goal.measures.all()]
    assert carried == [("Sozialraumdaten aufbereiten", "", "open", open_)]
    assert balancing.carry_over(procedure=following, by=COORDINATION, at=noon(date(2023, 8, 3))) == []
