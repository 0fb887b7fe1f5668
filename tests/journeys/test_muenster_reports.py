"""Münster's three rounds of statuses become three sealed annual reports: compared, exported, and never changed."""

import csv
import re
from collections import Counter
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from kommpass.audits.queries import broken_journal
from kommpass.domain.canonical import digest
from kommpass.domain.phases import Stage
from kommpass.domain.reports import compare_reports, measures_of
from kommpass.implementation.actions import take_over_history
from kommpass.people.models import Organisation
from kommpass.reporting import documents
from kommpass.reporting.models import SealedReport
from tests.journeys.afterwards import ask, say, seal
from tests.journeys.story import COORDINATION, begin, noon
from tests.journeys.test_muenster import COUNCIL, FILE, resolved, squeezed

__all__ = ["resolved"]  # the plan as the council resolved it: told in the story before this one

SEALED_ON = date(2019, 4, 15)
PERIODS = {
    "2013": (date(2013, 1, 1), date(2013, 12, 31)),
    "2015/2016": (date(2015, 1, 1), date(2016, 12, 31)),
    "2017/2018": (date(2017, 1, 1), date(2018, 12, 31)),
}
# One status of the file has no light. A word without a light is read as "in Arbeit, im Plan".
LIGHTS = {"#01873B": "green", "orange": "yellow", "#AE1B1B": "red", "": "green"}
KINDS = ("pdf", "docx", "xlsx")
BETWEEN_PAGES = re.compile(r"Prüfsumme\w{16}…Seite\d+von\d+(Jahresbericht[\d/]+·MünsterFassung1)?")


@pytest.fixture
def reports(resolved) -> dict[str, SealedReport]:
    """The three reports by their years."""
    procedure = resolved.agreement.procedure
    begin(procedure, Stage.IMPLEMENTATION, on=COUNCIL)
    take_over_history(procedure=procedure, by=COORDINATION, at=noon(SEALED_ON))
    return {
        years: seal(procedure, f"Sachstandsbericht {years}", *period, on=SEALED_ON) for years, period in PERIODS.items()
    }


@pytest.fixture
def told(shared_data) -> dict[str, dict[str, tuple[str, str]]]:
    """The file, read plainly: years -> key of the measure -> (light, text)."""
    found: dict[str, dict[str, tuple[str, str]]] = {years: {} for years in PERIODS}
    with (shared_data / FILE).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["title"].startswith("Sachstand "):
                years = row["title"].removeprefix("Sachstand ").replace(" ", "")
                found[years][row["parent"]] = (LIGHTS[row["assessment"]], row["text"])
    return found


def measures(sealed: SealedReport) -> list[dict]:
    return [place.measure for place in measures_of(sealed.content)]


def unquoted(text: str) -> str:
    """Without blanks and quotation marks (the file forgets to double some of them); its <br> is a new line."""
    return squeezed(text).replace('"', "").replace("<br>", "")


def test_each_report_counts_the_lights_of_the_file(reports, told):
    counted = {
        years: Counter({light: sealed.summary[light] for light in ("green", "yellow", "red")})
        for years, sealed in reports.items()
    }
    assert counted == {years: Counter(light for light, _text in rows.values()) for years, rows in told.items()}
    assert [(sealed.report.years, sealed.measure_count) for sealed in reports.values()] == [
        ("2013", 54), ("2015/2016", 54), ("2017/2018", 54),
    ]  # fmt: skip


def test_each_report_says_the_words_of_its_own_years(reports, told):
    for years, sealed in reports.items():
        said = sorted(unquoted(each["text"]) for each in measures(sealed))
        assert said == sorted(unquoted(text) for _light, text in told[years].values())
        assert {each["freshness"] for each in measures(sealed)} == {"fresh"}


def test_they_are_whole_and_the_journal_is_too(reports):
    assert [digest(each.content) == each.digest for each in reports.values()] == [True] * 3
    assert broken_journal() is None


@pytest.mark.parametrize(("then", "now"), [("2013", "2015/2016"), ("2015/2016", "2017/2018"), ("2013", "2017/2018")])
def test_compared_with_each_other_they_show_what_the_file_shows(reports, told, then, now):
    changes = compare_reports(reports[then].content, reports[now].content)
    lights = Counter((each.old["light"], each.new["light"]) for each in changes.both)
    assert lights == Counter((told[then][key][0], told[now][key][0]) for key in told[then])
    assert (len(changes.both), changes.added, changes.gone) == (54, (), ())
    assert len(changes.unchanged) == sum(told[then][key] == told[now][key] for key in told[then])
    figures = {each.name: (each.then, each.now) for each in changes.figures}
    assert figures["red"] == (reports[then].summary["red"], reports[now].summary["red"])


def read(document: bytes, kind: str) -> str:
    """Everything that stands in a document, without blanks."""
    if kind == "pdf":
        pages = PdfReader(BytesIO(document)).pages
        return BETWEEN_PAGES.sub("", squeezed("".join(page.extract_text() for page in pages)))
    if kind == "xlsx":
        sheet = load_workbook(BytesIO(document))["Maßnahmen"]
        return squeezed(" ".join(str(cell) for row in sheet.values for cell in row))
    word = Document(BytesIO(document))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return squeezed("\n".join([*(each.text for each in word.paragraphs), *cells]))


@pytest.mark.parametrize("years", PERIODS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_measure_and_every_word_is_in_every_document(reports, kind, years):
    found = read(documents.make(reports[years], "report", kind), kind)
    missing = [
        each["number"]
        for each in measures(reports[years])
        if squeezed(each["title"]) not in found or any(squeezed(part) not in found for part in each["text"].split("\n"))
    ]
    assert missing == []


def test_whatever_happens_later_no_document_changes_a_byte(reports, resolved):
    made = {
        (years, form, kind): documents.make(sealed, form, kind)
        for years, sealed in reports.items()
        for form, kind in (("report", "pdf"), ("report", "docx"), ("report", "xlsx"), ("committee", "pdf"))
    }
    procedure = resolved.agreement.procedure
    later = ask(procedure, "Sachstand 2019", date(2019, 1, 1), date(2019, 12, 31), on=date(2020, 1, 15))
    for measure in resolved.agreement.measures.order_by("number")[:10]:
        say(later, measure, "done", text="Inzwischen geschafft.", on=date(2020, 1, 20))
    resolved.agreement.measures.update(title="Ganz anders", number="9.9.9")
    Organisation.objects.update(name="Umweltamt")
    procedure.municipality.name = "Neustadt"
    procedure.municipality.save()

    again = {key: documents.make(SealedReport.objects.get(pk=reports[key[0]].pk), *key[1:]) for key in made}
    assert [key for key in made if made[key] != again[key]] == []
