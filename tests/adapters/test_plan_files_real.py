"""The real plans of other towns come in whole: Münster's climate concept and the trees of LocalZero."""

import csv
import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from kommpass.adapters.plan_files import MUENSTER, PlanRow, PlanStatus, read_plan
from kommpass.domain.moments import PartialDate

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("KOMMPASS_SHARED") or REPOSITORY.parent / "shared")
MEASURES = SHARED / "data" / "07_measures"


@pytest.fixture
def measures_folder():
    if not MEASURES.is_dir():
        pytest.skip(f"Die Beispieldaten fehlen: {MEASURES} (KOMMPASS_SHARED nennt ihren Ort).")
    return MEASURES


@pytest.fixture
def muenster(measures_folder):
    return measures_folder / "muenster_klimaschutz2020" / "muenster_sachstand.csv"


def read(path, **choice):
    return read_plan(path.read_bytes(), path.name, **choice)


def test_all_275_rows_of_muenster_are_accounted_for(muenster):
    plan = read(muenster)
    assert plan.errors == ()
    assert plan.mapping_used.columns == MUENSTER.columns
    assert Counter(row.level for row in plan.rows) == {"field": 5, "measure": 54}
    assert Counter(each.label for each in plan.statuses) == {
        "Sachstand 2013": 54,
        "Sachstand 2015/2016": 54,
        "Sachstand 2017/2018": 54,
    }
    assert (plan.lines_read, plan.descriptions) == (275, 54)
    assert len(plan.rows) + len(plan.statuses) + plan.descriptions == 275


def test_every_word_of_muenster_arrives(muenster):
    plan = read(muenster)
    said = " ".join(
        [part for row in plan.rows for part in (row.key, row.title, row.description, row.priority, *row.extra.values())]
        + [f"{each.measure_key} {each.text}" for each in plan.statuses]
    )
    arrived = Counter(said.replace('"', "").replace("<br>", " ").split())
    with muenster.open(encoding="utf-8", newline="") as opened:
        for line in csv.DictReader(opened):
            for word in line["text"].replace('"', "").replace("<br>", " ").split():
                assert arrived[word], (line["id"], word)


def test_a_measure_of_muenster_has_its_plan_as_description_and_three_dated_rounds(muenster):
    plan = read(muenster)
    measure = next(row for row in plan.rows if row.key == "Ü3")
    assert measure == PlanRow(
        key="Ü3",
        level="measure",
        parent="Ü",
        title="Klima-Check von Ratsbeschlüssen",
        description="Systematik zur durchgängigen Prüfung der Auswirkungen von Ratsbeschlüssen auf "
        "Klimaschutzstrategie und Klimagasausstoß.",
        priority="4",
        extra={"potential": "-", "assessment": "#01873B"},
        where="Zeile 17",
    )
    rounds = [each for each in plan.statuses if each.measure_key == "Ü3"]
    assert [(each.period_from, each.period_until, each.light) for each in rounds] == [
        (date(2013, 1, 1), date(2013, 12, 31), "red"),
        (date(2015, 1, 1), date(2016, 12, 31), "red"),
        (date(2017, 1, 1), date(2018, 12, 31), "green"),
    ]
    assert rounds[1].text == "Kein neuer Sachstand"


def test_the_one_missing_colour_of_muenster_stays_empty_with_a_warning(muenster):
    plan = read(muenster)
    assert Counter(each.light for each in plan.statuses) == {"yellow": 54, "red": 54, "green": 53, "": 1}
    (dark,) = (each for each in plan.statuses if not each.light)
    assert (dark.measure_key, dark.label) == ("Ü4", "Sachstand 2017/2018")
    assert [str(each) for each in plan.problems if "Ampel" in each.sentence] == [
        "Zeile 27, Spalte „assessment“: Die Ampel fehlt. Der Sachstand wird ohne Ampel übernommen."
    ]


def test_loose_quotes_in_muenster_are_kept_and_named(muenster):
    plan = read(muenster)
    (told,) = (each for each in plan.statuses if each.measure_key == "G2" and each.label == "Sachstand 2015/2016")
    assert told.text == 'Das Projekt ist weiterhin in „Münsters Allianz für Klimaschutz" (Ü4) integriert.'
    (half,) = (each for each in plan.statuses if each.measure_key == "G2" and each.label == "Sachstand 2017/2018")
    assert half.text == "Kein neuer Sachstand"
    assert sum("Anführungszeichen" in each.sentence for each in plan.warnings) == 5
    assert len(plan.warnings) == 6


def localzero(folder, name):
    return folder / "localzero_fixtures" / name


def test_a_file_with_several_towns_asks_for_one(measures_folder):
    path = localzero(measures_folder, "prod_2023-04-27_cities_tasks.json")
    plan = read(path)
    assert plan.choices == (
        "Beispielstadt",
        "München",
        "MasterMirow",
        "Bargteheide",
        "München_TestChristiane",
        "Hansestadt Bremen",
        "Würzburg",
    )
    assert [each.sentence for each in plan.errors] == [
        "Die Datei enthält mehrere Städte. Bitte wählen Sie eine: " + ", ".join(plan.choices) + "."
    ]
    assert not read(path, city="Hamburg").importable
    assert read(path, city="würzburg").rows == read(path, city="Würzburg").rows


def test_every_task_of_every_town_is_a_row(measures_folder):
    found = {}
    for name in (
        "complete_0006.json",
        "prod_2023-04-27_cities_tasks.json",
        "test_database_cities_tasks.json",
    ):
        path = localzero(measures_folder, name)
        for city in read(path).choices or ("",):
            plan = read(path, city=city)
            if plan.lines_read:
                assert plan.errors == ()
                assert len({row.where for row in plan.rows}) == plan.lines_read
                found[name] = found.get(name, 0) + plan.lines_read
    assert found == {
        "complete_0006.json": 14,
        "prod_2023-04-27_cities_tasks.json": 63,
        "test_database_cities_tasks.json": 27,
    }


def test_wuerzburg_has_four_floors(measures_folder):
    plan = read(localzero(measures_folder, "prod_2023-04-27_cities_tasks.json"), city="Würzburg")
    chain = [row for row in plan.rows if "000O000100010001".startswith(row.key)]
    assert [(row.level, row.key) for row in chain] == [
        ("field", "000O"),
        ("goal", "000O0001"),
        ("measure", "000O00010001"),
        ("step", "000O000100010001"),
    ]


def test_a_task_with_all_fields_arrives_whole(measures_folder):
    plan = read(localzero(measures_folder, "complete_0006.json"))
    row = next(row for row in plan.rows if row.title == "U-Bahn Strecke verlängern")
    assert (row.level, row.parent, row.responsible) == ("measure", "0001", "U-Bahn Betreiberfirma")
    assert (row.start, row.due) == (PartialDate(2023, 3, 28), PartialDate(2025, 3, 28))
    assert row.description.startswith("# Hier steht auch etwas\n\nEin einleitender Text")
    assert row.extra == {
        "Kurztext": "Für diese Maßnahme sind alle Felder ausgefüllt.",
        "Bewertung der Planung": "Mehr als nur eine Strecke verlängern wäre besser.",
        "Bewertung der Umsetzung": "2",
        "Fortschritt": "4",
        "Grad der Umsetzung": "1",
        "Tatsächlicher Beginn": "2023-03-28",
        "Tatsächliches Ende": "2025-03-28",
        "Adresse": "verkehr/u-bahn-strecke-verlangern",
    }
    assert [each for each in plan.statuses if each.measure_key == row.key] == [
        PlanStatus(
            measure_key="00010001",
            label="Umsetzungsstand",
            period_from=date(2023, 3, 13),
            period_until=date(2023, 3, 13),
            light="green",
            text="abgeschlossen\n\nEin paar Hundert Meter haben sie schon gebaut.",
            where=row.where,
        )
    ]


def test_what_is_no_plan_is_left_out_and_said(measures_folder):
    plan = read(localzero(measures_folder, "test_database_cities_tasks.json"), city="Mitallem")
    assert [each.sentence for each in plan.warnings] == [
        "Diese Einträge gehören nicht zu Zielen und Maßnahmen und werden nicht übernommen: "
        "1 administrationchecklist, 1 capchecklist, 2 chart."
    ]
    assert Counter(row.level for row in plan.rows) == {"field": 5, "measure": 6}


def test_other_tables_are_no_plan(measures_folder):
    plan = read(measures_folder / "muenster_klimaschutz2020" / "bonn_emissions_targets.csv")
    assert [each.sentence for each in plan.errors] == [
        "Keine Spalte ist als „Maßnahme (Titel)“ zu erkennen. Bitte ordnen Sie eine zu; "
        "vorhanden sind: „year“, „category“, „type“, „co2“, „note“."
    ]
