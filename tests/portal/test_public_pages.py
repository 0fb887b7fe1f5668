"""What families see of a town: the promise in force, and nothing that was not meant for them."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kommpass.agreement import actions
from kommpass.agreement.models import Version
from kommpass.agreement.public_view import public_view
from kommpass.bodies.models import Decision
from kommpass.domain.canonical import digest
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.portal import queries
from tests.conftest import NOON, actor, open_only, queries_of
from tests.portal.builders import DAY, SECRET, add_measure, adopt, draft, freeze

pytestmark = pytest.mark.django_db


TODAY = timezone.localdate()


@pytest.fixture
def adopted(procedure):
    procedure.auditor_name = f"{SECRET} Auditorin"
    procedure.save()
    version = freeze(draft(procedure))
    adopt(version)
    return version


def page(where: str = "", *, client: Client | None = None, **headers):
    return (client or Client()).get(f"/auental/public/{where}", headers=headers)


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


PAGES = ["", "field/1/", "decisions/", "history/", "agreement.json", "easy/", "imprint/", "privacy/", "accessibility/"]


@pytest.mark.parametrize("where", PAGES)
def test_nothing_internal_is_on_a_public_page(adopted, where):
    response = page(where)
    assert response.status_code == 200
    assert SECRET not in response.content.decode()


@pytest.mark.parametrize("where", PAGES)
def test_a_public_page_may_be_kept_and_sets_no_cookie(adopted, where):
    response = page(where)
    assert response["Cache-Control"] == "public, max-age=300"
    assert not response.cookies
    again = page(where, **{"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("where", PAGES)
def test_a_public_page_asks_few_questions(adopted, where):
    client = Client()
    with CaptureQueriesContext(connection) as counted:
        page(where, client=client)
    assert queries_of(counted) <= 8


def test_the_promise_names_numbers_decision_and_fields(adopted):
    promise = queries.promise(TODAY)
    assert (promise.number, promise.goals, promise.measures) == (1, 1, 2)
    assert promise.resolution == {
        "body": "Rat",
        "date": DAY.isoformat(),
        "paper": "2026/101",
        "conditions": ["Haushalt"],
    }
    shown = text(page())
    assert "Auental soll wachsen." in shown and "2026/101" in shown and adopted.digest in shown


def test_a_measure_says_who_when_and_how_it_is_measured(adopted):
    shown = text(page("field/1/"))
    for words in ("Familienbüro eröffnen", "Drei Tage in der Woche.", "bis Dezember 2027", "Texte sammeln",
                  "(bis März 2027)", "Gedruckte Hefte", "Quelle: Amt"):  # fmt: skip
        assert words in shown


def test_the_public_measure_has_exactly_these_parts(adopted):
    measure = public_view(adopted.content)["fields"][0]["strategic_goals"][0]["goals"][0]["measures"][0]
    assert set(measure) == {
        "id", "number", "title", "description", "responsible", "start", "due", "subject_to_budget", "partners",
        "target_groups", "districts", "themes", "steps", "indicators", "dropped",
    }  # fmt: skip


def test_a_draft_and_a_frozen_version_that_nobody_adopted_are_not_shown(procedure):
    freeze(draft(procedure))
    assert "Noch ist nichts beschlossen" in text(page())
    assert page("field/1/").status_code == page("agreement.json").status_code == 404
    assert "Noch keine beschlossene Fassung" in text(page("history/"))


def test_a_newer_version_is_not_shown_before_it_holds(adopted):
    agreement = adopted.agreement
    measure = agreement.measures.first()
    actions.edit_measure(measure=measure, changes={"title": "Ganz neu"}, by=actor(), at=NOON)
    freeze(agreement, "Neuer Entwurf")
    assert "Ganz neu" not in text(page("field/1/"))
    assert "Neuer Entwurf" not in text(page("history/"))


def test_what_was_adopted_later_replaces_the_promise_and_both_are_in_the_history(adopted):
    agreement = adopted.agreement
    actions.edit_measure(measure=agreement.measures.first(), changes={"title": "Ganz neu"}, by=actor(), at=NOON)
    second = freeze(agreement, "Weil es sein muss")
    adopt(second, on=DAY + timedelta(days=10), reference="2026/150")
    assert "Ganz neu" in text(page("field/1/"))
    rows = queries.history(TODAY)
    assert [(each.number, each.holds, each.valid_from, each.digest) for each in rows] == [
        (2, True, DAY + timedelta(days=10), second.digest),
        (1, False, DAY, adopted.digest),
    ]
    assert "Weil es sein muss" in text(page("history/"))


def test_the_old_promise_holds_while_the_next_round_is_prepared(adopted, procedure):
    procedure.pk, procedure.round, procedure._state.adding = None, 2, True
    procedure.save()
    assert queries.promise(TODAY).digest == adopted.digest


def test_a_dropped_measure_is_shown_as_dropped(procedure):
    agreement = draft(procedure)
    agreement.measures.filter(title="Wegweiser drucken").update(dropped=True)
    adopt(freeze(agreement))
    shown = text(page("field/1/"))
    assert "<del>Wegweiser drucken</del>" in shown and "gestrichen" in shown and "Texte sammeln" not in shown
    assert queries.promise(TODAY).measures == 1


def test_a_decision_taken_behind_closed_doors_keeps_its_paper_and_conditions(procedure):
    adopt(freeze(draft(procedure)), public=False, conditions=(f"{SECRET} Bedingung",))
    assert queries.promise(TODAY).resolution == {"body": "Rat", "date": DAY.isoformat(), "paper": "", "conditions": []}
    assert Decision.objects.count() == 1 and queries.decisions() == []
    assert SECRET not in text(page()) + text(page("history/")) + text(page("decisions/"))


def test_a_change_approved_by_the_coordination_names_no_person(adopted, procedure):
    open_only(procedure, Stage.IMPLEMENTATION)
    secretive = actor(name=f"{SECRET} Vera")
    amendment = actions.propose_amendment(
        procedure=procedure, kind="editorial", measure=adopted.agreement.measures.first(), changes={"title": "Schöner"},
        reason="Tippfehler", by=secretive, at=timezone.now(),
    )  # fmt: skip
    actions.approve_amendment(amendment=amendment, note=f"{SECRET} Notiz", by=secretive, at=timezone.now())
    assert [each.resolution["body"] for each in queries.history(TODAY)] == ["Koordination des Audits", "Rat"]
    shown = text(page()) + text(page("field/1/")) + text(page("history/")) + text(page("agreement.json"))
    assert "Schöner" in shown and "Tippfehler" in shown and SECRET not in shown


def test_after_a_small_change_the_promise_is_still_the_councils_with_its_conditions(procedure):
    version = freeze(draft(procedure))
    adopt(version, conditions=("unter Haushaltsvorbehalt",))
    open_only(procedure, Stage.IMPLEMENTATION)
    amendment = actions.propose_amendment(
        procedure=procedure, kind="editorial", measure=version.agreement.measures.first(),
        changes={"title": "Schöner"}, reason="Tippfehler", by=actor(), at=timezone.now(),
    )  # fmt: skip
    actions.approve_amendment(amendment=amendment, by=actor(), at=timezone.now())
    told = queries.promise(timezone.localdate())
    assert (told.resolution["body"], told.resolution["conditions"]) == ("Rat", ["unter Haushaltsvorbehalt"])
    assert told.amended["body"] == "Koordination des Audits"
    shown = text(page())
    assert "Haushaltsvorbehalt" in shown and "(Rat)" in shown and "Zuletzt geändert" in shown


def test_the_download_carries_its_own_checksum_and_that_of_the_version(adopted):
    response = page("agreement.json")
    data = json.loads(response.content)
    assert data["version_checksum"] == Version.objects.get().digest
    assert data.pop("checksum") == digest({name: each for name, each in data.items() if name != "version_checksum"})
    assert response["Content-Disposition"] == 'attachment; filename="zielvereinbarung-auental-fassung-1.json"'


def test_a_field_with_a_thousand_measures_stays_light(procedure):
    agreement = draft(procedure)
    goal = agreement.goals.get()
    for number in range(3):
        add_measure(goal, f"Maßnahme {number}", description="Wort " * 200)
    rows = [each for each in agreement.measures.filter(title__startswith="Maßnahme")]
    for number in range(1000):
        row = rows[number % 3]
        row.pk, row.uid, row.position, row.title = (
            None,
            f"00000000-0000-4000-8000-{number:012}",
            100 + number,
            f"Nummer {number}",
        )
        row._state.adding = True
        row.save()
    adopt(freeze(agreement))
    with CaptureQueriesContext(connection) as counted:
        first = page("field/1/")
    assert queries_of(counted) <= 8
    last = page("field/1/?page=9999")
    assert max(len(first.content), len(last.content)) <= 150_000
    assert "Nummer 999" in text(last) and "(Fortsetzung)" in text(last)


def test_very_long_texts_are_spread_over_pages(procedure):
    agreement = draft(procedure)
    for number in range(20):
        add_measure(agreement.goals.get(), f"Lang {number}", description="ü" * 20_000)
    adopt(freeze(agreement))
    assert len(page("field/1/").content) <= 150_000


def test_hostile_text_stays_text(procedure):
    agreement = draft(procedure)
    field = procedure.fields.first()
    field.title = 'A "quoted" <b>field</b>'
    field.save()
    add_measure(agreement.goals.get(), "<script>alert(1)</script>", description='"><img src=x>')
    adopt(freeze(agreement))
    shown = text(page()) + text(page("field/1/"))
    assert "<script>alert" not in shown and "<img src=x" not in shown and "<b>field" not in shown


def test_another_field_or_town_does_not_exist(adopted, hasselgrund):
    assert page("field/99/").status_code == 404
    assert Client().get("/hasselgrund/public/").status_code == 200
    assert Client().get("/hasselgrund/public/field/1/").status_code == 404


def test_a_signed_in_person_sees_the_same_page_as_everybody(adopted, client_as):
    signed_in = page(client=client_as(Role.COORDINATOR))
    assert signed_in.content == page().content
    assert not signed_in.cookies


def test_the_imprint_is_the_towns_or_says_what_is_missing(auental):
    assert "Hier fehlt noch etwas" in text(page("imprint/"))
    auental.imprint = "Stadt Auental\nMarkt 1"
    auental.save()
    assert "Markt 1" in text(page("imprint/"))


def test_pages_of_a_town_without_procedure_say_so(auental):
    assert "hat noch kein Verfahren begonnen" in text(page())
    assert "Der Plan ist noch in Arbeit." in text(page("easy/"))
