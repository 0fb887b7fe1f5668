"""The coordination is told of the deadlines of its procedure: once when they are near, once when they are over."""

from datetime import date

import pytest
from django.core import mail

from kommpass.audits import actions as audits
from kommpass.bodies import actions as bodies
from kommpass.certification.models import Certificate
from kommpass.domain.permissions import Role
from kommpass.notices.models import SentReminder
from kommpass.participation import actions as participation
from kommpass.reporting import actions as reporting
from tests.agreement.builders import COORDINATOR, OFFICE, council, paper
from tests.conftest import member
from tests.journeys.afterwards import ASSOCIATION, certify, decide, hand_over, review, seal, submit
from tests.journeys.story import COORDINATION, noon
from tests.journeys.test_bad_oeynhausen import AWARDED, DECIDED, SUBMITTED, audit  # noqa: F401 - a fixture
from tests.notices.builders import NOW, TODAY, bundle, days, remind, sent_on

pytestmark = pytest.mark.django_db
VERA, ULF = "vera@stadt.example", "ulf@stadt.example"


@pytest.fixture
def lead(procedure):
    return member(Role.COORDINATOR, email=VERA)


def lines(letter) -> list[str]:
    return [each.removeprefix("- ") for each in letter.body.splitlines() if each.startswith("- ")]


def paper_for(procedure, *, in_days: int, reference: str = "0123/2026"):
    """A paper that must be handed in so many days from now: three weeks before the council meets."""
    found, meeting = paper(procedure, reference), TODAY + days(in_days + 21)
    body = council(f"Rat {reference}")
    bodies.add_station(paper=found, body=body, role="decision", meeting_on=meeting, by=OFFICE, at=NOW)
    return found


def test_a_paper_is_told_once_before_and_once_after_its_day(procedure, lead):
    paper_for(procedure, in_days=14)
    assert sent_on(0, 0, 1, 14, 15, 15, 21) == [1, 0, 0, 0, 1, 0, 0]
    day = TODAY + days(14)
    assert [lines(letter)[0][:30] for letter in mail.outbox] == [
        f"{day:%d.%m.%Y}: Vorlage „0123/2026",
        f"{day:%d.%m.%Y}, überfällig: Vorlag",
    ]
    assert {each.kind for each in SentReminder.objects.all()} == {"deadline"}


def test_what_is_far_away_is_not_told(procedure, lead):
    paper_for(procedure, in_days=15)
    assert sent_on(0) == [0]


def test_the_day_itself_is_called_today(procedure, lead):
    paper_for(procedure, in_days=0)
    remind()
    assert lines(mail.outbox[0])[0].startswith("heute: Vorlage „0123/2026 Zielvereinbarung“")


def test_everything_new_stands_in_one_letter_for_each_person(procedure, lead, youth_office):
    member(Role.COORDINATOR, email=ULF)
    paper_for(procedure, in_days=3)
    paper_for(procedure, in_days=-3, reference="0124/2026")
    participation.plan_workshop(
        procedure=procedure, kind="kickoff", title="Auftakt", held_on=TODAY + days(5), by=COORDINATOR, at=NOW
    )
    bundle(procedure, youth_office, due_in=2, email=VERA)
    assert remind().sent == 2
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert len(lines(letters[VERA])) == 4 and len(lines(letters[ULF])) == 3
    assert [each.split(" ")[0] for each in lines(letters[ULF])] == [
        f"{TODAY - days(3):%d.%m.%Y},", f"{TODAY + days(3):%d.%m.%Y}:", f"{TODAY + days(5):%d.%m.%Y}:",
    ]  # fmt: skip
    paper_for(procedure, in_days=4, reference="0125/2026")
    assert remind().sent == 2
    assert [len(lines(letter)) for letter in mail.outbox[2:]] == [1, 1]


def test_without_coordination_nobody_is_told_and_nothing_breaks(procedure):
    paper_for(procedure, in_days=3)
    assert sent_on(0) == [0]


def test_who_joins_later_is_told_of_what_is_open(procedure, lead):
    paper_for(procedure, in_days=3)
    assert sent_on(0) == [1]
    member(Role.COORDINATOR, email=ULF)
    assert sent_on(1) == [1]
    assert mail.outbox[-1].to == [ULF]


@pytest.fixture
def certified(audit) -> Certificate:  # noqa: F811
    """Bad Oeynhausen holds a certificate from 27.10.2020 until 11/2023, and has a coordinator."""
    member(Role.COORDINATOR, email=VERA)
    return certify(audit, submitted=SUBMITTED, decided=DECIDED, awarded=AWARDED, valid_until="2023-11")


def told_on(day: date) -> list[str]:
    """The lines of the letter of this day."""
    before = len(mail.outbox)
    remind(noon(day))
    return [line for letter in mail.outbox[before:] for line in lines(letter)]


def test_certificate_and_reports_are_told_in_time(certified):
    assert told_on(date(2021, 10, 18)) == ["31.10.2021: Jahresbericht einreichen"]
    assert told_on(date(2021, 11, 2)) == ["31.10.2021, überfällig: Jahresbericht einreichen"]
    assert told_on(date(2021, 11, 3)) == []
    assert told_on(date(2022, 8, 17)) == ["30.08.2022: Über den nächsten Durchgang sprechen"]


def test_an_ended_round_is_told_of_its_certificate_and_its_reports_and_of_nothing_else(certified, audit):  # noqa: F811
    told_on(date(2022, 12, 1))
    paper_for(audit, in_days=3)
    begin_the_next_round(audit, on=date(2022, 12, 2))
    assert told_on(date(2023, 10, 18)) == ["31.10.2023: Jahresbericht einreichen (Audit Bad Oeynhausen)"]
    assert told_on(date(2023, 11, 17)) == [
        "31.10.2023, überfällig: Jahresbericht einreichen (Audit Bad Oeynhausen)",
        f"30.11.2023: Zertifikat {certified.number} läuft aus (Audit Bad Oeynhausen)",
    ]
    assert told_on(date(2023, 12, 4)) == []


def begin_the_next_round(procedure, *, on: date):
    audits.end_procedure(procedure=procedure, reason="Der Durchgang ist zu Ende.", by=COORDINATION, at=noon(on))
    return audits.start_procedure(
        scheme_key=procedure.scheme_key, scheme_version=procedure.scheme_version, rung="advanced",
        title="Zweiter Durchgang", by=COORDINATION, at=noon(on),
    )  # fmt: skip


def test_who_has_begun_the_next_round_is_not_told_to_think_of_it(certified, audit):  # noqa: F811
    told_on(date(2022, 7, 1))
    begin_the_next_round(audit, on=date(2022, 7, 4))
    assert told_on(date(2022, 9, 1)) == []


def test_a_report_that_came_back_waits_since_that_day_and_is_told_once(certified, audit):  # noqa: F811
    sealed = seal(audit, "Bericht 2021", date(2020, 11, 1), date(2021, 10, 31), on=date(2021, 11, 2))
    hand_over(sealed, on=date(2021, 11, 3))
    assert told_on(date(2021, 11, 4)) == []
    reporting.return_report(sealed=sealed, note="Es fehlt etwas.", by=ASSOCIATION, at=noon(date(2021, 11, 5)))
    told = [told_on(date(2021, 11, day)) for day in (5, 8, 9, 10)]
    assert [len(each) for each in told] == [1, 1, 0, 0]
    assert told[0][0].startswith("heute: Zurückgegebenen Bericht berichtigen: Bericht 2021")
    assert told[1][0].startswith("05.11.2021, überfällig: Zurückgegebenen Bericht berichtigen: Bericht 2021")


def test_a_right_to_object_that_nobody_used_is_not_overdue(audit):  # noqa: F811
    member(Role.COORDINATOR, email=VERA)
    case = review(submit(audit, on=SUBMITTED), on=SUBMITTED, verdict="return")
    decide(case, on=date(2020, 10, 26))
    assert told_on(date(2020, 11, 10)) == ["23.11.2020: Widerspruch möglich bis"]
    assert told_on(date(2020, 11, 24)) == []
