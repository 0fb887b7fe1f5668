"""Offers that are written down twice: found with their evidence; what only looks alike is left in peace."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.domain.mess import messed

from kommpass.domain.likeness import LIKELY, EvidenceKind, Finder, Record, compare, like, pairs, survey
from kommpass.domain.likeness.finding import side_by_side
from kommpass.domain.likeness.normal import normal
from kommpass.domain.likeness.records import EVIDENCE_LABELS
from kommpass.domain.likeness.sharing import Shared

Kind = EvidenceKind
TREFF = Record(
    key="a",
    title="Offener Elterntreff Lummerland",
    provider="Sozialdienst Muster e. V.",
    street="Müllerstraße 12a",
    postal_code="44866",
    latitude=51.48,
    longitude=7.14,
    phones=("02327 123456",),
    mails=("treff@muster.de",),
    min_months=0,
    max_months=36,
    times=("TU 10:00",),
    kind="Treff",
)
SPARSE = Record(key="a", title="Krabbelgruppe", street="Hauptstr. 5", postal_code="44866")


def other(record: Record, **changes: object) -> Record:
    return replace(record, **{"key": "b", **changes})


def found(records: list[Record]) -> list[tuple[str, str]]:
    return [(pair.first, pair.second) for pair in pairs(records)]


def sentences(first: Record, second: Record) -> dict[Kind, str]:
    return {each.kind: each.sentence for each in compare(first, second).evidence}


def about(kind: Kind, first: Record, second: Record):
    return next((each for each in compare(first, second).evidence if each.kind is kind), None)


# What is one offer


def test_the_same_offer_in_other_words_is_found_with_what_speaks_for_it():
    second = other(
        TREFF,
        title="Angebot: Eltern-Treff Lummerland, offener – jeden Di",
        provider="SOZIALDIENST MUSTER",
        street="Muellerstr. 12 A",
        latitude=51.4803,
        phones=("+49 (0)2327 / 12 34 56",),
        mails=(),
        times=(),
    )
    (pair,) = pairs([TREFF, second])
    assert (pair.first, pair.second) == ("a", "b")
    assert pair.score > 0.99
    assert pair.doubts == ()
    assert sentences(TREFF, second) == {
        Kind.SITE: "gleiche Adresse: Müllerstraße 12a",
        Kind.PHONE: "gleiche Telefonnummer 02327123456",
        Kind.TITLE: "Titel zu 100 % gleich",
        Kind.PROVIDER: "gleicher Träger: Sozialdienst Muster e. V.",
        Kind.TIMES: "gleicher Wochentag: Di",
        Kind.AGES: "gleiches Alter: 0–36 Monate",
        Kind.KIND: "gleiche Art: Treff",
    }


def test_title_and_address_alone_are_enough():
    assert found([SPARSE, other(SPARSE, title="Krabbel-Gruppe", street="Hauptstraße 5")]) == [("a", "b")]


def test_title_and_telephone_alone_are_enough_as_long_as_few_share_the_number():
    by_phone = Record(key="a", title="Babymassage", phones=("0234 123456",))
    assert found([by_phone, other(by_phone)]) == [("a", "b")]
    others = [Record(key=f"c{n}", title=f"Kurs {'xyz'[n % 3] * n}", phones=("0234 123456",)) for n in range(3, 20)]
    assert ("a", "b") not in found([by_phone, other(by_phone), *others])


def test_a_misspelt_street_is_still_the_same_house():
    assert found([SPARSE, other(SPARSE, street="Haupstr. 5")]) == [("a", "b")]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("FamZ Mitte", "Familienzentrum Mitte"),
        ("Kita Sonnenschein", "Kindertagesstätte Sonnenschein"),
        ("Waldkindergarten Spatzennest", "Wald-Kita Spatzennest"),
        ("Ev. Kita St. Petri", "Evangelische Kindertageseinrichtung Sankt Petri"),
        ("Krabbelgruppe – jeden Di", "Angebot: Krabbelgruppe"),
        ("Krabbelgruppe dienstags ab 10 Uhr", "Krabbelgruppe"),
        ("Müttercafé Grün", "Muettercafe Gruen"),
        ("Mütterfrühstück", "Mutterfruhstuck"),
        ("Straßenfußball", "Strassenfussball"),
        ("Elternschule gGmbH", "Elternschule e. V."),
        ("Sprachkurs für Eltern", "Eltern-Sprachkurs"),
    ],
)
def test_two_ways_of_writing_one_title(one, two):
    assert about(Kind.TITLE, other(SPARSE, title=one), replace(SPARSE, title=two)).value == 1


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("0234 123456", "+49 234 123456"),
        ("0234/12 34-56", "0049 (0)234 123456"),
        ("+49 (0)234 123456", "49234123456"),
        ("0234 123456", "123456"),
        ("0234 99999 oder 0234 123456", "0234-123456"),
        ("+4930+4930344090770", "030 344090770"),
    ],
)
def test_two_ways_of_writing_one_number(one, two):
    assert about(Kind.PHONE, other(SPARSE, phones=(one,)), replace(SPARSE, phones=(two,))).value == 1


@pytest.mark.parametrize(
    ("one", "two", "value"),
    [
        ("Hauptstraße 5", "Haupt-Str. 5", 1),
        ("Goetheplatz 4 a", "Goethepl. 4A", 1),
        ("Am Berl 8-10", "Am Berl 8", 1),
        ("Straße des 17. Juni 135", "Strasse des 17. Juni 135", 1),
        ("Gensinger Str. 56a", "Gensinger Str. 56", 0.7),
        ("Hauptstr. 5", "Hauptstr. 7", -0.5),
        ("Hauptstr. 5", "Bahnhofstr. 5", -1),
        ("Hauptstr. 5 a", "Hauptstr. 5 b", -0.1),
        ("Am Park", "Am Park", 0.7),
        ("Am Park", "Am Park 7", 0.4),
    ],
)
def test_two_addresses_without_a_pin(one, two, value):
    assert about(Kind.SITE, other(SPARSE, street=one), replace(SPARSE, street=two)).value == value


def test_one_address_in_two_postal_codes_is_two_places():
    assert about(Kind.SITE, SPARSE, other(SPARSE, postal_code="44801")).value == -1


def test_the_same_address_and_pin_with_a_slip_in_the_postal_code_is_nearly_the_same_place():
    second = other(TREFF, postal_code="44867")
    assert about(Kind.SITE, TREFF, second).value == 0.7
    assert about(Kind.SITE, TREFF, replace(second, latitude=51.5)).value == -1


def test_a_street_without_number_and_a_misspelt_one_are_named_as_such():
    assert (
        sentences(replace(SPARSE, street="Am Park"), other(SPARSE, street="Am Park 7"))[Kind.SITE]
        == "gleiche Straße: Am Park"
    )
    assert (
        sentences(SPARSE, other(SPARSE, street="Haupstr. 5"))[Kind.SITE]
        == "fast gleiche Adresse: Hauptstr. 5 und Haupstr. 5"
    )


def test_the_name_of_the_house_in_all_its_titles_does_not_make_them_alike():
    titles = ("Kinderchor", "Nähwerkstatt", "Yoga", "Stillcafé", "Musikgarten", "Jugendtreff")
    house = [replace(TREFF, key=each, title=f"{each} im Haus der Begegnung Lummerland", times=()) for each in titles]
    assert found(house) == []
    twin = replace(house[0], key="twin", title="Kinder-Chor, Haus der Begegnung Lummerland")
    assert found([*house, twin]) == [("Kinderchor", "twin")]


# What only looks alike


def test_forty_toddler_groups_of_the_town_are_forty_offers():
    places = [
        Record(key=f"{n:02}", title="Krabbelgruppe", street=f"Straße am Platz {n + 1}", postal_code="44866")
        for n in range(40)
    ]
    assert found(places) == []
    assert found([replace(each, street="", postal_code="") for each in places]) == []
    assert found([replace(each, street="", postal_code="", provider="Stadt Musterstadt") for each in places]) == []


def test_a_title_alone_is_never_enough_however_rare():
    alone = Record(key="a", title="Trommeln für Drillinge", provider="Pauke e. V.", min_months=12, times=("MO 9:00",))
    pair = compare(alone, other(alone))
    assert pair.score < LIKELY
    assert [each.sentence for each in pair.doubts] == ["Ort, Telefon und E-Mail stimmen nirgends überein oder fehlen"]


def test_a_weekly_course_in_two_districts_is_two_offers():
    there = other(TREFF, street="Bahnhofstr. 3", postal_code="44801", latitude=51.45, longitude=7.26)
    assert found([TREFF, there]) == []
    assert about(Kind.SITE, TREFF, there).sentence == "9 km entfernt"


def test_a_chain_with_one_office_is_not_one_kita():
    kitas = [
        Record(
            key=f"{n:02}",
            title="Kleiner Stern",
            provider="Kleiner Stern gGmbH",
            street=f"{name}weg {n + 3}",
            postal_code="44866",
            phones=("0234 987654",),
            mails=("verwaltung@kleiner-stern.de",),
            kind="Kita",
        )
        for n, name in enumerate(("Ahorn", "Birken", "Buchen", "Eichen", "Eschen", "Linden", "Pappel", "Ulmen"))
    ]
    assert found(kitas) == []
    assert found([replace(each, street="", postal_code="") for each in kitas]) == []


def test_two_schools_in_one_house_with_one_telephone_are_two():
    primary = Record(
        key="a",
        title="Goethe-Grundschule",
        street="Schulplatz 1",
        postal_code="44866",
        phones=("02327 5550",),
        mails=("sekretariat@schulplatz.de",),
        kind="Grundschule",
    )
    assert found([primary, other(primary, title="Goethe-Gymnasium", kind="Gymnasium")]) == []
    assert found([primary, other(primary, title="Anne-Frank-Realschule", kind="Realschule")]) == []


def test_a_service_in_a_school_is_not_the_school():
    school = Record(key="a", title="Schule am Park", street="Parkweg 1", postal_code="44866", kind="Grundschule")
    assert found([school, other(school, title="Schulsozialarbeit Schule am Park", kind="Schulsozialarbeit")]) == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Kita Spreekinder", "Kita Spreekinder 2"),
        ("Kita Spreekinder I", "Kita Spreekinder II"),
        ("Rückbildung Gruppe A", "Rückbildung Gruppe B"),
        ("Kinderladen Hof links", "Kinderladen Hof rechts"),
        ("1. Seminar", "3. Seminar"),
        ("Schwimmen für Mädchen", "Schwimmen für Jungen"),
    ],
)
def test_a_number_or_a_word_in_the_title_tells_two_offers_of_one_house_apart(one, two):
    house = replace(TREFF, phones=(), mails=(), min_months=None, max_months=None, times=())
    assert found([replace(house, title=one), other(house, title=two)]) == []
    assert about(Kind.MARKS, replace(house, title=one), other(house, title=two)).speaks_against


def test_the_house_number_in_a_title_is_no_number_of_the_offer():
    kita = Record(key="a", title="Kita Am Volkspark", street="Am Volkspark 41", postal_code="44866")
    assert found([kita, other(kita, title="Kita Am Volkspark 41")]) == [("a", "b")]


def test_two_playgrounds_on_one_lawn_are_two():
    pitch = Record(key="a", title="Bolzplatz Heckertstraße", latitude=51.49, longitude=7.23, kind="Bolzplätze")
    swings = other(pitch, title="Kinderspielplatz Heckertstraße", latitude=51.4901, kind="Spielplätze")
    assert found([pitch, swings]) == []


def test_neighbours_with_two_house_numbers_are_two_places_however_near():
    assert about(Kind.SITE, TREFF, other(TREFF, street="Müllerstraße 14")).speaks_against


# Evidence


def test_what_is_missing_on_one_side_is_no_evidence():
    assert set(sentences(TREFF, other(SPARSE, street=TREFF.street))) == {Kind.TITLE, Kind.SITE}
    assert set(sentences(TREFF, Record(key="b", title=TREFF.title))) == {Kind.TITLE, Kind.NO_LINK}


@pytest.mark.parametrize("field", ["provider", "kind"])
def test_what_is_missing_never_counts_as_different(field):
    """Between the same and something else."""
    same, missing, different = (
        compare(TREFF, other(TREFF, mails=(), phones=(), **{field: text})).score
        for text in (getattr(TREFF, field), "", "Hausaufgabenhilfe")
    )
    assert same > missing > different


def test_another_weekday_speaks_against_but_leaves_the_choice_to_people():
    thursday = other(TREFF, times=("TH 10:00",))
    (pair,) = pairs([TREFF, thursday])
    assert [each.sentence for each in pair.doubts] == ["anderer Wochentag: Di und Do"]
    assert (
        about(Kind.TIMES, TREFF, other(TREFF, times=("TU 15:00",))).sentence == "andere Uhrzeit: Di 10:00 und Di 15:00"
    )
    assert about(Kind.TIMES, TREFF, other(TREFF, times=("tu 10:00", "FR 9:00"))).sentence == "gleiche Zeit: Di 10:00"


def test_another_age_speaks_against_and_the_more_the_less_they_share():
    older, wider = other(TREFF, min_months=36, max_months=72), other(TREFF, max_months=None)
    assert about(Kind.AGES, TREFF, older).sentence == "anderes Alter: 0–36 und 36–72 Monate"
    assert about(Kind.AGES, TREFF, older).value == -1
    assert about(Kind.AGES, TREFF, wider).sentence == "Alter überschneidet sich: 0–36 und 0+ Monate"
    assert about(Kind.AGES, TREFF, other(TREFF, max_months=30)).speaks_for


def test_distance_is_told_in_metres():
    here = Record(key="a", title="Bolzplatz", latitude=51.48, longitude=7.14)
    assert about(Kind.SITE, here, other(here, latitude=51.48036)).sentence == "40 m entfernt"
    assert about(Kind.SITE, here, other(here, latitude=51.48036)).value == 1
    assert about(Kind.SITE, here, other(here, latitude=51.483)).speaks_against


def test_a_number_that_many_share_counts_little_and_says_so():
    office = [
        Record(key=f"{n}", title=f"{name} im Haus", street=f"{name}weg 1", phones=("0234 1111111",))
        for n, name in enumerate(("Yoga", "Nähen", "Töpfern", "Singen", "Tanzen"))
    ]
    twins = [*office, replace(office[0], key="twin")]
    (pair,) = pairs(twins)
    phone = next(each for each in pair.evidence if each.kind is Kind.PHONE)
    assert phone.sentence == "gleiche Telefonnummer 02341111111, die aber 6 Einträge nennen"
    assert phone.weight < compare(twins[0], twins[-1]).evidence[1].weight


def test_a_mailbox_at_a_public_provider_links_nobody():
    one, two = replace(SPARSE, mails=("anna@gmx.de",)), other(SPARSE, mails=("berta@gmx.de",))
    assert about(Kind.MAIL, one, two).sentence == "andere E-Mail-Adresse"
    own = about(Kind.MAIL, replace(one, mails=("info@muster.de",)), other(two, mails=("anna@muster.de",)))
    assert own.sentence == "E-Mail-Adressen beide bei muster.de"


def test_another_rubric_under_one_title_is_a_small_doubt_only():
    school = replace(TREFF, title="Rudolf-Steiner-Schule", kind="Waldorfschulen")
    (pair,) = pairs([school, other(school, kind="Private Ersatzschulen")])
    assert [each.sentence for each in pair.doubts] == ["andere Art: Waldorfschulen und Private Ersatzschulen"]


def test_the_strongest_evidence_comes_first_and_every_kind_has_a_german_word():
    points = [abs(each.points) for each in compare(TREFF, other(TREFF)).evidence]
    assert points == sorted(points, reverse=True)
    assert set(EVIDENCE_LABELS) == set(Kind)


# One at entry, and the whole directory


def test_one_record_at_entry_is_compared_with_the_others_only():
    directory = [TREFF, replace(SPARSE, key="s"), other(SPARSE, key="t")]
    typed = replace(TREFF, key="new", mails=())
    assert [(pair.first, pair.second) for pair in like(typed, directory)] == [("a", "new")]
    assert like(TREFF, directory) == []
    finder = Finder(directory)
    assert [finder.like(each) for each in (typed, TREFF)] == [like(typed, directory), []]


def test_two_records_with_one_key_are_refused():
    with pytest.raises(ValueError, match="expected different keys, got 2 records with 1 keys"):
        pairs([TREFF, TREFF])


def test_a_house_with_three_hundred_offers_does_not_hide_its_one_duplicate():
    house = [other(SPARSE, key=f"{n:03}", title=word(n)) for n in range(300)]
    result = survey([*house, other(SPARSE, key="twin", title=f"Angebot: {house[7].title}")])
    assert [(pair.first, pair.second) for pair in result.pairs] == [("007", "twin")]
    assert result.thinned == ()
    assert result.compared < 300 * 299 / 2 / 4


def test_where_not_every_pair_was_looked_at_the_survey_says_so():
    """A geocoder that gave up: a hundred offers with one title in the middle of the town."""
    middle = [
        Record(key=f"{n:03}", title="Krabbelgruppe", provider=word(n), latitude=51.48, longitude=7.2)
        for n in range(100)
    ]
    result = survey([*middle, replace(middle[50], key="twin")])
    assert {each.records for each in result.thinned} == {101}
    assert ("050", "twin") in [(pair.first, pair.second) for pair in result.pairs]
    assert result.compared < 101 * 100 / 2


def word(number: int) -> str:
    """A made-up word, a different one for each number."""
    syllables = ("bart", "kelm", "lind", "mohn", "nuss", "park", "rest", "sims", "tolk", "wurz")
    return "".join(syllables[int(digit)] for digit in f"{number:03}"[::-1]).title() + syllables[number % 7]


# What always holds

unhurried = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])

texts = st.sampled_from(
    ["Krabbelgruppe", "Krabbelgruppe 2", "Angebot: Krabbel-Gruppe", "Elterntreff", "Yoga am Park", ""]
)
records = st.builds(
    Record,
    key=st.just("?"),
    title=texts,
    provider=st.sampled_from(["", "Muster e. V.", "Muster gGmbH", "Pauke"]),
    street=st.sampled_from(["", "Hauptstr. 5", "Hauptstraße 5a", "Haupstr. 5", "Hauptstr.", "Am Park 1", "Haptstr. 5"]),
    postal_code=st.sampled_from(["", "44866", "44801"]),
    latitude=st.sampled_from([None, 51.48, 51.4804, 51.4815, 51.5]),
    longitude=st.sampled_from([None, 7.2, 7.2006, 7.2024]),
    phones=st.lists(st.sampled_from(["0234 123456", "123456", "+49 234 99999", "02327 5550"]), max_size=2).map(tuple),
    mails=st.sampled_from([(), ("info@muster.de",), ("anna@muster.de",), ("anna@gmx.de",)]),
    min_months=st.sampled_from([None, 0, 12]),
    max_months=st.sampled_from([None, 12, 36]),
    times=st.sampled_from([(), ("TU 10:00",), ("TH 10:00", "TU 15:00")]),
    kind=st.sampled_from(["", "Treff", "Kurs"]),
)
directories = st.lists(records, max_size=10).map(
    lambda found: [replace(each, key=f"{place:02}") for place, each in enumerate(found)]
)
wild = st.text(max_size=30)
wild_records = st.builds(
    Record,
    key=wild,
    title=wild,
    provider=wild,
    street=wild,
    postal_code=wild,
    latitude=st.none() | st.floats(),
    longitude=st.none() | st.floats(),
    phones=st.lists(wild, max_size=2).map(tuple),
    mails=st.lists(wild, max_size=2).map(tuple),
    min_months=st.none() | st.integers(),
    max_months=st.none() | st.integers(),
    times=st.lists(wild, max_size=2).map(tuple),
    kind=wild,
)


@unhurried
@given(records, records)
def test_it_does_not_matter_which_of_two_comes_first(one, two):
    assert compare(one, two) == compare(two, one)
    assert compare(replace(one, key="a"), other(two)) == compare(other(two), replace(one, key="a"))


@unhurried
@given(wild_records, wild_records)
def test_whatever_people_write_there_is_a_score_and_a_sentence_for_each_piece(one, two):
    pair = compare(one, two)
    assert 0 <= pair.score <= 1
    assert all(each.sentence and -1 <= each.value <= 1 and each.weight >= 0 for each in pair.evidence)
    assert compare(two, one) == pair
    assert all(0 <= each.score <= 1 for each in like(one, [replace(two, key=f"{two.key}!")]))


@unhurried
@given(directories, st.randoms(use_true_random=False))
def test_the_order_of_a_directory_does_not_matter(directory, chance):
    shuffled = chance.sample(directory, len(directory))
    assert pairs(shuffled) == pairs(directory)


@unhurried
@given(directories)
def test_no_pair_is_lost_by_looking_at_likely_ones_only(directory):
    forms = [normal(each) for each in directory]
    shared = Shared.among(forms)
    everything = (side_by_side(*two, shared) for two in combinations(forms, 2))
    likely = [each for each in everything if each.score >= LIKELY]
    assert pairs(directory) == sorted(likely, key=lambda each: (-each.score, each.first, each.second))


@unhurried
@given(directories)
def test_asking_for_one_record_finds_what_asking_for_all_finds(directory):
    everything = pairs(directory)
    for each in directory:
        of_it = [pair for pair in everything if each.key in (pair.first, pair.second)]
        assert like(each, directory) == of_it
        assert like(each, [one for one in directory if one is not each]) == of_it


@unhurried
@given(directories, st.integers(0, 20))
def test_records_that_share_nothing_change_nothing(directory, number):
    strangers = [
        Record(
            key=f"stranger {n}",
            title=f"{word(n)} {word(n + 400)}",
            provider=word(n + 500),
            street=f"{word(n + 600)}weg {n + 100}",
            postal_code="99999",
            phones=(f"0999 77{n:05}",),
            mails=(f"{n}@{word(n)}.example",),
        )
        for n in range(number)
    ]
    assert pairs([*directory, *strangers]) == pairs(directory)


@unhurried
@given(
    st.sampled_from(["Offener Elterntreff Lummerland", "Schwangerschaftsberatung", "Städtische Kita Regenbogen II"]),
    st.integers(0, 100_000),
)
def test_a_record_is_found_in_its_own_messed_copy(title, seed):
    record = replace(TREFF, title=title)
    assert found([record, other(messed(record, str(seed)))]) == [("a", "b")]


def test_the_mess_of_a_record_is_the_same_for_the_same_seed():
    assert messed(TREFF, "1") == messed(TREFF, "1") != TREFF
    assert len({messed(TREFF, str(seed)) for seed in range(50)}) > 40
