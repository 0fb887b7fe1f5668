"""Taking over a list on the pages: upload, say what the columns mean, look, carry out; and nothing on bad input."""

import html
import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import Workbook

from kommpass.adapters.offer_files import read
from kommpass.audits.models import JournalEntry
from kommpass.domain.offers.listing import guess_recipe
from kommpass.domain.permissions import Role
from kommpass.municipalities.scope import within
from kommpass.offers import actions
from kommpass.offers.actions.importing import begin_import, carry_on, keep_list, map_list
from kommpass.offers.models import Confirmation, ImportRecipe, ImportRun, IndexCard, Location, Offer, Origin, Provider
from kommpass.offers.queries.importing import KeptTable
from kommpass.people.models import Organisation
from tests.conftest import NOON, actor, queries_of
from tests.offers.builders import a_provider, an_offer

HEAD = "Nr;Name;Träger;Anschrift;PLZ Ort;Telefon;Art;Zeiten"
ROWS = (
    "1;Kita Sonnenschein;Lebenshilfe e.V.;Bahnhofstraße 5;59000 Auental;02941 111;Kindertagesstätte;Mo-Fr 7-16 Uhr",
    "2;Spielplatz Nord;Stadt Auental;Nordweg 1;59000 Auental;;Spielplatz;",
    '3;"<b>Kita</b> Regenbogen &amp; Co<script>x</script>";Lebenshilfe e.V.;Südweg 2;59000 Auental;02941 333;'
    "Kindertagesstätte;nach dem Gottesdienst",
)
SOURCE = "Kitas der Stadt"


def table(*rows: str) -> str:
    return "\n".join([HEAD, *rows])


def upload(browser: Client, content: str | bytes, *, name: str = "einrichtungen.csv", source: str = SOURCE):
    content = content.encode() if isinstance(content, str) else content
    return browser.post("/auental/offers/import/", {"file": SimpleUploadedFile(name, content), "source": source})


def written_in(page: str) -> dict:
    """What a browser would send of the forms on a page: inputs and selects with the values they have."""
    found: dict = {}
    for tag in re.findall(r"<input\b[^>]*>", page):
        if _of(tag, "type") not in ("checkbox", "radio") or " checked" in tag:
            found.setdefault(_of(tag, "name"), []).append(_of(tag, "value"))
    for tag, inside in re.findall(r"(<select\b[^>]*>)(.*?)</select>", page, re.S):
        found[_of(tag, "name")] = re.findall(r'<option value="([^"]*)" selected', inside) or [""]
    return found


def _of(tag: str, attribute: str) -> str:
    match = re.search(rf'\b{attribute}="([^"]*)"', tag)
    return html.unescape(match[1]) if match else ""


def previewed(
    browser: Client, content: str | bytes, *, publish: str = "yes", said: dict | None = None, **about
) -> ImportRun:
    """Upload a list and say what our guesses say (`said` overrides them): the run with its preview."""
    address = upload(browser, content, **about)["Location"]
    answer = browser.post(
        address, written_in(browser.get(address).content.decode()) | {"publish": publish} | (said or {})
    )
    assert answer.status_code == 302, answer.content.decode()
    return ImportRun.objects.latest("pk")


def carry_out(browser: Client, run: ImportRun, **choices) -> ImportRun:
    """Send the form of the preview, and go on until nothing is left."""
    while run.state == ImportRun.State.PREVIEW:
        assert browser.post(f"/auental/offers/import/{run.pk}/carry-out/", choices).status_code == 302
        run.refresh_from_db()
    return run


def taken_over(browser: Client, *rows: str, choices: dict | None = None, **about) -> ImportRun:
    return carry_out(browser, previewed(browser, table(*rows), **about), **(choices or {}))


def page_of(browser: Client, run: ImportRun, step: str) -> str:
    answer = browser.get(f"/auental/offers/import/{run.pk}/{step}/")
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def offer(title: str) -> Offer:
    return Offer.objects.get(title=title)


def nothing_is_there() -> bool:
    kept = (Offer, Origin, Provider, Location, Organisation, ImportRun, ImportRecipe)
    return not any(model.objects.exists() for model in kept)


@pytest.fixture
def clerk(client_as) -> Client:
    return client_as(Role.COORDINATOR)


# the whole way


def test_a_list_becomes_offers_with_providers_places_and_times(clerk):
    run = taken_over(clerk, *ROWS)
    assert run.counts["made"] == {"new": 3, "drafts": 0, "gone": 0, "finished": 0}
    assert [each.title for each in Offer.objects.all()] == [
        "Kita Regenbogen & Co",
        "Kita Sonnenschein",
        "Spielplatz Nord",
    ]
    kita = offer("Kita Sonnenschein")
    assert (kita.state, str(kita.provider), kita.document.facility) == (
        "published",
        "Lebenshilfe e.V.",
        "daycare_centre",
    )
    assert [str(each.location) for each in kita.places.all()] == ["Bahnhofstraße 5"]
    assert [(each.starts, each.ends) for each in kita.document.times] == [("07:00", "16:00")]
    assert offer("Kita Regenbogen & Co").document.times_text == "nach dem Gottesdienst"
    assert Provider.objects.count() == 2 and IndexCard.objects.count() == 3


def test_the_columns_are_prefilled_and_the_examples_stand_beside_them(clerk):
    address = upload(clerk, table(*ROWS))["Location"]
    page = clerk.get(address).content.decode()
    chosen = written_in(page)
    assert [chosen[f"column-{place}"] for place in range(8)] == [
        [""], ["title"], ["provider"], ["street"], ["postal_code"], ["phone"], ["facility"], ["times"]
    ]  # fmt: skip
    assert (chosen["key"], chosen["word-facility-0-0"]) == (["Nr"], ["daycare_centre"])
    assert "Kita Sonnenschein" in page and "Mo-Fr 7-16 Uhr" in page


def test_nothing_of_the_directory_is_written_before_somebody_says_so(clerk):
    run = previewed(clerk, table(*ROWS))
    page = page_of(clerk, run, "preview")
    assert "Noch ist nichts geschrieben." in page and "3 Angebote übernehmen" in page and "Kita Sonnenschein" in page
    assert not any(model.objects.exists() for model in (Offer, Origin, Provider, Location, Organisation))


def test_html_of_a_list_arrives_as_words_and_never_as_html(clerk):
    run = previewed(clerk, table(*ROWS))
    page = clerk.get(f"/auental/offers/import/{run.pk}/preview/").content.decode()
    assert "Kita Regenbogen &amp; Co" in page and "<script>x" not in page and "<b>Kita" not in page
    assert "<script>x" not in clerk.get(f"/auental/offers/import/{run.pk}/map/").content.decode()


def test_afterwards_the_table_is_gone_and_the_way_of_reading_is_remembered(clerk):
    run = taken_over(clerk, *ROWS, said={"word-facility-0-0": "family_centre", "column-5": ""})
    assert (run.table, run.state, offer("Kita Sonnenschein").document.facility) == ({}, "done", "family_centre")
    address = upload(clerk, table(*ROWS))["Location"]
    chosen = written_in(clerk.get(address).content.decode())
    assert (chosen["word-facility-0-0"], chosen["column-5"], chosen["publish"]) == (["family_centre"], [""], ["yes"])


def test_a_known_source_can_be_chosen(clerk):
    taken_over(clerk, *ROWS)
    page = clerk.get("/auental/offers/import/").content.decode()
    assert f'<option value="{SOURCE}">' in page
    file = SimpleUploadedFile("neu.csv", table(*ROWS).encode())
    clerk.post("/auental/offers/import/", {"file": file, "known": SOURCE, "source": ""})
    assert [each.recipe.source for each in ImportRun.objects.all()] == [SOURCE, SOURCE]


def test_drafts_are_made_where_somebody_wants_drafts(clerk):
    run = taken_over(clerk, *ROWS, publish="no")
    assert run.counts["made"]["drafts"] == 3
    assert set(Offer.objects.values_list("state", flat=True)) == {"draft"} and not IndexCard.objects.exists()


def test_an_offer_that_lacks_what_families_need_becomes_a_draft(clerk):
    run = taken_over(clerk, "1;Hausaufgabenhilfe;Lebenshilfe e.V.;;;;;", *ROWS[:1])
    assert (run.counts["made"]["new"], run.counts["made"]["drafts"]) == (2, 1)
    assert offer("Hausaufgabenhilfe").state == "draft"


def test_a_list_never_counts_as_somebody_confirming(clerk):
    taken_over(clerk, *ROWS)
    assert set(Confirmation.objects.values_list("way", "human")) == {("import", False)}


def test_the_journal_says_who_took_over_what(clerk):
    run = taken_over(clerk, *ROWS)
    details = [each.details for each in JournalEntry.objects.filter(action="offers.import").order_by("sequence")]
    assert [each.get("run") for each in details] == [run.pk] * 4
    assert sorted(details[-1]["new"]) == sorted(Offer.objects.values_list("pk", flat=True))


def test_the_list_of_imports_tells_what_came_of_each(clerk):
    taken_over(clerk, *ROWS)
    page = html.unescape(clerk.get("/auental/offers/imports/").content.decode())
    assert SOURCE in page and "3 neu, 0 geändert, 0 gleich, 0 fehlen" in page


def test_a_workbook_with_several_sheets_is_read_sheet_by_sheet(clerk):
    book = Workbook()
    book.active.title = "Hinweise"
    book.active.append(["Was", "Wo"])
    book.active.append(["Stand", "2027"])
    sheet = book.create_sheet("Kitas")
    for line in (HEAD, *ROWS):
        sheet.append(line.split(";"))
    written = io.BytesIO()
    book.save(written)
    address = upload(clerk, written.getvalue(), name="liste.xlsx")["Location"]
    chosen = written_in(clerk.get(address).content.decode())
    assert chosen["sheet"] == ["1"]
    clerk.post(address, chosen | {"sheet": "0", "again": "sheet"})
    assert "column-2" not in written_in(clerk.get(address).content.decode())
    clerk.post(address, written_in(clerk.get(address).content.decode()) | {"sheet": "1", "again": "sheet"})
    assert written_in(clerk.get(address).content.decode())["column-1"] == ["title"]


# bad input


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("leer.csv", b"", "Die Datei ist leer."),
        ("alt.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "Das ist altes Excel"),
        ("halb.zip", b"PK\x03\x04" + b"halb", "Archiv"),
        ("kaputt.json", b'[{"name": "A"', "JSON"),
        ("kopf.csv", b"Name;Ort\n", "nur Überschriften"),
        ("gross.csv", b"Name\n" + b"x" * 26 * 1024 * 1024, "größer als 25 MB"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_nothing_behind(clerk, name, content, sentence):
    answer = upload(clerk, content, name=name)
    assert (answer.status_code, sentence in html.unescape(answer.content.decode())) == (200, True)
    assert nothing_is_there()


def test_a_list_without_a_source_is_not_kept(clerk):
    page = html.unescape(upload(clerk, table(*ROWS), source=" ").content.decode())
    assert "Bitte sagen Sie, woher die Liste ist." in page and nothing_is_there()


def test_without_a_column_for_the_name_or_a_provider_nothing_goes_on(clerk):
    address = upload(clerk, "Ort;Zeit\nAm Bach;Mo 9-12 Uhr\n")["Location"]
    chosen = written_in(clerk.get(address).content.decode())
    answer = clerk.post(address, chosen | {"column-0": "street", "column-1": "times", "provider": ""})
    page = html.unescape(answer.content.decode())
    assert "in welcher Spalte der Name des Angebots steht" in page and "Bitte nennen Sie den Träger" in page


def test_rows_with_mistakes_are_named_with_their_numbers_and_the_others_are_taken(clerk):
    rows = (
        *ROWS,
        "4;;Lebenshilfe e.V.;;;;;",
        "1;Kita Sonnenschein;Lebenshilfe e.V.;Weg 9;59000 Auental;;Kita;",
        "5;Treff;;;;;;",
    )
    run = previewed(clerk, table(*rows))
    page = page_of(clerk, run, "preview")
    assert "Zeile 5: Bitte geben Sie dem Angebot einen Namen." in page
    assert "Zeile 6, „Kita Sonnenschein“: Die Nummer „1“ steht auch in Zeile 2" in page
    assert "Zeile 7, „Treff“: Die Zeile nennt keinen Träger." in page
    run = carry_out(clerk, run)
    assert (run.counts["made"]["new"], run.counts["errors"], Offer.objects.count()) == (3, 3, 3)
    assert "Zeile 5: Bitte geben Sie dem Angebot einen Namen." in page_of(clerk, run, "carry-out")


def test_a_dropped_list_leaves_no_row_behind(clerk):
    run = previewed(clerk, table(*ROWS))
    clerk.post(f"/auental/offers/import/{run.pk}/drop/")
    run.refresh_from_db()
    assert (run.state, run.table, Offer.objects.count(), Provider.objects.count()) == ("dropped", {}, 0, 0)
    assert clerk.post(f"/auental/offers/import/{run.pk}/carry-out/").status_code == 200
    assert not Offer.objects.exists()


def test_a_second_upload_of_the_same_source_replaces_the_first(clerk):
    first = previewed(clerk, table(*ROWS))
    previewed(clerk, table(*ROWS))
    first.refresh_from_db()
    assert (first.state, first.table) == ("dropped", {})


def test_who_does_not_coordinate_takes_nothing_over(client_as, clerk):
    run = previewed(clerk, table(*ROWS))
    stranger = client_as(Role.PROVIDER, organisation=Organisation.objects.create(name="Träger", kind="provider"))
    for step in ("map", "preview", "carry-out"):
        assert stranger.get(f"/auental/offers/import/{run.pk}/{step}/").status_code == 403
    assert stranger.post(f"/auental/offers/import/{run.pk}/carry-out/").status_code == 403
    assert not Offer.objects.exists()


def test_the_list_of_another_town_does_not_exist_here(clerk, hasselgrund):
    with within(hasselgrund):
        recipe = ImportRecipe.objects.create(source="Dort")
        run = ImportRun.objects.create(recipe=recipe, file_name="dort.csv", at=NOON, by_name="Vera")
    for step in ("map", "preview", "carry-out"):
        assert clerk.get(f"/auental/offers/import/{run.pk}/{step}/").status_code == 404


def test_a_preview_begun_by_nobody_cannot_be_carried_out(clerk):
    address = upload(clerk, table(*ROWS))["Location"]
    run = ImportRun.objects.get()
    answer = clerk.post(f"/auental/offers/import/{run.pk}/carry-out/")
    assert (answer.status_code, answer["Location"]) == (302, f"/auental/offers/import/{run.pk}/preview/")
    assert clerk.get(answer["Location"])["Location"] == address and not Offer.objects.exists()


# portions


MANY = [f"{number};Kita {number};Lebenshilfe e.V.;Weg {number};59000 Auental;;Kita;" for number in range(210)]


def test_a_long_list_is_written_in_portions_and_nothing_twice(clerk):
    run = previewed(clerk, table(*MANY))
    address = f"/auental/offers/import/{run.pk}/carry-out/"
    clerk.post(address)
    page = page_of(clerk, run, "carry-out")
    assert "200 von 210" in page and 'hx-trigger="load' in page and Offer.objects.count() == 200
    assert "hx-trigger" not in clerk.get(address, {"halt": "1"}).content.decode()
    assert Offer.objects.count() == 200
    answer = clerk.post(address, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and "<html" not in answer.content.decode()
    run.refresh_from_db()
    assert (run.state, run.counts["made"]["new"], Offer.objects.count()) == ("done", 210, 210)
    clerk.post(address)
    assert Offer.objects.count() == 210


def test_who_stops_in_the_middle_keeps_what_is_written(clerk):
    run = previewed(clerk, table(*MANY))
    clerk.post(f"/auental/offers/import/{run.pk}/carry-out/")
    clerk.post(f"/auental/offers/import/{run.pk}/drop/")
    run.refresh_from_db()
    assert (run.state, run.table, run.counts["left"], Offer.objects.count()) == ("done", {}, 10, 200)
    assert "10 Angebote der Liste wurden nicht mehr übernommen" in page_of(clerk, run, "carry-out")
    assert taken_over(clerk, *MANY).counts["made"] == {"same": 200, "new": 10, "drafts": 0, "gone": 0, "finished": 0}


def test_two_lists_of_one_source_are_not_written_at_the_same_time(clerk):
    first = previewed(clerk, table(*MANY))
    clerk.post(f"/auental/offers/import/{first.pk}/carry-out/")
    second = previewed(clerk, table(*MANY))
    answer = clerk.post(f"/auental/offers/import/{second.pk}/carry-out/")
    assert answer.status_code == 409 and "gerade schon übernommen" in html.unescape(answer.content.decode())


def test_the_preview_costs_the_same_for_three_rows_and_for_thirty(clerk):
    def cost(rows) -> int:
        run = previewed(clerk, table(*rows))
        page_of(clerk, run, "preview")
        with CaptureQueriesContext(connection) as seen:
            page_of(clerk, run, "preview")
        return queries_of(seen)

    assert cost(MANY[:3]) == cost(MANY[:30])


def test_looking_ahead_asks_the_database_the_same_for_any_number_of_rows(clerk):
    taken_over(clerk, *MANY[:30])

    def cost(rows) -> int:
        run = previewed(clerk, table(*rows))
        recipe = run.recipe
        with CaptureQueriesContext(connection) as seen:
            map_list(run=run, recipe=_recipe_of(run), by=actor(), at=timezone.now())
        assert recipe.source == SOURCE
        return queries_of(seen)

    assert cost(MANY[:3]) == cost(MANY[:29])  # each has some that are gone


def test_a_portion_reads_the_same_for_any_number_of_rows(clerk):
    taken_over(clerk, *MANY[:30])

    def cost(rows) -> int:
        run = begin_import(run=previewed(clerk, table(*rows)), by=actor(), at=timezone.now())
        with CaptureQueriesContext(connection) as seen:
            carry_on(run=run, by=actor(), at=timezone.now())
        return sum(
            each["sql"].startswith("SELECT") and "set_config" not in each["sql"] for each in seen.captured_queries
        )

    assert cost(MANY[:3]) == cost(MANY[:29])  # each has some that are gone


def _recipe_of(run: ImportRun):
    return KeptTable.of(run).recipe


# the list comes again


def test_the_same_list_again_changes_nothing(clerk):
    taken_over(clerk, *ROWS)
    before = list(Offer.objects.order_by("pk").values("pk", "edition", "content", "changed_at"))
    run = taken_over(clerk, *ROWS)
    assert run.counts["made"] == {"same": 3, "gone": 0, "finished": 0}
    assert list(Offer.objects.order_by("pk").values("pk", "edition", "content", "changed_at")) == before


def test_what_the_list_changed_is_taken_and_named(clerk):
    taken_over(clerk, *ROWS)
    run = previewed(
        clerk, table(ROWS[0].replace("02941 111", "02941 999").replace("Bahnhofstraße 5", "Markt 1"), *ROWS[1:])
    )
    assert (run.counts["changed"], run.counts["same"]) == (1, 2)
    assert "Orte, Kontakte" in page_of(clerk, run, "preview")
    carry_out(clerk, run)
    kita = offer("Kita Sonnenschein")
    assert ([each.phone for each in kita.document.contacts], kita.edition) == (["02941 999"], 2)
    assert [str(each.location) for each in kita.places.all()] == ["Markt 1"]


def test_what_a_provider_confirmed_since_is_not_overwritten_and_the_row_says_so(clerk):
    taken_over(clerk, *ROWS)
    kita = offer("Kita Sonnenschein")
    hands = actor(Role.PROVIDER, organisations=[kita.provider.organisation])
    actions.confirm_offers(offers=[kita], by=hands, at=timezone.now() + timedelta(seconds=1))
    run = previewed(clerk, table(ROWS[0].replace("02941 111", "02941 999"), *ROWS[1:]))
    page = page_of(clerk, run, "preview")
    assert (run.counts["kept"], run.counts["changed"], "seit die Liste zuletzt da war" in page) == (1, 0, True)
    run = carry_out(clerk, run)
    assert [each.phone for each in offer("Kita Sonnenschein").document.contacts] == ["02941 111"]
    assert "die Liste sagt etwas anderes" in page_of(clerk, run, "carry-out")


def test_what_somebody_changed_by_hand_stays_also_when_the_list_changes_later(clerk):
    taken_over(clerk, *ROWS)
    kita = offer("Kita Sonnenschein")
    own = kita.document.having(title="Kita Sonnenschein", subtitle="", url="https://kita.example")
    actions.change_offer(offer=kita, content=own, by=actor(), at=timezone.now())
    taken_over(clerk, *ROWS)
    taken_over(clerk, *ROWS)
    assert offer("Kita Sonnenschein").document.url == "https://kita.example"


def test_a_confirmation_from_before_the_last_list_does_not_hold_up_the_next(clerk):
    taken_over(clerk, *ROWS)
    actions.confirm_offers(offers=[offer("Kita Sonnenschein")], by=actor(), at=timezone.now())
    taken_over(clerk, *ROWS)
    taken_over(clerk, ROWS[0].replace("02941 111", "02941 999"), *ROWS[1:])
    assert [each.phone for each in offer("Kita Sonnenschein").document.contacts] == ["02941 999"]


def test_what_is_missing_is_marked_and_ends_only_if_somebody_ticks_it(clerk):
    taken_over(clerk, *ROWS)
    run = previewed(clerk, table(ROWS[0]))
    page = page_of(clerk, run, "preview")
    assert "Nicht mehr in der Liste" in page and "Ist das die richtige Datei?" in page
    origin = Origin.objects.get(external="2")
    run = carry_out(clerk, run, end=str(origin.pk))
    assert (run.counts["made"]["gone"], run.counts["made"]["finished"]) == (2, 1)
    assert (offer("Spielplatz Nord").state, offer("Kita Regenbogen & Co").state) == ("ended", "published")
    assert Origin.objects.get(external="3").gone_at is not None
    assert "Kita Regenbogen & Co" in page_of(clerk, run, "carry-out")


def test_what_comes_back_is_no_longer_missing_and_what_was_ended_stays_ended(clerk):
    taken_over(clerk, *ROWS)
    carry_out(clerk, previewed(clerk, table(ROWS[0])), end=str(Origin.objects.get(external="2").pk))
    run = taken_over(clerk, *ROWS)
    assert run.counts["made"] == {"same": 2, "ended": 1, "gone": 0, "finished": 0}
    assert not Origin.objects.exclude(gone_at=None).exists()
    assert offer("Spielplatz Nord").state == "ended"
    assert "Das Angebot ist beendet und bleibt es." in page_of(clerk, run, "carry-out")


def test_a_merged_offer_goes_on_where_it_went(clerk):
    taken_over(clerk, *ROWS)
    stays = an_offer("Sonnenschein", provider=a_provider("Lebenshilfe e.V."))
    actions.merge_offers(stays=stays, goes=offer("Kita Sonnenschein"), by=actor(), at=timezone.now())
    run = taken_over(clerk, ROWS[0].replace("Mo-Fr 7-16 Uhr", "Mo-Fr 8-12 Uhr"), *ROWS[1:])
    assert (run.counts["made"]["same"], Offer.objects.count()) == (3, 4)


def test_another_provider_in_the_list_becomes_the_provider(clerk):
    taken_over(clerk, *ROWS)
    run = previewed(clerk, table(ROWS[0].replace("Lebenshilfe e.V.", "Caritas"), *ROWS[1:]))
    assert (run.counts["changed"], "Träger" in page_of(clerk, run, "preview")) == (1, True)
    carry_out(clerk, run)
    assert str(offer("Kita Sonnenschein").provider) == "Caritas"
    assert taken_over(clerk, ROWS[0].replace("Lebenshilfe e.V.", "CARITAS"), *ROWS[1:]).counts["made"]["same"] == 3


# what is there already


def nameless_place() -> Location:
    return actions.add_location(street="Bahnhofstr. 5", postal_code="59000", city="Auental", by=actor(), at=NOON)


def existing() -> Offer:
    place = nameless_place()
    return an_offer(
        "Kita Sonnenschein", provider=a_provider("Lebenshilfe e.V."), at_places=(place,), facility="daycare_centre",
        url="https://kita.example", topics=("childcare",),
    )  # fmt: skip


def test_a_row_that_is_likely_there_already_is_shown_with_the_evidence(clerk):
    there = existing()
    page = page_of(clerk, previewed(clerk, table(*ROWS)), "preview")
    assert "Vielleicht schon da" in page and there.get_absolute_url() in page and "gleiche Adresse" in page


def test_a_row_that_somebody_knows_to_be_an_offer_joins_it(clerk):
    there = existing()
    run = taken_over(clerk, *ROWS, choices={"pair-0": "same"})
    there.refresh_from_db()
    assert (run.counts["made"]["adopted"], run.counts["made"]["new"], Offer.objects.count()) == (1, 2, 3)
    assert (there.document.url, [each.phone for each in there.document.contacts]) == (
        "https://kita.example",
        ["02941 111"],
    )
    assert Origin.objects.get(offer=there).external == "1"
    assert Location.objects.filter(street__startswith="Bahnhof").count() == 1
    assert taken_over(clerk, *ROWS).counts["made"]["same"] == 3


def test_a_row_can_be_left_out(clerk):
    existing()
    run = taken_over(clerk, *ROWS, choices={"pair-0": "out"})
    assert (run.counts["made"]["new"], Offer.objects.count(), Origin.objects.count()) == (2, 3, 2)


def test_without_a_choice_a_row_is_new_and_the_pair_waits_among_the_doubles(clerk):
    existing()
    taken_over(clerk, *ROWS)
    assert Offer.objects.filter(title="Kita Sonnenschein").count() == 2
    assert "Kita Sonnenschein · Kita Sonnenschein" in clerk.get("/auental/offers/duplicates/").content.decode()


def test_a_new_number_for_a_known_offer_carries_on_its_story(clerk):
    taken_over(clerk, *ROWS)
    kita = offer("Kita Sonnenschein")
    again = ROWS[0].replace("1;Kita", "77;Kita").replace("02941 111", "02941 999")
    run = previewed(clerk, table(again, *ROWS[1:]))
    assert (run.counts["new"], run.counts["gone"]) == (1, 1)
    run = carry_out(clerk, run, **{"pair-0": "same"})
    assert (run.counts["made"]["changed"], run.counts["made"]["gone"], Offer.objects.count()) == (1, 0, 3)
    assert Origin.objects.get(external="77").offer == kita and not Origin.objects.filter(external="1").exists()


def test_a_place_is_known_however_its_street_is_written_and_gets_the_point_it_lacked(auental):
    place = nameless_place()
    text = "Name;Träger;Straße;PLZ;Ort;lat;lon\nKita;Stadt;Bahnhofstraße 5;59000;Auental;51.85;8.25\n"
    run = carried_out_by_hand(text)
    place.refresh_from_db()
    assert (run.state, Location.objects.count(), place.point, place.edition) == ("done", 1, (51.85, 8.25), 2)


def test_the_point_of_a_place_follows_the_list_until_somebody_moves_it(auental):
    text = "Nr;Name;Träger;Straße;PLZ;Ort;lat;lon\n1;Kita;Stadt;Weg 5;59000;Auental;{};8.25\n"
    carried_out_by_hand(text.format("51.85"))
    carried_out_by_hand(text.format("51.86"))
    place = Location.objects.get()
    assert place.point == (51.86, 8.25)
    actions.change_location(location=place, latitude=51.9, longitude=8.3, by=actor(), at=timezone.now())
    carried_out_by_hand(text.format("51.87"))
    place.refresh_from_db()
    assert place.point == (51.9, 8.3)


def carried_out_by_hand(text: str) -> ImportRun:
    """The same without pages: as the command does it."""
    deed = {"by": actor(), "at": timezone.now()}
    run = keep_list(source="Liste", file_name="liste.csv", sheets=read(text.encode(), "liste.csv"), **deed)
    kept = KeptTable.of(run)
    run = begin_import(run=map_list(run=run, recipe=guess_recipe(kept.values(), "liste", kept.key), **deed), **deed)
    return carry_on(run=run, **deed)
