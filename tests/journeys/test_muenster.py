"""Münster's climate concept, 276 real rows: in as a file, frozen, through a chain, out again as PDF, Word and Excel."""

import json
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from kommpass.agreement import documents
from kommpass.agreement.actions import answer_measure
from kommpass.agreement.actions.importing import import_plan
from kommpass.agreement.preview import Choices, dry_run
from kommpass.audits.queries import broken_journal
from kommpass.bodies.models import Body
from kommpass.domain.canonical import digest
from kommpass.domain.phases import Stage
from kommpass.people.models import Organisation
from tests.agreement.builders import measures_of
from tests.journeys.story import (
    COORDINATION,
    add_body,
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

FILE = "07_measures/muenster_klimaschutz2020/muenster_sachstand.csv"
DRAFTED, COMMITTEE, COUNCIL = date(2019, 1, 15), date(2019, 2, 12), date(2019, 3, 20)


@pytest.fixture
def resolved(db, shared_data):
    """The plan as the council of a town like Münster resolves it."""
    with town("Münster", "muenster", population=310_000, begins=date(2018, 6, 1)) as procedure:
        begin(procedure, Stage.TARGETING, Stage.COUNCIL, on=DRAFTED)
        office = Organisation.objects.create(name="Klenko")
        draft = open_draft(procedure, on=DRAFTED)
        choices = Choices(create_fields=True, responsible=office.pk, due="2020")
        preview = dry_run(
            agreement=draft,
            file_name="muenster_sachstand.csv",
            content=(shared_data / FILE).read_bytes(),
            choices=choices,
            today=DRAFTED,
        )
        import_plan(preview=preview, by=COORDINATION, at=noon(DRAFTED))
        for measure in draft.measures.all():
            answer_measure(measure=measure, accepted=True, by=COORDINATION, at=noon(DRAFTED))
        version = freeze(draft, on=DRAFTED)
        paper = draft_paper(version, "V/0123/2019", on=DRAFTED)
        advise(paper, add_body("Umweltausschuss", on=DRAFTED), on=COMMITTEE)
        council = add_body("Rat", kind=Body.Kind.COUNCIL, on=DRAFTED)
        adopt(version, resolve(paper, council, on=COUNCIL), on=COUNCIL)
        yield version


def squeezed(text: str) -> str:
    """A text without blanks and hyphens, as a page breaks lines where it likes."""
    return "".join(text.split()).replace("-", "").replace("\u00ad", "").replace("\u200b", "")


def test_every_measure_and_every_status_of_the_file_is_in_the_frozen_version(resolved):
    found = measures_of(json.loads(resolved.canonical))

    assert (len(found), sum(len(each["status"]) for each in found)) == (54, 162)
    assert sorted({entry["period"] for each in found for entry in each["status"]}) == ["2013", "2015/2016", "2017/2018"]
    assert digest(resolved.content) == resolved.digest
    assert broken_journal() is None


def test_the_pdf_says_every_measure_and_every_status(resolved):
    pdf = PdfReader(BytesIO(documents.make(resolved, "pdf")))
    text = squeezed("".join(page.extract_text() for page in pdf.pages))

    missing = [each["number"] for each in measures_of(resolved.content) if squeezed(each["title"])[:40] not in text]
    assert (missing, pdf.trailer["/Root"]["/Lang"], "/StructTreeRoot" in pdf.trailer["/Root"]) == ([], "de-DE", True)


def test_word_and_excel_say_the_same_measures(resolved):
    wanted = [each["title"] for each in measures_of(resolved.content)]
    word = Document(BytesIO(documents.make(resolved, "docx")))
    headings = "\n".join(each.text for each in word.paragraphs)
    book = load_workbook(BytesIO(documents.make(resolved, "xlsx")))
    rows = list(book["Maßnahmen"].values)
    column = next(row for row in rows if "Maßnahme" in row).index("Maßnahme")

    assert [title for title in wanted if title not in headings] == []
    assert [row[column] for row in rows if row[column] in set(wanted)] == wanted
    assert sum(1 for row in book["Sachstände"].values if row[2] and "Sachstand" in str(row[2])) >= 162
