"""`kommpass import agreement`: what an operator types, and what it answers."""

import io

import pytest
from django.core.management import CommandError, call_command

from kommpass.agreement.actions import open_agreement
from kommpass.agreement.models import Agreement, ImportRun, Measure
from kommpass.audits.models import JournalEntry
from kommpass.municipalities.scope import within
from tests.agreement.import_files import as_csv
from tests.agreement.test_import_rows import LOCALZERO, MUENSTER
from tests.conftest import NOON, actor


@pytest.fixture
def plan_file(tmp_path):
    place = tmp_path / "plan.csv"
    place.write_bytes(as_csv())
    return place


def run(*words, **options) -> str:
    out = io.StringIO()
    call_command(
        "import", "agreement", *map(str, words), town=options.pop("town", "auental"), stdout=out, stderr=out, **options
    )
    return out.getvalue()


def test_the_command_brings_in_muenster(procedure, shared_data):
    said = run(shared_data / MUENSTER, create_fields=True)
    assert "275 Zeilen gelesen." in said and "Übernommen: 54 Maßnahmen" in said
    assert Measure.objects.count() == 54
    entry = JournalEntry.objects.order_by("-sequence").first()
    assert (entry.action, entry.via, entry.actor_name) == ("agreement.import", "command", "Systemverwaltung")


def test_fields_are_placed_by_hand(procedure, shared_data):
    fields = [
        "Übergreifend=1",
        "Bauen und Wohnen=5",
        "Gewerbe, Handel, Dienstl.=2",
        "Energieumwandlung, EE=neu",
        "verkehr=5",
    ]
    run(shared_data / MUENSTER, field=fields)
    assert procedure.fields.count() == 7
    assert Measure.objects.filter(goal__field__number=5).count() > 20


def test_a_town_of_localzero_is_named(procedure, shared_data):
    file = shared_data / LOCALZERO / "prod_2023-04-27_cities_tasks.json"
    with pytest.raises(CommandError):
        run(file)
    run(file, city="MasterMirow", create_fields=True)
    assert Measure.objects.count() == 10


def test_a_dry_run_leaves_no_trace(procedure, plan_file):
    before = JournalEntry.objects.count()
    said = run(plan_file, dry_run=True)
    assert "Probelauf: Es wurde nichts geschrieben." in said
    assert (Agreement.objects.count(), Measure.objects.count(), JournalEntry.objects.count()) == (0, 0, before)


def test_errors_stop_the_command_and_nothing_is_written(procedure, tmp_path):
    place = tmp_path / "plan.csv"
    place.write_bytes(as_csv([("Senioren", "", "S1", "Telefonkette", "", "", "", "31.02.2027", *[""] * 6)]))
    before = JournalEntry.objects.count()
    with pytest.raises(CommandError, match="Es wurde nichts geschrieben"):
        run(place)
    assert (Agreement.objects.count(), Measure.objects.count(), JournalEntry.objects.count()) == (0, 0, before)


def test_open_fields_are_named_with_the_words_to_type(procedure, shared_data):
    with pytest.raises(CommandError, match='--field "Übergreifend=NUMMER"'):
        run(shared_data / MUENSTER)
    assert Measure.objects.count() == 0


def test_an_import_is_taken_back(procedure, plan_file):
    run(plan_file)
    found = ImportRun.objects.get()
    assert "ist zurückgenommen" in run(undo=found.pk)
    assert Measure.objects.count() == 0


def test_another_towns_run_is_not_taken_back(procedure, plan_file, hasselgrund):
    run(plan_file)
    found = ImportRun.objects.get()
    with pytest.raises(CommandError, match="gibt es in dieser Kommune nicht"):
        run(undo=found.pk, town="hasselgrund")
    assert Measure.objects.count() == 3


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"town": "nirgendwo"}, "Eine Kommune mit der Adresse „nirgendwo“ gibt es hier nicht."),
        ({"field": ["Senioren=99"]}, "verstehen wir nicht"),
        ({"responsible": "Amt für Träume"}, "Eine Organisation „Amt für Träume“ gibt es in dieser Kommune nicht."),
        ({"due": "31.02.2027"}, "Den Tag „31.02.2027“ gibt es nicht."),
        ({"mapping": "/gibt/es/nicht.toml"}, "lässt sich nicht lesen"),
    ],
)
def test_a_wrong_word_meets_a_sentence(procedure, plan_file, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(plan_file, **options)
    assert Measure.objects.count() == 0


def test_a_missing_file_meets_a_sentence(procedure, tmp_path):
    with pytest.raises(CommandError, match="lässt sich nicht lesen"):
        run(tmp_path / "fehlt.csv")
    with pytest.raises(CommandError, match="Bitte nennen Sie eine Datei"):
        run()


def test_the_other_town_gets_nothing(procedure, plan_file, hasselgrund):
    open_agreement(procedure=procedure, by=actor(), at=NOON)
    run(plan_file)
    with within(hasselgrund):
        assert Measure.objects.count() == 0
