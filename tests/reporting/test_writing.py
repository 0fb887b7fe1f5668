"""A report is begun, its texts are written: periods do not overlap, and two who write at once lose nothing."""

from datetime import date

import pytest

from kommpass.domain.refusals import NotAllowed, NotPossible, Stale
from kommpass.reporting import actions
from kommpass.reporting.models import Narrative, Report
from kommpass.reporting.periods import propose
from kommpass.reporting.queries import due_periods, requirements
from tests.agreement.builders import OFFICE, resolved, small_draft
from tests.conftest import NOON, open_only
from tests.journeys.afterwards import certify
from tests.reporting.builders import (
    COORDINATOR,
    FIRST,
    LAST,
    ask,
    begin,
    carried_out,
    everything_open,
    say,
    seal,
    write,
)


@pytest.fixture
def adopted(procedure, youth_office):
    return resolved(procedure, youth_office)


def test_years_may_be_merged_into_one_report(adopted, procedure):
    report = begin(procedure, date(2025, 1, 1), date(2026, 10, 31), title="Zwei Jahre")
    assert (report.years, str(report)) == ("2025/2026", "Zwei Jahre")


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 10, 31), date(2027, 10, 31)),
        (date(2025, 1, 1), date(2026, 1, 1)),
        (date(2026, 3, 1), date(2026, 4, 1)),
        (date(2020, 1, 1), date(2030, 1, 1)),
    ],
)
def test_periods_do_not_overlap(adopted, procedure, first, last):
    begin(procedure)
    with pytest.raises(NotPossible, match="überschneidet sich mit dem Bericht „Jahresbericht 2026“"):
        begin(procedure, first, last)
    assert Report.objects.count() == 1


def test_the_next_report_begins_the_day_after(adopted, procedure):
    begin(procedure)
    begin(procedure, date(2026, 11, 1), date(2027, 10, 31), title="Der nächste")
    assert Report.objects.count() == 2


def test_a_period_runs_forward(adopted, procedure):
    with pytest.raises(NotPossible, match="endet, bevor er beginnt"):
        begin(procedure, LAST, FIRST)


def test_only_coordination_writes_and_only_after_the_council(adopted, procedure):
    with pytest.raises(NotAllowed, match="Ihre Rolle"):
        actions.begin_report(procedure=procedure, title="X", period_from=FIRST, period_until=LAST, by=OFFICE, at=NOON)
    open_only(procedure)
    with pytest.raises(NotAllowed, match="gehört zu einer anderen Phase"):
        begin(procedure)


def test_a_text_belongs_to_a_section_of_the_scheme_or_to_a_field(adopted, procedure):
    report = begin(procedure)
    field = procedure.fields.first()
    write(report, "Viel gelungen", section="overview")
    write(report, "Gut vernetzt", field=field)
    for wrong in ({}, {"section": "erfunden"}, {"section": "overview", "field": field}):
        with pytest.raises(NotPossible, match="Diesen Abschnitt gibt es"):
            write(report, "X", **wrong)
    assert [(each.section, each.field, each.text) for each in report.narratives.all()] == [
        ("overview", None, "Viel gelungen"),
        ("", field, "Gut vernetzt"),
    ]


def test_two_who_write_the_same_text_meet_even_if_nobody_had_written_it_before(adopted, procedure):
    report = begin(procedure)
    write(report, "Von Vera", seen=0, section="overview")
    with pytest.raises(Stale) as met:
        write(report, "Von Otto", seen=0, section="overview")
    (conflict,) = met.value.conflicts
    assert (conflict.yours, conflict.theirs) == ("Von Otto", "Von Vera")
    assert Narrative.objects.get().text == "Von Vera"


def test_requirements_count_what_is_there_and_only_the_first_is_binding(procedure, youth_office):
    carried_out(procedure, youth_office)
    report = begin(procedure)
    write(report, "Viel", section="overview")
    assert [(each.have, each.need, each.binding) for each in requirements(report)] == [
        (2, 2, True), (2, 2, False), (1, 1, False), (1, 6, False),
    ]  # fmt: skip


def test_without_a_resolution_there_is_nothing_to_report_on(procedure, youth_office):
    small_draft(procedure, youth_office)
    everything_open(procedure)
    assert [each.met for each in requirements(begin(procedure))] == [False, False, False, False]


def test_the_proposal_goes_from_the_last_report_to_the_newest_round(adopted, procedure):
    today = date(2027, 12, 1)
    assert propose(procedure, today).period_from == date(2026, 10, 7)
    asked = ask(procedure)
    first, _second = adopted.agreement.measures.order_by("number")
    say(asked, first, "in_progress")
    found = propose(procedure, today)
    assert (found.title, found.period_from, found.period_until, found.merged) == (
        "Jahresbericht 2026", FIRST, LAST, False,
    )  # fmt: skip
    begin(procedure)
    found = propose(procedure, date(2029, 6, 1))
    assert (found.title, found.period_from, found.period_until, found.merged) == (
        "Jahresbericht 2026/2028", date(2026, 11, 1), date(2028, 10, 31), True,
    )  # fmt: skip


def test_the_certificate_says_when_reports_are_due(procedure, youth_office):
    version = resolved(procedure, youth_office)
    everything_open(procedure)
    certify(
        version.agreement.procedure, submitted=date(2026, 10, 8), decided=date(2026, 10, 20),
        awarded=date(2026, 10, 27), valid_until="2029-11",
    )  # fmt: skip
    assert due_periods(procedure, date(2028, 1, 1)) == [date(2027, 10, 31), date(2028, 10, 31), date(2029, 10, 31)]
    assert propose(procedure, date(2027, 11, 1)).due_on == date(2027, 10, 31)


def test_a_report_remembers_who_began_it(adopted, procedure):
    report = begin(procedure)
    assert (report.created_by, report.created_at) == (COORDINATOR.name, NOON)
    assert seal(report).sealed_by == COORDINATOR.name
