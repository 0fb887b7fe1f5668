"""Delmenhorst: certified 12.11.2019 until 10/2022, two years reported, balanced, and after a lapse a second rung."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from kommpass.agreement import actions as agreement
from kommpass.agreement.models import Goal, Measure
from kommpass.agreement.queries import goals, in_force, measures
from kommpass.audits.models import Procedure
from kommpass.balancing import actions as balancing
from kommpass.balancing import queries
from kommpass.bodies.models import Body
from kommpass.certification import queries as certification
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.domain.targets import RangeTarget
from kommpass.domain.validity import CertificateState, Gap
from kommpass.implementation import queries as progress
from kommpass.reporting.queries import published_reports
from tests.conftest import member, signed_in
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

DRAFTED, COUNCIL, AWARDED = date(2018, 11, 5), date(2019, 3, 26), date(2019, 11, 12)
TOLD_FIRST, TOLD_SECOND, BALANCED = date(2020, 12, 8), date(2021, 11, 3), date(2022, 7, 5)
AGAIN, DRAFTED_AGAIN, COUNCIL_AGAIN, AWARDED_AGAIN = (
    date(2023, 6, 1), date(2024, 5, 6), date(2024, 9, 10), date(2024, 12, 4),
)  # fmt: skip
LATER = (Stage.TARGETING, Stage.COUNCIL, Stage.REVIEW, Stage.AWARD, Stage.IMPLEMENTATION)


@pytest.fixture
def first(db):
    """The first round up to its certificate: family centres, a map of the network, a profile as an employer."""
    with town("Delmenhorst", "delmenhorst", population=83_000, begins=date(2018, 1, 15), state="NI") as procedure:
        begin(procedure, *LATER, on=DRAFTED)
        draft = open_draft(procedure, on=DRAFTED)
        centres = add_goal(draft, 1, "Familienzentren sind Knoten im Stadtteil", on=DRAFTED)
        network = add_goal(draft, 2, "Wer für Integration arbeitet, kennt sich", on=DRAFTED)
        employer = add_goal(draft, 3, "Die Stadt ist eine familienfreundliche Arbeitgeberin", on=DRAFTED)
        for goal, title in (
            (centres, "Vier Familienzentren ausstatten"), (centres, "Barrierefreie Eingänge"),
            (network, "Netzwerkkarte erstellen"), (employer, "Arbeitgeberprofil schreiben"),
        ):  # fmt: skip
            add_measure(goal, title, department(), due="2021", on=DRAFTED)
        version = freeze(draft, on=DRAFTED)
        council = add_body("Rat der Stadt Delmenhorst", kind=Body.Kind.COUNCIL, on=DRAFTED)
        adopt(version, resolve(draft_paper(version, "19/30/011", on=DRAFTED), council, on=COUNCIL), on=COUNCIL)
        certify(
            procedure, submitted=date(2019, 4, 15), decided=date(2019, 11, 4), awarded=AWARDED, valid_until="2022-10"
        )
        yield procedure


def measure(title: str) -> Measure:
    return Measure.objects.get(title=title, predecessor=None)


def report(procedure: Procedure, year: int, first: date, last: date, *, on: date) -> None:
    """The year is asked about, sealed, shown to the committee, sent and accepted."""
    sealed = seal(procedure, f"Jahresbericht {year}", first, last, on=on)
    committee = Body.objects.filter(kind="committee").first() or add_body("Jugendhilfeausschuss", on=on)
    take_note(procedure, sealed, committee, f"{year}/JHA", on=on)
    hand_over(sealed, on=on, accepted=on)


def tell_two_years(procedure: Procedure) -> None:
    """What the town told the public on 08.12.2020 and on 03.11.2021."""
    asked = ask(procedure, "Statusrunde 2020", date(2019, 11, 12), date(2020, 10, 31), on=date(2020, 11, 2))
    say(asked, measure("Vier Familienzentren ausstatten"), "in_progress", on=TOLD_FIRST)
    say(asked, measure("Netzwerkkarte erstellen"), "done", on=TOLD_FIRST)
    report(procedure, 2020, date(2019, 11, 12), date(2020, 10, 31), on=TOLD_FIRST)
    asked.closed_at = noon(TOLD_FIRST)
    asked.save()
    asked = ask(procedure, "Statusrunde 2021", date(2020, 11, 1), date(2021, 10, 31), on=TOLD_SECOND)
    say(asked, measure("Vier Familienzentren ausstatten"), "done", on=TOLD_SECOND)
    say(
        asked, measure("Barrierefreie Eingänge"), "in_progress", light="yellow", text="Ein Haus steht unter Schutz.",
        expected="2023", on=TOLD_SECOND,
    )  # fmt: skip
    report(procedure, 2021, date(2020, 11, 1), date(2021, 10, 31), on=TOLD_SECOND)


def draw_the_balance(procedure: Procedure) -> None:
    begin(procedure, Stage.BALANCING, on=date(2022, 5, 2))
    centres, network, employer = goals(procedure.agreement)
    balance(procedure, {centres: "continue", network: "done", employer: "dropped"}, on=BALANCED)


def begin_again(procedure: Procedure) -> Procedure:
    """The second round, on the next rung, with what goes on and the new all-day goal; certified on 04.12.2024."""
    second = renew(procedure, "advanced", "Audit Delmenhorst: zweiter Durchgang", on=AGAIN)
    begin(second, Stage.STOCKTAKING, on=date(2023, 9, 1))
    balancing.carry_over(procedure=second, by=COORDINATION, at=noon(date(2023, 9, 4)))
    begin(second, *LATER, on=DRAFTED_AGAIN)
    draft = open_draft(second, on=DRAFTED_AGAIN)
    taken = measures(draft).get()
    agreement.edit_measure(measure=taken, changes={"due": "2025"}, by=COORDINATION, at=noon(DRAFTED_AGAIN))
    agreement.answer_measure(measure=taken, accepted=True, by=COORDINATION, at=noon(DRAFTED_AGAIN))
    school = add_goal(draft, 3, "Grundschulkinder sind den ganzen Tag gut aufgehoben", on=DRAFTED_AGAIN)
    all_day = add_measure(
        school, "Ganztag an Grundschulen", department("Fachdienst Schule"), due="2027", on=DRAFTED_AGAIN
    )
    target = RangeTarget(Decimal(10), Decimal(14), "Grundschulen", "2027")
    agreement.add_indicator(measure=all_day, name="Im Ganztag", target=target, by=COORDINATION, at=noon(DRAFTED_AGAIN))
    agreement.answer_measure(measure=all_day, accepted=True, by=COORDINATION, at=noon(DRAFTED_AGAIN))
    version, council = freeze(draft, on=DRAFTED_AGAIN), Body.objects.get(kind=Body.Kind.COUNCIL)
    paper = draft_paper(version, "24/30/001", on=DRAFTED_AGAIN)
    adopt(version, resolve(paper, council, on=COUNCIL_AGAIN), on=COUNCIL_AGAIN)
    certify(second, submitted=date(2024, 9, 16), decided=date(2024, 11, 18), awarded=AWARDED_AGAIN, valid_until="2027")
    return second


@pytest.fixture
def second(first):
    tell_two_years(first)
    draw_the_balance(first)
    return begin_again(first)


def test_the_certificate_of_2019_holds_to_the_end_of_october_2022(first):
    days = (date(2019, 11, 11), date(2019, 11, 12), date(2022, 10, 31), date(2022, 11, 1))
    (certificate,) = certification.certificates()
    assert [certification.standing(certificate, day).state for day in days] == [
        CertificateState.NOT_YET, CertificateState.VALID, CertificateState.EXPIRING, CertificateState.LAPSED,
    ]  # fmt: skip


def test_the_two_years_are_reports_that_do_not_change_any_more(first):
    tell_two_years(first)
    told = [(each.report.title, each.summary["done"], each.summary["yellow"]) for each in published_reports(BALANCED)]
    assert told == [("Jahresbericht 2021", 2, 1), ("Jahresbericht 2020", 1, 0)]


def test_the_balance_leads_to_the_next_rung(first):
    tell_two_years(first)
    draw_the_balance(first)
    assert [each.key for each in queries.next_rungs(first)] == ["advanced"]
    lines = queries.sealed_balance(first).content["goals"]
    assert [(each["number"], each["done"], each["measures"], each["verdict"]) for each in lines] == [
        ("1.1", 1, 2, "continue"), ("2.1", 1, 1, "done"), ("3.1", 0, 1, "dropped"),
    ]  # fmt: skip


def test_only_what_was_open_goes_on_and_remembers_its_last_state(second):
    taken = Measure.objects.get(agreement__procedure=second, title="Barrierefreie Eingänge")
    assert [(each.procedure.round, str(each.thing), each.word.text) for each in queries.chain(taken)] == [
        (1, "1.1.2 Barrierefreie Eingänge", "Ein Haus steht unter Schutz.")
    ]
    assert [str(each) for each in goals(second.agreement)] == [
        "1.1 Familienzentren sind Knoten im Stadtteil", "3.1 Grundschulkinder sind den ganzen Tag gut aufgehoben",
    ]  # fmt: skip
    assert Goal.objects.filter(agreement__procedure=second).exclude(predecessor=None).count() == 1
    assert [each.assessment for each in progress.standings(second.agreement, AWARDED_AGAIN)] == [None, None]


def test_the_lapse_between_the_rungs_stays_visible(second):
    every = certification.standings(date(2025, 1, 10))
    assert [(each.certificate.rung, each.state) for each in every] == [
        ("advanced", CertificateState.VALID), ("basic", CertificateState.LAPSED),
    ]  # fmt: skip
    assert certification.lapses(every, second.scheme_key) == [Gap(date(2022, 11, 1), date(2024, 12, 3))]
    assert certification.holding(date(2023, 6, 1)) is None
    assert certification.holding(date(2025, 1, 10)).certificate.valid_until == "2027"


def test_everybody_reads_the_certificate_the_lapse_and_the_new_promise(second):
    page = " ".join(Client().get("/delmenhorst/public/").content.decode().split())
    for words in ("Aufbauzertifikat", "Ohne Zertifikat vom 01.11.2022 bis 03.12.2024.", "<strong>2</strong> Maßnahmen"):
        assert words in page, words
    page = Client().get("/delmenhorst/public/progress/").content.decode()
    assert "Jahresbericht 2021" in page and "Jahresbericht 2020" in page


def test_both_promises_and_the_first_round_stay_readable(second, first):
    assert in_force(first, date(2022, 1, 1)).content["procedure"]["round"] == 1
    browser = signed_in(member(Role.COUNCIL_MEMBER, email="rat@delmenhorst.example"))
    assert "Ganztag an Grundschulen" in browser.get("/delmenhorst/agreement/versions/1/").content.decode()
    browser.post("/delmenhorst/procedure/choose/", {"procedure_id": first.pk})
    page = browser.get("/delmenhorst/agreement/versions/1/").content.decode()
    assert "Netzwerkkarte erstellen" in page and "Ganztag an Grundschulen" not in page
    assert "nicht weiterverfolgen" in browser.get("/delmenhorst/balance/sealed/").content.decode()
