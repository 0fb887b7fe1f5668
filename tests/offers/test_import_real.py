"""Real lists of other towns are taken over, found, taken over again, and come back from our own table without loss."""

import csv
import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from kommpass.adapters.offer_files import guess_key, read
from kommpass.domain.offers.content import Contact, Cost
from kommpass.domain.offers.listing import guess_recipe, join, read_row
from kommpass.domain.schedules import Schedule
from kommpass.municipalities.scope import within
from kommpass.offers import actions
from kommpass.offers.models import ImportRun, IndexCard, Location, Offer, Origin, Provider
from kommpass.offers.queries.finding import Wish, find
from kommpass.people.models import Organisation
from tests.conftest import actor
from tests.offers.builders import a_location, an_offer

BOCHUM, BERLIN, LICHTENBERG = "bochum", "berlin_kitas_2026", "berlin_lichtenberg"
SNAPSHOTS = ("berlin-daycare-centers-2025-10-details.csv", "berlin-daycare-centers-2026-07-details.csv")
COMPARED = ("name", "phone_number", "places", "street", "zip_code")


@pytest.fixture
def lists(shared_data) -> Path:
    return shared_data / "03_facilities_offers"


def take_over(file: Path, source: str, **options) -> dict:
    """As an operator does it; the numbers of what came of it."""
    call_command("offers", "import", str(file), town="auental", source=source, publish=True, **options)
    return ImportRun.objects.latest("pk").counts["made"]


def rows_of(path: Path) -> list[dict[str, str]]:
    text = path.read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))


def zipped(folder: Path, layer: str, into: Path) -> Path:
    """A Shapefile as people upload it."""
    path = into / f"{layer}.zip"
    with zipfile.ZipFile(path, "w") as written:
        for ending in ("shp", "shx", "dbf", "prj", "cpg"):
            written.write(folder / f"{layer}.{ending}", f"{layer}.{ending}")
    return path


def found(words: str) -> list[str]:
    offers = Offer.objects.in_bulk(find(Wish(query=words), timezone.now()).offers)
    return [offers[key].title for key in find(Wish(query=words), timezone.now()).offers]


# Bochum


def test_the_day_care_centres_of_bochum_are_one_offer_for_each_number_and_found(auental, lists, tmp_path):
    file = lists / BOCHUM / "bochum_daycare_centers.csv"
    rows = rows_of(file)
    numbers = {row["poi_id"] for row in rows}
    assert (len(rows), len(numbers)) == (195, 193)
    made = take_over(file, "Bochum Kitas", provider="Stadt Bochum")
    assert (made["new"], made["drafts"], Offer.objects.count(), IndexCard.objects.count()) == (193, 0, 193, 193)
    assert set(Origin.objects.values_list("external", flat=True)) == numbers
    assert Counter(each.document.facility for each in Offer.objects.all()) == {"daycare_centre": 193}
    assert not Location.objects.filter(latitude=None).exists()
    assert "Kindertageseinrichtung Villa Luna Bochum O-Werk" in found("Villa Luna")
    # The same places as a map of UTM points: nothing is new, and nobody moved.
    again = take_over(zipped(lists / BOCHUM, "bochum_daycare_centers", tmp_path), "Bochum Kitas")
    assert again == {"same": 193, "gone": 0, "finished": 0}


def test_the_playgrounds_of_bochum_that_stand_in_several_categories_are_one_each(auental, lists, tmp_path):
    numbers = {row["poi_id"] for row in rows_of(lists / BOCHUM / "bochum_playgrounds.csv")}
    made = take_over(zipped(lists / BOCHUM, "bochum_playgrounds", tmp_path), "Spielplätze", provider="Stadt Bochum")
    assert (made["new"], len(numbers)) == (298, 298)
    assert {each.document.facility for each in Offer.objects.all()} == {"playground"}
    assert any("Bolzplatz" in title for title in found("Bolzplatz"))


def test_the_schools_of_bochum_keep_every_topic_of_their_categories(auental, lists):
    file = lists / BOCHUM / "bochum_schools.csv"
    numbers = {row["poi_id"] for row in rows_of(file)}
    made = take_over(file, "Schulen", provider="Stadt Bochum")
    assert (made["new"], len(numbers)) == (236, 236)
    assert {"primary_school", "secondary_school", "vocational_school", "special_school", "music_school"} <= {
        each.document.facility for each in Offer.objects.all()
    }


def test_the_messy_list_of_sports_grounds_is_read_line_by_joined_line(auental, lists):
    file = lists / BOCHUM / "bochum_sports_facilities.csv"
    made = take_over(file, "Sportstätten", provider="Stadt Bochum")
    assert (made["new"], Offer.objects.filter(content__facility="sports_facility").count()) == (68, 68)
    assert "Großspielfeld" in Offer.objects.get(title="Am Hessenteich").document.summary
    assert take_over(file, "Sportstätten") == {"same": 68, "gone": 0, "finished": 0}


# Berlin


def part(file: Path, into: Path, *districts: str) -> Path:
    """The lines of some districts of Berlin (the first two digits of a number)."""
    lines = file.read_text(encoding="utf-8").splitlines()
    path = into / file.name
    path.write_text("\n".join([lines[0], *(line for line in lines[1:] if line[:2] in districts)]), encoding="utf-8")
    return path


def test_the_second_snapshot_of_berlin_shows_what_is_new_changed_and_gone(auental, lists, tmp_path):
    first, second = (part(lists / BERLIN / name, tmp_path, "05", "12") for name in SNAPSHOTS)
    before, after = ({row["id"]: row for row in rows_of(each)} for each in (first, second))
    both = before.keys() & after.keys()
    changed = {key for key in both if any(before[key][name] != after[key][name] for name in COMPARED)}
    assert take_over(first, "Berlin")["new"] == len(before) == 327
    made = take_over(second, "Berlin")
    assert (made["new"], made["changed"], made["same"], made["gone"]) == (
        len(after.keys() - before.keys()), len(changed), len(both - changed), len(before.keys() - after.keys()),
    )  # fmt: skip
    assert (made["new"], made["changed"], made["gone"]) == (1, 7, 1)
    for key in changed:
        offer = Offer.objects.get(origins__external=key)
        assert (offer.title, str(offer.document.capacity.maximum)) == (after[key]["name"], after[key]["places"])
        assert [each.location.street for each in offer.places.all()] == [after[key]["street"]]
    names = set(Provider.objects.values_list("organisation__name", flat=True))
    assert names >= {row["sponsor_name"] for row in before.values()}


def test_both_whole_snapshots_of_berlin_are_read_without_a_mistake(lists):
    for name, count in zip(SNAPSHOTS, (2852, 2893), strict=True):
        (sheet,) = read((lists / BERLIN / name).read_bytes(), name)
        table = {column: [row.values[column] for row in sheet.rows] for column in sheet.columns}
        recipe = guess_recipe(table, name, guess_key(sheet))
        joined = join(read_row(row.number, row.values, row.point, recipe) for row in sheet.rows)
        assert (len(joined.entries), joined.refused) == (count, ())
        assert {each.key for each in joined.entries} == {row["id"] for row in rows_of(lists / BERLIN / name)}
        assert {(each.content.facility, each.content.topics) for each in joined.entries} == {
            ("daycare_centre", ("childcare",))
        }


# Lichtenberg, Münsterland, Florida


def test_youth_clubs_of_lichtenberg_come_with_providers_contacts_and_points(auental, lists):
    made = take_over(lists / LICHTENBERG / "freizeit-sport-jfe.geo.json", "Jugendfreizeit")
    assert (made["new"], Provider.objects.count()) == (71, 44)  # 45 spellings: "AHB - Lichtenberg", "AHB- Lichtenberg"
    bridge = Offer.objects.get(title='Familien- und Begegnungszentrum "Die Brücke"')
    assert bridge.document.contacts == (Contact(phone="030 500186 23", email="info@bruecke-lichtenberg.de"),)
    assert bridge.places.get().location.postal_code == "10315"
    assert bridge.title in found("Krabbelgruppe")
    # The list without coordinates says the same of everything but the points.
    again = take_over(lists / LICHTENBERG / "freizeit-sport-jfe.json", "Jugendfreizeit")
    assert (again.get("new", 0), again["gone"]) == (0, 0)


def test_events_of_lichtenberg_have_their_day_and_hour(auental, lists):
    take_over(lists / LICHTENBERG / "buergerservice-familie-sbst.json", "Veranstaltungen", provider="Bezirksamt")
    assert Offer.objects.count() == 47
    assert all(len(each.document.times) == 1 and not each.document.times_text for each in Offer.objects.all())
    (tanz,) = Offer.objects.get(origins__external="9").document.times
    assert (tanz.kind, tanz.begins, tanz.starts, tanz.ends) == ("session", "2014-05-06", "14:00", "17:00")


@pytest.mark.parametrize(
    ("name", "count"), [("freizeit-sport-ja-jsa.json", 32), ("re-spielplatz.geo.json", 133), ("behoerden.json", 7)]
)
def test_other_lists_of_lichtenberg_come_in_whole(auental, lists, name, count):
    assert take_over(lists / LICHTENBERG / name, name, provider="Bezirksamt Lichtenberg")["new"] == count


def test_offices_of_lichtenberg_are_open_when_their_list_says_so(auental, lists):
    take_over(lists / LICHTENBERG / "behoerden.json", "Behörden", provider="Bezirksamt")
    office = Offer.objects.get(origins__external="1")
    hours = {each.rule[-2:]: (each.starts, each.ends) for each in office.document.times}
    assert (hours["MO"], hours["TU"], len(hours)) == (("07:30", "15:30"), ("10:00", "18:00"), 5)


def test_events_of_the_muensterland_become_single_dates_at_their_places(auental, shared_data):
    file = shared_data / "12_events" / "muensterland" / "datenportal-muensterland-events-beispiel.json"
    assert take_over(file, "Veranstaltungen", provider="Münsterland e.V.")["new"] == 10
    art = Offer.objects.get(origins__external="665")
    assert [(each.kind, each.rule, each.begins, each.until, each.starts, each.ends) for each in art.document.times] == [
        ("session", "FREQ=DAILY", "2019-11-02", "2019-11-03", "11:00", "17:00")
    ]
    assert [str(each.location) for each in art.places.all()] == ["Schloss Nordkirchen, Schloß 1"]
    assert all("<" not in each.document.text and each.document.times for each in Offer.objects.all())
    assert take_over(file, "Veranstaltungen") == {"same": 10, "gone": 0, "finished": 0}


def test_a_directory_in_english_is_understood(auental, shared_data):
    made = take_over(shared_data / "04_hsds" / "florida_legal_aid" / "services.csv", "Florida")
    assert made["new"] == 135
    hotline = Offer.objects.get(title="Florida Senior Legal Helpline")
    assert (hotline.document.min_months, hotline.document.max_months) == (720, None)
    assert str(hotline.provider) == "Bay Area Legal Services, Inc."


# our own table


def rich_offer() -> Offer:
    """An offer with everything that its table must bring back, and with what it does not tell everybody."""
    saal = a_location("Saal", street="Markt 1")
    other = a_location("Haus Süd", street="Südweg 3")
    return an_offer(
        "Eltern-Café „Mitte“", at_places=(saal, other), text="Zeile 1\n\nZeile  3 | mit Strich", subtitle="=kein Wert",
        facility="family_centre", topics=("meeting", "parenting"), target_groups=("parents",),
        min_months=6, max_months=36, prevention=("selective",), access=("open", "registration"),
        formats=("at_home", "mobile"),
        languages=("de", "tr"),
        contacts=(Contact("Büro", "+49 234 1", "a@b.de", "Vera Beispiel", False), Contact("", "0234 2")),
        cost="paid", costs=(Cost("Erwachsene", "5.00", "je Termin", ("card",)), Cost("", "2.50")), cost_note="bar",
        times=(Schedule(rule="FREQ=WEEKLY;BYDAY=TU", starts="15:00", ends="17:00", location=str(other.key)),),
        times_typed="Di 15-17 Uhr", life_phases=("under_three",), url="https://cafe.example/?a=1&b=2",
        runs_from="2026-09-01", documents="- Hausschuhe", interpreting="auf Anfrage",
    )  # fmt: skip


def our_table(into: Path, ending: str = "csv") -> Path:
    path = into / f"angebote.{ending}"
    path.write_bytes(Client().get(f"/auental/api/offers.{ending}").content)
    return path


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_our_own_table_comes_back_without_a_difference(auental, lists, tmp_path, ending):
    rich_offer()
    take_over(lists / BOCHUM / "bochum_sports_facilities.csv", "Sport", provider="Stadt Bochum")
    before = list(Offer.objects.order_by("pk").values("pk", "edition", "content", "provider"))
    places = Location.objects.count()
    made = take_over(our_table(tmp_path, ending), "Eigene Tabelle")
    assert made == {"same": 69, "gone": 0, "finished": 0}
    assert list(Offer.objects.order_by("pk").values("pk", "edition", "content", "provider")) == before
    assert Location.objects.count() == places


def test_what_somebody_changed_in_our_own_table_is_taken_and_older_words_are_not(auental, tmp_path):
    offer = rich_offer()
    file = our_table(tmp_path)
    later = offer.document.having(url="https://neu.example")
    actions.change_offer(offer=offer, content=later, by=actor(), at=timezone.now())
    file.write_text(file.read_text(encoding="utf-8-sig").replace("Eltern-Café „Mitte“", "Café Mitte"), encoding="utf-8")
    made = take_over(file, "Eigene Tabelle")
    offer.refresh_from_db()
    assert (made["changed"], offer.document) == (1, later.having(title="Café Mitte"))


def test_our_own_table_makes_the_same_offers_in_another_town(auental, hasselgrund, tmp_path):
    offer = rich_offer()
    file = our_table(tmp_path)
    with within(hasselgrund):
        call_command("offers", "import", str(file), town="hasselgrund", source="Auental", publish=True)
        (copy,) = Offer.objects.all()
        hidden = {"places": (), "prevention": (), "times": (), "contacts": ()}
        assert copy.document.having(**hidden) == offer.document.having(**hidden)
        assert [(each.rule, each.location) for each in copy.document.times] == [("FREQ=WEEKLY;BYDAY=TU", "")]
        assert [str(each.location) for each in copy.places.all()] == ["Saal, Markt 1"]


# the command


def test_a_dry_run_shows_and_writes_nothing(auental, lists, capsys):
    file = lists / BOCHUM / "bochum_daycare_centers.csv"
    call_command("offers", "import", str(file), town="auental", source="Kitas", provider="Stadt Bochum", dry_run=True)
    said = capsys.readouterr().out
    assert "193 neu" in said and "name → Name des Angebots" in said and "Es wurde nichts geschrieben" in said
    assert not any(model.objects.exists() for model in (Offer, Origin, ImportRun, Organisation))


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"town": "nirgends"}, "Eine Kommune mit der Adresse „nirgends“ gibt es hier nicht."),
        ({"sheet": "Fehlt"}, "Ein Blatt „Fehlt“ gibt es in der Datei nicht."),
        ({"recipe": "fehlt.toml"}, "Die Datei fehlt.toml lässt sich nicht lesen."),
        ({"source": " "}, "Bitte sagen Sie, woher die Liste ist."),
        ({}, "In der Liste ist nichts, was sich übernehmen lässt."),
    ],
)
def test_the_command_says_what_is_wrong_and_writes_nothing(auental, tmp_path, options, sentence):
    file = tmp_path / "liste.csv"
    file.write_text("Name;Ort\nTreff;Auental\n", encoding="utf-8")
    with pytest.raises(CommandError, match=sentence.split("„")[0].strip()):
        call_command("offers", "import", str(file), **({"town": "auental", "source": "Liste"} | options))
    assert not Offer.objects.exists() and not ImportRun.objects.exclude(state="dropped").exists()


def test_a_recipe_file_says_how_the_command_reads(auental, tmp_path):
    recipe, file = tmp_path / "rezept.toml", tmp_path / "liste.csv"
    recipe.write_text(
        'key = "Kennzahl"\n[columns]\ntitle = "Was"\nstreet = "Wo"\nfacility = "Sorte"\n'
        '[values.facility]\nA = "library"\n[fixed]\nprovider = "Stadt"\npublish = true\n', encoding="utf-8",
    )  # fmt: skip
    file.write_text("Kennzahl;Was;Wo;Sorte\n17;Lesehaus;Markt 1;A\n", encoding="utf-8")
    call_command("offers", "import", str(file), town="auental", source="Liste", recipe=str(recipe))
    offer = Offer.objects.get()
    assert (offer.title, offer.document.facility, offer.state) == ("Lesehaus", "library", "published")
    assert Origin.objects.get().external == "17"
