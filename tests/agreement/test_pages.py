"""The pages of the room: merge page, lists that keep their queries, comparison, downloads, templates."""

import re
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from openpyxl import load_workbook

from kommpass.adapters.documents import agreement_template
from kommpass.agreement import actions
from kommpass.agreement.models import Amendment, Measure, Version, WordTemplate
from kommpass.bodies.models import Paper
from kommpass.domain.permissions import Role
from kommpass.municipalities.scope import within
from kommpass.people.models import Organisation
from tests.agreement.builders import (
    COORDINATOR,
    council,
    decide,
    draft,
    edit,
    freeze,
    goal,
    measure,
    paper,
    resolved,
    small_draft,
    table,
)
from tests.conftest import NOON, member, queries_of, signed_in

PAGE = "/auental/agreement/"


@pytest.fixture
def browser(auental):
    return signed_in(member(Role.COORDINATOR))


@pytest.fixture
def agreement(procedure):
    return draft(procedure)


def text(response) -> str:
    return response.content.decode()


def test_a_measure_is_written_read_and_changed_by_page(agreement, browser, youth_office):
    under = goal(agreement)
    answer = browser.post(
        f"{PAGE}goals/{under.pk}/measures/add/",
        {
            "title": "Familienbüro",
            "due": "März 2027",
            "cost_once": "1.234,50",
            "responsible": youth_office.pk,
            "public": "on",
        },
    )
    made = Measure.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}measures/{made.pk}/")
    shown = text(browser.get(f"{PAGE}measures/{made.pk}/"))
    assert "1.1.1" in shown and "März 2027" in shown and "Jugendamt" in shown
    form = text(browser.get(f"{PAGE}measures/{made.pk}/edit/"))
    assert 'value="1234,50"' in form and 'value="März 2027"' in form


def test_two_editors_meet_on_a_merge_page_and_nothing_is_lost(agreement, browser):
    both = measure(goal(agreement), "Familienbüro")
    edit(both, title="Familienbüro Mitte")
    page = browser.post(
        f"{PAGE}measures/{both.pk}/edit/", {"edition": 1, "title": "Familienbüro Nord", "due": "2027", "public": "on"}
    )
    assert page.status_code == 409
    assert "Familienbüro Nord" in text(page) and "Familienbüro Mitte" in text(page)
    again = browser.post(
        f"{PAGE}measures/{both.pk}/edit/", {"edition": 2, "title": "Familienbüro Nord", "due": "2027", "public": "on"}
    )
    both.refresh_from_db()
    assert (again.status_code, both.title, both.edition) == (302, "Familienbüro Nord", 3)


def test_a_double_click_writes_one_measure(agreement, browser):
    under = goal(agreement)
    for _click in range(2):
        answer = browser.post(f"{PAGE}goals/{under.pk}/measures/add/", {"once": "abc", "title": "Familienbüro"})
    assert (answer.status_code, Measure.objects.count()) == (302, 1)


def test_an_impossible_date_is_answered_in_the_form_and_nothing_is_written(agreement, browser):
    under = goal(agreement)
    page = browser.post(f"{PAGE}goals/{under.pk}/measures/add/", {"title": "Familienbüro", "due": "31.02.2027"})
    assert (page.status_code, "gibt es nicht" in text(page), "Familienbüro" in text(page)) == (200, True, True)
    assert not Measure.objects.exists()


def test_a_department_finds_the_edit_page_of_its_own_measures_only(agreement, youth_office):
    under = goal(agreement)
    own, foreign = (
        measure(under, responsible=youth_office),
        measure(under, responsible=Organisation.objects.create(name="Schulamt")),
    )
    browser = signed_in(member(Role.CONTRIBUTOR, organisation=youth_office))
    assert browser.get(f"{PAGE}measures/{own.pk}/edit/").status_code == 200
    for way in ("edit/", "drop/", "steps/add/", "indicators/add/"):
        assert browser.post(f"{PAGE}measures/{foreign.pk}/{way}", {"title": "X"}).status_code == 404
    assert browser.post(f"{PAGE}freeze/", {}).status_code == 403


def test_another_towns_measure_is_404(agreement, browser, hasselgrund):
    made = measure(goal(agreement))
    with within(hasselgrund):
        stranger = signed_in(member(Role.COORDINATOR, email="carla@hasselgrund.example"))
    assert stranger.get(f"/hasselgrund/agreement/measures/{made.pk}/").status_code == 404


def test_measures_are_found_by_words_number_and_organisation(agreement, browser, youth_office):
    under = goal(agreement)
    measure(under, "Elterncafé", responsible=youth_office)
    measure(under, "Ganztag", description="An zehn Schulen")
    for query, titles in (
        ("q=café", ["Elterncafé"]),
        ("q=1.1.2", ["Ganztag"]),
        ("q=Schulen", ["Ganztag"]),
        (f"responsible={youth_office.pk}", ["Elterncafé"]),
        ("responsible=999&acceptance=nonsense", ["Elterncafé", "Ganztag"]),
        ("page=99", ["Elterncafé", "Ganztag"]),
    ):
        shown = text(browser.get(f"{PAGE}measures/?{query}"))
        assert [each for each in ("Elterncafé", "Ganztag") if each in shown] == titles, query


def fill(agreement, number, owner):
    under = goal(agreement, f"Ziel {number}")
    Measure.objects.bulk_create(
        Measure(
            agreement=agreement,
            goal=under,
            title=f"Maßnahme {each}",
            responsible=owner,
            position=each,
            number=f"1.1.{each}",
        )
        for each in range(number)
    )


@pytest.mark.parametrize("name", ["", "measures/", "acceptance/", "quality/", "freeze/"])
def test_a_page_of_the_draft_costs_the_same_queries_for_3_and_for_60_measures(agreement, browser, youth_office, name):
    fill(agreement, 3, youth_office)
    browser.get(PAGE + name)
    few = _queries(browser, PAGE + name)
    fill(agreement, 60, youth_office)
    assert _queries(browser, PAGE + name) == few
    assert few <= 25


def test_the_list_shows_the_newest_status_of_a_measure(agreement, browser):
    of = measure(goal(agreement))
    for year, light in ((2025, "red"), (2027, "green"), (2026, "yellow")):
        of.statuses.create(
            label=f"Sachstand {year}", period_from=f"{year}-01-01", period_until=f"{year}-12-31", light=light
        )
    shown = text(browser.get(f"{PAGE}measures/"))
    assert "light-word--green" in shown and "Sachstand 2027" in shown and "Sachstand 2026" not in shown


def test_the_list_of_measures_costs_12_queries_at_most(agreement, browser, youth_office):
    fill(agreement, 120, youth_office)
    assert _queries(browser, f"{PAGE}measures/") <= 12


def _queries(browser, url) -> int:
    """How many statements a page costs; telling PostgreSQL which town it is does not count."""
    with CaptureQueriesContext(connection) as counted:
        assert browser.get(url).status_code == 200
    return queries_of(counted)


def test_a_version_goes_its_way_by_pages_from_freezing_to_adoption(procedure, youth_office, browser):
    small_draft(procedure, youth_office)
    assert "Jetzt festschreiben" in text(browser.get(f"{PAGE}freeze/"))
    assert browser.post(f"{PAGE}freeze/", {"reason": "Zielworkshop"})["Location"] == f"{PAGE}versions/1/"
    browser.post(f"{PAGE}versions/1/paper/", {"reference": "0123/2026", "title": "Zielvereinbarung"})
    about = Paper.objects.get()
    version = Version.objects.get()
    assert version.digest[:12] in about.proposed_resolution
    assert about.subject_version == version.pk
    decision = decide(about, council())
    assert decision.reference in text(browser.get(f"{PAGE}versions/1/"))
    assert browser.post(f"{PAGE}versions/1/adopt/", {"decision": decision.pk}).status_code == 302
    shown = text(browser.get(f"{PAGE}versions/1/"))
    assert "Beschlossen: Rat, 07.10.2026" in shown
    assert "Fassung 1" in text(browser.get(f"{PAGE}versions/as-of/?day=2026-10-07"))
    assert "galt noch keine beschlossene Fassung" in text(browser.get(f"{PAGE}versions/as-of/?day=2026-10-06"))
    assert browser.get(f"{PAGE}versions/as-of/?day=31.02.2026").status_code == 200


def test_a_gate_forced_by_url_says_what_is_missing_and_freezes_nothing(agreement, browser):
    measure(goal(agreement), due="")
    page = browser.post(f"{PAGE}freeze/", {})
    assert page.status_code == 409
    assert "kann noch nicht festgeschrieben werden" in text(page) and "Mangel" in text(page)
    assert not Version.objects.exists()


def test_only_positive_decisions_on_its_paper_are_offered_for_a_version(procedure, youth_office, browser):
    version = freeze(small_draft(procedure, youth_office))
    about, other = paper(procedure), paper(procedure, "0999/2026")
    table(version, about)
    foreign = decide(other, council())
    page = browser.post(f"{PAGE}versions/1/adopt/", {"decision": foreign.pk})
    assert (page.status_code, version.tablings.count()) == (200, 1)
    assert not hasattr(Version.objects.get(), "adoption")


def test_the_comparison_shows_what_was_reworded(procedure, youth_office, browser):
    agreement = small_draft(procedure, youth_office)
    freeze(agreement)
    edit(agreement.measures.first(), title="Familienbüro im Rathaus eröffnen")
    freeze(agreement)
    shown = text(browser.get(f"{PAGE}versions/1/compare/2/"))
    assert "<del>Bürgerhaus </del><ins>Rathaus </ins>" in re.sub(r' class="[^"]*"|<span[^>]*>[^<]*</span>', "", shown)
    assert "Fassung 1 und Fassung 2 im Vergleich" in shown
    assert "sind gleich" in text(browser.get(f"{PAGE}versions/1/compare/1/"))
    assert browser.get(f"{PAGE}versions/1/compare/9/").status_code == 404


@pytest.mark.parametrize(
    ("kind", "starts"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("xlsx", b"PK"), ("json", b'{"auditor"')]
)
def test_a_version_is_downloaded_as(procedure, youth_office, browser, kind, starts):
    freeze(small_draft(procedure, youth_office))
    answer = browser.get(f"{PAGE}versions/1/download.{kind}")
    assert (answer.status_code, answer.content[: len(starts)]) == (200, starts)
    assert answer["Content-Disposition"] == f'attachment; filename="zielvereinbarung-auental-fassung-1.{kind}"'


@pytest.mark.parametrize("kind", ["exe", "html"])
def test_there_are_no_other_kinds_of_documents(procedure, youth_office, browser, kind):
    about = paper(procedure)
    freeze(small_draft(procedure, youth_office))
    assert browser.get(f"{PAGE}versions/1/download.{kind}").status_code == 404
    assert browser.get(f"{PAGE}papers/{about.pk}/document.{kind}").status_code == 404


def test_a_formula_in_a_title_is_a_text_in_excel(procedure, youth_office, browser):
    agreement = draft(procedure)
    measure(goal(agreement), '=HYPERLINK("http://example.org")', responsible=youth_office)
    freeze(agreement)
    book = load_workbook(BytesIO(browser.get(f"{PAGE}versions/1/download.xlsx").content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_council_paper_is_downloaded_with_the_agreement(procedure, youth_office, browser):
    about = paper(procedure)
    table(freeze(small_draft(procedure, youth_office)), about)
    assert browser.get(f"{PAGE}papers/{about.pk}/document.pdf").content.startswith(b"%PDF-")
    assert browser.get(f"{PAGE}papers/{about.pk}/document.docx").content.startswith(b"PK")


def upload(browser, content: bytes, name: str = "vorlage.docx", purpose: str = "agreement"):
    file = BytesIO(content)
    file.name = name
    return browser.post(f"{PAGE}templates/", {"purpose": purpose, "file": file})


def test_a_working_word_template_is_kept_and_used(procedure, youth_office, browser):
    freeze(small_draft(procedure, youth_office))
    house = Document(BytesIO(agreement_template()))
    house.add_paragraph("Hauspapier der Stadt Auental")
    made = BytesIO()
    house.save(made)
    assert upload(browser, made.getvalue()).status_code == 302
    assert WordTemplate.objects.get().name == "vorlage.docx"
    word = Document(BytesIO(browser.get(f"{PAGE}versions/1/download.docx").content))
    assert "Hauspapier der Stadt Auental" in [each.text for each in word.paragraphs]


def test_a_word_template_that_does_not_work_is_refused_with_a_sentence(procedure, browser):
    broken = Document()
    broken.add_paragraph("{{ geheim.__class__ }} {% for")
    made = BytesIO()
    broken.save(made)
    for content, name in (
        (made.getvalue(), "vorlage.docx"),
        (b"kein Word", "vorlage.docx"),
        (b"%PDF-", "vorlage.pdf"),
        (b"", "leer.docx"),
    ):
        page = upload(browser, content, name)
        assert page.status_code in (200, 409), name
        assert "Traceback" not in text(page)
    assert not WordTemplate.objects.exists()


def test_members_of_the_council_ask_and_the_coordination_answers_by_page(procedure, youth_office, browser):
    version = resolved(procedure, youth_office)
    mayor = signed_in(member(Role.COUNCIL_MEMBER))
    assert mayor.post(f"{PAGE}versions/1/remark/", {"about": "1.1.1", "text": "Warum erst 2027?"}).status_code == 302
    remark = version.remarks.get()
    assert mayor.post(f"{PAGE}remarks/{remark.pk}/answer/", {"answer": "Darum."}).status_code == 403
    assert browser.post(f"{PAGE}remarks/{remark.pk}/answer/", {"answer": "Der Umbau dauert."}).status_code == 302
    assert "Der Umbau dauert." in text(mayor.get(f"{PAGE}versions/1/"))


def test_the_auditor_recommends_by_page(procedure, youth_office):
    freeze(small_draft(procedure, youth_office))
    browser = signed_in(member(Role.AUDITOR))
    assert browser.post(f"{PAGE}versions/1/recommend/", {"verdict": "recommend", "text": "Gut."}).status_code == 302
    assert "empfohlen" in text(browser.get(f"{PAGE}versions/1/"))


def test_a_change_is_proposed_and_approved_by_page(procedure, youth_office, browser):
    version = resolved(procedure, youth_office)
    of = version.agreement.measures.get(number="1.1.1")
    url = f"{PAGE}measures/{of.pk}/amend/"
    assert "Frist verschieben" in text(browser.get(url))
    page = browser.post(url, {"kind": "deadline_shift", "reason": "Umbau"})
    assert "Bitte nennen Sie die neue Frist." in text(page)
    browser.post(url, {"kind": "deadline_shift", "due": "Juni 2028", "reason": "Umbau"})
    amendment = Amendment.objects.get()
    decide_url = f"{PAGE}amendments/{amendment.pk}/decide/"
    assert "warum es dabei bleibt" in text(browser.post(decide_url, {"answer": "reject"}))
    browser.post(decide_url, {"answer": "approve"})
    assert "Juni 2028" in text(browser.get(f"{PAGE}versions/2/"))
    adopted = Version.objects.get(number=2)
    assert adopted.adoption.approved_by == "Person Koordination"


def test_adopting_needs_a_version_that_was_tabled(procedure, youth_office, browser):
    freeze(small_draft(procedure, youth_office))
    assert "Als beschlossen eintragen" not in text(browser.get(f"{PAGE}versions/1/"))


def test_the_lists_of_versions_and_changes_keep_their_queries(procedure, youth_office, browser):
    version = resolved(procedure, youth_office)
    of = version.agreement.measures.get(number="1.1.1")

    def change(year):
        amendment = actions.propose_amendment(
            procedure=procedure,
            kind="deadline_shift",
            measure=of,
            changes={"due": str(year)},
            reason="Umbau",
            by=COORDINATOR,
            at=NOON,
        )
        actions.approve_amendment(amendment=amendment, by=COORDINATOR, at=NOON)

    change(2028)
    browser.get(f"{PAGE}versions/")
    few = [_queries(browser, PAGE + name) for name in ("versions/", "amendments/")]
    for year in range(2029, 2033):
        change(year)
    assert [_queries(browser, PAGE + name) for name in ("versions/", "amendments/")] == few
    assert max(few) <= 20
