"""The pages of the balance: from the first decision to the next round, by clicks; who sees what; bad input."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kommpass.agreement.queries import goals, measures
from kommpass.audits.models import Procedure
from kommpass.balancing.models import Balance, GoalBalance, SealedBalance
from kommpass.domain.permissions import Role
from tests.agreement.builders import accept, draft, goal, measure
from tests.balancing.builders import adopted, asked, decided, goal_named, measure_named, next_round, said
from tests.conftest import member, open_only, queries_of, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/auental/balance/"


@pytest.fixture
def first(procedure, youth_office):
    adopted(procedure, youth_office)
    said(procedure)
    return procedure


@pytest.fixture
def coordinator(auental):
    return signed_in(member(Role.COORDINATOR))


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def decide(browser, goal, verdict="continue", reason="Es lohnt sich.", **more):
    return browser.post(f"{PAGE}goals/{goal.pk}/", {"verdict": verdict, "reason": reason, "edition": 0} | more)


def test_a_round_is_balanced_closed_ended_and_followed_by_the_next_by_clicks(first, coordinator):
    assert "Bilanz beginnen" in text(coordinator.get(PAGE))
    assert coordinator.post(f"{PAGE}begin/").status_code == 302
    coordinator.post(f"{PAGE}text/", {"text": "Drei gute Jahre.", "edition": 1})
    assert coordinator.post(f"{PAGE}close/").status_code == 409
    for title, verdict in (("Familienzentrum", "continue"), ("Betreuung", "dropped"), ("Wege", "done")):
        answer = decide(coordinator, goal_named(first, title), verdict)
        assert answer.headers["Location"] == f"{PAGE}#goal-{goal_named(first, title).pk}"
    page = text(coordinator.get(PAGE))
    for words in ("Drei gute Jahre.", "1 von 2", "weitgehend erreicht", "Cafés: 5 Cafés", "weiterführen",
                  "nicht weiterverfolgen", "erreicht und abgeschlossen", "3 von 3"):  # fmt: skip
        assert words in page, words
    assert coordinator.post(f"{PAGE}close/").headers["Location"] == f"{PAGE}sealed/"
    assert "Drei gute Jahre." in text(coordinator.get(f"{PAGE}sealed/"))
    assert "Durchgang abschließen" in text(coordinator.get(PAGE))
    assert coordinator.post(f"{PAGE}end/", {"reason": "Die Bilanz liegt vor."}).status_code == 302
    page = coordinator.get(PAGE)
    begin = re.search(r'href="(/auental/procedure/start/[^"]*)"', page.content.decode()).group(1).replace("&amp;", "&")
    assert begin == "/auental/procedure/start/?scheme=familiengerechte_kommune:2026.1&rung=basic"
    form = coordinator.get(begin).content.decode()
    assert re.search(r'value="basic"[^>]*checked', form)
    answer = coordinator.post(
        "/auental/procedure/start/",
        {"scheme": "familiengerechte_kommune:2026.1", "rung": "advanced", "title": "Audit Auental 2030"},
    )
    assert answer.status_code == 302
    second = Procedure.objects.get(round=2)
    open_only(second, *[each.stage for each in second.phases.all()])
    page = text(coordinator.get(PAGE))
    assert "1 Ziel übernehmen" in page and "Antworten übernehmen" in page
    page = text(coordinator.get(f"{PAGE}carry-over/"))
    for words in ("Kommt mit", "1.1.2 Elterncafés einrichten", "Bleibt zurück", "1.1.1 Familienbüro eröffnen",
                  "Das bleibt im letzten Durchgang", "1.2 Betreuung passt zur Arbeit"):  # fmt: skip
        assert words in page, words
    assert coordinator.post(f"{PAGE}carry-over/").headers["Location"] == "/auental/agreement/"
    assert "1 Ziel ist übernommen." in text(coordinator.get("/auental/agreement/"))
    assert [str(each) for each in goals(second.agreement)] == ["1.1 Jeder Stadtteil hat ein Familienzentrum"]


def test_goal_and_measure_name_the_round_they_come_from_with_the_state_then(first, coordinator):
    second = next_round(first)
    coordinator.post(f"{PAGE}carry-over/")
    taken, copy = goals(second.agreement).get(), measures(second.agreement).get()
    page = text(coordinator.get(f"/auental/agreement/goals/{taken.pk}/"))
    assert "Aus dem 1. Durchgang: 1.1 Jeder Stadtteil hat ein Familienzentrum ( Stand damals )" in page
    page = text(coordinator.get(f"/auental/agreement/measures/{copy.pk}/"))
    assert "Aus dem 1. Durchgang 1.1.2 Elterncafés einrichten ( Stand damals )" in page
    page = text(coordinator.get(f"{PAGE}measures/{copy.pk}/before/"))
    assert "in Arbeit" in page and "Es fehlen Räume." in page
    page = text(coordinator.get(f"{PAGE}goals/{taken.pk}/before/"))
    assert "weitgehend erreicht" in page and "Weil: Familienzentrum." in page


def test_what_is_new_in_a_round_says_so(first, coordinator):
    new = measure_named(first, "Schulwege prüfen")
    assert "Neu in diesem Durchgang" in text(coordinator.get(f"{PAGE}measures/{new.pk}/before/"))


def test_the_closed_balance_is_downloaded_as_the_bytes_of_its_checksum(first, coordinator):
    assert coordinator.get(f"{PAGE}sealed.json").status_code == 404
    decided(first)
    coordinator.post(f"{PAGE}close/")
    answer = coordinator.get(f"{PAGE}sealed.json")
    assert answer.content.decode() == SealedBalance.objects.get().canonical
    assert json.loads(answer.content)["format"] == "kommpass/balance/1"
    assert answer["Content-Disposition"] == 'attachment; filename="bilanz-auental-durchgang-1.json"'
    assert coordinator.get(f"{PAGE}sealed.pdf").status_code == 404


def test_a_double_click_decides_once_and_closes_once(first, coordinator):
    decided(first)
    for _click in range(2):
        assert coordinator.post(f"{PAGE}close/", {"once": "eins"}).headers["Location"] == f"{PAGE}sealed/"
    assert SealedBalance.objects.count() == 1


def test_before_the_resolution_nobody_reads_a_draft_here(procedure, youth_office):
    drawn = goal(draft(procedure), "Geheimer Entwurf")
    measure(drawn, "Noch nicht beraten", responsible=youth_office)
    for role in (Role.COUNCIL_MEMBER, Role.COORDINATOR):
        page = text(signed_in(member(role)).get(PAGE))
        assert "Noch nichts zu bilanzieren" in page and "Geheimer Entwurf" not in page


@pytest.mark.parametrize("role", [Role.COUNCIL_MEMBER, Role.CONTRIBUTOR, Role.COUNCIL_OFFICE])
def test_others_read_the_balance_and_change_nothing(first, role):
    decided(first)
    browser = signed_in(member(role))
    page = browser.get(PAGE)
    assert "Weil: Wege." in text(page) and "Entscheidung ändern" not in text(page)
    addresses = ["begin/", "text/", f"goals/{goal_named(first, 'Wege').pk}/", "close/", "end/", "carry-over/"]
    assert [browser.post(f"{PAGE}{each}").status_code for each in addresses] == [403] * 6


def test_the_auditor_decides_but_does_not_close(first):
    decided(first)
    browser = signed_in(member(Role.AUDITOR))
    assert "Entscheidung ändern" in text(browser.get(PAGE))
    assert browser.post(f"{PAGE}close/").status_code == 403


def test_mistakes_in_a_decision_come_back_and_save_nothing(first, coordinator):
    coordinator.post(f"{PAGE}begin/")
    roads = goal_named(first, "Wege")
    for wrong in (
        {"verdict": "vielleicht"}, {"reason": ""}, {"reason": "   "}, {"reason": "x" * 20_001}, {"reason": "a\0b"},
        {"edition": "viel"},
    ):  # fmt: skip
        assert decide(coordinator, roads, **wrong).status_code == 200, wrong
    assert not GoalBalance.objects.exists()
    assert coordinator.post(f"{PAGE}goals/999999/", {}).status_code == 404


def test_two_editors_of_a_decision_meet(first, coordinator):
    coordinator.post(f"{PAGE}begin/")
    roads = goal_named(first, "Wege")
    decide(coordinator, roads, "done", "Fertig.")
    answer = decide(coordinator, roads, "dropped", "Doch nicht.")
    assert answer.status_code == 409 and "Doch nicht." in answer.content.decode()


def test_without_a_balance_its_pages_do_not_exist(first, coordinator):
    roads = goal_named(first, "Wege")
    for address in ("text/", f"goals/{roads.pk}/", "sealed/"):
        assert coordinator.get(f"{PAGE}{address}").status_code == 404
    assert coordinator.post(f"{PAGE}close/").status_code == 404
    assert coordinator.get(f"{PAGE}carry-over/").status_code == 404
    assert not Balance.objects.exists()


def test_ending_needs_a_reason_and_a_closed_balance(first, coordinator):
    answer = coordinator.post(f"{PAGE}end/", {"reason": "Genug."})
    assert answer.status_code == 409 and "zuerst die Bilanz" in text(answer)
    decided(first)
    coordinator.post(f"{PAGE}close/")
    assert coordinator.post(f"{PAGE}end/", {"reason": ""}).status_code == 200
    first.refresh_from_db()
    assert first.state == "running"


def test_while_nothing_is_drafted_the_preview_says_when_goals_can_be_taken(first, coordinator):
    second = next_round(first)
    open_only(second, "commitment")
    page = text(coordinator.get(f"{PAGE}carry-over/"))
    assert "Übernehmen lässt sich das, sobald am Entwurf" in page
    assert coordinator.post(f"{PAGE}carry-over/").status_code == 403


def test_the_balance_costs_the_same_for_three_goals_and_for_thirty(procedure, youth_office, coordinator):
    drawn = adopted(procedure, youth_office)
    open_only(procedure, *[each.stage for each in procedure.phases.all()])
    asked(procedure)
    coordinator.post(f"{PAGE}begin/")

    def cost() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert coordinator.get(PAGE).status_code == 200
        return queries_of(counted)

    coordinator.get(PAGE)
    few = cost()
    for number in range(27):
        accept(measure(goal(drawn, f"Ziel {number}"), f"Maßnahme {number}", responsible=youth_office))
    assert cost() == few
    assert few <= 30
