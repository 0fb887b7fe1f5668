"""The public register: every town that has or had a certificate, with an honest state; nothing else, for everybody."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kommpass.association.plain_text import folded
from kommpass.association.queries.register import entries
from kommpass.certification import actions as certification
from kommpass.certification.models import Certificate
from tests.association.builders import adopted, certified
from tests.conftest import queries_of
from tests.journeys.afterwards import ASSOCIATION
from tests.journeys.story import noon, town

TODAY = timezone.localdate()
LONG_AGO = TODAY - timedelta(days=2000)
BEFORE = TODAY - timedelta(days=400)


def month(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()[:7]


def awarded(name: str, slug: str, on: date, until: str, **more) -> Certificate:
    with town(name, slug, population=20_000, begins=on, **more) as procedure:
        return certified(adopted(procedure, on), on, until).certificate


def again(certificate: Certificate, on: date, until: str, number: int = 2) -> Certificate:
    """A later award of the same town, as a second round would bring it."""
    twin = Certificate.objects.get(pk=certificate.pk)
    twin.pk, twin.number = None, f"{certificate.number[:-2]}{number:02}"
    twin.valid_from, twin.valid_from_on, twin.awarded_on = on.isoformat(), on, on
    twin.valid_until = until
    twin.valid_until_on = twin.term.last_day
    twin.save()
    return twin


def step(certificate: Certificate, kind: str, on: date) -> None:
    certification.note_step(
        certificate=certificate, kind=kind, effective_on=on, reason="Geheimer Grund", by=ASSOCIATION, at=noon(TODAY)
    )


@pytest.fixture
def several(db):
    """A town in each state that a register must tell."""
    awarded("Gültigen", "gueltigen", BEFORE, month(500))
    awarded("Bald", "bald", BEFORE, month(100), state="HE")
    awarded("Aus", "aus", LONG_AGO, month(-700))
    with town("Ausgesetzt", "ausgesetzt", population=1, begins=BEFORE) as procedure:
        step(certified(adopted(procedure, BEFORE), BEFORE, month(500)).certificate, "suspended", TODAY)
    with town("Entzogen", "entzogen", population=1, begins=BEFORE) as procedure:
        step(certified(adopted(procedure, BEFORE), BEFORE, month(500)).certificate, "withdrawn", TODAY)
    with town("Lücke", "luecke", population=1, begins=LONG_AGO, state="NI") as procedure:
        first = certified(adopted(procedure, LONG_AGO), LONG_AGO, month(-900)).certificate
        again(first, BEFORE, month(600))
    with town("Demnächst", "demnaechst", population=1, begins=BEFORE) as procedure:
        later = TODAY + timedelta(days=20)
        again(certified(adopted(procedure, BEFORE), BEFORE, month(-300)).certificate, later, month(900))
    with town("Ohne", "ohne", population=1, begins=BEFORE):
        pass


def told() -> dict[str, str]:
    return {each.town: each.state.value for each in entries(TODAY)}


def test_every_state_is_told_as_it_is(several):
    assert told() == {
        "Aus": "lapsed", "Ausgesetzt": "suspended", "Bald": "expiring", "Demnächst": "lapsed", "Entzogen": "withdrawn",
        "Gültigen": "valid", "Lücke": "valid",
    }  # fmt: skip


def test_a_lapse_stays_for_ever_and_a_running_one_is_told(several):
    by_town = {each.town: each for each in entries(TODAY)}
    (gap,) = by_town["Lücke"].gaps
    assert gap.last_day == BEFORE - timedelta(days=1) and by_town["Lücke"].lapsed is None
    assert by_town["Aus"].lapsed.first_day.day == 1
    page = Client().get("/register/?q=lücke").content.decode()
    assert f"bis {BEFORE - timedelta(days=1):%d.%m.%Y}" in page
    assert "Ein weiteres Zertifikat von Lücke" in page


def test_a_permanent_award_is_told_with_its_open_conditions(db):
    with town("Nordkirchen", "nordkirchen", population=10_000, begins=LONG_AGO) as procedure:
        told_first = certified(adopted(procedure, LONG_AGO), LONG_AGO, month(-1000)).certificate
        permanent = again(told_first, TODAY - timedelta(days=900), "")
    (entry,) = entries(TODAY)
    assert (entry.award.number, entry.state.value) == (permanent.number, "conditions_open")
    assert "ohne Ende" in Client().get("/register/").content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=luecke", ["Lücke"]),
        ("q=LÜCKE", ["Lücke"]),
        ("state=lapsed", ["Aus", "Demnächst"]),
        ("federal_state=HE", ["Bald"]),
        ("state=valid&federal_state=NI", ["Lücke"]),
        ("q=nirgends", []),
        ("state=erfunden&q=%00", ["Aus", "Ausgesetzt", "Bald", "Demnächst", "Entzogen", "Gültigen", "Lücke"]),
    ],
)
def test_it_is_searched_by_name_state_and_federal_state(several, query, found):
    page = Client().get(f"/register/?{query}").content.decode()
    names = ("Aus", "Ausgesetzt", "Bald", "Demnächst", "Entzogen", "Gültigen", "Lücke", "Ohne")
    assert [name for name in names if f">{name}</a>" in page] == found
    data = json.loads(Client().get(f"/register/register.json?{query}").content)
    assert [each["town"] for each in data["entries"]] == found
    rows = Client().get(f"/register/register.csv?{query}").content.decode("utf-8-sig").splitlines()[1:]
    assert [row.split(";")[0] for row in rows] == found


def test_it_leads_to_the_verification_of_each_number_and_to_the_town(several):
    browser = Client()
    links = {each.award.verify_url: each.url for each in entries(TODAY)}
    assert {browser.get(each).status_code for pair in links.items() for each in pair} == {200}


def test_no_reason_and_no_name_of_a_person_is_public(several):
    for path in ("", "register.json", "register.csv"):
        page = Client().get(f"/register/{path}").content.decode()
        assert [each for each in ("Geheimer Grund", "Geschäftsstelle", "Koordination") if each in page] == []


@pytest.mark.parametrize("path", ["", "register.json", "register.csv"])
def test_everybody_gets_the_same_without_a_cookie_and_may_keep_it(several, path):
    browser = Client()
    answer = browser.get(f"/register/{path}")
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert answer["Cache-Control"] == "public, max-age=300"
    again_ = browser.get(f"/register/{path}", headers={"if-none-match": answer["ETag"]})
    assert (again_.status_code, again_.content) == (304, b"")


def test_a_change_changes_the_mark_of_the_page(db):
    certificate = awarded("Ahaus", "ahaus", BEFORE, month(500))
    before = Client().get("/register/")["ETag"]
    with town("Zwei", "zwei", population=1, begins=BEFORE) as procedure:
        certified(adopted(procedure, BEFORE), BEFORE, month(500))
    assert Client().get("/register/")["ETag"] != before
    assert certificate.number in Client().get("/register/").content.decode()


def test_an_empty_register_says_so(db):
    assert "Noch kein Zertifikat" in Client().get("/register/").content.decode()
    assert json.loads(Client().get("/register/register.json").content)["entries"] == []


def test_a_hostile_name_stays_text(db):
    awarded("=Stadt<b>fett</b>", "stadt", BEFORE, month(500))
    assert "<b>fett" not in Client().get("/register/").content.decode()
    assert "'=Stadt" in Client().get("/register/register.csv").content.decode("utf-8-sig")


def test_it_asks_equally_often_for_one_town_and_for_many(db):
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert Client().get("/register/").status_code == 200
        return queries_of(captured)

    awarded("Ort", "ort", BEFORE, month(500))
    few = asked()
    for number in range(4):
        awarded(f"Ort {number}", f"ort-{number}", BEFORE, month(500))
    assert asked() == few


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Büro", "BUERO"),
        ("Café", "cafe"),
        ("Straße", "STRASSE"),
        ("a\u0308hnlich", "aehnlich"),
        ("  viel   Platz ", "viel platz"),
    ],
)
def test_a_search_forgives_capitals_umlauts_and_accents(one, other):
    assert folded(one) == folded(other)
