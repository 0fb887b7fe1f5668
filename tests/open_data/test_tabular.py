"""Tabular HSDS: written as the standard's tables, and read back, ours and other people's."""

import csv
import io
import json
import zipfile

import pytest

from kommpass.adapters.hsds import tabular_reading
from kommpass.adapters.hsds.fields import ENTITIES
from kommpass.adapters.hsds.tabular_reading import TabularRefused, read_tabular
from tests.open_data.builders import a_town_of_offers, an_offer, everything


@pytest.fixture
def archive(auental, client):
    a_town_of_offers()
    return client.get("/auental/api/hsds/tabular.zip").content


def tables(archive: bytes) -> dict[str, list[dict]]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {
            name: list(csv.DictReader(io.StringIO(opened.read(name).decode())))
            for name in opened.namelist()
            if name.endswith(".csv")
        }


def packed(files: dict[str, str]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as opened:
        for name, text in files.items():
            opened.writestr(name, text)
    return written.getvalue()


def test_every_kind_of_thing_is_a_table_of_the_standard(archive):
    found = tables(archive)
    assert set(found) == {f"{each.table}.csv" for name, each in ENTITIES.items() if name != "program"}
    assert [row["name"] for row in found["services.csv"]] == [
        "Offenes Elterncafé", "Sprechstunde im Netz", "Hausbesuch", "Winterpause", "Es war einmal",
    ]  # fmt: skip


def test_keys_are_unique_and_every_row_hangs_on_something_that_is_there(archive):
    found = tables(archive)
    keys = {name: [row["id"] for row in rows] for name, rows in found.items()}
    assert [name for name, each in keys.items() if len(each) != len(set(each))] == []
    above = {"service_id": "services.csv", "location_id": "locations.csv", "organization_id": "organizations.csv",
             "contact_id": "contacts.csv", "service_at_location_id": "service_at_location.csv",
             "taxonomy_term_id": "taxonomy_terms.csv", "taxonomy_id": "taxonomies.csv",
             "unit_id": "units.csv"}  # fmt: skip
    lost = [
        (name, column, row[column])
        for name, rows in found.items()
        for row in rows
        for column, table in above.items()
        if row.get(column) and row[column] not in keys[table]
    ]
    assert lost == []


def test_the_data_package_describes_every_table(archive):
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        package = json.loads(opened.read("datapackage.json"))
    described = {each["path"]: [field["name"] for field in each["schema"]["fields"]] for each in package["resources"]}
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        written = {name: next(csv.reader(io.StringIO(opened.read(name).decode()))) for name in described}
    assert described == written
    assert {each["profile"] for each in package["resources"]} == {"tabular-data-resource"}


def test_what_was_written_is_read_back_without_loss(archive, api):
    """All but what has no table: the words in other languages, and when which block was confirmed."""
    found = {each["id"]: each for each in read_tabular(archive)}
    for entry in api("/hsds/services", full="true")["contents"]:
        expected = api(f"/hsds/services/{entry['id']}")
        expected.pop("x_confirmed", None)
        assert found.pop(entry["id"]) == expected
    assert found == {}


def test_the_same_offers_give_the_same_bytes(archive, client):
    assert client.get("/auental/api/hsds/tabular.zip").content == archive


def test_the_examples_of_the_standard_are_read(shared_data):
    folder = shared_data / "04_hsds" / "v3_1" / "examples" / "csv"
    files = {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.csv")}
    (service,) = read_tabular(packed(files))
    assert (service["name"], service["minimum_age"], service["organization"]["name"]) == (
        "Community Counselling", 12, "Example Organization Inc.",
    )  # fmt: skip
    (there,) = service["service_at_locations"]
    assert there["location"]["addresses"][0]["city"]
    assert there["schedules"][0]["freq"] == "WEEKLY"


def test_texts_come_back_with_lines_quotes_and_commas(auental, client, api):
    offer = an_offer(everything(title='Treff, "offen"; mit\ttab', text="eins\nzwei, drei\n\n=1+1", documents="a\nb"))
    (found,) = read_tabular(client.get("/auental/api/hsds/tabular.zip").content)
    expected = api(f"/hsds/services/{offer.key}")
    assert {name: found[name] for name in ("name", "description", "required_documents")} == {
        name: expected[name] for name in ("name", "description", "required_documents")
    }


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "beschädigt"),
        (b"PK\x03\x04 abgeschnitten", "beschädigt"),
        (packed({"organizations.csv": "id,name\n"}), "services.csv"),
        (packed({"services.csv": b"id,name\n1,M\xfcnster\n".decode("latin-1")}).replace(b"\xc3\xbc", b"\xfc\xfc"), ""),
    ],
    ids=["nothing", "half an archive", "no services", "another encoding"],
)
def test_what_is_no_archive_of_the_standard_is_refused_in_a_sentence(content, words):
    with pytest.raises(TabularRefused) as refused:
        read_tabular(content)
    assert words in str(refused.value)


def test_half_an_archive_of_ours_is_refused(archive):
    with pytest.raises(TabularRefused):
        read_tabular(archive[: len(archive) // 2])


def test_an_archive_that_would_fill_the_memory_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(tabular_reading, "MOST_UNPACKED", 1000)
    with pytest.raises(TabularRefused):
        read_tabular(packed({"services.csv": "id,name\n" + "x" * 2000}))


def test_rows_that_hang_on_each_other_in_a_circle_do_not_keep_us_busy():
    key = "3ab4dd9a-5d4d-5f6e-8d11-8abe3353de5c"
    files = {
        "services.csv": f"id,name,status,organization_id\n{key},A,active,{key}\n",
        "organizations.csv": f"id,name,description\n{key},A,A\n",
        "service_at_location.csv": f"id,service_id,location_id\n{key},{key},{key}\n",
        "locations.csv": f"id,location_type,organization_id\n{key},physical,{key}\n",
        "contacts.csv": f"id,name,contact_id\n{key},A,{key}\n",
        "phones.csv": f"id,number,phone_id,contact_id\n{key},1,{key},{key}\n",
        "languages.csv": f"id,name,phone_id\n{key},A,{key}\n",
        "attributes.csv": f"id,link_id,link_entity,taxonomy_term_id\n{key},{key},attribute,{key}\n",
        "taxonomy_terms.csv": f"id,name,description,taxonomy_id\n{key},A,A,{key}\n",
        "taxonomies.csv": f"id,name,description\n{key},A,A\n",
    }
    (found,) = read_tabular(packed(files))
    assert found["organization"]["locations"][0]["id"] == key


def test_a_number_that_is_none_is_left_out():
    text = "id,name,status,minimum_age,maximum_age\n1,A,active,drei,NaN\n2,B,active,1.5,3.0\n"
    first, second = read_tabular(packed({"folder/services.csv": text}))
    assert first == {"id": "1", "name": "A", "status": "active"}
    assert (second["minimum_age"], second["maximum_age"]) == (1.5, 3)


def test_a_town_without_offers_has_an_archive_too(auental, client):
    assert read_tabular(client.get("/auental/api/hsds/tabular.zip").content) == []


def test_an_ended_offer_is_in_the_tables_as_gone(archive):
    found = {row["name"]: row["status"] for row in tables(archive)["services.csv"]}
    assert found["Es war einmal"] == "defunct"
