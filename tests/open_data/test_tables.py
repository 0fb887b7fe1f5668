"""The table of offers: what it says, that no cell is a formula, and that it comes back as it went out."""

import csv
import io
from string import printable

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kommpass.domain.offers import vocabularies as lists
from kommpass.domain.offers.content import Capacity, Contact, Cost, Funding, OfferContent, Place
from kommpass.domain.offers.listing import guess_recipe, read_row
from kommpass.domain.offers.listing.own_table import COLUMNS, KEY, unguarded
from kommpass.domain.schedules import OtherDay, Schedule
from kommpass.open_data.public_content import public_content
from kommpass.open_data.tables import cells
from kommpass.open_data.tables.columns import DOCUMENT, HEADINGS
from tests.open_data.builders import SECRET, a_location, a_town_of_offers, an_offer, everything, paused, small

SIGNS = printable + "äöüß€–„“\u2028=+-@|\\;'\""
texts = st.text(st.sampled_from(SIGNS), max_size=20).map(lambda text: " ".join(text.split(" ")).strip())


def as_table(content: OfferContent) -> dict[str, str]:
    return {each.heading: each.write(getattr(content, each.field)) for each in DOCUMENT}


def read_back(line: dict[str, str]) -> OfferContent:
    """The document as the import reads it from such a line."""
    recipe = guess_recipe({heading: [cell] for heading, cell in line.items()}, "angebote", KEY)
    return read_row(2, line, None, recipe).content


def lines_of(client) -> list[dict[str, str]]:
    """The lines of the file by their headings, with the apostrophes of the guard."""
    text = client.get("/auental/api/offers.csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_every_field_of_the_document_that_is_public_has_a_column():
    fields = set(OfferContent.__dataclass_fields__)
    assert {each.field for each in DOCUMENT} == fields - {"prevention"}
    assert len(HEADINGS) == len(set(HEADINGS))


def test_the_import_knows_every_column_by_its_heading():
    ours = {each.field: each.heading for each in DOCUMENT}
    assert {field: COLUMNS[field] for field in ours} == ours
    assert {KEY, *COLUMNS.values()} <= set(HEADINGS)


def test_a_line_says_everything_in_words(auental, client):
    an_offer(everything(a_location(stop="Nordplatz")))
    paused(small("Winterpause"))
    first, second = lines_of(client)
    expected = {
        "Stand": "veröffentlicht", "Träger": "Familienzentrum Nord", "Name": "Offenes Elterncafé",
        "Themen": "Treffen und Austausch; Frühe Hilfen", "Alter bis (Monate)": "18", "Sprachen": "Deutsch; Arabisch; "
        "Deutsche Gebärdensprache", "Preise": "Frühstück | 1.50 | je Termin | card\nMaterial |  |  |",
        "Straße": "Bahnhofstraße 5", "PLZ": "44787", "Breite": "51.48", "Haltestelle": "Nordplatz",
        "Zeiten in Worten": "dienstags 10–11.30 Uhr, nicht in den Schulferien\n"
        "telefonisch montags und mittwochs 9–12 Uhr",
    }  # fmt: skip
    assert {name: first[name] for name in expected} == expected
    assert (second["Name"], second["Stand"]) == ("Winterpause", "pausiert")


def test_what_went_out_as_csv_comes_back_as_the_same_document(auental, client):
    offer = an_offer(everything(a_location()))
    (line,) = lines_of(client)
    assert read_back(line) == public_content(offer.document, offer.changed_at.date())
    assert SECRET not in str(line)


def test_the_excel_file_has_the_same_cells_as_texts(auental, client):
    an_offer(everything(a_location(), title="=HYPERLINK(1)", contacts=(Contact("Büro", "+49 234 1", ""),)))
    book = openpyxl.load_workbook(io.BytesIO(client.get("/auental/api/offers.xlsx").content))
    rows = list(book["Angebote"].iter_rows())
    line = {head.value: cell.value or "" for head, cell in zip(rows[0], rows[1], strict=True)}
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}
    assert {cell.value for row in rows for cell in row if cell.data_type == "n"} == {None}
    assert line == {heading: unguarded(cell) for heading, cell in lines_of(client)[0].items()}
    explained = [row[0].value for row in book["Spalten"].iter_rows(min_row=2)]
    assert explained == HEADINGS


@pytest.mark.parametrize("text", ["=1+1", "+49", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "\r=1", "'=1", "''"])
def test_no_cell_is_a_formula_and_the_text_comes_back(auental, client, text):
    cell = cells.guarded(text)
    assert cell.startswith("'")
    assert unguarded(cell) == text


def test_no_cell_of_the_csv_begins_like_a_formula(auental, client):
    danger = "=cmd|'/c calc'!A1"
    an_offer(small(danger, text=danger, registration="+49 1", cost_note="@x", contacts=(Contact("-1", "+49 234", ""),)))
    raw = client.get("/auental/api/offers.csv").content.decode("utf-8-sig")
    found = [cell for row in csv.reader(io.StringIO(raw), delimiter=";") for cell in row]
    assert [cell for cell in found if cell[:1] in ("=", "+", "-", "@", "\t", "\r")] == []
    assert unguarded(lines_of(client)[0]["Name"]) == danger


def test_the_csv_opens_in_german_programs(auental, client):
    an_offer(small("Müttercafé"))
    answer = client.get("/auental/api/offers.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="angebote-auental.csv"'
    assert answer.content.startswith("\ufeffKennung;Stand;Träger;Name;".encode())


def test_drafts_and_what_ended_are_not_in_the_table(auental, client):
    a_town_of_offers()
    assert [each["Name"] for each in lines_of(client)] == [
        "Offenes Elterncafé", "Sprechstunde im Netz", "Hausbesuch", "Winterpause",
    ]  # fmt: skip


def test_a_town_without_offers_has_a_table_with_its_headings(auental, client):
    assert lines_of(client) == []
    assert client.get("/auental/api/offers.xlsx").status_code == 200


def keys(vocabulary):
    return st.lists(st.sampled_from(list(vocabulary.places)), unique=True, max_size=4).map(tuple)


months = st.none() | st.integers(0, 1440)
plain = texts.map(lambda text: text.replace("\u2028", "").replace("\x0b", "").replace("\x0c", "").replace("\r", ""))
rows_of = {
    "costs": st.builds(
        Cost, plain, st.sampled_from(["", "5.00"]), plain, st.sampled_from([(), ("card",), ("card", "package")])
    ),
    "contacts": st.builds(Contact, plain, plain, plain, plain, st.booleans()),
    "places": st.builds(Place, st.uuids().map(str), plain),
    "funding": st.builds(Funding, plain, st.sampled_from(["", "2027-01-01"]), st.booleans()),
}
times = st.builds(
    Schedule, key=plain, rule=st.sampled_from(["", "FREQ=WEEKLY;BYDAY=TU"]), note=plain,
    exceptions=st.lists(st.builds(OtherDay, st.just("2027-01-01"), st.booleans(), note=plain), max_size=2).map(tuple),
)  # fmt: skip
documents = st.builds(
    OfferContent, title=plain, text=plain, formats=keys(lists.FORMATS), topics=keys(lists.TOPICS),
    facility=st.sampled_from(["", *lists.FACILITIES.places]), cost=st.sampled_from(list(lists.COSTS.places)),
    languages=keys(lists.LANGUAGES), min_months=months, max_months=months,
    times=st.lists(times, max_size=2).map(tuple),
    capacity=st.none() | st.builds(Capacity, plain, months, months, st.just(""), months, months),
    **{name: st.lists(row, max_size=3).map(tuple) for name, row in rows_of.items()},
)  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_every_document_comes_back_from_its_line(content):
    line = {"Kennung": "1", **{heading: cells.guarded(cell) for heading, cell in as_table(content).items()}}
    assert read_back(line) == content
