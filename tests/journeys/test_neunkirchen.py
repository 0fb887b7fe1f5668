"""Neunkirchen: certified until 02/2018, awarded again on 12.11.2019, later permanent. The lapse stays for ever."""

from datetime import date

import pytest

from kommpass.audits import actions as audits
from kommpass.audits.models import Procedure
from kommpass.bodies.models import Body
from kommpass.certification import actions as certification
from kommpass.certification import verifying
from kommpass.certification.queries import certificates, holding, lapses, running_lapse, standings
from kommpass.certification.timeline import timeline
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.domain.validity import CertificateState, Gap
from tests.conftest import member, signed_in
from tests.journeys.afterwards import balance, certify, department, renew
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

FIRST, LAPSED, COUNCIL, AGAIN = date(2015, 2, 20), date(2018, 3, 1), date(2019, 3, 27), date(2019, 11, 12)
JOINED, PERMANENT = date(2022, 9, 20), date(2022, 11, 15)
LAPSE = Gap(date(2018, 3, 1), date(2019, 11, 11))
WORKING = (Stage.TARGETING, Stage.COUNCIL, Stage.REVIEW, Stage.AWARD, Stage.IMPLEMENTATION)


def agree(procedure: Procedure, title: str, *, on: date) -> None:
    """An agreement with one measure, adopted by the council on this day."""
    begin(procedure, *WORKING, on=on)
    draft = open_draft(procedure, on=on)
    add_measure(add_goal(draft, 1, title, on=on), f"{title}: erster Schritt", department(), due="2030", on=on)
    version = freeze(draft, on=on)
    council = Body.objects.filter(name="Rat").first() or add_body("Rat", kind=Body.Kind.COUNCIL, on=on)
    adopt(version, resolve(draft_paper(version, f"{on:%d/%Y}", on=on), council, on=on), on=on)


@pytest.fixture
def certified(db):
    """The first certificate: from spring 2015 until February 2018."""
    with town("Neunkirchen", "neunkirchen", population=13_000, begins=date(2014, 1, 10)) as procedure:
        agree(procedure, "Familien finden Rat", on=date(2015, 1, 27))
        certify(procedure, submitted=date(2015, 1, 28), decided=date(2015, 2, 18), awarded=FIRST, valid_until="2018-02")
        yield procedure


@pytest.fixture
def awarded_again(certified):
    """Nobody began in time: the round lapsed. In 2019 the council took it up again."""
    audits.lapse_procedure(
        procedure=certified, reason="Das Zertifikat ist ohne neuen Durchgang ausgelaufen.",
        by=COORDINATION, at=noon(LAPSED),
    )  # fmt: skip
    following = audits.start_procedure(
        scheme_key=certified.scheme_key, scheme_version=certified.scheme_version, rung="advanced",
        title="Audit Neunkirchen: zweiter Durchgang", by=COORDINATION, at=noon(date(2018, 9, 1)),
    )  # fmt: skip
    agree(following, "Familien bleiben gut beraten", on=COUNCIL)
    certify(following, submitted=date(2019, 4, 1), decided=date(2019, 10, 30), awarded=AGAIN, valid_until="2022-11")
    return following


@pytest.fixture
def made_permanent(awarded_again):
    """In 2022 Neunkirchen joined the association: awarded permanently, without a day between."""
    begin(awarded_again, Stage.BALANCING, on=date(2022, 6, 1))
    goal = awarded_again.agreement.goals.get()
    balance(awarded_again, {goal: "continue"}, on=date(2022, 7, 1))
    last = renew(awarded_again, "permanent", "Audit Neunkirchen: dauerhaft", on=date(2022, 8, 1))
    agree(last, "Was wir selbst fortschreiben", on=JOINED)
    certify(last, submitted=date(2022, 9, 21), decided=date(2022, 10, 30), awarded=PERMANENT)
    return last


def test_the_first_certificate_ends_with_the_month_it_names(certified):
    states = {day: standings(day)[0].state for day in (date(2018, 2, 28), LAPSED)}
    assert states == {date(2018, 2, 28): CertificateState.EXPIRING, LAPSED: CertificateState.LAPSED}
    assert running_lapse(standings(date(2018, 12, 31)), date(2018, 12, 31)) == Gap(LAPSED, date(2018, 12, 31))


def test_the_award_of_2019_does_not_close_the_lapse(awarded_again):
    for day in (AGAIN, date(2020, 5, 1), date(2040, 1, 1)):
        assert lapses(standings(day)) == [LAPSE]
    assert [LAPSE.days, holding(date(2019, 11, 11)), holding(AGAIN).certificate.valid_from] == [621, None, "2019-11-12"]


def test_the_permanent_award_does_not_close_it_either(made_permanent):
    assert lapses(standings(date(2024, 1, 1))) == [LAPSE]
    assert running_lapse(standings(date(2024, 1, 1)), date(2024, 1, 1)) is None
    drawn = timeline(list(reversed(standings(date(2024, 1, 1)))), date(2024, 1, 1))
    assert [row.gap or str(row.standing.certificate.rung_title) for row in drawn.rows] == [
        "Grundzertifikat", LAPSE, "Aufbauzertifikat", "Dauerhaftes Zertifikat",
    ]  # fmt: skip


def test_anybody_with_the_old_paper_learns_that_it_lapsed_and_what_holds_today(made_permanent):
    *_later, first = certificates()
    told = [
        verifying.about_number(first.number, day) for day in (date(2018, 2, 28), date(2019, 1, 1), date(2022, 12, 1))
    ]
    assert [each.sentence for each in told] == [
        "Dieses Zertifikat gilt. Es läuft in weniger als einem Jahr aus.",
        "Dieses Zertifikat ist ausgelaufen. Es gilt nicht mehr.",
        "Dieses Zertifikat ist ausgelaufen. Es gilt nicht mehr.",
    ]
    assert told[2].other.certificate.permanent


def test_the_permanent_award_is_proved_year_by_year(made_permanent):
    found = certificates().first()
    assert holding(date(2023, 12, 31)).state is CertificateState.PERMANENT
    assert holding(date(2024, 1, 1)).state is CertificateState.CONDITIONS_OPEN
    for kind in ("fee", "workshop"):
        certification.record_proof(
            certificate=found, year=2023, kind=kind, done_on=date(2023, 11, 3), by=COORDINATION,
            at=noon(date(2024, 1, 15)),
        )  # fmt: skip
    proved = holding(date(2024, 1, 15))
    assert (proved.state, proved.logo, proved.logo_until) == (CertificateState.PERMANENT, True, date(2024, 12, 31))


def test_the_town_sees_all_of_it_on_one_page(made_permanent):
    page = signed_in(member(Role.COORDINATOR, email="k@neunkirchen.example")).get("/neunkirchen/certificate/")
    words = page.content.decode()
    for each in ("Lücke: 621 Tage", "01.03.2018", "11.11.2019", "Februar 2018", "November 2022", "ohne Ende"):
        assert each in words
