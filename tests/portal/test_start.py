"""The front page of the installation: its towns, its demo log-ins, robots, and when a page fails."""

import re

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommpass.domain.permissions import Role
from kommpass.portal.views.failures import handler404, handler500
from tests.conftest import member, queries_of, signed_in
from tests.portal.builders import adopt, draft, freeze

pytestmark = pytest.mark.django_db


def start() -> str:
    return Client().get("/").content.decode()


def test_the_start_page_lists_the_towns_and_what_is_in_force(procedure, hasselgrund):
    assert start().count("noch keine Zielvereinbarung") == 2
    adopt(freeze(draft(procedure)))
    shown = start()
    assert shown.count("Zielvereinbarung beschlossen") == 1 and shown.count("noch keine Zielvereinbarung") == 1
    assert 'href="/auental/public/"' in shown and 'href="/hasselgrund/public/"' in shown
    assert str(procedure.rung_title) in shown


def test_an_installation_without_towns_says_so(db):
    assert "Noch keine Kommune" in start()


def test_the_start_page_costs_one_query_per_town(procedure, hasselgrund):
    client = Client()
    client.get("/")
    # Count and page; then one for each of the two towns.
    with CaptureQueriesContext(connection) as captured:
        client.get("/")
    assert queries_of(captured) == 2 + 2


def test_the_demo_shows_one_log_in_per_role_and_no_real_address(procedure, settings):
    member(Role.COORDINATOR, email="vera@auental.example")
    member(Role.COORDINATOR, email="echt@auental.de")
    member(Role.REVIEW_BOARD, email="board@verein.example")
    assert "vera@auental.example" not in start()
    settings.DEMO, settings.DEMO_PASSWORD = True, "Auental-zeigt-Kommpass"
    shown = start()
    for words in ("vera@auental.example", "board@verein.example", "Auental-zeigt-Kommpass", "Ausgegangene E-Mails"):
        assert words in shown
    assert "echt@auental.de" not in shown


def test_search_engines_find_the_public_pages_only(db, settings):
    assert Client().get("/robots.txt").content.decode().splitlines()[-2:] == ["Allow: /static/", "Disallow: /"]
    settings.DEMO = True
    assert "Allow" not in Client().get("/robots.txt").content.decode()


@pytest.mark.parametrize("where", ["/", "/imprint/", "/privacy/", "/accessibility/", "/robots.txt"])
def test_pages_of_the_installation_set_no_cookie(db, where):
    response = Client().get(where)
    assert response.status_code == 200 and not response.cookies


def test_a_missing_page_is_public_for_strangers_and_inside_for_members(auental):
    request = RequestFactory().get("/auental/public/nichts/")
    request.municipality, request.user = None, member(Role.COORDINATOR)
    inside = handler404(request, None)
    assert inside.status_code == 404 and "Seite nicht gefunden" in inside.content.decode()
    del request.user
    outside = handler404(request, None)
    assert outside.status_code == 404 and not outside.cookies
    assert f'href="{reverse("account_login")}' in outside.content.decode() or "Anmelden" in outside.content.decode()


def test_our_mistake_has_a_page_that_asks_nothing_of_the_database(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = handler500(RequestFactory().get("/"))
    assert response.status_code == 500 and "Kennung des Fehlers:" in response.content.decode()


def test_a_withdrawn_procedure_is_not_announced(procedure):
    procedure.state = "withdrawn"
    procedure.save()
    assert "zurzeit ohne Verfahren" in start()


def test_a_page_that_is_not_there_offers_no_ways_that_lead_nowhere(auental):
    browser = signed_in(member(Role.COORDINATOR))
    missing = browser.get("/auental/public/offers/8c4c1a52-6f0b-5c0e-9d6e-2f4f4b1d7a10/")
    ways = sorted(set(re.findall(r'href="(/auental/[^"#?]*)"', missing.content.decode())))
    assert (missing.status_code, bool(ways)) == (404, True)
    assert [way for way in ways if browser.get(way).status_code >= 400] == []
