"""Bringing in a plan file in the browser: upload, look, confirm, take back; and what bad input meets."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook

from kommpass.agreement.actions import open_agreement
from kommpass.agreement.models import ImportRun, Measure, PendingUpload
from kommpass.agreement.pending import KEPT_FOR
from kommpass.audits.actions import start_procedure
from kommpass.audits.catalogue import newest
from kommpass.audits.models import JournalEntry
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.municipalities.scope import within
from kommpass.people.models import Membership, User
from tests.agreement.import_files import as_csv, as_xlsx
from tests.agreement.test_import_rows import LOCALZERO, MUENSTER
from tests.conftest import AUDIT, NOON, actor, open_only

START = "/auental/agreement/import/"


@pytest.fixture
def browser(procedure, client_as):
    return client_as(Role.COORDINATOR)


def upload(browser, content: bytes, name: str = "plan.csv", **more):
    return browser.post(START, {"file": SimpleUploadedFile(name, content), **more})


def uploaded(browser, content: bytes, name: str = "plan.csv", **more) -> str:
    """The address of the preview."""
    response = upload(browser, content, name, **more)
    assert response.status_code == 302, response.content.decode()[:2000]
    return response["Location"]


def page(browser, address: str) -> str:
    return browser.get(address).content.decode()


def decisions(browser, address: str, **changes) -> dict:
    """The form of the preview as the browser would send it back."""
    form = browser.get(address).context["form"]
    shown = {bound.name: bound.value() for bound in form}
    return {name: value for name, value in shown.items() if value is not None} | changes


def sentences(response) -> str:
    return response.content.decode()


def test_a_file_comes_in_in_three_steps(browser, procedure, youth_office):
    address = uploaded(browser, as_csv())
    shown = page(browser, address)
    assert "Randzeiten in drei Kitas" in shown and "3 Maßnahmen übernehmen" in shown
    assert Measure.objects.count() == 0
    response = browser.post(f"{address}do/", decisions(browser, address), follow=True)
    run = ImportRun.objects.get()
    assert response.redirect_chain == [(f"{START}runs/{run.pk}/", 302)]
    assert Measure.objects.count() == 3
    assert PendingUpload.objects.count() == 0
    assert "Zu den Maßnahmen" in sentences(response) and "Übernahme zurücknehmen" in sentences(response)


def test_the_import_is_taken_back_with_one_button(browser):
    address = uploaded(browser, as_csv())
    browser.post(f"{address}do/", decisions(browser, address))
    run = ImportRun.objects.get()
    response = browser.post(f"{START}runs/{run.pk}/undo/", follow=True)
    assert Measure.objects.count() == 0
    assert "ist zurückgenommen" in sentences(response)
    assert "wurde am" in page(browser, f"{START}runs/{run.pk}/")


def test_muenster_comes_in_once_its_fields_are_decided(browser, procedure, shared_data):
    address = uploaded(browser, (shared_data / MUENSTER).read_bytes(), "muenster_sachstand.csv")
    assert "Bei 5 Handlungsfeldern der Datei brauchen wir Ihre Entscheidung" in page(browser, address)
    refused = browser.post(f"{address}do/", decisions(browser, address), follow=True)
    assert "Es wurde noch nichts übernommen" in sentences(refused) and Measure.objects.count() == 0
    decided = decisions(browser, address) | {f"field-{place}": "new" for place in range(5)}
    browser.post(f"{address}do/", decided)
    assert Measure.objects.count() == 54
    assert procedure.fields.count() == 11


def test_one_town_of_a_localzero_file_is_chosen(browser, procedure, shared_data):
    content = (shared_data / LOCALZERO / "prod_2023-04-27_cities_tasks.json").read_bytes()
    address = uploaded(browser, content, "staedte.json")
    assert "Die Datei enthält mehrere Städte." in page(browser, address)
    browser.post(address, {"part": "Würzburg"})
    assert "Energieleitplan Würzburg" in page(browser, address)


def test_a_corrected_column_is_shown_before_it_is_brought_in(browser):
    rows = [("Senioren", "Weniger Einsamkeit", "Telefonkette", "wichtig")]
    address = uploaded(browser, as_csv(rows, ("Handlungsfeld", "Ziel", "Vorhaben", "Rang der Sache")))
    assert "Keine Spalte ist als „Maßnahme (Titel)“ zu erkennen" in page(browser, address)
    decided = decisions(browser, address, **{"column-2": "title", "column-3": "priority"})
    shown = browser.post(f"{address}do/", decided, follow=True)
    assert "sehen Sie sich die neue Vorschau an" in sentences(shown) and Measure.objects.count() == 0
    browser.post(f"{address}do/", decisions(browser, address))
    assert list(Measure.objects.values_list("title", "priority")) == [("Telefonkette", "wichtig")]


def test_two_columns_cannot_mean_the_same(browser):
    address = uploaded(browser, as_csv())
    response = browser.post(address, decisions(browser, address, **{"column-11": "title"}))
    assert "„Maßnahme (Titel)“ ist schon die Spalte „Maßnahme“." in sentences(response)


def test_a_mapping_file_says_what_the_columns_mean(browser):
    mapping = SimpleUploadedFile("zuordnung.toml", b'[columns]\ntitle = "Vorhaben"\nfield = "Bereich"')
    address = uploaded(browser, as_csv([("Senioren", "Telefonkette")], ("Bereich", "Vorhaben")), mapping_file=mapping)
    browser.post(f"{address}do/", decisions(browser, address))
    assert list(Measure.objects.values_list("title", "number")) == [("Telefonkette", "6.1.1")]


def test_a_broken_mapping_file_meets_a_sentence(browser):
    response = upload(browser, as_csv(), mapping_file=SimpleUploadedFile("zuordnung.toml", b"[columns\n"))
    assert "ist kein gültiges TOML oder JSON" in sentences(response)


def test_a_double_click_imports_once(browser):
    address = uploaded(browser, as_csv())
    decided = decisions(browser, address, once="ein-doppelter-klick")
    first, second = (browser.post(f"{address}do/", decided) for _click in range(2))
    assert (first.status_code, second.status_code, first["Location"]) == (302, 302, second["Location"])
    assert (ImportRun.objects.count(), Measure.objects.count()) == (1, 3)


def test_the_same_file_again_is_refused_on_the_page(browser):
    address = uploaded(browser, as_csv())
    browser.post(f"{address}do/", decisions(browser, address))
    again = uploaded(browser, as_csv(), "anderer Name.csv")
    assert "Diese Datei ist schon da" in page(browser, again)
    browser.post(f"{again}do/", decisions(browser, again))
    assert (ImportRun.objects.count(), Measure.objects.count()) == (1, 3)


def test_all_errors_of_a_file_are_listed_and_nothing_is_written(browser):
    rows = [
        ("Senioren", "", "S1", "Telefonkette", "", "", "", "31.02.2027", *[""] * 6),
        ("Senioren", "", "S1", "Doppelt", "", "", "", "30.13.2027", *[""] * 6),
    ]
    address = uploaded(browser, as_csv(rows))
    shown = page(browser, address)
    assert "Zeile 2, Spalte „Frist“: Den Tag „31.02.2027“ gibt es nicht." in shown
    assert "Zeile 3, Spalte „Nr.“: Die Nummer „S1“ gibt es schon: Zeile 2." in shown
    browser.post(f"{address}do/", decisions(browser, address))
    assert (Measure.objects.count(), ImportRun.objects.count()) == (0, 0)


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", b"0" * 150_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "leer.csv", "Die Datei ist leer."),
        (b"%PDF-1.7 nichts", "plan.pdf", "Mit dieser Art von Datei können wir nichts anfangen."),
        (b"%PDF-1.7 nichts", "plan.csv", "Das ist keine Tabelle als Text, sondern: PDF."),
        (b"PK\x03\x04kaputt", "plan.xlsx", "Die Datei ist keine lesbare Excel-Arbeitsmappe (.xlsx)."),
        (b'{"kein": "Auszug"}', "plan.json", "Die JSON-Datei ist kein Auszug aus LocalZero"),
        (b"a" * (10 * 1024 * 1024 + 1), "plan.csv", "Die Datei ist größer als 10 MB."),
        (as_csv([("Senioren", "", "S1", "x" * 200_000, *[""] * 10)]), "plan.csv", "Eine Zelle ist viel zu lang."),
        ("Maßnahme\nÜberall".encode("utf-16")[:-1], "plan.csv", "Die Zeichen sind nicht lesbar"),
    ],
    ids=[
        "empty",
        "wrong type",
        "pdf as csv",
        "broken workbook",
        "other json",
        "too large",
        "endless cell",
        "half characters",
    ],
)
def test_a_file_that_cannot_be_read_meets_a_sentence(browser, content, name, sentence):
    response = upload(browser, content, name)
    assert response.status_code == 200 and sentence in sentences(response)
    assert (PendingUpload.objects.count(), Measure.objects.count()) == (0, 0)


def test_a_zip_bomb_is_not_unpacked(browser):
    assert "ausgepackt größer als 100 MB" in sentences(upload(browser, bomb(), "plan.xlsx"))
    assert PendingUpload.objects.count() == 0


def test_formulas_stay_text(browser):
    rows = [("Senioren", "", "S1", '=HYPERLINK(""http://boese.example"")', "@SUM(1+1)", *[""] * 9)]
    address = uploaded(browser, as_csv(rows))
    assert "sieht aus wie eine Formel und wird als Text übernommen" in page(browser, address)
    browser.post(f"{address}do/", decisions(browser, address))
    assert list(Measure.objects.values_list("title", "description")) == [
        ('=HYPERLINK("http://boese.example")', "@SUM(1+1)")
    ]


def test_formula_cells_of_a_workbook_are_named(browser):
    book = Workbook()
    book.active.append(("Handlungsfeld", "Maßnahme"))
    book.active.append(("Senioren", "=1+1"))
    kept = io.BytesIO()
    book.save(kept)
    shown = page(browser, uploaded(browser, kept.getvalue(), "plan.xlsx"))
    assert "Hier steht die Formel =1+1 ohne gespeichertes Ergebnis. Sie bleibt als Text stehen." in shown


def test_markup_in_a_file_is_shown_as_text(browser):
    address = uploaded(
        browser, as_xlsx([("<b>Senioren</b>", "", "S1", "<script>alert(1)</script>", *[""] * 10)]), "plan.xlsx"
    )
    shown = page(browser, address)
    assert "<script>alert" not in shown and "&lt;script&gt;alert" in shown


def test_an_upload_belongs_to_the_person_who_made_it(browser, client_as):
    address = uploaded(browser, as_csv())
    PendingUpload.objects.update(by_id=999)
    assert browser.get(address).status_code == 404
    assert browser.post(f"{address}do/").status_code == 404


def test_an_upload_nobody_came_back_for_goes_after_a_day(browser):
    address = uploaded(browser, as_csv())
    PendingUpload.objects.update(uploaded_at=timezone.now() - KEPT_FOR * 1.1)
    assert browser.get(address).status_code == 404
    uploaded(browser, as_xlsx(), "plan.xlsx")
    assert PendingUpload.objects.count() == 1


def test_another_towns_run_and_upload_do_not_exist_here(browser, auental, hasselgrund, procedure):
    address = uploaded(browser, as_csv())
    browser.post(f"{address}do/", decisions(browser, address))
    run, waiting = ImportRun.objects.get(), uploaded(browser, as_xlsx(), "plan.xlsx")
    with within(hasselgrund):
        neighbours = start_procedure(
            scheme_key=AUDIT,
            scheme_version=newest(AUDIT).version,
            rung="basic",
            title="Audit Hasselgrund",
            by=actor(),
            at=NOON,
        )
        open_only(neighbours, Stage.TARGETING)
        Membership.objects.create(user=User.objects.get(), role=Role.COORDINATOR)
        open_agreement(procedure=neighbours, by=actor(), at=NOON)
    there = START.replace("auental", "hasselgrund")
    assert browser.get(there).status_code == 200
    assert browser.get(f"{there}runs/{run.pk}/").status_code == 404
    assert browser.post(f"{there}runs/{run.pk}/undo/").status_code == 404
    assert browser.get(waiting.replace("auental", "hasselgrund")).status_code == 404
    assert browser.post(f"{waiting.replace('auental', 'hasselgrund')}do/").status_code == 404
    assert Measure.objects.count() == 3


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.AUDITOR, Role.COUNCIL_OFFICE, Role.COUNCIL_MEMBER])
def test_other_roles_meet_a_reason(procedure, client_as, role):
    response = client_as(role).get(START)
    assert response.status_code == 403 and "Ihre Rolle sieht diesen Schritt nicht vor." in sentences(response)


def test_outside_of_drafting_nothing_comes_in(browser, procedure):
    address = uploaded(browser, as_csv())
    decided = decisions(browser, address)
    open_only(procedure, Stage.IMPLEMENTATION)
    entries = JournalEntry.objects.count()
    response = browser.post(f"{address}do/", decided)
    assert response.status_code == 403 and "Dieser Schritt gehört zu einer anderen Phase" in sentences(response)
    assert (Measure.objects.count(), JournalEntry.objects.count()) == (0, entries)


def test_undo_after_a_change_meets_a_reason(browser):
    address = uploaded(browser, as_csv())
    browser.post(f"{address}do/", decisions(browser, address))
    Measure.objects.filter(external_key="B1").update(edition=2)
    run = ImportRun.objects.get()
    assert "lässt sich nicht mehr zurücknehmen" in page(browser, f"{START}runs/{run.pk}/")
    response = browser.post(f"{START}runs/{run.pk}/undo/")
    assert response.status_code == 409 and "seither daran gearbeitet wurde" in sentences(response)
    assert Measure.objects.count() == 3
