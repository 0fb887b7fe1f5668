"""What lists say of accessibility and prices: in columns of their own, in one column, and in our own table."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from kommpass.domain.offers.content import Cost
from kommpass.domain.offers.listing import Fixed, Recipe, guess_columns, read_row
from kommpass.domain.offers.listing.accessibility import read_accessibility, read_state
from kommpass.domain.offers.listing.prices import read_prices
from kommpass.domain.offers.vocabularies import ACCESSIBILITY
from kommpass.domain.permissions import Role
from kommpass.municipalities.scope import within
from kommpass.offers import actions
from kommpass.offers.models import ImportRun, Location, Offer
from tests.conftest import actor
from tests.offers.builders import a_location, an_offer
from tests.offers.test_import_pages import carry_out, page_of, previewed
from tests.offers.test_import_real import our_table

HEAD = "Nr;Name;Träger;Straße;Rollstuhlgerecht;Aufzug;Behinderten-WC;Preis;Preis ermäßigt"
ROW = "1;Treff;Caritas;Weg 1;ja;nein;k. A.;3,50 €;2"


def taken_over(file: Path, **options) -> dict:
    call_command("offers", "import", str(file), town="auental", **({"source": "Liste", "publish": True} | options))
    return ImportRun.objects.latest("pk").counts["made"]


def list_of(into: Path, *rows: str, head: str = HEAD) -> Path:
    file = into / "liste.csv"
    file.write_text("\n".join([head, *rows]), encoding="utf-8")
    return file


def states(location: Location) -> dict[str, str]:
    location.refresh_from_db()
    return {name: each["state"] for name, each in location.accessibility.items()}


# what the words mean


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("ja", {"step_free": "yes"}),
        ("no", {"step_free": "no"}),
        ("limited", {}),
        ("rollstuhlgerecht: ja", {"step_free": "yes"}),
        ("rollstuhlgerecht: teilweise", {}),
        ("rollstuhlgerecht: nein", {"step_free": "no"}),
        ("wheelchair=yes", {"step_free": "yes"}),
        ("Ohne Stufen erreichbar: ja; Aufzug: nein", {"step_free": "yes", "lift": "no"}),
        ("kein Aufzug, Behinderten-WC", {"lift": "no", "toilet": "yes"}),
        ("nicht barrierefrei", {"step_free": "no"}),
        ("Wickeltisch (ja)\nHörschleife (nein)", {"changing_table": "yes", "induction_loop": "no"}),
        ("Gebärdensprache | Leichte Sprache", {"sign_language": "yes", "easy_language": "yes"}),
        ("unbekannt", {}),
        ("Kaffee", {}),
    ],
)
def test_words_about_accessibility_are_our_criteria_with_yes_or_no(said, expected):
    assert dict(read_accessibility({"accessibility": said})[0]) == expected


def test_partly_is_neither_yes_nor_no_and_is_told():
    assert read_accessibility({"accessible_lift": "teilweise"}) == ((), ("teilweise",))
    assert [read_state(each) for each in ("eingeschränkt", "unbekannt", "k. A.", "x", "grün")] == [
        "partly", "", "", "yes", None,
    ]  # fmt: skip


@given(st.dictionaries(st.sampled_from(sorted(ACCESSIBILITY.places)), st.sampled_from(["yes", "no"])))
def test_every_criterion_comes_back_from_its_own_label(known):
    said = "; ".join(
        f"{ACCESSIBILITY.labels[key]}: {'ja' if state == 'yes' else 'nein'}" for key, state in known.items()
    )
    assert dict(read_accessibility({"accessibility": said})[0]) == known


@given(st.text(max_size=60))
def test_no_text_at_all_breaks_the_reading_of_accessibility_and_prices(text):
    found, _unread = read_accessibility({"accessibility": text, "accessible_lift": text})
    assert {state for _key, state in found} <= {"yes", "no"}
    assert read_prices({"cost": text, "full_price": text, "is_free": text})[0] in ("free", "paid", "unknown")


@pytest.mark.parametrize(
    ("said", "kind", "prices"),
    [
        ({"cost": "kostenlos"}, "free", ()),
        ({"cost": "3,50 €"}, "paid", (Cost("", "3.50"),)),
        ({"cost": "5 €, ermäßigt 3 €"}, "paid", (Cost("", "5.00"), Cost("ermäßigt", "3.00"))),
        ({"cost": "12,00 € / 8,00 € ermäßigt"}, "paid", (Cost("", "12.00"), Cost("ermäßigt", "8.00"))),
        ({"cost": "ermäßigt 2 €, sonst 4 €"}, "paid", (Cost("", "4.00"), Cost("ermäßigt", "2.00"))),
        ({"is_free": "ja"}, "free", ()),
        ({"is_free": "nein"}, "paid", ()),
        ({"is_free": "nein", "full_price": "4"}, "paid", (Cost("", "4.00"),)),
        ({"full_price": "0"}, "free", ()),
        ({"full_price": "7,50", "card_price": "frei"}, "paid",
         (Cost("", "7.50"), Cost("mit Familienkarte", "0.00", "", ("card",)))),
        ({"cost": "5 €", "reduced_price": "3 Euro"}, "paid", (Cost("", "5.00"), Cost("ermäßigt", "3.00"))),
        ({"is_free": "vielleicht"}, "unknown", ()),
    ],
)  # fmt: skip
def test_prices_of_one_or_several_columns_are_prices_of_ours(said, kind, prices):
    assert read_prices(said)[:2] == (kind, prices)


def test_a_cell_of_several_lines_is_read_line_by_line():
    entry = read_row(
        2, {"n": "A", "b": "Aufzug: nein\nWC: ja", "s": "Weg 1"}, None,
        Recipe(columns={"title": ("n",), "accessibility": ("b",), "street": ("s",)}, fixed=Fixed(provider="x")),
    )  # fmt: skip
    assert entry.site.accessibility == (("lift", "no"), ("toilet", "yes"))


def test_a_price_that_is_none_is_told():
    entry = read_row(
        2, {"n": "A", "p": "auf Anfrage"}, None,
        Recipe(columns={"title": ("n",), "full_price": ("p",)}, fixed=Fixed(provider="x")),
    )  # fmt: skip
    assert [each.sentence for each in entry.hints] == [
        "„auf Anfrage“ konnten wir nicht lesen und haben es weggelassen."
    ]


def test_columns_are_guessed_by_their_names_and_by_what_stands_in_them():
    columns = {
        "Name": ["A", "B"], "Rollstuhlgerecht": ["ja", "teilweise"], "Aufzug": ["nein", "k.A."],
        "toilets:wheelchair": ["yes", ""], "Barrierefreiheit": ["Rampe vorhanden", "ja"], "Preis": ["3,50 €", "frei"],
        "Ermäßigung": ["2 €", "1 €"], "Kostenlos": ["ja", "nein"], "Leitsystem": ["Siemens", "Bosch"],
    }  # fmt: skip
    assert guess_columns(columns) == {
        "title": ("Name",), "accessibility": ("Barrierefreiheit",), "accessible_step_free": ("Rollstuhlgerecht",),
        "accessible_lift": ("Aufzug",), "accessible_toilet": ("toilets:wheelchair",), "cost": ("Preis",),
        "is_free": ("Kostenlos",), "reduced_price": ("Ermäßigung",),
    }  # fmt: skip
    assert guess_columns({"Name": ["A"], "Ermäßigung": ["mit Ausweis"]})["cost_note"] == ("Ermäßigung",)


# what becomes of them


def test_a_list_says_it_of_the_place_and_of_the_offer(auental, tmp_path):
    assert taken_over(list_of(tmp_path, ROW))["new"] == 1
    (place,) = Location.objects.all()
    row = {"checked_on": "", "source": "Liste"}
    assert place.accessibility == {"step_free": row | {"state": "yes"}, "lift": row | {"state": "no"}}
    assert Offer.objects.get().document.costs == (Cost("", "3.50"), Cost("ermäßigt", "2.00"))
    assert taken_over(list_of(tmp_path, ROW)) == {"same": 1, "gone": 0, "finished": 0}


def test_what_the_list_says_otherwise_is_shown_and_taken(client_as):
    clerk = client_as(Role.COORDINATOR)
    carry_out(clerk, previewed(clerk, f"{HEAD}\n{ROW}"))
    run = previewed(clerk, f"{HEAD}\n{ROW.replace('ja;nein', 'nein;')}")
    assert (run.counts["changed"], "Barrierefreiheit" in page_of(clerk, run, "preview")) == (1, True)
    assert states(Location.objects.get()) == {"step_free": "yes", "lift": "no"}, "a preview writes nothing"
    carry_out(clerk, run)
    assert states(Location.objects.get()) == {"step_free": "no"}


def test_what_somebody_checked_at_a_place_outweighs_the_list(auental, tmp_path):
    taken_over(list_of(tmp_path, ROW))
    (place,) = Location.objects.all()
    deed = {"by": actor(), "at": timezone.now()}
    actions.change_accessibility(location=place, states={"step_free": "no", "toilet": "yes"}, **deed)
    taken_over(list_of(tmp_path, ROW.replace("ja;nein;k. A.", "ja;ja;nein")))
    assert states(place) == {"step_free": "no", "toilet": "yes", "lift": "yes"}


def test_a_place_that_is_known_gets_what_nobody_said_yet(auental, tmp_path):
    place = actions.add_location(street="Weg 1", city="Auental", by=actor(), at=timezone.now())
    taken_over(list_of(tmp_path, ROW))
    assert (Location.objects.count(), states(place)) == (1, {"step_free": "yes", "lift": "no"})


def test_families_see_that_a_list_says_so_and_nobody_checked(auental, tmp_path):
    head, row = f"{HEAD};Beschreibung;Kategorie", f"{ROW};Für alle.;Sport"
    taken_over(list_of(tmp_path, row, head=head))
    page = Client().get(f"/auental/public/offers/{Offer.objects.get().key}/").content.decode()
    assert "Ohne Stufen erreichbar: ja" in page and "aus einer Liste, noch nicht geprüft" in page


# our own table


def two_places() -> Offer:
    saal, other = a_location("Saal", street="Markt 1"), a_location("Haus Süd", street="Südweg 3")
    deed = {"by": actor(), "at": timezone.now()}
    actions.change_accessibility(location=saal, states={"step_free": "yes", "lift": "no"}, **deed)
    return an_offer("Café", at_places=(saal, other), cost="paid", costs=(Cost("", "5.00"), Cost("ermäßigt", "3.00")))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_our_own_table_brings_accessibility_and_prices_back_without_a_difference(auental, tmp_path, ending):
    two_places()
    before = list(Location.objects.order_by("pk").values("accessibility", "edition"))
    assert taken_over(our_table(tmp_path, ending), source="Tabelle") == {"same": 1, "gone": 0, "finished": 0}
    assert list(Location.objects.order_by("pk").values("accessibility", "edition")) == before


def changed_in_excel(file: Path, heading: str, text: str) -> Path:
    book = load_workbook(file)
    sheet = book["Angebote"]
    column = next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == heading)
    sheet.cell(sheet.max_row, column).value = text
    book.save(file)
    return file


def test_what_somebody_wrote_into_our_table_is_taken_for_each_place(auental, tmp_path):
    offer = two_places()
    said = "Ohne Stufen erreichbar: nein; Wickeltisch: ja\nAufzug: ja"
    file = changed_in_excel(our_table(tmp_path, "xlsx"), "Barrierefreiheit", said)
    assert taken_over(file, source="Tabelle")["changed"] == 1
    saal, other = [Location.objects.get(key=each.location) for each in offer.document.places]
    assert (states(saal), states(other)) == ({"step_free": "no", "changing_table": "yes"}, {"lift": "yes"})


def test_a_place_that_somebody_checked_since_keeps_its_word(auental, tmp_path):
    offer = two_places()
    file = changed_in_excel(our_table(tmp_path, "xlsx"), "Barrierefreiheit", "Aufzug: ja\nkeine Angabe")
    saal = Location.objects.get(key=offer.document.places[0].location)
    actions.change_accessibility(location=saal, states={"toilet": "yes"}, by=actor(), at=timezone.now())
    assert taken_over(file, source="Tabelle") == {"same": 1, "gone": 0, "finished": 0}
    assert states(saal) == {"step_free": "yes", "lift": "no", "toilet": "yes"}


def test_our_table_brings_accessibility_to_another_town(auental, hasselgrund, tmp_path):
    place = a_location("Saal", street="Markt 1")
    actions.change_accessibility(location=place, states={"lift": "no"}, by=actor(), at=timezone.now())
    an_offer("Café", at_places=(place,))
    file = our_table(tmp_path)
    with within(hasselgrund):
        call_command("offers", "import", str(file), town="hasselgrund", source="Auental", publish=True)
        assert states(Location.objects.get()) == {"lift": "no"}
