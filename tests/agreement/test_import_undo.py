"""An import can be taken back, until somebody has worked on what it made."""

import pytest

from kommpass.agreement.actions import (
    add_measure,
    add_step,
    answer_measure,
    drop_measure,
    edit_goal,
    edit_measure,
    freeze_version,
    open_agreement,
)
from kommpass.agreement.actions.importing import import_plan
from kommpass.agreement.actions.undoing import undo_import
from kommpass.agreement.models import Goal, Measure, Origin, StatusEntry, Step
from kommpass.agreement.preview import Choices, dry_run
from kommpass.audits.models import JournalEntry
from kommpass.domain.canonical import digest
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.people.models import Organisation, Post
from tests.agreement.import_files import as_csv
from tests.agreement.test_import_rows import MUENSTER, stored
from tests.conftest import NOON, TODAY, actor

CLIMATE = as_csv([("Klima", "", "K1", "Bäume pflanzen", "", "Grünflächenamt", *[""] * 8)])


@pytest.fixture
def agreement(procedure):
    return open_agreement(procedure=procedure, by=actor(), at=NOON)


@pytest.fixture
def bring_in(agreement, youth_office):
    def bring(content: bytes = b"", **choices):
        preview = dry_run(
            agreement=agreement,
            file_name="plan.csv",
            content=content or as_csv(),
            choices=Choices(**choices),
            today=TODAY,
        )
        return import_plan(preview=preview, by=actor(), at=NOON)

    return bring


def undo(run):
    return undo_import(run=run, by=actor(), at=NOON)


def refused(run) -> str:
    before = stored(), JournalEntry.objects.count()
    with pytest.raises(NotPossible) as refusal:
        undo(run)
    assert (stored(), JournalEntry.objects.count()) == before
    return refusal.value.sentence


def test_undo_removes_exactly_what_the_run_made(agreement, bring_in):
    goal = Goal.objects.create(agreement=agreement, field=agreement.procedure.fields.get(number=6), title="Schon da")
    before = stored()
    run = undo(bring_in(CLIMATE, create_fields=True, create_organisations=True))
    assert stored() == before | {"ImportRun": 1}
    assert list(agreement.goals.all()) == [goal]
    entry = JournalEntry.objects.order_by("-sequence").first()
    assert (entry.action, entry.details["undone_run"], entry.details["removed"]["measures"], run.undone_at) == (
        "agreement.import",
        run.pk,
        1,
        NOON,
    )


def test_the_same_file_comes_in_again_only_after_undo(bring_in):
    run = bring_in()
    with pytest.raises(NotPossible, match="schon übernommen"):
        bring_in()
    assert Measure.objects.count() == 3
    undo(run)
    bring_in()
    assert Measure.objects.count() == 3


def test_a_frozen_version_keeps_what_is_taken_back(agreement, bring_in, youth_office, shared_data):
    run = bring_in((shared_data / MUENSTER).read_bytes(), create_fields=True, responsible=youth_office.pk, due="2030")
    version = freeze_version(agreement=agreement, by=actor(), at=NOON)
    undo(run)
    version.refresh_from_db()
    assert (Measure.objects.count(), version.measure_count) == (0, 54)
    assert version.digest == digest(version.content)


def test_a_run_is_undone_once(bring_in):
    run = bring_in()
    undo(run)
    assert refused(run) == "Diese Übernahme wurde schon zurückgenommen."


def test_an_edited_measure_is_not_undone(agreement, bring_in):
    run = bring_in()
    edit_measure(measure=agreement.measures.get(external_key="B1"), changes={"title": "Neu"}, by=actor(), at=NOON)
    assert "seither daran gearbeitet wurde: „3.1.1 Neu“" in refused(run)


def test_an_edited_goal_is_not_undone(agreement, bring_in):
    run = bring_in()
    edit_goal(goal=agreement.goals.get(title="Kitas öffnen länger"), changes={"title": "Neu"}, by=actor(), at=NOON)
    assert "„3.1 Neu“" in refused(run)


def test_an_accepted_measure_is_not_undone(agreement, bring_in, youth_office):
    run = bring_in()
    measure = agreement.measures.get(external_key="B2")
    by = actor(Role.CONTRIBUTOR, organisations=[youth_office])
    answer_measure(measure=measure, accepted=True, by=by, at=NOON)
    assert "„3.1.2 Springerkräfte“" in refused(run)


def test_a_goal_with_a_measure_of_ours_is_not_undone(agreement, bring_in):
    run = bring_in()
    add_measure(goal=agreement.goals.get(title="Senioren"), changes={"title": "Von Hand"}, by=actor(), at=NOON)
    assert "„6.1.2 Von Hand“" in refused(run)


def test_a_measure_with_a_new_step_is_not_undone(agreement, bring_in):
    run = bring_in()
    add_step(measure=agreement.measures.get(external_key="B1"), title="Los geht es", by=actor(), at=NOON)
    assert "„Los geht es“" in refused(run)


def test_a_measure_with_an_origin_is_not_undone(agreement, bring_in):
    run = bring_in()
    Origin.objects.create(measure=agreement.measures.get(external_key="B1"), text="aus der Befragung")
    assert "„3.1.1 Randzeiten in drei Kitas“" in refused(run)


def test_a_field_with_a_goal_of_ours_is_not_undone(agreement, bring_in):
    run = bring_in(CLIMATE, create_fields=True)
    Goal.objects.create(agreement=agreement, field=agreement.procedure.fields.get(number=7), title="Von Hand")
    assert "„Von Hand“" in refused(run)


def test_an_organisation_that_is_used_elsewhere_is_not_undone(bring_in):
    run = bring_in(CLIMATE, create_fields=True, create_organisations=True)
    Post.objects.create(organisation=Organisation.objects.get(name="Grünflächenamt"), title="Leitung")
    assert "„Grünflächenamt“ wird inzwischen an anderer Stelle verwendet" in refused(run)


def test_what_was_dropped_since_is_simply_gone(agreement, bring_in):
    run = bring_in()
    drop_measure(measure=agreement.measures.get(external_key="B1"), reason="doppelt", by=actor(), at=NOON)
    undo(run)
    assert (Measure.objects.count(), Goal.objects.count(), Step.objects.count(), StatusEntry.objects.count()) == (
        0,
    ) * 4


def test_the_numbers_of_later_fields_close_up(agreement, bring_in):
    first = bring_in(CLIMATE, create_fields=True)
    second = as_csv([("Verkehr", "", "V1", "Zebrastreifen", *[""] * 10)])
    bring_in(second, create_fields=True)
    undo(first)
    assert (agreement.procedure.fields.get(title="Verkehr").number, agreement.measures.get().number) == (7, "7.1.1")


def test_only_the_coordination_takes_back(bring_in):
    run = bring_in()
    with pytest.raises(NotAllowed):
        undo_import(run=run, by=actor(Role.AUDITOR), at=NOON)
    assert Measure.objects.count() == 3
