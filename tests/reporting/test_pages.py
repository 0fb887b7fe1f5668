"""The pages of the room: a report goes its whole way by clicks; lists keep their queries; nobody breaks a form."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from kommpass.bodies import actions as bodies
from kommpass.bodies.models import Paper
from kommpass.domain.permissions import Role
from kommpass.municipalities.scope import within
from kommpass.reporting.models import Narrative, Report, ReportStep, SealedReport
from tests.agreement.builders import OFFICE, committee
from tests.conftest import member, queries_of, signed_in
from tests.reporting.builders import (
    begin,
    carried_out,
    everything_open,
    plan,
    seal,
    send_back,
    submit,
    write,
)

PAGE = "/auental/reports/"
PERIOD = {"title": "Jahresbericht 2026", "period_from": "2026-01-01", "period_until": "2026-10-31"}


@pytest.fixture
def browser(auental):
    return signed_in(member(Role.COORDINATOR))


@pytest.fixture
def carried(procedure, youth_office):
    return carried_out(procedure, youth_office)


def text(response) -> str:
    return response.content.decode()


def queries(browser, path: str) -> int:
    with CaptureQueriesContext(connection) as counted:
        assert browser.get(path).status_code == 200
    return queries_of(counted)


def test_a_report_goes_its_way_by_pages_from_the_first_text_to_the_association(carried, procedure, browser):
    assert "Noch kein Jahresbericht" in text(browser.get(PAGE))
    answer = browser.post(f"{PAGE}begin/", PERIOD)
    report = Report.objects.get()
    assert answer["Location"] == f"{PAGE}{report.pk}/"
    shown = text(browser.get(answer["Location"]))
    assert "Das Jahr auf einen Blick" in shown and "Was jetzt festgeschrieben würde" in shown
    section = f"{PAGE}{report.pk}/sections/overview/"
    assert browser.post(section, {"text": "Viel gelungen", "edition": 0})["Location"] == f"{PAGE}{report.pk}/#texts"
    field = procedure.fields.first()
    browser.post(f"{PAGE}{report.pk}/fields/{field.pk}/", {"text": "Gut vernetzt", "edition": 0})
    answer = browser.post(f"{PAGE}{report.pk}/seal/", {"key_date": "2026-10-31"})
    sealed = SealedReport.objects.get()
    here = f"{PAGE}sealed/{sealed.pk}/"
    assert answer["Location"] == here
    shown = text(browser.get(here))
    for words in ("Viel gelungen", "Gut vernetzt", "teilweise erreicht", "Ein Anfang.", sealed.digest):
        assert words in shown
    measures = text(browser.get(f"{here}part/1/"))
    for words in ("Seit Mai geöffnet.", "neuer Termin", "Juni 2028", "hat Zweifel", "Unter uns gefragt"):
        assert words in measures
    browser.post(f"{here}paper/", {"reference": "0300/2026", "title": "Jahresbericht 2026"})
    paper = Paper.objects.get(purpose="report")
    assert sealed.digest[:12] in paper.proposed_resolution and "Viel gelungen" in paper.facts_text
    assert "Noch hat kein Gremium" in text(browser.get(here))
    now = timezone.now()
    station = bodies.add_station(
        paper=paper, body=committee(), role="take_note", meeting_on=timezone.localdate(), by=OFFICE, at=now
    )
    bodies.record_result(station=station, state="noted", by=OFFICE, at=now)
    assert browser.post(f"{here}note/", {"station": station.pk})["Location"] == here
    assert browser.post(f"{here}submit/", {"note": "Mit Gruß"})["Location"] == here
    assert [each.kind for each in sealed.steps.all()] == ["noted", "submitted"]
    shown = text(browser.get(PAGE))
    assert "beim Verein eingereicht" in shown and "zur Kenntnis genommen" in shown


def test_the_office_returns_with_remarks_and_accepts_the_next_version(carried, procedure, browser):
    report = begin(procedure)
    first = seal(report)
    office = signed_in(member(Role.ASSOCIATION_OFFICE))
    here = f"{PAGE}received/{first.pk}/"
    assert office.get(here).status_code == 404
    submit(first)
    shown = text(office.get(here))
    assert "Unter uns gefragt" not in shown and "Jahresbericht 2026" in shown
    for wrong in ("9.9.9: gibt es nicht", "ohne Nummer", "1.1.2:"):
        page = text(office.post(f"{here}return/", {"note": "Bitte ergänzen", "remarks": wrong}))
        assert "Diese Zeile verstehen wir nicht" in page and wrong in page
    assert "Pflicht" in text(office.post(f"{here}return/", {"note": ""}))
    answer = office.post(f"{here}return/", {"note": "Bitte ergänzen", "remarks": "1.1.2: Bis wann?\n\n"})
    assert answer["Location"] == here
    assert "Bis wann?" in text(browser.get(f"{PAGE}{report.pk}/"))
    assert browser.post(f"{PAGE}{report.pk}/seal/", {"key_date": "2026-10-31"}).status_code == 200
    browser.post(f"{PAGE}{report.pk}/seal/", {"key_date": "2026-10-31", "reason": "Termin ergänzt"})
    second = SealedReport.objects.get(number=2)
    submit(second)
    office.post(f"{PAGE}received/{second.pk}/accept/", {"note": "Danke"})
    assert [each.kind for each in ReportStep.objects.order_by("pk")] == [
        "submitted", "returned", "submitted", "accepted",
    ]  # fmt: skip
    shown = text(office.get(f"{PAGE}received/compare/{second.pk}/{first.pk}/"))
    assert "Damals: Jahresbericht 2026, Fassung 1" in shown


def test_the_office_reads_field_and_documents_without_what_is_internal(carried, procedure):
    sealed = seal(begin(procedure))
    submit(sealed)
    office = signed_in(member(Role.ASSOCIATION_OFFICE))
    here = f"{PAGE}received/{sealed.pk}/"
    field = text(office.get(f"{here}part/1/"))
    data = text(office.get(f"{here}documents/json"))
    for page in (field, data):
        assert ["Unter uns gefragt" in page, "Rita Rat" in page, "Wann endlich?" in page, "hat Zweifel" in page] == [
            False, False, True, True,
        ]  # fmt: skip
    book = load_workbook(BytesIO(office.get(f"{here}documents/xlsx").content))
    cells = " ".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell)
    assert ("Unter uns gefragt" in cells, "Wann endlich?" in cells) == (False, True)
    assert office.get(f"{here}documents/pdf").content.startswith(b"%PDF-")
    assert office.get(f"{here}documents/exe").status_code == 404
    for path in ("", f"sealed/{sealed.pk}/", f"sealed/{sealed.pk}/documents/report.pdf"):
        assert office.get(PAGE + path).status_code == 403


def test_two_who_write_the_same_section_meet_on_the_merge_page(carried, procedure, browser):
    report = begin(procedure)
    section = f"{PAGE}{report.pk}/sections/overview/"
    assert 'name="edition" value="0"' in text(browser.get(section))
    write(report, "Von Otto", seen=0, section="overview")
    page = browser.post(section, {"text": "Von Vera", "edition": 0})
    assert page.status_code == 409
    assert "Von Otto" in text(page) and "Von Vera" in text(page)
    (edition,) = re.findall(r'name="edition" value="(\d+)"', text(page))
    assert browser.post(section, {"text": "Von beiden", "edition": edition}).status_code == 302
    assert Narrative.objects.get().text == "Von beiden"


def test_a_double_click_seals_one_version(carried, procedure, browser):
    report = begin(procedure)
    for _click in range(2):
        answer = browser.post(f"{PAGE}{report.pk}/seal/", {"key_date": "2026-10-31", "once": "abc"})
    assert (answer.status_code, SealedReport.objects.count()) == (302, 1)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"period_until": "2025-12-31"}, "endet, bevor er beginnt"),
        ({"period_from": "0226-01-01"}, "Bitte prüfen Sie das Jahr."),
        ({"period_from": "31.02.2026"}, "gültiges Datum"),
        ({"title": "x" * 151}, "150"),
        ({"title": "Bericht\x00"}, "Null"),
        ({"due_on": "morgen"}, "gültiges Datum"),
    ],
)
def test_a_report_that_cannot_be_is_answered_in_the_form(carried, browser, given, sentence):
    page = browser.post(f"{PAGE}begin/", PERIOD | given)
    assert (page.status_code, sentence in text(page), Report.objects.count()) == (200, True, 0)


def test_an_overlapping_period_is_refused_with_the_title_of_the_other_report(carried, procedure, browser):
    begin(procedure)
    page = browser.post(f"{PAGE}begin/", PERIOD | {"title": "Noch einer"})
    assert (page.status_code, "überschneidet sich mit dem Bericht „Jahresbericht 2026“" in text(page)) == (409, True)


@pytest.mark.parametrize("typed", ["Wort " * 5_000, "vorher\x00nachher"])
def test_a_text_too_long_or_with_a_nul_byte_is_refused_and_not_lost(carried, procedure, browser, typed):
    report = begin(procedure)
    page = browser.post(f"{PAGE}{report.pk}/sections/overview/", {"text": typed, "edition": 0})
    assert (page.status_code, Narrative.objects.count()) == (200, 0)
    assert typed.split("\x00")[0].strip()[:200] in text(page)


def test_a_text_as_long_as_the_house_allows_is_sealed_and_read(carried, procedure, browser):
    report = begin(procedure)
    words = ("Ein langer Satz über Familien. " * 640)[:19_990]
    browser.post(f"{PAGE}{report.pk}/sections/overview/", {"text": words, "edition": 0})
    sealed = seal(report)
    assert sealed.content["sections"][0]["text"] == words.strip()
    assert words.strip()[:500] in text(browser.get(f"{PAGE}sealed/{sealed.pk}/"))
    assert browser.get(f"{PAGE}sealed/{sealed.pk}/documents/report.pdf").content.startswith(b"%PDF-")


def test_sections_and_parts_that_do_not_exist_are_404(carried, procedure, browser):
    report = begin(procedure)
    sealed = seal(report)
    for path in (
        "999/", f"{report.pk}/sections/erfunden/", f"{report.pk}/fields/999/", "sealed/999/",
        f"sealed/{sealed.pk}/part/0/", f"sealed/{sealed.pk}/part/99/", f"compare/{sealed.pk}/999/",
        f"sealed/{sealed.pk}/documents/report.exe", f"sealed/{sealed.pk}/documents/committee.xlsx",
        f"sealed/{sealed.pk}/documents/erfunden.pdf",
    ):  # fmt: skip
        assert (path, browser.get(PAGE + path).status_code) == (path, 404)


@pytest.mark.parametrize(
    ("name", "starts"),
    [
        ("report.pdf", b"%PDF-"), ("report.docx", b"PK"), ("report.xlsx", b"PK"), ("report.json", b'{"agreement"'),
        ("association.pdf", b"%PDF-"), ("association.docx", b"PK"), ("committee.pdf", b"%PDF-"),
        ("committee.docx", b"PK"),
    ],
)  # fmt: skip
def test_a_sealed_report_is_downloaded_as(carried, procedure, browser, name, starts):
    sealed = seal(begin(procedure))
    path = f"{PAGE}sealed/{sealed.pk}/documents/{name}"
    answer, again = browser.get(path), browser.get(path)
    assert (answer.status_code, answer.content[: len(starts)], again.content == answer.content) == (200, starts, True)
    assert re.fullmatch(
        r'attachment; filename="(jahresbericht|jahresbericht-verein|kurzfassung)-auental-2026-fassung-1\.\w+"',
        answer["Content-Disposition"],
    )


def test_the_canonical_bytes_are_what_was_hashed(carried, procedure, browser):
    sealed = seal(begin(procedure))
    assert browser.get(f"{PAGE}sealed/{sealed.pk}/documents/report.json").content == sealed.canonical.encode()


def test_another_towns_reports_are_404(carried, procedure, hasselgrund):
    report = begin(procedure)
    sealed = seal(report)
    submit(sealed)
    with within(hasselgrund):
        stranger = signed_in(member(Role.COORDINATOR, email="carla@hasselgrund.example"))
    office = signed_in(member(Role.ASSOCIATION_OFFICE))
    away = "/hasselgrund/reports/"
    assert [
        stranger.get(f"{away}sealed/{sealed.pk}/").status_code,
        stranger.get(f"{away}{report.pk}/").status_code,
        office.get(f"{away}received/{sealed.pk}/").status_code,
    ] == [404, 404, 404]


def test_the_council_reads_what_is_sealed_and_no_unfinished_text(carried, procedure):
    report = begin(procedure)
    write(report, "Noch nicht fertig", section="overview")
    mayor = signed_in(member(Role.COUNCIL_MEMBER))
    shown = text(mayor.get(f"{PAGE}{report.pk}/"))
    assert ("Noch nicht fertig" in shown, "Festgeschriebene Fassungen" in shown) == (False, True)
    assert "<form" not in shown.split("<main")[1]
    sealed = seal(report)
    shown = text(mayor.get(f"{PAGE}sealed/{sealed.pk}/"))
    assert ("Noch nicht fertig" in shown, "Einreichen" in shown, "Eintragen" in shown) == (True, False, False)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.CONTRIBUTOR, 200), (Role.COUNCIL_OFFICE, 200), (Role.COUNCIL_MEMBER, 200), (Role.AUDITOR, 200),
        (Role.PROVIDER, 403), (Role.STATISTICS_UNIT, 403), (Role.REVIEW_BOARD, 403), (Role.ASSOCIATION_OFFICE, 403),
    ],
)  # fmt: skip
def test_who_reads_reports_and_that_they_change_nothing(carried, procedure, role, status):
    report = begin(procedure)
    sealed = seal(report)
    reader = signed_in(member(role))
    assert [reader.get(PAGE + each).status_code for each in ("", f"{report.pk}/", f"sealed/{sealed.pk}/")] == [
        status
    ] * 3
    for path in (f"{report.pk}/seal/", f"{report.pk}/sections/overview/", f"sealed/{sealed.pk}/submit/"):
        assert (path, reader.post(PAGE + path, {"text": "X", "reason": "X"}).status_code) == (path, 403)
    assert (SealedReport.objects.count(), ReportStep.objects.count(), Narrative.objects.count()) == (1, 0, 0)


def test_the_council_office_enters_that_a_body_took_note(carried, procedure):
    sealed = seal(begin(procedure))
    shown = text(signed_in(member(Role.COUNCIL_OFFICE)).get(f"{PAGE}sealed/{sealed.pk}/"))
    offered = ("Kenntnisnahme eintragen", "Vorlage für den Ausschuss anlegen", "Beim Verein einreichen")
    assert [each in shown for each in offered] == [True, True, False]


def test_there_is_no_address_at_which_a_sealed_report_could_be_changed(carried, procedure, browser):
    sealed = seal(begin(procedure))
    before = (sealed.canonical, sealed.digest)
    for path in ("", "part/1/", "documents/report.json"):
        for ask in (browser.post, browser.put, browser.delete):
            assert ask(f"{PAGE}sealed/{sealed.pk}/{path}", {"canonical": "{}"}).status_code == 405
    sealed.refresh_from_db()
    assert (sealed.canonical, sealed.digest) == before


def test_two_versions_side_by_side_show_then_and_now_word_by_word(carried, procedure, browser):
    report, late = begin(procedure), carried.agreement.measures.get(number="1.1.2")
    first = seal(report)
    asked = procedure.rounds.get()
    asked.assessments.model.objects.create(
        round=asked, measure=late, state="done", light="green", text="Der Umbau ist fertig.", by_id=1, by_name="Vera",
        via="account", at=timezone.now(),
    )  # fmt: skip
    second = seal(report, "Es ging schneller")
    for path in (f"compare/{first.pk}/{second.pk}/", f"compare/{second.pk}/{first.pk}/"):
        shown = re.sub(r' class="[^"]*"|<span[^>]*>[^<]*</span>', "", text(browser.get(PAGE + path)))
        assert "1 Maßnahme steht anders da" in shown and "1 Maßnahme ist unverändert" in shown
        assert "<del>dauert länger</del><ins>ist fertig</ins>" in shown
    assert "bei allen gemeinsamen Maßnahmen gleich" in text(browser.get(f"{PAGE}compare/{first.pk}/{first.pk}/"))


def test_what_came_back_is_told_to_those_who_write(carried, procedure, browser):
    report = begin(procedure)
    sealed = seal(report)
    submit(sealed)
    send_back(sealed, "Bitte ergänzen Sie die Termine.", [("1.1.2", "Bis wann?")])
    for path in (f"{report.pk}/", f"sealed/{sealed.pk}/"):
        shown = text(browser.get(PAGE + path))
        assert "zurückgegeben" in shown and "Bitte ergänzen Sie die Termine." in shown and "Bis wann?" in shown
    assert "Zurückgegebenen Bericht berichtigen" in text(browser.get(PAGE))


def test_an_older_version_leads_to_the_newer_one_and_is_not_submitted_any_more(carried, procedure, browser):
    report = begin(procedure)
    first, second = seal(report), seal(report, "Berichtigt")
    shown = text(browser.get(f"{PAGE}sealed/{first.pk}/"))
    assert "Es gibt eine neuere Fassung: Fassung 2." in shown and "submit/" not in shown
    assert "submit/" in text(browser.get(f"{PAGE}sealed/{second.pk}/"))
    page = browser.post(f"{PAGE}sealed/{first.pk}/submit/", {})
    assert (page.status_code, "Es gibt eine neuere Fassung" in text(page)) == (409, True)


def test_pages_cost_the_same_queries_for_5_and_for_60_measures(procedure, youth_office, browser):
    everything_open(procedure)
    office = signed_in(member(Role.ASSOCIATION_OFFICE))
    costs = []
    for number in (5, 60):
        if number == 5:
            measures = plan(procedure, youth_office, number)
            report = begin(procedure)
            submit(seal(report))
        else:
            type(measures[0]).objects.bulk_create(
                type(measures[0])(
                    agreement=measures[0].agreement, goal=measures[0].goal, title=f"Mehr {each}", position=200 + each,
                    number=f"1.1.{200 + each}", responsible=youth_office,
                )
                for each in range(number)
            )  # fmt: skip
        sealed = seal(report, "noch einmal")
        submit(sealed)
        paths = (f"{report.pk}/", f"sealed/{sealed.pk}/", f"sealed/{sealed.pk}/part/1/")
        browser.get(PAGE)
        costs.append(
            [queries(browser, PAGE + each) for each in paths]
            + [queries(office, f"{PAGE}received/{sealed.pk}/"), queries(office, f"{PAGE}received/{sealed.pk}/part/1/")]
        )
    few, many = costs
    assert (many, max(few) <= 35) == (few, True)


def test_the_overview_costs_the_same_queries_for_1_and_for_6_reports(carried, procedure, browser):
    seal(begin(procedure))
    browser.get(PAGE)
    few = queries(browser, PAGE)
    for year in range(2020, 2025):
        report = begin(procedure, date(year, 1, 1), date(year, 12, 31), title=f"Jahresbericht {year}")
        submit(seal(report))
        seal(report, "Berichtigt")
    assert queries(browser, PAGE) == few


def test_many_changed_measures_are_compared_page_by_page(procedure, youth_office, browser):
    everything_open(procedure)
    measures = plan(procedure, youth_office, 40)
    report = begin(procedure)
    first = seal(report)
    asked = procedure.rounds.get()
    asked.assessments.model.objects.bulk_create(
        asked.assessments.model(
            round=asked, measure=each, state="done", light="green", by_id=1, by_name="Vera", via="account",
            at=timezone.now(),
        )
        for each in measures
    )  # fmt: skip
    second = seal(report, "Alles fertig")
    path = f"{PAGE}compare/{first.pk}/{second.pk}/"
    shown = text(browser.get(path))
    assert "40 Maßnahmen stehen anders da" in shown and "1 bis 25 von 40" in shown
    assert "26 bis 40 von 40" in text(browser.get(f"{path}?page=2"))
