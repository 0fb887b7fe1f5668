"""Lists that are not what they seem: dated ahead, with rows of one offer twice, with places that cannot be."""

import csv
import gc
import io
import json
from dataclasses import replace
from threading import Barrier, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from kommpass.adapters.offer_files import read
from kommpass.domain.offers.listing import guess_recipe
from kommpass.domain.offers.listing.made_tables import HSDS, HSDS_KEY
from kommpass.domain.permissions import Role
from kommpass.offers import actions
from kommpass.offers.actions.importing import begin_import, carry_on, keep_list, look_on, map_list
from kommpass.offers.actions.importing.pausing import without_garbage_collection
from kommpass.offers.models import ImportRecipe, ImportRun, Location, Offer
from kommpass.offers.queries.importing import KeptTable, is_looked_at, recipe_of
from tests.adapters.test_offer_calendars import calendar, event
from tests.conftest import actor, member, signed_in
from tests.offers.builders import a_location, an_offer
from tests.offers.test_import_real import our_table

BY = actor(Role.COORDINATOR)
AHEAD = "9999-12-31T23:59:59.999999+00:00"
ADDRESS = "Ort;Straße;PLZ;Stadt"


def looked_at(content: bytes, name: str = "liste.csv", source: str = "Liste") -> ImportRun:
    """The list as far as the preview."""
    run = keep_list(source=source, file_name=name, sheets=read(content, name), by=BY, at=timezone.now())
    table = KeptTable.of(run)
    kept = recipe_of(ImportRecipe.objects.get(pk=run.recipe_id))
    recipe = kept or guess_recipe(table.values(), name, table.key, "Auental")
    fixed = replace(recipe.fixed, publish=True, provider=recipe.fixed.provider or "Stadt")
    run = map_list(run=run, recipe=replace(recipe, fixed=fixed), by=BY, at=timezone.now())
    while is_looked_at(run):
        run = look_on(run=run, by=BY, at=timezone.now())
    return run


def taken_over(run: ImportRun, most: int = 200) -> ImportRun:
    run = begin_import(run=run, by=BY, at=timezone.now())
    while run.state == ImportRun.State.PREVIEW:
        run = carry_on(run=run, by=BY, at=timezone.now(), most=most)
    return run


def rows_of_our_table(folder) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(our_table(folder).read_text(encoding="utf-8-sig")), delimiter=";"))


def as_csv(rows: list[dict[str, str]]) -> bytes:
    written = io.StringIO()
    table = csv.DictWriter(written, rows[0].keys(), delimiter=";")
    table.writeheader()
    table.writerows(rows)
    return written.getvalue().encode()


def test_a_table_from_the_end_of_time_is_read(auental, tmp_path):
    an_offer("Muster")
    rows = rows_of_our_table(tmp_path)
    rows[0]["Geändert"] = AHEAD
    assert looked_at(as_csv(rows)).counts["errors"] == 0


def test_a_calendar_that_dates_itself_ahead_does_not_outweigh_what_people_say(auental):
    offer = an_offer("Krabbelgruppe")
    better = offer.document.having(title="Krabbelgruppe am Bach")
    actions.change_offer(offer=offer, content=better, by=BY, at=timezone.now())
    entry = event(
        "DTSTART:20270112T150000", "LAST-MODIFIED:20990101T000000Z", uid=f"{offer.key}@kommpass", title="Anders"
    )
    taken_over(looked_at(calendar(entry), "fremd.ics", "Fremder Kalender"))
    offer.refresh_from_db()
    assert offer.title == "Krabbelgruppe am Bach"


@pytest.mark.parametrize("most", [200, 1])
def test_what_our_table_says_of_places_does_not_depend_on_the_portions(auental, tmp_path, most):
    first, second = a_location("Haus", street="Weg 1"), a_location("Hof", street="Weg 2")
    an_offer("Eins", at_places=(first,))
    an_offer("Zwei", at_places=(first, second))
    rows = rows_of_our_table(tmp_path)
    rows[0]["Barrierefreiheit"] = "Ohne Stufen erreichbar: ja"
    rows[1]["Barrierefreiheit"] = "Ohne Stufen erreichbar: ja\nAufzug: ja"
    run = looked_at(as_csv(rows))
    made = taken_over(run, most).counts["made"]
    second.refresh_from_db()
    assert (made["changed"], set(second.accessibility)) == (run.counts["changed"], {"lift"})


def test_two_rows_of_one_offer_are_both_taken(auental, tmp_path):
    an_offer("Muster")
    new = rows_of_our_table(tmp_path)[0] | {"Kennung": "neu-1", "Name": "Neues Angebot", "Geändert": ""}
    taken_over(looked_at(as_csv([new])))
    made = Offer.objects.get(title="Neues Angebot")
    by_key = next(row for row in rows_of_our_table(tmp_path) if row["Kennung"] == str(made.key))
    both = [new | {"Untertitel": "eins"}, by_key | {"Internetseite": "https://zwei.example"}]
    taken_over(looked_at(as_csv(both)))
    made.refresh_from_db()
    assert (made.document.subtitle, made.document.url) == ("eins", "https://zwei.example")


@pytest.mark.parametrize(
    "place",
    [
        {"name": "Haus", "street": "y" * 500},
        {"name": "Haus", "point": [999, 5]},
        {"name": "Haus", "point": ["a", "b"]},
        {"name": "Haus", "point": [1e400, 5]},
        {"name": 5},
        {"name": None},
        {"name": "Ha\x00us"},
        {"name": "Haus", "room": ["a"]},
        {"name": "Haus", "accessibility": [[1, 2]]},
    ],
)
def test_a_further_place_that_cannot_be_is_left_out_and_the_rest_comes_in(auental, place):
    row = dict.fromkeys((HSDS_KEY, *HSDS.values()), "")
    row |= {HSDS_KEY: "k1", "Name": "Treff", "Organisation": "Verein", "Kurz gesagt": "kurz", "Ort": "Saal"}
    run = taken_over(looked_at(as_csv([row | {"Weitere Orte": json.dumps([place])}])))
    assert run.counts["made"]["new"] == 1
    assert Location.objects.filter(name="Saal").count() == 1


def test_a_row_whose_offer_ended_changes_no_place(auental):
    step = "Nr;Name;Träger;Rollstuhlgerecht;" + ADDRESS
    taken_over(looked_at(f"{step}\n1;Treff;Verein;;Haus;Weg 1;44787;Auental".encode()))
    actions.end_offer(offer=Offer.objects.get(), by=BY, at=timezone.now())
    other = a_location("Hof", street="Weg 2")
    run = taken_over(looked_at(f"{step}\n1;Treff;Verein;nein;Hof;Weg 2;44787;Auental".encode()))
    other.refresh_from_db()
    assert (run.counts["made"]["ended"], other.accessibility) == (1, {})


def test_a_calendar_that_ends_for_ever_gets_an_answer(auental):
    content = calendar(event("DTSTART:20270112T150000Z", "DTEND:99991231T235959Z"))
    upload = {"file": SimpleUploadedFile("kalender.ics", content), "source": "Volkshochschule"}
    assert signed_in(member(Role.COORDINATOR)).post("/auental/offers/import/", upload).status_code == 302


def test_the_search_for_garbage_comes_back_however_portions_overlap():
    together = Barrier(4)

    def portions() -> None:
        together.wait()
        for _each in range(2_000):
            with without_garbage_collection():
                pass

    threads = [Thread(target=portions) for _each in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert gc.isenabled()
