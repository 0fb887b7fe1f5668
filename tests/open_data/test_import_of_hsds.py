"""HSDS tables come in through the import: our own without a difference, other people's with all that we can say."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from kommpass.adapters.hsds.tabular_reading import read_tabular
from kommpass.adapters.offer_files import FileRefused, read
from kommpass.domain.offers.content import Contact, Cost
from kommpass.domain.permissions import Role
from kommpass.domain.schedules import Schedule
from kommpass.municipalities.scope import within
from kommpass.offers import actions
from kommpass.offers.models import ImportRun, Location, Offer, Origin, Provider
from kommpass.offers.queries.finding import Wish, find
from tests.offers.test_import_pages import carry_out, page_of, previewed
from tests.offers.test_import_real import found
from tests.open_data.builders import a_town_of_offers, deed

SERVICE = "ac148810-d857-441c-9679-408f346de14b"


def taken_over(content: bytes, into, *, town: str = "auental", **options) -> dict:
    file = into / "hsds.zip"
    file.write_bytes(content)
    call_command("offers", "import", str(file), town=town, **({"source": "HSDS", "publish": True} | options))
    return ImportRun.objects.latest("pk").counts["made"]


def archive_of(town: str = "auental") -> bytes:
    return Client().get(f"/{town}/api/hsds/tabular.zip").content


def packed(files: dict[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as opened:
        for name, text in files.items():
            opened.writestr(name, text)
    return written.getvalue()


def folder(path) -> bytes:
    return packed({file.name: file.read_bytes() for file in path.iterdir() if file.suffix in (".csv", ".json")})


def directory(**tables: list[dict]) -> bytes:
    """Tables from their rows, with one organisation."""
    tables = {"organizations": [{"id": "o", "name": "Caritas", "description": "C", "phone": ""}]} | tables
    return packed({f"{name}.csv": _csv(rows) for name, rows in tables.items()})


def _csv(rows: list[dict]) -> str:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    written = io.StringIO()
    writer = csv.DictWriter(written, columns)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def a_service(**about) -> dict:
    return {
        "id": SERVICE,
        "organization_id": "o",
        "name": "Beratung",
        "status": "active",
        "description": "Hilft.",
    } | about


def imported(into, **tables) -> Offer:
    taken_over(directory(**({"services": [a_service()]} | tables)), into)
    return Offer.objects.get()


def state_of_the_town() -> tuple:
    return (
        list(Offer.objects.order_by("pk").values("pk", "edition", "content", "provider", "changed_at")),
        list(Location.objects.order_by("pk").values("pk", "edition", "accessibility", "latitude")),
        list(Provider.objects.order_by("pk").values("pk", "edition")),
    )


# our own tables


def test_our_own_tables_come_in_again_without_a_difference(auental, tmp_path):
    a_town_of_offers()
    before, archive = state_of_the_town(), archive_of()
    made = taken_over(archive, tmp_path)
    assert made == {"same": 4, "gone": 0, "finished": 0}
    assert state_of_the_town() == before and not Origin.objects.exists()
    assert archive_of() == archive


def test_what_somebody_changed_in_our_tables_is_taken_and_what_they_cannot_say_stays(auental, tmp_path):
    offer = a_town_of_offers()
    archive = archive_of()
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        files = {name: opened.read(name).decode() for name in opened.namelist()}
    files["services.csv"] = files["services.csv"].replace("Offenes Elterncafé", "Café für Eltern")
    files["cost_options.csv"] = files["cost_options.csv"].replace("1.5", "2.5")
    made = taken_over(packed(files), tmp_path)
    before = offer.document
    offer.refresh_from_db()
    costs = (Cost("Frühstück", "2.50", "je Termin", ("card",)), Cost("Material"))
    assert (made["changed"], offer.document) == (1, before.having(title="Café für Eltern", costs=costs))


def without_names(
    value, keys=("id", "url", "last_modified", "schedule_link", "link_id", "assured_date", "taxonomy_term")
):
    """What a service says, without keys and addresses: these are other ones in another town."""
    if isinstance(value, dict):
        return {name: without_names(each) for name, each in value.items()
                if name not in keys and not name.endswith("_id") and name not in LOCAL}  # fmt: skip
    if isinstance(value, list):
        return sorted((without_names(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True))
    return value


LOCAL = {
    *("external_identifier", "external_identifier_type", "service_areas", "additional_urls", "organization"),
    *("city", "accessibility"),
}


def test_our_own_tables_make_services_in_another_town_that_say_the_same(auental, hasselgrund, tmp_path):
    a_town_of_offers()
    archive = archive_of()
    with within(hasselgrund):
        made = taken_over(archive, tmp_path, town="hasselgrund")
        assert (made["new"], Offer.objects.count()) == (4, 4)
        for offer in Offer.objects.filter(title="Winterpause"):
            actions.pause_offer(offer=offer, **deed())
        again = {each["name"]: without_names(each) for each in read_tabular(archive_of("hasselgrund"))}
        (place,) = Location.objects.all()
        assert {key: each["state"] for key, each in place.accessibility.items()} == {"step_free": "yes", "lift": "no"}
    expected = {each["name"]: without_names(each) for each in read_tabular(archive) if each["status"] != "defunct"}
    assert again.keys() == expected.keys()
    for name, service in expected.items():
        assert districtless(again[name]) == districtless(service), name


def districtless(service: dict) -> dict:
    """Without the words of the district, which the other town does not have."""
    for there in service.get("service_at_locations", []):
        attributes = there["location"].get("attributes", [])
        there["location"]["attributes"] = [each for each in attributes if each.get("link_type") != "stadtteil"]
    return service


# other people's tables


def test_the_example_of_the_standard_becomes_an_offer(auental, tmp_path, shared_data):
    content = folder(shared_data / "04_hsds" / "v3_1" / "examples" / "csv")
    assert taken_over(content, tmp_path)["new"] == 1
    offer = Offer.objects.get()
    assert (offer.title, str(offer.provider)) == ("Community Counselling", "Example Organization Inc.")
    assert (offer.document.languages, offer.document.min_months) == (("ur",), 144)
    assert str(offer.places.get().location).startswith("MyCity Civic Center")
    assert taken_over(content, tmp_path) == {"same": 1, "gone": 0, "finished": 0}


@pytest.mark.parametrize("way", ["command", "page"])
def test_the_directory_of_florida_is_found_exported_and_comes_in_again(client_as, tmp_path, shared_data, way):
    content = folder(shared_data / "04_hsds" / "florida_legal_aid")
    clerk = client_as(Role.COORDINATOR)
    if way == "command":
        made = taken_over(content, tmp_path)
    else:
        made = carry_out(clerk, previewed(clerk, content, name="florida.zip", source="HSDS")).counts["made"]
    assert (made["new"], Offer.objects.count(), Provider.objects.count()) == (135, 135, 18)
    hotline = Offer.objects.get(title="Florida Senior Legal Helpline")
    assert (hotline.document.min_months, str(hotline.provider)) == (720, "Bay Area Legal Services, Inc.")
    assert "crisis" in Offer.objects.get(title="Bay Pines VA Medical Legal Partnership Clinic").document.topics
    assert "Florida Senior Legal Helpline" in found("Helpline")
    assert taken_over(content, tmp_path) == {"same": 135, "gone": 0, "finished": 0}
    before, archive = state_of_the_town(), archive_of()
    public = Offer.objects.filter(state__in=Offer.PUBLIC).count()
    assert taken_over(archive, tmp_path, source="Noch einmal") == {"same": public, "gone": 0, "finished": 0}
    assert state_of_the_town() == before


def test_places_phones_and_times_of_a_service_become_ours(auental, tmp_path):
    offer = imported(
        tmp_path,
        locations=[
            {"id": "l1", "location_type": "physical", "name": "Haus Nord", "latitude": "51.5", "longitude": "7.2"},
            {"id": "l2", "location_type": "physical", "name": "Haus Süd"},
            {"id": "l3", "location_type": "virtual", "name": "Netz"},
        ],
        addresses=[
            {"id": "a1", "location_id": "l1", "address_1": "Nordweg 1", "city": "Auental", "postal_code": "59000",
             "address_type": "physical"},
            {"id": "a2", "location_id": "l2", "address_1": "Südweg 2", "city": "Auental", "postal_code": "59000",
             "address_type": "physical"},
        ],
        service_at_location=[
            {"id": f"s{each}", "service_id": SERVICE, "location_id": f"l{each}"} for each in (1, 2, 3)
        ],
        phones=[{"id": "p", "organization_id": "o", "number": "0234 1234"},
                {"id": "f", "organization_id": "o", "number": "0234 99", "type": "fax"}],
        schedules=[
            {"id": "t1", "service_id": SERVICE, "freq": "WEEKLY", "byday": "MO,WE", "opens_at": "9:00",
             "closes_at": "12:00:00"},
            {"id": "t2", "service_at_location_id": "s2", "freq": "MONTHLY", "byday": "1TU", "opens_at": "15:00+01:00",
             "closes_at": "00:00+01:00"},
            {"id": "t3", "service_id": SERVICE, "dtstart": "2027-03-04", "opens_at": "10:00"},
            {"id": "t4", "service_id": SERVICE, "freq": "WEEKLY", "byweekno": "20", "description": "Zur Kirmes"},
            {"id": "t5", "service_id": SERVICE, "description": "nach Absprache"},
        ],
    )  # fmt: skip
    content = offer.document
    assert [str(each.location) for each in offer.places.order_by("pk")] == [
        "Haus Nord, Nordweg 1", "Haus Süd, Südweg 2",
    ]  # fmt: skip
    assert Location.objects.get(name="Haus Nord").point == (51.5, 7.2)
    assert content.contacts == (Contact(phone="0234 1234"),) and "online" in content.formats
    assert content.times == (
        Schedule(rule="FREQ=WEEKLY;BYDAY=MO,WE", starts="09:00", ends="12:00"),
        Schedule(kind="session", begins="2027-03-04", starts="10:00"),
        Schedule(rule="FREQ=MONTHLY;BYDAY=1TU", starts="15:00", ends="24:00", location=content.places[1].location),
    )
    assert content.times_text == "Zur Kirmes\nnach Absprache"


def test_costs_words_areas_and_accessibility_of_others_are_not_lost(auental, tmp_path):
    offer = imported(
        tmp_path,
        services=[a_service(minimum_age="6", maximum_age="12", fees_description="Free of charge", wait_time="2 Wochen",
                            eligibility_description="Für alle")],
        service_areas=[{"id": "x", "service_id": SERVICE, "name": "Kreis Nord"}],
        attributes=[{"id": "1", "link_id": SERVICE, "link_entity": "service", "taxonomy_term_id": "t1"},
                    {"id": "2", "link_id": SERVICE, "link_entity": "service", "taxonomy_term_id": "t2"}],
        taxonomy_terms=[{"id": "t1", "name": "Housing Advice", "description": "x"},
                        {"id": "t2", "name": "Zwiebeln", "description": "x"}],
        contacts=[{"id": "c", "service_id": SERVICE, "name": "John Smith", "title": "Leitung", "email": "j@s.example"}],
        languages=[{"id": "g1", "service_id": SERVICE, "code": "tr"},
                   {"id": "g2", "service_id": SERVICE, "name": "Englisch"}],
        locations=[{"id": "l1", "location_type": "physical", "name": "Haus"}],
        service_at_location=[{"id": "s1", "service_id": SERVICE, "location_id": "l1"}],
        accessibility=[{"id": "b", "location_id": "l1", "description": "wheelchair access"}],
    )  # fmt: skip
    content = offer.document
    assert (content.cost, content.min_months, content.max_months) == ("free", 72, 155)
    assert set(content.topics) >= {"housing"} and content.languages == ("tr", "en")
    assert "Einzugsgebiet: Kreis Nord" in content.text and "Wartezeit: 2 Wochen" in content.text
    assert content.contacts == (Contact("Leitung", "", "j@s.example", "John Smith", False),), "nobody asked John"
    place = Location.objects.get()
    assert place.accessibility == {"step_free": {"state": "yes", "checked_on": "", "source": "HSDS"}}


def test_words_that_our_lists_do_not_know_are_asked_for_on_the_page(client_as):
    clerk = client_as(Role.COORDINATOR)
    content = directory(
        services=[a_service()],
        attributes=[{"id": "1", "link_id": SERVICE, "link_entity": "service", "taxonomy_term_id": "t"}],
        taxonomy_terms=[{"id": "t", "name": "Zwiebeln", "description": "x"}],
    )
    run = previewed(clerk, content, name="hsds.zip")
    assert "Zwiebeln" in page_of(clerk, run, "map")
    said = {"word-topics-0-0": "sport"}
    carry_out(clerk, previewed(clerk, content, name="hsds.zip", said=said))
    assert Offer.objects.get().document.topics == ("sport",)


def test_what_is_not_offered_any_more_is_left_out_and_gone(auental, tmp_path):
    two = [a_service(), a_service(id="2", name="Kurs")]
    assert taken_over(directory(services=two), tmp_path)["new"] == 2
    made = taken_over(directory(services=[two[0], two[1] | {"status": "defunct"}]), tmp_path)
    assert (made["same"], made["gone"]) == (1, 1)


# bad input


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (directory(services=[{"name": "Ohne Kennung", "status": "active"}]), "steht kein Angebot mit einer Kennung"),
        (packed({"services.csv": b"\x89PNG\r\n", "organizations.csv": "id,name\n"}), "services.csv: "),
        (packed({"services.csv": "", "organizations.csv": "id,name\n"}), "steht kein Angebot mit einer Kennung"),
        (directory(services=[a_service()])[:-30], "Das ZIP-Archiv ist unvollständig oder beschädigt."),
    ],
    ids=["no keys", "a picture", "empty", "half"],
)
def test_what_is_no_directory_is_refused_in_a_sentence(auental, tmp_path, content, sentence):
    with pytest.raises(FileRefused) as refused:
        read(content, "hsds.zip")
    assert sentence in str(refused.value.problem)
    with pytest.raises(CommandError, match="Es wurde nichts geschrieben"):
        taken_over(content, tmp_path)
    assert not Offer.objects.exists()


def test_tables_of_another_encoding_and_with_semicolons_are_read(auental, tmp_path):
    content = packed({
        "services.csv": "id;organization_id;name;status\n1;o;Frühstück für Väter;active\n".encode("cp1252"),
        "organizations.csv": "id;name\no;Caritas\n",
    })  # fmt: skip
    taken_over(content, tmp_path)
    assert Offer.objects.get().title == "Frühstück für Väter"


def test_a_page_that_gets_half_an_archive_says_so_and_keeps_nothing(client_as):
    half = directory(services=[a_service()])[:-30]
    answer = client_as(Role.COORDINATOR).post(
        "/auental/offers/import/", {"file": SimpleUploadedFile("hsds.zip", half), "source": "HSDS"}
    )
    assert "Das ZIP-Archiv ist unvollständig oder beschädigt." in answer.content.decode()
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("way", ["command", "page"])
def test_the_events_of_the_muensterland_go_out_in_every_form_and_come_in_again(client_as, tmp_path, shared_data, way):
    file = shared_data / "12_events" / "muensterland" / "datenportal-muensterland-events-beispiel.json"
    clerk = client_as(Role.COORDINATOR)
    options = {"source": "Feed", "provider": "Münsterland e.V.", "publish": True}
    if way == "command":
        call_command("offers", "import", str(file), town="auental", **options)
    else:
        said = {"provider": "Münsterland e.V."}
        carry_out(clerk, previewed(clerk, file.read_bytes(), name=file.name, source="Feed", said=said))
    public = list(Offer.objects.filter(state__in=Offer.PUBLIC))
    then = datetime(2019, 10, 1, tzinfo=UTC)  # today they are over, and families do not see them
    assert (Offer.objects.count(), len(public)) == (10, 9), "one of them says nothing but its name"
    assert [each.title for each in public if each.pk not in find(Wish(query=each.title), then).offers] == []
    before = state_of_the_town()
    for name, address in (
        ("a.zip", "api/hsds/tabular.zip"),
        ("a.csv", "api/offers.csv"),
        ("a.xlsx", "api/offers.xlsx"),
    ):
        again = tmp_path / name
        again.write_bytes(Client().get(f"/auental/{address}").content)
        call_command("offers", "import", str(again), town="auental", source=name, publish=True)
        assert ImportRun.objects.latest("pk").counts["made"] == {"same": 9, "gone": 0, "finished": 0}
    for offer in public:
        again = tmp_path / f"{offer.pk}.ics"
        again.write_bytes(Client().get(f"/auental/public/offers/{offer.key}/calendar.ics").content)
        call_command("offers", "import", str(again), town="auental", source="ics", publish=True)
        assert ImportRun.objects.latest("pk").counts["made"] == {"same": 1, "gone": 0, "finished": 0}
    assert state_of_the_town() == before
