"""The way of a sealed report: a body takes note, the association receives it, returns or accepts it."""

from datetime import date, timedelta

import pytest

from kommpass.audits.queries import journal
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.reporting import actions
from kommpass.reporting.queries import counts, deadlines, noting_stations, published, received, way
from tests.agreement.builders import AUDITOR, OFFICE
from tests.conftest import NOON, TODAY, actor
from tests.reporting.builders import (
    ASSOCIATION,
    COORDINATOR,
    MEMBER,
    accept,
    begin,
    carried_out,
    noted,
    seal,
    send_back,
    submit,
)


@pytest.fixture
def report(procedure, youth_office):
    carried_out(procedure, youth_office)
    return begin(procedure)


@pytest.fixture
def sealed(report):
    return seal(report)


def note(sealed, station, by=OFFICE):
    return actions.note_report(sealed=sealed, station=station, by=by, at=NOON)


def test_a_committee_takes_note_and_the_day_is_that_of_its_meeting(sealed, procedure):
    station = noted(procedure, on=date(2026, 11, 12))
    step = note(sealed, station)
    assert (step.on, step.station, way(sealed).noted, way(sealed).state) == (
        date(2026, 11, 12), station, True, "sealed",
    )  # fmt: skip


def test_before_the_body_has_met_nobody_took_note(sealed, procedure):
    with pytest.raises(NotPossible, match="noch nicht zur Kenntnis genommen"):
        note(sealed, noted(procedure, on=date(2026, 11, 12), state="planned"))


def test_a_meeting_before_the_report_was_sealed_took_note_of_something_else(sealed, procedure):
    station = noted(procedure, on=TODAY - timedelta(days=1))
    with pytest.raises(NotPossible, match="bevor der Bericht festgeschrieben wurde"):
        note(sealed, station)
    assert list(noting_stations(sealed)) == []


def test_the_same_note_is_entered_once_and_only_fitting_stations_are_offered(sealed, procedure):
    station, other = (noted(procedure, on=date(2026, 11, day), reference=f"{day}/2026") for day in (12, 20))
    noted(procedure, on=date(2026, 11, 25), reference="25/2026", state="planned")
    note(sealed, station)
    with pytest.raises(NotPossible, match="schon eingetragen"):
        note(sealed, station)
    assert list(noting_stations(sealed)) == [other]


def test_the_way_leads_to_the_association_back_and_with_a_new_version_to_its_acceptance(report, sealed):
    submit(sealed, "Mit freundlichen Grüßen")
    step = send_back(sealed, remarks=[("1.1.2", "Bis wann?"), ("1.1.1", "  ")])
    assert (way(sealed).state, step.remarks) == ("returned", [["1.1.2", "Bis wann?"]])
    with pytest.raises(NotPossible, match="in einer neuen Fassung"):
        submit(sealed)
    second = seal(report, "Termin ergänzt")
    submit(second)
    accept(second)
    assert (way(sealed).state, way(second).state) == ("returned", "accepted")
    assert [each.kind for each in way(second).steps] == ["submitted", "accepted"]


def test_only_the_newest_version_is_submitted_and_only_once(report, sealed):
    second = seal(report, "Berichtigt")
    with pytest.raises(NotPossible, match="eine neuere Fassung"):
        submit(sealed)
    submit(second)
    with pytest.raises(NotPossible, match="schon eingereicht"):
        submit(second)


def test_what_was_not_submitted_is_neither_returned_nor_accepted(sealed):
    for deed in (send_back, accept):
        with pytest.raises(NotPossible, match="liegt dem Verein nicht zur Prüfung vor"):
            deed(sealed)
    submit(sealed)
    accept(sealed)
    with pytest.raises(NotPossible, match="liegt dem Verein nicht"):
        send_back(sealed)


def test_whoever_returns_a_report_says_why(sealed):
    submit(sealed)
    with pytest.raises(NotPossible, match="was noch fehlt oder unklar ist"):
        send_back(sealed, "  ")


@pytest.mark.parametrize("by", [COORDINATOR, OFFICE, AUDITOR, MEMBER, actor(Role.REVIEW_BOARD)], ids=lambda by: by.name)
def test_nobody_but_the_association_returns_or_accepts(sealed, by):
    submit(sealed)
    with pytest.raises(NotAllowed):
        actions.accept_report(sealed=sealed, by=by, at=NOON)
    with pytest.raises(NotAllowed):
        actions.return_report(sealed=sealed, note="X", by=by, at=NOON)


@pytest.mark.parametrize("by", [OFFICE, AUDITOR, MEMBER, ASSOCIATION], ids=lambda by: by.name)
def test_nobody_but_coordination_seals_and_submits(report, by):
    with pytest.raises(NotAllowed):
        actions.seal_report(report=report, by=by, at=NOON)
    sealed = seal(report)
    with pytest.raises(NotAllowed):
        actions.submit_report(sealed=sealed, by=by, at=NOON)


def test_a_report_is_public_once_it_left_the_desk(sealed, procedure):
    assert published(date(2027, 1, 1)) is None
    note(sealed, noted(procedure, on=date(2026, 11, 12)))
    assert [published(date(2026, 11, 11)), published(date(2026, 11, 12))] == [None, sealed]


def test_the_association_finds_what_was_submitted_and_nothing_else(report, sealed):
    assert list(received()) == []
    submit(sealed)
    second = seal(report, "Berichtigt")
    assert list(received()) == [sealed]
    submit(second)
    assert list(received()) == [second, sealed]


def test_the_gate_counts_reports_that_a_body_noted_and_the_association_has(sealed, procedure):
    submit(sealed)
    assert counts(procedure) == {"annual_reports": 0}
    note(sealed, noted(procedure, on=date(2026, 11, 12)))
    assert counts(procedure) == {"annual_reports": 1}


def test_a_returned_report_is_due_at_once_until_a_new_version_is_sealed(report, sealed, procedure):
    submit(sealed)
    assert deadlines(procedure, TODAY) == []
    send_back(sealed)
    assert [(each.due_on, each.label) for each in deadlines(procedure, TODAY)] == [
        (TODAY, "Zurückgegebenen Bericht berichtigen: Jahresbericht 2026, Fassung 1"),
    ]  # fmt: skip
    seal(report, "Berichtigt")
    assert deadlines(procedure, TODAY) == []


def test_every_step_stands_in_the_journal(report, procedure):
    sealed = seal(report)
    submit(sealed)
    send_back(sealed)
    submit(seal(report, "Berichtigt"))
    note(sealed, noted(procedure, on=date(2026, 11, 12)))
    told = [(each.action, each.details.get("step")) for each in journal() if each.action.startswith("report.")]
    assert told == [
        ("report.note", "noted"), ("report.submit", "submitted"), ("report.seal", None), ("report.review", "returned"),
        ("report.submit", "submitted"), ("report.seal", None), ("report.write", None),
    ]  # fmt: skip
