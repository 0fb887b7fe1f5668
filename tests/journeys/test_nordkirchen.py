"""Nordkirchen: a lapse of two years, one report for 2020/21, a "done" that the council disputes, a permanent award."""

from datetime import date

import pytest

from kommpass.agreement.models import Measure
from kommpass.audits import actions as audits
from kommpass.audits.models import Procedure
from kommpass.bodies.models import Body, Decision
from kommpass.certification.queries import certificates, holding, lapses, standings
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.domain.validity import CertificateState, Gap
from kommpass.implementation import actions as implementation
from kommpass.implementation.models import SelfAssessment
from kommpass.people.models import Organisation
from kommpass.reporting.queries import way
from tests.conftest import actor
from tests.journeys.afterwards import ask, balance, certify, department, hand_over, renew, say, seal, take_note
from tests.journeys.story import (
    AUDITOR,
    COORDINATION,
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

COUNCILLOR = actor(Role.COUNCIL_MEMBER, name="Fraktion")
WORKING = (Stage.TARGETING, Stage.COUNCIL, Stage.REVIEW, Stage.AWARD, Stage.IMPLEMENTATION)
LAPSE = Gap(date(2016, 7, 1), date(2018, 9, 19))
PERIOD = (date(2020, 1, 1), date(2021, 6, 30))
VOTES = ("votes_yes", "votes_no", "votes_abstain")
DISPUTE = "Das Sportstättenkonzept kann nicht als umgesetzt gelten."


def agree(procedure: Procedure, measures: list[str], *, on: date, advised=(None,) * 3, voted=(None,) * 3) -> None:
    """An agreement with these measures; the committee advised, the council adopted it on this day."""
    begin(procedure, *WORKING, on=on)
    draft = open_draft(procedure, on=on)
    goal = add_goal(draft, 1, "Familien leben gern in Nordkirchen", on=on)
    for title in measures:
        add_measure(goal, title, department("Bauamt"), due="2021", on=on)
    version = freeze(draft, on=on)
    paper = draft_paper(version, f"{on:%m/%Y}", on=on)
    committee = Body.objects.filter(name="Familienausschuss").first() or add_body("Familienausschuss", on=on)
    advise(paper, committee, on=on, **dict(zip(VOTES, advised, strict=True)))
    council = Body.objects.filter(name="Rat").first() or add_body("Rat", kind=Body.Kind.COUNCIL, on=on)
    adopt(version, resolve(paper, council, on=on, **dict(zip(VOTES, voted, strict=True))), on=on)


@pytest.fixture
def first(db):
    """Awarded in June 2013, until June 2016; a small municipality without a youth office of its own."""
    with town(
        "Nordkirchen", "nordkirchen", population=10_000, begins=date(2012, 2, 10), has_youth_office=False
    ) as procedure:
        agree(procedure, ["Familienbüro", "Besuche bei Neugeborenen"], on=date(2013, 4, 18), advised=(18, 0, 0))
        certify(
            procedure, submitted=date(2013, 4, 19), decided=date(2013, 5, 30), awarded=date(2013, 6, 10),
            valid_until="2016-06",
        )  # fmt: skip
        yield procedure


@pytest.fixture
def second(first):
    """Lapsed in 2016, balanced, and awarded again in September 2018."""
    audits.lapse_procedure(
        procedure=first, reason="Das Zertifikat lief im Juni 2016 aus.", by=COORDINATION, at=noon(date(2016, 7, 1))
    )
    following = audits.start_procedure(
        scheme_key=first.scheme_key, scheme_version=first.scheme_version, rung="advanced",
        title="Audit Nordkirchen: zweiter Durchgang", by=COORDINATION, at=noon(date(2017, 1, 10)),
    )  # fmt: skip
    agree(following, ["Sportstättenkonzept", "Mobilitätsstation", "Elterncafé"], on=date(2018, 6, 28))
    certify(
        following, submitted=date(2018, 7, 1), decided=date(2018, 9, 4), awarded=date(2018, 9, 20),
        valid_until="2021-09",
    )  # fmt: skip
    return following


@pytest.fixture
def disputed(second):
    """One round for two years, because of the pandemic. The council does not believe one "done"."""
    concept, station, cafe = Measure.objects.filter(agreement__procedure=second).order_by("number")
    asked = ask(second, "Statusrunde 2020/21", *PERIOD, on=date(2021, 7, 5))
    say(asked, concept, "done", text="Das Konzept wurde umgesetzt.", on=date(2021, 7, 12))
    say(asked, station, "in_progress", light="yellow", text="Wegen Corona verschoben.", on=date(2021, 7, 12))
    say(asked, cafe, "done_permanent", on=date(2021, 7, 13))
    implementation.write_view(
        measure=concept, stance="doubts", text="Umgesetzt ja; die neue Lage braucht eine Fortschreibung.",
        by=AUDITOR, at=noon(date(2021, 7, 20)),
    )  # fmt: skip
    remark = implementation.write_remark(
        measure=concept, text=DISPUTE, public=True, by=COUNCILLOR, at=noon(date(2021, 7, 22))
    )
    implementation.answer_remark(
        remark=remark, answer="Die Fortschreibung ist beauftragt.", by=COORDINATION, at=noon(date(2021, 7, 26))
    )
    return concept


@pytest.fixture
def report(second, disputed):
    return seal(second, "Bericht 2020/21", *PERIOD, on=date(2021, 8, 2))


def measure_in(sealed, title: str) -> dict:
    return next(
        measure
        for field in sealed.content["fields"]
        for goal in field["goals"]
        for measure in goal["measures"]
        if measure["title"] == title
    )


def test_two_years_are_one_report_and_it_goes_its_way_to_the_association(second, report):
    council = add_body("Rat der Gemeinde", kind=Body.Kind.COUNCIL, on=date(2021, 8, 2))
    take_note(second, report, council, "81/2021", on=date(2021, 8, 26))
    hand_over(report, on=date(2021, 8, 30), accepted=date(2021, 9, 20))
    assert (report.report.period_from, report.report.period_until) == PERIOD
    assert {name: report.summary[name] for name in ("total", "done", "yellow")} == {"total": 3, "done": 2, "yellow": 1}
    assert (way(report).noted, way(report).state) == (True, "accepted")


def test_what_the_town_the_auditor_and_the_council_say_stands_side_by_side(report, disputed):
    told = measure_in(report, "Sportstättenkonzept")
    assert (told["state"], told["text"]) == ("done", "Das Konzept wurde umgesetzt.")
    assert told["auditor_view"] == {
        "stance": "hat Zweifel",
        "text": "Umgesetzt ja; die neue Lage braucht eine Fortschreibung.",
        "by": "Auditorin",
    }
    (remark,) = told["remarks"]
    assert (remark["text"], remark["by"], remark["answer"]) == (
        DISPUTE, "Fraktion", "Die Fortschreibung ist beauftragt."
    )  # fmt: skip
    # None of the three changed another one.
    assert SelfAssessment.objects.get(measure=disputed).state == "done"


def test_a_dispute_that_comes_later_does_not_reach_the_sealed_report(report, disputed):
    before = report.digest, report.content
    implementation.write_remark(
        measure=disputed, text="Noch einmal: nein.", public=True, by=COUNCILLOR, at=noon(date(2021, 9, 1))
    )
    report.refresh_from_db()
    assert (report.digest, report.content) == before


def test_the_lapse_stays_when_the_award_becomes_permanent_by_membership(second, report):
    begin(second, Stage.BALANCING, on=date(2021, 8, 3))
    balance(second, {second.agreement.goals.get(): "continue"}, on=date(2021, 8, 10))
    last = renew(second, "permanent", "Audit Nordkirchen: dauerhaft", on=date(2021, 8, 11))
    agree(last, ["Fortschreibung des Sportstättenkonzepts"], on=date(2021, 8, 26), voted=(20, 0, 0))
    certify(last, submitted=date(2021, 8, 27), decided=date(2021, 9, 15), awarded=date(2021, 10, 1))

    decided = Decision.objects.filter(procedure=last).get()
    assert (decided.votes_yes, decided.votes_no, decided.votes_abstain) == (20, 0, 0)
    assert [(each.number[-2:], each.permanent) for each in reversed(certificates())] == [
        ("01", False), ("02", False), ("03", True),
    ]  # fmt: skip
    assert lapses(standings(date(2023, 1, 1))) == [LAPSE]
    assert [holding(day).state if holding(day) else None for day in (
        date(2016, 6, 30), date(2016, 7, 1), date(2018, 9, 19), date(2018, 9, 20), date(2021, 9, 30),
        date(2021, 10, 1), date(2022, 12, 31),
    )] == [
        CertificateState.EXPIRING, None, None, CertificateState.VALID, CertificateState.EXPIRING,
        CertificateState.PERMANENT, CertificateState.PERMANENT,
    ]  # fmt: skip


def test_a_municipality_without_a_youth_office_is_certified_all_the_same(first):
    assert Organisation.objects.get().name == "Bauamt"
    assert holding(date(2014, 1, 1)).state is CertificateState.VALID
