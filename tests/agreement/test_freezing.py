"""Freezing: canonical content, a hash that fits, a constant number of queries, and no way to change it."""

import hashlib
import json
from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from kommpass.agreement import actions, documents
from kommpass.agreement.models import Adoption, Recommendation, StatusEntry, Tabling, Version
from kommpass.audits import actions as audits
from kommpass.domain.canonical import canonical_json
from kommpass.domain.refusals import GateClosed
from kommpass.domain.targets import from_form
from kommpass.municipalities.models import District
from tests.agreement.builders import (
    AUDITOR,
    COORDINATOR,
    accept,
    adopt,
    council,
    decide,
    draft,
    freeze,
    goal,
    measure,
    measures_of,
    paper,
    small_draft,
    table,
)
from tests.conftest import NOON
from tests.participation.builders import agree, definition, idea


def readable(version) -> dict[str, str]:
    """What PDF, Word, Excel and JSON of a version say, as text."""
    word = Document(BytesIO(documents.make(version, "docx")))
    sheets = load_workbook(BytesIO(documents.make(version, "xlsx")))
    return {
        "pdf": "\n".join(page.extract_text() for page in PdfReader(BytesIO(documents.make(version, "pdf"))).pages),
        "docx": "\n".join(
            [each.text for each in word.paragraphs]
            + [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        ),
        "xlsx": "\n".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row),
        "json": documents.make(version, "json").decode(),
    }


@pytest.fixture
def rich(procedure, youth_office, provider, post):
    """A draft with everything that can be said of a measure."""
    agree(definition(procedure))
    audits.name_project_lead(procedure=procedure, post=post, by=COORDINATOR, at=NOON)
    agreement = draft(procedure)
    actions.edit_agreement(
        agreement=agreement,
        changes={"preamble": "In Auental leben Familien gern.", "budget_clause": "Unter Vorbehalt."},
        by=COORDINATOR,
        at=NOON,
    )
    field = procedure.fields.get(number=1)
    strategic = actions.add_strategic_goal(
        agreement=agreement, field=field, text="Familie ist Chefsache.", by=COORDINATOR, at=NOON
    )
    under, other = (
        goal(agreement, "Ein Netz für Familien", strategic_goal=strategic),
        goal(agreement, "Gute Schulen", field=3),
    )
    full = measure(
        under,
        "Ganztag ausbauen",
        description="An zehn bis vierzehn Schulen.",
        responsible=youth_office,
        post=post,
        partners=[provider],
        districts=list(District.objects.all()[:2]),
        also_serves=[other],
        start="2026-08",
        due="2027",
        cost_once="25000",
        funding="Haushalt 2027",
        references=["ISEK"],
        target_groups=["Kinder im Grundschulalter"],
    )
    actions.add_indicator(
        measure=full,
        name="Schulen im Ganztag",
        target=from_form("range", low="10", high="14", unit="Schulen", by="2027"),
        by=COORDINATOR,
        at=NOON,
    )
    actions.add_step(measure=full, title="Räume planen", due="2026-12", by=COORDINATOR, at=NOON)
    actions.add_origin(measure=full, idea=idea(procedure, "Länger betreut"), by=COORDINATOR, at=NOON)
    StatusEntry.objects.create(
        measure=full,
        label="Sachstand 2025",
        period_from="2025-01-01",
        period_until="2025-12-31",
        light="yellow",
        text="Begonnen.",
    )
    accept(full)
    return agreement


def test_a_frozen_measure_says_everything(rich):
    frozen = measures_of(freeze(rich).content)[0]
    assert {name: value for name, value in frozen.items() if name not in ("id", "steps")} == {
        "number": "1.1.1",
        "title": "Ganztag ausbauen",
        "description": "An zehn bis vierzehn Schulen.",
        "responsible": "Jugendamt",
        "post": "Leitung Jugendamt",
        "outside": False,
        "partners": ["Kinderschutzbund Auental"],
        "start": "2026-08",
        "due": "2027",
        "target_groups": ["Kinder im Grundschulalter"],
        "districts": ["Bezirk 1", "Bezirk 2"],
        "themes": [],
        "cost_once": "25000.00",
        "cost_yearly": None,
        "funding": "Haushalt 2027",
        "subject_to_budget": False,
        "staff_effort": "",
        "priority": "",
        "public": True,
        "external_key": "",
        "more": {},
        "dropped": False,
        "references": ["ISEK"],
        "indicators": [
            {
                "name": "Schulen im Ganztag",
                "unit": "",
                "baseline": "",
                "target": "10 bis 14 Schulen bis 2027",
                "source": "",
            }
        ],
        "origins": [{"kind": "Idee", "text": "Länger betreut"}],
        "also_serves": ["3.1"],
        "status": [{"label": "Sachstand 2025", "period": "2025", "light": "yellow", "text": "Begonnen."}],
    }
    assert [(step["title"], step["due"]) for step in frozen["steps"]] == [("Räume planen", "2026-12")]


def test_the_content_is_canonical_and_its_hash_fits(rich):
    version = Version.objects.get(pk=freeze(rich, reason="Stand nach dem Zielworkshop").pk)
    assert hashlib.sha256(version.canonical.encode()).hexdigest() == version.digest
    assert canonical_json(json.loads(version.canonical)) == version.canonical
    assert hashlib.sha256(documents.make(version, "json")).hexdigest() == version.digest
    assert version.content["version"] == {
        "number": 1,
        "frozen_on": "2026-11-02",
        "kind": "draft_for_council",
        "reason": "Stand nach dem Zielworkshop",
    }
    assert (version.goal_count, version.measure_count, version.base) == (2, 1, None)


def test_two_freezings_of_the_same_draft_differ_in_their_number_only(rich):
    first, second = freeze(rich), freeze(rich)
    assert (second.number, second.base) == (2, first)
    assert second.content | {"version": None} == first.content | {"version": None}


def test_freezing_costs_the_same_queries_for_5_and_for_200_measures(procedure, youth_office, provider):
    agreement = draft(procedure)
    under = goal(agreement)
    districts = list(District.objects.all()[:3])

    def fill(number):
        for each in range(number):
            made = measure(
                under, f"Maßnahme {each}", responsible=youth_office, partners=[provider], districts=districts
            )
            made.steps.create(title="Schritt", position=1)
            made.indicators.create(name="Indikator", target={"kind": "yesno"}, position=1)

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            freeze(agreement)
        return len(counted)

    fill(5)
    few = queries()
    fill(195)
    assert (queries(), agreement.measures.count()) == (few, 200)
    assert few <= 40


def test_an_empty_draft_cannot_be_frozen(procedure):
    with pytest.raises(GateClosed) as shut:
        freeze(draft(procedure))
    assert [(each.have, each.need) for each in shut.value.missing] == [(0, 1)] * 4


def test_what_the_scheme_refuses_cannot_be_frozen(procedure):
    agreement = draft(procedure)
    measure(goal(agreement), due="")
    with pytest.raises(GateClosed) as shut:
        freeze(agreement)
    assert [each.label for each in shut.value.missing] == ["Maßnahmen ohne Mangel, den das Verfahren nicht zulässt"]


def test_later_changes_leave_version_pdf_word_and_excel_as_they_were(rich, procedure, youth_office, provider, post):
    version = freeze(rich)
    before = readable(version)
    assert "10 bis 14 Schulen bis 2027" in before["pdf"]

    full = rich.measures.get()
    actions.edit_measure(measure=full, changes={"title": "Umbenannt", "districts": []}, by=COORDINATOR, at=NOON)
    actions.edit_agreement(agreement=rich, changes={"title": "Anders", "preamble": "Anders."}, by=COORDINATOR, at=NOON)
    for thing, name in ((youth_office, "name"), (provider, "name"), (post, "title")):
        setattr(thing, name, f"Umbenannt {thing.pk}")
        thing.save()
    District.objects.filter(name="Bezirk 1").update(name="Altstadt")
    agree(definition(procedure, "Familie ist anders."))
    full.statuses.all().delete()
    full.indicators.update(target={"kind": "yesno"})
    procedure.title = "Anders"
    procedure.save()
    procedure.municipality.name = "Neuental"
    procedure.municipality.save()
    procedure.fields.filter(number=1).update(title="Anders")

    version = Version.objects.get(pk=version.pk)
    assert readable(version) == before
    assert hashlib.sha256(version.canonical.encode()).hexdigest() == version.digest


@pytest.fixture
def sealed(procedure, youth_office):
    """A version with everything that is sealed beside it, as (row, column, value)."""
    version = freeze(small_draft(procedure, youth_office))
    about = paper(procedure)
    tabling = table(version, about)
    adoption = adopt(version, decide(about, council()))
    word = actions.recommend_version(version=version, verdict="recommend", text="Gut.", by=AUDITOR, at=NOON)
    return {
        Version: (version, "reason", "anders"),
        Tabling: (tabling, "at", NOON.replace(year=2020)),
        Adoption: (adoption, "approved_by", "niemand"),
        Recommendation: (word, "text", "anders"),
    }


@pytest.mark.parametrize("model", [Version, Tabling, Adoption, Recommendation])
def test_a_frozen_row_cannot_be_changed_or_removed_by_orm_or_sql(sealed, model):
    row, column, value = sealed[model]
    before = model.objects.values().get(pk=row.pk)
    table_name = model._meta.db_table

    def by_instance():
        setattr(row, column, value)
        row.save()

    def by_sql(statement, *given):
        with connection.cursor() as cursor:
            cursor.execute(statement, given)

    ways = [
        by_instance,
        lambda: model.objects.filter(pk=row.pk).update(**{column: value}),
        lambda: row.delete(),
        lambda: by_sql(f"UPDATE {table_name} SET {column} = %s WHERE id = %s", value, row.pk),
        lambda: by_sql(f"DELETE FROM {table_name} WHERE id = %s", row.pk),
    ]
    for way in ways:
        with pytest.raises(DatabaseError), transaction.atomic():
            way()
    assert model.objects.values().get(pk=row.pk) == before
