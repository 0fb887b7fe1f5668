"""Rules of reading lists: which column means what, what a row says, what is new, and whose word outweighs whose."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommpass.domain.offers.changes import block_of, changes
from kommpass.domain.offers.checks import problems
from kommpass.domain.offers.content import Contact, Cost, Funding, OfferContent, Place
from kommpass.domain.offers.listing import (
    TARGETS,
    Entry,
    Fixed,
    Recipe,
    RecipeRefused,
    Site,
    adopted,
    at_places,
    bring_together,
    from_list,
    guess_columns,
    guess_recipe,
    guess_words,
    items_of,
    join,
    load_recipe,
    read_row,
    recipe_from_dict,
    said_then,
    told_only,
    with_what_is_not_public,
)
from kommpass.domain.offers.listing.addresses import read_address
from kommpass.domain.offers.listing.cells import read_ages, read_cost, read_mails, read_phones, read_web_address
from kommpass.domain.offers.listing.moments import read_moment, session
from kommpass.domain.offers.listing.own_table import rows_in, unguarded
from kommpass.domain.offers.listing.plain_text import plain_text
from kommpass.domain.offers.listing.rows import shortened
from kommpass.domain.offers.verification import Block
from kommpass.domain.schedules import Schedule

FIXED = Fixed(provider="Stadt Auental")


def entry_of(said: dict[str, str], columns: dict[str, str] | None = None, *, point=None, fixed=FIXED, **recipe):
    """The row as it is read, with one column for each target (default: the targets are called as the columns)."""
    meant = {target: (column,) for target, column in (columns or {name: name for name in said}).items()}
    return read_row(2, said, point, Recipe(columns=meant, fixed=fixed, **recipe))


def sentences(found) -> list[str]:
    return [each.sentence for each in found]


# HTML and plain texts


def test_html_becomes_paragraphs_and_a_script_leaves_nothing():
    text = "<p>Kaffee&nbsp;&amp; Kuchen<br>im Garten</p><script>alert('x')</script><p>Für <b>alle</b></p>"
    assert plain_text(text) == "Kaffee & Kuchen\nim Garten\n\nFür alle"


def test_html_that_was_escaped_once_more_is_html_too():
    assert plain_text("&lt;p&gt;Spielen&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;") == "Spielen"


@pytest.mark.parametrize("text", ["Kinder < 3 Jahre", "A & B", "5 > 3", "a <- b", "Mutter&Kind"])
def test_a_sign_that_is_no_html_stays(text):
    assert plain_text(text) == text


@pytest.mark.parametrize("text", ["<script>alert(1)", "<p", "<!-- nie zu Ende", "<a href='x'>Seite", "<<b>>x"])
def test_html_that_ends_in_the_middle_is_no_mistake_of_ours(text):
    assert "<script" not in plain_text(text)


@given(st.text(alphabet="<>&;/abp scriptl\n\"'=#x0123", max_size=80))
def test_whatever_stands_there_comes_out_as_tidy_text(text):
    once = plain_text(text)
    assert once == once.strip() and "  " not in once and "\n\n\n" not in once


# columns


def test_a_header_that_is_called_as_a_field_of_an_offer_means_it():
    names = [each.name for each in fields(OfferContent) if each.name != "places"]
    found = guess_columns({name: ["5"] if "months" in name else [""] for name in names})
    assert {target: columns for target, columns in found.items() if target in names} == {
        name: (name,) for name in names
    }


@pytest.mark.parametrize(
    ("headers", "meant"),
    [
        (
            {"poi_id": "1", "name": "Villa Luna", "str_hausnr": "Weg 4 a", "plz_ort": "44789 Bochum",
             "beschreib": "Verein", "link": "www.luna.de", "kategorie": "Ev. Kindertagesstätten"},
            {"title": "name", "street": "str_hausnr", "postal_code": "plz_ort", "text": "beschreib", "url": "link",
             "facility": "kategorie", "topics": "kategorie"},
        ),
        (
            {"id": "1", "name": "Kita F", "phone_number": "+49302816473", "places": "69", "sponsor_name": "GFJ gGmbH",
             "street": "Albrechtstr. 20", "zip_code": "10117", "lat": "52.5", "lon": "13.3"},
            {"title": "name", "phone": "phone_number", "capacity": "places", "provider": "sponsor_name",
             "street": "street", "postal_code": "zip_code"},
        ),
        (
            {"id": "7", "stadtteile": "Fennpfuhl", "einrichtung": "JFE Judith Auer", "traeger": "AWO",
             "e_mail": "a@b.de", "internet": "http://a.de", "angebote": "offene Arbeit", "plz": "10369",
             "ort": "Berlin"},
            {"title": "einrichtung", "provider": "traeger", "email": "e_mail", "url": "internet", "text": "angebote",
             "postal_code": "plz", "city": "ort"},
        ),
        (
            {"service_uuid": "a-1", "organization_name": "AI Justice", "service_name": "Help", "service_min_age": "18",
             "service_max_age": "999", "service_email": "a@b.org", "service_description": "Free advice"},
            {"title": "service_name", "provider": "organization_name", "min_age": "service_min_age",
             "max_age": "service_max_age", "email": "service_email", "text": "service_description"},
        ),
        (
            {"name": "Konzert", "start_datetime": "2019-11-02T11:00:00+01:00", "end_datetime": "2019-11-02T12:00:00",
             "poi.name": "Schloss", "poi.address.street": "Weg", "poi.address.house_number": "1",
             "types.name": "Konzert"},
            {"title": "name", "begins": "start_datetime", "ends": "end_datetime", "location_name": "poi.name",
             "street": "poi.address.street", "house_number": "poi.address.house_number", "topics": "types.name"},
        ),
    ],
    ids=["Bochum", "Berlin", "Lichtenberg", "Florida", "Münsterland"],
)  # fmt: skip
def test_the_columns_of_real_lists_are_understood(headers, meant):
    found = guess_columns({column: [value] for column, value in headers.items()})
    assert found == {target: (column,) for target, column in meant.items()}


def test_numbers_are_no_names_and_a_fax_is_no_telephone():
    found = guess_columns(
        {"Name": ["12", "13"], "Bezeichnung": ["Treff", "Café"], "Fax": ["0234 1"], "Telefon": ["0234 2"]}
    )
    assert found == {"title": ("Bezeichnung",), "phone": ("Telefon",)}


def test_whether_a_school_is_public_is_no_provider():
    assert "provider" not in guess_columns({"Name": ["A", "B"], "Träger": ["öffentlich", "privat"]})


def test_the_name_of_the_file_says_what_all_rows_are():
    recipe = guess_recipe({"name": ["Am Bach"]}, "bochum_playgrounds.csv", None, "Auental")
    assert (recipe.fixed.facility, recipe.fixed.city, recipe.key_column) == ("playground", "Auental", "")


@pytest.mark.parametrize(
    ("target", "value", "keys"),
    [
        ("facility", "Kindertagesstätten freie Wohlfahrtsverbände", ("daycare_centre",)),
        ("facility", "Familienzentrum / Kita", ("family_centre",)),
        ("facility", "Altenpflegeschulen", ("vocational_school",)),
        ("facility", "Grundschule", ("primary_school",)),
        ("facility", "Bolzplätze", ("playground",)),
        ("facility", "Kindertagespflege", ("childminder",)),
        ("topics", "Ausstellung", ("culture",)),
        ("topics", "Kinderbetreuung; Gesundheit", ("childcare", "health")),
        ("topics", "Pflege von Angehörigen", ("caring",)),
        ("topics", "Jugendarbeit", ()),
        ("languages", "Deutsch, Türkisch und Arabisch", ("ar", "de", "tr")),
        ("languages", "tr", ("tr",)),
        ("target_groups", "Alleinerziehende Mütter", ("mothers", "single_parents")),
        ("formats", "Aufsuchend, zu Hause", ("at_home",)),
        ("topics", "Rasenplatz", ()),
    ],
)
def test_a_value_is_understood_or_means_nothing(target, value, keys):
    assert tuple(sorted(guess_words(target, value))) == keys


def test_values_are_asked_for_by_how_often_they_occur():
    assert items_of("topics", ["Sport; Musik", "Musik", "Sport", "Musik"]) == {"Musik": 3, "Sport": 2}
    assert items_of("facility", ["Kita, evangelisch"]) == {"Kita, evangelisch": 1}


# cells


@pytest.mark.parametrize(
    ("written", "months"),
    [
        ("6-12 Jahre", (72, 155)),
        ("0–3", (0, 47)),
        ("ab 3 Jahren", (36, None)),
        ("8 bis 18 Monate", (8, 18)),
        ("bis 10 Jahre", (None, 131)),
        ("unter 3 Jahre", (None, 35)),
        ("16+", (192, None)),
        ("6 Jahre", (72, 83)),
        ("alle", None),
        ("200", None),
    ],
)
def test_ages_are_read_as_lists_write_them(written, months):
    assert read_ages(written) == months


def test_no_upper_age_is_written_as_999():
    entry = entry_of({"title": "Rat", "min_age": "60", "max_age": "999"})
    assert (entry.content.min_months, entry.content.max_months, entry.hints) == (720, None, ())


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("kostenlos", ("free", (), "")),
        ("4,50 Euro", ("paid", (Cost(amount="4.50"),), "")),
        ("37.95", ("paid", (Cost(amount="37.95"),), "")),
        ("Eintritt frei", ("free", (), "")),
        ("5 € , Kinder 3 €", ("paid", (), "5 € , Kinder 3 €")),
        ("nach Einkommen", ("unknown", (), "nach Einkommen")),
        ("kostenlos, Material 5 €", ("paid", (), "kostenlos, Material 5 €")),
    ],
)
def test_the_cost_is_read_or_stays_a_note(written, read):
    assert read_cost(written) == read


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "siehe Aushang", "a@b.de", "ftp://a.de", "http://"]
)
def test_what_is_no_web_address_is_left_out_with_a_hint(address):
    assert read_web_address(address) is None
    entry = entry_of({"title": "Treff", "url": address})
    assert (entry.content.url, len(entry.hints), entry.problems) == ("", 1, ())


def test_several_numbers_and_addresses_are_several_contacts():
    entry = entry_of({"title": "Treff", "phone": "030 96276419 oder 0163 8144219", "email": "a@b.de; per Post"})
    assert entry.content.contacts == (Contact(phone="030 96276419", email="a@b.de"), Contact(phone="0163 8144219"))
    assert sentences(entry.hints) == ["„per Post“ konnten wir nicht lesen und haben es weggelassen."]


def test_extensions_are_one_number():
    assert read_phones("(030) 90296-4686 / 7801 / 7856") == (("(030) 90296-4686 / 7801 / 7856",), ())
    assert read_mails("Info <info@a.de>") == ((), ("Info <info@a.de",)) or read_mails("info@a.de") == (
        ("info@a.de",),
        (),
    )


@pytest.mark.parametrize(
    ("cells", "address"),
    [
        (("Am Bach 4", "", "44789 Bochum", ""), ("Am Bach 4", "44789", "Bochum")),
        (("Am Bach", "4 a", "44789", "Bochum"), ("Am Bach 4 a", "44789", "Bochum")),
        (("Am Bach 4, 44789 Bochum", "", "", ""), ("Am Bach 4", "44789", "Bochum")),
        (("Am Bach 4\n44789 Bochum", "", "", ""), ("Am Bach 4", "44789", "Bochum")),
        (("Am Bach 4", "4", "D-44789", "Bochum"), ("Am Bach 4", "44789", "Bochum")),
        (("", "", "", "44789 Bochum"), ("", "44789", "Bochum")),
    ],
)
def test_an_address_is_taken_apart_however_it_is_written(cells, address):
    assert tuple(read_address(*cells)) == address


# times


@pytest.mark.parametrize(
    "written", ["31.02.2020", "2020-13-01", "32.1.2020", "morgen", "", "29.02.2027", "2.11.2020 25:00"]
)
def test_an_impossible_day_is_no_day(written):
    assert read_moment(written) is None


def test_an_event_of_an_evening_ends_after_midnight():
    made = session(read_moment("2027-06-05 20:00"), read_moment("2027-06-06 02:00"))
    assert (made.rule, made.begins, made.starts, made.ends) == ("", "2027-06-05", "20:00", "02:00")


def test_midnight_to_midnight_is_a_whole_day():
    made = session(read_moment("2027-06-05T00:00:00+02:00"), read_moment("2027-06-06T00:00:00+02:00"))
    assert (made.rule, made.begins, made.starts, made.ends) == ("", "2027-06-05", "", "")


def test_an_event_that_ends_before_it_begins_is_none():
    assert session(read_moment("2027-06-05 20:00"), read_moment("2027-06-05 18:00")) is None
    assert session(read_moment("2027-06-05"), read_moment("2027-06-04")) is None


def test_a_moment_with_an_offset_is_read_in_local_time():
    entry = entry_of({"title": "Fest", "begins": "2027-07-01T22:30:00+00:00", "ends": "2027-07-01T23:30:00+00:00"})
    assert [(each.begins, each.starts, each.ends) for each in entry.content.times] == [("2027-07-02", "00:30", "01:30")]
    assert problems(entry.content) == []


def test_a_day_and_its_hours_in_two_columns_are_one_date():
    entry = entry_of({"title": "Tanz", "begins": "04.05.2027", "times": "14:00-18:00 Uhr"})
    assert entry.content.times == (
        Schedule(kind="session", begins="2027-05-04", starts="14:00", ends="18:00", public_holidays="on"),
    )
    assert entry.content.times_typed == "04.05.2027, 14:00–18:00 Uhr"


def test_times_that_cannot_be_read_stay_as_text_and_are_marked():
    entry = entry_of({"title": "Treff", "times": "nach dem Gottesdienst"})
    assert (entry.content.times, entry.content.times_text) == ((), "nach dem Gottesdienst")
    assert sentences(entry.hints) == ["Diese Zeiten bleiben als Text stehen: „nach dem Gottesdienst“"]


# rows


def test_a_row_without_a_name_or_a_provider_is_refused_with_a_sentence():
    entry = entry_of({"title": " - ", "text": "Spielen"}, fixed=Fixed())
    assert sentences(entry.problems) == [
        "Bitte geben Sie dem Angebot einen Namen.",
        "Die Zeile nennt keinen Träger. Bitte sagen Sie, welcher für alle Zeilen gilt.",
    ]


def test_a_name_that_is_too_long_is_cut_and_nothing_of_it_is_lost():
    name = "Musik und gute Laune mit dem Duo " * 6
    entry = entry_of({"title": name})
    assert (len(entry.content.title) <= 150, entry.content.summary, entry.problems) == (True, name.strip(), ())
    assert sentences(entry.hints) == ["Der Name ist länger als 150 Zeichen; ganz steht er im Text."]


def test_a_short_text_is_the_summary_and_a_long_one_gives_its_beginning():
    short = entry_of({"title": "A", "text": "Spielen und toben."}).content
    long = entry_of({"title": "A", "text": "Spielen und toben für alle Kinder. " * 20}).content
    assert (short.summary, short.text) == ("Spielen und toben.", "")
    assert long.summary == " ".join(["Spielen und toben für alle Kinder."] * 5) and len(long.text) > 200


def test_a_summary_is_never_cut_after_a_number():
    assert shortened("Die Reisen Turners in die Schweiz bis zum 26. Januar 2020 im Museum", 50).endswith("…")


def test_without_a_text_the_kind_of_facility_is_said():
    entry = entry_of({"title": "Villa", "facility": "Kindertagesstätte"})
    assert (entry.content.summary, entry.content.facility, entry.content.topics) == (
        "Kita",
        "daycare_centre",
        ("childcare",),
    )


def test_a_point_without_an_address_is_a_place_called_as_the_offer():
    entry = entry_of({"title": "Spielplatz Malchower See"}, point=(52.5726337480, 13.4895358))
    assert entry.site == Site("Spielplatz Malchower See", point=(52.572634, 13.489536))


def test_what_was_decided_about_a_value_outweighs_every_guess():
    values = {"facility": {"Kita": ("family_centre",)}, "topics": {"Sport": ()}}
    entry = entry_of({"title": "A", "facility": "Kita", "topics": "Sport; Musik"}, values=values)
    assert (entry.content.facility, entry.content.topics, entry.hints) == ("family_centre", ("culture",), ())


def test_a_value_that_nobody_knows_is_said():
    entry = entry_of({"title": "A", "topics": "Quatsch"})
    assert sentences(entry.hints) == ["„Quatsch“ steht in keiner unserer Listen."]


def test_rows_without_a_number_are_known_by_name_and_address():
    one = entry_of({"title": "Treff Süd", "street": "Weg 1"})
    two = entry_of({"title": "TREFF  SÜD", "street": "Weg 1"})
    assert one.key == two.key == "treff sued weg 1"


def test_a_number_that_is_too_long_is_still_its_own():
    one, two = (read_row(2, {"id": "x" * 300 + end, "n": "A"}, None, Recipe("id", {"title": ("n",)})) for end in "ab")
    assert one.key != two.key and max(len(one.key), len(two.key)) <= 200


@given(st.dictionaries(st.sampled_from([each.key for each in TARGETS]), st.text(max_size=40), max_size=12))
def test_whatever_a_row_says_reading_it_is_no_mistake_of_ours(values):
    entry = entry_of(values)
    assert entry.problems or problems(entry.content) == []
    assert OfferContent.from_json(entry.content.to_json()) == entry.content


# rows with the same number


def numbered(number: int, key: str, **content) -> Entry:
    return Entry((number,), key, OfferContent(title="Schule").having(**content), "Stadt", Site(street="Weg 1"))


def test_two_rows_that_say_the_same_are_one_offer():
    joined = join([numbered(2, "7"), numbered(3, "7"), numbered(4, "8")])
    assert ([each.numbers for each in joined.entries], joined.refused) == ([(2, 3), (4,)], ())


def test_a_school_in_two_categories_is_one_school_with_both_topics():
    rows = [
        numbered(2, "7", facility="primary_school", topics=("learning",), summary="Grundschule"),
        numbered(3, "7", facility="special_school", topics=("disability",), summary="Förderschule"),
    ]
    (entry,) = join(rows).entries
    assert (entry.content.facility, entry.content.topics, entry.content.summary) == (
        "primary_school", ("learning", "disability"), "Grundschule",
    )  # fmt: skip


def test_a_row_that_contradicts_an_earlier_one_is_refused_and_names_both():
    joined = join([numbered(2, "7"), numbered(9, "7", url="https://a.de")])
    assert [each.numbers for each in joined.entries] == [(2,)]
    assert [(each.numbers, sentences(each.problems)) for each in joined.refused] == [
        ((9,), ["Die Nummer „7“ steht auch in Zeile 2, dort aber mit anderem Inhalt (Internetseite)."])
    ]


def test_a_row_with_a_mistake_never_hides_a_good_one_of_the_same_number():
    broken = Entry((2,), "7", OfferContent(), problems=tuple(problems(OfferContent())))
    joined = join([broken, numbered(3, "7")])
    assert ([each.numbers for each in joined.entries], [each.numbers for each in joined.refused]) == ([(3,)], [(2,)])


# whose word outweighs whose

WORDS = st.sampled_from(["", "A", "B", "C"])
DOCUMENTS = st.builds(
    OfferContent,
    title=WORDS,
    subtitle=WORDS,
    url=WORDS,
    cost_note=WORDS,
    times_text=WORDS,
    topics=st.lists(st.sampled_from(["play", "sport"]), unique=True, max_size=2).map(tuple),
)
BLOCKS = st.sets(st.sampled_from(list(Block)))


@given(DOCUMENTS, DOCUMENTS, BLOCKS)
def test_a_list_that_says_what_it_said_before_changes_nothing(base, mine, protected):
    met = bring_together(base, mine, base, protected)
    assert (met.content, met.taken, met.kept) == (mine, (), ())


@given(DOCUMENTS, DOCUMENTS)
def test_where_nobody_said_anything_the_list_holds(base, theirs):
    met = bring_together(base, base, theirs)
    assert (met.content, met.kept) == (theirs, ())


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS, BLOCKS)
def test_what_people_confirmed_or_changed_is_never_overwritten(base, mine, theirs, protected):
    content = bring_together(base, mine, theirs, protected).content
    for change in changes(mine, content):
        assert block_of(change.field) not in protected
        assert getattr(base, change.field) == getattr(mine, change.field)
        assert change.after == getattr(theirs, change.field)


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS, BLOCKS)
def test_the_same_list_a_second_time_takes_nothing_more(base, mine, theirs, protected):
    content = bring_together(base, mine, theirs, protected).content
    again = bring_together(theirs, content, theirs, protected)
    assert (again.content, again.taken, again.kept) == (content, (), ())


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS, BLOCKS)
def test_every_news_of_the_list_is_taken_or_named(base, mine, theirs, protected):
    met = bring_together(base, mine, theirs, protected)
    news = {each.field for each in changes(base, theirs) if getattr(mine, each.field) != each.after}
    assert {each.field for each in (*met.taken, *met.kept)} == news


def test_times_are_taken_or_kept_as_a_whole():
    base = OfferContent(times_typed="Mo 9-12 Uhr", times=(Schedule(rule="FREQ=WEEKLY;BYDAY=MO"),))
    mine = base.having(times_typed="Di 9-12 Uhr", times=(Schedule(rule="FREQ=WEEKLY;BYDAY=TU"),))
    theirs = base.having(times_typed="auf Anfrage", times=(), times_text="auf Anfrage")
    assert bring_together(base, mine, theirs).content == mine


@given(DOCUMENTS, DOCUMENTS)
def test_an_offer_that_was_there_keeps_all_it_says(mine, theirs):
    for change in changes(mine, adopted(mine, theirs)):
        assert not change.before and change.after == getattr(theirs, change.field)


def test_a_price_of_another_list_does_not_join_an_offer_that_is_free():
    mine, theirs = (
        OfferContent(title="A", cost="free"),
        OfferContent(title="A", cost="paid", costs=(Cost(amount="5.00"),)),
    )
    assert adopted(mine, theirs) == mine


def test_about_what_no_column_says_anything_the_list_says_nothing():
    base = OfferContent(title="A", cost="free", languages=("tr",))
    assert told_only(OfferContent(title="B"), base, {"title"}) == base.having(title="B")


def test_times_of_a_place_that_is_no_longer_there_hold_for_all_places():
    content = OfferContent(times=(Schedule(location="alt"), Schedule(location="neu")))
    assert [each.location for each in at_places(content, (Place("neu"),)).times] == ["", "neu"]


def test_provider_and_place_are_remembered_in_the_words_of_the_list():
    entry = entry_of({"title": "A", "street": "Weg 1"}, point=(51.5, 7.5))
    kept = from_list(entry.content, entry)
    assert said_then(kept) == ("Stadt Auental", Site(street="Weg 1", point=(51.5, 7.5)))
    assert OfferContent.from_json(kept) == entry.content


# recipes


def test_a_recipe_is_the_same_after_being_kept():
    recipe = Recipe(
        "id", {"title": ("name",), "text": ("a", "b")}, {"facility": {"Kita": ("daycare_centre",)}},
        Fixed("playground", ("play",), "Stadt", "Auental", "Spielplatz", True),
    )  # fmt: skip
    assert recipe_from_dict(recipe.to_json()) == recipe


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[columns]\ntitel = 'name'", "„titel“ kennt die Rezeptdatei nicht."),
        ("[fixed]\nfacility = 'kita'", "„kita“ steht nicht in unserer Liste „Art der Einrichtung“."),
        ("[fixed]\npublish = 'ja'", "In der Rezeptdatei steht bei „fixed.publish“ nicht true oder false."),
        ("[values.title]\na = 'b'", "„title“ kennt die Rezeptdatei nicht."),
        ("[values.topics]\na = 'b'", "„b“ steht nicht in unserer Liste „Thema“."),
        ("columns = 3", "In der Rezeptdatei ist „columns“ keine Tabelle."),
        ("key = 3", "In der Rezeptdatei steht bei „key“ kein Text."),
        (
            "[columns]\ntitle = [1]",
            "In der Rezeptdatei steht bei „columns.title“ kein Text und keine Liste von Texten.",
        ),
        ("= kaputt", "Die Rezeptdatei ist kein gültiges TOML"),
    ],
)
def test_a_recipe_file_that_cannot_be_used_says_why(text, sentence):
    with pytest.raises(RecipeRefused) as refused:
        load_recipe(text.encode())
    assert str(refused.value).startswith(sentence)


def test_a_recipe_is_used_as_far_as_the_columns_are_still_there():
    recipe = Recipe("nr", {"title": ("name",), "url": ("www", "link")})
    assert recipe.fitting(["name", "link"]) == Recipe("", {"title": ("name",), "url": ("link",)})


# our own table


def test_rows_of_our_own_table_come_back_as_they_were():
    cell = "Büro | 0234 1 | a@b.de | Vera \\| Co | ja\n| | c@d.de"
    assert rows_in(Contact, cell) == [
        {"function": "Büro", "phone": "0234 1", "email": "a@b.de", "person": "Vera | Co", "person_public": True},
        {"function": "", "phone": "", "email": "c@d.de"},
    ]


@pytest.mark.parametrize(("cell", "text"), [("'=1+1", "=1+1"), ("'-5", "-5"), ("''x", "'x"), ("'s Haus", "'s Haus")])
def test_the_apostrophe_before_a_formula_goes(cell, text):
    assert unguarded(cell) == text


def test_what_our_table_does_not_tell_everybody_is_not_lost_by_it():
    today = OfferContent(
        title="A", prevention=("universal",), contacts=(Contact("Büro", person="Vera"),), funding=(Funding("Land"),)
    )
    told = today.having(title="B", prevention=(), contacts=(Contact("Büro"),), funding=())
    assert with_what_is_not_public(told, today) == today.having(title="B")
