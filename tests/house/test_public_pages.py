"""What everybody may read says nothing else: every public page is walked, and nothing internal stands on it."""

import html
from copy import deepcopy
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from kommpass.agreement import actions as agreement
from kommpass.municipalities.scope import within
from tests.house.addresses import INSTALLATION, NOWHERE, TOWN, addresses
from tests.house.conftest import rolled_back
from tests.house.towns import build_town, more

INTERNAL = (
    "nur für uns", "halbe Stelle", "Stimmt das?", "Es fehlt an", "Im Ganzen gut", "Bitte bald", "Protokoll 1",
    "Mehr Spielplätze", "Kürzere Wege", "Wer zahlt das?", "Die Stelle war frei", "Gern 1", "Läuft 1", "Gut so",
    "Neue Person", "kollegin@amt.example", "Leitung 1", "Leitung Jugendamt", "Freie Stelle", "Anmerkung 1", "Quelle 1",
    "Aude Prüfer", "plan.csv", "vorlage.docx", "Alle Rollen", "Bericht 1", "@auental.example",
)  # fmt: skip
SECRET, DRAFT, ELSEWHERE = "Nicht für die Öffentlichkeit", "Noch im Entwurf", "MARKE-HASSELGRUND"
PUBLIC = [each for each in addresses() if each.public and each.methods == {"GET"}]


@pytest.fixture(scope="module")
def pages(built_once, django_db_blocker):
    """What a stranger reads of Auental, by address: after a resolution, with something new in the draft."""
    with rolled_back(django_db_blocker):
        return read_by_a_stranger(deepcopy(built_once))


def read_by_a_stranger(ours) -> dict[str, str]:
    build_town("hasselgrund", mark=ELSEWHERE)
    with within(ours.municipality):
        spare = ours.values["spare"]
        agreement.edit_measure(measure=spare, changes={"title": SECRET, "public": False}, **ours.deed)
    more(ours)
    with within(ours.municipality):
        plain = {"title": DRAFT, "responsible": ours.values["organisation"]}
        agreement.add_measure(goal=ours.values["goal"], changes=plain, **ours.deed)
        inside = {str(each): each.filled(ours.values) for each in PUBLIC if each.urlconf == TOWN}
    outside = {f"outside {each}": each.filled(NOWHERE) for each in PUBLIC if each.urlconf == INSTALLATION}
    browser = Client()
    answers = {name: browser.get(path) for name, path in (inside | outside).items()}
    return {name: words_in(each) for name, each in answers.items() if each.status_code == 200}


def words_in(answer) -> str:
    """What one can read in an answer: a page, data, or the members of a ZIP or an Excel file."""
    content = answer.getvalue()
    if not content.startswith(b"PK"):
        return html.unescape(content.decode())
    with ZipFile(BytesIO(content)) as packed:
        return "\n".join(html.unescape(packed.read(each).decode(errors="replace")) for each in packed.namelist())


def test_the_promise_is_public(pages):
    assert len(pages) > 8
    home = pages["portal:home"] + pages["portal:field"] + pages["portal:data"]
    promised = ("Familienbüro einrichten", "Ziel 1", "Leitziel 1", "Zielsetzung")
    assert [each for each in promised if each not in home] == []


def test_nothing_internal_is_public(pages):
    found = {name: [each for each in INTERNAL if each in page] for name, page in pages.items()}
    assert {name: each for name, each in found.items() if each} == {}


def test_a_measure_that_is_not_public_and_a_draft_are_not_public(pages):
    assert [name for name, page in pages.items() if SECRET in page or DRAFT in page] == []


def test_no_page_of_one_town_says_anything_of_another(pages):
    """Pages outside of all towns, like the check of a certificate, belong to none and may name any."""
    inside = {name: page for name, page in pages.items() if not name.startswith("outside ")}
    assert len(inside) > 8
    assert [name for name, page in inside.items() if ELSEWHERE in page] == []


def test_public_pages_set_no_cookie_and_ask_nobody_who_they_are(town):
    browser = Client()
    for address in PUBLIC:
        if address.urlconf == TOWN and not address.arguments:
            with within(town.municipality):
                path = address.filled(town.values)
            answer = browser.get(path)
            assert (str(address), answer.status_code, dict(answer.cookies)) == (str(address), 200, {})
