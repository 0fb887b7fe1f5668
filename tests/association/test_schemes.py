"""Scheme versions: readable without opening a file, comparable, and with a preview of whom a newer one would touch."""

import pytest
from django.utils import timezone

from kommpass.association import queries
from kommpass.association.queries.schemes import KINDS, file_of
from kommpass.audits import actions as audits
from kommpass.audits.catalogue import scheme_of, schemes
from kommpass.audits.models import Procedure
from kommpass.domain.permissions import Role
from kommpass.domain.schemes import _parts
from tests.association.builders import officer
from tests.conftest import NOON, actor, member, signed_in
from tests.journeys.story import town

KEY = "familiengerechte_kommune"
OLD, NEW = scheme_of(KEY, "2025.1"), scheme_of(KEY, "2026.1")
TODAY = timezone.localdate()


@pytest.fixture
def ahaus(db):
    with town("Ahaus", "ahaus", population=39_000, begins=TODAY) as procedure:
        yield procedure


@pytest.mark.parametrize("scheme", schemes().values(), ids=lambda each: f"{each.key}-{each.version}")
def test_every_version_can_be_read_in_full(office, scheme):
    page = office.get(f"/association/schemes/{scheme.key}/{scheme.version}/").content.decode()
    parts = [
        *(str(each.title) for each in (*scheme.phases, *scheme.gates, *scheme.rungs, *scheme.fields, *scheme.modules)),
        *(str(each.title) for each in (*scheme.rubric.criteria, *scheme.report_template, *scheme.fees)),
        *(each.key for each in scheme.questions),
    ]
    text = page.replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&")
    assert [part for part in parts if part not in text] == []
    assert f"kommpass/schemes/{scheme.key}-{scheme.version}.toml" in page and "docs/how-to/write-a-scheme.md" in page


def test_the_list_counts_who_works_with_which_version(ahaus, office):
    lines = {each.scheme.version: each for each in queries.scheme_lines() if each.scheme.key == KEY}
    assert [(lines[version].active, lines[version].newest) for version in ("2025.1", "2026.1")] == [
        (1, False),
        (0, True),
    ]
    Procedure.objects.update(state="ended")
    lines = {each.scheme.version: each for each in queries.scheme_lines() if each.scheme.key == KEY}
    assert (lines["2025.1"].active, lines["2025.1"].ended) == (0, 1)
    assert "Verfahren und Fassungen" in office.get("/association/schemes/").content.decode()


def test_two_versions_are_compared(office):
    found = queries.compared(OLD, NEW)
    assert (len(found.added), len(found.removed), len(found.reworded)) == (7, 1, 2)
    page = office.get(f"/association/schemes/compare/?old={KEY}:2025.1&new={KEY}:2026.1").content.decode()
    assert "<del>" in page and "<ins>" in page and "Frage 1.01" in page and "Entfällt (1)" in page


def test_a_version_is_not_different_from_itself(office):
    page = office.get(f"/association/schemes/compare/?old={KEY}:2025.1&new={KEY}:2025.1").content.decode()
    assert "ändert sich nichts" in page


def test_quite_different_schemes_can_be_compared_too(office):
    page = office.get(f"/association/schemes/compare/?old={KEY}:2025.1&new=familienbewusst_plus:2020.1")
    assert page.status_code == 200 and "Entfällt" in page.content.decode()


@pytest.mark.parametrize("query", ["old=x&new=y", "old=%00", f"old={KEY}:2025.1", "old=" + "9" * 500])
def test_a_comparison_that_cannot_be_is_asked_for_again(office, query):
    page = office.get(f"/association/schemes/compare/?{query}")
    assert (page.status_code, "error-summary" in page.content.decode()) == (200, True)


def test_every_kind_of_part_has_a_german_word():
    kinds = {kind for scheme in schemes().values() for kind, _key in _parts(scheme)}
    assert kinds == set(KINDS)


def test_the_preview_names_each_running_procedure_and_changes_nothing(ahaus, office):
    page = office.get(f"/association/schemes/{KEY}/2026.1/upgrades/").content.decode()
    assert ">Ahaus</a>" in page and "Von Fassung 2025.1" in page and "Neuer Wortlaut (2)" in page
    assert "<form" not in page.split("<main")[1].split("</main")[0]
    (upgrade,) = queries.upgrades(NEW)
    assert [each.pk for each in upgrade.procedures] == [ahaus.pk]
    assert upgrade.comparison == queries.compared(OLD, NEW)
    assert queries.upgrades(OLD) == []


def test_an_ended_procedure_is_not_touched_and_a_resting_one_is(ahaus):
    audits.pause_procedure(procedure=ahaus, reason="Pause", by=actor(), at=NOON)
    assert len(queries.upgrades(NEW)) == 1
    Procedure.objects.update(state="ended")
    assert queries.upgrades(NEW) == []


def test_the_file_of_a_version_of_this_installation_is_named(settings, tmp_path):
    settings.SCHEMES_FOLDER = str(tmp_path)
    own = OLD.__class__(**{**OLD.__dict__, "version": "2027.1"})
    assert file_of(OLD) == (f"kommpass/schemes/{KEY}-2025.1.toml", True)
    assert file_of(own) == (f"{tmp_path}/{KEY}-2027.1.toml", False)


def test_the_administrator_reads_schemes_too_and_nobody_else(db):
    roles = {Role.ADMINISTRATOR: 200, Role.REVIEW_BOARD: 403}
    for role, status in roles.items():
        assert signed_in(member(role)).get("/association/schemes/").status_code == status
    assert signed_in(officer()).get(f"/association/schemes/{KEY}/2099.1/").status_code == 404
