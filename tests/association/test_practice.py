"""Good examples: what everybody may read, found by words that need not be spelled alike."""

from datetime import date

import pytest
from django.utils import timezone

from kommpass.agreement import actions as agreement
from kommpass.association import queries
from kommpass.association.queries.practice import search
from tests.association.builders import adopted, certified, officer, reported
from tests.conftest import signed_in
from tests.journeys.story import COORDINATION, noon, town

TODAY = timezone.localdate()
ON = date(TODAY.year - 2, 3, 1)
PAGE = "/association/practice/"


@pytest.fixture
def herten(db):
    with town("Herten", "herten", population=62_000, begins=ON) as procedure:
        told = adopted(procedure, ON, "Familienbüro eröffnen", "Spielplätze beschatten")
        yield certified(told, ON, f"{TODAY.year + 1}-10")


def found(**asked) -> list[str]:
    return [each.title for each in search(queries.examples(TODAY), **asked)]


def test_a_promised_measure_is_found_before_there_is_a_report(herten):
    (first, _second) = queries.examples(TODAY)
    assert (first.title, first.town, first.progress, first.responsible) == (
        "Familienbüro eröffnen", "Herten", "unreported", "Jugendamt",
    )  # fmt: skip
    assert first.url == f"/herten/public/field/1/#{herten.measures[0].uid}"


def test_a_public_report_tells_how_far_it_is(herten):
    reported(herten, TODAY.year - 1, "done", "Im Frühjahr eröffnet.")
    assert [(each.progress, each.text) for each in queries.examples(TODAY)] == [("done", "Im Frühjahr eröffnet.")] * 2


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"asked": "FAMILIENBUERO"}, ["Familienbüro eröffnen"]),
        ({"asked": "büro"}, ["Familienbüro eröffnen"]),
        ({"asked": "spielplaetze"}, ["Spielplätze beschatten"]),
        ({"asked": "jugendamt beschatten"}, ["Spielplätze beschatten"]),
        ({"asked": "herten"}, ["Familienbüro eröffnen", "Spielplätze beschatten"]),
        ({"asked": "fahrrad"}, []),
        ({"field": "steering"}, ["Familienbüro eröffnen", "Spielplätze beschatten"]),
        ({"field": "living"}, []),
        ({"size": "large"}, ["Familienbüro eröffnen", "Spielplätze beschatten"]),
        ({"size": "small"}, []),
        ({"progress": "unreported"}, ["Familienbüro eröffnen", "Spielplätze beschatten"]),
        ({"progress": "done"}, []),
    ],
)
def test_words_field_state_and_size_narrow_down(herten, asked, titles):
    assert found(**asked) == titles


def test_what_has_the_word_in_its_title_comes_first(herten):
    with town("Borken", "borken", population=9_000, begins=ON) as procedure:
        told = certified(adopted(procedure, ON, "Beratung an einem Ort"), ON, f"{TODAY.year + 1}-10")
        reported(told, TODAY.year - 1, "in_progress", "Wie das Familienbüro in Herten.")
    assert found(asked="familienbüro") == ["Familienbüro eröffnen", "Beratung an einem Ort"]


def test_a_report_that_is_only_sealed_tells_nothing(herten):
    reported(herten, TODAY.year - 1, "done", "Noch nicht öffentlich.", send=False)
    assert [(each.progress, each.text) for each in queries.examples(TODAY)] == [("unreported", "")] * 2


def test_a_measure_that_is_not_public_is_not_found(db):
    with town("Ahaus", "ahaus", population=39_000, begins=ON) as procedure:
        told = certified(adopted(procedure, ON, "Nur für uns", public=False), ON, f"{TODAY.year + 1}-10")
        reported(told, TODAY.year - 1)
    assert found() == []


def test_a_draft_is_not_found(db):
    with town("Ahaus", "ahaus", population=39_000, begins=ON) as procedure:
        told = adopted(procedure, ON, "Beschlossen")
        agreement.add_measure(
            goal=told.measures[0].goal, changes={"title": "Nur ein Entwurf"}, by=COORDINATION, at=noon(TODAY)
        )
    assert found() == ["Beschlossen"]


def test_the_page_shows_town_number_title_responsible_and_how_far(herten):
    reported(herten, TODAY.year - 1, "done", "Im Frühjahr eröffnet.")
    page = signed_in(officer()).get(f"{PAGE}?q=familienbuero").content.decode()
    for each in ("Herten", "1.1.1 Familienbüro eröffnen", "Jugendamt", "umgesetzt", "Im Frühjahr eröffnet."):
        assert each in page
    assert "Spielplätze" not in page and f'href="/herten/public/field/1/#{herten.measures[0].uid}"' in page


def test_the_finds_go_out_as_a_table(herten):
    rows = signed_in(officer()).get(f"{PAGE}table.csv?q=büro").content.decode("utf-8-sig").splitlines()
    assert rows[1].startswith("Herten;50.000 bis unter 100.000;Steuerung, Vernetzung und Nachhaltigkeit;1.1.1;Fam")
    assert "/herten/public/field/1/#" in rows[1]


@pytest.mark.parametrize("query", ["q=%00", "q=" + "x" * 500, "field=erfunden&size=\0", "page=-1", "progress=9"])
def test_nonsense_in_the_address_is_left_out(herten, query):
    assert signed_in(officer()).get(f"{PAGE}?{query}").status_code == 200


def test_without_anything_published_the_page_says_so(db):
    assert "Noch nichts veröffentlicht" in signed_in(officer()).get(PAGE).content.decode()
