"""What becomes of the rows of a plan file in the draft."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kommpass.agreement.actions import open_agreement
from kommpass.agreement.actions.importing import import_plan
from kommpass.agreement.actions.undoing import undo_import
from kommpass.agreement.models import Goal, ImportRun, Measure, StatusEntry, Step, StrategicGoal
from kommpass.agreement.preview import NEW, Choices, dry_run
from kommpass.agreement.queries import unaccepted
from kommpass.audits.models import FieldOfAction, JournalEntry
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.people.models import Organisation
from tests.agreement.import_files import ROWS, as_csv, as_xlsx, many_rows
from tests.conftest import NOON, TODAY, actor, open_only

MUENSTER = "07_measures/muenster_klimaschutz2020/muenster_sachstand.csv"
LOCALZERO = "07_measures/localzero_fixtures"


@pytest.fixture
def agreement(procedure):
    return open_agreement(procedure=procedure, by=actor(), at=NOON)


def look(agreement, content: bytes, name: str = "plan.csv", **choices):
    return dry_run(agreement=agreement, file_name=name, content=content, choices=Choices(**choices), today=TODAY)


def bring_in(agreement, content: bytes, name: str = "plan.csv", **choices) -> ImportRun:
    return import_plan(preview=look(agreement, content, name, **choices), by=actor(), at=NOON)


def stored() -> dict[str, int]:
    models = (FieldOfAction, StrategicGoal, Goal, Measure, Step, StatusEntry, Organisation, ImportRun)
    return {model.__name__: model.objects.count() for model in models}


def told(measure: Measure) -> dict:
    names = (
        "number",
        "external_key",
        "title",
        "description",
        "start",
        "due",
        "due_on",
        "priority",
        "funding",
        "target_groups",
        "more",
        "acceptance",
    )
    return {name: getattr(measure, name) for name in names} | {"responsible": str(measure.responsible or "")}


def test_every_row_of_the_climate_concept_of_muenster_comes_in(agreement, shared_data):
    content = (shared_data / MUENSTER).read_bytes()
    run = bring_in(agreement, content, "muenster_sachstand.csv", create_fields=True)
    counts = run.counts
    assert counts["lines"] == 275 == counts["fields"] + counts["measures"] + counts["descriptions"] + counts["statuses"]
    assert (counts["fields"], counts["measures"], counts["descriptions"], counts["statuses"]) == (5, 54, 54, 162)
    assert agreement.measures.count() == 54
    assert agreement.measures.exclude(description="").count() == 54
    assert StatusEntry.objects.count() == 162
    assert list(agreement.goals.order_by("field__number").values_list("number", "title", "field__title")) == [
        (f"{number}.1", title, title)
        for number, title in enumerate(
            ("Übergreifend", "Bauen und Wohnen", "Gewerbe, Handel, Dienstl.", "Energieumwandlung, EE", "Verkehr"),
            start=7,
        )
    ]


def test_the_three_report_rounds_of_muenster_are_dated(agreement, shared_data):
    bring_in(agreement, (shared_data / MUENSTER).read_bytes(), "muenster_sachstand.csv", create_fields=True)
    measure = agreement.measures.get(external_key="Ü1")
    assert list(measure.statuses.values_list("label", "period_from", "period_until", "light")) == [
        ("Sachstand 2013", date(2013, 1, 1), date(2013, 12, 31), "yellow"),
        ("Sachstand 2015/2016", date(2015, 1, 1), date(2016, 12, 31), "green"),
        ("Sachstand 2017/2018", date(2017, 1, 1), date(2018, 12, 31), "green"),
    ]
    assert measure.statuses.first().text.startswith("Die Klenko ist nunmehr personell auf 4 Personen")
    assert measure.description.startswith("Die Klenko war mit 2 Stellen besetzt.")
    assert (measure.priority, measure.more) == ("5", {"potential": "(5)", "assessment": "#01873B"})


def test_what_muenster_says_of_its_fields_is_kept_with_the_run(agreement, shared_data):
    run = bring_in(agreement, (shared_data / MUENSTER).read_bytes(), "muenster_sachstand.csv", create_fields=True)
    assert run.made["kept"][0] == {
        "where": "Zeile 3",
        "level": "field",
        "title": "Übergreifend",
        "values": {"potential": "3.89", "assessment": "#01873B", "Nummer": "Ü", "Priorität": "4.17"},
    }


@pytest.mark.parametrize("name", ["complete_0006", "prod_2023-04-27_cities_tasks", "test_database_cities_tasks"])
def test_every_town_of_the_localzero_trees_comes_in(agreement, shared_data, name):
    content = (shared_data / LOCALZERO / f"{name}.json").read_bytes()
    cities = look(agreement, content, f"{name}.json").plan.choices or ("",)
    for city in cities:
        preview = look(agreement, content, f"{name}.json", part=city, create_fields=True)
        if not preview.plan.lines_read:
            assert [each.sentence for each in preview.errors] == ["Die Datei enthält keine Maßnahmen."]
            continue
        run = import_plan(preview=preview, by=actor(), at=NOON)
        measures = {row.key for row in preview.plan.at_level("measure")}
        kept_goals = {row.title for row in preview.plan.at_level("goal")}
        assert (
            set(Measure.objects.filter(pk__in=run.made["measures"]).values_list("external_key", flat=True)) == measures
        )
        assert kept_goals <= set(Goal.objects.filter(pk__in=run.made["goals"]).values_list("title", flat=True))
        assert len(run.made["statuses"]) == len(preview.plan.statuses)
        assert len(run.made["steps"]) == len(preview.plan.at_level("step"))


def test_empty_fields_of_a_localzero_tree_need_no_place_and_are_kept(agreement, shared_data):
    content = (shared_data / LOCALZERO / "prod_2023-04-27_cities_tasks.json").read_bytes()
    preview = look(agreement, content, "staedte.json", part="MasterMirow", create_fields=True)
    assert [(each.title, each.new, each.empty) for each in preview.fields] == [
        ("Strom", True, False),
        ("Wärme", True, False),
        ("GebäudeMaster", False, True),
        ("Was Neues", False, True),
    ]
    run = import_plan(preview=preview, by=actor(), at=NOON)
    assert run.counts["new_fields"] == 2
    assert {each["title"] for each in run.made["kept"]} >= {"GebäudeMaster", "Was Neues"}


def test_a_table_becomes_goals_measures_and_a_dated_status(agreement, youth_office):
    bring_in(agreement, as_csv())
    first, second, third = agreement.measures.select_related("responsible").order_by("external_key")
    assert told(first) == {
        "number": "3.1.1",
        "external_key": "B1",
        "title": "Randzeiten in drei Kitas",
        "description": "Montag bis Freitag",
        "start": "2026",
        "due": "2027-12-31",
        "due_on": date(2027, 12, 31),
        "priority": "hoch",
        "funding": "Haushalt",
        "target_groups": ["Eltern", "Kinder"],
        "more": {"Bemerkung": "eilt"},
        "acceptance": "open",
        "responsible": "Jugendamt",
    }
    assert list(first.statuses.values_list("label", "period_from", "period_until", "light", "text")) == [
        ("Sachstand 2024", date(2024, 1, 1), date(2024, 12, 31), "yellow", "Zwei Kitas haben begonnen")
    ]
    assert (second.number, second.due, second.due_on, second.responsible) == (
        "3.1.2",
        "2028-03",
        date(2028, 3, 31),
        youth_office,
    )
    assert (third.goal.title, third.goal.field.number, third.responsible, third.more) == (
        "Senioren",
        6,
        None,
        {"Zuständig": "Seniorenbüro am Markt"},
    )


def test_a_workbook_says_the_same_as_the_text_file(agreement, youth_office):
    run = bring_in(agreement, as_csv())
    from_text = [told(each) for each in agreement.measures.order_by("external_key")]
    undo_import(run=run, by=actor(), at=NOON)
    bring_in(agreement, as_xlsx(), "plan.xlsx")
    assert [told(each) for each in agreement.measures.order_by("external_key")] == from_text


def test_windows_umlauts_are_read(agreement):
    bring_in(agreement, as_csv(encoding="cp1252"))
    assert agreement.goals.filter(title="Kitas öffnen länger").exists()


def test_a_dry_run_writes_nothing(agreement):
    before = stored(), JournalEntry.objects.count()
    preview = look(agreement, as_csv())
    assert preview.importable
    assert preview.counts == {
        "lines": 3, "fields": 2, "strategic_goals": 0, "goals": 1, "collecting_goals": 1, "measures": 3, "steps": 0,
        "descriptions": 0, "statuses": 1,
    }  # fmt: skip
    assert (stored(), JournalEntry.objects.count()) == before


def test_fields_we_cannot_place_wait_for_a_decision(agreement, shared_data):
    content = (shared_data / MUENSTER).read_bytes()
    preview = look(agreement, content, "muenster.csv")
    assert {each.title for each in preview.undecided} >= {"Übergreifend", "Verkehr", "Energieumwandlung, EE"}
    before = stored()
    with pytest.raises(NotPossible, match="zu welchem Handlungsfeld gehört: „Übergreifend“"):
        import_plan(preview=preview, by=actor(), at=NOON)
    assert stored() == before


def test_a_field_goes_where_the_clerk_says(agreement):
    steering = agreement.procedure.fields.get(number=1)
    rows = [("Verkehr", "Sichere Wege", "V1", "Zebrastreifen", *[""] * 10), ("Klima", "", "K1", "Bäume", *[""] * 10)]
    bring_in(agreement, as_csv(rows), fields={"verkehr": str(steering.pk), "klima": NEW})
    assert list(agreement.measures.order_by("external_key").values_list("external_key", "number")) == [
        ("K1", "7.1.1"),
        ("V1", "1.1.1"),
    ]
    assert agreement.procedure.fields.get(number=7).title == "Klima"


def test_a_merged_field_answers_to_the_names_it_covers(agreement):
    field = agreement.procedure.fields.get(number=3)
    field.title, field.covers = "Aufwachsen", ["education", "advice"]
    field.save()
    preview = look(agreement, as_csv([("Beratung und Unterstützung", "", "1", "Lotsen", *[""] * 10)]))
    assert [(each.title, each.target, each.guessed) for each in preview.fields] == [
        ("Beratung und Unterstützung", field, True)
    ]


def test_unknown_organisations_are_made_only_when_asked_for(agreement, youth_office):
    bring_in(agreement, as_csv(), create_organisations=True)
    made = Organisation.objects.get(name="Seniorenbüro am Markt")
    assert (made.kind, agreement.measures.get(external_key="S1").responsible) == ("other", made)
    assert list(unaccepted(agreement)) == [agreement.measures.get(external_key="S1")]


def test_measures_without_anyone_responsible_do_not_block_freezing(agreement):
    bring_in(agreement, as_csv())
    assert list(unaccepted(agreement)) == []


def test_choices_stand_in_where_the_file_says_nothing(agreement, youth_office):
    bring_in(agreement, as_csv([ROWS[2]]), responsible=youth_office.pk, due="2030")
    measure = agreement.measures.get()
    assert (measure.responsible, measure.due, measure.due_on, measure.more) == (
        youth_office,
        "2030",
        date(2030, 12, 31),
        {"Zuständig": "Seniorenbüro am Markt"},
    )


def test_a_title_that_is_too_long_stays_whole_in_the_description(agreement):
    title = "Sehr " * 100 + "lang"
    run = bring_in(agreement, as_csv([("Senioren", "", "S1", title, "Und so geht es.", *[""] * 9)]))
    measure = agreement.measures.get()
    assert (len(measure.title), measure.description) == (300, f"{title}\n\nUnd so geht es.")
    assert run.counts["measures"] == 1


def test_steps_and_what_they_say_stay_with_their_measure(agreement):
    headers = ("Handlungsfeld", "Nr.", "Maßnahme", "Arbeitsschritt", "Frist", "Zuständig")
    rows = [
        ("Senioren", "1", "Telefonkette", "", "2028", ""),
        ("", "", "", "Ehrenamtliche finden", "2027", "Seniorenbüro"),
    ]
    bring_in(agreement, as_csv(rows, headers))
    measure = agreement.measures.get()
    assert list(measure.steps.values_list("title", "due", "due_on")) == [
        ("Ehrenamtliche finden", "2027", date(2027, 12, 31))
    ]
    assert measure.more == {"Schritt „Ehrenamtliche finden“: Zuständig": "Seniorenbüro"}


def test_what_is_in_the_draft_already_stays_and_the_new_goals_follow(agreement):
    education = agreement.procedure.fields.get(number=3)
    Goal.objects.create(agreement=agreement, field=education, title="Schon da", position=1, number="3.1")
    bring_in(agreement, as_csv())
    assert list(agreement.goals.filter(field=education).values_list("number", "title")) == [
        ("3.1", "Schon da"),
        ("3.2", "Kitas öffnen länger"),
    ]


def test_one_entry_in_the_journal_tells_of_the_import(agreement):
    before = JournalEntry.objects.count()
    run = bring_in(agreement, as_csv())
    entry = JournalEntry.objects.order_by("-sequence").first()
    assert JournalEntry.objects.count() == before + 1
    assert (entry.action, entry.details["run"], entry.details["digest"], entry.details["counts"]["measures"]) == (
        "agreement.import",
        run.pk,
        run.file_digest,
        3,
    )


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(agreement, youth_office):
    counted = []
    for count in (276, 2_000):
        preview = look(agreement, many_rows(count), f"{count}.csv", create_fields=True)
        with CaptureQueriesContext(connection) as queries:
            import_plan(preview=preview, by=actor(), at=NOON)
        counted.append(len(queries))
    assert agreement.measures.count() == 2_276
    assert max(counted) <= 40, counted


def test_only_the_coordination_imports_and_only_while_the_agreement_is_drafted(agreement):
    preview = look(agreement, as_csv())
    with pytest.raises(NotAllowed):
        import_plan(preview=preview, by=actor(Role.CONTRIBUTOR), at=NOON)
    open_only(agreement.procedure, Stage.IMPLEMENTATION)
    with pytest.raises(NotAllowed, match="anderen Phase"):
        import_plan(preview=preview, by=actor(), at=NOON)
    assert Measure.objects.count() == 0
